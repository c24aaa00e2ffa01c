"""Rules of origin: thresholds on local content that decide the duty."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def origin_parts(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_a part[k,r,a,t] <= get[k,t]`` and ``sum_k part[k,r,a,t] <= use[i,c] make[a,t]``.

    A unit counts once under a regime, and no more of a component than the cars hold.
    """
    origin, months = data.origin, data.sets.n_months
    pairs = np.column_stack([origin.part_source, origin.part_regime])
    received, place = np.unique(pairs, axis=0, return_inverse=True)
    rows = lp.rows("origin_parts_received", (len(received), months), upper=0.0)
    lp.terms(rows[place.ravel()], var.origin.part, 1.0)
    lp.terms(rows, var.get[received[:, 0]], -1.0)
    rows = lp.rows("origin_parts_built", (len(origin.use_allocation), months), upper=0.0)
    lp.terms(rows[origin.part_use], var.origin.part, 1.0)
    lp.terms(rows, var.make[origin.use_allocation], -origin.use_quantity[:, None])


def origin(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum (local - need) make + sum value part >= -M (1 - claim)`` for each claim.

    ``M`` is what would be wanting if all that may be built were built without a part counted.
    """
    given = data.origin
    most = data.pace.limit[given.member_allocation, given.member_month]
    spare = given.member_local - given.member_need
    missing = np.bincount(
        given.member_claim, np.maximum(-spare, 0.0) * most, minlength=len(given.claims)
    )
    part, member = given.members_of(given.part_allocation, given.part_regime)
    claim, month = given.member_claim[member], given.member_month[member]
    value = given.part_value[part, month]
    scale = np.ones(len(given.claims))  # money a car, so that rows count cars
    np.maximum.at(scale, given.member_claim, np.abs(spare))
    np.maximum.at(scale, claim, value)
    rows = lp.rows("origin", (len(given.claims),), lower=-missing / scale)
    built = var.make[given.member_allocation, given.member_month]
    lp.terms(rows[given.member_claim], built, spare / scale[given.member_claim])
    lp.terms(rows[claim], var.origin.part[part, month], value / scale[claim])
    lp.terms(rows, var.origin.claim, -missing / scale)


def preference(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_r preferred[f,r,t] <= ship[f,t]``, and preferred cars were built under a claim.

    ``claimed[t] <= make[t]`` and ``claimed[t] <= U[a,t] sum claim`` are the cars of an allocation
    built under one; ``kept[t] <= kept[t-1] + claimed[t] - sum_f preferred[f,r,t]`` and
    ``kept[t] <= stock[t]`` those that still stand at the plant. Stock of before the horizon is
    none of them.
    """
    given, own, sets = data.origin, var.origin, data.sets
    flows, place = np.unique(given.flow, return_inverse=True)
    rows = lp.rows("preference_shipped", (len(flows), sets.n_months), upper=0.0)
    lp.terms(rows[place], own.preferred, 1.0)
    lp.terms(rows, var.ship[flows], -1.0)
    rows = lp.rows("preference_built", own.claimed.shape, upper=0.0)
    lp.terms(rows, own.claimed, 1.0)
    lp.terms(rows, var.make[given.under_allocation], -1.0)
    rows = lp.rows("preference", own.claimed.shape, upper=0.0)
    lp.terms(rows, own.claimed, 1.0)
    under, member = given.members_of(given.under_allocation, given.under_regime)
    claim, month = given.member_claim[member], given.member_month[member]
    most = data.pace.limit[given.under_allocation[under], month]
    lp.terms(rows[under, month], own.claim[claim], -most)
    rows = lp.rows("preference_stock", own.kept.shape, upper=0.0)
    lp.terms(rows, own.kept, 1.0)
    lp.terms(rows, var.stock[given.under_allocation], -1.0)
    rows = lp.rows("preference_kept", own.kept.shape, lower=0.0)
    lp.terms(rows, own.claimed, 1.0)
    lp.terms(rows, own.kept, -1.0)
    lp.terms(rows[:, 1:], own.kept[:, :-1], 1.0)
    owned = np.flatnonzero(given.flow_under >= 0)
    lp.terms(rows[given.flow_under[owned]], own.preferred[owned], -1.0)
    lp.at_most(own.preferred[given.flow_under < 0], 0.0)
