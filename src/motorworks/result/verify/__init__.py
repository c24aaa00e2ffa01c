"""Recomputes a plan from the case and its tables alone, and says what is wrong with it.

Nothing here is shared with the stage that makes plans: hours, launch curves, transit lags, duties
and currencies are worked out anew, by key, day and month, from the pages *The plan model* of the
documentation. So an error in the builder cannot hide itself. What the plan chooses (starts, sites,
patterns, ends of agreements, claims of origin) is read from its tables as it stands there and held
against the rules as they are meant, not as a solver needs them written.

The rows that each table must hold are in :mod:`motorworks.result.verify.expected`, as the pages
list them. ``marginals`` may hold any rows of known constraint families, ``origin_parts`` any parts
that were counted; none twice.

An order of a day's cars is scored and held against its rules in the same way, from the page
*The sequence model* (:mod:`motorworks.result.verify.sequence_rules`). So is a simulation, from its
visits and tables (:mod:`motorworks.result.verify.simulation`), and a month of orders with its days
(:mod:`motorworks.result.verify.slot`).
"""

from motorworks.result.verify.findings import RULES, Finding, Verification
from motorworks.result.verify.run import verify_plan
from motorworks.result.verify.sequence import SEQUENCE_RULES, verify_sequence
from motorworks.result.verify.sequence_score import score_order
from motorworks.result.verify.simulation import SIMULATION_RULES, verify_simulation
from motorworks.result.verify.slot import SLOT_RULES, verify_slot

__all__ = [
    "RULES", "SEQUENCE_RULES", "SIMULATION_RULES", "SLOT_RULES", "Finding", "Verification",
    "score_order", "verify_plan", "verify_sequence", "verify_simulation", "verify_slot",
]  # fmt: skip
