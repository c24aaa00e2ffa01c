"""The stage slot: a day for each order, at the lowest cost that is found."""

import time
from dataclasses import dataclass, field

import numpy as np

import motorworks
from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.engines.lp.watched import Progress as Nodes
from motorworks.result.slot import SlotResult, Slotted
from motorworks.slot.bound import price_bound
from motorworks.slot.decode import parts_of, tables_of, used_of
from motorworks.slot.encode import encode
from motorworks.slot.exact import Alike, alike, solve_exact
from motorworks.slot.held import held_orders
from motorworks.slot.month import Ints, Month
from motorworks.slot.params import MOVES, SlotParams
from motorworks.slot.progress import OnProgress, Progress
from motorworks.slot.search import Found, as_before, cost_of, first_come, improve, warm_up

BOUND_SHARE = 0.25
"""Share of a time limit that may be spent on the bound."""

WALK_SHARE = 0.2
"""Share of a time limit that is searched before a small month is solved exactly."""


@dataclass
class _Story:
    """What is told of a search as it goes on."""

    on_progress: OnProgress | None
    bound: float = 0.0
    began: float = field(default_factory=time.perf_counter)
    better: list[tuple[int, float]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began

    def tell(self, found: Found) -> None:
        """Take note of a better schedule, and let the onlooker know where the search stands."""
        if not self.better or found.cost < self.better[-1][1]:
            self.better.append((found.moves, found.cost))
        self._show(found.moves, found.cost)

    def tell_nodes(self, found: Nodes) -> None:
        """Let the onlooker know where the exact program stands."""
        cost = min(found.best, self.better[-1][1])
        self._show(self.better[-1][0], cost)

    def _show(self, moves: int, cost: float) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(self.seconds, moves, cost, self.bound))


def solve_slot(
    given: MonthOfOrders,
    params: SlotParams | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> SlotResult:
    """Give each order of a month a slot so that the cost is as low as can be found.

    A small month is solved to its optimum as a program of whole numbers; a larger one by local
    search, with a bound that says how far from the optimum it is at most.

    Parameters
    ----------
    given
        Orders, slots, limits and what costs.
    params
        Settings; as they stand when None. What a unit costs is said by ``given.weights``.
    on_progress
        Called now and then. Ctrl-C ends the search with the best schedule so far.
    """
    params = params or SlotParams()
    month = encode(given)
    classes = alike(month)
    first = _first(given, month)
    warm_up(month, first)
    story = _Story(on_progress)
    if len(classes.size) * len(given.slots) <= params.exact_size:
        found, nodes = _exact(month, classes, first, params, story)
        engine = "exact"
    else:
        found, nodes = _walked(month, first, params, story), 0
        engine = "walk"
    return _result(given, month, found, params, story, nodes, engine)


def _first(given: MonthOfOrders, month: Month) -> Ints:
    """The schedule to begin with: first come, or yesterday's where that costs less."""
    first = first_come(month, weigh=True)
    if all(slot == LEFT_OUT for slot in given.before):
        return first
    kept = as_before(month, np.array(given.before, dtype=np.int32))
    return kept if cost_of(month, kept) < cost_of(month, first) else first


def _walked(month: Month, first: Ints, params: SlotParams, story: _Story) -> Found:
    """Bound the cost, then search until it is reached or a limit is."""
    limit = params.time_limit_s
    reached = cost_of(month, first)
    try:
        story.bound = price_bound(
            month, reached, params.bound_rounds, None if limit is None else BOUND_SHARE * limit
        )
    except KeyboardInterrupt:
        return Found(first, reached, stopped="interrupted")
    left = None if limit is None else max(limit - story.seconds, 0.01)
    return improve(
        month, first, params.model_copy(update={"time_limit_s": left}), story.bound, story.tell
    )


def _exact(
    month: Month, classes: Alike, first: Ints, params: SlotParams, story: _Story
) -> tuple[Found, int]:
    """Search a while, then solve the program of whole numbers from there."""
    limit = params.time_limit_s
    moves = MOVES * len(month.free) if params.iterations is None else params.iterations
    short = params.model_copy(
        update={"time_limit_s": limit and WALK_SHARE * limit, "iterations": moves}
    )
    found = improve(month, first, short, 0.0, story.tell)
    if found.stopped in ("proven", "interrupted"):
        story.bound = found.cost if found.stopped == "proven" else 0.0
        return found, 0
    left = None if limit is None else max(limit - story.seconds, 0.01)
    solved = solve_exact(
        month, classes, found.at, node_limit=params.exact_nodes, time_limit_s=left,
        on_progress=story.tell_nodes,
    )  # fmt: skip
    found.at, story.bound = solved.at, solved.bound
    if solved.optimal:
        found.stopped = "proven"
    elif solved.nodes >= params.exact_nodes:
        found.stopped = "nodes"
    else:
        found.stopped = "time" if limit is not None and story.seconds >= limit else "interrupted"
    return found, solved.nodes


def _result(
    given: MonthOfOrders,
    month: Month,
    found: Found,
    params: SlotParams,
    story: _Story,
    nodes: int,
    engine: str,
) -> SlotResult:
    """Say what was found, what it costs, and what held the orders that are late."""
    at = tuple(LEFT_OUT if slot == month.slots else slot for slot in found.at.tolist())
    used = used_of(given, at)
    parts = parts_of(given, at, used)
    cost = sum(count * getattr(given.weights, name) for name, count in parts.items())
    held = held_orders(given, month, found.at, used)
    proven = found.stopped == "proven"
    return SlotResult(
        slot_of=at,
        cost=cost,
        parts=parts,
        bound=cost if proven else min(max(0.0, story.bound), cost),
        searched=Slotted(
            params.seed, found.moves, found.accepted, nodes, story.seconds, found.stopped, engine,
            motorworks.__version__,
        ),
        tables=tables_of(given, at, parts, held, story.better),
        settings=params.model_dump(mode="json"),
    )  # fmt: skip
