"""Eight of Renault's instances beside CP-SAT: our search on one core, CP-SAT on both.

``python -m bench.sequence_cpsat [--ways hint plain windows] [--seconds 300] [--ours 60]``. CP-SAT
gets the model of :mod:`bench.sequence_model`, with our construction as a full hint (``hint``),
without (``plain``), or on stretches of the day in turn (``windows``).
Finished runs are kept; those of CP-SAT are redone only where its model changes.
"""

import argparse
from collections.abc import Sequence

from bench.results import table
from bench.sequence_best import keep_better
from bench.sequence_days import SMALL
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import Seeds, values, write_runs
from bench.sequence_instances import BESIDE_CPSAT
from bench.sequence_store import Job, Run, Store, scratch_store

WAYS = ("hint", "plain", "windows")

_INTRO = """
Ours: median and worst of {seeds} seeds, {ours:g} s on one core. CP-SAT: {seconds:g} s on {threads}
cores, one run of the model in `bench/sequence_model.py` (class by position booleans, redundant rows
for batches); *hint* begins with the order of our construction in full, *plain* with nothing,
*windows* improves that order a stretch of positions at a time. Time to build the model counts for
CP-SAT; time for the construction does not. The bound is CP-SAT's of the mark.
"""


def main() -> None:
    """Do what is missing and write the section."""
    parser = bench_parser("bench.sequence_cpsat", __doc__)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=["hint"], help="CP-SAT's start")
    parser.add_argument("--seconds", type=float, default=300.0, help="time of CP-SAT")
    parser.add_argument("--threads", type=int, default=2, help="cores of CP-SAT")
    parser.add_argument("--ours", type=float, default=60.0, help="time of our runs")
    parser.add_argument("--seeds", type=int, default=3, help="our runs of an instance")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def _smoke() -> None:
    with scratch_store() as store:
        small = str(SMALL)
        ours = run_all([Job("generated", small, seconds=10.0, iterations=20_000)], store)
        peer = [
            Job("generated", small, "cpsat", way, seconds=2.0, threads=1)
            for way in ("hint", "windows")
        ]
        print(report(ours, run_all(peer, store, at_once=1)))


def _full(arguments: argparse.Namespace) -> None:
    store = Store(arguments.results)
    ours = run_all(
        [
            Job("roadef", name, seconds=arguments.ours, seed=seed)
            for seed in range(1, arguments.seeds + 1)
            for name in BESIDE_CPSAT
        ],
        store,
    )
    peer = run_all(
        [
            Job("roadef", name, "cpsat", way, seconds=arguments.seconds, threads=arguments.threads)
            for way in arguments.ways
            for name in BESIDE_CPSAT
        ],
        store,
        at_once=1,
    )
    keep_better([*ours, *peer])
    text = report(ours, peer)
    print(text)
    if not arguments.no_section:
        intro = _INTRO.format(
            seeds=arguments.seeds, ours=arguments.ours, seconds=arguments.seconds,
            threads=arguments.threads,
        )  # fmt: skip
        write_runs(
            "sequence_cpsat", "Renault's instances beside CP-SAT", intro, text, [*ours, *peer]
        )


def report(ours: Sequence[Run], peer: Sequence[Run]) -> str:
    """A row for each instance and way of CP-SAT."""
    groups = Seeds.by_instance(ours)
    worse = sum(groups[run.job.instance].median.mark > run.mark for run in peer)
    worst = sum(groups[run.job.instance].worst.mark > run.mark for run in peer)
    rows = [_row(groups[run.job.instance], run) for run in peer]
    head = ("instance", "cars", "ours, median", "its values", "ours, worst", "CP-SAT", "way",
            "its values", "its bound", "its model and end", "ours is")  # fmt: skip
    verdict = (
        f"Our median is worse than CP-SAT on {worse} of {len(peer)}, our worst seed on {worst}."
    )
    return f"{verdict}\n\n{table(head, rows)}"


def _row(seeds: Seeds, run: Run) -> tuple[str, ...]:
    ours = seeds.median
    verdict = "better" if ours.mark < run.mark else "equal" if ours.mark == run.mark else "WORSE"
    bound = run.bounds.get("mark", (float("-inf"), 0.0, ""))[0]
    return (
        run.job.instance, str(len(run.order)), f"{ours.mark:,.0f}", values(ours),
        f"{seeds.worst.mark:,.0f}", f"{run.mark:,.0f}" + (" (not sound)" if run.broken else ""),
        run.job.way, values(run), f"{bound:,.0f}" if bound > float("-inf") else "none",
        run.stopped, verdict,
    )  # fmt: skip


if __name__ == "__main__":
    main()
