"""What a move costs: evaluated moves a second by the size of the day, compile time and memory.

``python -m bench.sequence_moves [--seconds 10] [--seeds 3]``: Renault's largest instance and
generated days of 300 to 50,000 cars with the same options, ratios and colours, on one core, one
run at a time. Where the cost of a move grows with the windows it touches alone, moves a second
stay level as days grow, up to what the caches of the processor hold.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence

from bench.results import table
from bench.sequence_days import SMALL, DaySize
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import Seeds, write_runs
from bench.sequence_instances import LARGEST
from bench.sequence_run import command
from bench.sequence_store import ROOT, Job, Run, scratch_store

SIZES = tuple(DaySize(cars, 20, 15) for cars in (300, 1_300, 5_000, 50_000))

_INTRO = """
Evaluated moves a second on one core, median (least to most) over {seeds} seeds, {seconds:g} s each;
generated days have the same 20 options, ratios and 15 colours. *nanoseconds a move* is the median;
*first order* and *memory* (peak of the process, libraries and compiled code in it) are medians.
No work is spent on bounds.
"""


def main() -> None:
    """Measure every size and both starts; in full also write the section."""
    parser = bench_parser("bench.sequence_moves", __doc__, kept=False)
    parser.add_argument("--seconds", type=float, default=10.0, help="time of a run")
    parser.add_argument("--seeds", type=int, default=3, help="runs of a day")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def _smoke() -> None:
    print(report(_runs([Job("generated", str(SMALL), seconds=10.0, iterations=20_000)])))


def _full(arguments: argparse.Namespace) -> None:
    days = [("roadef", LARGEST), *(("generated", str(size)) for size in SIZES)]
    runs = _runs([
        Job(source, instance, seconds=arguments.seconds, seed=seed, bound_effort=0.0)
        for seed in range(1, arguments.seeds + 1)
        for source, instance in days
    ])  # fmt: skip
    text = f"{report(runs)}\n\n{_starts()}"
    print(text)
    if not arguments.no_section:
        intro = _INTRO.format(seeds=arguments.seeds, seconds=arguments.seconds)
        write_runs("sequence_moves", "Moves a second", intro, text, runs)


def _runs(jobs: Sequence[Job]) -> list[Run]:
    """All jobs anew, one after the other: figures of speed are not taken from another hour."""
    with scratch_store() as store:
        return run_all(jobs, store, at_once=1)


def report(runs: Sequence[Run]) -> str:
    """A row for each day."""
    head = ("day", "cars", "M moves/s", "nanoseconds a move", "M moves", "first order, s",
            "memory, MB")  # fmt: skip
    rows = []
    for name, seeds in Seeds.by_instance(runs).items():
        rates = [run.moves_a_second / 1e6 for run in seeds.runs]
        middle = statistics.median(rates)
        firsts = [run.first_s for run in seeds.runs if run.first_s is not None]
        rows.append((
            name, f"{len(seeds.best.order):,}",
            f"{middle:.2f} ({min(rates):.2f} to {max(rates):.2f})",
            f"{1000 / middle:,.0f}" if middle else "",
            f"{statistics.median(run.moves for run in seeds.runs) / 1e6:.1f}",
            f"{statistics.median(firsts):.2f}" if firsts else "",
            f"{statistics.median(run.peak_mb for run in seeds.runs):,.0f}",
        ))  # fmt: skip
    return table(head, rows)


def _starts() -> str:
    """A whole process that sequences and scores a small day, kernels compiled or cached."""
    job = Job("generated", str(SMALL), seconds=60.0, iterations=1)
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for title in ("nothing compiled yet", "kernels cached", "kernels cached, again"):
            took = _process_s(job, cache)
            rows.append((title, f"{took:.1f}"))
    return (
        f"A process that sequences a day of {SMALL.cars} cars for one move and scores it:\n\n"
        + table(("start", "s"), rows)
    )


def _process_s(job: Job, cache: str) -> float:
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache, "NUMBA_NUM_THREADS": "1"}
    began = time.perf_counter()
    subprocess.run(command(job, []), cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
