"""The documents keep their word: commands and code run, links lead somewhere, verbs exist."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from motorworks.cli.main import app

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    + [p for p in DOCS.rglob("*.md") if not {"_build", "generated"} & set(p.parts)]
)
WRITTEN = DOCS / "reference" / "generated"

FENCE = re.compile(
    r"^(?:<!-- exits with (?P<exit>\d+) -->\n+|[^\n]*`(?P<file>[\w./-]+\.(?:toml|csv))`:\n\n)?"
    r"```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SAVED = ("toml", "csv")
LINK = re.compile(r"(?<!`)\[[^\]`]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
VERB = re.compile(r"(?<![\w/.])motorworks ([a-z]+)\b")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, text, the file it is saved as, the exit code of commands."""

    language: str
    body: str
    exit_code: int
    file: str | None = None

    @property
    def commands(self) -> list[str]:
        """Commands of a console block: the lines after ``$``; other lines show their output."""
        return [command for command, _ in self.shown]

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        """Each command with the lines of output below it; ``…`` stands for what is left out."""
        found: list[tuple[str, list[str]]] = []
        for line in self.body.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found:
                found[-1][1].extend(part for part in line.split("…") if part.strip())
        return found


def blocks_of(page: Path) -> list[Block]:
    """Blocks that count: those run, and those below a line that names their file."""
    blocks = [
        Block(match["language"], match["body"], int(match["exit"] or 0), match["file"])
        for match in FENCE.finditer(page.read_text("utf-8"))
    ]
    return [
        block
        for block in blocks
        if block.language in ("python", "console") or (block.language in SAVED and block.file)
    ]


def name_of(page: Path) -> str:
    """Path below the clone, as the name of a test."""
    return page.relative_to(ROOT).as_posix()


def slug(heading: str) -> str:
    """Anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors_of(page: Path) -> set[str]:
    """Anchors of all headings of a page, and the labels set by hand."""
    text = page.read_text("utf-8")
    labels = re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE)
    return {slug(h) for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)} | set(labels)


def in_shell(command: str) -> tuple[int, str]:
    """Exit code and output of a command as a reader would run it, in a process of its own."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        env={**os.environ, "PATH": path, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def in_process(command: str) -> tuple[int, str]:
    """The same within this process, which saves the start."""
    program, *arguments = shlex.split(command)
    assert program == "motorworks"
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


def run_console(block: Block, run: Callable[[str], tuple[int, str]]) -> None:
    """Run the commands of a console block here; they print what the block shows."""
    for command, shown in block.shown:
        code, output = run(command)
        assert code == block.exit_code, f"$ {command}\n{output}"
        said = " ".join(output.split())
        missing = [line for line in shown if " ".join(line.split()) not in said]
        assert not missing, f"$ {command}\n{output}"


@pytest.mark.parametrize("page", [p for p in PAGES if p.exists() and blocks_of(p)], ids=name_of)
def test_every_block_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Console and python blocks run in the order of the page, in one empty folder.

    TOML or CSV below a line that names its file is saved there, as a reader would.
    """
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": page.stem}
    run = in_shell if page.name == "README.md" else in_process
    for block in blocks_of(page):
        if block.language == "console":
            run_console(block, run)
        elif block.language in SAVED:
            Path(block.file or "").write_text(block.body, "utf-8")
        else:
            exec(compile(block.body, name_of(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """Files and headings that a page points to are there."""
    broken = []
    for match in LINK.finditer(CODE.sub("", page.read_text("utf-8"))):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        aim = (page.parent / target).resolve() if target else page
        if WRITTEN in aim.parents:
            continue
        if not aim.exists() or (anchor and anchor not in anchors_of(aim)):
            broken.append(match["target"])
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_verb_that_a_page_names_exists(page: Path) -> None:
    """A command shown anywhere is one that the command line knows."""
    code = "\n".join(CODE.findall(page.read_text("utf-8")))
    known = set(getattr(get_command(app), "commands", {}))
    assert set(VERB.findall(code)) <= known


def test_every_page_says_what_it_is() -> None:
    """Each page starts with one heading of the first rank."""
    assert not [name_of(p) for p in PAGES if not p.read_text("utf-8").lstrip().startswith("# ")]


def test_blocks_are_read_with_their_exit_code() -> None:
    """The harness itself sees continuation lines, output lines and expected failures."""
    text = "<!-- exits with 1 -->\n```console\n$ motorworks \\\n  check x\nout\n```\n"
    match = FENCE.search(text)
    assert match is not None
    block = Block(match["language"], match["body"], int(match["exit"]))
    assert block.shown == [("motorworks    check x", ["out"])]
    assert block.exit_code == 1
    run_console(block, lambda _: (1, "it says\nout"))
    with pytest.raises(AssertionError):
        run_console(block, lambda _: (1, "something else"))
    saved = FENCE.search("Save as `play/a.toml`:\n\n```toml\nx = 1\n```\n")
    assert saved is not None
    assert (saved["file"], saved["body"]) == ("play/a.toml", "x = 1\n")
    shown = FENCE.search("As in `case.toml`.\n\n```toml\nx = 1\n```\n")
    assert shown is not None
    assert shown["file"] is None
