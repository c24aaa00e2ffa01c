"""Lead bodies through a store: restore a wanted order, or form batches for the paint shop."""

from collections.abc import Sequence

import numpy as np

from motorworks.case.body_store import BodyStore, StoreTask
from motorworks.case.line_day import LineDay, Objective, Paint
from motorworks.errors import CaseError, Problem
from motorworks.result.body_store import StoreResult, place_figures, store_tables
from motorworks.sequence.store.beam import search
from motorworks.sequence.store.encode import HARD, Flow, encode
from motorworks.sequence.store.free import in_wanted_order
from motorworks.sequence.store.params import StoreParams
from motorworks.sequence.store.state import COLOUR, COST, bring_in, first_state, give_out

Events = tuple[tuple[bool, int, int], ...]

_NO_LIMIT = 2**62
_FIRST_WIDTH = 8
_MOST_BYTES = 4e9


def lead_through(task: StoreTask, params: StoreParams | None = None) -> StoreResult:
    """Decide lane in and lane out of each body so that what counts comes to the least.

    A random access store where only wanted positions count is led by a rule that is optimal
    (:func:`motorworks.sequence.store.free.in_wanted_order`); all else by a search that is exact
    where it never has to drop a state (:mod:`motorworks.sequence.store.beam`).

    Parameters
    ----------
    task
        The store, the bodies and what counts.
    params
        Settings; the defaults where not given.

    Raises
    ------
    CaseError
        The task contradicts itself.

    Examples
    --------
    >>> task = StoreTask(BodyStore((2, 2)), ("a", "b", "c"), (2, 1, 0), overtaken=1)
    >>> lead_through(task).figures["overtaken"]
    1.0
    """
    params = params or StoreParams()
    if faults := task.faults():
        raise CaseError([Problem("store", fault) for fault in faults])
    flow = encode(task, strict=params.strict)
    bound, why = _bound(task)
    if task.store.any_body and task.counts_places and params.look_ahead is None:
        events = _by_rule(task)
        how = "the rule for random access, which is optimal"
    elif params.look_ahead is not None:
        events = _rolling(flow, params.look_ahead, params.width)
        how = f"a search at each body given out that knows the next {params.look_ahead} to come"
    else:
        _refuse_too_large(flow, params.width)
        events, exact, how = _by_search(flow, params.width)
        if exact and not params.strict:
            bound, why = _cost(flow, events), "every state was looked at"
    return _result(task, flow, events, min(bound, _cost(flow, events)), f"{how}; {why}", params)


def form_batches(
    store: BodyStore,
    bodies: Sequence[str],
    colours: Sequence[str],
    *,
    most: int | None = None,
    before: str | None = None,
    params: StoreParams | None = None,
) -> StoreResult:
    """Give bodies out to the paint shop with the fewest changes of colour.

    Parameters
    ----------
    store
        The store before the paint shop.
    bodies, colours
        Names of the bodies in the order in which they come, and the colour of each.
    most
        Most bodies of one colour in a row; a batch is broken beyond it only where no other colour
        is in reach (``broken`` counts such bodies).
    before
        Colour painted last.
    params
        Settings of the search.

    Raises
    ------
    CaseError
        The task contradicts itself.

    Examples
    --------
    >>> store = BodyStore.random_access(2)
    >>> form_batches(store, "1234", ["red", "blue", "red", "blue"]).figures["colour_changes"]
    1.0
    """
    names = tuple(dict.fromkeys([*([before] if before else []), *colours]))
    cars = [*([""] if before else []), *bodies]
    number = {name: place for place, name in enumerate(names)}
    painted = [*([before] if before else []), *colours]
    day = LineDay(
        name="paint",
        cars=tuple(cars),
        before=1 if before else 0,
        traits=(),
        has=np.zeros((len(cars), 0), dtype=np.bool_),
        colours=names,
        colour=np.array([number[name] for name in painted], dtype=np.int64),
        objectives=(Objective("colour", 1),),
        paint=Paint((most,) * len(names)) if most else None,
    )
    return lead_through(StoreTask(store, tuple(bodies), mark=1, day=day), params)


def _refuse_too_large(flow: Flow, width: int) -> None:
    """Say so where the states of two rows of cells would not fit into memory."""
    each = 2 * (flow.full + 1) * len(first_state(flow)) * 8
    if each * width > _MOST_BYTES:
        message = f"is too wide for so large a store; at most {int(_MOST_BYTES // each):,}"
        raise CaseError([Problem("store", message, column="width", value=str(width))])


def _by_rule(task: StoreTask) -> Events:
    """Events of the rule for random access; a place is taken again as soon as it is free."""
    order = in_wanted_order(task.wanted, task.store.full)
    free, come = list(range(task.store.places)), 0
    lane_of: dict[int, int] = {}
    events: list[tuple[bool, int, int]] = []
    for body in order:
        while come < task.count and len(lane_of) < task.store.full:
            lane_of[come] = free.pop(0)
            events.append((False, come, lane_of[come]))
            come += 1
        events.append((True, body, lane_of[body]))
        free.append(lane_of.pop(body))
    return tuple(events)


