"""What holds a plant back, read from the states of its servers: the turning-point method.

Cars pile up before a bottleneck and run out behind it: upstream of it servers are more often
blocked than starved, downstream more often starved than blocked, and the bottleneck itself waits
less than its neighbours (L. Li, Q. Chang, J. Ni, Data driven bottleneck detection of manufacturing
systems, International Journal of Production Research 47 (2009) 5019-5036,
https://doi.org/10.1080/00207540701881860). The method is written there for a line; here the
neighbours of a server are all stations and segments that feed it, or are fed by it, with nothing
but buffers between, and their mean counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel, Segment, Station
from motorworks.simulate.tally import STATES, Tally

Floats = NDArray[np.float64]

_STARVED, _BLOCKED = STATES.index("starved"), STATES.index("blocked")
_CLOSED = [STATES.index("break"), STATES.index("maintenance")]
_LEAST = 1e-9


@dataclass(frozen=True)
class TurningPoint:
    """A server at which the line turns from blocked to starved.

    Shares are of its open time, from 0 to 1. ``waited_for`` is how much its neighbours wait for it:
    the mean of what those before it are blocked and those behind it starve; ``waits`` is what it
    is blocked and starved itself.
    """

    element: int
    waited_for: float
    waits: float

    @property
    def strength(self) -> float:
        """By how much more it is waited for than it waits."""
        return self.waited_for - self.waits


def state_shares(tallies: Sequence[Tally]) -> Floats:
    """Mean share of open time in each state, over replications.

    Returns
    -------
    array of shape (elements, len(STATES))
        Zero throughout for an element without servers, or never open.
    """
    minutes = np.sum([tally.states for tally in tallies], axis=0)
    open_min = minutes.sum(axis=1) - minutes[:, _CLOSED].sum(axis=1)
    shares = minutes / np.where(open_min > 0.0, open_min, 1.0)[:, None]
    shares[open_min <= 0.0] = 0.0
    shares[:, _CLOSED] = 0.0
    return np.asarray(shares, dtype=np.float64)


def turning_points(model: PlantModel, shares: Floats) -> list[TurningPoint]:
    """Servers at which the line turns from blocked to starved, the strongest first.

    None is found where every server starves more than it is blocked: then cars, not servers, are
    short.

    Parameters
    ----------
    model
        The plant.
    shares
        As :func:`state_shares` gives them.
    """
    blocked, starved = shares[:, _BLOCKED], shares[:, _STARVED]
    net, waits = blocked - starved, blocked + starved
    before, behind = neighbours(model)
    found = []
    for one in servers(model):
        ups, downs = before[one], behind[one]
        turns = _turn(net, ups, one) > 0.0 and _turn(-net, downs, one) > 0.0
        around = [*ups, *downs]
        if turns and all(waits[one] < waits[other] for other in around):
            asked = [*blocked[ups], *starved[downs]]
            waited_for = float(np.mean(asked)) if asked else 0.0
            found.append(TurningPoint(one, waited_for, float(waits[one])))
    return sorted(found, key=lambda point: -point.strength)


def _turn(net: Floats, around: Sequence[int], one: int) -> float:
    """How much more neighbours wait on this side; where a line ends, it must not wait itself."""
    return float(net[list(around)].mean()) if around else float(net[one]) + _LEAST


def servers(model: PlantModel) -> list[int]:
    """Elements that do work."""
    return [
        number
        for number, element in enumerate(model.elements)
        if isinstance(element, Station | Segment)
    ]


def neighbours(model: PlantModel) -> tuple[list[list[int]], list[list[int]]]:
    """Servers before and behind each element with nothing but buffers between.

    Ways for rework do not count; the buffer of a join feeds the station that joins.
    """
    ways = {(flow.origin, flow.target) for flow in model.flows if flow.kind == "pass"}
    ways |= {(join.feeder, join.element) for join in model.joins}
    count = len(model.elements)
    onward: list[list[int]] = [[] for _ in range(count)]
    back: list[list[int]] = [[] for _ in range(count)]
    for origin, target in sorted(ways):
        onward[origin].append(target)
        back[target].append(origin)
    work = set(servers(model))
    return (
        [sorted(set(_nearest(back, one, work)) - {one}) for one in range(count)],
        [sorted(set(_nearest(onward, one, work)) - {one}) for one in range(count)],
    )


def _nearest(ways: Sequence[Sequence[int]], start: int, work: set[int]) -> Iterator[int]:
    """Servers first met along ways."""
    seen, waiting = {start}, list(ways[start])
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in work:
            yield one
        else:
            waiting += ways[one]
