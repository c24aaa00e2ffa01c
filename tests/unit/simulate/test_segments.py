"""Paced segments and conveyors: takt, drift, overload, stops; worked by hand."""

import numpy as np
import pytest

from motorworks.case.plant_model import Calendar, Cars, Law, Parts, Place, Segment, Source
from tests.unit.simulate.plants import events, line, minutes_in, station, stops, times


def conveyor(takt: float, slots: int, *places: Place, **rest: object) -> Segment:
    """A segment of one shop."""
    return Segment("line", "shop", takt, slots, places, **rest)  # type: ignore[arg-type]


def in_turn(types: list[int]) -> Cars:
    """Cars of types, all released at once."""
    zeros = np.zeros(len(types), dtype=np.int64)
    return Cars(np.array(types), zeros, zeros.astype(float), zeros)


def test_a_segment_moves_all_cars_by_a_slot_each_takt() -> None:
    """Four slots of 2 minutes: the first car leaves after 8, then one each 2 minutes."""
    tally = events(line(conveyor(2.0, 4)), until_cars=3)
    assert times(tally) == [8.0, 10.0, 12.0]
    assert tally.peak[1] == 4


def test_an_empty_slot_goes_along_where_no_car_waits() -> None:
    """A car every 3 minutes, moves every 2: it boards at the next move, 4, 6, 10, 12."""
    source = Source("in", kind="law", every=Law("fixed", 3.0))
    tally = events(line(conveyor(2.0, 2), source=source), until_min=16.0)
    assert tally.entered.tolist() == [4.0, 6.0, 10.0, 12.0]
    assert times(tally) == [8.0, 10.0, 14.0, 16.0]


def test_a_car_that_cannot_leave_stops_the_segment() -> None:
    """The station behind takes 5 minutes a car; the segment of takt 1 keeps its pace."""
    tally = events(line(conveyor(1.0, 3), station("a", 5.0)), until_cars=3)
    assert times(tally) == [8.0, 13.0, 18.0]
    assert minutes_in(tally, 1, "blocked") == 12.0
    assert tally.states[1].sum() == pytest.approx(18.0)


def test_work_beyond_takt_and_drift_stops_the_segment() -> None:
    """Takt 2, drift 0.5, cars of 3 minutes: 0.5 over with the first, then 1 with each."""
    model = line(conveyor(2.0, 1, Place("p", (3.0,), drift_min=0.5)))
    tally = events(model, until_cars=3)
    assert times(tally) == [2.5, 5.5, 8.5]
    assert minutes_in(tally, 1, "overload") == 2.5
    assert tally.halts[1].tolist() == [0, 0, 0, 3]
    assert tally.worked[1] == 3


def test_earlier_drift_is_made_up_for_by_lighter_cars() -> None:
    """Takt 2, drift 1, cars of 3 and 1 minutes in turn: no stop at all."""
    model = line(
        conveyor(2.0, 1, Place("p", (3.0, 1.0), drift_min=1.0)), types=("a", "b"),
        source=Source("in", kind="cars"), cars=in_turn([0, 1, 0, 1]),
    )  # fmt: skip
    assert times(events(model)) == [2.0, 4.0, 6.0, 8.0]


def test_a_utility_worker_takes_overload_away() -> None:
    """The same cars as with a stop: none, and 0.5 + 1 + 1 minutes of the worker's."""
    model = line(conveyor(2.0, 1, Place("p", (3.0,), drift_min=0.5), overload="utility"))
    tally = events(model, until_cars=3)
    assert times(tally) == [2.0, 4.0, 6.0]
    assert tally.utility[1] == 2.5


def test_the_place_with_most_overload_decides_how_long_a_stop_is() -> None:
    """Two places of 2.5 and 3 at takt 2 without drift: 0.5 with the first car, 1 with both."""
    model = line(conveyor(2.0, 2, Place("p", (2.5,)), Place("q", (3.0,))))
    assert times(events(model, until_cars=2)) == [5.5, 8.5]


def test_a_failure_stops_all_cars_of_a_segment() -> None:
    """Up 3 minutes of moving, down 2: it stops once on the way of the first car of 4 slots."""
    tally = events(line(conveyor(1.0, 4), failures=(stops(1, 3.5, 2.0),)), until_cars=2)
    assert times(tally) == [6.0, 7.0]
    assert minutes_in(tally, 1, "repair") == 2.0


def test_a_break_stops_a_segment() -> None:
    """Closed from 1.5 to 3.5: the takt goes on where it stopped."""
    calendar = Calendar("c", np.array([[0.0, 1.5], [3.5, 99.0]]))
    tally = events(line(conveyor(1.0, 2, calendar=0), calendars=(calendar,)), until_cars=2)
    assert times(tally) == [4.0, 5.0]
    assert minutes_in(tally, 1, "break") == 2.0


def test_a_missing_part_holds_the_segment() -> None:
    """One part in stock, the next at minute 5: the second car boards at 1 and holds all till 5."""
    late = Parts("seats", 1, (1.0,), 1.0, np.array([[5.0, 9.0]]))
    tally = events(line(conveyor(1.0, 2), parts=(late,)), until_cars=2)
    assert times(tally) == [6.0, 7.0]
    assert minutes_in(tally, 1, "parts") == 4.0


def test_visits_to_a_segment_last_from_boarding_to_leaving() -> None:
    """Two takts of 1 minute, then a station of 3 holds the end; cars inside are counted once."""
    tally = events(line(conveyor(1.0, 2), station("a", 3.0)), until_min=6.5, visits=True)
    visits = tally.visits
    assert visits is not None
    over = (visits.element == 1) & ~np.isnan(visits.left)
    assert visits.arrived[over].tolist() == [0.0, 1.0]
    assert visits.ended[over].tolist() == [2.0, 3.0]
    assert visits.left[over].tolist() == [2.0, 5.0]
    assert visits.blocked[over].tolist() == [0.0, 2.0]
    assert tally.came_in == len(tally.exit_time) + tally.inside
    assert np.isnan(visits.left).sum() == tally.inside
