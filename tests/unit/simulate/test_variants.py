"""A plant changed in one place."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Buffer,
    Calendar,
    Carriers,
    Cars,
    Crew,
    Failure,
    Flow,
    Join,
    Law,
    PlantModel,
    Segment,
    Station,
)
from motorworks.case.plant_model import Place as WorkPlace
from motorworks.simulate.variants import (
    faster,
    more_carriers,
    more_heads,
    pressed,
    roomier,
    shorter_repair,
    without_empty_buffers,
)
from tests.unit.simulate.lines import line, with_failures


def test_a_faster_segment_moves_and_works_faster() -> None:
    """Takt and work shrink alike, drift does not."""
    segment = Segment("trim", "line", 1.01, 5, (WorkPlace("seats", (2.02,), drift_min=0.3),))
    model = PlantModel("p", ("car",), (segment,), ())
    found = faster(model, 0).elements[0]
    assert isinstance(found, Segment)
    assert found.takt_min == pytest.approx(1.0)
    assert found.places[0].time_min == pytest.approx((2.0,))
    assert found.places[0].drift_min == 0.3


def test_only_what_works_can_be_faster_and_only_what_fills_roomier() -> None:
    """A buffer has no pace, an endless buffer no places, a station none either."""
    model = line([1.0, 1.0], [-1])
    with pytest.raises(TypeError, match="b1 does no work"):
        faster(model, 2)
    with pytest.raises(TypeError, match="b1 has no places"):
        roomier(model, 2)
    with pytest.raises(TypeError, match="m1 has no places"):
        roomier(model, 1)


def test_one_place_more_is_the_only_difference() -> None:
    """All else of the plant stays the very same."""
    model = line([1.0, 1.0, 1.0], [3, 4])
    found = roomier(model, 4, 2)
    assert found.elements[4] == Buffer("b2", "shop", 6)
    assert roomier(found, 4, -2) == model


def test_a_repair_shorter_than_a_minute_is_gone() -> None:
    """Repairs never take less than no time."""
    model = with_failures(line([1.0, 1.0], [3]), 50.0, 0.4)
    assert shorter_repair(model, 1).failures[1].down.mean == 0.0
    assert shorter_repair(model, 1, 0.1).failures[1].down == Law("exponential", 0.30000000000000004)
    assert shorter_repair(model, 1).failures[0] == model.failures[0]


def test_crews_and_carriers_grow() -> None:
    """One head more, two skids more."""
    model = replace(
        line([1.0], []), crews=(Crew("fitters", 3),), carriers=(Carriers("skids", 1, 1, 10),)
    )
    assert more_heads(model, 0).crews == (Crew("fitters", 4),)
    assert more_carriers(model, 0, 2).carriers == (Carriers("skids", 1, 1, 12),)


def test_a_pressed_plant_has_cars_enough_at_once_and_no_overtime() -> None:
    """The order of the cars comes again and again, whatever was to be released when."""
    cars = Cars(np.array([0, 1, 0]), np.array([2, 2, 1]), np.array([0.0, 500.0, 900.0]),
                np.array([0, 0, 1]), ("a", "b", "c"))  # fmt: skip
    hours = Calendar("day", np.array([[0.0, 480.0]]), np.array([60.0]), np.array([3]))
    model = replace(line([1.0], []), cars=cars, calendars=(hours,))
    found = pressed(model, 7)
    assert found.cars is not None
    assert found.cars.type.tolist() == [0, 1, 0] * 3
    assert found.cars.colour.tolist() == [2, 2, 1] * 3
    assert not found.cars.release.any()
    assert found.calendars[0].overtime.tolist() == [0.0]
    assert model.calendars[0].overtime.tolist() == [60.0]


def test_buffers_without_places_hand_on_at_once() -> None:
    """Everything that names an element by number still names the same one."""
    elements = (
        Station("a", "", (1.0,)), Buffer("none", "", 0), Station("b", "", (1.0,)),
        Buffer("doors", "", 4), Station("c", "", (1.0,)),
    )  # fmt: skip
    flows = (Flow(0, 1, 0.5), Flow(1, 2), Flow(1, 4, types=(1,)), Flow(2, 4))
    model = PlantModel(
        "p", ("x", "y"), elements, flows, failures=(Failure("stop", 2, Law(), Law()),),
        carriers=(Carriers("skids", 0, 4, 5),), joins=(Join(4, 3, (1, 1)),),
    )  # fmt: skip
    found = without_empty_buffers(model)
    assert [one.name for one in found.elements] == ["a", "b", "doors", "c"]
    assert found.flows == (Flow(0, 1, 0.5), Flow(0, 3, 0.5, (1,)), Flow(1, 3))
    assert found.failures[0].element == 1
    assert found.carriers == (Carriers("skids", 0, 3, 5),)
    assert found.joins == (Join(3, 2, (1, 1)),)


def test_a_bypassed_buffer_joins_only_flows_of_the_same_cars() -> None:
    """Cars of one type do not take the way of another."""
    elements = (Station("a", "", (1.0,)), Buffer("none", "", 0), Station("b", "", (1.0,)))
    model = PlantModel("p", ("x", "y"), elements, (Flow(0, 1, types=(0,)), Flow(1, 2, types=(1,))))
    assert without_empty_buffers(model).flows == ()
