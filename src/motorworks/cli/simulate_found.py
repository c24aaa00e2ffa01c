"""What ``motorworks simulate`` found, for those who show and write it."""

import datetime as dt
from dataclasses import dataclass

from motorworks.case.plant_model import PlantModel
from motorworks.case.records.line import Level
from motorworks.result.simulation import SimulationResult
from motorworks.simulate.holdups import Holdups
from motorworks.simulate.improve import Improvement


@dataclass(frozen=True)
class Found:
    """What was found, and of which plant and days (first and last)."""

    model: PlantModel
    span: tuple[dt.date, dt.date]
    level: Level
    result: SimulationResult
    holdups: Holdups
    improvement: Improvement | None
