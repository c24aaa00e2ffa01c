"""What cars share on their way through a plant is never used beyond what there is of it."""

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Carriers, Station
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.simulation_given import EXACT, Given, is_open
from motorworks.result.verify.simulation_walk import Walk, most_at_a_time, object_to

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def hours(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Work at a station begins and ends in its hours, overtime included."""
    for place, one in enumerate(given.model.elements):
        spans = given.open[place]
        if spans is None or not isinstance(one, Station):
            continue
        rows = walk.at(place)
        for told, said in ((walk.started, "begins"), (walk.ended, "ends")):
            known = rows[~np.isnan(told[rows])]
            ledger.checked[rule] += len(known)
            closed = ~is_open(spans, told[known])
            object_to(ledger, rule, given, walk, known[closed], f"work {said} outside its hours")


def operators(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """No more operators of a pool work at a time than it has.

    Where bad work is done again on the spot, they are free in between, and are not counted.
    """
    for number, crew in enumerate(given.model.crews):
        need = np.zeros(len(given.model.elements))
        for place, one in enumerate(given.model.elements):
            if isinstance(one, Station) and one.pool == number and not given.does_again(place):
                need[place] = one.operators
        rows = np.flatnonzero((need[walk.place] > 0.0) & ~np.isnan(walk.started))
        ledger.checked[rule] += len(rows)
        busy, when = most_at_a_time(walk.started[rows], walk.ended[rows], need[walk.place[rows]])
        if busy > crew.heads:
            message = f"replication {walk.number}: {busy:g} of {crew.name} at minute {when:,.3f}"
            ledger.add(rule, crew.name, message, busy, crew.heads)


def carriers(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """No more cars ride at a time than there are carriers, way back included."""
    for loop in given.model.carriers:
        rides = np.ones(len(walk.car), dtype=np.bool_)
        if loop.types:
            rides = np.isin(given.types_of(walk.car, loop.first), loop.types)
        begins, ends = _rides(walk, np.flatnonzero(rides), loop)
        ledger.checked[rule] += len(begins)
        back = np.searchsorted(ends, begins + EXACT, side="right")
        out = np.arange(1, len(begins) + 1) - back
        if len(out) and int(out.max()) > loop.count:
            when = float(begins[int(np.argmax(out))])
            message = (
                f"replication {walk.number}: {int(out.max())} cars ride on {loop.name} at minute "
                f"{when:,.3f}"
            )
            ledger.add(rule, loop.name, message, int(out.max()), loop.count)


def _rides(walk: Walk, rows: Integers, loop: Carriers) -> tuple[Floats, Floats]:
    """When cars took carriers, and when those were at hand again, each in order.

    A car that comes by the first element again while it rides takes no other; one that is scrapped
    on the way gives its carrier back then.
    """
    rows = rows[np.isin(walk.place[rows], (loop.first, loop.last)) | ~walk.onward[rows]]
    rows = rows[np.lexsort((rows, walk.car[rows]))]
    begins: list[float] = []
    ends: list[float] = []
    rider = None
    for n in rows.tolist():
        car, left = int(walk.car[n]), float(walk.left[n])
        if walk.place[n] == loop.first and rider != car:
            rider = car
            begins.append(float(walk.arrived[n]))
        if rider == car and not np.isnan(left):
            if walk.place[n] == loop.last:
                ends.append(left + loop.return_min)
                rider = None
            elif not walk.onward[n]:
                ends.append(left)
    return np.sort(begins), np.sort(ends)


def parts(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """No station has used more of a part than has come in."""
    for part in given.model.parts:
        if not isinstance(given.model.elements[part.element], Station):
            continue
        rows = walk.at(part.element)
        rows = rows[~np.isnan(walk.started[rows])]
        rows = rows[np.argsort(walk.started[rows], kind="stable")]
        ledger.checked[rule] += len(rows)
        need = np.append(part.need, min(part.need))
        used = np.cumsum(need[given.types_of(walk.car[rows], part.element)])
        come = (
            part.arrivals[part.arrivals[:, 0].argsort()] if len(part.arrivals) else np.zeros((0, 2))
        )
        stock = np.append(0.0, np.cumsum(come[:, 1]))
        at_hand = part.initial + stock[
            np.searchsorted(come[:, 0], walk.started[rows] + EXACT, side="right")
        ]  # fmt: skip
        object_to(ledger, rule, given, walk, rows[used > at_hand + EXACT], f"has no {part.name}")
