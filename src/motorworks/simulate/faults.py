"""Elements of a plant that make no sense by themselves."""

from collections.abc import Iterator

from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Element,
    PlantModel,
    Segment,
    Source,
    Station,
)


def faults_of(model: PlantModel, one: Element) -> Iterator[str]:
    """Say what is wrong with one element."""
    if isinstance(one, Station):
        yield from _station(one, len(model.types))
    elif isinstance(one, Buffer):
        if one.capacity < 1 and one.capacity != ENDLESS:
            yield "has no place"
        if one.initial > one.capacity != ENDLESS:
            yield f"holds {one.initial} cars at first, and has {one.capacity} places"
    elif isinstance(one, Segment):
        yield from _segment(one, len(model.types))
    elif isinstance(one, Source):
        if one.mix and len(one.mix) != len(model.types):
            yield f"mixes {len(one.mix)} types, and there are {len(model.types)}"
        if one.kind == "cars" and model.cars is None:
            yield "takes the cars of the plan, and there are none"


def _station(one: Station, types: int) -> Iterator[str]:
    """Say what is wrong with a station."""
    if len(one.time_min) != types:
        yield f"has {len(one.time_min)} times of work, and there are {types} types"
    if one.servers < 1:
        yield "has no server"
    for name, shares in (("first_pass", one.first_pass), ("scrap", one.scrap)):
        if shares and (len(shares) != types or not all(0.0 <= s <= 1.0 for s in shares)):
            yield f"{name} must be a share from 0 to 1 for each type"


def _segment(one: Segment, types: int) -> Iterator[str]:
    """Say what is wrong with a segment."""
    if one.slots < max(1, len(one.places)):
        yield f"has {one.slots} slots for {len(one.places)} work places"
    if one.takt_min <= 0.0:
        yield "has no takt above 0"
    if any(len(place.time_min) != types for place in one.places):
        yield f"each place needs a time of work for each of {types} types"
