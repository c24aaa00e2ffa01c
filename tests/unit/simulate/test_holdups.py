"""Bottlenecks, paces and gains as tables, and the tables a picture is made from."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Calendar, Cars, Exit, Flow, Join, PlantModel, Source
from motorworks.simulate.holdups import picture, with_holdups
from motorworks.simulate.paces import shop_paces
from motorworks.simulate.trial import most_cars, pressed_for
from tests.unit.simulate.lines import line, tally, visits
from tests.unit.simulate.plants import station, store
from tests.unit.simulate.results import holdups, plant, result, whole


def test_bottlenecks_of_both_methods_stand_in_one_table() -> None:
    """Ranked within each method, with a sentence each."""
    rows = whole().tables["sim_bottlenecks"].to_dicts()
    first = {row["method"]: row for row in rows if row["rank"] == 1}
    assert first["turning point"]["element"] == first["active period"]["element"] == "m2"
    assert first["turning point"]["share"] == pytest.approx((30.0 + 40.0) / 480.0 / 2 * 100.0)
    assert first["active period"]["share"] == pytest.approx(390.0 / 480.0 * 100.0)
    assert first["active period"]["other"] == pytest.approx(30.0 / 480.0 * 100.0)
    assert all(row["words"].startswith(row["element"]) for row in rows)


def test_the_shop_whose_busiest_place_waits_least_sets_the_pace() -> None:
    """Its pace is what flows; the other could do more by as much as it waits."""
    body, final = whole().tables["sim_paces"].to_dicts()
    assert (body["shop"], body["element"], body["sets_pace"]) == ("body", "m2", True)
    assert body["pace"] == body["flow"] == pytest.approx(410 / 8.0)
    assert final["pace"] == pytest.approx(400 / 8.0 / (1.0 - 40.0 / 480.0))
    assert not final["sets_pace"]


def test_the_pace_of_a_shop_counts_its_open_hours_alone() -> None:
    """Two replications, one of them with a longer warm-up."""
    model = plant()
    states = {"m1": {}, "m2": {"starved": 5.0}, "m3": {"starved": 9.0}}
    short = replace(tally(model, states, end=960.0), passed=np.full(7, 240))
    late = replace(tally(model, states, end=960.0, warmup=240.0), passed=np.full(7, 160))
    body = shop_paces(model, [short, late])[0]
    assert body.flow == pytest.approx((240 / 8.0 + 160 / 4.0) / 2)
    assert body.low < body.flow < body.high


def test_cars_sent_to_be_done_again_are_not_counted_as_flow() -> None:
    """The last station lets 240 go, of which 40 come back by way of rework."""
    model = plant()
    model = replace(model, flows=(*model.flows, Flow(5, 4, kind="rework")))
    states = {"m1": {"starved": 9.0}, "m2": {"starved": 5.0}, "m3": {}}
    bad = np.array([0, 0, 0, 0, 0, 40, 0])
    seen = replace(tally(model, states, end=480.0), passed=np.full(7, 240), bad=bad)
    final = shop_paces(model, [seen])[1]
    assert final.sets_pace
    assert final.pace == pytest.approx(200 / 8.0)


def test_the_flow_of_a_shop_that_is_one_loop_is_what_leaves_the_plant() -> None:
    """Three cars in ten go back from the second station to the first, and count once."""
    elements = [Source("in"), station("a", 1.0), store("b", 2), station("c", 1.0), Exit("out")]
    flows = [Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(3, 1, 0.3), Flow(3, 4, 0.7)]
    model = PlantModel("loop", ("car",), tuple(elements), tuple(flows))
    seen = replace(
        tally(model, {"a": {}, "c": {"starved": 9.0}}, end=60.0, exits=[20.0, 40.0, 60.0]),
        passed=np.full(5, 5),
    )
    assert shop_paces(model, [seen])[0].flow == pytest.approx(3.0)


def test_gains_and_the_split_are_kept_with_their_words() -> None:
    """One row for each change tried and each place."""
    tables = whole().tables
    assert tables["sim_gains"]["gain"].to_list() == [4.0, 0.1]
    assert tables["sim_gains"]["words"][0] == "m2 1 % faster: +4.0 cars a day (3.0 to 5.0)"
    assert tables["sim_improvement"].rows() == [("b1", 3, 4), ("b2", 4, 1)]


def test_without_gains_their_tables_are_empty() -> None:
    """They are there all the same."""
    model = plant()
    found = with_holdups(result(model), replace(holdups(model), gains=None))
    assert found.tables["sim_gains"].height == found.tables["sim_improvement"].height == 0


def test_the_picture_names_places_ways_and_joins() -> None:
    """In the order of the flow, with the room of each place."""
    model = replace(plant(), joins=(Join(5, 2, (1,)),))
    tables = picture(model, tally(model, {}))
    assert tables["sim_places"].row(2) == ("b1", "buffer", "body", 3)
    assert tables["sim_places"]["kind"].to_list()[0] == "source"
    assert ("b1", "m3", "join") in tables["sim_ways"].rows()
    assert tables["sim_scene"].height == 0


def test_the_scene_counts_cars_by_vehicle_at_each_moment() -> None:
    """A car is in a place from its arrival until it leaves; options make no other vehicle."""
    cars = Cars(np.array([0, 1, 2]), np.zeros(3, dtype=np.int64), np.zeros(3),
                np.zeros(3, dtype=np.int64))  # fmt: skip
    model = replace(plant(), cars=cars, types=("van", "car", "car+roof"))
    nan = float("nan")
    seen = visits([(1, 0, 0.0, 0.0, 7.0, 7.0), (2, 0, 3.0, 3.0, 12.0, 20.0),
                   (2, 0, 4.0, nan, nan, nan)])  # fmt: skip
    scene = picture(model, tally(model, {}, visits=seen, end=30.0))["sim_scene"]
    at = {(row["minute"], row["element"], row["vehicle"]): row["cars"] for row in scene.to_dicts()}
    assert at[0.0, "m1", "van"] == at[5.0, "m1", "van"] == 1
    assert (10.0, "m1", "van") not in at
    assert at[5.0, "b1", "car"] == at[15.0, "b1", "car"] == 2
    assert at[20.0, "b1", "car"] == at[30.0, "b1", "car"] == 1


@pytest.mark.parametrize(("exits", "begins"), [((), 10.0), ((40.0, 70.0), 60.0), ((150.0,), 10.0)])
def test_the_scene_shows_a_shift_in_which_cars_come_out(
    exits: tuple[float, ...], begins: float
) -> None:
    """Not the filling of an empty plant, where a later shift begins."""
    spans = np.array([[10.0, 50.0], [60.0, 95.0]])
    cars = Cars(
        np.array([0]), np.zeros(1, dtype=np.int64), np.zeros(1), np.zeros(1, dtype=np.int64)
    )
    model = replace(plant(), cars=cars, calendars=(Calendar("day", spans),))
    seen = visits([(0, 0, 5.0, 5.0, 99.0, 99.0)])
    scene = picture(model, tally(model, {}, visits=seen, exits=exits))["sim_scene"]
    assert scene["minute"].min() == begins


def test_a_plant_pressed_for_a_span_cannot_run_dry() -> None:
    """More cars than its first stations could take in, however long the list was."""
    cars = Cars(np.array([0, 0]), np.zeros(2, dtype=np.int64), np.array([0.0, 900.0]),
                np.zeros(2, dtype=np.int64))  # fmt: skip
    model = replace(plant(), cars=cars)
    found = pressed_for(model, 1440.0)
    assert found.cars is not None
    assert len(found.cars.type) >= most_cars(model, 1440.0) > 480
    assert pressed_for(line([1.0], []), 100.0).cars is None
