"""One shift or two, notice, stay, cost of change, extra hours, the time account, launches."""

from typing import Any

import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.check import check_case
from motorworks.case.column import Record
from motorworks.case.records.choices import LaunchWindow, ShiftOption, SiteWindow, Workforce
from motorworks.case.records.markets import Demand
from motorworks.case.records.programme import Allocation, Ramp
from motorworks.case.records.sites import Closure, ShiftCalendar, ShiftPattern, ShopRate
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, small_case

NO_YARD = {"yard_slots": 0.0}
JANUARY, FEBRUARY, MARCH = 310.0, 280.0, 310.0
"""What ten cars an hour, an hour a day, give in a month on one shift."""


def _works(
    demand: list[float],
    *rows: Record,
    patterns: tuple[str, ...] = ("one", "two"),
    volume_min: float | None = None,
    plant: dict[str, Any] | None = None,
    market: dict[str, Any] | None = None,
    **workforce: Any,
) -> Case:
    """A plant of ten cars an hour on one shift of an hour (10 people), with a second to choose."""
    case = small_case(
        demand,
        ShopRate(shop="line", start="2020-01-01", jph=10),
        *(ShiftOption(plant="works", pattern=pattern) for pattern in patterns),
        Workforce(plant="works", currency="USD", **workforce),
        *rows,
        plateau_jph=None, plant=plant, market=market, plan={"gap_pct": 0},
    )  # fmt: skip
    shift: dict[str, Any] = {"minutes_per_shift": 60, "days_per_week": 7}
    one = ShiftPattern(pattern="one", name="One", shifts_per_day=1, heads=10, **shift)
    two = ShiftPattern(
        pattern="two", name="Two", shifts_per_day=2, heads=20, volume_min=volume_min, **shift
    )
    calendar = ShiftCalendar(plant="works", start="2020-01-01", pattern="one")
    return case.replace(
        shift_patterns=table_of(ShiftPattern, [one, two]),
        shift_calendar=table_of(ShiftCalendar, [calendar]),
    )


def _solved(case: Case) -> PlanResult:
    assert check_case(case) == []
    return solve_plan(case)


def _shifts(result: PlanResult, column: str) -> list[Any]:
    """A column of the table of shifts, month by month."""
    cells = result.table("shifts")[column].to_list()
    return [round(cell, 6) + 0.0 if isinstance(cell, float) else cell for cell in cells]


def _built(result: PlanResult) -> list[float]:
    return [round(units, 6) for units in result.table("production")["units"]]


def _labour(result: PlanResult) -> float:
    return float(dict(result.table("objective").iter_rows())["labour"])


def test_a_second_shift_is_worked_in_the_month_that_needs_it() -> None:
    """200, 500 and 200 cars: one shift makes 310 in January and 280 in February, two 560."""
    result = _solved(_works([200, 500, 200], head_cost=100))
    assert _shifts(result, "pattern") == ["one", "two", "one"]
    assert _shifts(result, "heads") == [10, 20, 10]
    assert _shifts(result, "hours") == [31, 56, 31]
    assert _labour(result) == pytest.approx(-4000)
    assert result.margin == pytest.approx(900 * PROFIT - 4000)
    capacity = result.table("capacity")
    assert capacity["capacity"].to_list() == [JANUARY, 2 * FEBRUARY, MARCH]
    assert capacity["hours"].to_list() == [31, 56, 31]
    assert result.table("production")["limit"].to_list() == [JANUARY, 2 * FEBRUARY, MARCH]


def test_a_second_shift_that_costs_more_than_it_earns_is_not_worked() -> None:
    """Ten people more at 100,000 each against 110 cars: they are lost."""
    result = _solved(_works([200, 500, 200], head_cost=100_000))
    assert _shifts(result, "pattern") == ["one", "one", "one"]
    assert result.table("market")["lost"].sum() == pytest.approx(110)


def test_hours_are_paid_as_the_pattern_says() -> None:
    """A staffed hour at 1,000 on two shifts of 28 days: 56,000 in February, and nothing else."""
    case = _works([0, 500], plant=NO_YARD, market=NO_YARD)
    paid = case.table("shift_patterns").to_dicts()
    paid[1] |= {"cost_per_hour": 1000.0, "currency": "USD"}
    rows = [ShiftPattern(**row) for row in paid]
    result = _solved(case.replace(shift_patterns=table_of(ShiftPattern, rows)))
    assert _shifts(result, "pattern")[1] == "two"
    assert _shifts(result, "cost")[1] == pytest.approx(56_000)


