"""The best mark ever found on each of Renault's instances, against which changes are judged.

``bench/sequence_best.csv`` holds the mark, the value of each objective and the SHA-256 of the order
(places as given from 1, one a line). Only orders scored by :mod:`motorworks.result.verify`, with no
hard rule broken, get in, and only with a lower mark.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.sequence_store import Run

TABLE = Path(__file__).parent / "sequence_best.csv"
_COLUMNS = ("instance", "mark", "high", "low", "colour", "sha256", "found")


@dataclass(frozen=True)
class Best:
    """The best known of an instance; an objective that it does not have is None."""

    instance: str
    mark: int
    high: int | None
    low: int | None
    colour: int | None
    sha256: str
    found: str

    def value(self, name: str) -> int | None:
        """Value of an objective by name."""
        return {"high": self.high, "low": self.low, "colour": self.colour}[name]


@dataclass(frozen=True)
class Change:
    """A run beside the best known: ``before`` is None where nothing was known."""

    instance: str
    before: int | None
    now: int

    @property
    def better(self) -> bool:
        """Whether the run improves the table."""
        return self.before is None or self.now < self.before


def read_best(path: Path = TABLE) -> dict[str, Best]:
    """The table by instance; empty where there is no file."""
    if not path.exists():
        return {}
    with path.open(newline="") as file:
        return {row["instance"]: _best(row) for row in csv.DictReader(file)}


def against(runs: Iterable[Run], table: dict[str, Best]) -> list[Change]:
    """The best run of each instance that breaks no hard rule, beside what is known, by instance."""
    changes = []
    for instance, run in sorted(_best_runs(runs).items()):
        known = table.get(instance)
        changes.append(Change(instance, known.mark if known else None, round(run.mark)))
    return changes


def updated(runs: Iterable[Run], table: dict[str, Best]) -> dict[str, Best]:
    """The table with every instance on which such a run is better."""
    new = dict(table)
    for instance, run in _best_runs(runs).items():
        known = table.get(instance)
        if known is None or run.mark < known.mark:
            high, low, colour = (_whole(run.values.get(n)) for n in ("high", "low", "colour"))
            new[instance] = Best(
                instance, round(run.mark), high, low, colour, run.hash, run.when[:10]
            )
    return new


def keep_better(runs: Iterable[Run]) -> dict[str, Best]:
    """Put into the table what such a run is better on; the table then."""
    known = read_best()
    if (new := updated(runs, known)) != known:
        write_best(new)
    return new


def write_best(table: dict[str, Best], path: Path = TABLE) -> None:
    """Write the table by instance; the old file stays whole until the new one is."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for _, best in sorted(table.items()):
            row = [getattr(best, column) for column in _COLUMNS]
            writer.writerow(["" if cell is None else cell for cell in row])
    fresh.replace(path)


def _best_runs(runs: Iterable[Run]) -> dict[str, Run]:
    best: dict[str, Run] = {}
    for run in runs:
        kept = best.get(run.job.instance)
        if run.broken == 0 and (kept is None or run.mark < kept.mark):
            best[run.job.instance] = run
    return best


def _best(row: dict[str, str]) -> Best:
    high, low, colour = (int(row[n]) if row[n] else None for n in ("high", "low", "colour"))
    return Best(row["instance"], int(row["mark"]), high, low, colour, row["sha256"], row["found"])


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
