"""Names beside points on a map, placed so that they do not cover each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

# size of a letter, and its distance from the point, as shares of a map about 1,100 pixels wide
LETTER, LINE, AWAY = 0.006, 0.0145, 0.0085
SIDES = (
    "middle right", "middle left", "top center", "bottom center",
    "top right", "top left", "bottom right", "bottom left",
)  # fmt: skip

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name at a point; ``side`` is empty where there is no room for it."""

    text: str
    x: float
    y: float
    side: str = ""


def box(label: Label, side: str, width: float) -> Box:
    """What a name would cover on a map of that width: left, right, low, high."""
    long, high, away = LETTER * len(label.text) * width, LINE * width, AWAY * width
    upright, across = side.split(" ")
    left = {"right": label.x + away, "left": label.x - away - long}.get(across, label.x - long / 2)
    low = {"top": label.y + 0.7 * away, "bottom": label.y - 0.7 * away - high}.get(
        upright, label.y - high / 2
    )
    return left, left + long, low, low + high


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _free(spot: Box, others: Sequence[Box], west: float, east: float) -> bool:
    return west < spot[0] and spot[1] < east and not any(_meet(spot, other) for other in others)


def placed(labels: Sequence[Label], west: float, east: float) -> list[Label]:
    """Give each label, the most important first, a side where it covers nothing.

    Names stay between the western and the eastern edge of the map.

    Examples
    --------
    >>> crowd = [Label("Germany", 9, 50), Label("France", 12, 50)]
    >>> [label.side for label in placed(crowd, -180, 180)]
    ['middle left', 'middle right']
    """
    width = east - west
    spot = AWAY * width * 0.7
    points = [(at.x - spot, at.x + spot, at.y - spot, at.y + spot) for at in labels]
    names: list[Box] = []
    out = []
    for place, label in enumerate(labels):
        others = [*points[:place], *points[place + 1 :], *names]
        boxes = ((side, box(label, side, width)) for side in SIDES)
        free = ((side, at) for side, at in boxes if _free(at, others, west, east))
        side, at = next(free, ("", None))
        if at is not None:
            names.append(at)
        out.append(replace(label, side=side))
    return out
