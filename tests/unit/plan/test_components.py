"""Components made in house, sold, in need of others, or dutiable: answers told by hand."""

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records import sites, supply, trade
from motorworks.errors import CaseError
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, small_case

JANUARY = 31 * 10.0
"""What the engine shop makes in January: ten an hour, an hour a day."""

HOUSE: list[Record] = [
    sites.Shop(shop="engines", plant="works", kind="engine"),
    sites.ShopRate(shop="engines", start="2025-01-01", jph=10),
    supply.Supplier(supplier="house", name="House", country="US", plant="works"),
    supply.Component(component="engine", name="Engine", kind="engine"),
    supply.ComponentUse(vehicle="car", component="engine", quantity=1),
    supply.ComponentSource(source="made", component="engine", plant="works", supplier="house",
                           shop="engines"),
]  # fmt: skip

CASTINGS: list[Record] = [
    supply.Component(component="casting", name="Casting", kind="casting"),
    supply.ComponentNeed(component="engine", needs="casting", quantity=0.5),
]


def _sale(price: float, units: float = 300) -> supply.ComponentSale:
    return supply.ComponentSale(component="engine", plant="works", month="2025-01", units=units,
                                price=price, unit_cost=400, currency="USD")  # fmt: skip


def _casting_source(**cells: float) -> supply.ComponentSource:
    return supply.ComponentSource(source="bought", component="casting", plant="works",
                                  supplier="house", **cells)  # fmt: skip


def _built(result: PlanResult) -> float:
    return float(result.table("production")["units"].sum())


def _sold(result: PlanResult) -> float:
    return float(result.table("component_sales")["units"].sum())


def _part(result: PlanResult, name: str) -> float:
    parts = result.table("objective")
    return float(parts.filter(pl.col("part") == name)["amount"].item())


def test_engines_for_export_take_what_cars_leave_of_the_shop() -> None:
    """An engine earns 600, a car 4,900: cars come first, and engines fill the shop."""
    result = solve_plan(small_case([200], *HOUSE, _sale(1000)))
    assert _built(result) == pytest.approx(200)
    assert _sold(result) == pytest.approx(JANUARY - 200)
    assert _part(result, "component_sales") == pytest.approx(600 * (JANUARY - 200))


def test_engines_worth_more_than_a_car_go_before_it() -> None:
    """An engine that earns 5,600 leaves the cars ten of the shop's 310 places."""
    result = solve_plan(small_case([200], *HOUSE, _sale(6000)))
    assert _sold(result) == pytest.approx(300)
    assert _built(result) == pytest.approx(JANUARY - 300)
    used = result.table("capacity").filter(pl.col("shop") == "engines")["used"].item()
    assert used == pytest.approx(JANUARY)


def test_an_engine_may_take_more_than_a_place_of_the_shop() -> None:
    """With two standard vehicles of work an engine, the shop makes half as many."""
    heavy = HOUSE[-1].model_copy(update={"work": 2.0})
    assert _built(solve_plan(small_case([200], *HOUSE[:-1], heavy))) == pytest.approx(155)


def test_castings_limit_the_engines_and_so_the_cars() -> None:
    """Fifty castings a month, half a casting an engine: a hundred cars."""
    result = solve_plan(small_case([200], *HOUSE, *CASTINGS, _casting_source(capacity=50)))
    assert _built(result) == pytest.approx(100)
    stocks = result.table("component_stock")
    assert set(stocks["component"]) == {"engine", "casting"}


def test_castings_in_store_are_used_as_well() -> None:
    """Twenty castings in store are forty engines more."""
    store = supply.OpeningComponent(component="casting", plant="works", units=20)
    case = small_case([200], *HOUSE, *CASTINGS, _casting_source(capacity=50), store)
    assert _built(solve_plan(case)) == pytest.approx(140)


def test_a_need_without_a_source_at_the_plant_is_passed_over() -> None:
    """Nobody delivers castings to the works, so none are counted."""
    assert _built(solve_plan(small_case([200], *HOUSE, *CASTINGS))) == pytest.approx(200)


def test_what_nobody_delivers_cannot_be_sold() -> None:
    """A wish for castings at a plant that has no source of them earns nothing."""
    sale = _sale(1000).model_copy(update={"component": "casting"})
    result = solve_plan(small_case([200], *HOUSE, CASTINGS[0], sale))
    assert result.table("component_sales")["units"].to_list() == [0.0]


def _two_ways(premium: float) -> Case:
    """Engines from Korea at 1,000, or from home at a premium; duty 10 %, 20 % from 15 February.

    Nothing can be built or, at 100 a month, bought ahead.
    """
    source = supply.ComponentSource(
        source="korean", component="engine", plant="works", supplier="far", value=1000,
        currency="USD",
    )  # fmt: skip
    home = source.model_copy(update={"source": "home", "supplier": "near", "premium": premium})
    engine = supply.Component(component="engine", name="Engine", kind="engine", holding_cost=100,
                              currency="USD")  # fmt: skip
    duty = trade.Tariff(importer="US", exporter="KR", goods="parts", start="2024-01-01",
                        rate_pct=10)  # fmt: skip
    return small_case(
        [100, 100, 100], engine, HOUSE[4], source, home,
        sites.Country(country="KR", name="Korea", customs_area="KR"),
        supply.Supplier(supplier="far", name="Far", country="KR"),
        supply.Supplier(supplier="near", name="Near", country="US"),
        duty, duty.model_copy(update={"start": "2025-02-15", "rate_pct": 20.0}),
        plant={"yard_slots": 0}, market={"yard_slots": 0},
    )  # fmt: skip


def test_the_source_changes_when_its_duty_does() -> None:
    """The duty of 100, 150 in February and 200 in March is held against 160 at home."""
    result = solve_plan(_two_ways(160))
    by_source = result.table("components").pivot("source", index="month", values="units")
    assert by_source["korean"].to_list() == pytest.approx([100, 100, 0])
    assert by_source["home"].to_list() == pytest.approx([0, 0, 100])
    assert _part(result, "component_duty") == pytest.approx(-100 * (100 + 150))
    assert _part(result, "component_premium") == pytest.approx(-100 * 160)


def test_a_duty_on_parts_that_no_row_speaks_of_is_an_error() -> None:
    """Rows for cars say nothing of parts, and unknown is not zero."""
    case = _two_ways(160)
    cars = case.table("tariffs").with_columns(goods=pl.lit("any"))
    with pytest.raises(CaseError, match="no duty on record for parts from KR into US"):
        solve_plan(case.replace(tariffs=cars))


def test_profit_of_a_car_is_what_the_small_case_says() -> None:
    """The figures above rest on it."""
    result = solve_plan(small_case([200], *HOUSE))
    assert result.margin == pytest.approx(200 * PROFIT)
