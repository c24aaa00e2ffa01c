"""Renault's instances of the ROADEF challenge 2005, scored by the challenge's rules, one core each.

``python -m bench.sequence_roadef [--set all|A|B|named|long] [--seconds 20] [--seeds 3]``. Finished
runs are kept and never redone for the same code; a bench that was stopped goes on. The instances
are read from the folder ``roadef2005`` of ``MOTORWORKS_DATA``, by default ``../shared/data``.
"""

import argparse
import statistics
from collections.abc import Sequence

from bench.results import table
from bench.sequence_best import Best, Change, against, keep_better, read_best
from bench.sequence_days import SMALL
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import Seeds, counted, gaps, proven, values, write_runs
from bench.sequence_instances import SETS, instances
from bench.sequence_store import Job, Run, Store, scratch_store

_INTRO = """
{count} instances, {seeds} seeds, {seconds:g} s each on one core, {at_once} at a time. Marks are
those of `motorworks.result.verify`. *median* is the run in the middle of the seeds (of two the
worse), with the values of its objectives in the instance's order (EP and ENP: broken ratios of
high and low priority; RAF: colour changes) and how far each is at most from the best, given those
before it; *best known* stands in `bench/sequence_best.csv`.
"""


def main() -> None:
    """Do what is missing, hold the runs against the best known, write the section."""
    parser = bench_parser("bench.sequence_roadef", __doc__)
    parser.add_argument("--set", choices=SETS, default="all", help="instances")
    parser.add_argument("--only", nargs="+", help="these instances alone; writes no section")
    parser.add_argument("--seconds", type=float, default=20.0, help="time of a run")
    parser.add_argument("--iterations", type=int, help="moves of a run, for equal work at any load")
    parser.add_argument("--seeds", type=int, default=3, help="runs of an instance")
    parser.add_argument("--at-once", type=int, default=2, help="runs side by side")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def jobs(
    names: Sequence[str], seconds: float, seeds: int, iterations: int | None = None
) -> list[Job]:
    """All instances with the first seed, then all with the second, and so on."""
    return [
        Job("roadef", name, seconds=seconds, seed=seed, iterations=iterations)
        for seed in range(1, seeds + 1)
        for name in names
    ]


def _smoke() -> None:
    with scratch_store() as store:
        job = Job("generated", str(SMALL), seconds=10.0, iterations=20_000)
        print(report(run_all([job], store), {}))


def _full(arguments: argparse.Namespace) -> None:
    names = arguments.only or instances(arguments.set)
    wanted = jobs(names, arguments.seconds, arguments.seeds, arguments.iterations)
    store = Store(arguments.results)
    runs = run_all(wanted, store, arguments.at_once)
    _tell(against(runs, read_best()))
    text = report(runs, keep_better(runs))
    print(text)
    if not (arguments.only or arguments.no_section or arguments.iterations):
        intro = _INTRO.format(
            count=len(names), seeds=arguments.seeds, seconds=arguments.seconds,
            at_once=arguments.at_once,
        )  # fmt: skip
        section = f"sequence_roadef_{arguments.set}_{arguments.seconds:g}"
        title = f"Renault's instances: {_TITLES[arguments.set]}, {arguments.seconds:g} s"
        write_runs("sequence_roadef", title, intro, text, runs, section)


_TITLES = {
    "all": "sets A and B", "A": "set A", "B": "set B", "named": "eight of set B",
    "long": "set A and eight of set B",
}  # fmt: skip


def _tell(changes: Sequence[Change]) -> None:
    """Print what is better and worse than the best known."""
    for change in changes:
        if change.better:
            before = "nothing" if change.before is None else f"{change.before:,}"
            print(f"better than the best known: {change.instance} {change.now:,}, was {before}")
    for change in changes:
        if change.before is not None and change.now > change.before:
            print(f"worse than the best known: {change.instance} {change.now:,}, {change.before:,}")


def report(runs: Sequence[Run], best: dict[str, Best]) -> str:
    """Figures over all instances, and a row for each."""
    groups = Seeds.by_instance(runs)
    return f"{_summary(groups, best)}\n\n{_table(groups, best)}"


def _summary(groups: dict[str, Seeds], best: dict[str, Best]) -> str:
    count = len(groups)
    medians = {name: seeds.median for name, seeds in groups.items()}
    first = sum(groups[name].first_at_bound(run) for name, run in medians.items())
    known = {name: best[name] for name in groups if name in best}
    near = [
        counted(sum(_near(medians[name], one, rank) for name, one in known.items()), len(known))
        for rank in range(3)
    ]
    rates = [seeds.moves_a_second / 1e6 for seeds in groups.values()]
    walls = [run.wall_s for seeds in groups.values() for run in seeds.runs]
    better = sum(run.mark <= best[name].mark for name, run in medians.items() if name in best)
    return (
        f"In the median over the seeds: first objective at a proven bound on "
        f"{counted(first, count)}; every objective at its bound, given those before it, on "
        f"{counted(sum(map(proven, medians.values())), count)}. Beside the best known: mark equal "
        f"on {counted(better, len(known))}; first objective equal on {near[0]}; and the second "
        f"within 1 or 1 % on {near[1]}; and the third within 1 or 2 % on {near[2]}. Evaluated "
        f"moves a second: median {statistics.median(rates):.1f} million, least {min(rates):.1f}, "
        f"most {max(rates):.1f}. Seconds of the whole call, bounds before and after "
        f"the search with it: median {statistics.median(walls):.1f}, most {max(walls):.1f}."
    )


def _near(run: Run, best: Best, rank: int) -> bool:
    """Whether a run is as near to the best known as wanted, up to the objective of a rank."""
    shares = (0.0, 0.01, 0.02)
    for (name, value), share in list(zip(run.values.items(), shares, strict=False))[: rank + 1]:
        goal = best.value(name) or 0
        within = max(1.0, share * goal) if share else 0.0
        if value < goal - within:
            return True  # better than the best known where it matters more
        if value > goal + within:
            return False
    return True


def _table(groups: dict[str, Seeds], best: dict[str, Best]) -> str:
    head = ("instance", "cars", "best known", "best", "median", "worst", "values", "gaps",
            "first at bound", "proven", "M moves/s", "M moves")  # fmt: skip
    rows = []
    for name, seeds in groups.items():
        run = seeds.median
        rows.append((
            name, str(len(run.order)), f"{best[name].mark:,}" if name in best else "",
            *(f"{one.mark:,.0f}" for one in (seeds.best, run, seeds.worst)), values(run), gaps(run),
            "yes" if seeds.first_at_bound(run) else "no", "yes" if proven(run) else "no",
            f"{seeds.moves_a_second / 1e6:.1f}", f"{run.moves / 1e6:.0f}",
        ))  # fmt: skip
    return table(head, rows)


if __name__ == "__main__":
    main()
