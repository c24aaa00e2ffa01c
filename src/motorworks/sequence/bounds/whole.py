"""The program over a net: a bound from its linear form, an order from its whole form.

With f(a) walks along arc a it is that of :mod:`motorworks.sequence.bounds.flow`. Where no order
above ``cutoff`` is of interest, an arc is left out if the bound and its reduced cost come to more
than that. A whole flow is an order and circles beside it, against which rows are added as they are
needed (:mod:`motorworks.sequence.bounds.islands`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, vstack

from motorworks.case.line_day import Integers, LineDay, ObjectiveName
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.growing import Growing
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.interior import interior_duals, least, reduced_costs
from motorworks.engines.lp.model import Floats, Indices, Model, Status, with_rows
from motorworks.sequence.bounds.flow import Layers, paid_rows
from motorworks.sequence.bounds.islands import rows_against_islands
from motorworks.sequence.bounds.ledger import Entry
from motorworks.sequence.bounds.net import FIRST, OUT, Net, pruned

_LINEAR = 0.3
"""Share of the time for rows that the linear program needs, before it is to be whole."""

_ROUNDS = 8
"""Most programs in whole numbers, each with rows against the circles of the one before."""

_OFFENDED = 0.02
"""How much a point of the linear program must offend a row, in shares of the cars of a class."""

SLACK = 1e-4
"""What a bound must be above a whole number for the next one to be taken."""


@dataclass(frozen=True)
class Question:
    """What is asked for: an order with at most ``cutoff`` in ``target``, and the values given.

    ``values`` are those of what matters more, ``entries`` and ``layers`` what is known of rules
    and colours under them.
    """

    day: LineDay
    target: ObjectiveName
    values: Mapping[ObjectiveName, float]
    cutoff: float
    entries: list[Entry]
    layers: Layers


@dataclass(frozen=True)
class Whole:
    """A whole flow: how often each arc is gone, and the excess that it allows each entry."""

    arcs: Integers
    excess: Floats


def bound_of(asked: Question, net: Net) -> tuple[float, Net]:
    """A bound of the target, and the net without arcs that lead to no order asked for."""
    model, arcs, totals = program_of(asked, net, whole=False)
    dual = interior_duals(model)
    value, reduced = least(model, dual, totals), reduced_costs(model, dual)[arcs]
    cheapest = np.zeros(len(arcs))
    for group, _ in totals[:-1]:
        at = group - arcs[0]
        cheapest[at] = min(0.0, float(reduced[at].min(initial=0.0)))
    keep = value + reduced - cheapest <= asked.cutoff + SLACK
    return value, pruned(net, keep)


def whole_walk(asked: Question, net: Net, seconds: float) -> Whole | bool:
    """A whole flow; False where there is none, True where time was too short to find one.

    It is in one piece unless rounds or time were too few for that.
    """
    until = time.perf_counter() + seconds
    model, arcs, _ = program_of(asked, net, whole=True)
    rows = _rows_of_the_linear_program(model, arcs, net, _LINEAR * seconds)
    least, pieces = 0.5 / net.members.max(), None
    for _ in range(_ROUNDS):
        if (left := until - time.perf_counter()) <= 0.0:
            break
        found = solve(with_rows(model, rows, 0.0, np.inf), time_limit_s=left, any_point=True)
        if found.status is Status.INFEASIBLE:
            return False
        if not found.feasible:
            break
        flow = np.round(found.x[arcs])
        pieces = Whole(flow.astype(np.int64), found.x[: len(asked.entries)])
        more = rows_against_islands(net, flow, least)
        if not more.shape[0]:
            break
        rows = csr_array(vstack([rows, over_all(more, arcs, len(found.x))]))
    return True if pieces is None else pieces


def _rows_of_the_linear_program(model: Model, arcs: Indices, net: Net, seconds: float) -> csr_array:
    """Rows against islands that the linear program alone asks for, and needs in the end."""
    until = time.perf_counter() + seconds
    growing, rows = Growing(replace(model, integer=None)), csr_array((0, len(model.cost)))
    while (left := until - time.perf_counter()) > 0.0:
        point = growing.point(left)
        if point is None:
            break
        more = rows_against_islands(net, point[arcs], _OFFENDED)
        if not more.shape[0]:
            break
        wide = over_all(more, arcs, len(point))
        growing.add(wide, np.zeros(more.shape[0]))
        rows = csr_array(vstack([rows, wide]))
    return rows


def over_all(rows: csr_array, some: Indices, columns: int) -> csr_array:
    """Rows over some columns, which are neighbours, as rows over all."""
    first = int(some[0])
    return csr_array((rows.data, rows.indices + first, rows.indptr), (rows.shape[0], columns))


def order_of(net: Net, arcs: Integers, mixed: int = 0) -> list[int]:
    """Cars of the day along a walk over each arc so often (C. Hierholzer's way to find it).

    There are many walks: one for each number that says how the arcs are ``mixed``. Circles that the
    walk does not meet are put in beside a run of the colour that they begin with.
    """
    taken = np.repeat(np.arange(len(arcs)), arcs)
    if mixed:
        taken = np.random.default_rng(mixed).permutation(taken)
    left: dict[int, list[int]] = {}
    for arc in taken.tolist():
        left.setdefault(int(net.source[arc]), []).append(arc)
    walk = _walked(net, left, net.begin)
    for node in list(left):
        while left[node]:
            circle = _walked(net, left, node)
            alike = np.flatnonzero(net.layer[walk] == net.layer[circle[0]])
            place = int(alike[-1]) + 1 if len(alike) else len(walk)
            walk[place:place] = circle
    classes = [int(net.klass[arc]) for arc in walk if net.klass[arc] >= 0]
    cars = {klass: np.flatnonzero(net.of == klass).tolist() for klass in set(classes)}
    return [cars[klass].pop(0) for klass in classes]


def _walked(net: Net, left: dict[int, list[int]], begin: int) -> list[int]:
    """Arcs of a walk from a node over all that is left and that it can reach; they are used up."""
    stack, walk = [(begin, -1)], []
    while stack:
        open_arcs = left.get(stack[-1][0])
        if not open_arcs:
            walk.append(stack.pop()[1])
            continue
        arc = open_arcs.pop()
        stack.append((int(net.target[arc]), arc))
    return walk[-2::-1]


def program_of(
    asked: Question, net: Net, whole: bool
) -> tuple[Model, Indices, list[tuple[Indices, float]]]:
    """The program, its columns of arcs, and groups of columns with what each comes to at most.

    The first columns are the excess of each entry. Where it is ``whole`` the target is at most the
    cutoff.
    """
    lp = Builder()
    arcs, groups = build(lp, asked, net, whole)
    return lp.model(), arcs, groups


def linear_of(asked: Question, net: Net) -> Model:
    """The linear form of what is asked, with nothing to be minimised."""
    model, _, _ = program_of(asked, net, whole=True)
    return replace(model, cost=np.zeros(len(model.cost)), integer=None)


def build(
    lp: Builder, asked: Question, net: Net, whole: bool
) -> tuple[Indices, list[tuple[Indices, float]]]:
    """Write the program down; its columns of arcs, and the groups."""
    day, layers = asked.day, asked.layers
    values = {**asked.values, asked.target: asked.cutoff} if whole else asked.values
    watched = [watch.rule for watch in net.watches]
    _, paid = paid_rows(lp, day, asked.entries, watched, asked.target, values, whole)
    most, members = float(day.count + 1), net.members.astype(np.float64)
    changes = lp.columns("changes", (1,), 0.0, min(most - 1, values.get("colour", most)),
                         cost=float(asked.target == "colour"), integer=whole)  # fmt: skip
    car = net.klass >= 0
    upper = np.where(car, members[net.klass], most) if whole else np.inf
    arcs = lp.columns("arcs", net.source.shape, upper=upper, integer=whole)
    end = lp.columns("end", net.seams.shape, integer=whole)
    begins = np.arange(len(net.layer_at)) == net.begin
    nodes = lp.rows("node", net.layer_at.shape, begins, begins)
    lp.terms(nodes[net.source], arcs, 1.0)
    lp.terms(nodes[net.target], arcs, -1.0)
    lp.terms(nodes[net.seams], end, 1.0)
    lp.terms(lp.rows("class", members.shape, members, members)[net.klass[car]], arcs[car], 1.0)
    for number, watch in enumerate(net.watches):
        dear = np.flatnonzero(net.cost[:, number])
        if not watch.hard:
            lp.terms(paid[number], arcs[dear], -net.cost[dear, number].astype(np.float64))
    row = lp.rows("changes", (1,), 0.0 if layers.changes else -1.0)
    lp.terms(row, changes, 1.0)
    lp.terms(row, arcs[net.sort == OUT], -1.0)
    fewest = np.array(layers.fewest, np.float64)
    fewest[layers.begin] -= layers.begin >= 0
    first = net.sort == FIRST
    lp.terms(lp.rows("fewest", fewest.shape, fewest)[net.layer[first]], arcs[first], 1.0)
    groups = [(arcs[net.klass == klass], cars) for klass, cars in enumerate(members.tolist())]
    return arcs, [*groups, (arcs[~car], most), (end, 1.0)]
