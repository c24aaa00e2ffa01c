"""What the figures of a simulation need to know of a plant, worked out once."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Calendar, Exit, PlantModel, Segment, Source, Station
from motorworks.errors import CaseError, Problem
from motorworks.simulate.measure import day_edges, minutes_a_day, plant_hours
from motorworks.simulate.params import DAY_MIN, SimulateParams

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """A plant as its figures see it; n elements, t types.

    Parameters
    ----------
    model
        The plant.
    servers
        (n,) servers of stations, 1 for a segment, 0 for all that does no work.
    last
        Stations and segments from which cars leave the plant, perhaps through a store.
    of_cars
        (n,) whether cars come by, not only pieces for a join.
    listed
        Whether the numbers of cars are places in the model's list of cars.
    shops, shop_of
        Shops in the order of their elements; (n,) the shop of each element, -1 outside all.
    points
        Elements behind which the order of cars is looked at.
    piece_min
        (n, t) planned minutes for a piece of each type; NaN for types that never come by.
    hours, day_min
        When anything is open, and open minutes of a working day.
    until_min, until_cars
        When a replication ends, whichever comes first.
    days
        Days of the span; 0 where its end is not known beforehand.
    day_begins
        (days,) minutes at which they begin.
    """

    model: PlantModel
    servers: Integers
    last: tuple[int, ...]
    of_cars: NDArray[np.bool_]
    listed: bool
    shops: tuple[str, ...]
    shop_of: Integers
    points: tuple[int, ...]
    piece_min: Floats
    hours: Calendar | None
    day_min: float
    until_min: float | None
    until_cars: int | None
    days: int
    day_begins: Floats


def layout_of(model: PlantModel, params: SimulateParams) -> Layout:
    """Work out what figures need.

    Raises
    ------
    CaseError
        Where nothing says how long to simulate, or a name is none of the plant's elements.
    """
    until_min, of_cars = _until(model, params), _of_cars(model)
    edges = day_edges(model, 0 if until_min is None else math.ceil(until_min / DAY_MIN))
    days = int(np.searchsorted(edges, (until_min or 0.0) - 1e-6))
    inner = [not isinstance(one, Source | Exit) for one in model.elements]
    shops = tuple(dict.fromkeys(
        one.shop for one, counts in zip(model.elements, inner, strict=True) if counts
    ))  # fmt: skip
    places = {shop: number for number, shop in enumerate(shops)}
    return Layout(
        model=model,
        servers=np.array([_servers(one) for one in model.elements], dtype=np.int64),
        last=_last(model),
        of_cars=of_cars,
        listed=_listed(model),
        shops=shops,
        shop_of=np.array([
            places[one.shop] if counts else -1
            for one, counts in zip(model.elements, inner, strict=True)
        ], dtype=np.int64),
        points=_points(model, params, of_cars),
        piece_min=_piece_min(model),
        hours=plant_hours(model),
        day_min=minutes_a_day(model),
        until_min=until_min,
        until_cars=params.until_cars,
        days=days,
        day_begins=edges[:days],
    )  # fmt: skip


def _listed(model: PlantModel) -> bool:
    """Whether all cars come from the model's list."""
    sources = [one for one in model.elements if isinstance(one, Source) and not one.pieces]
    return model.cars is not None and [one.kind for one in sources] == ["cars"]


def _until(model: PlantModel, params: SimulateParams) -> float | None:
    """Minutes to simulate: as told, else as far as plan and calendars reach."""
    if params.days is not None:
        return float(day_edges(model, params.days)[-1])
    if params.until_min is not None or params.until_cars is not None:
        return params.until_min
    opened = [one.open[-1, 1] for one in model.calendars if len(one.open)]
    days = max(len(model.plan), len(model.day_begins) - 1)
    days = days or math.ceil(max(opened, default=0.0) / DAY_MIN - 1e-9)
    if days == 0:
        message = "nothing says how long to simulate: the plant has neither plan nor calendar"
        raise CaseError([Problem("simulate", f"{message}; give days, until_min or until_cars")])
    return float(day_edges(model, days)[-1])


def _servers(element: object) -> int:
    if isinstance(element, Station):
        return element.servers
    return 1 if isinstance(element, Segment) else 0


def _last(model: PlantModel) -> tuple[int, ...]:
    """Stations and segments with nothing but stores between them and an exit."""
    found: set[int] = set()
    seen: set[int] = set()
    todo = [n for n, one in enumerate(model.elements) if isinstance(one, Exit)]
    while todo:
        target = todo.pop()
        for flow in model.flows:
            if flow.target != target or flow.origin in seen:
                continue
            seen.add(flow.origin)
            if _servers(model.elements[flow.origin]):
                found.add(flow.origin)
            else:
                todo.append(flow.origin)
    return tuple(sorted(found))


def _points(
    model: PlantModel, params: SimulateParams, of_cars: NDArray[np.bool_]
) -> tuple[int, ...]:
    """Elements asked for; else those from which cars go on to another shop or out."""
    if params.order_at is not None:
        places = {one.name: n for n, one in enumerate(model.elements)}
        problems = [
            Problem("simulate", "is none of the plant's elements", None, "order_at", name)
            for name in params.order_at
            if name not in places
        ]
        if problems:
            raise CaseError(problems)
        return tuple(places[name] for name in params.order_at)
    leaves = {
        flow.origin
        for flow in model.flows
        if flow.kind == "pass"
        and not isinstance(model.elements[flow.origin], Source)
        and (
            isinstance(model.elements[flow.target], Exit)
            or model.elements[flow.target].shop != model.elements[flow.origin].shop
        )
    }
    return tuple(n for n in sorted(leaves) if of_cars[n])


def _of_cars(model: PlantModel) -> NDArray[np.bool_]:
    """Whether cars come by an element, not only pieces for a join."""
    reached = _reached(
        model,
        {n for n, one in enumerate(model.elements) if isinstance(one, Source) and not one.pieces},
    )
    return np.array([n in reached for n in range(len(model.elements))], dtype=np.bool_)


def _reached(model: PlantModel, begin: set[int], kind: int | None = None) -> set[int]:
    """Elements that can be reached, by cars of one type or of any."""
    seen, todo = set(begin), list(begin)
    while todo:
        origin = todo.pop()
        for flow in model.flows:
            open_to = kind is None or not flow.types or kind in flow.types
            if flow.origin == origin and open_to and flow.target not in seen:
                seen.add(flow.target)
                todo.append(flow.target)
    return seen


def _piece_min(model: PlantModel) -> Floats:
    """Planned minutes for a piece by element and type; NaN for types that never come by."""
    minutes = np.full((len(model.elements), len(model.types)), np.nan)
    sources = {n for n, one in enumerate(model.elements) if isinstance(one, Source)}
    for kind in range(len(model.types)):
        for n in _reached(model, sources, kind):
            one = model.elements[n]
            if isinstance(one, Station):
                minutes[n, kind] = one.time_min[kind]
            elif isinstance(one, Segment):
                minutes[n, kind] = one.takt_min
    return minutes
