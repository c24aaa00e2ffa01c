"""What holds a plant back and what would help: all methods on one set of replications.

They look at the plant with cars always at hand (:func:`motorworks.simulate.trial.pressed_for`): a
plant that has built all that was planned waits for orders, and nothing holds it back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.case.case import table_of
from motorworks.case.plant_model import Buffer, PlantModel, Segment, Source, Station
from motorworks.result.bottleneck_records import (
    SimBottleneck,
    SimGain,
    SimPace,
    SimPlace,
    SimScene,
    SimSplit,
    SimWay,
)
from motorworks.result.simulation import SimulationResult
from motorworks.simulate.active_periods import ActiveShare, active_shares
from motorworks.simulate.bottleneck import TurningPoint, state_shares, turning_points
from motorworks.simulate.gains import Gain, Gains, find_gains, worth_trying
from motorworks.simulate.improve import Improvement
from motorworks.simulate.measure import cars_a_day, interval
from motorworks.simulate.paces import ShopPace, shop_paces
from motorworks.simulate.tally import Tally
from motorworks.simulate.trial import Trial, pressed_for

Floats = NDArray[np.float64]

TURNING, ACTIVE = "turning point", "active period"
_SHIFT_MIN, _FRAME_MIN = 480.0, 5.0


@dataclass(frozen=True)
class Holdups:
    """What was found.

    Parameters
    ----------
    cars_a_day, low, high
        What the plant does with cars always at hand, with the interval of the mean.
    turning, active
        Bottlenecks by the turning-point and the active-period method, strongest first.
    paces
        Pace of each shop.
    gains
        By derivative, where they were asked for.
    tallies
        The replications, the first with visits.
    """

    model: PlantModel
    cars_a_day: float
    low: float
    high: float
    turning: tuple[TurningPoint, ...]
    active: tuple[ActiveShare, ...]
    paces: tuple[ShopPace, ...]
    tallies: tuple[Tally, ...]
    gains: Gains | None = None


def find_holdups(
    model: PlantModel,
    trial: Trial,
    *,
    gains: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, count: None,
) -> Holdups:
    """Look for what holds a plant back.

    Parameters
    ----------
    model
        The plant, as planned.
    trial
        How to try plants; it ends at a minute, or the plant has a source that never runs dry.
    gains
        Whether to find gains by derivative too, which takes a simulation for each change.
    on_progress
        Called with the number of plants simulated and their count, while gains are found.
    """
    ready = model if trial.until_min is None else pressed_for(model, trial.until_min)
    tallies = trial.tallies(ready, visits=True)
    paces = np.array([cars_a_day(ready, tally) for tally in tallies])
    found = None
    if gains:
        tried, rest = worth_trying(ready, tallies)
        found = find_gains(ready, trial, tried, left_out=rest, on_progress=on_progress)
    low, high = interval(paces)
    return Holdups(
        ready, float(paces.mean()), low, high,
        tuple(turning_points(ready, state_shares(tallies))),
        tuple(active_shares(ready, tallies[0])),
        tuple(shop_paces(ready, tallies)), tuple(tallies), found,
    )  # fmt: skip


def told_turning(model: PlantModel, point: TurningPoint) -> str:
    """A turning point in words."""
    return (
        f"{model.elements[point.element].name}: its neighbours wait for it "
        f"{100.0 * point.waited_for:.1f} % of the time, it waits {100.0 * point.waits:.1f} % itself"
    )


def told_active(model: PlantModel, share: ActiveShare) -> str:
    """A bottleneck of the moment in words."""
    return (
        f"{model.elements[share.element].name}: the longest at work without a wait "
        f"{100.0 * share.share:.0f} % of the time, alone {100.0 * share.sole:.0f} %"
    )


def with_holdups(
    result: SimulationResult, found: Holdups, improvement: Improvement | None = None
) -> SimulationResult:
    """The result with tables of bottlenecks, paces and gains, and those a picture is made from."""
    tables = {
        "sim_bottlenecks": table_of(SimBottleneck, _bottlenecks(found)),
        "sim_paces": table_of(SimPace, _paces(found)),
        "sim_gains": table_of(SimGain, [] if found.gains is None else _gains(found.gains.gains)),
        "sim_improvement": table_of(SimSplit, [] if improvement is None else _split(improvement)),
        **picture(found.model, found.tallies[0]),
    }
    return replace(result, tables={**result.tables, **tables})


def _bottlenecks(found: Holdups) -> list[SimBottleneck]:
    model = found.model
    rows = [
        (TURNING, rank, one.element, one.waited_for, one.waits, told_turning(model, one))
        for rank, one in enumerate(found.turning, 1)
    ]
    rows += [
        (ACTIVE, rank, one.element, one.sole, one.shifting, told_active(model, one))
        for rank, one in enumerate(found.active, 1)
    ]
    return [
        SimBottleneck(
            method=method, rank=rank, element=model.elements[element].name,
            shop=model.elements[element].shop, share=100.0 * share, other=100.0 * other,
            words=words,
        )
        for method, rank, element, share, other, words in rows
    ]  # fmt: skip


def _paces(found: Holdups) -> list[SimPace]:
    return [
        SimPace(
            shop=one.shop, element=found.model.elements[one.element].name, pace=one.pace,
            flow=one.flow, low=_finite(one.low), high=_finite(one.high), waits=100.0 * one.waits,
            sets_pace=one.sets_pace,
        )
        for one in found.paces
    ]  # fmt: skip


def _gains(gains: Sequence[Gain]) -> list[SimGain]:
    return [
        SimGain(
            change=one.change.kind, name=one.change.name, shop=one.change.shop, gain=one.gain,
            low=_finite(one.low), high=_finite(one.high), words=str(one),
        )
        for one in gains
    ]  # fmt: skip


def _split(found: Improvement) -> list[SimSplit]:
    return [
        SimSplit(name=place.name, has=place.has, more=more)
        for place, more in zip(found.places, found.split, strict=True)
    ]


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def picture(model: PlantModel, tally: Tally) -> dict[str, pl.DataFrame]:
    """Tables from which the plant is drawn: its elements, ways, and cars over a shift.

    Parameters
    ----------
    model
        The plant.
    tally
        A replication with visits.
    """
    names = [one.name for one in model.elements]
    ways: list[tuple[str, str, str]] = [
        (names[one.origin], names[one.target], one.kind) for one in model.flows
    ]
    ways += [(names[one.feeder], names[one.element], "join") for one in model.joins]
    places = [
        SimPlace(element=one.name, kind=_kind(one), shop=one.shop, room=_room(one))
        for one in model.elements
    ]
    return {
        "sim_places": table_of(SimPlace, places),
        "sim_ways": table_of(SimWay, [
            SimWay(origin=origin, target=target, kind=kind)
            for origin, target, kind in dict.fromkeys(ways)
        ]),
        "sim_scene": table_of(SimScene, _scene(model, tally)),
    }  # fmt: skip


def _kind(element: object) -> str:
    kinds = {Source: "source", Station: "station", Buffer: "buffer", Segment: "segment"}
    return kinds.get(type(element), "exit")


def _room(element: object) -> int | None:
    if isinstance(element, Station):
        return element.servers
    if isinstance(element, Segment):
        return element.slots
    if isinstance(element, Buffer) and element.capacity >= 0:
        return element.capacity
    return None


def _scene(model: PlantModel, tally: Tally) -> list[SimScene]:
    """Cars in each element by vehicle, every few minutes of a shift of the plant at work."""
    visits = tally.visits
    if visits is None:
        return []
    begin = _shift_begin(model, tally)
    end = min(begin + _SHIFT_MIN, tally.end)
    minutes = np.arange(begin, end + 1e-9, _FRAME_MIN)
    kinds = _types_of_cars(model, tally)
    counts: dict[tuple[int, str], NDArray[np.int64]] = {}
    leaving = np.nan_to_num(visits.left, nan=np.inf)
    for row in np.flatnonzero((visits.arrived < end) & (leaving > begin)):
        kind = kinds.get(int(visits.car[row]))
        if kind is not None:
            key = int(visits.element[row]), model.types[kind].split("+")[0]
            first, last = np.searchsorted(minutes, [visits.arrived[row], leaving[row]])
            counts.setdefault(key, np.zeros(len(minutes), dtype=np.int64))[first:last] += 1
    return [
        SimScene(minute=float(minute), element=model.elements[element].name, vehicle=vehicle,
                 cars=int(count))
        for (element, vehicle), series in sorted(counts.items())
        for minute, count in zip(minutes, series, strict=True)
        if count
    ]  # fmt: skip


def _types_of_cars(model: PlantModel, tally: Tally) -> dict[int, int]:
    """Type by number of car; of cars drawn on the way, those that left. Pieces have none."""
    if model.cars is not None:
        return dict(enumerate(model.cars.type.tolist()))
    return dict(zip(tally.exit_car.tolist(), tally.exit_type.tolist(), strict=True))


def _shift_begin(model: PlantModel, tally: Tally) -> float:
    """Beginning of the first shift after the warm-up in which cars come out of the plant.

    Where no shift begins so late, the first after the warm-up; where none does, the warm-up's end.
    """
    begins = np.sort(np.concatenate([one.open[:, 0] for one in model.calendars] or [np.zeros(0)]))
    filled = max(tally.warmup, float(tally.exit_time.min(initial=np.inf)))
    for since in (filled, tally.warmup):
        later = begins[begins >= since - 1e-9]
        if len(later):
            return float(later[0])
    return tally.warmup
