"""Stations, buffers and blocking: numbers that can be worked by hand."""

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Cars,
    Crew,
    Exit,
    Flow,
    Law,
    Source,
)
from motorworks.engines.draws import draws_at, key_of, uniforms_at
from motorworks.errors import EngineError
from motorworks.simulate import streams
from tests.unit.simulate.plants import (
    events,
    line,
    minutes_in,
    plant,
    station,
    stops,
    store,
    times,
)


def test_a_line_is_as_fast_as_its_slowest_station() -> None:
    """1 and 2 minutes in a row without a buffer: the first waits a minute for each car."""
    tally = events(line(station("a", 1.0), station("b", 2.0)), until_cars=4)
    assert times(tally) == [3.0, 5.0, 7.0, 9.0]
    assert minutes_in(tally, 1, "blocked") == 4.0
    assert minutes_in(tally, 2, "starved") == 1.0


def test_a_buffer_takes_what_the_next_station_cannot() -> None:
    """With two places a fast station works two cars longer before it is blocked."""
    tally = events(line(station("a", 1.0), store("b", 2), station("c", 3.0)), until_min=10.0)
    assert times(tally) == [4.0, 7.0, 10.0]
    assert minutes_in(tally, 1, "working") == 6.0
    assert minutes_in(tally, 1, "blocked") == 4.0
    assert tally.peak[2] == 2


def test_a_transfer_takes_its_time_for_each_car() -> None:
    """Cars 1 minute apart reach the exit 5 minutes later, still 1 minute apart."""
    tally = events(line(station("a", 1.0), store("b", 9, transfer_min=5.0)), until_cars=3)
    assert times(tally) == [6.0, 7.0, 8.0]


def test_several_servers_work_side_by_side() -> None:
    """Three servers of 3 minutes after a station of 1: a car a minute."""
    model = line(station("a", 1.0), station("b", 3.0, servers=3))
    assert times(events(model, until_cars=4)) == [4.0, 5.0, 6.0, 7.0]


def test_blocking_before_service_begins_only_once_a_place_is_free() -> None:
    """The first begins its second car as the second lets go of its first: a car in 3 minutes."""
    model = line(station("a", 1.0, blocking="before"), station("b", 2.0))
    tally = events(model, until_cars=3)
    assert times(tally) == [3.0, 6.0, 9.0]
    assert minutes_in(tally, 1, "blocked") == 6.0


def test_cars_of_the_plan_enter_in_turn_not_before_their_release() -> None:
    """Releases at 0, 5 and 2: the third waits for the second."""
    cars = Cars(*(np.array(x) for x in ([0, 1, 0], [0, 0, 0])), np.array([0.0, 5.0, 2.0]),
                np.zeros(3, dtype=np.int64))  # fmt: skip
    model = line(
        station("a", 1.0, 3.0), source=Source("in", kind="cars"), cars=cars, types=("a", "b")
    )
    tally = events(model)
    assert times(tally) == [1.0, 8.0, 9.0]
    assert tally.exit_type.tolist() == [0, 1, 0]
    assert tally.entered.tolist() == [0.0, 5.0, 8.0]
    assert (tally.came_in, tally.inside, tally.scrapped) == (3, 0, 0)


def test_arrivals_by_a_law_wait_outside_in_an_endless_line() -> None:
    """One a minute into a station of 2 minutes: the line outside grows."""
    source = Source("in", kind="law", every=Law("fixed", 1.0))
    tally = events(line(station("a", 2.0), source=source), until_min=10.0)
    assert times(tally) == [3.0, 5.0, 7.0, 9.0]
    assert tally.peak[0] == 5


def test_a_failure_of_operation_strikes_after_minutes_of_work() -> None:
    """Up 2.5 minutes of work, down 1: the third car is stopped half way, the fifth at its end.

    A failure that comes due just as work ends strikes at the next work.
    """
    model = line(station("a", 1.0), failures=(stops(1, 2.5, 1.0),))
    tally = events(model, until_cars=6)
    assert times(tally) == [1.0, 2.0, 4.0, 5.0, 6.0, 8.0]
    assert tally.stops.tolist() == [2]
    assert tally.stop_min.tolist() == [2.0]
    assert minutes_in(tally, 1, "repair") == 2.0


