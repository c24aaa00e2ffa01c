"""The engines of the simulation against SimPy on the same random numbers."""

import numpy as np
import pytest

pytest.importorskip("simpy")

from motorworks.case.plant_model import PlantModel
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import EngineChoice, replicate
from motorworks.simulate.tally import Tally
from tests.oracle.simpy_line import Twin
from tests.subjects.serial_lines import LINES, by, fails
from tests.unit.simulate.plants import line, station, store

CARS = 180

EVENTS_ALONE: dict[str, PlantModel] = {
    "several servers": line(
        station("a", 1.0, law=by("exponential")), store("x", 2),
        station("b", 2.1, law=by("exponential"), servers=2), store("y", 3),
        station("c", 2.9, law=by("uniform", 1.0, 0.2), servers=3),
    ),
    "failures by time": line(
        station("a", 1.0), store("x", 3), station("b", 1.1), store("y", 2), station("c", 0.9),
        failures=tuple(fails(e, 15, 3, clock="time") for e in (1, 3, 5)),
    ),
}  # fmt: skip


def same_as_twin(model: PlantModel, engine: EngineChoice) -> Tally:
    """Run both; hold departures and visits against each other."""
    twin = Twin(model, seed=5, replication=2)
    twin.run(CARS)
    tally = replicate(
        encode(model), seed=5, replication=2, until_cars=CARS, visits=True, engine=engine
    )
    assert tally.exit_car.tolist() == [number for _, number in twin.exits[:CARS]]
    assert np.allclose(tally.exit_time, [time for time, _ in twin.exits[:CARS]], rtol=1e-9)
    visits = tally.visits
    assert visits is not None
    columns = (visits.arrived, visits.started, visits.ended, visits.left)
    rows = np.stack(columns, axis=1)[~np.isnan(visits.left)]
    keys = zip(visits.car.tolist(), visits.element.tolist(), strict=True)
    over = [key for key, left in zip(keys, visits.left, strict=True) if not np.isnan(left)]
    assert len(over) >= CARS * (len(model.elements) - 2)
    there = [index for index, key in enumerate(over) if key in twin.visits]
    assert len(there) > len(over) - len(model.elements)
    assert np.allclose(rows[there], [twin.visits[over[i]] for i in there], rtol=1e-9, atol=1e-9)
    return tally


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("engine", ["events", "recursion"])
def test_a_line_runs_as_in_simpy(name: str, engine: EngineChoice) -> None:
    """Departures and each visit are those of a line of SimPy, whichever engine computes them."""
    assert same_as_twin(LINES[name], engine).engine == engine


@pytest.mark.parametrize("name", EVENTS_ALONE)
def test_lines_that_need_events_run_as_in_simpy(name: str) -> None:
    """Cars that overtake at several servers, and failures that wear with time."""
    assert same_as_twin(EVENTS_ALONE[name], "auto").engine == "events"
