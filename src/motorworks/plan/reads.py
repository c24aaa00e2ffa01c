"""Which columns of the case the plan reads; a fact about any other cannot move it."""

from motorworks.case.records.evidence import Fact

READS: dict[str, frozenset[str]] = {
    "currency_rates": frozenset({"rate"}),
    "plants": frozenset(
        {"country", "nameplate", "yard_slots", "yard_cost", "currency"}
        | {"port", "stock_age_months", "models_max", "platforms_max"}
    ),
    "countries": frozenset({"customs_area"}),
    "shops": frozenset({"kind", "mass_max_kg", "drivetrains", "models_max", "platforms_max"}),
    "shop_rates": frozenset({"jph", "availability_pct"}),
    "shift_patterns": frozenset(
        {"shifts_per_day", "minutes_per_shift", "days_per_week", "heads", "volume_min"}
        | {"cost_per_hour", "currency"}
    ),
    "workforces": frozenset(
        {"notice_months", "min_stay_months", "head_cost", "hire_cost", "release_cost", "currency"}
        | {"overtime_hours_max", "overtime_cost", "weekend_hours_max", "weekend_cost"}
        | {"account_hours"}
    ),
    "shift_calendar": frozenset({"pattern", "overtime_min"}),
    "closures": frozenset({"start", "end", "kind", "worked_share"}),
    "vehicles": frozenset(
        {"drivetrain", "ceu", "stock_value", "currency", "mass_kg", "model", "platform"}
    ),
    "work_content": frozenset({"factor"}),
    "markets": frozenset(
        {"country", "yard_slots", "yard_cost", "currency", "port", "stock_age_months"}
    ),
    "demand": frozenset({"units"}),
    "prices": frozenset({"price", "currency", "net_share_pct", "customs_share_pct"}),
    "ramps": frozenset({"curve", "t50_weeks", "slope_per_week"}),
    "allocations": frozenset(
        {"start", "end", "depth", "plateau_jph", "ramp", "capex", "currency", "lead_months"}
    ),
    "launch_windows": frozenset(
        {"earliest", "latest", "optional", "end_earliest", "end_latest", "min_run_months"}
        | {"min_per_month", "fixed_cost", "currency"}
    ),
    "line_rules": frozenset({"plant", "vehicle", "other", "kind"}),
    "site_windows": frozenset(
        {"plant", "shop", "open_at_start", "optional", "closable", "earliest", "latest"}
        | {"lead_months", "capex", "fixed_cost", "close_cost", "currency"}
    ),
    "conversions": frozenset(
        {"plant", "vehicle", "weeks", "earliest", "latest", "cost", "currency"}
    ),
    "costs": frozenset({"material_cost", "conversion_cost", "currency"}),
    "agreements": frozenset(
        {"start", "end", "status", "min_per_year", "max_per_year", "take_or_pay_pct"}
        | {"shortfall_cost", "currency", "flex_pct", "freeze_months", "notice_months"}
        | {"exit_cost"}
    ),
    "flex_bands": frozenset({"down_pct", "up_pct"}),
    "published_plan": frozenset({"units"}),
    "pins": frozenset({"minimum", "maximum"}),
    "opening_stock": frozenset({"units"}),
    "opening_backlog": frozenset({"units"}),
    "opening_components": frozenset({"units"}),
    "in_transit": frozenset({"units"}),
    "tariffs": frozenset({"rate_pct"}),
    "preferences": frozenset({"rate_pct"}),
    "origin_rules": frozenset({"threshold_pct", "averaging"}),
    "local_content": frozenset({"local_pct"}),
    "lanes": frozenset({"transit_days", "mode", "min_lot_ceu", "co2_kg_per_ceu"}),
    "lane_rates": frozenset({"freight", "currency"}),
    "sailings": frozenset({"sailings_per_month", "allotment_ceu"}),
    "spot_space": frozenset({"ceu", "premium", "currency"}),
    "ports": frozenset({"slots", "dwell_days"}),
    "components": frozenset({"kwh", "holding_cost", "currency"}),
    "component_use": frozenset({"quantity"}),
    "component_sources": frozenset(
        {"capacity", "premium", "currency", "cell_supply", "start", "end"}
        | {"supplier", "value", "shop", "work"}
    ),
    "component_needs": frozenset({"quantity"}),
    "component_sales": frozenset({"units", "price", "unit_cost", "currency"}),
    "suppliers": frozenset({"country"}),
    "cell_supplies": frozenset({"gwh_per_year", "start", "end"}),
    "meters": frozenset({"carrier", "base_mwh_per_day", "kwh_per_vehicle", "kg_per_mwh"}),
    "grid_factors": frozenset({"kg_per_mwh"}),
    "footprints": frozenset({"kg_co2e"}),
    "carbon_limits": frozenset({"tonnes", "excess_cost", "currency"}),
}


def is_read(fact: Fact) -> bool:
    """Whether the plan reads the cells that a fact speaks of.

    Examples
    --------
    >>> about = {"fact_id": "f", "key": "busan", "status": "assumed"}
    >>> is_read(Fact(table="plants", field="nameplate", **about))
    True
    >>> is_read(Fact(table="plants", field="heads", **about))
    False
    """
    return fact.field in READS.get(fact.table, frozenset())