def test_a_failure_of_time_strikes_an_idle_station_too() -> None:
    """It strikes at 2.25; the car that comes at 2.5 takes its place, and waits until 5.25."""
    source = Source("in", kind="law", every=Law("fixed", 2.5))
    model = line(station("a", 1.0), source=source, failures=(stops(1, 2.25, 3.0, clock="time"),))
    assert times(events(model, until_cars=2)) == [6.25, 7.25]


@pytest.mark.parametrize(
    ("resume", "left", "lost"), [("resume", 5.0, 0), ("repeat", 6.0, 0), ("scrap", 6.0, 1)]
)
def test_work_that_a_failure_stopped_goes_on_begins_anew_or_is_lost(
    resume: str, left: float, lost: int
) -> None:
    """Struck after 1 of the second car's 2 minutes, down 1: 1 minute left, 2 anew, or the next's 2.

    The next car takes the place of a lost one at once, and waits for the repair as it would have.
    """
    model = line(station("a", 2.0), failures=(stops(1, 3.0, 1.0, resume=resume),))
    tally = events(model, until_cars=2)
    assert tally.came_in == len(tally.exit_time) + tally.inside + tally.scrapped
    assert (tally.exit_time[1], tally.scrapped) == (left, lost)


def test_two_stations_share_a_crew_and_the_lower_priority_goes_first() -> None:
    """All fail at 0.5; the first is repaired first, then by priority; they fail again after 0.5."""
    elements = [Source("in"), *(station(name, 1.0) for name in "abc"), Exit("out")]
    flows = [Flow(0, i) for i in (1, 2, 3)] + [Flow(i, 4) for i in (1, 2, 3)]
    down = tuple(stops(i, 0.5, 2.0, crew=0, priority=p) for i, p in ((1, 3), (2, 1), (3, 2)))
    tally = events(plant(elements, flows, failures=down, crews=(Crew("c", 1),)), until_min=6.5)
    assert tally.stop_min.tolist() == [2.0 + 3.5, 4.0 + 1.5, 6.0]
    assert minutes_in(tally, 1, "failed") == 3.5
    assert minutes_in(tally, 3, "failed") == 4.0


def test_flows_with_shares_are_drawn_by_the_number_of_the_car() -> None:
    """Who goes where is what the named stream says, to the car."""
    elements = [Source("in"), station("a", 1.0), station("b", 0.5), station("c", 0.5), Exit("out")]
    flows = [Flow(0, 1), Flow(1, 2, share=0.3), Flow(1, 3, share=0.7), Flow(2, 4), Flow(3, 4)]
    tally = events(plant(elements, flows), until_cars=50, order_at=(2,))
    drawn = uniforms_at(key_of(1, 0, streams.flow("a")), range(50))
    assert tally.order_at[2].tolist() == np.flatnonzero(drawn <= 0.3).tolist()


def test_flows_without_shares_take_the_first_that_has_room() -> None:
    """The second way is taken only while the first is full."""
    elements = [Source("in"), station("a", 1.0), station("b", 3.0), station("c", 9.0), Exit("out")]
    flows = [Flow(0, 1), Flow(1, 2), Flow(1, 3), Flow(2, 4), Flow(3, 4)]
    tally = events(plant(elements, flows), until_min=8.5)
    assert tally.passed.tolist() == [5, 4, 2, 0, 2]


def test_flows_by_type_part_the_cars() -> None:
    """Type a goes one way, type b the other, as a mix of a half each draws them."""
    elements = [
        Source("in", mix=(0.5, 0.5)), station("a", 1.0, 1.0), station("b", 0.5, 0.5),
        station("c", 0.5, 0.5), Exit("out"),
    ]  # fmt: skip
    flows = [
        Flow(0, 1), Flow(1, 2, types=(0,)), Flow(1, 3, types=(1,)), Flow(2, 4), Flow(3, 4),
    ]  # fmt: skip
    tally = events(plant(elements, flows, types=("a", "b")), until_cars=40)
    drawn = uniforms_at(key_of(1, 0, streams.types("in")), range(40)) > 0.5
    assert tally.exit_type.tolist() == drawn.astype(int).tolist()
    assert tally.passed[3] == drawn.sum()


