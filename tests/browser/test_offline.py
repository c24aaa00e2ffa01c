"""The report in a real browser without a network."""

import importlib.util
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan
from motorworks.report.compare import render_compare
from motorworks.report.page import render_page, sections
from motorworks.report.shell import charts_of
from motorworks.report.story import Story
from motorworks.result.verify import verify_plan

pytestmark = pytest.mark.browser

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-default-apps", "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=20000",
    "--window-size=1200,900",
)  # fmt: skip
OWN = ("file:", "data:", "blob:", "chrome:", "devtools:", "about:")


def open_page(chromium: str, page: str, folder: Path) -> tuple[str, list[str]]:
    """The page's tree once it has drawn itself, and every address it asked for."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    log = folder / "net.json"
    done = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}",
         "--dump-dom", (folder / "page.html").as_uri()],
        capture_output=True, encoding="utf-8", timeout=180, check=False,
    )  # fmt: skip
    assert "<html" in done.stdout, done.stderr
    return done.stdout, asked(log)


def asked(log: Path) -> list[str]:
    """Addresses that the page asked for, from Chromium's network log."""
    text = log.read_text("utf-8").rstrip().rstrip(",")
    if not text.endswith("}"):
        # the browser may end before it has closed the list
        text += "]}"
    seen = json.loads(text)
    start = seen["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    params = [event.get("params", {}) for event in seen["events"] if event["type"] == start]
    # requests without an origin are the browser's own: its clock, its updates
    ours = [given for given in params if given.get("initiator", "not an origin") != "not an origin"]
    return [given["url"] for given in ours if "url" in given]


def abroad(addresses: list[str]) -> list[str]:
    """Those that are not on this machine."""
    return [address for address in addresses if not address.startswith(OWN)]


def drawn(tree: str) -> set[str]:
    """Charts that have a picture inside."""
    parts = re.split(r'<div class="chart ?[^"]*js-plotly-plot" id="chart-', tree)[1:]
    return {part.split('"', 1)[0] for part in parts if 'class="main-svg"' in part}


def demo_story() -> Story:
    """The demonstration case of the report's unit tests, with ranges."""
    place = Path(__file__).parent.parent / "unit" / "report" / "demo_case.py"
    spec = importlib.util.spec_from_file_location("demo_case", place)
    assert spec is not None
    assert spec.loader is not None
    demo: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    case = demo.demo_case()
    result = solve_plan(case)
    ranges = demo.demo_ranges(result.margin, 1_000.0)
    return Story(case, result, ranges=ranges, verification=verify_plan(case, result))


def check_page(chromium: str, page: str, charts: set[str], folder: Path) -> None:
    """The page asks for nothing, draws all its charts and has no error."""
    tree, addresses = open_page(chromium, page, folder)
    assert abroad(addresses) == []
    assert "data-error" not in tree.split(">", 2)[1]
    assert f'data-ready="{len(charts)}"' in tree
    assert drawn(tree) == charts


def test_the_report_opens_without_a_network(chromium: str, tmp_path: Path) -> None:
    """No request leaves, every chart is drawn, no script fails, hostile names do nothing."""
    story = demo_story()
    charts = set(charts_of(sections(story)))
    assert len(charts) == 10
    check_page(chromium, render_page(story), charts, tmp_path)


def test_the_comparison_opens_without_a_network(chromium: str, tmp_path: Path) -> None:
    """The same for runs side by side, on the shipped case tiny."""
    case = read_case(find_case("tiny"))
    story = Story(case, solve_plan(case))
    page = render_compare([story, story])
    check_page(chromium, page, {"parts", "load", "volumes"}, tmp_path)


def test_a_request_and_a_script_error_would_be_seen(chromium: str, tmp_path: Path) -> None:
    """The test's own eyes are open: a page that loads and fails is found out."""
    page = (
        "<!DOCTYPE html><html><head><script>window.onerror=function(m){document.documentElement"
        '.setAttribute("data-error",String(m))};</script><img src="https://example.org/a.png">'
        "</head><body><script>fetch('http://example.net/b');missing();</script></body></html>"
    )
    tree, addresses = open_page(chromium, page, tmp_path)
    assert sorted(abroad(addresses)) == ["http://example.net/b", "https://example.org/a.png"]
    assert "data-error" in tree
