"""What excess flows through a net leave to each rule: often much less than its value allows.

Of all flows with at most the cutoff those are looked for in which a rule has the least excess, and
the most. A rule that turns out to have none at all must hold everywhere, which makes the net
smaller and all further bounds higher (bound tightening, as for mixed integer programs in general:
M. Savelsbergh, https://doi.org/10.1287/ijoc.6.4.445).
"""

import math
import time
from dataclasses import replace

import numpy as np

from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Status
from motorworks.sequence.bounds.ledger import Entry
from motorworks.sequence.bounds.net import Net
from motorworks.sequence.bounds.whole import Question, linear_of

_EXACT = 1e-4
"""What an excess must be off a whole number to be rounded to the next."""


def tightened(asked: Question, net: Net, seconds: float) -> list[Entry] | None:
    """Entries with the least and most excess that flows leave them; None where there is no flow."""
    until = time.perf_counter() + seconds
    model, basis = linear_of(asked, net), None
    entries = list(asked.entries)
    for number, entry in enumerate(entries):
        ends = []
        for sign in (1.0, -1.0):
            if (left := until - time.perf_counter()) <= 0.0:
                return entries
            cost = np.zeros(len(model.cost))
            cost[number] = sign
            found = solve(
                replace(model, cost=cost), basis=basis, primal=basis is not None, time_limit_s=left
            )
            if found.status is Status.INFEASIBLE:
                return None
            if found.status is not Status.OPTIMAL:
                return entries
            ends.append(sign * found.objective)
            basis = found.basis
        least = max(entry.least, math.ceil(ends[0] - _EXACT))
        entries[number] = replace(
            entry, least=least, most=min(entry.most, math.floor(ends[1] + _EXACT))
        )
    return entries