def test_a_change_waits_for_the_notice() -> None:
    """Two months of notice: the second shift begins in March."""
    result = _solved(_works([500, 500, 500], notice_months=2))
    assert _shifts(result, "pattern") == ["one", "one", "two"]


def test_a_pattern_changed_to_is_kept_for_the_least_stay() -> None:
    """The peak of February keeps two shifts until April; May is back to one."""
    demand = [200.0, 500.0, 200.0, 200.0, 200.0]
    stays = _works(demand, head_cost=100, notice_months=1, min_stay_months=3)
    assert _shifts(_solved(stays), "pattern") == ["one", "two", "two", "two", "one"]
    free = _works(demand, head_cost=100, notice_months=1)
    assert _shifts(_solved(free), "pattern") == ["one", "two", "one", "one", "one"]


def test_the_cost_of_change_keeps_people_through_a_lull() -> None:
    """560, 200, 500: a month of 10 people costs 1,000; to let them go and hire again, 2,000."""
    demand = [560.0, 200.0, 500.0]
    free = _solved(_works(demand, head_cost=100))
    assert _shifts(free, "pattern") == ["two", "one", "two"]
    assert _shifts(free, "hired")[2] == _shifts(free, "freed")[1] == 10
    kept = _solved(_works(demand, head_cost=100, hire_cost=100, release_cost=100))
    assert _shifts(kept, "pattern") == ["two", "two", "two"]
    assert _shifts(kept, "hired") == [10, 0, 0]
    assert _shifts(kept, "cost") == [3000, 2000, 2000]
    assert kept.margin == pytest.approx(1260 * PROFIT - 6000 - 1000)


@pytest.mark.parametrize(
    ("volume_a_month", "pattern", "built"), [(450, "one", 310), (390, "two", 400)]
)
def test_a_shift_needs_the_volume_that_justifies_it(
    volume_a_month: float, pattern: str, built: float
) -> None:
    """Of 400 cars wanted, 50 too many would have to be built for a shift that needs 450."""
    result = _solved(_works([400], volume_min=12 * volume_a_month))
    assert _shifts(result, "pattern") == [pattern]
    assert _built(result) == [built]


@pytest.mark.parametrize(("demand", "overtime", "weekend"), [(340, 3, 0), (400, 5, 4), (480, 5, 8)])
def test_the_cheaper_extra_hours_are_worked_first(
    demand: float, overtime: float, weekend: float
) -> None:
    """Five hours of overtime at 200, then weekends at 300, beyond the 310 of the month."""
    case = _works(
        [demand], patterns=(), overtime_hours_max=5, overtime_cost=200, weekend_hours_max=8,
        weekend_cost=300,
    )  # fmt: skip
    result = _solved(case)
    assert _shifts(result, "overtime") == [overtime]
    assert _shifts(result, "weekend") == [weekend]
    assert _labour(result) == pytest.approx(-200 * overtime - 300 * weekend)
    assert _built(result) == [min(demand, JANUARY + 130)]
    assert _shifts(result, "pattern") == ["one"]
    assert result.table("capacity")["hours"].to_list() == [31 + overtime + weekend]
    assert result.table("production")["limit"].to_list() == [
        pytest.approx(JANUARY + 10 * (overtime + weekend))
    ]


def test_extra_hours_that_cost_more_than_their_cars_earn_are_not_worked() -> None:
    """Ten cars an hour earn 49,000."""
    for cost, built in ((49_001, 310), (48_999, 360)):
        case = _works([400], patterns=(), overtime_hours_max=5, overtime_cost=cost)
        assert _built(_solved(case)) == [built]


