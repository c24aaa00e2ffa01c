"""Deadlock: circles of waiting are found and named, whatever is waited for."""

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Carriers,
    Cars,
    Exit,
    Flow,
    Join,
    PlantModel,
    Segment,
    Source,
)
from motorworks.errors import InfeasibleError
from tests.unit.simulate.plants import events, plant, station, store, times


def rework_without_room() -> PlantModel:
    """The station waits for the buffer, the buffer for the station."""
    elements = [
        Source("in"),
        station("a", 1.0, first_pass=(0.0,)),
        store("b", 1, transfer_min=0.5),
        Exit("out"),
    ]
    return plant(elements, [Flow(0, 1), Flow(1, 3), Flow(1, 2, kind="rework"), Flow(2, 1)])


def segment_without_room() -> PlantModel:
    """All that the test at the end of a conveyor sends back waits to board it."""
    elements = [
        Source("in"),
        Segment("line", "shop", 1.0, 2),
        station("test", 1.0, first_pass=(0.0,)),
        store("back", 1),
        Exit("out"),
    ]
    flows = [Flow(0, 1), Flow(1, 2), Flow(2, 4), Flow(2, 3, kind="rework"), Flow(3, 1)]
    return plant(elements, flows)


def loops_that_cross() -> PlantModel:
    """One skid from a to b, one hanger from b to a: each of two cars has what the other wants."""
    elements = [
        Source("in"),
        station("a", 1.0),
        store("there", 3),
        station("b", 1.0, first_pass=(0.0,)),
        store("back", 3),
        Exit("out"),
    ]
    flows = [
        Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(3, 5), Flow(3, 4, kind="rework"), Flow(4, 1),
    ]  # fmt: skip
    return plant(
        elements, flows, carriers=(Carriers("skids", 1, 3, 1, 0.5), Carriers("hangers", 3, 1, 1))
    )


def pieces_that_do_not_fit() -> PlantModel:
    """The rack is full of doors for another vehicle."""
    elements = [
        Source("in", mix=(1.0, 0.0)), station("fit", 1.0, 1.0), Exit("out"),
        Source("doors", mix=(0.0, 1.0), pieces=True), store("rack", 2),
    ]  # fmt: skip
    flows = [Flow(0, 1), Flow(1, 2), Flow(3, 4)]
    return plant(elements, flows, types=("a", "b"), joins=(Join(1, 4, (1, 1), "type"),))


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (rework_without_room(), "a waits for b waits for a"),
        (segment_without_room(), "line waits for test waits for back waits for line"),
        (
            loops_that_cross(),
            "there waits for carriers hangers waits for back waits for carriers skids waits for "
            "there",
        ),
        (pieces_that_do_not_fit(), "fit waits for pieces in rack waits for fit"),
    ],
    ids=["places", "segment", "carriers", "pieces"],
)
def test_a_circle_of_waiting_is_named(model: PlantModel, said: str) -> None:
    """Each thing that is waited for stands in the text, once around."""
    with pytest.raises(InfeasibleError, match=f"is in deadlock at minute .*: {said}"):
        events(model, until_min=100.0)


def test_waiting_for_what_will_not_come_is_no_deadlock() -> None:
    """The second of two cars lacks its door, which was scrapped: no circle, and the run ends."""
    elements = [
        Source("in", kind="cars"), station("fit", 1.0, 1.0), Exit("out"),
        Source("doors", kind="cars", pieces=True),
        station("press", 1.0, 1.0, scrap=(0.0, 1.0)), store("rack", 2),
    ]  # fmt: skip
    flows = [Flow(0, 1), Flow(1, 2), Flow(3, 4), Flow(4, 5)]
    two = Cars(np.array([0, 1]), np.zeros(2, dtype=np.int64), np.zeros(2), np.zeros(2, dtype=int))
    model = plant(elements, flows, types=("a", "b"), cars=two, joins=(Join(1, 5, (1, 1)),))
    tally = events(model, until_min=50.0)
    assert times(tally) == [2.0]
    assert tally.inside == 1
