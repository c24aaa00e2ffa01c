"""When production starts and ends, and what a start allows."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, Ints, Launches, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables
from motorworks.plan.variables.launches import on_state
from motorworks.plan.variables.state import State


def one_start(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_u begin[a,u] = 1``, or ``<= 1`` where it may never start."""
    launches = data.launches
    lower = np.where(launches.must_begin, 1.0, -np.inf)
    rows = lp.rows("one_start", launches.must_begin.shape, lower=lower, upper=1.0)
    window, month = np.nonzero(launches.may_begin)
    lp.terms(rows[window], var.launches.begin[window, month], 1.0)


def one_end(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_{u<=t} finish[a,u] <= sum_{u <= t - run + 1} begin[a,u]``: an end after its start.

    Where the end must come in the horizon, as many ends as starts.
    """
    launches, begin, finish = data.launches, var.launches.begin, var.launches.finish
    window, month = np.nonzero(launches.may_finish)
    rows = lp.rows("one_end", (len(window),), upper=0.0)
    months = np.arange(begin.shape[1])
    row, ended = np.nonzero(launches.may_finish[window] & (months <= month[:, None]))
    lp.terms(rows[row], finish[window[row], ended], 1.0)
    latest = month - launches.min_run[window] + 1
    row, begun = np.nonzero(launches.may_begin[window] & (months <= latest[:, None]))
    lp.terms(rows[row], begin[window[row], begun], -1.0)
    must = np.flatnonzero(launches.must_finish)
    rows = lp.rows("one_end_due", (len(must),), lower=0.0, upper=0.0)
    lp.terms(rows[:, None], finish[must], launches.may_finish[must])
    lp.terms(rows[:, None], begin[must], -launches.may_begin[must].astype(np.float64))


def launch_choice(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make[a,t] <= sum_u L[a,u,t] begin[a,u]``, and ``make[a,t] <= U[a,t] on[a,t]``.

    The second says nothing more where production has no end. For plants with the hours of the
    calendar; where hours are chosen, see :mod:`motorworks.plan.constraints.shifts`.
    """
    launches = data.launches
    windows = np.flatnonzero(~launches.shifted)
    months = data.sets.n_months
    rows = lp.rows("launch_choice", (len(windows), months), upper=0.0)
    lp.terms(rows, var.make[launches.allocation[windows]], 1.0)
    _by_start(lp, rows, var, launches.limit[windows], windows, -1.0)
    stops = np.flatnonzero(launches.may_finish.any(axis=1) & ~launches.shifted)
    rows = lp.rows("launch_choice_on", (len(stops), months), upper=0.0)
    lp.terms(rows, var.make[launches.allocation[stops]], 1.0)
    for row, allocation in zip(rows, launches.allocation[stops].tolist(), strict=True):
        running(data, var, allocation).add(lp, row, -data.pace.limit[allocation])


def running(data: PlanData, var: Variables, allocation: int) -> State:
    """``on[a,t]`` of an allocation, in columns."""
    return on_state(data.launches, var.launches.begin, var.launches.finish, allocation)


def least_run(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make[a,t] >= min(min_per_month, L[a,u,t])`` from the start chosen to the end chosen.

    Where hours are chosen, see :mod:`motorworks.plan.constraints.shifts`.
    """
    launches = data.launches
    windows = np.flatnonzero((launches.least > 0) & ~launches.shifted)
    least = np.minimum(launches.limit[windows], launches.least[windows, None, None])
    rows = lp.rows("least_run", (len(windows), data.sets.n_months), lower=0.0)
    lp.terms(rows, var.make[launches.allocation[windows]], 1.0)
    _by_start(lp, rows, var, least, windows, -1.0)
    given_up = least_given_up(launches, windows, least)
    row, ended, month = np.nonzero(given_up)
    lp.terms(
        rows[row, month], var.launches.finish[windows[row], ended], given_up[row, ended, month]
    )


def least_given_up(launches: Launches, windows: Ints, least: Floats) -> Floats:
    """What an end in month ``v`` takes off the least of each later month; (windows, v, T).

    The most that any start early enough for that end asks for, so that nothing is asked after it.
    """
    months = np.arange(least.shape[-1])
    highest = np.maximum.accumulate(least, axis=1)
    taken = np.zeros_like(least)
    for row, window in enumerate(windows):
        for end in np.flatnonzero(launches.may_finish[window]):
            begun = end - launches.min_run[window] + 1
            if begun >= 0:
                taken[row, end] = np.where(months > end, highest[row, begun], 0.0)
    return taken


def shop_fit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make[a,t] = 0`` for a vehicle too heavy for a shop, or of a drivetrain it cannot build."""
    if data.mix.misfits.size:
        lp.at_most(var.make[data.mix.misfits], 0.0)


def _by_start(
    lp: Builder, rows: Indices, var: Variables, amount: Floats, windows: Ints, sign: float
) -> None:
    """Add ``sign x sum_u amount[w,u,t] begin[w,u]`` to ``rows`` (windows, T)."""
    row, start, month = np.nonzero(amount)
    begin = var.launches.begin[windows[row], start]
    lp.terms(rows[row, month], begin, sign * amount[row, start, month])
