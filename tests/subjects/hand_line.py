"""Two stations with a place between them, 18 minutes of it worked out by hand.

The first needs 2 minutes, the second 3; there is always a car to come in::

    first   0-2  2-4  4-6  6-8  8-10 blocked to 11  11-13 to 14  14-16 to 17  17-
    second  2-5  5-8  8-11  11-14  14-17  17-

"""

from functools import cache
from typing import Any

import numpy as np

from motorworks.case.plant_model import Buffer, Cars, Exit, Flow, PlantModel, Source, Station
from motorworks.result.simulation import Simulated, SimulationResult, WarmUp
from motorworks.simulate.decode import decode
from motorworks.simulate.digest import digest
from motorworks.simulate.gathered import Gathered
from motorworks.simulate.layout import layout_of
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.tally import STATES, Tally, Visits

NAN = float("nan")
END = 18.0
PARAMS = SimulateParams(until_min=END, sample_min=3.0, visits=2, replications=2, warmup=0.0)

SOURCE, FIRST, PLACE, SECOND, EXIT = range(5)

VISITS = [
    # car, element, arrived, started, ended, left, blocked
    (0, FIRST, 0, 0, 2, 2, 0), (0, PLACE, 2, 2, 2, 2, 0), (1, FIRST, 2, 2, 4, 4, 0),
    (0, SECOND, 2, 2, 5, 5, 0), (1, PLACE, 4, 4, 4, 5, 1), (2, FIRST, 4, 4, 6, 6, 0),
    (1, SECOND, 5, 5, 8, 8, 0), (2, PLACE, 6, 6, 6, 8, 2), (3, FIRST, 6, 6, 8, 8, 0),
    (2, SECOND, 8, 8, 11, 11, 0), (3, PLACE, 8, 8, 8, 11, 3), (4, FIRST, 8, 8, 10, 11, 1),
    (3, SECOND, 11, 11, 14, 14, 0), (4, PLACE, 11, 11, 11, 14, 3), (5, FIRST, 11, 11, 13, 14, 1),
    (4, SECOND, 14, 14, 17, 17, 0), (5, PLACE, 14, 14, 14, 17, 3), (6, FIRST, 14, 14, 16, 17, 1),
    (5, SECOND, 17, 17, NAN, NAN, 0), (6, PLACE, 17, 17, 17, NAN, 1),
    (7, FIRST, 17, 17, NAN, NAN, 0),
]  # fmt: skip


def hand_model(**changes: Any) -> PlantModel:
    """The line; its cars are two vehicles in turn, red, red, blue, blue and so on."""
    count = np.arange(8)
    given: dict[str, Any] = {
        "name": "by hand",
        "types": ("suv", "van"),
        "colours": ("red", "blue"),
        "elements": (
            Source("yard", kind="cars"),
            Station("first", "body", (2.0, 2.0)),
            Buffer("place", "body", capacity=1),
            Station("second", "final", (3.0, 3.0)),
            Exit("gate"),
        ),
        "flows": (Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(3, 4)),
        "cars": Cars(
            type=count % 2, colour=count // 2 % 2, release=np.zeros(8),
            day=np.zeros(8, dtype=np.int64), name=tuple(f"order {n}" for n in range(8)),
        ),
        "plan": (6,),
        "net_rate": 18.0,
    }  # fmt: skip
    return PlantModel(**{**given, **changes})


def hand_visits() -> Visits:
    """What each car did."""
    columns = [np.array(column, dtype=np.float64) for column in zip(*VISITS, strict=True)]
    car, element, arrived, started, ended, left, blocked = columns
    return Visits(
        car.astype(np.int64), element.astype(np.int32), np.zeros(len(car), dtype=np.int32),
        arrived, started, ended, left, blocked, np.zeros(len(car)),
    )  # fmt: skip


def hand_tally() -> Tally:
    """What a replication leaves behind."""
    states = np.zeros((5, len(STATES)))
    states[FIRST, [STATES.index("working"), STATES.index("blocked")]] = 15.0, 3.0
    states[SECOND, [STATES.index("working"), STATES.index("starved")]] = 16.0, 2.0
    whole = np.zeros(5, dtype=np.int64)
    return Tally(
        engine="events", end=END, warmup=0.0, events=40,
        exit_time=np.array([5.0, 8.0, 11.0, 14.0, 17.0]), exit_car=np.arange(5),
        exit_type=np.array([0, 1, 0, 1, 0], dtype=np.int32),
        entered=np.array([0.0, 2.0, 4.0, 6.0, 8.0]),
        inside=3, came_in=8, scrapped=0, states=states,
        halts=np.zeros((5, 4), dtype=np.int64),
        passed=np.array([8, 7, 6, 5, 0]), worked=np.array([0, 7, 0, 5, 0]), bad=whole,
        content=np.array([0.0, 1.0, 13 / 18, 16 / 18, 0.0]), peak=np.array([0, 1, 1, 1, 0]),
        setups=whole, stops=np.zeros(0, dtype=np.int64), stop_min=np.zeros(0),
        utility=np.zeros(5),
        levels=np.array([
            [0, 1, 0, 0, 0], [0, 1, 0, 1, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0],
            [0, 1, 1, 1, 0], [0, 1, 1, 1, 0],
        ], dtype=np.int32),
        order_at={PLACE: np.arange(6), SECOND: np.arange(5)}, visits=hand_visits(),
    )  # fmt: skip


@cache
def hand_result() -> SimulationResult:
    """The simulation of two replications, alike for nothing is random."""
    return result_of(hand_model())


def result_of(model: PlantModel) -> SimulationResult:
    """The same as told of a line that differs in what has no part in it."""
    layout = layout_of(model, PARAMS)
    gathered = Gathered(layout, PARAMS.confidence_pct)
    for number in (1, 2):
        gathered.add(digest(layout, hand_tally(), number, PARAMS.sample_min, show=number == 1))
    return SimulationResult(
        plant=model.name,
        cars_a_day=gathered.estimate("cars_a_day"),
        jph_net=gathered.estimate("jph_net"),
        jph_gross=gathered.estimate("jph_gross"),
        lead_time=gathered.estimate("lead_time"),
        warmup=WarmUp(0.0, "given", "as the settings say"),
        simulated=Simulated(1, 2, 80, 0.1, 1, "replications", "events", "by hand", "0"),
        tables=decode(gathered),
        settings=PARAMS.model_dump(mode="json"),
    )
