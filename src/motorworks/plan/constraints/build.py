"""What plants may build: launches, shops, nameplates, what stands in their yards."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.hours import shop_side
from motorworks.plan.constraints.shared import first_month, shop_work, yard
from motorworks.plan.constraints.sites import site_up
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def launch(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make[a,t] <= limit[a,t]``: no car before the start, and no faster than the ramp."""
    lp.at_most(var.make, data.pace.limit)


def shop_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_a work[i,s] make[a,t] + sum_k work[k] get[k,t] <= capacity[s,t]``.

    All vehicles, and the components made there, share the shop's hours; where shifts or extra
    hours are chosen, see :func:`motorworks.plan.constraints.hours.shop_side`.
    """
    side = shop_side(data, var.shifts)
    rows = lp.rows("shop_capacity", side.constant.shape, upper=side.constant)
    shop_work(lp, data, var, rows)
    side.subtract(lp, rows)


def nameplate(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum make <= nameplate x months/12``: a plant's most in a calendar year.

    Of a plant that is a site, the months in which it is up: ``sum make <= nameplate/12 sum up``.
    """
    upper = [most for *_, most in data.pace.nameplate]
    sites = {int(data.sites.plant[site]): int(site) for site in np.flatnonzero(data.sites.whole)}
    closed = [plant in sites and not data.sites.open_at_start[sites[plant]]
              for plant, *_ in data.pace.nameplate]  # fmt: skip
    rows = lp.rows("nameplate", (len(upper),), upper=np.where(closed, 0.0, upper))
    plants = data.sets.store_plant[: data.sets.n_allocations]
    for row, (plant, _, months, most) in zip(rows, data.pace.nameplate, strict=True):
        lp.terms(row, var.make[plants == plant, months], 1.0)
        if plant in sites:
            up = site_up(data, var, sites[plant]).only(np.arange(data.sets.n_months)[months])
            lp.terms(row, up.column, -most / len(up.given) * up.value)


def plant_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``stock[t-1] + make[t] - sum_lanes ship[t] = stock[t]``."""
    opening = first_month(-data.logistics.opening_store, data.sets.n_months)
    rows = lp.rows("plant_balance", var.stock.shape, lower=opening, upper=opening)
    lp.terms(rows[: data.sets.n_allocations], var.make, 1.0)
    lp.terms(rows, var.stock, -1.0)
    lp.terms(rows[:, 1:], var.stock[:, :-1], 1.0)
    lp.terms(rows[data.sets.flow_store], var.ship, -1.0)


def plant_yard(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i stock[i,p,t] <= yard_slots``."""
    yard(lp, "plant_yard", data.logistics.plant_yard, data.sets.store_plant, var.stock)
