"""What one more unit of a shop or a launch is worth: several rows may hold the same limit.

Beside ``shop_capacity`` a shop is held by the sites that cover it and by conversions; beside its
bound an allocation is held by the start, the end and the shifts chosen. The worth of a limit is
the sum over the rows that hold it, under the choices made. How far it reaches is known where one
row alone holds it.
"""

from collections.abc import Iterator

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Solution
from motorworks.plan.constraints.conversions import halted_months, halted_shops
from motorworks.plan.constraints.sites import site_up
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.variables import Variables

_NO_WORTH = 1e-9
_NOTHING = 1e-6


def shop_worth(lp: Builder, data: PlanData, solution: Solution) -> tuple[Floats, Floats]:
    """Worth of a slot of each shop, and how many more slots have it; shapes (n_shops, T)."""
    worth = np.zeros(data.pace.capacity.shape)
    more = np.full(worth.shape, np.inf)
    for block, shop, month in _shop_rows(data):
        _gather(lp, solution, block, (shop, month), worth, more)
    return worth, _reach(more)


def launch_worth(lp: Builder, data: PlanData, solution: Solution) -> tuple[Floats, Floats]:
    """Worth of a car more that a launch allows, and how many more have it; shapes (A, T)."""
    make, most = lp.column_blocks["make"].index, data.pace.limit
    worth = -np.minimum(solution.reduced[make], 0.0)
    more = np.full(worth.shape, np.inf)
    if solution.column_until is not None:
        bound = (worth > _NO_WORTH) & np.isfinite(most)
        more[bound] = solution.column_until[make][bound] - most[bound]
    for block, allocation in _launch_rows(data):
        where = (allocation[:, None], np.arange(worth.shape[1]))
        _gather(lp, solution, block, where, worth, more)
    return worth, _reach(more)


def _reach(more: Floats) -> Floats:
    """How many more have the same worth; NaN where that is without end or not known.

    A row that may not rise at all is held by another as well: only both together may.
    """
    return np.where(np.isfinite(more) & (more > _NOTHING), more, np.nan)


def nameplate_chosen(
    data: PlanData, var: Variables, solution: Solution
) -> list[tuple[float, float]]:
    """Each nameplate's limit under the choices made, and how much of it the choices add."""
    sites = {int(data.sites.plant[site]): int(site) for site in np.flatnonzero(data.sites.whole)}
    found = []
    for plant, _, months, most in data.pace.nameplate:
        up = np.ones(data.sets.n_months), np.ones(data.sets.n_months)
        if plant in sites:
            state = site_up(data, var, sites[plant])
            up = state.at(solution.x), state.given
        now, given = (float(most * part[months].mean()) for part in up)
        found.append((now, now - given))
    return found


def _shop_rows(data: PlanData) -> Iterator[tuple[str, Ints, Ints]]:
    """Blocks that hold shops, with the shop and the month of each row."""
    months = np.arange(data.sets.n_months)
    yield "shop_capacity", np.arange(len(data.pace.shops))[:, None], months
    yield "site_capacity", data.sites.shop[:, None], months
    yield "halt_capacity", halted_shops(data)[1][:, None], months
    _, _, month, shop = halted_months(data)
    yield "halt_capacity_chosen", shop, month


def _launch_rows(data: PlanData) -> Iterator[tuple[str, Ints]]:
    """Blocks that hold launches, with the allocation of each row."""
    launches, shifts = data.launches, data.shifts
    ends = launches.may_finish.any(axis=1)
    yield "launch_choice", launches.allocation[~launches.shifted]
    yield "launch_choice_on", launches.allocation[ends & ~launches.shifted]
    yield "launch_choice_shifts", np.array([line.allocation for line in shifts.ceilings], int)
    yield "launch_choice_shifts_on", shifts.limited[np.isin(shifts.limited, launches.allocation)]
    yield "site_make", data.sites.make


def _gather(
    lp: Builder,
    solution: Solution,
    name: str,
    where: tuple[Ints, Ints],
    worth: Floats,
    more: Floats,
) -> None:
    """Add the worth of a block of rows at ``where``, and keep the least of how far it reaches."""
    block = lp.row_blocks[name]
    value = -solution.dual[block.index]
    np.add.at(worth, where, value)
    if solution.row_until is not None:
        upper = np.broadcast_to(block.upper, value.shape)
        reach = np.where(value > _NO_WORTH, solution.row_until[block.index] - upper, np.inf)
        np.minimum.at(more, where, reach)
