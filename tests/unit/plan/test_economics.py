"""What must not pay: plans that earn by the letter of the model and not by selling cars."""

import polars as pl

from motorworks.case.case import Case
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan

TINY = read_case(find_case("tiny"))


def _with(case: Case, table: str, **cells: object) -> Case:
    """The case with one row more, blank but for the cells given."""
    frame = case.table(table)
    row = pl.DataFrame([{**dict.fromkeys(frame.columns), **cells}], schema=frame.schema)
    return case.replace(**{table: pl.concat([frame, row])})


def test_nobody_waits_for_a_better_price() -> None:
    """A car delivered late is paid as it was ordered, so a price step leaves no car unsold."""
    dearer = _with(
        TINY, "prices", vehicle="alpha", market="home", start="2025-04", price=16500.0,
        currency="USD", net_share_pct=100.0, customs_share_pct=80.0,
    )  # fmt: skip
    market = solve_plan(dearer).table("market")
    assert market["late"].sum() == 0.0
    assert market["stock"].sum() == 0.0


def test_a_slow_lane_that_nobody_needs_sells_no_stock_to_the_end() -> None:
    """Cars keep a value at the end as far as the quickest lane is filled, and no further."""
    lane = {"plant": "north", "market": "home", "mode": "roro", "transit_days": 365.0}
    slow = _with(TINY, "lanes", lane="slow", **lane)
    slow = _with(slow, "lane_rates", lane="slow", start="2025-01", freight=1.0, currency="USD")
    last = pl.col("month") == "2025-06"
    assert solve_plan(slow).table("market").filter(last)["stock"].sum() == 0.0
    assert solve_plan(slow).table("plant_stock").filter(last)["units"].sum() == 0.0
