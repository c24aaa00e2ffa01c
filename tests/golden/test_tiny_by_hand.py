"""The case tiny, worked out on a page of the docs: page, plan and plain sums must agree."""

import polars as pl
import pytest

from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.golden.by_hand import cells_of, number, worked_out

MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06")
CENT = 0.005
CAPITAL = 0.08 * 30.4375 / 365


def table(name: str) -> dict[tuple[str, ...], list[str]]:
    """A table of the page by its first cells, up to the first that is a number."""
    found = {}
    for row in cells_of("tiny-by-hand.md", name):
        words = next((n for n, cell in enumerate(row) if number(cell) is not None), len(row))
        assert tuple(row[:words]) not in found
        found[tuple(row[:words])] = row[words:]
    return found


def monthly(name: str) -> dict[str, list[float]]:
    """A table of the page with a row of six numbers for each name."""
    return {key[0]: [float(cell) for cell in cells] for key, cells in table(name).items()}


@pytest.fixture(scope="module")
def plan() -> PlanResult:
    """The plan of tiny as the program finds it."""
    return solve_plan(read_case(find_case("tiny")))


def series(plan: PlanResult, name: str, column: str, **keys: str) -> list[float]:
    """A column of a result table over the months of the horizon."""
    frame = plan.table(name).filter(*(pl.col(key) == value for key, value in keys.items()))
    frame = frame.sort("month")
    assert tuple(frame["month"]) == MONTHS
    return frame[column].to_list()


def test_hours_and_capacities_are_those_of_the_page(plan: PlanResult) -> None:
    """Weekdays of each month x 8 h x cars an hour."""
    days = [23, 20, 21, 22, 22, 21]
    page = monthly("capacity")
    assert page == {
        "working days": days,
        "hours": [8 * day for day in days],
        "capacity, north": [8 * 1.25 * day for day in days],
        "capacity, south": [8 * 0.5 * day for day in days],
    }
    for plant in ("north", "south"):
        assert series(plan, "capacity", "hours", plant=plant) == page["hours"]
        capacity = series(plan, "capacity", "capacity", plant=plant)
        assert capacity == pytest.approx(page[f"capacity, {plant}"], abs=1e-9)


def test_what_a_car_is_worth_is_that_of_the_page(plan: PlanResult) -> None:
    """Price, cost to build, freight, duty and capital of a car that leaves in April."""
    lanes = {("alpha", "home"): "north-home", ("beta", "home"): "north-home",
             ("beta", "away"): "north-away", ("gamma", "away"): "south-away",
             ("gamma", "home"): "south-home"}  # fmt: skip
    summed = {
        ("alpha", "home"): (15000, 8000 + 1500, 100, 0, 0),
        ("beta", "home"): (20000, 11000 + 2000, 100, 0, 0),
        ("beta", "away"): (20000 * 1.1, 13000, 600, 0.1 * 0.8 * 22000, 12000 * CAPITAL),
        ("gamma", "away"): (30000 * 1.1, 21000 + 3000, 100, 0, 0),
        ("gamma", "home"): (36000, 24000, 800, 0.2 * 0.8 * 36000, 24000 * CAPITAL),
    }
    page = {key: [number(cell) for cell in cells] for key, cells in table("cars").items()}
    assert page.keys() == lanes.keys()
    for car, lane in lanes.items():
        price, *costs = summed[car]
        assert page[car] == pytest.approx([price, *costs, price - sum(costs)], abs=CENT)
        landed = plan.table("landed").filter(
            pl.col("vehicle") == car[0], pl.col("lane") == lane, pl.col("month") == "2025-04"
        )
        row = landed.row(0, named=True)
        found = [row["net_price"], row["material"] + row["conversion"], row["freight"],
                 row["duty"], row["transit_capital"], row["margin"]]  # fmt: skip
        assert found == pytest.approx(page[car], abs=CENT)


def test_every_decision_is_that_of_the_page(plan: PlanResult) -> None:
    """Cars built, kept and shipped, packs received and in store, month by month."""
    places = {
        "built": ("production", {"alpha": "north", "beta": "north", "gamma": "south"}),
        "shipped": ("shipments", {}),
    }
    page = monthly("plan")
    for label, units in page.items():
        vehicle, verb, *to = label.replace(",", "").split()
        if vehicle == "packs":
            key = "components" if verb == "received" else "component_stock"
            assert series(plan, key, "units") == pytest.approx(units, abs=1e-6), label
        elif verb == "in":
            found = series(plan, "plant_stock", "units", vehicle=vehicle)
            assert found == pytest.approx(units, abs=1e-6), label
        else:
            keys = {"vehicle": vehicle} | ({"market": to[0]} if to else {})
            assert series(plan, places[verb][0], "units", **keys) == pytest.approx(units, abs=1e-6)
    written = sum(map(sum, page.values()))
    tables = ("production", "plant_stock", "shipments", "components", "component_stock")
    assert sum(plan.table(name)["units"].sum() for name in tables) == pytest.approx(written)


