"""What is agreed or fixed: agreements and pins."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.constraints.agreements import freed_by_exit
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def agreement_minimum(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t make[t] + short[y] >= minimum of the year``; a car short is paid for."""
    rows = lp.rows(
        "agreement_minimum", (len(data.promises),), lower=[p.minimum for p in data.promises]
    )
    lp.terms(rows, var.short, 1.0)
    _promised(lp, data, var, rows)
    freed_by_exit(lp, data, var, rows, data.agreements.minimum_freed)


def agreement_maximum(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t make[t] <= maximum of the year``."""
    rows = lp.rows(
        "agreement_maximum", (len(data.promises),), upper=[p.maximum for p in data.promises]
    )
    _promised(lp, data, var, rows)
    freed_by_exit(lp, data, var, rows, data.agreements.maximum_freed)


def pins(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``minimum <= make <= maximum``, or with a market ``minimum <= sum ship <= maximum``."""
    rows = lp.rows(
        "pins", (len(data.pins),),
        lower=[p.minimum for p in data.pins], upper=[p.maximum for p in data.pins],
    )  # fmt: skip
    pinned = [
        np.atleast_1d(var.make[pin.allocation, pin.month])
        if pin.flows is None
        else var.ship[pin.flows, pin.month]
        for pin in data.pins
    ]
    if pinned:
        columns = np.concatenate(pinned)
        lp.terms(np.repeat(rows, [len(part) for part in pinned]), columns, 1.0)


def _promised(lp: Builder, data: PlanData, var: Variables, rows: Indices) -> None:
    for row, promise in zip(rows, data.promises, strict=True):
        lp.terms(row, var.make[promise.allocation, promise.months], 1.0)
