"""Setups, rework, scrap, joins, parts, carriers, layouts of stores: worked by hand."""

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Buffer,
    Carriers,
    Cars,
    Exit,
    Flow,
    Join,
    Law,
    Parts,
    Ramp,
    Source,
)
from motorworks.engines.draws import key_of, uniforms_at
from motorworks.errors import InfeasibleError
from motorworks.simulate import streams
from tests.unit.simulate.plants import events, line, minutes_in, plant, station, store, times


def planned(types: list[int], colours: list[int] | None = None) -> Cars:
    """Cars of types and colours, all released at once."""
    count = len(types)
    return Cars(
        np.array(types), np.array(colours or [0] * count), np.zeros(count),
        np.zeros(count, dtype=np.int64),
    )  # fmt: skip


def test_a_setup_comes_before_each_car_of_another_colour() -> None:
    """Colours 0 0 1 1 0: two changes of half a minute."""
    model = line(
        station("a", 1.0, setup_min=0.5), source=Source("in", kind="cars"),
        cars=planned([0] * 5, [0, 0, 1, 1, 0]), colours=("red", "blue"),
    )  # fmt: skip
    tally = events(model)
    assert times(tally) == [1.0, 2.0, 3.5, 4.5, 6.0]
    assert tally.setups[1] == 2
    assert minutes_in(tally, 1, "setup") == 1.0


def test_work_that_is_not_good_is_done_again_as_drawn() -> None:
    """Without a way to rework, each bad draw costs a minute here."""
    tally = events(line(station("a", 1.0, first_pass=(0.6,))), until_cars=40)
    key = key_of(1, 0, streams.first_pass("a"))
    drawn = [uniforms_at(key, [car + streams.AGAIN * again for again in range(30)])
             for car in range(40)]  # fmt: skip
    needed = [1 + int(np.argmax(row <= 0.6)) for row in drawn]
    assert np.diff(tally.exit_time, prepend=0.0).tolist() == pytest.approx(needed)
    assert tally.bad[1] == sum(needed) - 40


def test_after_the_most_bad_results_in_a_row_a_car_passes() -> None:
    """Never good: three loops, then the fourth time passes."""
    tally = events(line(station("a", 1.0, first_pass=(0.0,), loops_max=3)), until_cars=2)
    assert times(tally) == [4.0, 8.0]


def test_rework_takes_another_way_and_comes_back() -> None:
    """Those that fail go through the repair bay, and are worked on again."""
    elements = [
        Source("in"), station("a", 1.0, first_pass=(0.5,)), station("bay", 0.25),
        store("back", -1), Exit("out"),
    ]  # fmt: skip
    flows = [
        Flow(0, 1), Flow(1, 4), Flow(1, 2, kind="rework"), Flow(2, 3), Flow(3, 1),
    ]  # fmt: skip
    tally = events(plant(elements, flows), until_cars=30)
    assert tally.passed[2] == tally.bad[1] > 5
    assert tally.worked[1] == 30 + tally.bad[1]
    assert tally.came_in == 30 + tally.inside


def test_scrap_is_lost_as_drawn() -> None:
    """Cars whose draw is in the share of scrap leave the count."""
    tally = events(line(station("a", 1.0, scrap=(0.25,))), until_cars=30)
    lost = uniforms_at(key_of(1, 0, streams.scrap("a")), range(80)) <= 0.25
    assert tally.exit_car.tolist() == np.flatnonzero(~lost)[:30].tolist()
    assert tally.came_in == 30 + tally.scrapped + tally.inside


def test_a_plant_that_scraps_all_its_cars_is_given_up_for_a_reason_in_words() -> None:
    """Told to end with a count of cars alone it would go on for ever; told a minute, it ends."""
    model = line(station("a", 1.0, scrap=(1.0,)))
    with pytest.raises(InfeasibleError, match=r"cars were scrapped from minute 0 .* none left it"):
        events(model, until_cars=5)
    tally = events(model, until_cars=5, until_min=20.5)
    assert (tally.scrapped, len(tally.exit_time)) == (20, 0)


def test_a_join_waits_for_its_pieces() -> None:
    """Doors come every 3 minutes, two to a car: a car every 6, though the station takes 1."""
    elements = [
        Source("in"), station("fit", 1.0), Exit("out"),
        Source("doors", kind="law", every=Law("fixed", 3.0), pieces=True), store("rack", 10),
    ]  # fmt: skip
    flows = [Flow(0, 1), Flow(1, 2), Flow(3, 4)]
    tally = events(plant(elements, flows, joins=(Join(1, 4, (2,)),)), until_cars=3)
    assert times(tally) == [7.0, 13.0, 19.0]
    assert minutes_in(tally, 1, "parts") == 6.0 + 5.0 + 5.0
    assert tally.passed[4] == 6


def test_a_join_takes_the_piece_of_its_car_wherever_it_stands() -> None:
    """Pieces come in the order of the plan; the second car is worked on first."""
    elements = [
        Source("in", kind="cars"), station("slow", 5.0, 0.5), station("quick", 5.0, 0.5),
        store("mix", 4), station("fit", 1.0, 1.0), Exit("out"),
        Source("doors", kind="cars", pieces=True), store("rack", 10),
    ]  # fmt: skip
    flows = [
        Flow(0, 1, types=(0,)), Flow(0, 2, types=(1,)), Flow(1, 3), Flow(2, 3), Flow(3, 4),
        Flow(4, 5), Flow(6, 7),
    ]  # fmt: skip
    model = plant(
        elements, flows, types=("a", "b"), cars=planned([0, 1]), joins=(Join(4, 7, (1, 1), "car"),)
    )
    tally = events(model, visits=True)
    assert tally.exit_car.tolist() == [1, 0]
    visits = tally.visits
    assert visits is not None
    assert visits.car[visits.element == 7].tolist() == [1, 0]


