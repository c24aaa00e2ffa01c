"""The way of each car through a plant, followed from the visits of a replication alone."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Buffer, Segment, Station
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.simulation_given import EXACT, Given, open_minutes
from motorworks.result.verify.simulation_resources import carriers, hours, operators, parts
from motorworks.result.verify.simulation_walk import Walk, most_at_a_time, object_to

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Marks = NDArray[np.bool_]

_LISTED = 5


def _any(marks: Marks) -> Marks:
    """Which rows have a mark."""
    return np.asarray(marks.any(axis=1), dtype=np.bool_)


def times(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Arrived, started, ended and left follow one another, within the span; blanks come last."""
    steps = np.column_stack([walk.arrived, walk.started, walk.ended, walk.left])
    ledger.checked[rule] += steps.size
    known = ~np.isnan(steps)
    back = np.asarray(np.diff(steps, axis=1) < -EXACT)
    object_to(ledger, rule, given, walk, _any(back), "time runs backwards")
    gap = known[:, 1:] & ~known[:, :-1]
    object_to(ledger, rule, given, walk, _any(gap), "a later time is told, an earlier is not")
    outside = (np.nan_to_num(steps) < -EXACT) | (np.nan_to_num(steps) > walk.end + EXACT)
    object_to(ledger, rule, given, walk, _any(outside), "lies outside the span")


