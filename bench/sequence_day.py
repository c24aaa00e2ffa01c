"""A generated day of 5,000 cars, 40 options and 30 colours: first order, after 60 s, memory.

``python -m bench.sequence_day [--seconds 60] [--seeds 3] [--peer-seconds 300]``. Beside it CP-SAT
with both cores on stretches of the day in turn (:mod:`bench.sequence_windows`): its whole model
would have a boolean for each of 2,200 classes at each of 5,000 positions.
"""

import argparse
import statistics
from collections.abc import Sequence

from bench.results import table
from bench.sequence_days import SMALL, DaySize, generate
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import Seeds, gaps, values, write_runs
from bench.sequence_store import Job, Run, Store, scratch_store

SIZE = DaySize()

_INTRO = """
{day}. Ours: {seeds} seeds of {seconds:g} s on one core, and one run on two. CP-SAT: {peer:g} s on
two cores, on stretches of the day in turn from the order of our construction (the time for which
does not count; a model of the whole day has eleven million booleans for classes at positions
alone). Memory is the peak of the whole process.
"""


def main() -> None:
    """Do what is missing and write the section."""
    parser = bench_parser("bench.sequence_day", __doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="time of our runs")
    parser.add_argument("--seeds", type=int, default=3, help="our runs on one core")
    parser.add_argument("--peer-seconds", type=float, default=300.0, help="time of CP-SAT")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def _smoke() -> None:
    with scratch_store() as store:
        small = str(SMALL)
        one = run_all([Job("generated", small, seconds=10.0, iterations=20_000)], store)
        peer = Job("generated", small, "cpsat", "windows", seconds=2.0, threads=2)
        print(report(one, run_all([peer], store, at_once=1)))


def _full(arguments: argparse.Namespace) -> None:
    store = Store(arguments.results)
    day = str(SIZE)
    ours = run_all(
        [
            *(
                Job("generated", day, seconds=arguments.seconds, seed=seed)
                for seed in range(1, arguments.seeds + 1)
            ),
            Job("generated", day, seconds=arguments.seconds, threads=2),
        ],
        store,
        at_once=1,
    )
    peer = run_all(
        [
            Job("generated", day, "cpsat", "windows", seconds=arguments.peer_seconds, threads=2),
        ],
        store,
        at_once=1,
    )
    text = report(ours, peer)
    print(text)
    if not arguments.no_section:
        intro = _INTRO.format(
            day=generate(SIZE), seeds=arguments.seeds, seconds=arguments.seconds,
            peer=arguments.peer_seconds,
        )  # fmt: skip
        write_runs("sequence_day", "A generated day of 5,000 cars", intro, text, [*ours, *peer])


def report(ours: Sequence[Run], peer: Sequence[Run]) -> str:
    """A row for each way, and who is better."""
    single = Seeds(tuple(sorted((r for r in ours if r.job.threads == 1), key=lambda r: r.mark)))
    rows = [
        _row("ours, best", single.best),
        _row("ours, median", single.median),
        _row("ours, worst", single.worst),
        *(_row("ours, two cores", run) for run in ours if run.job.threads > 1),
        *(_row(f"CP-SAT, {run.job.way}: {run.stopped}", run) for run in peer),
    ]
    head = ("way", "s", "mark", "values", "gaps", "first order, s", "M moves/s",
            "memory, MB")  # fmt: skip
    firsts = [run.first_s for run in single.runs if run.first_s is not None]
    first = f"{statistics.median(firsts):.1f} s (worst {max(firsts):.1f})" if firsts else "unknown"
    least = min((run.mark for run in peer), default=float("inf"))
    verdict = "better than" if single.median.mark < least else "NOT better than"
    return (
        f"First order after {first}. Our median is {verdict} CP-SAT's best. Peak memory "
        f"{max(run.peak_mb for run in ours):,.0f} MB.\n\n{table(head, rows)}"
    )


def _row(title: str, run: Run) -> tuple[str, ...]:
    own = run.job.engine == "motorworks"
    return (
        title, f"{run.wall_s:.0f}", f"{run.mark:,.0f}", values(run), gaps(run) if own else "",
        f"{run.first_s:.1f}" if run.first_s is not None else "",
        f"{run.moves_a_second / 1e6:.1f}" if own else "", f"{run.peak_mb:,.0f}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
