"""Plants that cannot be simulated are refused in words."""

from collections.abc import Callable

import pytest

from motorworks.case.plant_model import (
    Buffer,
    Carriers,
    Crew,
    Exit,
    Failure,
    Flow,
    Join,
    Law,
    PlantModel,
    Segment,
    Source,
)
from motorworks.errors import CaseError
from motorworks.simulate.refuse import refuse
from tests.unit.simulate.plants import line, plant, station, stops, store


def without_exit_of_a_loop() -> PlantModel:
    """Two stations that feed each other."""
    elements = [Source("in"), station("a", 1.0), station("b", 1.0), Exit("out")]
    return plant(elements, [Flow(0, 1), Flow(1, 2), Flow(2, 1)])


def without_way_for_a_type() -> PlantModel:
    """Type b has no flow on from a."""
    elements = [Source("in"), station("a", 1.0, 1.0), Exit("out")]
    return plant(elements, [Flow(0, 1), Flow(1, 2, types=(0,))], types=("red", "blue"))


def with_a_dead_end() -> PlantModel:
    """A buffer that nothing leaves."""
    elements = [Source("in"), station("a", 1.0), store("b", 3), Exit("out")]
    return plant(elements, [Flow(0, 1), Flow(1, 2, share=0.5), Flow(1, 3, share=0.4)])


def with_buffers_in_a_ring() -> PlantModel:
    """Cars go round without any time."""
    elements = [Source("in"), store("a", 1), store("b", 1), Exit("out")]
    return plant(elements, [Flow(0, 1), Flow(1, 2), Flow(2, 1), Flow(2, 3)])


def with_a_rack_too_small() -> PlantModel:
    """Four doors a car, room for three, taken from a store."""
    elements = [Source("in"), station("a", 1.0), Exit("out"), Source("d", pieces=True),
                Buffer("rack", "shop", 3)]  # fmt: skip
    flows = [Flow(0, 1), Flow(1, 2), Flow(3, 4)]
    return plant(elements, flows, joins=(Join(1, 4, (4,)),))


WRONG: dict[str, Callable[[], PlantModel]] = {
    "a: cars of type a come here and have no way to an exit": without_exit_of_a_loop,
    "a: cars of type blue come here and have no way to an exit": without_way_for_a_type,
    "b: feeds nothing": with_a_dead_end,
    "a: shares of type a must all be there, sum 1": with_a_dead_end,
    "a: cars come back here in no time": with_buffers_in_a_ring,
    "rack: holds fewer than the 4 pieces of a car": with_a_rack_too_small,
    "stop: needs 3 of crew fixers, which has 2": lambda: line(
        station("a", 1.0),
        failures=(stops(1, 9.0, 1.0, crew=0, heads=3),),
        crews=(Crew("fixers", 2),),
    ),
    "a: needs 3 of pool team, which has 2": lambda: line(
        station("a", 1.0, pool=0, operators=3), crews=(Crew("team", 2),)
    ),
    "in: is never empty, and b never full": lambda: line(store("b", -1), station("a", 1.0)),
    "a: has 2 times of work, and there are 1 types": lambda: line(station("a", 1.0, 2.0)),
    "a: has no server": lambda: line(station("a", 1.0, servers=0)),
    "b: has no place": lambda: line(station("a", 1.0), store("b", 0)),
    "b: holds 5 cars at first, and has 4 places": lambda: line(
        station("a", 1.0), store("b", 4, initial=5)
    ),
    "a: blocks before service, but no place of segment c can be kept, as it moves on meanwhile; "
    "block after service, or put a buffer between": lambda: line(
        station("a", 1.0, blocking="before"), Segment("c", "shop", 1.0, 2)
    ),
    "skids: cars go on from b to a at once; put a buffer between": lambda: plant(
        [Source("in"), station("a", 1.0), station("b", 1.0, first_pass=(0.5,)), Exit("out")],
        [Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(2, 1, kind="rework")],
        carriers=(Carriers("skids", 1, 2, 2),),
    ),
    "c: has no takt above 0": lambda: line(Segment("c", "shop", 0.0, 2)),
    "a: two elements have this name, which must be different": lambda: line(
        station("a", 1.0), station("a", 1.0)
    ),
    "in: takes the cars of the plan, and there are none": lambda: line(
        station("a", 1.0), source=Source("in", kind="cars")
    ),
    "stop: out is neither a station nor a segment, and cannot fail": lambda: line(
        station("a", 1.0), failures=(Failure("stop", 2, Law(), Law()),)
    ),
}


@pytest.mark.parametrize("message", WRONG)
def test_a_plant_that_cannot_be_simulated_is_refused(message: str) -> None:
    """Each fault is named with the element it is at."""
    with pytest.raises(CaseError) as caught:
        refuse(WRONG[message]())
    assert message in [problem.message for problem in caught.value.problems]


def test_a_plant_that_can_be_simulated_is_not_refused() -> None:
    """A line with a feeder, rework, an endless buffer behind a station."""
    elements = [
        Source("in"), station("a", 1.0, first_pass=(0.9,)), store("b", -1), Exit("out"),
        Source("d", pieces=True), Buffer("rack", "shop", 3), station("bay", 1.0),
    ]  # fmt: skip
    flows = [
        Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(4, 5), Flow(1, 6, kind="rework"), Flow(6, 1),
    ]  # fmt: skip
    refuse(plant(elements, flows, joins=(Join(1, 5, (2,)),)))
