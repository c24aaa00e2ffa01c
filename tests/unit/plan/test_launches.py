"""When production starts and ends: answers told by hand."""

from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records import choices
from motorworks.case.records import markets as mk
from motorworks.case.records import programme as pg
from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, STANDING, small_case


def _window(**cells: Any) -> choices.LaunchWindow:
    given = {"vehicle": "car", "plant": "works", "earliest": "2025-01", "currency": "USD"}
    return choices.LaunchWindow(**{**given, **cells})


def _case(demand: list[float], *rows: Record, allocation: dict[str, Any] | None = None) -> Case:
    """The small case with a launch window and some cells of its allocation changed."""
    case = small_case(demand, *rows)
    cells = [
        pl.lit(value, dtype=case.table("allocations").schema[name]).alias(name)
        for name, value in (allocation or {}).items()
    ]
    return case.replace(allocations=case.table("allocations").with_columns(cells))


def _built(result: PlanResult) -> list[float]:
    return [float(units) for units in result.table("production")["units"]]


def _chosen(result: PlanResult) -> tuple[str | None, str | None]:
    row = result.table("launches").row(0, named=True)
    return row["start"], row["end"]


def test_a_car_starts_in_the_first_month_that_pays_for_itself() -> None:
    """A hundred cars do not earn the month's half million, three hundred do."""
    window = _window(fixed_cost=500_000.0)
    result = solve_plan(_case([100, 300, 300], window))
    assert _chosen(result) == ("2025-02", None)
    assert _built(result) == pytest.approx([0, 300, 300])
    assert result.margin == pytest.approx(600 * PROFIT - 2 * 500_000)
    assert result.table("launches")["fixed_cost"].item() == pytest.approx(1_000_000)


def test_the_decision_falls_its_lead_time_before_the_start() -> None:
    """With two months from decision to start, nothing is built before March."""
    result = solve_plan(_case([200, 200, 200], _window(), allocation={"lead_months": 2}))
    assert _built(result) == pytest.approx([0, 0, 200])
    assert result.table("launches")["decided"].item() == "2025-01"


def test_a_car_may_never_start_where_its_investment_does_not_pay() -> None:
    """Six hundred cars earn 2.94 million, the investment is 3 million."""
    cells = {"capex": 3_000_000.0, "currency": "USD"}
    never = solve_plan(_case([200, 200, 200], _window(optional=True), allocation=cells))
    assert _chosen(never) == (None, None)
    assert never.margin == pytest.approx(0.0)
    must = solve_plan(_case([200, 200, 200], _window(latest="2025-02"), allocation=cells))
    assert _chosen(must) == ("2025-01", None)
    assert must.margin == pytest.approx(600 * PROFIT - 3_000_000)


def test_a_car_waits_for_a_cheaper_currency() -> None:
    """The investment halves in February by its exchange rate, for the loss of fifty cars."""
    euro = [
        mk.Currency(currency="EUR", name="Euro"),
        mk.CurrencyRate(currency="EUR", start="2025-01", rate=2.0),
        mk.CurrencyRate(currency="EUR", start="2025-02", rate=1.0),
    ]
    cells = {"capex": 300_000.0, "currency": "EUR"}
    result = solve_plan(_case([50, 200], _window(), *euro, allocation=cells))
    assert _chosen(result) == ("2025-02", None)
    assert result.margin == pytest.approx(200 * PROFIT - 300_000)


def test_the_investment_is_changed_when_it_is_decided() -> None:
    """With a month of lead, a start in February is paid at the rate of January."""
    euro = [
        mk.Currency(currency="EUR", name="Euro"),
        mk.CurrencyRate(currency="EUR", start="2025-01", rate=2.0),
        mk.CurrencyRate(currency="EUR", start="2025-02", rate=1.0),
    ]
    cells = {"capex": 100_000.0, "currency": "EUR", "lead_months": 1}
    result = solve_plan(_case([0, 200], _window(), *euro, allocation=cells))
    assert result.table("launches")["capex"].item() == pytest.approx(200_000)


def test_the_ramp_follows_the_start_chosen() -> None:
    """The curve counts from the first of February, not from the start the allocation states."""
    ramp = pg.Ramp(ramp="slow", curve="linear", t50_weeks=8)
    case = _case([0, 9999, 9999], _window(earliest="2025-02"), ramp, allocation={"ramp": "slow"})
    result = solve_plan(case)
    limit = [100 * sum(day / 7 / 16 for day in range(first, last)) for first, last in
             ((0, 0), (0, 28), (28, 59))]  # fmt: skip
    assert _built(result) == pytest.approx(limit)
    assert result.table("production")["limit"].to_list() == pytest.approx(limit)


