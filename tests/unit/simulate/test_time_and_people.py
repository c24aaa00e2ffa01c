"""Calendars, overtime, maintenance, operators and absence: numbers that can be worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Calendar, Crew, Exit, Flow, Law, Maintenance, Source
from motorworks.engines.draws import key_of, uniforms_at
from motorworks.simulate import streams
from tests.unit.simulate.plants import (
    events,
    line,
    minutes_in,
    plant,
    station,
    stops,
    times,
)


def spans(*pairs: tuple[float, float], **rest: object) -> Calendar:
    """A calendar open in spans."""
    return Calendar("shift", np.array(pairs), **rest)  # type: ignore[arg-type]


def test_work_stops_in_a_break_and_goes_on_after_it() -> None:
    """Open 0 to 5 and 8 to 20, 2 minutes a car: the third is stopped half way."""
    model = line(station("a", 2.0, calendar=0), calendars=(spans((0, 5), (8, 20)),))
    tally = events(model, until_min=12.0)
    assert times(tally) == [2.0, 4.0, 9.0, 11.0]
    assert minutes_in(tally, 1, "break") == 3.0
    assert tally.states[1].sum() == pytest.approx(12.0)


def test_the_time_before_the_first_shift_is_a_break() -> None:
    """Open from 7 on: nobody starves before."""
    tally = events(line(station("a", 1.0, calendar=0), calendars=(spans((7, 20)),)), until_min=9.0)
    assert minutes_in(tally, 1, "break") == 7.0
    assert minutes_in(tally, 1, "working") == 2.0


def test_cars_move_on_in_a_break_though_no_work_goes_on() -> None:
    """The second station is closed from 3 to 6; a car comes into its free place at 4."""
    late = spans((0, 3), (6, 99))
    source = Source("in", kind="law", every=Law("fixed", 3.0))
    model = line(station("a", 1.0), station("b", 1.0, calendar=0), source=source, calendars=(late,))
    tally = events(model, until_min=9.0, visits=True)
    assert times(tally) == [7.0, 8.0]
    visits = tally.visits
    assert visits is not None
    assert visits.arrived[visits.element == 2].tolist() == [4.0, 7.0]


def test_a_failure_of_time_wears_in_open_hours_alone() -> None:
    """Up 4 of open time: it strikes at minute 7, as 3 of the 7 were a break."""
    down = (stops(1, 4.0, 1.0, clock="time"),)
    model = line(station("a", 10.0, calendar=0), calendars=(spans((0, 2), (5, 99)),), failures=down)
    tally = events(model, until_min=7.5)
    assert tally.stops.tolist() == [1]
    assert minutes_in(tally, 1, "repair") == pytest.approx(0.5)


def test_overtime_lasts_until_the_count_of_the_day_is_reached() -> None:
    """10.5 minutes for 12 cars of a minute: open until they are made; for 30: 5 minutes more."""
    calendar = spans(
        (0, 10.5), (1440, 1450.5), overtime=np.array([5.0, 5.0]), count=np.array([12, 30])
    )
    tally = events(line(station("a", 1.0, calendar=0), calendars=(calendar,)), until_min=2000.0)
    assert times(tally)[:12] == [float(i) for i in range(1, 13)]
    assert len(tally.exit_time) == 12 + 15
    assert minutes_in(tally, 1, "working") == 27.5


def test_a_night_shift_counts_the_cars_of_the_day_on_which_it_began() -> None:
    """Open to midnight and from 00:05 on, for 15 cars in all: ten before, five after it."""
    calendar = spans((1430, 1440), (1445, 1447), overtime=np.array([0.0, 60.0]),
                     count=np.array([15, 15]))  # fmt: skip
    model = replace(
        line(station("a", 1.0, calendar=0), calendars=(calendar,)), day_begins=(0.0, 2800.0)
    )
    tally = events(model, until_min=2000.0)
    assert len(tally.exit_time) == 15
    assert minutes_in(tally, 1, "working") == 15.0


def test_halts_that_are_no_failures_are_counted_as_they_begin() -> None:
    """Two stops for maintenance, the second under way at the end; waits of no time do not count."""
    stop = Maintenance("grease", 1, np.array([[1.0, 4.0], [6.0, 9.0]]))
    alone = line(station("a", 2.0, pool=0, operators=1), crews=(Crew("c", 1),), maintenance=(stop,))
    tally = events(alone, until_min=7.0)
    assert tally.halts[1].tolist() == [2, 0, 0, 0]
    later = events(alone, until_min=7.0, warmup_min=2.0)
    assert later.halts[1].tolist() == [1, 0, 0, 0]


def test_no_overtime_where_the_count_is_reached_in_time() -> None:
    """Eight cars wanted, ten made: the span ends as planned."""
    calendar = spans((0, 10.5), overtime=np.array([5.0]), count=np.array([8]))
    tally = events(line(station("a", 1.0, calendar=0), calendars=(calendar,)), until_min=100.0)
    assert len(tally.exit_time) == 10


def test_maintenance_lets_the_work_in_hand_wait() -> None:
    """Stopped from 1 to 4 in a work of 2 minutes."""
    stop = Maintenance("grease", 1, np.array([[1.0, 4.0], [6.0, 7.0]]))
    tally = events(line(station("a", 2.0), maintenance=(stop,)), until_min=8.0)
    assert times(tally) == [5.0, 8.0]
    assert minutes_in(tally, 1, "maintenance") == 4.0


def test_two_stations_share_an_operator() -> None:
    """One operator for two stations of 2 minutes side by side: as fast as one of them."""
    elements = [
        Source("in"), station("a", 2.0, pool=0, operators=1),
        station("b", 2.0, pool=0, operators=1), Exit("out"),
    ]  # fmt: skip
    flows = [Flow(0, 1), Flow(0, 2), Flow(1, 3), Flow(2, 3)]
    tally = events(plant(elements, flows, crews=(Crew("team", 1),)), until_min=8.0)
    assert times(tally) == [2.0, 4.0, 6.0, 8.0]
    assert minutes_in(tally, 1, "operators") == pytest.approx(4.0)
    assert minutes_in(tally, 2, "operators") == pytest.approx(4.0)
    assert tally.passed.tolist()[1:3] == [2, 2]


def test_absence_is_drawn_as_a_shift_begins() -> None:
    """Of two heads those whose draw is below the share are away; work needs both."""
    days = [(1440.0 * day, 1440.0 * day + 10.0) for day in range(20)]
    calendar = spans(*days, shift=np.ones(20, dtype=np.bool_))
    model = line(
        station("a", 1.0, pool=0, operators=2, calendar=0),
        calendars=(calendar,),
        crews=(Crew("team", 2, absence=0.4),),
    )
    tally = events(model, until_min=20 * 1440.0)
    drawn = uniforms_at(key_of(1, 0, streams.absence("team")), range(20000)).reshape(20, 1000)
    there = (drawn[:, :2] > 0.4).all(axis=1)
    made = np.bincount((tally.exit_time // 1440.0).astype(int), minlength=20) > 0
    # at the end of a shift the operators keep the car in hand, until it is done
    assert made[there].all()
    assert 0 < made.sum() < 20


def test_work_done_again_in_place_asks_for_people_anew() -> None:
    """Half of the work is done again where it is, by a crew of one: nobody waits for ever."""
    model = line(
        station("a", 1.0, pool=0, operators=1, first_pass=(0.5,)), crews=(Crew("team", 1),)
    )
    tally = events(model, until_min=50.5)
    assert tally.worked[1] == 50
    assert tally.bad[1] > 0


def test_a_car_is_not_charged_with_a_failure_before_its_work() -> None:
    """Down from 8 to 12, the car comes at 10 and its work of 1 minute begins at 12."""
    source = Source("in", kind="law", every=Law("fixed", 10.0))
    model = line(station("a", 1.0), source=source, failures=(stops(1, 8.0, 4.0, clock="time"),))
    visits = events(model, until_min=15.0, visits=True).visits
    assert visits is not None
    found = [getattr(visits, name)[0] for name in ("arrived", "started", "ended", "failed")]
    assert found == [10.0, 12.0, 13.0, 0.0]


def test_a_long_night_is_sampled_without_a_move() -> None:
    """A sample a minute for 3,000 closed minutes: there is room for all of them."""
    model = line(station("a", 1.0, calendar=0), calendars=(spans((0, 1.5), (3000, 3010)),))
    tally = events(model, until_cars=2, sample_min=1.0)
    assert times(tally) == [1.0, 3000.5]
    assert len(tally.levels) >= 3000
    assert set(tally.levels[2:3000, 1]) == {1}