def test_the_time_account_gives_a_peak_its_hours_for_nothing() -> None:
    """Six hours more in February are taken off in January or March; no overtime is paid."""
    case = _works(
        [100, 340, 100], patterns=(), plant=NO_YARD, market=NO_YARD, overtime_hours_max=6,
        overtime_cost=1000, account_hours=6,
    )  # fmt: skip
    result = _solved(case)
    assert _built(result) == [100, 340, 100]
    assert _shifts(result, "plus")[1] == 6
    assert sum(_shifts(result, "minus")) == sum(_shifts(result, "plus"))
    assert _shifts(result, "balance")[2] == 0
    assert _labour(result) == 0


def test_the_time_account_holds_no_more_than_it_may() -> None:
    """Four hours owed and two left serve a peak of six; an account of two leaves one to be paid."""
    case = _works(
        [100, 340, 100], patterns=(), plant=NO_YARD, market=NO_YARD, overtime_hours_max=6,
        overtime_cost=1000, account_hours=4,
    )  # fmt: skip
    result = _solved(case)
    assert _built(result) == [100, 340, 100]
    assert _shifts(result, "plus")[1] + _shifts(result, "overtime")[1] == 6
    assert max(abs(hours) for hours in _shifts(result, "balance")) <= 4
    assert _labour(result) == 0
    first = _works(
        [340, 100, 100], patterns=(), plant=NO_YARD, market=NO_YARD, overtime_hours_max=6,
        overtime_cost=1000, account_hours=2,
    )  # fmt: skip
    result = _solved(first)
    assert _built(result)[0] == 340
    assert (_shifts(result, "plus")[0], _shifts(result, "overtime")[0]) == (2, 1)


def test_the_time_account_is_settled_in_december() -> None:
    """Hours of November serve December; the six of January must be paid."""
    case = _works(
        [0], *(Demand(vehicle="car", market="city", month=month, units=units)
               for month, units in (("2025-11", 100), ("2025-12", 370), ("2026-01", 370))),
        patterns=(), plant=NO_YARD, market=NO_YARD, overtime_hours_max=6, overtime_cost=1000,
        account_hours=12,
    ).with_info(start="2025-11", months=3)  # fmt: skip
    result = _solved(case)
    assert _built(result) == [100, 370, 370]
    assert _shifts(result, "minus") == [6, 0, 0]
    assert _shifts(result, "plus") == [0, 6, 0]
    assert _shifts(result, "balance") == [-6, 0, 0]
    assert _shifts(result, "overtime") == [0, 0, 6]
    assert _labour(result) == pytest.approx(-6000)


def test_a_plant_that_stands_still_works_no_extra_hour() -> None:
    """Closed for all of January, it builds nothing then, although hours are free."""
    closure = Closure(
        closure="refit", plant="works", start="2025-01-01", end="2025-01-31", kind="retool"
    )
    free: dict[str, Any] = {"overtime_hours_max": 9, "weekend_hours_max": 9, "account_hours": 9}
    for patterns in (("one", "two"), ()):
        result = _solved(_works([500, 0], closure, patterns=patterns, **free))
        assert _built(result)[0] == 0
        assert _shifts(result, "overtime")[0] == _shifts(result, "weekend")[0] == 0


def _launch(case: Case, **cells: Any) -> Case:
    """The case with a car that starts with a ramp, in January if no other month is given."""
    start = {"vehicle": "car", "plant": "works", "start": "2025-01-01", "ramp": "slow"}
    return case.replace(allocations=table_of(Allocation, [Allocation(**{**start, **cells})]))


def _ramp(days: float) -> Ramp:
    """A straight line from nothing to the full rate in so many days."""
    return Ramp(ramp="slow", curve="linear", t50_weeks=days / 14)


def test_a_second_shift_doubles_what_a_launch_allows() -> None:
    """A ramp over 31 days gives 15 of 31 full days: 150 cars on one shift, 300 on two."""
    result = _solved(_launch(_works([400], _ramp(31), head_cost=100)))
    assert _shifts(result, "pattern") == ["two"]
    assert _built(result) == [pytest.approx(300)]
    assert result.table("production")["limit"].to_list() == [pytest.approx(300)]
    fixed = _solved(_launch(_works([400], _ramp(31), patterns=())))
    assert _built(fixed) == [pytest.approx(150)]


