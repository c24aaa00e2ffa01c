"""A plant changed in one place: what gains try, and what a search for improvements goes through."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from motorworks.case.plant_model import Buffer, Element, Flow, PlantModel, Segment, Station

T = TypeVar("T")


def faster(model: PlantModel, element: int, percent: float = 1.0) -> PlantModel:
    """The plant with shorter times at a station or segment: its pace rises by ``percent``.

    Examples
    --------
    >>> line = PlantModel("line", ("car",), (Station("weld", "body", (2.02,)),), ())
    >>> faster(line, 0).elements[0].time_min
    (2.0,)
    """
    factor = 1.0 / (1.0 + percent / 100.0)
    one = model.elements[element]
    if isinstance(one, Station):
        quick: Element = replace(one, time_min=_scaled(one.time_min, factor))
    elif isinstance(one, Segment):
        places = tuple(
            replace(place, time_min=_scaled(place.time_min, factor)) for place in one.places
        )
        quick = replace(one, takt_min=one.takt_min * factor, places=places)
    else:
        msg = f"{one.name} does no work, so it cannot be faster"
        raise TypeError(msg)
    return _with_element(model, element, quick)


def shorter_repair(model: PlantModel, failure: int, minutes: float = 1.0) -> PlantModel:
    """The plant with repairs of a failure shorter by ``minutes``, or gone where they were less."""
    one = model.failures[failure]
    down = replace(one.down, mean=max(0.0, one.down.mean - minutes))
    failures = _changed(model.failures, failure, replace(one, down=down))
    return replace(model, failures=failures)


def roomier(model: PlantModel, buffer: int, places: int = 1) -> PlantModel:
    """The plant with more places in a buffer."""
    one = model.elements[buffer]
    if not isinstance(one, Buffer) or one.capacity < 0:
        msg = f"{one.name} has no places to be counted"
        raise TypeError(msg)
    return _with_element(model, buffer, replace(one, capacity=one.capacity + places))


def more_heads(model: PlantModel, crew: int, heads: int = 1) -> PlantModel:
    """The plant with more people in a crew or pool."""
    one = model.crews[crew]
    return replace(model, crews=_changed(model.crews, crew, replace(one, heads=one.heads + heads)))


def more_carriers(model: PlantModel, loop: int, count: int = 1) -> PlantModel:
    """The plant with more skids or hangers in a loop."""
    one = model.carriers[loop]
    more = replace(one, count=one.count + count)
    return replace(model, carriers=_changed(model.carriers, loop, more))


def pressed(model: PlantModel, cars: int) -> PlantModel:
    """The plant with a car always at hand and no overtime: what it can do, whatever is planned.

    The cars of the model may enter at once and come again and again in their order, until there are
    at least so many. Sources with arrivals of their own keep them.
    """
    calendars = tuple(replace(one, overtime=np.zeros_like(one.overtime)) for one in model.calendars)
    given = model.cars
    if given is None or not len(given.type):
        return replace(model, calendars=calendars)
    times = max(1, -(-cars // len(given.type)))
    again = replace(
        given,
        type=np.tile(given.type, times),
        colour=np.tile(given.colour, times),
        release=np.zeros(times * len(given.type)),
        day=np.tile(given.day, times),
        name=(),
    )
    return replace(model, calendars=calendars, cars=again)


def without_empty_buffers(model: PlantModel) -> PlantModel:
    """The plant with cars handed on at once where a buffer has no place at all.

    Examples
    --------
    >>> line = PlantModel(
    ...     "line", ("car",),
    ...     (Station("a", "", (1.0,)), Buffer("b", "", capacity=0), Station("c", "", (1.0,))),
    ...     (Flow(0, 1), Flow(1, 2)))
    >>> short = without_empty_buffers(line)
    >>> [one.name for one in short.elements], [(f.origin, f.target) for f in short.flows]
    (['a', 'c'], [(0, 1)])
    """
    held = {loop.first for loop in model.carriers} | {loop.last for loop in model.carriers}
    held |= {join.feeder for join in model.joins} | {stop.element for stop in model.failures}
    for number in reversed(range(len(model.elements))):
        one = model.elements[number]
        if isinstance(one, Buffer) and one.capacity == 0 and number not in held:
            model = _bypassed(model, number)
    return model


def _bypassed(model: PlantModel, gone: int) -> PlantModel:
    """The plant without an element; flows into it go where those out of it went."""
    out = [flow for flow in model.flows if flow.origin == gone]
    flows: list[Flow] = []
    for flow in model.flows:
        if flow.target == gone:
            flows += [joined for onward in out if (joined := _joined(flow, onward)) is not None]
        elif flow.origin != gone:
            flows.append(flow)

    def at(element: int) -> int:
        return element - (element > gone)

    return replace(
        model,
        elements=(*model.elements[:gone], *model.elements[gone + 1 :]),
        flows=tuple(replace(one, origin=at(one.origin), target=at(one.target)) for one in flows),
        failures=tuple(replace(one, element=at(one.element)) for one in model.failures),
        maintenance=tuple(replace(one, element=at(one.element)) for one in model.maintenance),
        carriers=tuple(
            replace(one, first=at(one.first), last=at(one.last)) for one in model.carriers
        ),
        joins=tuple(
            replace(one, element=at(one.element), feeder=at(one.feeder)) for one in model.joins
        ),
        parts=tuple(replace(one, element=at(one.element)) for one in model.parts),
    )


def _joined(first: Flow, then: Flow) -> Flow | None:
    """Two flows as one; None where no type of car takes both."""
    types = first.types or then.types
    if first.types and then.types:
        types = tuple(sorted(set(first.types) & set(then.types)))
        if not types:
            return None
    shares = [share for share in (first.share, then.share) if share is not None]
    share = float(np.prod(shares)) if shares else None
    return Flow(first.origin, then.target, share, types, first.kind)


def _with_element(model: PlantModel, number: int, element: Element) -> PlantModel:
    return replace(model, elements=_changed(model.elements, number, element))


def _changed(items: Sequence[T], number: int, item: T) -> tuple[T, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _scaled(times: Sequence[float], factor: float) -> tuple[float, ...]:
    return tuple(time * factor for time in times)
