"""Orders as a flow through the states of rules and colours, in one linear program.

An order is a way through nodes: while a run lasts, its colour and the state of the rules, and
their state alone at the seam between two runs. With f(a) ways along arc a,

    min   changes  or  sum_k weight(k) e(k)
          out(node) - in(node) = 1 at the begin, else 0         (the way ends at a seam)
          sum of f over the arcs of class g = m(g)
          e(k) >= sum_a x(k, a) f(a) + before(k),   least(k) <= e(k) <= most(k)
          changes >= arcs out of runs - 1,   sum_k weight(k) e(k), changes <= values given
          arcs into runs of a colour >= fewest(colour),

where a whole f is an order (or one with cycles beside it), and a fraction makes the bound lower
only. Between runs the states go on, which runs taken one by one do not show; and fewest runs of a
colour by themselves (:mod:`motorworks.sequence.bounds.runs`) tell of batch limits and of rules that
are left out of the states. Where the program stays small, the cars of a run are counted too.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from motorworks.case.line_day import Integers, LineDay, ObjectiveName
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.interior import interior_duals, least
from motorworks.engines.lp.model import Indices
from motorworks.sequence.bounds.automaton import Automaton, Watch, automaton
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.ledger import Entry, most_used
from motorworks.sequence.bounds.work import Work

_COLUMNS = 13_000
"""Columns of a program that is solved in about a second."""

_MOST = 120_000
"""Most columns of a program: memory, and solvers that need ever more steps."""

_MISSES = 3
"""Rules that may be found to need too many states before no further one is tried."""


@dataclass(frozen=True)
class Layers:
    """Colours of the day, and what is known of the runs of each.

    ``of`` is the layer of each car of the day; ``fewest`` runs of a layer, of at most ``longest``
    cars. The day begins within a run of the layer ``begin`` (-1: with a new one, which makes a
    change where ``changes``).
    """

    of: Integers
    fewest: tuple[int, ...]
    longest: tuple[int, ...]
    begin: int
    run: int
    changes: bool


@dataclass(frozen=True)
class _States:
    """States of the rules that are watched, and the classes of cars that they tell apart.

    ``flags`` is the number of a class among those of the graph, ``layer`` its colour. ``counted``
    says whether cars of a run are counted, where a batch limit asks for it.
    """

    graph: Automaton
    watches: tuple[Watch, ...]
    layer: Integers
    flags: Integers
    members: Integers
    lengths: tuple[int, ...]

    @property
    def columns(self) -> int:
        """Columns of the program."""
        steps = np.bincount(self.graph.klass, minlength=self.flags.max(initial=0) + 1)[self.flags]
        cars = int(steps @ np.array(self.lengths)[self.layer])
        return cars + self.graph.states * (1 + sum(1 + length for length in self.lengths))


def bound_flow(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    entries: Sequence[Entry],
    layers: Layers,
    work: Work,
) -> Bound | None:
    """Bound of an objective over orders whose ``values`` of more importance are not above these.

    Parameters
    ----------
    entries
        What is known of each rule under these values.
    layers
        Colours; a single layer for all cars where colours do not matter.
    work
        How large the program may be.
    """
    most = min(_MOST, int(work.left * _COLUMNS))
    states = _states(day, entries, layers, most, work)
    if states is None:
        return None
    work.spend(states.columns / _COLUMNS)
    value = _Flow(day, states, entries, layers).least(target, values)
    return Bound(float(math.ceil(value - 1e-4)), "rules and colours as a flow through states")


def _states(
    day: LineDay, entries: Sequence[Entry], layers: Layers, most: int, work: Work
) -> _States | None:
    """States under as many rules as there is room for, those that are used the most first."""
    best, misses = _under(day, entries, [], layers, most, work), 0
    for watch in most_used(day, entries):
        if best is None or misses == _MISSES:
            break
        wider = _under(day, entries, [*best.watches, watch], layers, most, work)
        best, misses = (best, misses + 1) if wider is None else (wider, misses)
    return None if best is None else _counted(best, layers, most)


def _under(
    day: LineDay,
    entries: Sequence[Entry],
    watches: Sequence[Watch],
    layers: Layers,
    most: int,
    work: Work,
) -> _States | None:
    """States and classes under some watches; None where the program has too many columns."""
    rules = [entries[watch.rule].rule for watch in watches]
    has = day.has[:, [rule.trait for rule in rules]]
    past = has[: day.before] & np.array([rule.past_ends for rule in rules], np.bool_)
    keys = np.hstack([has[day.before :], layers.of[:, None]])
    kinds, members = np.unique(keys, axis=0, return_counts=True)
    flags, place = np.unique(kinds[:, :-1], axis=0, return_inverse=True)
    count = len(layers.fewest)
    limit = most // (len(kinds) + 2 * count + 1)
    work.spend(1e-3 + limit * len(flags) / 4e6)
    graph = automaton(flags.astype(np.bool_), watches, day.count, limit, past)
    if graph is None:
        return None
    return _States(graph, tuple(watches), kinds[:, -1], place.ravel(), members, (1,) * count)


def _counted(states: _States, layers: Layers, most: int) -> _States:
    """The same states with the cars of runs counted, if there is room for it."""
    cars = np.bincount(layers.of, minlength=len(layers.longest))
    lengths = tuple(
        longest + 1 if many > longest else 1
        for many, longest in zip(cars.tolist(), layers.longest, strict=True)
    )
    counted = _States(states.graph, states.watches, states.layer, states.flags, states.members,
                      lengths)  # fmt: skip
    return counted if counted.columns <= most else states


def paid_rows(
    lp: Builder,
    day: LineDay,
    entries: Sequence[Entry],
    watched: Sequence[int],
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    whole: bool = False,
) -> tuple[Indices, Indices]:
    """Columns of the excess of the rules, within what is given of it; rows that arcs pay into.

    Parameters
    ----------
    watched
        Numbers of the entries that have a row, in the order of these.
    whole
        Whether the excess has to be whole.
    """
    weights = np.array([float(entry.rule.weight) for entry in entries])
    names = [entry.rule.priority for entry in entries]
    reach = (day.count + day.before) * max((e.rule.window for e in entries), default=1)
    excess = lp.columns(
        "excess", (len(entries),), cost=weights * [name == target for name in names],
        lower=np.array([float(e.least) for e in entries]),
        upper=np.array([float(min(e.most, max(reach, e.least))) for e in entries]), integer=whole,
    )  # fmt: skip
    for name, value in values.items():
        if name != "colour":
            row = lp.rows(f"value {name}", (1,), upper=value)
            lp.terms(row, excess, weights * [other == name for other in names])
    paid = lp.rows("paid", (len(watched),), [float(entries[rule].before) for rule in watched])
    lp.terms(paid, excess[list(watched)], 1.0)
    return excess, paid


class _Flow:
    """The program of a day; columns of one class, or of one sort, are a group with a known sum."""

    def __init__(
        self, day: LineDay, states: _States, entries: Sequence[Entry], layers: Layers
    ) -> None:
        self._day, self._states, self._entries, self._layers = day, states, entries, layers
        self._lp = Builder()
        self._totals: list[tuple[Indices, float]] = []
        count = states.graph.states
        ends = np.cumsum([1, *states.lengths])
        begin = states.graph.begin
        if layers.begin >= 0:
            full = states.lengths[layers.begin] - 1
            begin += count * (int(ends[layers.begin]) + min(layers.run, full))
        out = np.zeros(count * int(ends[-1]))
        out[begin] = 1.0
        nodes = self._lp.rows("node", out.shape, out, out).reshape(-1, count)
        self._seam = nodes[0]
        self._runs = [nodes[a:b] for a, b in pairwise(ends)]

    def least(self, target: ObjectiveName, values: Mapping[ObjectiveName, float]) -> float:
        """Solve the program: a bound of the objective."""
        watched = [watch.rule for watch in self._states.watches]
        _, paid = paid_rows(self._lp, self._day, self._entries, watched, target, values)
        self._cars(paid)
        changes = self._changes(target, values)
        self._seams(changes)
        model = self._lp.model()
        return least(model, interior_duals(model), self._totals)

    def _cars(self, paid: Indices) -> None:
        """An arc for each car that may come next, at each state within a run."""
        lp, states, graph = self._lp, self._states, self._states.graph
        members = states.members.astype(np.float64)
        rows = lp.rows("class", members.shape, members, members)
        for number, (layer, flags) in enumerate(
            zip(states.layer.tolist(), states.flags.tolist(), strict=True)
        ):
            steps, run = np.flatnonzero(graph.klass == flags), self._runs[layer]
            before = run[:-1] if len(run) > 1 else run
            after = run[1:] if len(run) > 1 else run
            arcs = lp.columns(f"class {number}", (len(before), len(steps)))
            lp.terms(before[:, graph.source[steps]], arcs, 1.0)
            lp.terms(after[:, graph.target[steps]], arcs, -1.0)
            lp.terms(rows[number : number + 1, None], arcs, 1.0)
            for at, watch in enumerate(states.watches):
                cost = graph.cost[steps, at]
                dear = np.flatnonzero(cost)
                if len(dear) and not watch.hard:
                    lp.terms(paid[at : at + 1, None], arcs[:, dear], -cost[dear].astype(np.float64))
            self._totals.append((arcs.ravel(), float(members[number])))

    def _changes(self, target: ObjectiveName, values: Mapping[ObjectiveName, float]) -> Indices:
        """The row of changes: runs that end, less one where the first of them makes none."""
        lp, most = self._lp, float(self._day.count)
        changes = lp.columns(
            "changes", (1,), 0.0, min(most, values.get("colour", most)),
            cost=float(target == "colour"),
        )  # fmt: skip
        row = lp.rows("changes", (1,), 0.0 if self._layers.changes else -1.0)
        lp.terms(row, changes, 1.0)
        return row

    def _seams(self, changes: Indices) -> None:
        """Arcs into runs and out of them, and the fewest runs of each colour."""
        lp, layers, most = self._lp, self._layers, float(self._day.count + 1)
        for layer, run in enumerate(self._runs):
            into = lp.columns(f"into {layer}", self._seam.shape)
            lp.terms(self._seam, into, 1.0)
            lp.terms(run[0], into, -1.0)
            out = lp.columns(f"out of {layer}", run.shape)
            lp.terms(run, out, 1.0)
            lp.terms(self._seam[None, :], out, -1.0)
            lp.terms(changes[None, :], out, -1.0)
            fewest = layers.fewest[layer] - (layer == layers.begin)
            lp.terms(lp.rows(f"fewest {layer}", (1,), float(fewest)), into, 1.0)
            self._totals += [(into, most), (out.ravel(), most)]
        end = lp.columns("end", self._seam.shape)
        lp.terms(self._seam, end, 1.0)
        self._totals.append((end, 1.0))