def test_decisions_of_the_page_meet_demand_within_capacity() -> None:
    """What the page builds fits the lines, fills every order in time and balances."""
    page, capacity = monthly("plan"), monthly("capacity")
    for month in range(6):
        built = {name: page[f"{name} built"][month] for name in ("alpha", "beta", "gamma")}
        assert built["alpha"] + built["beta"] <= capacity["capacity, north"][month]
        assert built["gamma"] <= capacity["capacity, south"][month]
        before = page["alpha in stock, north"][month - 1] if month else 0
        stock = before + built["alpha"] - page["alpha shipped home"][month]
        assert stock == page["alpha in stock, north"][month]
        for name in ("beta", "gamma"):
            gone = page[f"{name} shipped home"][month] + page[f"{name} shipped away"][month]
            assert built[name] == gone
        packs = page["packs in store"][month - 1] if month else 0
        packs += page["packs received"][month] - built["gamma"]
        assert packs == page["packs in store"][month]
        assert page["packs received"][month] <= (30 if month >= 2 else 0)
    assert page["alpha shipped home"] == [108] * 6
    assert page["beta shipped home"] == [60] * 6
    assert page["beta shipped away"][:5] == [40] * 5
    assert page["gamma shipped away"] == [0, 0, 0, 20, 20, 20]
    assert page["gamma shipped home"][3:5] == [15, 15]


def test_every_part_of_the_margin_is_that_of_the_page(plan: PlanResult) -> None:
    """The sums as the page writes them, its amounts, and the objective of the plan."""
    page = {key[0]: (key[1], number(cells[0])) for key, cells in table("margin").items()}
    found = dict(plan.table("objective").rows())
    absent = {part: amount for part, amount in found.items() if part not in page}
    assert {"market_stock", "component_premium", "lost_sales", "late_sales"} < set(absent)
    assert set(absent.values()) == {0}
    total = 0.0
    for part, (text, amount) in page.items():
        assert amount == pytest.approx(found[part], abs=CENT)
        if part != "margin":
            worth = worked_out(text)
            assert abs(amount) == pytest.approx(worth, abs=CENT)
            total += worth if amount > 0 else -worth
    assert total == pytest.approx(page["margin"][1], abs=CENT)
    assert plan.margin == pytest.approx(total, rel=1e-12)


def test_the_agreement_is_short_by_the_cars_of_the_page(plan: PlanResult) -> None:
    """91 of the year's 365 days, 95 cars built."""
    row = plan.table("agreements").row(0, named=True)
    assert row["minimum"] == pytest.approx(730 * (30 + 31 + 30) / 365, abs=1e-9)
    assert row["units"] == pytest.approx(35 + 35 + 25, abs=1e-6)
    assert row["shortfall"] == pytest.approx(182 - 95, abs=1e-6)


def test_cars_that_keep_a_value_are_those_of_the_page(plan: PlanResult) -> None:
    """40 Beta and 5 Gamma at sea at the end, and no other."""
    kept = {row[:2]: row[2] for row in plan.table("end_value").rows() if row[2] > 1e-6}
    assert kept == {("beta", "away"): pytest.approx(40), ("gamma", "home"): pytest.approx(5)}


def test_marginal_values_are_those_of_the_page(plan: PlanResult) -> None:
    """What one more slot, pack or car owed is worth; nothing else is tight."""
    page = {
        (rule, what, when.removeprefix("year ")): number(cells[0])
        for (rule, what, when), cells in table("worth").items()
    }
    found = {
        (row["family"], row["what"], row["month"]): row["value"]
        for row in plan.table("marginals").iter_rows(named=True)
    }
    assert found == pytest.approx(page, abs=1e-6)
    reach = {
        (rule, what, when.removeprefix("year ")): number(cells[1])
        for (rule, what, when), cells in table("worth").items()
        if cells[1] != "–"
    }
    until = {
        (row["family"], row["what"], row["month"]): row["until"]
        for row in plan.table("marginals").iter_rows(named=True)
        if row["until"] is not None
    }
    assert until == pytest.approx(reach, abs=1e-6)
    slot = ("shop_capacity", "north-line", "2025-02")
    assert found[slot] == pytest.approx(10 + 9000 * 0.08 / 12)
    assert found["agreement_minimum", "gamma-for-partner", "2025"] == pytest.approx(-2000)
