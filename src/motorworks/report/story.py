"""All that a report tells of: a case, its plan, and what is known about both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import polars as pl

from motorworks.case.case import Case
from motorworks.report.names import Names, names_of
from motorworks.report.theme import colours_of
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.ranges import Ranges
from motorworks.result.simulated_days import SimulatedDays
from motorworks.result.slotted import SlottedMonths


class Verification(Protocol):
    """Outcome of the independent check: how often each rule was tested, and what is wrong."""

    @property
    def checked(self) -> Mapping[str, int]:
        """How many times each rule was put to the test."""

    @property
    def findings(self) -> Sequence[object]:
        """What does not agree, one readable object each; empty when all agrees."""


@dataclass(frozen=True)
class Scenario:
    """A named list of changes that was applied."""

    name: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Story:
    """What one report is made from.

    Parameters
    ----------
    case, result
        The resolved case and its plan.
    base
        The same without scenarios, where the run has some.
    ranges
        How the headlines move over the facts; may be missing.
    scenarios
        The scenarios applied, in their order.
    manifest
        What is needed to make the run again: versions, seed, hashes, command.
    verification
        Outcome of the independent check; may be missing.
    base_figures
        Headlines of the base that its tables alone do not tell, by their short names.
    days
        Days that were sequenced, where the run has some.
    simulated
        Their simulations, where the run has some.
    slotted
        Months of orders with their days, where the run has some.
    """

    case: Case
    result: PlanResult
    base: tuple[Case, PlanResult] | None = None
    ranges: Ranges | None = None
    scenarios: Sequence[Scenario] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    verification: Verification | None = None
    base_figures: Mapping[str, float] = field(default_factory=dict)
    days: DaysResult | None = None
    simulated: SimulatedDays | None = None
    slotted: SlottedMonths | None = None

    @cached_property
    def names(self) -> Names:
        """Full names of everything in the case."""
        return names_of(self.case)

    @property
    def months(self) -> tuple[str, ...]:
        """Months of the horizon."""
        return self.case.info.month_names

    @property
    def currency(self) -> str:
        """Reporting currency."""
        return self.case.info.currency

    @property
    def title(self) -> str:
        """The case's title, with the scenarios applied."""
        said = self.changes
        return f"{self.case.info.title}: {said}" if said else self.case.info.title

    @property
    def changes(self) -> str:
        """The scenarios applied, in words; empty for the base."""
        return " + ".join(scenario.title or scenario.name for scenario in self.scenarios)

    @property
    def short(self) -> str:
        """A short name that tells runs apart."""
        if not self.scenarios:
            return f"{self.case.info.name} (base)"
        return " + ".join(scenario.name for scenario in self.scenarios)

    def table(self, name: str) -> pl.DataFrame:
        """A result table."""
        return self.result.table(name)

    @cached_property
    def base_story(self) -> "Story | None":
        """The base as a story of its own."""
        return Story(*self.base) if self.base is not None else None

    @cached_property
    def colours(self) -> dict[str, dict[str, str]]:
        """One colour for each vehicle, plant and market, the same in every chart."""
        built = self.table("production")
        sold = self.table("market")
        return {
            "vehicle": colours_of(_by_size(built, "vehicle", "units", self.case, "vehicles")),
            "plant": colours_of(_by_size(built, "plant", "units", self.case, "plants")),
            "market": colours_of(_by_size(sold, "market", "sold", self.case, "markets")),
        }


def _by_size(frame: pl.DataFrame, key: str, value: str, case: Case, table: str) -> list[str]:
    ranked = frame.group_by(key).agg(pl.col(value).sum())
    ranked = ranked.sort([value, key], descending=[True, False])
    found = ranked[key].to_list()
    known = set(found)
    return found + [name for name in case.table(table)[key].to_list() if name not in known]
