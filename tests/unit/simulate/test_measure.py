"""The pace of a plant from a replication."""

import math
from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Calendar
from motorworks.simulate.measure import (
    cars_a_day,
    interval,
    minutes_a_day,
    open_until,
    plant_hours,
)
from tests.unit.simulate.lines import line, tally

LINE = line([1.0], [])


def test_a_plant_that_never_closes_counts_days_of_24_hours() -> None:
    """A car every two minutes is 720 a day."""
    assert cars_a_day(LINE, tally(LINE, {}, exits=[0, 2, 4, 6, 8])) == pytest.approx(720.0)


def test_cars_before_the_warm_up_is_over_do_not_count() -> None:
    """A slow start leaves no trace."""
    seen = tally(LINE, {}, exits=[20, 50, 52, 54, 56], warmup=50.0)
    assert cars_a_day(LINE, seen) == pytest.approx(720.0)


def test_the_hours_of_a_plant_are_those_of_any_shop() -> None:
    """Calendars that overlap are one; days are counted once."""
    early = Calendar("early", np.array([[360.0, 840.0], [1800.0, 2280.0]]))
    late = Calendar("late", np.array([[800.0, 900.0], [3240.0, 3300.0]]))
    model = replace(LINE, calendars=(early, late))
    hours = plant_hours(model)
    assert hours is not None
    assert hours.open.tolist() == [[360.0, 900.0], [1800.0, 2280.0], [3240.0, 3300.0]]
    assert minutes_a_day(model) == pytest.approx((540.0 + 480.0 + 60.0) / 3)


def test_pace_is_counted_in_open_time() -> None:
    """A night between two cars does not slow the plant down."""
    hours = Calendar("day", np.array([[0.0, 480.0], [1440.0, 1920.0]]))
    model = replace(LINE, calendars=(hours,))
    seen = tally(model, {}, exits=[470, 475, 480, 1445, 1450], end=2880.0)
    assert cars_a_day(model, seen) == pytest.approx(480.0 / 5.0)


def test_open_time_stands_still_outside_the_calendar() -> None:
    """Before, between and after the spans."""
    hours = Calendar("day", np.array([[10.0, 20.0], [40.0, 50.0]]))
    minutes = np.array([0.0, 10.0, 15.0, 30.0, 45.0, 99.0])
    assert open_until(hours, minutes).tolist() == [0.0, 0.0, 5.0, 10.0, 15.0, 20.0]
    assert open_until(None, minutes) is not None


@pytest.mark.parametrize("exits", [[], [5.0]])
def test_a_plant_that_hardly_builds_has_a_pace_all_the_same(exits: list[float]) -> None:
    """One car, or none, in a hundred minutes."""
    assert cars_a_day(LINE, tally(LINE, {}, exits=exits)) == pytest.approx(len(exits) * 14.4)


def test_one_replication_says_nothing_of_its_spread() -> None:
    """Its interval is endless; that of equal ones is a point."""
    assert interval([3.0]) == (-math.inf, math.inf)
    assert interval([3.0, 3.0]) == (3.0, 3.0)


def test_intervals_hold_what_they_should() -> None:
    """Of 400 intervals of 80 % over normal draws about 320 hold the mean."""
    draws = np.random.default_rng(1).normal(5.0, 2.0, (400, 6))
    held = sum(low <= 5.0 <= high for low, high in (interval(row, 0.8) for row in draws))
    assert 290 <= held <= 350
