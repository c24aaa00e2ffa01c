"""Carbon of the dense plan: what cars, plants and lanes emit, its price, caps and goals."""

from typing import Any

from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Terms


def emitted(plan: Plan, months: list[int]) -> tuple[Terms, float]:
    """Tonnes of some months: by variable, and whatever is decided."""
    terms: Terms = {}
    fixed = 0.0
    for t in months:
        for i, p in plan.made:
            kg = _footprint(plan, i, p)
            for meter in plan.rows("meters"):
                if meter["plant"] == p:
                    kg += meter["kwh_per_vehicle"] / 1000 * _factor(plan, meter, t)
            terms["make", i, p, t] = kg / 1000
        for meter in plan.rows("meters"):
            days = len(plan.calendar.days_of(t))
            fixed += meter["base_mwh_per_day"] * days * _factor(plan, meter, t) / 1000
        for i, lane in plan.flows:
            kg = plan.lanes[lane]["co2_kg_per_ceu"] or 0.0
            terms["ship", i, lane, t] = plan.vehicles[i]["ceu"] * kg / 1000
    return terms, fixed


def _footprint(plan: Plan, vehicle: str, plant: str) -> float:
    rows = {row["plant"]: row["kg_co2e"] for row in plan.rows("footprints")
            if row["vehicle"] == vehicle}  # fmt: skip
    return float(rows.get(plant, rows.get(None, 0.0)))


def _factor(plan: Plan, meter: dict[str, Any], t: int) -> float:
    """Carbon of a MWh."""
    if meter["kg_per_mwh"] is not None:
        return float(meter["kg_per_mwh"])
    if meter["carrier"] != "electricity":
        return 0.0
    country = plan.plants[meter["plant"]]["country"]
    row = plan.found("grid_factors", t, country=country, method="location")
    return 0.0 if row is None else float(row["kg_per_mwh"])


def write(plan: Plan) -> None:
    """Price, caps and goals."""
    program = plan.program
    price = plan.case.info.plan.get("carbon_price", 0)
    if price:
        terms, fixed = emitted(plan, list(range(plan.count)))
        program.constant -= price * fixed
        for name, tonnes in terms.items():
            program.gain[program.place[name]] -= price * tonnes
    for row in plan.rows("carbon_limits"):
        inside = [t for t in range(plan.count) if int(plan.months[t][:4]) == row["year"]]
        if not inside:
            continue
        terms, fixed = emitted(plan, inside)
        if row["kind"] == "goal":
            cost = row["excess_cost"] * plan.fx(row["currency"], inside[-1])
            program.add(("over", row["year"]), -cost)
            terms["over", row["year"]] = -1.0
        program.row(terms, -INF, row["tonnes"] * len(inside) / 12 - fixed)
