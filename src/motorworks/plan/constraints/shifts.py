"""How many shifts a plant works, who is taken on or let go, and which extra hours it works."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.hours import add_line
from motorworks.plan.constraints.launches import running
from motorworks.plan.constraints.sites import site_up
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def one_pattern(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_k pattern[k,t] = 1``; the pattern planned until the notice has run out.

    Of a plant that is a site ``= up[w,t]``, and no notice binds it.
    """
    shifts, months = data.shifts, data.sets.n_months
    plants = np.flatnonzero(shifts.chooses)
    site = _site_of(data)
    level = np.ones((len(plants), months))
    for place, plant in enumerate(plants):
        if site[plant] >= 0:
            level[place] = site_up(data, var, int(site[plant])).given
    rows = lp.rows("one_pattern", level.shape, lower=level, upper=level)
    row_of_plant = np.cumsum(shifts.chooses) - 1
    lp.terms(rows[row_of_plant[shifts.option_plant]], var.shifts.pattern, 1.0)
    for row, plant in zip(rows, plants, strict=True):
        if site[plant] >= 0:
            site_up(data, var, int(site[plant])).add(lp, row, -1.0)
    bound = (np.arange(months) < shifts.notice[:, None]) & (shifts.chooses & (site < 0))[:, None]
    bound_plant, month = np.nonzero(bound)
    lp.at_least(var.shifts.pattern[shifts.planned_option[bound_plant, month], month], 1.0)


