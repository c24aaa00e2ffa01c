"""Classic car sequencing of CSPLib: broken windows against the fewest known, on one core.

``python -m bench.sequence_csplib [--seeds 3] [--seconds 10] [--gravel-seconds 60]``: 70 instances
of 200 cars, the classic nine of 100, and 15 of Gravel, Gagné and Price with 200 to 400. A run stops
when it reaches the fewest known. The instances are read from the folder ``csplib`` of
``MOTORWORKS_DATA``, by default ``../shared/data``.
"""

import argparse
import csv
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.results import table
from bench.sequence_days import SMALL
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import Seeds, counted, write_runs
from bench.sequence_run import public_data
from bench.sequence_store import Job, Run, Store, scratch_store

_FAMILIES = {
    "Smith 70": ("random_7x10", "60-01 to 90-10"),
    "Regin-Puget/Smith 9": ("regin_puget", "classic nine"),
    "Gravel-Gagne-Price 30": ("gravel", "Gravel, Gagné and Price"),
}
"""Families by their name in the table of known values: folder, and title."""

_INTRO = """
Broken windows (full windows inside the day, each once) against the fewest known, {seeds} seeds, on
one core, {at_once} at a time; {seconds:g} s for each instance, {gravel:g} s for those of Gravel,
Gagné and Price. A run stops at the fewest known. Seconds are those to the end of a run, bounds
with it; *reached* counts instances whose median run is at the fewest known.
"""


@dataclass(frozen=True)
class Known:
    """An instance and the fewest broken windows known."""

    instance: str
    family: str
    fewest: int


def main() -> None:
    """Do what is missing and write the section."""
    parser = bench_parser("bench.sequence_csplib", __doc__)
    parser.add_argument("--seeds", type=int, default=3, help="runs of an instance")
    parser.add_argument("--seconds", type=float, default=10.0, help="time of a run")
    parser.add_argument("--gravel-seconds", type=float, default=60.0, help="time of Gravel's")
    parser.add_argument("--at-once", type=int, default=2, help="runs side by side")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def read_known(folder: Path) -> list[Known]:
    """The table of fewest broken windows known, with the place of each instance."""
    with (folder / "best_known.csv").open(newline="") as file:
        return [
            Known(
                _place(row["set"], row["instance"]), row["set"], int(row["best_known_violations"])
            )
            for row in csv.DictReader(file)
        ]


def _place(family: str, instance: str) -> str:
    """Folder and file of an instance; the classic nine write ``/`` as ``_``.

    >>> _place("Regin-Puget/Smith 9", "10/93")
    'regin_puget/10_93'
    """
    return f"{_FAMILIES[family][0]}/{instance.replace('/', '_')}"


def _smoke() -> None:
    known = [Known(str(SMALL), "Smith 70", 0)]
    with scratch_store() as store:
        job = Job("generated", str(SMALL), seconds=10.0, iterations=20_000)
        print(report(run_all([job], store), known))


def _full(arguments: argparse.Namespace) -> None:
    known = read_known(public_data("csplib"))
    wanted = [
        Job(
            "csplib", one.instance, seed=seed, target=float(one.fewest),
            seconds=arguments.gravel_seconds if "gravel" in one.instance else arguments.seconds,
        )
        for seed in range(1, arguments.seeds + 1)
        for one in known
    ]  # fmt: skip
    runs = run_all(wanted, Store(arguments.results), arguments.at_once)
    text = report(runs, known)
    print(text)
    if not arguments.no_section:
        intro = _INTRO.format(
            seeds=arguments.seeds, at_once=arguments.at_once, seconds=arguments.seconds,
            gravel=arguments.gravel_seconds,
        )  # fmt: skip
        write_runs("sequence_csplib", "Car sequencing of CSPLib", intro, text, runs)


def report(runs: Sequence[Run], known: Sequence[Known]) -> str:
    """Figures by family, and a row for each instance that is not at the fewest known, or hard."""
    groups = Seeds.by_instance(runs)
    fewest = {one.instance: one.fewest for one in known}
    families: dict[str, list[str]] = {}
    for one in known:
        families.setdefault(one.family, []).append(one.instance)
    rows = [_family(name, [groups[i] for i in ids], fewest) for name, ids in families.items()]
    head = ("family", "instances", "reached", "reached by every seed", "median s", "worst s")
    shown = {
        name: seeds
        for name, seeds in groups.items()
        if fewest[name] or _broken(seeds.worst) > fewest[name] or "gravel" in name
    }
    detail = [_row(name, seeds, fewest[name]) for name, seeds in shown.items()]
    columns = ("instance", "cars", "fewest known", "best", "median", "worst", "s, median", "bound")
    return (
        f"{table(head, rows)}\n\nInstances of Gravel, Gagné and Price, those that cannot be kept "
        f"without violation, and those where a seed did not reach the fewest known:\n\n"
        f"{table(columns, detail)}"
    )


def _family(name: str, groups: Sequence[Seeds], fewest: dict[str, int]) -> tuple[str, ...]:
    times = [run.wall_s for seeds in groups for run in seeds.runs]
    count = len(groups)
    median, worst = (
        sum(_broken(run) <= fewest[run.job.instance] for run in chosen)
        for chosen in ([s.median for s in groups], [s.worst for s in groups])
    )
    return (
        _FAMILIES[name][1], str(count), counted(median, count), counted(worst, count),
        f"{statistics.median(times):.1f}", f"{max(times):.1f}",
    )  # fmt: skip


def _row(name: str, seeds: Seeds, fewest: int) -> tuple[str, ...]:
    bound = seeds.bound(next(iter(seeds.median.values)))
    return (
        name, str(len(seeds.median.order)), str(fewest),
        *(str(_broken(run)) for run in (seeds.best, seeds.median, seeds.worst)),
        f"{statistics.median(run.wall_s for run in seeds.runs):.1f}",
        "" if bound is None else f"{bound:,.0f}",
    )  # fmt: skip


def _broken(run: Run) -> int:
    return round(next(iter(run.values.values())))


if __name__ == "__main__":
    main()