def waits(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Blocked minutes fit between ended and left, failed ones between started and ended."""
    ledger.checked[rule] += 2 * len(walk.car)
    last = walk.gone()
    done = np.where(np.isnan(walk.ended), last, walk.ended)
    begun = np.where(np.isnan(walk.started), done, walk.started)
    wrong = (walk.blocked < -EXACT) | (walk.blocked > last - done + EXACT)
    object_to(ledger, rule, given, walk, wrong, "blocked longer than from ended to left")
    wrong = (walk.failed < -EXACT) | (walk.failed > done - begun + EXACT)
    object_to(ledger, rule, given, walk, wrong, "failed longer than from started to ended")


def way(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """A car is in one element at a time, and goes from one to the next along a flow, at once."""
    ledger.checked[rule] += len(walk.car)
    of_cars = np.isin(walk.place, list(given.of_cars))
    order = np.lexsort((np.arange(len(walk.car)), walk.car))
    order = order[of_cars[order]]
    before, after = order[:-1], order[1:]
    same = walk.car[before] == walk.car[after]
    before, after = before[same], after[same]
    still = np.isnan(walk.left[before])
    object_to(ledger, rule, given, walk, after[still], "is still in another element")
    jump = ~still & (np.abs(walk.arrived[after] - walk.left[before]) > EXACT)
    object_to(ledger, rule, given, walk, after[jump], "does not come at once from the one before")
    hops = zip(walk.place[before].tolist(), walk.place[after].tolist(), strict=True)
    strange = np.array([hop not in given.onward for hop in hops], dtype=np.bool_)
    object_to(ledger, rule, given, walk, after[strange], "no flow leads there from the one before")
    first = (
        order[np.append(True, walk.car[order[1:]] != walk.car[order[:-1]])] if len(order) else order
    )
    entry = np.array([
        any((source, place) in given.onward for source in given.sources)
        or getattr(given.model.elements[place], "initial", 0) > 0
        for place in walk.place[first].tolist()
    ], dtype=np.bool_)  # fmt: skip
    object_to(ledger, rule, given, walk, first[~entry], "no source leads there")


def release(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """No car of a list enters before its release."""
    cars = given.model.cars
    if cars is None or not given.listed:
        return
    own = np.flatnonzero(np.isin(walk.place, list(given.of_cars)))
    _, first = np.unique(walk.car[own], return_index=True)
    rows = own[first]
    stocked = np.array([
        walk.arrived[n] <= 0.0 and getattr(given.model.elements[walk.place[n]], "initial", 0) > 0
        for n in rows
    ], dtype=np.bool_)  # fmt: skip
    rows = rows[~stocked & (walk.car[rows] >= 0) & (walk.car[rows] < len(cars.release))]
    ledger.checked[rule] += len(rows)
    early = walk.arrived[rows] < cars.release[walk.car[rows]] - EXACT
    object_to(ledger, rule, given, walk, rows[early], "comes in before its release")


def room(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """No element ever holds more cars than it has places."""
    for place, most in enumerate(given.room):
        rows = walk.at(place)
        ledger.checked[rule] += len(rows)
        held, when = most_at_a_time(walk.arrived[rows], walk.left[rows])
        if held > most:
            name = given.model.elements[place].name
            message = f"replication {walk.number}: {held} cars in {name} at minute {when:,.3f}"
            ledger.add(rule, name, message, held, most)


def servers(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """A server has one car at a time, and its number is one of the station's."""
    for place, one in enumerate(given.model.elements):
        if not isinstance(one, Station):
            continue
        rows = walk.at(place)
        ledger.checked[rule] += len(rows)
        strange = (walk.server[rows] < 0) | (walk.server[rows] >= one.servers)
        object_to(ledger, rule, given, walk, rows[strange], "has a server that is not there")
        rows = rows[np.lexsort((walk.gone()[rows], walk.arrived[rows], walk.server[rows]))]
        before, after = rows[:-1], rows[1:]
        same = walk.server[before] == walk.server[after]
        free = np.where(np.isnan(walk.left[before]), np.inf, walk.left[before])
        taken = same & (walk.arrived[after] < free - EXACT)
        object_to(ledger, rule, given, walk, after[taken], "its server has another car")


def fifo(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Nobody overtakes in a line: in fifo buffers and on segments.

    In a store of lanes, cars of which each overtakes the one before it stand in lanes of their own:
    there are never more of them than lanes.
    """
    picked = {join.feeder for join in given.model.joins if join.match != "any"}
    for place, one in enumerate(given.model.elements):
        lanes = 1
        if isinstance(one, Buffer):
            lanes = {"fifo": 1, "lanes": one.lanes}.get(one.layout, 0)
        if not isinstance(one, Buffer | Segment) or lanes == 0 or place in picked:
            continue
        rows = walk.at(place)
        ledger.checked[rule] += len(rows)
        left = np.where(np.isnan(walk.left[rows]), np.inf, walk.left[rows])
        order = np.lexsort((left, walk.arrived[rows]))
        late = order[_overtakers(left[order], lanes)]
        object_to(ledger, rule, given, walk, rows[late], "goes before one that came first")


def _overtakers(left: Floats, lanes: int) -> Integers:
    """Cars, in the order of coming, that no line can hold: each goes behind the last that it may.

    Each car takes the line whose last car leaves latest but not after it. That needs the fewest
    lines there can be: one car more stands for as many that overtake one another in a row.
    """
    if lanes == 1:
        return np.flatnonzero(left < np.maximum.accumulate(left) - EXACT)
    last: list[float] = []  # of each line, when its last car leaves; falls from line to line
    found = []
    for n, moment in enumerate(left.tolist()):
        place = next((k for k, behind in enumerate(last) if behind <= moment + EXACT), len(last))
        if place == lanes:
            found.append(n)
        elif place == len(last):
            last.append(moment)
        else:
            last[place] = max(last[place], moment)
    return np.array(found, dtype=np.int64)


def work(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Work is not shorter than it must be, failures and closed hours left out."""
    for place, one in enumerate(given.model.elements):
        if not isinstance(one, Station):
            continue
        rows = walk.at(place)
        rows = rows[~np.isnan(walk.ended[rows])]
        if place in given.scrapping:  # where a failure scraps the car, its work is not done
            rows = rows[walk.onward[rows]]
        ledger.checked[rule] += len(rows)
        least = given.least_work(place)
        due = least[given.types_of(walk.car[rows], place)]
        spent = walk.ended[rows] - walk.started[rows] - walk.failed[rows]
        opened = open_minutes(given.open[place], walk.started[rows], walk.ended[rows])
        short = np.minimum(spent, opened) < due - EXACT
        object_to(ledger, rule, given, walk, rows[short], "work is shorter than it must be")


def transfer(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """A buffer takes its transfer time, a segment a takt for each of its slots."""
    for place, one in enumerate(given.model.elements):
        if not isinstance(one, Buffer | Segment):
            continue
        due = one.transfer_min if isinstance(one, Buffer) else one.takt_min * one.slots
        rows = walk.at(place)
        rows = rows[~np.isnan(walk.left[rows])]
        begun = np.zeros(len(rows)) if not isinstance(one, Buffer) else walk.arrived[rows]
        started = one.initial > 0 if isinstance(one, Buffer) else False
        counts = (
            ~(started & (begun <= 0.0)) if isinstance(one, Buffer) else np.ones(len(rows), bool)
        )
        rows = rows[counts]  # what stands there as the span begins may have come long before
        ledger.checked[rule] += len(rows)
        short = walk.left[rows] - walk.arrived[rows] < due - EXACT
        object_to(ledger, rule, given, walk, rows[short], f"is through in less than {due:g} min")


def conservation(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Cars seen are those that came in; those not inside any more are out or scrapped."""
    own = np.isin(walk.place, list(given.of_cars))
    seen = len(np.unique(walk.car[own]))
    inside = int((own & np.isnan(walk.left)).sum())
    for what, value, due in (
        ("cars came in", seen, walk.row["came_in"]),
        ("cars are inside", inside, walk.row["inside"]),
        ("cars left or were scrapped", seen - inside, walk.row["out"] + walk.row["scrapped"]),
    ):
        ledger.checked[rule] += 1
        if value != due:
            where = f"replication {walk.number}"
            ledger.add(rule, where, f"{where}: {value} {what}, told are {due}", value, due)


def figures(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Content of the plant and, where nothing is scrapped, lead times are those of the visits."""
    row, warm = walk.row, walk.row["warmup"]
    stay = np.maximum(walk.gone() - np.maximum(walk.arrived, warm), 0.0).sum()
    content = stay / (walk.end - warm) if walk.end > warm else 0.0
    own = np.flatnonzero(np.isin(walk.place, list(given.of_cars)))
    told: list[tuple[str, float, float | None]] = [("content", content, row["content"])]
    if row["scrapped"] == 0 and len(own):
        cars, place = np.unique(walk.car[own], return_inverse=True)
        begin, end = np.full(len(cars), np.inf), np.full(len(cars), -np.inf)
        np.minimum.at(begin, place, walk.arrived[own])
        np.maximum.at(end, place, np.where(np.isnan(walk.left[own]), np.inf, walk.left[own]))
        out = (end > warm) & (end < np.inf)
        lead = float((end - begin)[out].mean()) if out.any() else None
        told += [("cars", float(out.sum()), row["cars"])]
        if lead is not None:
            told += [("lead_time", lead, row["lead_time"])]
    for name, due, said in told:
        ledger.checked[rule] += 1
        if said is None or abs(said - due) > EXACT * max(1.0, abs(due)):
            where = f"replication {walk.number}"
            message = f"{where}: {name} is {due:,.9g} by the visits, told is {said}"
            ledger.add(rule, where, message, said, due)


def levels(ledger: Ledger, rule: str, given: Given, walk: Walk) -> None:
    """Samples of contents are those of the visits."""
    for (name,), own in walk.levels.group_by("element", maintain_order=True):
        rows = walk.at(given.place.get(str(name), -1))
        minutes, told = own["minute"].to_numpy(), own["content"].to_numpy()
        left = np.sort(walk.left[rows][~np.isnan(walk.left[rows])])
        come = np.sort(walk.arrived[rows])
        # at a minute in which cars move, either side of the move may have been sampled
        most = np.searchsorted(come, minutes + EXACT) - np.searchsorted(left, minutes - EXACT)
        least = np.searchsorted(come, minutes - EXACT) - np.searchsorted(left, minutes + EXACT)
        ledger.checked[rule] += len(minutes)
        for n in np.flatnonzero((told > most) | (told < least))[:_LISTED]:
            message = f"{name} holds {most[n]} cars at minute {minutes[n]:,.3f}, told are {told[n]}"
            ledger.add(rule, str(name), message, told[n], most[n])


VISIT_RULES: dict[str, Callable[[Ledger, str, Given, Walk], None]] = {
    "visit_times": times, "visit_waits": waits, "visit_way": way, "visit_release": release,
    "visit_room": room, "visit_servers": servers, "visit_fifo": fifo, "visit_work": work,
    "visit_transfer": transfer, "visit_hours": hours, "visit_operators": operators,
    "visit_carriers": carriers, "visit_parts": parts, "visit_conservation": conservation,
    "visit_figures": figures, "visit_levels": levels,
}  # fmt: skip
"""Rules on the visits of one replication."""
