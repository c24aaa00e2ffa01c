"""Names of the streams of random numbers of a plant: what each draw is called by, in every engine.

A stream is named after what it is for, never after a place in a list, so that a model with one
station more draws the same numbers at all others.
"""

from motorworks.case.plant_model import Failure, Place, PlantModel, Segment

AGAIN = 1 << 40
"""Step of the index of draws for a car each time that it comes back: ``car + AGAIN * before``."""


def arrivals(source: str) -> str:
    """Time from arrival k - 1 (from minute 0 for k = 0) to arrival k at a source; index k."""
    return f"source {source} every"


def types(source: str) -> str:
    """Type of the k-th car of a source that draws them; index k."""
    return f"source {source} type"


def time(element: str) -> str:
    """Factor on the time of work at a station; index of the car and its visit."""
    return f"element {element} time"


def place_time(segment: Segment, place: Place) -> str:
    """Factor on the time of work at a place of a segment; index of the car and its visit."""
    return f"element {segment.name} place {place.name} time"


def scrap(element: str) -> str:
    """Whether a car is scrapped after work at an element; index of the car and its visit."""
    return f"element {element} scrap"


def first_pass(element: str) -> str:
    """Whether a car passes after work at an element; index of the car and its visit."""
    return f"element {element} pass"


def flow(element: str) -> str:
    """Which flow of several with shares a car takes; index of the car and its visit."""
    return f"element {element} flow"


def up(model: PlantModel, failure: Failure, server: int) -> str:
    """Time until a failure strikes a server of its element; index: how often it has before."""
    return f"failure {failure.name} at {model.elements[failure.element].name} {server} up"


def down(model: PlantModel, failure: Failure, server: int) -> str:
    """Time that a repair takes; index: how often the failure has struck this server before."""
    return f"failure {failure.name} at {model.elements[failure.element].name} {server} down"


def absence(crew: str) -> str:
    """Whether head h of a crew is away in its s-th shift; index s x 1000 + h."""
    return f"crew {crew} absence"
