"""Simulations of days that are in order: whether the plant can really build them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from motorworks.case.case import Case
from motorworks.case.day_on_line import plant_of
from motorworks.case.plant_model import PlantModel
from motorworks.case.volumes import working_days
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.simulated_days import SimulatedDays, SimulatedSpan, model_of_span
from motorworks.simulate.car_times import with_cars
from motorworks.simulate.holdups import find_holdups, with_holdups
from motorworks.simulate.measure import day_edges
from motorworks.simulate.run import simulate
from motorworks.simulate.settings import SimulateSettings
from motorworks.simulate.trial import Trial

_TRIED = 10


def simulate_days(
    case: Case,
    days: DaysResult,
    *,
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> SimulatedDays:
    """Simulate the days of a run with their cars in order, a simulation for each stretch of days.

    The day before those asked for, where there is one, fills the plant and is cut off.

    Parameters
    ----------
    case
        The resolved case.
    days
        Its days in sequence.
    progress
        Called with the number of replications done and their count.

    Raises
    ------
    CaseError
        Where the tables of a plant contradict themselves.
    InfeasibleError
        Where a plant comes to a standstill for ever.
    """
    settings = SimulateSettings(**case.info.simulate)
    spans = [
        _simulated(case, settings, plant, stretch, progress)
        for plant, own in _by_plant(case, days.days).items()
        for stretch in stretches(own, working_days(case, plant))
    ]
    return SimulatedDays(tuple(spans), settings=settings.model_dump(mode="json"))


def _by_plant(case: Case, days: Sequence[DaySequence]) -> dict[str, list[DaySequence]]:
    """Days of the first line in sequence of each plant: its cars are those of the plant."""
    lines: dict[str, str] = {}
    found: dict[str, list[DaySequence]] = {}
    for one in days:
        plant = plant_of(case, one.line)
        if lines.setdefault(plant, one.line) == one.line:
            found.setdefault(plant, []).append(one)
    return found


def stretches(days: Sequence[DaySequence], working: Sequence[dt.date]) -> list[list[DaySequence]]:
    """Days between which there is no other working day; each stretch has a day asked for."""
    place = {day: number for number, day in enumerate(working)}
    found: list[list[DaySequence]] = []
    for one in sorted(days, key=lambda day: day.date):
        if found and place[one.date] - place[found[-1][-1].date] <= 1:
            found[-1].append(one)
        else:
            found.append([one])
    return [stretch for stretch in found if any(one.asked for one in stretch)]


def _simulated(
    case: Case,
    settings: SimulateSettings,
    plant: str,
    stretch: Sequence[DaySequence],
    progress: Callable[[int, int], None],
) -> SimulatedSpan:
    first = stretch[0].date
    count = (stretch[-1].date - first).days + 1
    model = model_of_span(case, plant, first, count, settings.level, stretch)
    warmup = _warmup(model, settings, stretch)
    params = settings.simulation.model_copy(
        update={"days": count, "warmup": warmup, "visits": max(1, settings.visits)}
    )
    result = simulate(model, params, on_progress=lambda seen: progress(seen.done, seen.planned))
    trial = Trial(
        seed=params.seed, replications=min(_TRIED, params.replications),
        until_min=float(day_edges(model, count)[-1]), warmup_min=warmup, engine=params.engine,
        workers=params.workers,
    )  # fmt: skip
    found = find_holdups(model, trial)
    told = with_holdups(result, found)
    told = replace(told, tables=with_cars(dict(told.tables), model))
    return SimulatedSpan(plant, first, count, settings.level, told)


def _warmup(model: PlantModel, settings: SimulateSettings, stretch: Sequence[DaySequence]) -> float:
    """Minutes before the first day asked for, unless the settings say another number."""
    if settings.warmup != "mser5":
        return settings.warmup
    begin: dt.date = next(one.date for one in stretch if one.asked)
    return float(day_edges(model, (begin - stretch[0].date).days)[-1])
