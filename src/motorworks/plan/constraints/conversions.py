"""Standstills of a plant for a conversion."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.hours import shop_most, shop_side
from motorworks.plan.constraints.shared import shop_work
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def halt_once(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_u halt[c,u] = 1``, or as many as starts of the vehicle that it is for."""
    conversions = data.conversions
    wanted = np.where(conversions.window < 0, 1.0, 0.0)
    rows = lp.rows("halt_once", wanted.shape, lower=wanted, upper=wanted)
    lp.terms(rows[:, None], var.sites.halt, conversions.may_begin)
    tied = np.flatnonzero(conversions.window >= 0)
    begin = var.launches.begin[conversions.window[tied]]
    may = data.launches.may_begin[conversions.window[tied]]
    lp.terms(rows[tied, None], begin, -may.astype(np.float64))


def halt_before_start(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """Closures not over by the first day of *v* ``<= sum_{v' > v} begin[a,v']``."""
    conversions, launches = data.conversions, data.launches
    months = np.arange(data.sets.n_months)
    tied = np.flatnonzero(conversions.window >= 0)
    rows = lp.rows("halt_before_start", (len(tied), len(months)), upper=0.0)
    late = conversions.may_begin[tied, None, :] & (
        conversions.over_by[tied, None, :] > months[:, None]
    )
    row, month, halted = np.nonzero(late)
    lp.terms(rows[row, month], var.sites.halt[tied[row], halted], 1.0)
    window = conversions.window[tied]
    row, month, begun = np.nonzero(
        launches.may_begin[window][:, None, :] & (months > months[:, None])
    )
    lp.terms(rows[row, month], var.launches.begin[window[row], begun], -1.0)


def halted_shops(data: PlanData) -> tuple[Ints, Ints]:
    """Conversion and shop of each pair that meets at a plant with the hours of the calendar."""
    pace, conversions = data.pace, data.conversions
    calendar = ~np.isin(pace.shop_plant, data.shifts.plant)
    conversion, shop = np.nonzero((conversions.plant[:, None] == pace.shop_plant) & calendar)
    return conversion, shop


def halted_months(data: PlanData) -> tuple[Ints, Ints, Ints, Ints]:
    """Conversion, month of beginning, month and shop where hours are lost that are chosen."""
    pace, conversions = data.pace, data.conversions
    chosen = np.isin(pace.shop_plant, data.shifts.plant)
    here = (conversions.plant[:, None] == pace.shop_plant) & chosen
    conversion, begun, month, shop = np.nonzero(
        (conversions.share > 0)[..., None] & here[:, None, None, :]
    )
    return conversion, begun, month, shop


def halt_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum work <= (1 - share[c,u,t]) x right-hand side of shop_capacity`` if ``halt[c,u] = 1``.

    Where the hours are those of the calendar, one row says it for all *u*:
    ``sum work + capacity x sum_u share halt <= capacity``.
    """
    conversions = data.conversions
    conversion, shop = halted_shops(data)
    capacity = data.pace.capacity[shop]
    rows = lp.rows("halt_capacity", capacity.shape, upper=capacity)
    shop_work(lp, data, var, rows, shop)
    row, begun, month = np.nonzero(conversions.share[conversion])
    share = conversions.share[conversion[row], begun, month]
    lp.terms(rows[row, month], var.sites.halt[conversion[row], begun], share * capacity[row, month])
    _halt_of_chosen_hours(lp, data, var)


def _halt_of_chosen_hours(lp: Builder, data: PlanData, var: Variables) -> None:
    """The same where shifts or extra hours are chosen: a row for each month of beginning *u*.

    ``sum work <= (1 - share) x side + share x most x (1 - halt[c,u])`` with ``most`` the largest
    right-hand side that any choice of hours gives.
    """
    conversion, begun, month, shop = halted_months(data)
    share = data.conversions.share[conversion, begun, month]
    loose = share * shop_most(data)[shop, month]
    side = shop_side(data, var.shifts)
    upper = (1.0 - share) * side.constant[shop, month] + loose
    rows = lp.rows("halt_capacity_chosen", shop.shape, upper=upper)
    shop_work(lp, data, var, rows, shop, month)
    lp.terms(rows, var.sites.halt[conversion, begun], loose)
    row, term = np.nonzero(shop[:, None] == side.shop)
    at = month[row]
    lp.terms(rows[row], side.columns[term, at], -(1.0 - share[row]) * side.factor[term, at])
