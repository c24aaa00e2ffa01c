"""The case busan beside the years on record, and its plan beside what really happened."""

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.records.evidence import Fact
from motorworks.io.case_folder import find_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult

IMPORTED = {"2024": 0, "2025": 36}
POLESTAR = {"2024": 44_851, "2025": 60_119}


def year_figure(case: Case, year: str, kind: str) -> float:
    """Domestic sales or exports of a year, as the facts tell them."""
    return next(float(f.value or 0) for f in case.rows(Fact) if f.fact_id == f"year-{year}-{kind}")


def units(table: pl.DataFrame) -> float:
    """All units of a table."""
    return float(sum(table["units"]))


def in_year(table: pl.DataFrame, year: str) -> pl.DataFrame:
    """Rows whose month lies in a year."""
    return table.filter(pl.col("month").str.starts_with(f"{year}-"))


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_actual_shipments_sum_to_the_year(busan: Case, year: str) -> None:
    """Months at home, and at home and abroad together, add up to the figures of the year."""
    rows = in_year(busan.table("actuals"), year).filter(pl.col("vehicle").is_null())
    home = units(rows.filter(pl.col("market") == "korea"))
    everywhere = units(rows.filter(pl.col("market").is_null()))
    assert home == year_figure(busan, year, "domestic")
    assert everywhere == home + year_figure(busan, year, "export")


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_demand_in_korea_is_the_domestic_sales_less_imported_cars(busan: Case, year: str) -> None:
    """The split by model loses no car of the year."""
    rows = in_year(busan.table("demand"), year).filter(
        (pl.col("market") == "korea") & ~pl.col("vehicle").str.starts_with("polestar")
    )
    assert units(rows) == year_figure(busan, year, "domestic") - IMPORTED[year]


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_polestar_demand_is_the_retail_sales_of_the_brand(busan: Case, year: str) -> None:
    """Split by model, country and month, the brand's cars still sum to its own figure."""
    rows = in_year(busan.table("demand"), year).filter(
        pl.col("vehicle").str.starts_with("polestar")
    )
    assert units(rows) == pytest.approx(POLESTAR[year], abs=40)


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_plan_ships_about_what_was_shipped(
    busan: Case, busan_plan: PlanResult, year: str
) -> None:
    """Home and export shipments from Busan come out within a tenth of the real years."""
    lanes = busan.table("lanes").filter(pl.col("plant") == "busan").select("lane", "market")
    rows = (
        in_year(busan_plan.table("shipments"), year).select("lane", "units").join(lanes, on="lane")
    )
    home = units(rows.filter(pl.col("market") == "korea"))
    abroad = units(rows) - home
    assert home == pytest.approx(year_figure(busan, year, "domestic"), rel=0.1)
    assert abroad == pytest.approx(year_figure(busan, year, "export"), rel=0.1)


def test_the_plan_loses_no_demand_for_want_of_a_lane(busan_plan: PlanResult) -> None:
    """In the base plan less than one car in a hundred is lost."""
    market = busan_plan.table("market")
    assert sum(market["lost"]) < 0.01 * sum(market["demand"])


def us_margin(result: PlanResult) -> float:
    """What a Polestar 4 built at Busan in mid-2026 leaves in the United States."""
    rows = result.table("landed").filter(
        (pl.col("vehicle") == "polestar-4")
        & (pl.col("lane") == "busan-united-states")
        & (pl.col("month") == "2026-06")
    )
    return float(rows["margin"][0])


def test_the_polestar_4_pays_at_15_percent_duty_and_hardly_at_25(
    busan: Case, busan_plan: PlanResult
) -> None:
    """It goes to both countries of North America; 25 % takes nearly all that 15 % leaves."""
    made = busan_plan.table("shipments").filter(
        (pl.col("vehicle") == "polestar-4") & pl.col("month").str.starts_with("2026")
    )
    for lane in ("busan-united-states", "busan-canada"):
        assert units(made.filter(pl.col("lane") == lane)) > 500
    dear, _ = resolve(busan, find_case("busan"), ["us-duty-25"])
    at_15, at_25 = us_margin(busan_plan), us_margin(solve_plan(dear))
    assert 0 < at_15 < 6000
    assert abs(at_25) < 0.25 * at_15
