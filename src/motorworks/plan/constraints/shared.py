"""What several families need."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.variables import Variables


def first_month(values: Floats, months: int) -> Floats:
    """Values in the first month, zero after it; shape (n, T)."""
    out = np.zeros((len(values), months))
    out[:, 0] = values
    return out


def yard(lp: Builder, name: str, slots: Floats, place: Ints, stock: Indices) -> None:
    """``sum stock[n, t] <= slots[place]`` for places whose slots are limited."""
    limited = np.isfinite(slots)
    rows = lp.rows(name, (int(limited.sum()), stock.shape[1]), upper=slots[limited][:, None])
    row_of_place = np.cumsum(limited) - 1
    standing = np.flatnonzero(limited[place])
    lp.terms(rows[row_of_place[place[standing]]], stock[standing], 1.0)


def shop_work(lp: Builder, data: PlanData, var: Variables, rows: Indices) -> None:
    """Add the work of all shops with a rate to rows (n_shops, T): cars, and components made."""
    pace, made = data.pace, data.components
    lp.terms(rows[pace.work_shop], var.make[pace.work_allocation], pace.work_factor[:, None])
    lp.terms(rows[made.made_shop], var.get[made.made_source], made.made_work[:, None])
