"""Theory as cases: lines and queues in the tables of a case, run by the product itself."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from motorworks.case.column import Record
from motorworks.case.plant_model import PlantModel
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.line import Failure
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import replicate
from motorworks.simulate.tally import EngineName, Tally
from tests.subjects.plants import case_of, station, store


def model_of(*rows: Record) -> PlantModel:
    """The plant of a case with these rows."""
    return plant_of_case(case_of(*rows), "site", level="station")


def line_of_tables(
    times: Sequence[float],
    places: Sequence[int],
    stops: Sequence[dict[str, Any]] = (),
    **of_stations: Any,
) -> PlantModel:
    """Stations ``m1``, ``m2``, ... with mean times in minutes, and stores between them.

    ``stops`` has a failure for each station, from the first on.
    """
    rows: list[Record] = [
        station(f"m{i}", i, 60.0 * time, **of_stations) for i, time in enumerate(times, 1)
    ]
    rows += [store(f"b{i}", f"m{i}", f"m{i + 1}", room) for i, room in enumerate(places, 1) if room]
    rows += [Failure(failure=f"f{i}", station=f"m{i}", **stop) for i, stop in enumerate(stops, 1)]
    return model_of(*rows)


def pace(tally: Tally) -> float:
    """Cars a minute after the warm-up."""
    return float((tally.exit_time > tally.warmup).sum() / (tally.end - tally.warmup))


def content(*elements: int) -> Callable[[Tally], float]:
    """Mean number of cars in elements."""
    return lambda tally: float(tally.content[list(elements)].sum())


def expect(
    model: PlantModel,
    value: Callable[[Tally], float],
    exact: float,
    within: float,
    engine: EngineName,
    *,
    seed: int = 1,
    **span: Any,
) -> None:
    """Hold a mean over 16 replications against theory.

    It lies within 4 standard errors of ``exact``, and these are less than the share ``within`` of
    it: so the test cannot pass because it knows nothing.
    """
    encoded = encode(model)
    tallies = [replicate(encoded, seed=seed, replication=r, **span) for r in range(16)]
    assert tallies[0].engine == engine
    values = np.array([value(tally) for tally in tallies])
    slack = 4.0 * float(values.std(ddof=1)) / math.sqrt(len(values))
    assert slack <= within * exact, f"known to {slack} only"
    assert abs(float(values.mean()) - exact) <= slack, f"{values.mean()} is not {exact}"
