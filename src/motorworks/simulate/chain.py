"""Find out whether a plant is a single line from a source to an exit."""

from dataclasses import dataclass

from motorworks.case.plant_model import Buffer, Exit, Flow, PlantModel, Segment, Source, Station


@dataclass(frozen=True)
class Chain:
    """A line by numbers of elements: ``gaps[j]`` is the buffer before station j, None without.

    The last of the gaps lies between the last station and the exit.
    """

    source: int
    stations: tuple[int, ...]
    gaps: tuple[int | None, ...]
    exit: int


def chain_of(model: PlantModel) -> Chain | str:
    """Find the line that a plant is; or say in words why it is none."""
    if reason := _beside(model):
        return reason
    following = _following(model.flows)
    sources = [i for i, one in enumerate(model.elements) if isinstance(one, Source)]
    if following is None or len(sources) != 1:
        return "cars take more than one way"
    stations: list[int] = []
    gaps: list[int | None] = [None]
    at = sources[0]
    for _ in model.elements[1:]:
        at = following.get(at, -1)
        element = model.elements[at] if at >= 0 else None
        if isinstance(element, Station):
            stations.append(at)
            gaps.append(None)
        elif isinstance(element, Buffer):
            if gaps[-1] is not None:
                return f"buffer {element.name} follows a buffer"
            gaps[-1] = at
        else:
            break
    if not stations or at < 0 or not isinstance(model.elements[at], Exit):
        return "stations and buffers in a row do not end at an exit"
    if len(model.elements) != 2 + len(stations) + sum(gap is not None for gap in gaps):
        return "some elements stand beside the line"
    return Chain(sources[0], tuple(stations), tuple(gaps), at)


def _beside(model: PlantModel) -> str | None:
    """What there is that a plain line has not."""
    there: list[tuple[object, str]] = [
        (model.calendars, "there are calendars"),
        (model.maintenance, "there is planned maintenance"),
        (model.carriers, "cars ride on carriers"),
        (model.joins, "pieces are joined to cars"),
        (model.parts, "parts come in by a table"),
        (model.ramps, "a type is being launched"),
        (any(isinstance(one, Segment) for one in model.elements), "cars move on a conveyor as one"),
    ]
    return next((reason for there_is, reason in there if there_is), None)


def _following(flows: tuple[Flow, ...]) -> dict[int, int] | None:
    """Next element by element; None where one has several, or only for some types."""
    after = {flow.origin: flow.target for flow in flows}
    plain = all(not flow.types and flow.kind == "pass" for flow in flows)
    whole = all(flow.share in (None, 1.0) for flow in flows)
    return after if plain and whole and len(after) == len(flows) else None