def test_a_station_waits_for_parts_that_are_late() -> None:
    """Two in stock, two more at minute 7."""
    late = Parts("seats", 1, (1.0,), 2.0, np.array([[7.0, 2.0]]))
    tally = events(line(station("a", 1.0), parts=(late,)), until_min=20.0)
    assert times(tally) == [1.0, 2.0, 8.0, 9.0]
    assert minutes_in(tally, 1, "parts") == 5.0 + 11.0


def test_no_more_cars_are_in_a_loop_than_it_has_carriers() -> None:
    """Two skids that come back after 4 minutes: two cars in 6 minutes."""
    loop = Carriers("skids", 1, 2, 2, return_min=4.0)
    tally = events(line(station("a", 1.0), station("b", 1.0), carriers=(loop,)), until_cars=4)
    assert times(tally) == [2.0, 3.0, 8.0, 9.0]


def test_a_station_that_blocks_before_service_keeps_a_carrier_with_the_place() -> None:
    """One skid from b on: a begins its second car only once the skid is back."""
    loop = Carriers("skids", 2, 2, 1, return_min=1.0)
    model = line(station("a", 1.0, blocking="before"), station("b", 2.0), carriers=(loop,))
    tally = events(model, until_cars=3, visits=True)
    visits = tally.visits
    assert visits is not None
    assert visits.started[visits.element == 1].tolist()[:3] == [0.0, 4.0, 8.0]
    assert times(tally) == [3.0, 7.0, 11.0]


def test_carriers_without_a_way_back_are_at_hand_at_once() -> None:
    """One skid: the next car enters as the one before leaves."""
    loop = Carriers("skids", 1, 2, 1)
    tally = events(line(station("a", 1.0), station("b", 1.0), carriers=(loop,)), until_cars=3)
    assert times(tally) == [2.0, 4.0, 6.0]


def test_a_random_access_store_restores_the_planned_order() -> None:
    """A slow car is overtaken before the store; whoever is planned first leaves it first."""
    elements = [
        Source("in", kind="cars"), station("slow", 4.0, 0.5), station("quick", 4.0, 0.5),
        Buffer("pbs", "shop", 9, layout="random_access"), station("trim", 5.0, 5.0), Exit("out"),
    ]  # fmt: skip
    flows = [
        Flow(0, 1, types=(0,)), Flow(0, 2, types=(1,)), Flow(1, 3), Flow(2, 3), Flow(3, 4),
        Flow(4, 5),
    ]  # fmt: skip
    model = plant(elements, flows, types=("a", "b"), cars=planned([1, 0, 1, 1, 1]))
    assert events(model).exit_car.tolist() == [0, 1, 2, 3, 4]
    first_in_first_out = [*elements]
    first_in_first_out[3] = Buffer("pbs", "shop", 9)
    plain = plant(first_in_first_out, flows, types=("a", "b"), cars=planned([1, 0, 1, 1, 1]))
    assert events(plain).exit_car.tolist() == [0, 2, 3, 4, 1]


@pytest.mark.parametrize(
    ("layout", "lanes", "order"),
    [("lanes", 2, [2, 0, 1, 3]), ("pull_off", 1, [2, 0, 1, 3]), ("fifo", 1, [2, 3, 0, 1])],
)
def test_lanes_and_places_beside_the_line_sort_what_they_can(
    layout: str, lanes: int, order: list[int]
) -> None:
    """Cars come as 2, 3, 0, 1 while nothing leaves but the first."""
    elements = [
        Source("in", kind="cars"), station("slow", 4.0, 0.5), station("quick", 4.0, 0.5),
        Buffer("pbs", "shop", 8, layout=layout, lanes=lanes), station("trim", 30.0, 30.0),
        Exit("out"),
    ]  # fmt: skip
    flows = [
        Flow(0, 1, types=(0,)), Flow(0, 2, types=(1,)), Flow(1, 3), Flow(2, 3), Flow(3, 4),
        Flow(4, 5),
    ]  # fmt: skip
    elements[1] = station("slow", 4.0, 0.5, servers=2)
    model = plant(elements, flows, types=("a", "b"), cars=planned([0, 0, 1, 1]))
    assert events(model).exit_car.tolist() == order


def test_a_new_type_is_slower_while_it_is_launched() -> None:
    """Twice the time on the first day, as planned after."""
    ramp = Ramp(0, np.array([2.0]), np.array([1.0]), np.array([1.0]))
    tally = events(line(station("a", 480.0), ramps=(ramp,)), until_min=2880.0)
    assert times(tally) == [960.0, 1920.0, 2400.0, 2880.0]


def test_buffers_hold_no_more_than_their_places() -> None:
    """Four places in lanes of two."""
    model = line(
        station("a", 1.0), Buffer("b", "shop", 4, layout="lanes", lanes=2), station("c", 100.0)
    )
    assert events(model, until_min=50.0).peak[2] == 4
