"""Plants and shops that open and close."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.hours import shop_most
from motorworks.plan.constraints.shared import shop_work
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables
from motorworks.plan.variables.sites import up_state
from motorworks.plan.variables.state import State


def site_once(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum open <= 1`` (``= 1`` where it must), ``sum_{u<=t} shut <= given + sum_{u<=t} open``.

    A site opens at most once, and closes at most once, after it has opened.
    """
    sites, months = data.sites, np.arange(data.sets.n_months)
    rows = lp.rows("site_opens", (len(sites.names),), lower=sites.must_open, upper=1.0)
    site, month = np.nonzero(sites.may_open)
    lp.terms(rows[site], var.sites.open[site, month], 1.0)
    closing = np.flatnonzero(sites.may_shut.any(axis=1))
    given = sites.open_at_start[closing, None].astype(np.float64)
    rows = lp.rows("site_closes", (len(closing), len(months)), upper=given)
    row, month, ended = np.nonzero(
        sites.may_shut[closing][:, None, :] & (months <= months[:, None])
    )
    lp.terms(rows[row, month], var.sites.shut[closing[row], ended], 1.0)
    row, month, begun = np.nonzero(
        sites.may_open[closing][:, None, :] & (months <= months[:, None])
    )
    lp.terms(rows[row, month], var.sites.open[closing[row], begun], -1.0)


def site_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum work <= most[s,t] up[w,t]`` in the shops of a site, ``make[a,t] <= U[a,t] up[w,t]``.

    ``most`` is the largest right-hand side of ``shop_capacity``, ``U`` the largest launch limit.
    """
    sites, months = data.sites, data.sets.n_months
    most = shop_most(data)[sites.shop]
    rows = lp.rows("site_capacity", most.shape, upper=most * _given(data)[sites.shop_site])
    shop_work(lp, data, var, rows, sites.shop)
    for row, site, amount in zip(rows, sites.shop_site.tolist(), most, strict=True):
        site_up(data, var, site).add(lp, row, -amount)
    most = data.pace.limit[sites.make]
    rows = lp.rows("site_make", (len(most), months), upper=most * _given(data)[sites.make_site])
    lp.terms(rows, var.make[sites.make], 1.0)
    for row, site, amount in zip(rows, sites.make_site.tolist(), most, strict=True):
        site_up(data, var, site).add(lp, row, -amount)


def site_up(data: PlanData, var: Variables, site: int) -> State:
    """``up[w,t]`` of a site, in columns."""
    return up_state(data.sites, var.sites.open, var.sites.shut, site)


def _given(data: PlanData) -> Floats:
    """1 for sites that are there at the start; shape (W, 1)."""
    return data.sites.open_at_start[:, None].astype(np.float64)
