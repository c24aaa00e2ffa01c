"""Plants that cannot be simulated, refused in words: all that is wrong with one at once."""

from collections import Counter
from collections.abc import Iterator

from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Element,
    Exit,
    Flow,
    PlantModel,
    Segment,
    Source,
    Station,
)
from motorworks.errors import CaseError, Problem
from motorworks.simulate.encoding.ways import KINDS, flows_by_origin, reached, that_count
from motorworks.simulate.faults import faults_of

_MOST_HEADS = 1000


def refuse(model: PlantModel) -> None:
    """Raise if a plant cannot be simulated.

    Raises
    ------
    CaseError
        With all that is wrong: elements that feed nothing, loops without exit, shares that do not
        add up, stations that no crew can serve, and more.
    """
    found = [*_elements(model), *_people(model), *_flows(model), *_material(model)]
    if not found:
        found = [*_ways(model)]
    if found:
        raise CaseError([Problem(f"plant {model.name}", message) for message in found])


def _elements(model: PlantModel) -> Iterator[str]:
    """Numbers of elements that make no sense by themselves."""
    names = [element.name for element in model.elements]
    for name in sorted(name for name, count in Counter(names).items() if count > 1):
        yield f"{name}: two elements have this name, which must be different"
    if not any(isinstance(one, Source) and not one.pieces for one in model.elements):
        yield "there is no source of cars"
    if not any(isinstance(one, Exit) for one in model.elements):
        yield "there is no exit"
    for one in model.elements:
        yield from (f"{one.name}: {problem}" for problem in faults_of(model, one))


def _people(model: PlantModel) -> Iterator[str]:
    """Failures and stations that no crew can serve."""
    for failure in model.failures:
        one = model.elements[failure.element]
        if not isinstance(one, Station | Segment):
            yield f"{failure.name}: {one.name} is neither a station nor a segment, and cannot fail"
        elif isinstance(one, Segment) and failure.resume == "scrap":
            yield f"{failure.name}: a segment loses no car to a failure (resume or repeat)"
        if failure.crew is not None and failure.heads > model.crews[failure.crew].heads:
            crew = model.crews[failure.crew]
            needs = f"needs {failure.heads} of crew {crew.name}"
            yield f"{failure.name}: {needs}, which has {crew.heads}"
    for one in model.elements:
        if isinstance(one, Station) and one.pool is not None:
            crew = model.crews[one.pool]
            if one.operators > crew.heads:
                needs = f"needs {one.operators} of pool {crew.name}"
                yield f"{one.name}: {needs}, which has {crew.heads}"
    for crew in model.crews:
        if crew.heads > _MOST_HEADS:
            yield f"crew {crew.name}: at most {_MOST_HEADS} heads"


def _flows(model: PlantModel) -> Iterator[str]:
    """Flows that lead nowhere, or join what cannot be joined."""
    feeders = {join.feeder for join in model.joins}
    leaving = flows_by_origin(model)
    for number, one in enumerate(model.elements):
        out = [flow for flow in leaving[number] if flow.kind == "pass"]
        if isinstance(one, Exit):
            if out:
                yield f"{one.name}: an exit feeds nothing"
        elif not out and number not in feeders:
            yield f"{one.name}: feeds nothing"
        yield from (f"{one.name}: {fault}" for fault in _shares(model, leaving[number]))
    for flow in model.flows:
        yield from _flow(model.elements[flow.origin], model.elements[flow.target])


def _shares(model: PlantModel, flows: list[Flow]) -> Iterator[str]:
    """Shares of flows out of an element that do not add up to 1."""
    for type_, kind in ((t, kind) for t in range(len(model.types)) for kind in KINDS):
        shares = [flow.share for flow in that_count(flows, kind, type_)]
        given = [share for share in shares if share is not None]
        if given and (len(given) < len(shares) or abs(sum(given) - 1.0) > 1e-6):
            yield f"shares of type {model.types[type_]} must all be there, sum 1"


def _flow(origin: Element, target: Element) -> Iterator[str]:
    """Say what is wrong with a flow between two elements."""
    if isinstance(target, Source):
        yield f"{origin.name}: leads into source {target.name}"
    if isinstance(origin, Source) and origin.kind == "saturated":
        endless = isinstance(target, Buffer) and target.capacity == ENDLESS
        if isinstance(target, Exit) or endless:
            yield f"{origin.name}: is never empty, and {target.name} never full"
    if _waits_before(origin) and isinstance(target, Segment):
        yield (
            f"{origin.name}: blocks before service, but no place of segment {target.name} can be "
            "kept, as it moves on meanwhile; block after service, or put a buffer between"
        )


def _waits_before(one: Element) -> bool:
    """Whether an element is a station that blocks before service."""
    return isinstance(one, Station) and one.blocking == "before"


def _material(model: PlantModel) -> Iterator[str]:
    """Joins and carriers that cannot work."""
    for join in model.joins:
        station, feeder = model.elements[join.element], model.elements[join.feeder]
        if not isinstance(station, Station):
            yield f"{station.name}: pieces are joined at stations"
        if not isinstance(feeder, Buffer) or feeder.layout != "fifo":
            yield f"{feeder.name}: pieces are taken from a buffer, layout fifo"
        elif max(join.quantity) > feeder.capacity != ENDLESS:
            yield f"{feeder.name}: holds fewer than the {max(join.quantity)} pieces of a car"
    for loop in model.carriers:
        if loop.count < 1:
            yield f"{loop.name}: there is no carrier"
        if any((flow.origin, flow.target) == (loop.last, loop.first) for flow in model.flows):
            ends = f"{model.elements[loop.last].name} to {model.elements[loop.first].name}"
            yield f"{loop.name}: cars go on from {ends} at once; put a buffer between"


def _ways(model: PlantModel) -> Iterator[str]:
    """Elements that a type comes to and has no way on from, and loops without exit."""
    leaving = flows_by_origin(model)
    for type_, name in enumerate(model.types):
        following = [
            {flow.target for kind in KINDS for flow in that_count(flows, kind, type_)}
            for flows in leaving
        ]
        seen = set(reached(following, _entries(model, type_)))
        ends = {i for i, one in enumerate(model.elements) if isinstance(one, Exit)}
        ends |= {join.feeder for join in model.joins}
        preceding: list[set[int]] = [set() for _ in following]
        for origin, targets in enumerate(following):
            for target in targets:
                preceding[target].add(origin)
        leaves = set(reached(preceding, ends))
        for number in sorted(seen - leaves):
            element = model.elements[number]
            yield f"{element.name}: cars of type {name} come here and have no way to an exit"
    timeless = [
        {flow.target for flow in leaving[i] if _timeless(model, flow.target)}
        if _timeless(model, i)
        else set()
        for i in range(len(model.elements))
    ]
    for number, targets in enumerate(timeless):
        if number in set(reached(timeless, targets)):
            yield f"{model.elements[number].name}: cars come back here in no time"


def _timeless(model: PlantModel, number: int) -> bool:
    """Whether a car may pass an element in no time."""
    one = model.elements[number]
    return isinstance(one, Buffer) and one.transfer_min == 0.0


def _entries(model: PlantModel, type_: int) -> set[int]:
    """Sources from which cars or pieces of a type come."""
    entries = set()
    for number, one in enumerate(model.elements):
        if isinstance(one, Source):
            by_plan = model.cars is not None and (one.pieces or one.kind == "cars")
            planned = model.cars is not None and bool((model.cars.type == type_).any())
            mixed = not one.mix or (len(one.mix) > type_ and one.mix[type_] > 0.0)
            if planned if by_plan else mixed:
                entries.add(number)
    return entries
