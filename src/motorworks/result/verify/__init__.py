"""Recomputes a plan from the case and its tables alone, and says what is wrong with it.

Nothing here is shared with the stage that makes plans: hours, launch curves, transit lags, duties
and currencies are worked out anew, by key, day and month, from the pages *The plan model* of the
documentation. So an error in the builder cannot hide itself. What the plan chooses (starts, sites,
patterns, ends of agreements, claims of origin) is read from its tables as it stands there and held
against the rules as they are meant, not as a solver needs them written.

The rows that each table must hold are in :mod:`motorworks.result.verify.expected`, as the pages
list them. ``marginals`` may hold any rows of known constraint families, ``origin_parts`` any parts
that were counted; none twice.
"""

from motorworks.result.verify.findings import RULES, Finding, Verification
from motorworks.result.verify.run import verify_plan

__all__ = ["RULES", "Finding", "Verification", "verify_plan"]
