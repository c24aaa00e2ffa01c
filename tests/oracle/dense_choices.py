"""The plan with its choices, by brute force: every combination of them is a dense program.

Written from ``docs/background/plan-choices.md`` alone, as ``dense_plan`` is from the first page.
A *choice* is one decision with few outcomes (when a launch starts and ends, the patterns of a
plant in all months, whether a group claims origin). For one outcome of each, what the page says
about variables of 0 and 1 is plain arithmetic, and what is left is a linear program.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from motorworks.case.case import Case
from tests.oracle import (
    dense_carbon,
    dense_launches,
    dense_origin,
    dense_shifts,
    dense_sites,
    dense_trade,
)
from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name, Terms


def best_margin(case: Case) -> float | None:
    """The largest margin over all combinations, or None where no plan meets all rules."""
    plan = ChoicePlan(case)
    return max((m for m in map(plan.margin, plan.combinations()) if m is not None), default=None)


def size(case: Case) -> int:
    """How many combinations of choices a case has."""
    return prod(len(outcomes) for outcomes in ChoicePlan(case).options().values())


class ChoicePlan(Plan):
    """The rules of one case under choices made."""

    def options(self) -> dict[Name, list[Any]]:
        """The outcomes of every choice."""
        return {
            **dense_launches.options(self),
            **dense_sites.options(self),
            **dense_shifts.options(self),
            **dense_trade.options(self),
            **dense_origin.options(self),
        }

    def combinations(self) -> Iterator[dict[Name, Any]]:
        """One outcome of every choice, where they go together."""
        options = self.options()
        for outcome in product(*options.values()):
            self.chosen = dict(zip(options, outcome, strict=True))
            if (
                dense_sites.allowed(self)
                and dense_shifts.allowed(self)
                and dense_launches.allowed(self)
            ):
                yield self.chosen

    def margin(self, chosen: dict[Name, Any]) -> float | None:
        """The largest margin under choices made."""
        self.chosen = chosen
        self.write()
        return self.program.best()

    def write(self) -> None:
        """Write the program for the choices made."""
        super().write()
        self.program.constant -= dense_launches.costs(self)
        self.program.constant -= dense_sites.costs(self)
        self.program.constant -= dense_trade.exit_costs(self)
        dense_launches.least_rows(self, self.launch_limit)
        dense_shifts.rows(self)
        dense_shifts.launch_rows(self)
        dense_trade.flex_rows(self)
        dense_trade.lot_rows(self)
        dense_trade.port_rows(self)
        dense_trade.age_rows(self)
        dense_trade.change_columns(self)
        dense_trade.freeze_rows(self)
        dense_origin.write(self)
        dense_carbon.write(self)

    def columns(self) -> None:
        """Columns of the first page, and extra hours."""
        super().columns()
        dense_shifts.columns(self)

    def launch_limit(self, vehicle: str, plant: str, t: int) -> float:
        """Launch limit without extra hours."""
        return dense_shifts.launch_limit(self, vehicle, plant, t)

    def make_limit(self, vehicle: str, plant: str, t: int) -> float:
        """Most cars of an allocation; with a workforce extra hours raise it in a row of its own."""
        if (
            not dense_launches.on(self, vehicle, plant, t)
            or not dense_launches.fits(self, vehicle, plant)
            or not dense_sites.plant_up(self, plant, t)
            or dense_trade.forbidden(self, vehicle, plant, t)
        ):
            return 0.0
        if dense_shifts.workforce(self, plant) is not None:
            return INF
        return self.launch_limit(vehicle, plant, t)

    def shop_rows(self) -> None:
        """Capacity with the shifts chosen, of shops that are open and do not stand still."""
        for shop in self.shops:
            plant = self.shops[shop]["plant"]
            for t in range(self.count):
                work: Terms = self.shop_work(shop, t)
                if not dense_sites.shop_up(self, shop, t):
                    self.program.row(work, -INF, 0.0)
                    self.program.row(self.supply.made_in(shop, t), -INF, 0.0)
                if shop not in self.rated:
                    continue
                most = dense_shifts.capacity(self, shop, t)
                pace = dense_shifts.mean_pace(self, shop, t)
                for halted in (0.0, *dense_sites.halted_shares(self, plant, t)):
                    left = 1 - halted
                    extra = dense_shifts.extra(self, plant, t, -left * pace)
                    self.program.row({**work, **extra}, -INF, left * most)

    def open_months(self, plant: str, inside: list[int]) -> int:
        """Months in which a plant is open."""
        return sum(dense_sites.plant_up(self, plant, t) for t in inside)

    def covered(self, deal: dict[str, Any], month: int) -> bool:
        """Whether an agreement has not been left."""
        return not dense_trade.ended(self, deal, month)

    def space_rows(self) -> None:
        """Space held on lanes, and spot space."""
        dense_trade.space_rows(self)
