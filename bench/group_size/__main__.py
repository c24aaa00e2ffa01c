"""Plan a generated group of plants at three sizes, without choices and with them.

``python -m bench.group_size [--smoke] [--sizes ...] [--ways ...]``. Sections of the results page
are written for the ways measured: ``linear``, ``choices``, and ``tried`` for other methods.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict

from bench.group_size.generate import FULL, TENTH, THIRD, TINY, Size
from bench.group_size.measure import Planned, Tried
from bench.results import made_with, table, write_section
from motorworks.plan.large.optimise import LARGE

SIZES = {"tenth": TENTH, "third": THIRD, "full": FULL}

_LINEAR = """
{case} Nothing is chosen: a linear program, to be proven within 1e-4 of the best margin.
`plan.large` takes first-order steps (restarted Halpern PDHG, on two threads), and every 320 of them
mends the point into a plan that keeps every row to 1e-6 and the duals into a proven limit; the gap
is between the best of each. A process for each size; seconds by the clock, and CPU seconds of the
whole of `solve_plan`; peak memory of planning, and with verification.
"""

_CHOICES = """
{case} Every plant chooses one, two or three shifts by month with at least six months in a pattern,
hiring, release and overtime; vehicles to come choose their start within seven months, and at which
plants they are built at all. To be proven within 2 %. The plan in parts, with rows that make shares
of starts cost their share, gives prices and, with a linear program by plant, the limit; a mixed
integer program by plant at these prices chooses; then the flows are planned around the choice, as
above.
"""

_TRIED = """
The linear program without choices, on one thread and stopped after 900 s: dual simplex to the end;
interior point without crossover and PDLP, both to 1e-5. *missed* is the most by which the point
breaks a row. HiPO is not in the wheel of HiGHS.
"""

_CASE = (
    "A generated group: {size}. A vehicle is built at two to five plants and wanted in three of "
    "four markets; lorries within an area, ships between areas with limited space; yards, "
    "nameplates, ramps, up to two months of waiting."
)


def main() -> None:
    """Measure, print; at full size also write the results page."""
    parser = argparse.ArgumentParser(prog="python -m bench.group_size", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a tiny size; writes nothing")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--ways", nargs="+", choices=_WAYS, default=list(_WAYS))
    arguments = parser.parse_args()
    for way in arguments.ways:
        title, write = _WAYS[way]
        sizes = {"tiny": TINY} if arguments.smoke else {n: SIZES[n] for n in arguments.sizes}
        text = write(sizes, 0 if arguments.smoke else LARGE)
        print(f"{title}\n\n{text}\n", flush=True)
        if not arguments.smoke:
            command = " ".join(["python -m bench.group_size", *sys.argv[1:]])
            said = made_with(command, ("motorworks", "highspy", "numpy", "scipy", "polars"))
            write_section(f"group_size_{way}", title, f"{text}\n\n{said}")


def _planned(way: str, intro: str, sizes: dict[str, Size], least: int) -> str:
    rows = []
    for name, size in sizes.items():
        one = Planned(**_measure(size, way, least))
        print(name, one, flush=True)
        rows.append([
            name, f"{one.rows:,}", f"{one.columns:,}", f"{one.entries:,}", f"{one.build_s:.1f}",
            f"{one.solve_s:.0f}", f"{one.plan_cpu_s:.0f}", f"{one.iterations:,}",
            f"{one.gap:.1e}", f"{one.plan_mb:,.0f}", f"{one.verify_s:.0f}", f"{one.verify_mb:,.0f}",
            one.said,
        ])  # fmt: skip
    header = (
        "size", "rows", "columns", "entries", "build, s", "solve, s", "plan, CPU s", "iterations",
        "proven gap", "memory, MB", "verify, s", "with it, MB", "`verify_plan`",
    )  # fmt: skip
    largest = ", ".join(
        f"{count} {what}" for what, count in asdict(list(sizes.values())[-1]).items()
    )
    case = _CASE.format(size=largest)
    return f"{intro.format(case=case).strip()}\n\n{table(header, rows)}"


def _linear(sizes: dict[str, Size], least: int) -> str:
    return _planned("linear", _LINEAR, sizes, least)


def _choices(sizes: dict[str, Size], least: int) -> str:
    return _planned("choices", _CHOICES, sizes, least)


def _tried(sizes: dict[str, Size], least: int) -> str:
    """Other methods on the smaller sizes."""
    rows = []
    for name, size in sizes.items():
        if name == "full":
            continue
        for way in ("simplex", "ipm", "pdlp"):
            one = Tried(**_measure(size, way, least))
            print(name, one, flush=True)
            rows.append([
                name, f"{one.columns:,}", way, f"{one.cpu_s:.0f}", one.status,
                f"{one.margin:,.0f}", f"{one.missed:.0e}",
            ])  # fmt: skip
    header = ("size", "columns", "method", "CPU s", "ended", "margin", "missed, cars")
    return f"{_TRIED.strip()}\n\n{table(header, rows)}"


_WAYS = {
    "linear": ("A case of the size of a large group: flows", _linear),
    "choices": ("A case of the size of a large group: shifts and starts as well", _choices),
    "tried": ("Other methods on a case of the size of a large group", _tried),
}


def _measure(size: Size, way: str, least: int) -> dict[str, object]:
    arguments = [json.dumps(asdict(size)), way, str(least)]
    command = [sys.executable, "-m", "bench.group_size.measure", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{way} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, object] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
