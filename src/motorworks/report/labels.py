"""Names beside points on a map, placed so that they do not cover each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

# size of a letter in degrees of the equator on a map about 1,100 pixels wide
LETTER, LINE = 2.15, 5.2
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


def box(label: Label, side: str) -> Box:
    """What a name would cover: left, right, low, high."""
    width = LETTER * len(label.text)
    height, away = LINE, 3.0
    high, across = side.split(" ")
    left = {"right": label.x + away, "left": label.x - away - width}.get(
        across, label.x - width / 2
    )
    low = {"top": label.y + away * 0.7, "bottom": label.y - away * 0.7 - height}.get(
        high, label.y - height / 2
    )
    return left, left + width, low, low + height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def placed(labels: Sequence[Label]) -> list[Label]:
    """Give each label, the most important first, a side where it covers nothing.

    Examples
    --------
    >>> crowd = [Label("Germany", 9, 50), Label("France", 12, 50)]
    >>> [label.side for label in placed(crowd)]
    ['middle left', 'middle right']
    """
    taken: list[Box] = [(label.x - 2, label.x + 2, label.y - 2, label.y + 2) for label in labels]
    out = []
    for place, label in enumerate(labels):
        others = taken[:place] + taken[place + 1 : len(labels)] + taken[len(labels) :]
        free = (side for side in SIDES if not any(_meet(box(label, side), o) for o in others))
        side = next(free, "")
        if side:
            taken.append(box(label, side))
        out.append(replace(label, side=side))
    return out
