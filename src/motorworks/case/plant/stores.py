"""Stores put onto the ways between places of work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Store = tuple[str, frozenset[str] | None, frozenset[str] | None]
"""Name, the elements that fill it, and those that empty it; None: any."""


@dataclass(frozen=True)
class Way:
    """A way from an element to the next; ``vehicles`` are those that take it, all if empty."""

    origin: str
    target: str
    vehicles: frozenset[str] = frozenset()
    share_pct: float | None = None
    kind: Literal["pass", "rework"] = "pass"


def with_stores(ways: Iterable[Way], stores: Sequence[Store]) -> tuple[Way, ...]:
    """Lead ways through the stores that lie on them, in the order of the stores.

    A store with one way out takes over nothing: who goes where was settled before it. One with
    several keeps apart the vehicles of each.

    Examples
    --------
    >>> ways = [Way("a", "b", share_pct=60.0), Way("a", "c", share_pct=40.0)]
    >>> for way in with_stores(ways, [("s", frozenset("a"), frozenset("b"))]):
    ...     print(way.origin, way.target, way.share_pct)
    a s 60.0
    s b None
    a c 40.0
    """
    chains = [(way, tuple(name for name, *ends in stores if _lies_on(ends, way))) for way in ways]
    targets: dict[str, dict[str, None]] = {}
    for way, chain in chains:
        if chain:
            targets.setdefault(chain[-1], {})[way.target] = None
    found: dict[tuple[str, str, str], Way] = {}
    for way, chain in chains:
        for leg in _legs(way, chain, len(targets[chain[-1]]) > 1 if chain else False):
            _add(found, leg)
    return tuple(found.values())


def _lies_on(ends: Sequence[frozenset[str] | None], way: Way) -> bool:
    fills, empties = ends
    if fills is None and empties is None:
        return False
    return (fills is None or way.origin in fills) and (empties is None or way.target in empties)


def _legs(way: Way, chain: Sequence[str], parts: bool) -> list[Way]:
    """A way in legs from store to store; ``parts``: the last store has several ways out."""
    if not chain:
        return [way]
    legs = [Way(way.origin, chain[0], way.vehicles, way.share_pct, way.kind)]
    legs += [Way(left, right) for left, right in pairwise(chain)]
    if parts:
        return [*legs, Way(chain[-1], way.target, way.vehicles, way.share_pct)]
    return [*legs, Way(chain[-1], way.target)]


def _add(found: dict[tuple[str, str, str], Way], leg: Way) -> None:
    """Put a leg to those found; the same leg of other vehicles becomes one with it."""
    key = (leg.origin, leg.target, leg.kind)
    known = found.get(key)
    if known is None:
        found[key] = leg
        return
    everyone = not known.vehicles or not leg.vehicles
    vehicles = frozenset() if everyone else known.vehicles | leg.vehicles
    share = None
    if known.share_pct is not None and leg.share_pct is not None:
        share = known.share_pct + leg.share_pct
    found[key] = Way(leg.origin, leg.target, vehicles, share, leg.kind)
