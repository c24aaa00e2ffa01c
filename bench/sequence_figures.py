"""Figures of runs of one instance over its seeds, and how they are written."""

import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.results import made_with, write_section
from bench.sequence_store import Run

PACKAGES = ("motorworks", "numba", "numpy", "ortools")

LETTERS = {"high": "EP", "low": "ENP", "colour": "RAF"}


@dataclass(frozen=True)
class Seeds:
    """Runs of one instance that differ in their seed, by mark."""

    runs: tuple[Run, ...]

    @classmethod
    def by_instance(cls, runs: Iterable[Run]) -> "dict[str, Seeds]":
        """Group runs by instance, in the order in which these come."""
        groups: dict[str, list[Run]] = {}
        for run in runs:
            groups.setdefault(run.job.instance, []).append(run)
        return {name: cls(tuple(sorted(group, key=_mark))) for name, group in groups.items()}

    @property
    def best(self) -> Run:
        """The run with the lowest mark."""
        return self.runs[0]

    @property
    def worst(self) -> Run:
        """The run with the highest mark."""
        return self.runs[-1]

    @property
    def median(self) -> Run:
        """The run in the middle; of two in the middle the worse."""
        return self.runs[len(self.runs) // 2]

    def bound(self, name: str) -> float | None:
        """The highest bound of an objective alone that any run proved."""
        found = [run.bounds[name][0] for run in self.runs if name in run.bounds]
        return max(found) if found else None

    def first_at_bound(self, run: Run) -> bool:
        """Whether a run's first objective is at a proven bound."""
        name = next(iter(run.values))
        bound = self.bound(name)
        return bound is not None and run.values[name] <= bound + 1e-9

    @property
    def moves_a_second(self) -> float:
        """Median of evaluated moves a second."""
        return statistics.median(run.moves_a_second for run in self.runs)


def proven(run: Run) -> bool:
    """Whether each objective is at its bound, given those before it."""
    return all(run.proven(name) for name in run.values)


def values(run: Run) -> str:
    """Values of the objectives, in their order."""
    return " / ".join(f"{value:,.0f}" for value in run.values.values())


def gaps(run: Run) -> str:
    """How far each objective is from its bound given those before it; ``?`` where unknown."""
    return " / ".join(
        f"{max(0.0, value - run.bounds[name][1]):,.0f}" if name in run.bounds else "?"
        for name, value in run.values.items()
    )


def counted(part: int, whole: int) -> str:
    """A part of a whole, with its share.

    >>> counted(3, 4)
    '3 of 4 (75 %)'
    """
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def write_runs(
    bench: str, title: str, intro: str, text: str, runs: Sequence[Run], section: str = ""
) -> None:
    """Write what a bench found into its section of RESULTS.md, and how it was measured."""
    command = " ".join([f"python -m bench.{bench}", *sys.argv[1:]])
    body = f"{intro.strip()}\n\n{text}\n\n{_measured(command, runs)}"
    write_section(section or bench, title, body)


def _measured(command: str, runs: Sequence[Run]) -> str:
    """The paragraph on how runs were made: command, seeds, load at their beginnings, revision."""
    loads = [run.load for run in runs]
    seeds = sorted({run.job.seed for run in runs})
    commits = ", ".join(sorted({run.commit for run in runs if run.commit}))
    unsound = sum(not run.sound for run in runs)
    wrong = f" {unsound} runs were not scored as the engine thought." if unsound else ""
    days = sorted({run.when[:10] for run in runs})
    return (
        f"{made_with(command, PACKAGES)} Runs of {' to '.join(dict.fromkeys((days[0], days[-1])))}"
        f" at commit {commits or 'unknown'}, seeds {', '.join(map(str, seeds))}; load average at "
        f"their beginning {min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} cores.{wrong}"
    )


def _mark(run: Run) -> float:
    return run.mark
