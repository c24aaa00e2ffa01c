"""The rules of the plan, a function per family; formulas as in ``docs/background/``.

Every function takes the program under construction, the data, the columns and the settings, and
adds the rows or bounds of its family. ``FAMILIES`` lists them all; nothing else adds a rule.
"""

from collections.abc import Callable

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints import (
    agreements,
    build,
    carbon,
    conversions,
    lanes,
    launches,
    market,
    mix,
    origin,
    promises,
    shifts,
    sites,
    smooth,
    stability,
    supply,
)
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
    agreements.agreement_flex,
    agreements.agreement_exit,
    promises.pins,
    market.end_value,
    launches.one_start,
    launches.one_end,
    launches.launch_choice,
    launches.least_run,
    shifts.one_pattern,
    shifts.stay,
    shifts.heads,
    shifts.shift_volume,
    shifts.launch_choice,
    shifts.least_run,
    shifts.extra_hours,
    shifts.time_account,
    launches.shop_fit,
    mix.line_rules,
    mix.models_limit,
    mix.platforms_limit,
    sites.site_once,
    sites.site_capacity,
    conversions.halt_once,
    conversions.halt_capacity,
    conversions.halt_before_start,
    lanes.spot_limit,
    lanes.lane_lot,
    lanes.port_space,
    lanes.plant_age,
    lanes.market_age,
    origin.origin_parts,
    origin.origin,
    origin.preference,
    carbon.carbon_cap,
    carbon.carbon_goal,
    stability.freeze,
    stability.plan_change,
    smooth.smoothness,
)
