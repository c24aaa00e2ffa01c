"""What the figures need to know of a plant."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Buffer,
    Calendar,
    Exit,
    Flow,
    Join,
    PlantModel,
    Segment,
    Source,
    Station,
)
from motorworks.errors import CaseError
from motorworks.simulate.layout import layout_of
from motorworks.simulate.params import SimulateParams

PLANT = PlantModel(
    "plant", ("suv", "van"),
    (
        Source("bodies"), Station("weld", "body", (2.0, 3.0), servers=2), Buffer("store", "body"),
        Segment("trim", "final", 1.5, 4), Station("van test", "final", (9.0, 4.0)),
        Buffer("yard", "final"), Exit("gate"), Source("doors", pieces=True),
        Station("door", "doors", (1.0, 1.0)), Buffer("rack", "doors"),
    ),
    (
        Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(3, 4, types=(1,)), Flow(3, 5, types=(0,)),
        Flow(4, 5), Flow(5, 6), Flow(7, 8), Flow(8, 9),
    ),
    joins=(Join(4, 9, (1, 1)),),
)  # fmt: skip
SPAN = SimulateParams(days=1)


def test_cars_leave_by_the_last_that_works() -> None:
    """A store before the gate does no work; what is behind others is not last."""
    layout = layout_of(PLANT, SPAN)
    assert layout.last == (3, 4)
    assert layout.shops == ("body", "final", "doors")
    assert layout.servers.tolist() == [0, 2, 0, 1, 1, 0, 0, 0, 1, 0]
    assert np.flatnonzero(~layout.of_cars).tolist() == [7, 8, 9]


def test_planned_time_is_that_of_types_that_come_by() -> None:
    """Only vans are tested; a segment has its takt for all."""
    minutes = layout_of(PLANT, SPAN).piece_min
    assert minutes[1].tolist() == [2.0, 3.0]
    assert minutes[3].tolist() == [1.5, 1.5]
    assert np.isnan(minutes[4, 0])
    assert minutes[4, 1] == 4.0


def test_the_order_is_looked_at_where_cars_change_shops() -> None:
    """Not where doors go to their rack; or where the settings say."""
    assert layout_of(PLANT, SPAN).points == (2, 5)
    asked = SimulateParams(days=1, order_at=("weld", "yard"))
    assert layout_of(PLANT, asked).points == (1, 5)
    with pytest.raises(CaseError, match="polish"):
        layout_of(PLANT, SimulateParams(days=1, order_at=("polish", "yard")))


def test_the_span_reaches_as_far_as_plan_and_calendars() -> None:
    """In whole days; where there is neither, it has to be said."""
    hours = Calendar("day", np.array([[360.0, 840.0], [1800.0, 2280.0]]))
    layout = layout_of(replace(PLANT, calendars=(hours,)), SimulateParams())
    assert (layout.until_min, layout.days, layout.day_min) == (2880.0, 2, 480.0)
    assert layout_of(replace(PLANT, plan=(9, 9, 9)), SimulateParams()).days == 3
    assert layout_of(PLANT, SimulateParams(until_cars=7)).until_min is None
    with pytest.raises(CaseError, match="how long"):
        layout_of(PLANT, SimulateParams())
