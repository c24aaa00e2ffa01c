"""Shops of a plant are open in their shifts, less breaks, and as long as the plan says."""

import datetime as dt

import numpy as np
import pytest

from motorworks.case.calendar import Days, staffed_hours
from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.plant.calendar import calendar_of, day_begins_of, shifts_of
from motorworks.case.records import plant, sites
from motorworks.errors import CaseError
from motorworks.io.case_folder import find_case, read_case
from tests.subjects.plants import case_of, station

MONDAY = dt.date(2024, 1, 8)


def worked(*rows: Record, shifts: int = 2, **more: float) -> Case:
    """A site that works shifts of 480 minutes."""
    pattern = sites.ShiftPattern(
        pattern="usual", name="Usual", shifts_per_day=shifts, minutes_per_shift=480, **more
    )
    calendar = sites.ShiftCalendar(plant="site", start="2024-01-01", pattern="usual")
    return case_of(station("a", 1), pattern, calendar, *rows)


def spans(case: Case, shop: str = "line", days: int = 1) -> list[list[float]]:
    """Open spans from Monday on."""
    shifts = shifts_of(case, "site", MONDAY, days)
    found: list[list[float]] = calendar_of(case, "site", shop, shifts).open.tolist()
    return found


def test_shifts_follow_each_other_from_seven_o_clock() -> None:
    """Two of eight hours, one after the other; no shift at the weekend."""
    assert spans(worked(), days=7)[:3] == [[420, 900], [900, 1380], [1860, 2340]]
    assert len(spans(worked(), days=7)) == 10


def test_a_break_makes_the_shift_longer_and_a_shop_has_its_own() -> None:
    """The plant's breaks hold for shops without any; net minutes stay."""
    case = worked(
        plant.Break(plant="site", after_min=120, minutes=10),
        plant.Break(plant="site", after_min=300, minutes=30, shift=2),
        plant.Break(plant="site", shop="line", after_min=60, minutes=20),
    )
    assert spans(case, "line") == [[420, 480], [500, 920], [920, 980], [1000, 1420]]
    assert spans(case, "other") == [
        [420, 540], [550, 910], [910, 1030], [1040, 1210], [1240, 1430],
    ]  # fmt: skip


def test_a_day_begins_with_its_first_shift_and_lasts_as_long_as_its_last() -> None:
    """A night shift until 06:00; Saturday begins as that of Friday is over."""
    case = worked(
        plant.ShiftTime(pattern="usual", shift=1, start_min=840),
        plant.ShiftTime(pattern="usual", shift=2, start_min=1320),
    )
    shifts = shifts_of(case, "site", MONDAY, 7)
    made = calendar_of(case, "site", "line", shifts)
    assert day_begins_of(7, shifts, [made]) == (
        0.0, 2280.0, 3720.0, 5160.0, 6600.0, 5 * 1440.0 + 360.0, 6 * 1440.0, 7 * 1440.0,
    )  # fmt: skip


def test_shifts_begin_when_the_table_says() -> None:
    """A gap between the shifts stays closed."""
    case = worked(
        plant.ShiftTime(pattern="usual", shift=1, start_min=360),
        plant.ShiftTime(pattern="usual", shift=2, start_min=960),
    )
    assert spans(case) == [[360, 840], [960, 1440]]


def test_shifts_that_overlap_with_their_breaks_are_told() -> None:
    """The second one begins before the first is through with its break."""
    case = worked(
        plant.ShiftTime(pattern="usual", shift=1, start_min=360),
        plant.ShiftTime(pattern="usual", shift=2, start_min=840),
        plant.Break(plant="site", after_min=120, minutes=10),
    )
    with pytest.raises(CaseError, match="shift 2 begins 10 min before line is through"):
        spans(case)


def test_overtime_waits_for_the_count_and_stays_within_pattern_and_gap() -> None:
    """It follows the last span of a shift, where a plan counts; the next shift ends it."""
    case = worked(
        plant.ShiftTime(pattern="usual", shift=1, start_min=360, overtime_min=90),
        plant.ShiftTime(pattern="usual", shift=2, start_min=880, overtime_min=90),
        overtime_max_min=60,
    )
    shifts = shifts_of(case, "site", MONDAY, 1)
    made = calendar_of(case, "site", "line", shifts, plan=(100,))
    assert made.overtime.tolist() == [40, 60]
    assert made.count.tolist() == [50, 100]
    assert made.shift.tolist() == [True, True]
    assert calendar_of(case, "site", "line", shifts).overtime.tolist() == [0, 0]


def test_days_outside_the_horizon_are_told() -> None:
    """The case has a month."""
    with pytest.raises(CaseError, match="40 days from 2024-01-08 are not all in the horizon"):
        shifts_of(worked(), "site", MONDAY, 40)


@pytest.mark.parametrize("shop", ["busan-body", "busan-line"])
def test_open_minutes_are_the_staffed_hours_of_the_plan(shop: str) -> None:
    """Over all of 2024 and 2025: closures, extra days, overtime and two patterns."""
    case = read_case(find_case("busan"))
    first, count = dt.date(2024, 1, 1), 700
    made = calendar_of(case, "busan", shop, shifts_of(case, "busan", first, count))
    hours = staffed_hours(case, Days.of(case.info))[0][:count]
    assert case.table("plants")["plant"][0] == "busan"
    assert (made.open[:, 1] - made.open[:, 0]).sum() / 60 == pytest.approx(hours.sum())
    assert (np.diff(made.open.ravel()) >= 0).all()
