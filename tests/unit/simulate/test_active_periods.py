"""The bottleneck of each moment, from active periods."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Calendar, Segment, Station
from motorworks.simulate.active_periods import (
    Period,
    active_shares,
    bottleneck_of_each_moment,
    periods,
)
from tests.unit.simulate.lines import line, tally, visits

LINE = line([1.0, 1.0], [2])
FIRST, SECOND = 1, 3


def test_work_without_a_gap_is_one_active_period() -> None:
    """Three cars one after the other, a wait, and one more: two periods."""
    seen = visits([
        (FIRST, 0, 0.0, 0.0, 2.0, 2.0), (FIRST, 0, 2.0, 2.0, 3.0, 3.0),
        (FIRST, 0, 3.0, 3.0, 4.0, 6.0), (FIRST, 0, 6.0, 6.0, 7.0, 7.0),
    ])  # fmt: skip
    assert periods(LINE, seen, 10.0) == [Period(0.0, 4.0, FIRST), Period(6.0, 7.0, FIRST)]


def test_each_server_of_a_station_has_periods_of_its_own() -> None:
    """Two servers side by side never make one long period together."""
    seen = visits([(FIRST, 0, 0.0, 0.0, 2.0, 2.0), (FIRST, 1, 2.0, 2.0, 4.0, 4.0)])
    assert [period.length for period in periods(LINE, seen, 10.0)] == [2.0, 2.0]


def test_work_not_over_lasts_to_the_end_and_work_not_begun_does_not_count() -> None:
    """What is open at the end of the span is cut off there."""
    nan = float("nan")
    seen = visits([(FIRST, 0, 0.0, 8.0, nan, nan), (SECOND, 0, 9.0, nan, nan, nan)])
    assert periods(LINE, seen, 10.0) == [Period(8.0, 10.0, FIRST)]


def test_a_break_does_not_end_an_active_period() -> None:
    """Closed time between two pieces of work is no wait."""
    hours = Calendar("day", np.array([[0.0, 10.0], [20.0, 30.0]]))
    elements = list(LINE.elements)
    elements[FIRST] = Station("m1", "shop", (1.0,), calendar=0)
    model = replace(LINE, elements=tuple(elements), calendars=(hours,))
    seen = visits([(FIRST, 0, 8.0, 8.0, 10.0, 10.0), (FIRST, 0, 10.0, 20.0, 22.0, 22.0)])
    assert periods(model, seen, 30.0) == [Period(8.0, 22.0, FIRST)]
    assert len(periods(LINE, seen, 30.0)) == 2


def test_a_segment_is_active_while_it_is_fed_and_not_blocked() -> None:
    """A gap between cars and a car held at the end interrupt it; a stop does not."""
    segment = Segment("trim", "shop", 1.0, 2)
    elements = list(LINE.elements)
    elements[FIRST] = segment
    model = replace(LINE, elements=tuple(elements))
    fed = visits([(FIRST, 0, float(n), float(n), n + 2.0, n + 2.0) for n in range(4)])
    assert [(p.begin, p.end) for p in periods(model, fed, 9.0)] == [(0.0, 4.0)]
    gap = visits([(FIRST, 0, t, t, t + 2.0, t + 2.0) for t in (0.0, 1.0, 4.0)])
    assert [(p.begin, p.end) for p in periods(model, gap, 9.0)] == [(0.0, 2.0), (4.0, 5.0)]
    stop = visits([(FIRST, 0, 0.0, 0.0, 5.0, 5.0), (FIRST, 0, 4.0, 4.0, 6.0, 6.0)])
    assert [(p.begin, p.end) for p in periods(model, stop, 9.0)] == [(0.0, 5.0)]
    held = visits([(FIRST, 0, 0.0, 0.0, 2.0, 3.5), (FIRST, 0, 1.0, 1.0, 4.5, 4.5),
                   (FIRST, 0, 3.5, 3.5, 5.5, 5.5)])  # fmt: skip
    assert [(p.begin, p.end) for p in periods(model, held, 9.0)] == [(0.0, 2.0), (3.5, 4.5)]


def test_shares_of_sole_and_shifting_bottleneck_are_told_apart() -> None:
    """The overlap of two bottlenecks in turn is shifting for both."""
    seen = visits([(FIRST, 0, 0.0, 0.0, 60.0, 60.0), (SECOND, 0, 50.0, 50.0, 100.0, 100.0),
                   (SECOND, 0, 10.0, 10.0, 20.0, 20.0)])  # fmt: skip
    first, second = active_shares(LINE, tally(LINE, {}, visits=seen))
    assert (first.element, first.sole, first.shifting) == (FIRST, 0.5, 0.1)
    assert (second.element, second.sole, second.shifting) == (SECOND, 0.4, 0.1)
    assert first.share == pytest.approx(0.6)


def test_what_lies_before_the_warm_up_is_over_does_not_count() -> None:
    """A period that began before counts from there on, and as long as it is."""
    seen = visits([(FIRST, 0, 0.0, 0.0, 60.0, 60.0), (SECOND, 0, 40.0, 40.0, 95.0, 95.0)])
    found = active_shares(LINE, tally(LINE, {}, visits=seen, warmup=50.0))
    assert {one.element: (one.sole, one.shifting) for one in found} == {
        FIRST: (0.0, pytest.approx(0.2)), SECOND: (pytest.approx(0.7), pytest.approx(0.2)),
    }  # fmt: skip


def test_time_in_which_nobody_works_has_no_bottleneck() -> None:
    """Between two periods far apart the shares stay short of the whole."""
    found = [Period(0.0, 10.0, 0), Period(30.0, 50.0, 1)]
    sole, shifting = bottleneck_of_each_moment(found, 2, 0.0, 100.0)
    assert sole.tolist() == [10.0, 20.0]
    assert not shifting.any()


def test_a_replication_without_visits_is_refused() -> None:
    """The method cannot guess periods from tallies."""
    with pytest.raises(ValueError, match="needs the visits"):
        active_shares(LINE, tally(LINE, {}))
