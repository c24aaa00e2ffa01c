"""A month's plan as whole cars of its days."""

import datetime as dt
from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case
from motorworks.case.records import sites
from motorworks.case.spread import spread_over_days, whole_shares
from motorworks.case.volumes import day_volumes, working_days
from tests.unit.sequence.drawn import MONTH, plan_of, two_cars

BUILT = {("car", "city", MONTH): 71.4, ("car", "town", MONTH): 31.2, ("suv", "town", MONTH): 20.0}


def month_of(case: Case, plan: dict[str, pl.DataFrame]) -> list[Counter[tuple[str, str]]]:
    """Volumes of each working day of January."""
    return [
        Counter({(v.vehicle, v.market): v.cars for v in day_volumes(case, plan, "works", day)})
        for day in working_days(case, "works") if day.month == 1
    ]  # fmt: skip


def test_the_days_of_a_month_add_up_to_its_whole_cars() -> None:
    """122.6 cars are 123; of 102.6 cars 103 are built, of which 71.7 for the city."""
    total = sum(month_of(two_cars(), plan_of(BUILT)), Counter())
    assert total == {("car", "city"): 72, ("car", "town"): 31, ("suv", "town"): 20}


def test_days_are_alike() -> None:
    """123 cars on 31 days are 3 or 4 a day, and of 20 one never comes twice on a day."""
    days = month_of(two_cars(), plan_of(BUILT))
    assert {sum(day.values()) for day in days} == {3, 4, 5} - {5}
    assert max(day["suv", "town"] for day in days) == 1


def test_closed_days_build_nothing_and_short_days_less() -> None:
    """Staffed hours share the month out."""
    closures = [
        sites.Closure(closure=name, plant="works", start=day, end=day, kind="other",
                      worked_share=share)
        for name, day, share in (("shut", "2025-01-01", 0.0), ("half", "2025-01-02", 0.5))
    ]  # fmt: skip
    case = two_cars(*closures)
    days = working_days(case, "works")
    assert days[0] == dt.date(2025, 1, 2)
    counts = [sum(day.values()) for day in month_of(case, plan_of({("car", "city", MONTH): 590.0}))]
    assert counts[:3] == [10, 20, 20]


def test_a_month_without_staffed_hours_is_shared_over_its_weekdays() -> None:
    """The plan may open a plant that its calendar has closed."""
    shut = sites.Closure(closure="shut", plant="works", start="2025-01-01", end="2025-01-31",
                         kind="other", worked_share=0.0)  # fmt: skip
    days = working_days(two_cars(shut), "works")
    assert [day.day for day in days[:5]] == [1, 2, 3, 6, 7]


def test_a_vehicle_is_not_built_before_its_start() -> None:
    """The SUV starts on 30 January: its two cars are built on the last two days."""
    case = two_cars(start="2025-01-30")
    days = month_of(case, plan_of({**BUILT, ("suv", "town", MONTH): 2.0}))
    assert [n for n, day in enumerate(days, 1) if day["suv", "town"]] == [30, 31]


def test_a_chosen_start_takes_the_place_of_the_one_on_record() -> None:
    """The plan moved the start to the first of February."""
    case = two_cars(start="2025-01-10")
    plan = plan_of({("suv", "town", "2025-02"): 28.0})
    chosen = pl.DataFrame({"vehicle": ["suv"], "plant": ["works"], "start": ["2025-02"]})
    cars = [day_volumes(case, {**plan, "launches": chosen}, "works", dt.date(2025, 2, day))[0].cars
            for day in (1, 28)]  # fmt: skip
    assert cars == [1, 1]


def test_cars_that_leave_later_take_the_markets_of_the_next_departure() -> None:
    """Nothing leaves in January; at the end of the horizon the last departure counts."""
    case = two_cars()
    built = {("car", "city", MONTH): 31.0, ("car", "city", "2025-02"): 28.0}
    shipped = {("car", "town", "2025-02"): 5.0}
    assert month_of(case, plan_of(built, shipped))[0] == {("car", "town"): 1}
    earlier = {("car", "town", MONTH): 5.0}
    assert day_volumes(case, plan_of(built, earlier), "works", dt.date(2025, 2, 1))[0].market == (
        "town"
    )


@given(
    shares=st.lists(st.floats(0, 100), min_size=1, max_size=6).filter(lambda s: sum(s) > 0.01),
    total=st.integers(0, 500),
)
def test_whole_shares_add_up_and_miss_by_less_than_one(shares: list[float], total: int) -> None:
    """That is what largest remainders are for."""
    found = whole_shares(np.array(shares), total)
    exact = np.array(shares) * total / sum(shares)
    assert found.sum() == total
    assert (np.abs(found - exact) < 1.0 + 1e-6).all()


@settings(max_examples=60)
@given(
    month=st.lists(st.integers(0, 40), min_size=1, max_size=5),
    hours=st.lists(st.sampled_from([0.0, 4.0, 8.0, 16.0]), min_size=1, max_size=12),
)
def test_everybody_gets_what_is_due_over_the_days(month: list[int], hours: list[float]) -> None:
    """No day takes a car back, and none is built too many."""
    hours = [*hours, 8.0]
    due = np.outer(month, np.cumsum(hours) / sum(hours))
    cars = [int(n) for n in np.diff(np.round(due.sum(axis=0)), prepend=0)]
    found = spread_over_days(due, cars)
    assert found.sum(axis=1).tolist() == month
    assert found.sum(axis=0).tolist() == cars
    assert (found >= 0).all()


@pytest.mark.parametrize("total", [0, 3])
def test_shares_of_nothing_are_nothing(total: int) -> None:
    """No share, no car."""
    assert whole_shares(np.zeros(2), total).tolist() == [0, 0]
