"""Every way through a small store, tried one by one: what the search is held against."""

from collections.abc import Iterator

import numpy as np

from motorworks.case.body_store import StoreTask
from motorworks.result.verify import score_order

Lanes = tuple[tuple[int, ...], ...]
HARD = 10**9


def orders_through(task: StoreTask) -> set[tuple[int, ...]]:
    """All orders in which the store may give the bodies out."""
    empty: Lanes = tuple(() for _ in task.store.lanes)
    return set(_orders(task, empty, 0, (), set()))


def _orders(
    task: StoreTask, lanes: Lanes, come: int, out: tuple[int, ...], seen: set[object]
) -> Iterator[tuple[int, ...]]:
    if (lanes, out) in seen:
        return
    seen.add((lanes, out))
    if len(out) == task.count:
        yield out
        return
    held = come - len(out)
    for number, lane in enumerate(lanes):
        if come < task.count and held < task.store.full and len(lane) < task.store.lanes[number]:
            with_it = (*lanes[:number], (*lane, come), *lanes[number + 1 :])
            yield from _orders(task, with_it, come + 1, out, seen)
        if lane and (held >= task.store.least or come == task.count):
            without = (*lanes[:number], lane[1:], *lanes[number + 1 :])
            yield from _orders(task, without, come, (*out, lane[0]), seen)


def cost_of(task: StoreTask, order: tuple[int, ...]) -> float:
    """What an order costs by the words of the task; a hard rule far more than all else."""
    cost = 0.0
    if task.wanted:
        places = np.array([task.wanted[body] for body in order])
        before = [any(places[:at] > places[at]) for at in range(len(places))]
        cost += task.overtaken * sum(before)
        cost += task.displacement * float(np.abs(places - np.arange(len(places))).sum())
    if task.day is not None and task.mark:
        score = score_order(task.day, order)
        cost += task.mark * score.mark + HARD * score.broken
    return cost


def least_cost(task: StoreTask) -> float:
    """The least that any way through the store costs."""
    return min(cost_of(task, order) for order in orders_through(task))
