"""Where each element of a plant stands in a drawing: shops as bands, the flow from left to right.

In a band, an element stands one step to the right of all that lead to it; elements of a step stand
below each other. A long shop goes on in a further row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motorworks.case.wording import counted

WIDE, HIGH = 104, 50
"""Size of an element's card, in pixels."""

GAP_X, GAP_Y = 26, 16
LEFT, TOP = 26, 30
_BAND_GAP = 22
_STEPS = 8


@dataclass(frozen=True)
class Place:
    """An element: kind (source, station, buffer, segment, exit), shop, and most cars in it."""

    name: str
    kind: str
    shop: str
    room: int | None


@dataclass(frozen=True)
class Way:
    """A way between two elements by name; ``kind`` is pass, rework or join."""

    origin: str
    target: str
    kind: str


@dataclass(frozen=True)
class Band:
    """A shop's part of the drawing."""

    shop: str
    y: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """Elements with the left upper corner of their cards, bands, ways, and the whole size."""

    places: Sequence[Place]
    at: Mapping[str, tuple[int, int]]
    bands: Sequence[Band]
    ways: Sequence[Way]
    width: int
    height: int

    @property
    def said(self) -> str:
        """What is drawn, in a few words."""
        return f"{counted(len(self.places), 'element')} in {counted(len(self.bands), 'shop')}"


def lay_out(places: Sequence[Place], ways: Sequence[Way]) -> Drawn:
    """Find a place for every element.

    Examples
    --------
    >>> places = [Place("weld", "station", "body", 1), Place("store", "buffer", "paint", 5),
    ...           Place("coat", "station", "paint", 1)]
    >>> drawn = lay_out(places, [Way("weld", "store", "pass"), Way("store", "coat", "pass")])
    >>> drawn.at["weld"][1] < drawn.at["store"][1] == drawn.at["coat"][1]
    True
    >>> drawn.said
    '3 elements in 2 shops'
    """
    shop_of = _homes(places, ways)
    at: dict[str, tuple[int, int]] = {}
    bands: list[Band] = []
    y = TOP
    for shop in dict.fromkeys(shop_of[place.name] for place in places):
        own = [place.name for place in places if shop_of[place.name] == shop]
        cells = _cells(own, ways)
        rows = 1 + max(row for _, row in cells.values())
        for name, (column, row) in cells.items():
            at[name] = LEFT + column * (WIDE + GAP_X), y + row * (HIGH + GAP_Y)
        height = rows * (HIGH + GAP_Y) - GAP_Y
        bands.append(Band(shop, y, height))
        y += height + _BAND_GAP + 14
    width = max((x for x, _ in at.values()), default=0) + WIDE + LEFT
    return Drawn(places, at, bands, ways, width, y - _BAND_GAP)


def _homes(places: Sequence[Place], ways: Sequence[Way]) -> dict[str, str]:
    """The band of each element; one without a shop stands with what it leads to or comes from."""
    home = {place.name: place.shop for place in places}
    for way in [*reversed(ways), *ways]:
        if not home[way.origin]:
            home[way.origin] = home[way.target]
        if not home[way.target]:
            home[way.target] = home[way.origin]
    return home


def _cells(names: Sequence[str], ways: Sequence[Way]) -> dict[str, tuple[int, int]]:
    """Column and row of each element of a band."""
    step = _steps(names, ways)
    rows_of: dict[int, list[str]] = {}
    for name in names:
        rows_of.setdefault(step[name], []).append(name)
    tall: dict[int, int] = {}
    for number, stacked in rows_of.items():
        line = number // _STEPS
        tall[line] = max(tall.get(line, 1), len(stacked))
    return {
        name: (
            number % _STEPS,
            sum(tall.get(line, 1) for line in range(number // _STEPS)) + stacked.index(name),
        )
        for number, stacked in rows_of.items()
        for name in stacked
    }


def _steps(names: Sequence[str], ways: Sequence[Way]) -> dict[str, int]:
    """The longest way to each element within the band, loops left out."""
    known = set(names)
    place = {name: number for number, name in enumerate(names)}
    inner = [
        (way.origin, way.target)
        for way in ways
        if way.kind != "rework" and {way.origin, way.target} <= known
    ]
    onward: dict[str, list[str]] = {}
    for origin, target in inner:
        if place[origin] < place[target]:
            onward.setdefault(origin, []).append(target)
    step = dict.fromkeys(names, 0)
    for name in names:
        for target in onward.get(name, []):
            step[target] = max(step[target], step[name] + 1)
    # what feeds a later element moves right up to it, so that sub-lines end where they join
    for name in reversed(names):
        ahead = [step[target] for target in onward.get(name, [])]
        if ahead:
            step[name] = max(step[name], min(ahead) - 1)
    # a place for rework stands below the first one that sends cars there
    for name in known - {target for _, target in inner}:
        senders = [w.origin for w in ways if w.kind == "rework" and w.target == name]
        step[name] = min((step[one] for one in senders if one in known), default=step[name])
    return step