def stay(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``switch[t] >= pattern[t] - pattern[t-1]`` and ``sum of last switches <= pattern[t]``.

    The sum runs over the ``min_stay_months`` months up to *t*; the pattern planned for the first
    month is the one worked before it.
    """
    shifts, months = data.shifts, data.sets.n_months
    pattern, switch = var.shifts.pattern, var.shifts.switch
    before = np.zeros(pattern.shape)
    before[shifts.planned_option[shifts.chooses, 0], 0] = -1.0
    rows = lp.rows("switch", pattern.shape, lower=before)
    lp.terms(rows, switch, 1.0)
    lp.terms(rows, pattern, -1.0)
    lp.terms(rows[:, 1:], pattern[:, :-1], 1.0)
    rows = lp.rows("stay", pattern.shape, upper=0.0)
    lp.terms(rows, pattern, -1.0)
    stays = shifts.stay[shifts.option_plant]
    for ago in range(min(int(stays.max(initial=0)), months)):
        held = stays > ago
        lp.terms(rows[held, ago:], switch[held, : months - ago], 1.0)


def heads(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``hired[t] >= heads[t] - heads[t-1]`` and ``freed[t] >= heads[t-1] - heads[t]``."""
    shifts, pattern = data.shifts, var.shifts.pattern
    plants = np.flatnonzero(shifts.chooses)
    place = (np.cumsum(shifts.chooses) - 1)[shifts.option_plant]
    need = shifts.heads[:, None]
    before = np.zeros((len(plants), data.sets.n_months))
    before[:, 0] = shifts.heads_before[plants]
    for name, columns, sign in (
        ("hired", var.shifts.hired, 1.0),
        ("freed", var.shifts.freed, -1.0),
    ):
        rows = lp.rows(name, before.shape, lower=-sign * before)
        lp.terms(rows, columns[plants], 1.0)
        lp.terms(rows[place], pattern, -sign * need)
        lp.terms(rows[place, 1:], pattern[:, :-1], sign * need)
        lp.at_most(columns[~shifts.chooses], 0.0)


def shift_volume(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_a make[a,t] >= sum_k volume_min_k / 12 x pattern[k,t]``."""
    shifts, sets = data.shifts, data.sets
    asking = np.unique(shifts.option_plant[shifts.volume > 0])
    rows = lp.rows("shift_volume", (len(asking), sets.n_months), lower=0.0)
    maker = sets.store_plant[: sets.n_allocations]
    row, allocation = np.nonzero(shifts.plant[asking][:, None] == maker)
    lp.terms(rows[row], var.make[allocation], 1.0)
    row, option = np.nonzero(asking[:, None] == shifts.option_plant)
    lp.terms(rows[row], var.shifts.pattern[option], -shifts.volume[option][:, None])


def launch_choice(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make <= L[a,u,k,t] + rate x (overtime + weekend + plus)``, 0 while not on.

    For all allocations of the plants with options or a workforce, with a launch window or without.
    """
    shifts, months = data.shifts, data.sets.n_months
    lines = shifts.ceilings
    constant = np.array([line.constant for line in lines]).reshape(-1, months)
    rows = lp.rows("launch_choice_shifts", constant.shape, upper=constant)
    rates = dict(zip(shifts.limited.tolist(), shifts.rate, strict=True))
    for row, line in zip(rows, lines, strict=True):
        lp.terms(row, var.make[line.allocation], 1.0)
        add_line(lp, row, line, var.launches.begin, var.shifts.pattern, -1.0)
        if shifts.overtime_most[line.plant] + shifts.weekend_most[line.plant] > 0:
            for extra in (var.shifts.overtime, var.shifts.weekend, var.shifts.plus):
                lp.terms(row, extra[line.plant], -rates[line.allocation])
    chosen = np.isin(shifts.limited, data.launches.allocation)
    rows = lp.rows("launch_choice_shifts_on", (int(chosen.sum()), months), upper=0.0)
    for row, allocation, most in zip(
        rows, shifts.limited[chosen], shifts.most[chosen], strict=True
    ):
        lp.terms(row, var.make[allocation], 1.0)
        running(data, var, int(allocation)).add(lp, row, -most)


def least_run(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make >= min(min_per_month, L[a,u,k,t])`` while a launch runs, as :func:`launch_choice`."""
    shifts, months = data.shifts, data.sets.n_months
    lines = shifts.floors
    constant = np.array([line.constant for line in lines]).reshape(-1, months)
    rows = lp.rows("least_run_shifts", constant.shape, lower=-constant)
    ended = np.tri(months, k=-1)
    for row, line in zip(rows, lines, strict=True):
        lp.terms(row, var.make[line.allocation], 1.0)
        add_line(lp, row, line, var.launches.begin, var.shifts.pattern, 1.0)
        finish = var.launches.finish[line.window]
        lp.terms(row[:, None], finish, ended * data.launches.least[line.window])


def extra_hours(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``overtime + plus <= most``, ``weekend <= most``, ``minus <= hours`` of the month.

    All are 0 in a month in which the pattern chosen, or the calendar, has no hours. Hours are put
    into the time account where ``saving`` is 1 and taken from it where it is 0.
    """
    shifts, own = data.shifts, var.shifts
    account, hours = shifts.account[:, None] > 0, shifts.most_hours
    most = _most_extra(data)
    lp.at_most(own.overtime, most[:, 0])
    lp.at_most(own.weekend, most[:, 1])
    lp.at_most(own.plus, np.where(account, most[:, 0], 0.0))
    lp.at_most(own.minus, np.where(account, hours, 0.0))
    _while_working(lp, data, var)
    keeps = np.flatnonzero(shifts.account > 0)
    rows = lp.rows("hours_put_in", hours[keeps].shape, upper=0.0)
    lp.terms(rows, own.plus[keeps], 1.0)
    lp.terms(rows, own.saving[keeps], -most[keeps, 0])
    rows = lp.rows("hours_taken", hours[keeps].shape, upper=hours[keeps])
    lp.terms(rows, own.minus[keeps], 1.0)
    lp.terms(rows, own.saving[keeps], hours[keeps])


def _most_extra(data: PlanData) -> Floats:
    """Most of overtime with hours put in, of weekends, of hours taken; shape (H, 3, T)."""
    shifts = data.shifts
    hours = shifts.most_hours
    works = hours > 0
    overtime, weekend = shifts.overtime_most[:, None], shifts.weekend_most[:, None]
    return np.stack([overtime * works, weekend * works, hours], axis=1)


def _while_working(lp: Builder, data: PlanData, var: Variables) -> None:
    """Extra hours ``<= sum_k most_k pattern[k,t]``, or ``<= most x up[w,t]``, or ``<= most``."""
    shifts, own, most = data.shifts, var.shifts, _most_extra(data)
    given = np.where(shifts.chooses[:, None, None], 0.0, most)
    states = {
        plant: site_up(data, var, int(site))
        for plant, site in enumerate(_site_of(data))
        if site >= 0 and not shifts.chooses[plant]
    }
    for plant, up in states.items():
        given[plant] *= up.given
    rows = lp.rows("extra_hours", most.shape, upper=given)
    for kind, columns in enumerate((own.overtime, own.weekend, own.minus)):
        lp.terms(rows[:, kind], columns, 1.0)
    lp.terms(rows[:, 0], own.plus, 1.0)
    works = shifts.hours > 0
    overtime, weekend = (
        amount[shifts.option_plant, None] * works
        for amount in (shifts.overtime_most, shifts.weekend_most)
    )
    factor = np.stack([overtime, weekend, shifts.hours], axis=1)
    lp.terms(rows[shifts.option_plant], own.pattern[:, None], -factor)
    for plant, up in states.items():
        for kind in range(3):
            up.add(lp, rows[plant, kind], -most[plant, kind])


def _site_of(data: PlanData) -> Ints:
    """The site that each plant with shifts is, -1 for one that is always there; shape (H,)."""
    site = np.full(len(data.shifts.plant), -1)
    for number in np.flatnonzero(data.sites.whole).tolist():
        site[data.shifts.plant == data.sites.plant[number]] = number
    return site


def time_account(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``balance[t] = balance[t-1] + plus[t] - minus[t]``, within bounds, 0 each December."""
    shifts, own = data.shifts, var.shifts
    most = np.where(shifts.settled, 0.0, shifts.account[:, None])
    lp.at_least(own.balance, -most)
    lp.at_most(own.balance, most)
    rows = lp.rows("time_account", own.balance.shape, lower=0.0, upper=0.0)
    lp.terms(rows, own.balance, 1.0)
    lp.terms(rows[:, 1:], own.balance[:, :-1], -1.0)
    lp.terms(rows, own.plus, -1.0)
    lp.terms(rows, own.minus, 1.0)
