"""Solve the OR-Library's capacitated facility location, here and in OR-Tools MathOpt.

``python -m bench.orlib_cap [--smoke] [--repeat N]``. The instances are read from the folder
``orlib_cap`` of ``MOTORWORKS_DATA``, by default ``../shared/data``.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.orlib_cap.measure import Measured
from bench.results import made_with, table, write_section

SMOKE = "3 4\n 9 5.\n 9 8.\n 12 6.\n" + "".join(
    f"{demand}\n {' '.join(str(3.5 * demand * (1 + (site + demand) % 3)) for site in range(3))}\n"
    for demand in (3, 4, 5, 6)
)

_WAYS = ("motorworks", "mathopt")

_INTRO = """
{count} instances (16 to 50 sites, 50 customers), each as a case of one month: a plant per site that
may be opened, a market per customer. {verdict} A process for each way and round, {repeat} rounds in
turn, one thread, gap 0; seconds by the clock and CPU seconds over all instances, median (least to
most). *solve* of Motorworks searches for the whole choices and then solves the linear program
around them for exact values and marginal values, with how far these hold; MathOpt gets the arrays
of that same program and searches, with its own HiGHS and its default settings.
"""


@dataclass(frozen=True)
class Round:
    """What one process said: an entry for each instance."""

    way: str
    found: list[Measured]

    def total(self, name: str) -> float:
        """Sum of a figure over all instances."""
        return sum(float(getattr(one, name)) for one in self.found)


def main() -> None:
    """Measure both ways, hold them to the published optima; in full also write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.orlib_cap", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a tiny instance; writes nothing")
    parser.add_argument("--repeat", type=int, default=3, help="rounds")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        arrays = Path(folder)
        if arguments.smoke:
            (arrays / "small.txt").write_text(SMOKE)
            rounds, optima = [_run(way, [arrays / "small.txt"], arrays) for way in _WAYS], {}
        else:
            optima = _published()
            files = [_folder() / "instances" / f"{name}.txt" for name in sorted(optima)]
            rounds = [_run(way, files, arrays) for _ in range(arguments.repeat) for way in _WAYS]
    verdict = _verdict(rounds, optima)
    intro = _INTRO.format(count=len(rounds[0].found), verdict=verdict, repeat=arguments.repeat)
    text = f"{intro.strip()}\n\n{_table(rounds)}"
    print(text)
    if not arguments.smoke:
        packages = ("motorworks", "highspy", "ortools", "numpy", "polars")
        said = made_with(" ".join(["python -m bench.orlib_cap", *sys.argv[1:]]), packages)
        write_section("orlib_cap", "Facility location of the OR-Library", f"{text}\n\n{said}")


def _folder() -> Path:
    named = os.environ.get("MOTORWORKS_DATA")
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = (Path(named) if named else beside) / "orlib_cap"
    if not folder.is_dir():
        sys.exit(f"no {folder}; MOTORWORKS_DATA may name the folder of public instances")
    return folder


def _published() -> dict[str, float]:
    """Published optima of the instances at hand, but for the three large ones."""
    lines = (_folder() / "capopt.txt").read_text().splitlines()
    words = [line.split() for line in lines if line.startswith("cap") and line[3].isdigit()]
    known = {name: float(value) for name, value in words}
    here = {path.stem for path in (_folder() / "instances").glob("*.txt")}
    return {name: value for name, value in known.items() if name in here}


def _run(way: str, files: list[Path], arrays: Path) -> Round:
    command = [sys.executable, "-m", "bench.orlib_cap.measure", way, str(arrays), *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{way} failed:\n{done.stdout}{done.stderr}")
    found = [Measured(**row) for row in json.loads(done.stdout)]
    print(f"{way}: {sum(one.solve_s for one in found):.2f} s", flush=True)
    return Round(way, found)


def _verdict(rounds: list[Round], optima: dict[str, float]) -> str:
    """Whether all costs are the published ones, and both ways agree."""
    wrong = [
        f"{one.name} by {round_.way}: {one.cost:.3f}, not {best:.3f}"
        for round_ in rounds
        for one, ours in zip(round_.found, rounds[0].found, strict=True)
        if abs(one.cost - (best := optima.get(one.name, ours.cost))) > 2e-3
        or not one.proven
        or not one.clean
    ]
    if wrong:
        sys.exit("not at the optimum, not proven, or not clean: " + "; ".join(wrong))
    what = "the published optimum" if optima else "the same optimum"
    return f"Both ways end at {what} on all, proven; `verify_plan` finds nothing wrong in ours."


def _table(rounds: list[Round]) -> str:
    rows = []
    for way, title in (("motorworks", "Motorworks"), ("mathopt", "MathOpt with HiGHS")):
        own = [round_ for round_ in rounds if round_.way == way]
        names = ("build_s", "solve_s", "solve_cpu_s", "total_s")
        rows.append([title, *(_spread([one.total(name) for one in own]) for name in names)])
    header = ("way", "build, s", "solve, s", "solve, CPU s", "all with reading and tables, s")
    return table(header, rows)


def _spread(values: list[float]) -> str:
    if not any(values):
        return ""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    main()
