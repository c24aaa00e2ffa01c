"""The rules of the plan, a function per family; formulas as in ``docs/background/``.

Every function takes the program under construction, the data, the columns and the settings, and
adds the rows or bounds of its family. ``FAMILIES`` lists them all; nothing else adds a rule.
"""

from collections.abc import Callable

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints import build, market, promises, supply
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

Family = Callable[[Builder, PlanData, Variables, PlanParams], None]

FAMILIES: tuple[Family, ...] = (
    build.launch,
    build.shop_capacity,
    build.nameplate,
    build.plant_balance,
    build.plant_yard,
    market.lane_space,
    market.market_balance,
    market.market_yard,
    market.lost_limit,
    market.late_limit,
    market.sold,
    supply.component_balance,
    supply.component_capacity,
    supply.cell_supply,
    promises.agreement_minimum,
    promises.agreement_maximum,
    promises.pins,
    market.end_value,
)