def test_of_two_that_wait_the_longer_goes_first() -> None:
    """Two stations feed one: who ended first is taken first, then the first in the list."""
    elements = [
        Source("x"), Source("y"), station("a", 2.0), station("b", 1.0), station("c", 3.0),
        Exit("out"),
    ]  # fmt: skip
    flows = [Flow(0, 2), Flow(1, 3), Flow(2, 4), Flow(3, 4), Flow(4, 5)]
    tally = events(plant(elements, flows), until_cars=4)
    assert tally.exit_car.tolist() == [1, 0, 3, 2]


def test_work_times_are_drawn_by_the_number_of_the_car() -> None:
    """The times between departures of a saturated station are its draws."""
    model = line(station("a", 2.0, law=Law("erlang", shape=3.0)))
    tally = events(model, until_cars=30)
    drawn = 2.0 * draws_at("erlang", 1.0, 3.0, (), key_of(1, 0, streams.time("a")), range(30))
    assert np.diff(tally.exit_time, prepend=0.0) == pytest.approx(drawn)


def test_tallies_begin_once_the_warm_up_is_over() -> None:
    """Counted from minute 4 on; exits are listed from the start."""
    model = line(station("a", 1.0), station("b", 2.0))
    tally = events(model, until_min=10.0, warmup_min=4.0)
    assert tally.warmup == 4.0
    assert tally.passed.tolist() == [3, 3, 3, 3]
    assert len(tally.exit_time) == 4
    assert tally.states[1].sum() == pytest.approx(6.0)
    assert tally.content[1] == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_tally_and_another_does_not() -> None:
    """Nothing is left over from one replication to the next."""
    model = line(station("a", 1.0, law=Law("exponential")))
    first, again = (events(model, until_cars=20) for _ in range(2))
    assert first.exit_time.tolist() == again.exit_time.tolist()
    other = events(model, until_cars=20, replication=1)
    assert first.exit_time.tolist() != other.exit_time.tolist()


def test_visits_tell_each_stay_from_arrival_to_departure() -> None:
    """The blocked minute of each car stands between its end and its leaving."""
    model = line(station("a", 1.0), store("b", 1), station("c", 2.0))
    tally = events(model, until_cars=4, visits=True)
    visits = tally.visits
    assert visits is not None
    at_a = visits.element == 1
    assert visits.arrived[at_a][:5].tolist() == [0.0, 1.0, 2.0, 3.0, 5.0]
    assert visits.ended[at_a][:4].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert visits.left[at_a][:4].tolist() == [1.0, 2.0, 3.0, 5.0]
    assert visits.blocked[at_a][:4].tolist() == [0.0, 0.0, 0.0, 1.0]
    assert np.isnan(visits.left).sum() == tally.inside


def test_a_plant_of_hundreds_of_cars_grows_its_arrays() -> None:
    """An endless buffer takes what no station can: more than the first arrays hold."""
    tally = events(line(station("a", 1.0), store("b", -1), station("c", 10.0)), until_min=3000.5)
    assert len(tally.exit_time) == 299
    assert tally.inside == 3001 - 299


def test_levels_are_looked_at_every_so_many_minutes() -> None:
    """A station fills a buffer of which nothing is taken for 10 minutes."""
    tally = events(
        line(station("a", 1.0), store("b", 9), station("c", 10.0)), until_min=4.0, sample_min=1.0
    )
    assert tally.levels[:, 2].tolist() == [0, 0, 1, 2, 3]


def test_stocked_buffers_hold_cars_before_the_first_minute() -> None:
    """Three cars in stock, of which the station takes one at once."""
    tally = events(line(station("a", 5.0), store("b", 4, initial=3), station("c", 1.0)),
                   until_min=5.5)  # fmt: skip
    assert times(tally) == [1.0, 2.0, 3.0]
    assert tally.came_in == 5


def test_a_plant_that_never_ends_has_to_be_told_when() -> None:
    """Cars keep coming: it is refused, in words; a list of cars ends by itself."""
    with pytest.raises(EngineError, match="plant line never ends; give until_min or until_cars"):
        events(line(station("a", 1.0)))
    two = Cars(np.zeros(2, dtype=int), np.zeros(2, dtype=int), np.zeros(2), np.zeros(2, dtype=int))
    assert times(events(line(station("a", 1.0), source=Source("in", kind="cars"), cars=two))) == [
        1.0, 2.0,
    ]  # fmt: skip
