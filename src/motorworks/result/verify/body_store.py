"""Recomputes what a body store did from its events alone."""

from collections import deque

from motorworks.case.body_store import StoreTask
from motorworks.result.body_store import StoreResult
from motorworks.result.verify.findings import Ledger, Verification
from motorworks.result.verify.sequence_score import score_order

BODY_STORE_RULES = (
    "comes_in_order", "lane_room", "store_room", "head_of_lane", "least_held", "each_body_once",
    "order", "cost", "broken", "figures", "bound", "released",
)  # fmt: skip
"""Every rule that can object to the way of bodies through a store."""

_EXACT = 1e-6


def verify_body_store(task: StoreTask, result: StoreResult) -> Verification:
    """Hold events against the store, and what is told of them against the events.

    Bodies come in their order, into lanes with room; the store is never fuller than it may be; only
    the head of a lane is given out, and only while enough bodies stand in the store or none is to
    come; each body comes and goes once. Order, cost and figures are those of the events.
    """
    ledger = Ledger()
    order = _replay(ledger, task, result)
    ledger.checked["each_body_once"] += 1
    if sorted(order) != list(range(task.count)):
        message = f"{task.count} bodies come, {len(set(order))} of them are given out"
        ledger.add("each_body_once", "events", message, len(set(order)), task.count)
        return ledger.close(BODY_STORE_RULES)
    ledger.checked["order"] += 1
    if tuple(order) != tuple(result.order):
        ledger.add("order", "order", "the order told is not the one in which the events give out")
    _costs(ledger, task, result, order)
    _released(ledger, task, result, order)
    return ledger.close(BODY_STORE_RULES)


def _replay(ledger: Ledger, task: StoreTask, result: StoreResult) -> list[int]:
    """Do the events in a store of our own; returns the bodies given out."""
    lanes: list[deque[int]] = [deque() for _ in task.store.lanes]
    come = 0
    order: list[int] = []
    for step, (out, body, lane) in enumerate(result.events, 1):
        where = f"event {step}"
        held = come - len(order)
        if out:
            ledger.checked["head_of_lane"] += 1
            ledger.checked["least_held"] += 1
            if held < task.store.least and come < task.count:
                message = f"{where}: a body is given out while only {held} stand in the store"
                ledger.add("least_held", where, message, held, task.store.least)
            if not lanes[lane] or lanes[lane][0] != body:
                message = f"{where}: body {body + 1} is not at the head of lane {lane + 1}"
                ledger.add("head_of_lane", where, message)
                break
            order.append(lanes[lane].popleft())
            continue
        ledger.checked["comes_in_order"] += 1
        ledger.checked["lane_room"] += 1
        ledger.checked["store_room"] += 1
        if body != come:
            message = f"{where}: body {body + 1} comes, but body {come + 1} is next"
            ledger.add("comes_in_order", where, message, body + 1, come + 1)
        if len(lanes[lane]) >= task.store.lanes[lane]:
            message = f"{where}: lane {lane + 1} is full with {len(lanes[lane])}"
            ledger.add("lane_room", where, message, len(lanes[lane]) + 1, task.store.lanes[lane])
        if held >= task.store.full:
            message = f"{where}: the store is full with {held}"
            ledger.add("store_room", where, message, held + 1, task.store.full)
        lanes[lane].append(body)
        come += 1
    return order


def _costs(ledger: Ledger, task: StoreTask, result: StoreResult, order: list[int]) -> None:
    """What counts, worked out by pairs and positions, and by the score of the line behind."""
    cost, broken = 0.0, 0
    if task.wanted:
        places = [task.wanted[body] for body in order]
        late = sum(any(w > place for w in places[:at]) for at, place in enumerate(places))
        apart = [abs(at - place) for at, place in enumerate(places)]
        cost += task.overtaken * late + task.displacement * sum(apart)
        _equal(ledger, "figures", "overtaken", result.figures["overtaken"], late)
        share = 100 * (len(places) - late) / len(places)
        _equal(ledger, "figures", "in order, %", result.figures["in_order_pct"], share)
        _equal(ledger, "figures", "displaced most", result.figures["displaced_most"], max(apart))
        mean = sum(apart) / len(apart)
        _equal(ledger, "figures", "displaced, mean", result.figures["displaced_mean"], mean)
    if task.day is not None:
        score = score_order(task.day, order)
        cost += task.mark * score.mark
        broken = score.broken if task.mark else 0
        _equal(ledger, "figures", "mark", result.figures["mark"], score.mark)
        changes = score.values["colour"]
        _equal(ledger, "figures", "colour changes", result.figures["colour_changes"], changes)
    _equal(ledger, "cost", "cost", result.cost, cost)
    _equal(ledger, "broken", "hard rules broken", result.broken, broken)
    ledger.checked["bound"] += 1
    if broken == 0 and result.bound > cost + _EXACT:
        message = f"the bound {result.bound:,} lies above the cost {cost:,.12g}"
        ledger.add("bound", "bound", message, result.bound, cost)


def _released(ledger: Ledger, task: StoreTask, result: StoreResult, order: list[int]) -> None:
    """The table of bodies given out says the same as the events."""
    table = result.tables.get("released")
    ledger.checked["released"] += 1
    due = [(place, task.bodies[body]) for place, body in enumerate(order, 1)]
    if table is None or table.select("position", "body").rows() != due:
        ledger.add("released", "released", "the table of bodies given out is not the order")


def _equal(ledger: Ledger, rule: str, what: str, stated: float, due: float) -> None:
    ledger.checked[rule] += 1
    if abs(stated - due) > _EXACT:
        message = f"{what}: {due:,.12g} by the events, the result says {stated:,.12g}"
        ledger.add(rule, what, message, stated, due)
