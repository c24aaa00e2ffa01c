"""Standstills for a conversion: answers told by hand."""

from typing import Any

import polars as pl
import pytest

from motorworks.case.column import Record
from motorworks.case.records import choices, sites
from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, STANDING, small_case

RATE = sites.ShopRate(shop="line", start="2025-01-01", jph=10)
"""Ten cars an hour, an hour a day: 310 in January and March, 280 in February."""


def _conversion(**cells: Any) -> choices.Conversion:
    return choices.Conversion(
        **{"conversion": "new line", "plant": "works", "weeks": 4, "currency": "USD", **cells}
    )


def _built(result: PlanResult) -> list[float]:
    return [float(units) for units in result.table("production")["units"]]


def _starts(result: PlanResult) -> list[str | None]:
    return result.table("conversions")["start"].to_list()


def test_stock_is_built_ahead_of_a_standstill() -> None:
    """Four weeks are all of February: what it wants and January can build is built before."""
    halt = _conversion(earliest="2025-02", latest="2025-02", cost=1000)
    result = solve_plan(small_case([200, 100, 200], RATE, halt))
    assert _built(result) == pytest.approx([300, 0, 200])
    assert result.margin == pytest.approx(500 * PROFIT - 100 * STANDING - 1000)
    capacity = result.table("capacity")
    assert capacity["capacity"].to_list() == pytest.approx([310, 0, 310])
    assert capacity["hours"].to_list() == pytest.approx([31, 0, 31])
    assert result.table("conversions")["cost"].item() == pytest.approx(1000)


def test_a_standstill_comes_when_it_costs_least() -> None:
    """In March it leaves three days, and the months before can build what these lack."""
    result = solve_plan(small_case([200, 200, 200], RATE, _conversion()))
    assert _starts(result) == ["2025-03"]
    assert sum(_built(result)) == pytest.approx(600)
    assert _built(result)[2] == pytest.approx(30)


def test_a_standstill_runs_on_into_the_next_month() -> None:
    """Six weeks from the first of January take eleven days of February."""
    halt = _conversion(weeks=6, latest="2025-01")
    result = solve_plan(small_case([200, 200], RATE, halt))
    assert _built(result) == pytest.approx([0, 170])


def test_part_of_a_week_counts_by_whole_days() -> None:
    """Two and a half weeks are seventeen days that are lost in full."""
    result = solve_plan(small_case([310], RATE, _conversion(weeks=2.5)))
    assert _built(result) == pytest.approx([140])


def test_of_two_standstills_the_longer_holds() -> None:
    """One week and three weeks from the same day leave ten days of January."""
    short = _conversion(weeks=1)
    long = _conversion(conversion="other", weeks=3)
    result = solve_plan(small_case([310], RATE, short, long))
    assert _built(result) == pytest.approx([100])


def test_a_standstill_ends_before_the_start_it_is_for() -> None:
    """Five weeks from January on end in February, so that the car starts in March."""
    window = choices.LaunchWindow(vehicle="car", plant="works", earliest="2025-01")
    halt = _conversion(weeks=5, vehicle="car")
    result = solve_plan(small_case([200, 200, 200], RATE, window, halt))
    assert _starts(result) == ["2025-01"]
    assert _built(result) == pytest.approx([0, 0, 200])


def test_a_standstill_of_whole_months_lets_the_next_month_start() -> None:
    """Four weeks are exactly February, so the car may start on the first of March."""
    window = choices.LaunchWindow(vehicle="car", plant="works", earliest="2025-01")
    halt = _conversion(earliest="2025-02", vehicle="car")
    result = solve_plan(small_case([200, 200, 200], RATE, window, halt))
    assert _starts(result) == ["2025-02"]
    assert _built(result) == pytest.approx([0, 0, 200])


def test_there_is_no_standstill_for_a_car_that_never_starts() -> None:
    """The conversion costs more than the cars earn."""
    window = choices.LaunchWindow(vehicle="car", plant="works", earliest="2025-01", optional=True)
    for cost, starts in ((900_000, "2025-01"), (1_000_000, None)):
        halt = _conversion(vehicle="car", cost=cost)
        result = solve_plan(small_case([200, 200], RATE, window, halt))
        assert _starts(result) == [starts]
        assert result.table("launches")["start"].item() == (starts and "2025-02")


def test_a_standstill_is_over_by_the_day_that_production_starts() -> None:
    """All of February is over for a start on the first of March, and not for one a day before."""
    case = small_case([0, 200, 200], RATE, _conversion(vehicle="car", earliest="2025-02"))
    march = case.table("allocations").with_columns(start=pl.lit("2025-03-01"))
    assert _starts(solve_plan(case.replace(allocations=march))) == ["2025-02"]
    sooner = case.table("allocations").with_columns(start=pl.lit("2025-02-28"))
    with pytest.raises(InfeasibleError):
        solve_plan(case.replace(allocations=sooner))


def test_extra_hours_stand_still_as_well() -> None:
    """Of 31 hours and ten of overtime, the four weeks of a standstill leave 3 parts of 31."""
    force = choices.Workforce(plant="works", overtime_hours_max=10)
    halt = _conversion(latest="2025-01")
    result = solve_plan(small_case([400], RATE, force, halt))
    assert _built(result) == pytest.approx([410 * 3 / 31])
    free = solve_plan(small_case([400, 0], RATE, force, _conversion(earliest="2025-02")))
    assert _built(free)[0] == pytest.approx(400)


def test_the_pattern_chosen_stands_still() -> None:
    """Two hours a day instead of one give twice of what is left."""
    rows: list[Record] = [
        sites.ShiftPattern(pattern="two", name="Two", shifts_per_day=2, minutes_per_shift=60,
                           days_per_week=7),
        choices.ShiftOption(plant="works", pattern="hour"),
        choices.ShiftOption(plant="works", pattern="two"),
    ]  # fmt: skip
    result = solve_plan(small_case([400], RATE, *rows, _conversion()))
    assert _built(result) == pytest.approx([60])
    assert result.table("shifts")["pattern"].to_list() == ["two"]


def test_a_plant_may_stand_still_before_it_opens() -> None:
    """A plant that opens in March loses nothing by a standstill in January."""
    site = choices.SiteWindow(site="works", plant="works", earliest="2025-03")
    result = solve_plan(small_case([0, 0, 300], RATE, site, _conversion(latest="2025-01")))
    assert _built(result) == pytest.approx([0, 0, 300])
    assert result.table("sites")["up"].to_list() == [0, 0, 1]


@pytest.mark.parametrize("extra", [0, 10], ids=["calendar", "extra hours"])
def test_a_slot_left_by_a_standstill_is_worth_a_car(extra: float) -> None:
    """Three days of January are left, with their part of the overtime, and 400 cars wanted."""
    rows: list[Record] = [RATE, _conversion(latest="2025-01")]
    if extra:
        rows.append(choices.Workforce(plant="works", overtime_hours_max=extra))
    marginals = solve_plan(small_case([400], *rows)).table("marginals")
    slot = marginals.filter(pl.col("family") == "shop_capacity").row(0, named=True)
    assert slot["limit"] == pytest.approx((310 + 10 * extra) * 3 / 31)
    assert slot["value"] == pytest.approx(PROFIT)