def test_a_launch_gains_paid_hours_but_none_put_in_and_taken_at_once() -> None:
    """Three hours at the full rate add 30 cars to 150; the account, empty at the end, adds none."""
    paid = _works([400], _ramp(31), patterns=(), overtime_hours_max=3)
    assert _built(_solved(_launch(paid))) == [pytest.approx(180)]
    account = _works(
        [400], _ramp(31), patterns=(), overtime_hours_max=3, overtime_cost=10**6, account_hours=9
    )
    assert _built(_solved(_launch(account))) == [pytest.approx(150)]


def test_start_and_shifts_are_chosen_together() -> None:
    """400 cars for March, full rate after 28 days: from February on, not on two shifts in March.

    A start in March gives 165 on one shift and 330 on two; one in February 135, then 310.
    """
    window = LaunchWindow(
        vehicle="car", plant="works", earliest="2025-02", latest="2025-03", fixed_cost=10_000,
        currency="USD",
    )  # fmt: skip
    case = _launch(_works([0, 0, 400], _ramp(28), window, head_cost=100))
    result = _solved(case)
    assert result.table("launches")["start"].to_list() == ["2025-02"]
    assert _shifts(result, "pattern") == ["one", "one", "one"]
    limit = [round(units, 6) for units in result.table("production")["limit"]]
    assert limit == [0, 135, 310]
    late = LaunchWindow(
        vehicle="car", plant="works", earliest="2025-03", latest="2025-03", currency="USD"
    )
    two = _solved(_launch(_works([0, 0, 400], _ramp(28), late, head_cost=100)))
    assert _shifts(two, "pattern")[2] == "two"
    assert _built(two) == [0, 0, pytest.approx(330)]


def test_no_extra_hour_builds_a_car_before_its_start_or_after_its_end() -> None:
    """Hours are free, and yet January, before the start, and March, after the end, stay empty."""
    window = LaunchWindow(
        vehicle="car", plant="works", earliest="2025-02", latest="2025-02",
        end_earliest="2025-02", end_latest="2025-02",
    )  # fmt: skip
    case = _launch(_works([400, 0, 400], window, overtime_hours_max=9), ramp=None)
    result = _solved(case)
    assert _built(result)[0] == _built(result)[2] == 0
    assert result.table("production")["limit"].to_list()[::2] == [0, 0]


@pytest.mark.parametrize("patterns", [("one", "two"), ()])
def test_a_started_car_is_built_at_its_least_as_far_as_the_ramp_allows(
    patterns: tuple[str, ...],
) -> None:
    """Nobody wants it: 50 in the first month of a ramp over 93 days, on one shift, then 100."""
    window = LaunchWindow(
        vehicle="car", plant="works", earliest="2025-01", latest="2025-01",
        min_per_month=100, end_earliest="2025-02", end_latest="2025-02",
    )  # fmt: skip
    case = _works(
        [0, 0, 0], _ramp(93.0), window, patterns=patterns, head_cost=1, overtime_hours_max=2
    )
    result = _solved(_launch(case))
    # days 0 to 30 of 93: 465/93 days at 10 a day
    assert _built(result) == [pytest.approx(50), 100, 0]
    assert _shifts(result, "pattern") == ["one", "one", "one"]


def test_a_closed_plant_works_no_pattern_and_pays_nobody() -> None:
    """A plant that opens in February hires its first ten people then; January costs nothing."""
    site = SiteWindow(
        site="works", plant="works", optional=False, earliest="2025-02", latest="2025-02"
    )
    case = _works(
        [300, 200, 200], site, head_cost=100, hire_cost=10, notice_months=3, overtime_hours_max=4,
        weekend_hours_max=4, account_hours=4,
    )  # fmt: skip
    result = _solved(case)
    assert _shifts(result, "pattern") == [None, "one", "one"]
    assert _shifts(result, "heads") == [0, 10, 10]
    assert _shifts(result, "hired") == [0, 10, 0]
    assert _shifts(result, "cost") == [0, 1100, 1000]
    assert _built(result) == [0, 200, 200]
    extra = result.table("shifts").row(0, named=True)
    assert [extra[name] for name in ("hours", "overtime", "weekend", "plus", "minus")] == [0] * 5


def test_a_case_without_options_and_workforces_has_no_shifts() -> None:
    """Its program has no column and no row of them, and its table no row."""
    result = _solved(small_case([100]))
    assert result.table("shifts").height == 0
    assert _labour(result) == 0
