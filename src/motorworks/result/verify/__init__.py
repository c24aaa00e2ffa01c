"""Recomputes a plan from the case and its tables alone, and says what is wrong with it.

Nothing here is shared with the stage that makes plans: hours, launch curves, transit lags, duties
and currencies are worked out anew, in plain loops over days and months, from the page *The plan
model* of the documentation. So an error in the builder cannot hide itself.

Each result table must hold exactly these rows (the page has the same list):

- ``production``: every allocation × month
- ``plant_stock``: every allocation and every (vehicle, plant) with opening stock × month
- ``shipments`` and ``landed``: every flow × month of departure
- ``market``: every pair of vehicle and market × month
- ``components``: every source of a (component, plant) that has a component balance × month
- ``component_stock``: every such (component, plant) × month
- ``agreements``: every firm agreement × calendar year with a day inside agreement and horizon
- ``end_value``: every pair of vehicle and market
- ``objective``: every part of the margin, and ``margin``
- ``capacity``: every shop that has a rate × month
- ``marginals``: any rows of known constraint families, none twice
"""

from motorworks.result.verify.findings import RULES, Finding, Verification
from motorworks.result.verify.run import verify_plan

__all__ = ["RULES", "Finding", "Verification", "verify_plan"]
