"""Outlines of land, cut and projected for a flat map around any meridian."""

import json
import math
from functools import cache
from importlib import resources

Point = tuple[float, float]


@cache
def outlines() -> dict[str, list[list[Point]]]:
    """Rings of ``land`` and ``water`` in degrees, as lon and lat."""
    text = resources.files("motorworks.report").joinpath("assets/land.json").read_text("utf-8")
    return {
        kind: [
            [(ring[at] / 10, ring[at + 1] / 10) for at in range(0, len(ring), 2)] for ring in rings
        ]
        for kind, rings in json.loads(text).items()
    }


def height_of(lat: float) -> float:
    """Miller's cylindrical projection: latitude to height, in degrees of the equator.

    Examples
    --------
    >>> round(height_of(45), 1), round(height_of(-45), 1)
    (48.3, -48.3)
    """
    angle = math.radians(lat)
    return math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * angle)))


def _side(points: list[Point], edge: float, keep_east: bool) -> list[Point]:
    """Part of a ring on one side of a meridian (Sutherland and Hodgman)."""
    out: list[Point] = []
    for place, (x1, y1) in enumerate(points):
        x0, y0 = points[place - 1]
        inside0, inside1 = (x0 >= edge) == keep_east, (x1 >= edge) == keep_east
        if inside0 != inside1:
            share = (edge - x0) / (x1 - x0)
            out.append((edge, y0 + share * (y1 - y0)))
        if inside1:
            out.append((x1, y1))
    return out


def cut(ring: list[Point], west: float, east: float) -> list[list[Point]]:
    """Parts of a ring between two meridians, taking in its copies around the globe.

    Examples
    --------
    >>> [[round(x) for x, _ in part] for part in cut([(170, 0), (190, 0), (190, 9)], -180, 180)]
    [[-180, -180, -170, -170], [180, 170, 180]]
    """
    low, high = min(x for x, _ in ring), max(x for x, _ in ring)
    out = []
    first, last = math.ceil((west - high) / 360), math.floor((east - low) / 360)
    for turn in range(first, last + 1):
        part = [(x + 360 * turn, y) for x, y in ring]
        if min(x for x, _ in part) < west:
            part = _side(part, west, keep_east=True)
        if part and max(x for x, _ in part) > east:
            part = _side(part, east, keep_east=False)
        if len(part) >= 3:
            out.append(part)
    return out


def filled(kind: str, west: float, east: float) -> tuple[list[float | None], list[float | None]]:
    """All rings of one kind as one outline with gaps, projected."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in outlines()[kind]:
        for part in cut(ring, west, east):
            closed = [*part, part[0]]
            xs += [round(x, 1) for x, _ in closed]
            ys += [round(height_of(y), 1) for _, y in closed]
            xs.append(None)
            ys.append(None)
    return xs, ys