def _by_search(flow: Flow, width: int) -> tuple[Events, bool, str]:
    """Search narrowly, then with the full width for something that costs less."""
    start = first_state(flow)
    best, cost, cut = search(flow, start, 0, 0, flow.total, min(_FIRST_WIDTH, width), _NO_LIMIT)
    if cut and width > _FIRST_WIDTH:
        better, less, cut = search(flow, start, 0, 0, flow.total, width, cost)
        best = better if less >= 0 else best
    how = "a search that dropped no state" if not cut else f"a beam search of {width} states"
    return _named(flow, best), not cut, how


def _rolling(flow: Flow, look_ahead: int, width: int) -> Events:
    """Search on what is known at each body given out, and do the first of what was found."""
    state = first_state(flow)
    lanes, events = len(flow.lengths), []
    come = given = 0
    while given < flow.total:
        last = min(flow.total, max(come, given + flow.least) + look_ahead)
        path, _, _ = search(flow, state, come, given, last, width, _NO_LIMIT)
        for event in path:
            if event < lanes:
                bring_in(flow, come, event, state)
                events.append((False, come, event))
                come += 1
            else:
                body = give_out(flow, event - lanes, given, state)
                events.append((True, body, event - lanes))
                given += 1
                break
    return tuple(events)


def _named(flow: Flow, path: list[int]) -> Events:
    """Name the body of each event of a path from an empty store."""
    state, lanes, events = first_state(flow), len(flow.lengths), []
    come = given = 0
    for event in path:
        if event < lanes:
            bring_in(flow, come, event, state)
            events.append((False, come, event))
            come += 1
        else:
            events.append((True, give_out(flow, event - lanes, given, state), event - lanes))
            given += 1
    return tuple(events)


def _cost(flow: Flow, events: Events) -> int:
    """What events cost, hard rules broken at :data:`HARD` each."""
    state, given = first_state(flow), 0
    for out, body, lane in events:
        if out:
            give_out(flow, lane, given, state)
            given += 1
        else:
            bring_in(flow, body, lane, state)
    return int(state[COST])


def _bound(task: StoreTask) -> tuple[int, str]:
    """A cost that no way through the store goes below, and why."""
    bound, whys = 0, []
    if task.wanted and (task.overtaken or task.displacement):
        order = in_wanted_order(task.wanted, task.store.full)
        figures = place_figures(task.wanted, tuple(order))
        apart = round(figures["displaced_mean"] * task.count)
        bound += task.overtaken * int(figures["overtaken"]) + task.displacement * apart
        whys.append("a store of random access with as many places comes to the bound")
    if task.day is not None and task.mark and task.day.weight("colour"):
        bound += task.mark * task.day.weight("colour") * _least_changes(task.day)
        whys.append("colours and limits of batches call for the bound")
    return bound, " and ".join(whys) or "nothing is known of a bound"


def _least_changes(day: LineDay) -> int:
    """Changes of colour that any order has: a batch of each colour, more where batches end."""
    colours = np.bincount(day.colour[day.before :], minlength=len(day.colours))
    most = day.paint.most if day.paint else (day.count,) * len(day.colours)
    batches = sum(-(-int(cars) // limit) for cars, limit in zip(colours, most, strict=True))
    goes_on = not day.before or colours[day.colour[day.before - 1]] > 0
    return batches - 1 if goes_on else batches


def _result(
    task: StoreTask, flow: Flow, events: Events, bound: int, how: str, params: StoreParams
) -> StoreResult:
    order = tuple(body for out, body, _ in events if out)
    cost = _cost(flow, events)
    figures = place_figures(task.wanted, order) if task.wanted else {}
    if task.day is not None:
        figures |= _line_figures(task.day, order)
    return StoreResult(
        events=events,
        order=order,
        cost=cost % HARD,
        broken=cost // HARD,
        bound=bound % HARD if bound >= HARD else bound,
        how=how,
        figures=figures,
        tables=store_tables(task, events),
        settings=params.model_dump(),
    )


def _line_figures(day: LineDay, order: tuple[int, ...]) -> dict[str, float]:
    """Colour changes and mark of the line behind, when bodies go down it in this order."""
    alone = StoreTask(BodyStore.random_access(1), tuple(map(str, order)), mark=1, day=day)
    flow = encode(alone)
    state = first_state(flow)
    changes = 0
    for position, body in enumerate(order):
        colour = day.colour[day.before + body]
        before = state[COLOUR]
        changes += int(before >= 0 and before != colour)
        bring_in(flow, body, 0, state)
        give_out(flow, 0, position, state)
    return {"colour_changes": float(changes), "mark": float(int(state[COST]) % HARD)}