def test_production_ends_when_a_month_no_longer_pays() -> None:
    """A hundred cars for later are built in January, which spares two months of fixed cost."""
    window = _window(fixed_cost=500_000.0, end_earliest="2025-01")
    result = solve_plan(_case([300, 50, 50], window))
    assert _chosen(result) == ("2025-01", "2025-01")
    assert _built(result) == pytest.approx([400, 0, 0])
    assert result.margin == pytest.approx(400 * PROFIT - 500_000 - (100 + 50) * STANDING)
    assert result.table("production")["limit"].to_list() == pytest.approx([3100, 0, 0])


def test_a_run_lasts_as_long_as_it_must() -> None:
    """Two months at the least: the end is February, though January would do."""
    window = _window(fixed_cost=500_000.0, end_earliest="2025-01", min_run_months=2)
    assert _chosen(solve_plan(_case([300, 50, 50], window))) == ("2025-01", "2025-02")


def test_an_end_that_is_due_comes() -> None:
    """Production that must end in February builds nothing in March, only before it."""
    window = _window(end_earliest="2025-02", end_latest="2025-02")
    result = solve_plan(_case([100, 100, 100], window))
    assert _chosen(result) == ("2025-01", "2025-02")
    assert _built(result) == pytest.approx([100, 200, 0])


def test_the_end_of_the_allocation_still_holds() -> None:
    """Production that ends on the last of February has no fixed cost in March."""
    window = _window(fixed_cost=1000.0)
    result = solve_plan(_case([100, 100, 100], window, allocation={"end": "2025-02-28"}))
    assert _built(result) == pytest.approx([100, 200, 0])
    assert result.table("launches")["fixed_cost"].item() == pytest.approx(2000)


def test_a_start_leaves_room_for_the_least_run_before_the_end() -> None:
    """Three months to run before the end of March: it starts in January, demand or not."""
    window = _window(fixed_cost=1000.0, min_run_months=3, latest="2025-03")
    case = _case([0, 0, 100, 0], window, allocation={"end": "2025-03-31"})
    assert _chosen(solve_plan(case)) == ("2025-01", None)


@pytest.mark.parametrize(("plateau", "built"), [(100.0, [250, 250]), (5.0, [155, 140])])
def test_once_started_it_builds_the_least_that_the_ramp_allows(
    plateau: float, built: list[float]
) -> None:
    """At least 250 a month although 100 are wanted; at five an hour, all there is."""
    window = _window(min_per_month=250, latest="2025-01")
    case = _case([100, 100], window, allocation={"plateau_jph": plateau})
    assert _built(solve_plan(case)) == pytest.approx(built)


def test_after_the_end_nothing_needs_to_be_built() -> None:
    """The least a month ends with the run."""
    window = _window(min_per_month=250, latest="2025-01", end_earliest="2025-01")
    result = solve_plan(_case([100, 100, 100], window))
    assert _built(result) == pytest.approx([300, 0, 0])
    assert _chosen(result) == ("2025-01", "2025-01")


def test_a_least_that_the_yard_cannot_hold_makes_no_plan() -> None:
    """Fifty cars too many a month, and a yard for ten."""
    window = _window(min_per_month=150, latest="2025-01")
    case = small_case([100], window, plant={"yard_slots": 10}, market={"yard_slots": 0})
    with pytest.raises(InfeasibleError):
        solve_plan(case)


def test_months_before_the_window_build_nothing() -> None:
    """The start that the allocation states, in 2020, does not count."""
    result = solve_plan(_case([100, 100], _window(earliest="2025-02")))
    assert _built(result) == pytest.approx([0, 100])
    assert result.table("market")["lost"].to_list() == pytest.approx([100, 0])


def test_a_car_more_that_the_ramp_allows_is_worth_a_sale() -> None:
    """At five an hour January builds 155 of 200 cars wanted: the start chosen is what limits."""
    case = _case([200], _window(latest="2025-01"), allocation={"plateau_jph": 5.0})
    worth = solve_plan(case).table("marginals").filter(pl.col("family") == "launch")
    assert worth["limit"].to_list() == pytest.approx([155])
    assert worth["value"].to_list() == pytest.approx([PROFIT])
