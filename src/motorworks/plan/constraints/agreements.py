"""How far a month of an agreement may move, and what it means to end one."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def agreement_flex(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``published x (1 - down) <= make <= published x (1 + up)`` while the agreement runs.

    Once it has ended nothing is built, so that only the lower side must give way: the ended
    agreement counts as if the least had been made.
    """
    given = data.agreements
    rows = lp.rows(
        "agreement_flex", (len(given.band_month),), lower=given.band_least, upper=given.band_most
    )
    lp.terms(rows, var.make[given.band_allocation, given.band_month], 1.0)
    for band in np.flatnonzero(given.band_exit >= 0):
        ended = var.agreements.exit[given.band_exit[band], : given.band_month[band] + 1]
        lp.terms(rows[band], ended, given.band_least[band])


def agreement_exit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_u exit[u] <= 1`` and ``make[t] <= U[t] (1 - sum_{u <= t} exit[u])``."""
    given, months = data.agreements, data.sets.n_months
    once = lp.rows("exit_once", (len(given.exits),), upper=1.0)
    lp.terms(once[:, None], var.agreements.exit, 1.0)
    most = data.pace.limit[given.exit_allocation]
    exits, at = given.closable
    rows = lp.rows("agreement_exit", (len(at),), upper=most[exits, at])
    lp.terms(rows, var.make[given.exit_allocation[exits], at], 1.0)
    row, month = np.nonzero(np.arange(months)[None, :] <= at[:, None])
    lp.terms(rows[row], var.agreements.exit[exits[row], month], most[exits[row], at[row]])


def freed_by_exit(
    lp: Builder, data: PlanData, var: Variables, rows: Indices, freed: Floats
) -> None:
    """Add ``freed[y, u] exit[g, u]`` to the rows of the agreements' years."""
    years = np.flatnonzero(data.agreements.promise_exit >= 0)
    ended = var.agreements.exit[data.agreements.promise_exit[years]]
    lp.terms(rows[years, None], ended, freed[years])
