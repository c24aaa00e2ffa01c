"""The warm-up: MSER-5 against its definition, and when none is cut."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motorworks.case.plant_model import Calendar, Exit, Flow, PlantModel, Source, Station
from motorworks.simulate.layout import layout_of
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.warmup import find_warmup, mser, no_warmup
from tests.subjects.hand_line import hand_model

LINE = PlantModel(
    "line", ("car",), (Source("in"), Station("weld", "body", (1.0,)), Exit("out")),
    (Flow(0, 1), Flow(1, 2)),
)  # fmt: skip


@given(st.lists(st.floats(0, 100), min_size=10, max_size=80))
def test_mser_is_least_where_its_definition_says(values: list[float]) -> None:
    """The sum of squares about the mean of the rest, over the square of its number."""
    cut, statistic = mser(np.array(values))
    count = len(values) // 5
    means = [np.mean(values[5 * n : 5 * n + 5]) for n in range(count)]
    due = [np.sum((means[d:] - np.mean(means[d:])) ** 2) / (count - d) ** 2
           for d in range(count // 2 + 1)]  # fmt: skip
    assert statistic == pytest.approx(due, abs=1e-6)
    assert due[cut] <= min(due) + 1e-6


def test_a_start_from_empty_is_cut_off() -> None:
    """No car leaves for 200 minutes, then one a minute."""
    exits = np.arange(200.0, 2000.0, 1.0)
    layout = layout_of(LINE, SimulateParams(until_min=2000.0))
    warmup, rows = find_warmup(layout, [exits, exits], 2000.0)
    assert 200.0 <= warmup.minutes <= 220.0
    assert (warmup.how, warmup.settled) == ("mser5", True)
    assert [row[4] for row in rows] == [row[1] >= warmup.minutes for row in rows]
    assert rows[-1][2] == pytest.approx(60.0, rel=0.3)


def test_a_span_too_short_to_tell_is_said_to_be() -> None:
    """Throughput that still rises at the end has no cut in the first half."""
    exits = np.sqrt(np.arange(1.0, 2000.0)) * 40.0
    layout = layout_of(LINE, SimulateParams(until_min=1780.0))
    warmup, _ = find_warmup(layout, [exits], 1780.0)
    assert not warmup.settled
    assert "too short" in warmup.reason


def test_nights_do_not_look_like_a_start() -> None:
    """Counted in open time, a steady pace of day shifts is cut nowhere."""
    opened = np.array([[1440.0 * day + 360.0, 1440.0 * day + 840.0] for day in range(20)])
    model = replace(LINE, calendars=(Calendar("day", opened),))
    exits = np.concatenate([np.arange(begin + 0.5, end, 1.0) for begin, end in opened])
    layout = layout_of(model, SimulateParams(days=20))
    warmup, rows = find_warmup(layout, [exits], 20 * 1440.0)
    assert warmup.minutes == rows[0][1] == 360.0
    assert max(abs(row[2] - 60.0) for row in rows) < 3.2


def test_too_few_cars_leave_the_start_in() -> None:
    """Ten stretches need twenty cars."""
    layout = layout_of(LINE, SimulateParams(until_min=10.0))
    warmup, rows = find_warmup(layout, [np.arange(1.0, 10.0)], 10.0)
    assert (warmup.minutes, warmup.settled, rows) == (0.0, False, [])


def test_cars_of_given_days_are_simulated_from_the_first_minute() -> None:
    """The start belongs to what is asked; a plant that goes on for ever has a warm-up to find."""
    told = no_warmup(hand_model(), SimulateParams())
    assert told is not None
    assert (told.how, told.minutes) == ("none", 0.0)
    assert "given cars" in told.reason
    assert no_warmup(LINE, SimulateParams()) is None
    planned = no_warmup(replace(LINE, plan=(400,)), SimulateParams())
    assert planned is not None
    assert "plan" in planned.reason


def test_what_the_settings_say_is_done() -> None:
    """Minutes, none, or cars."""
    for params, how in (
        (SimulateParams(warmup=30.0), "given"), (SimulateParams(warmup=0.0), "none"),
        (SimulateParams(warmup_cars=5), "given"),
    ):  # fmt: skip
        told = no_warmup(LINE, params)
        assert told is not None
        assert told.how == how
