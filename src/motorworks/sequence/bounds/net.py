"""Orders as walks through a net whose nodes remember as much as is asked for.

A walk goes from a seam between two runs into a run of one colour with its first car, on with
further cars, and out to a seam again. To begin with nodes remember nothing but the colour of the
run; each memory (:mod:`motorworks.sequence.bounds.memories`) parts them by one thing more: what a
ratio rule has seen, the cars of the run, the colour of the last one. What was found to lead to no
order of interest is left out for good, so that a net stays small while it grows finer (dynamic
state space relaxation: N. Christofides, A. Mingozzi, P. Toth,
https://doi.org/10.1002/net.3230110207).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order

from motorworks.case.line_day import Flags, Integers
from motorworks.sequence.bounds.automaton import Watch
from motorworks.sequence.bounds.flow import Layers

FIRST, NEXT, OUT = 0, 1, 2
"""Sorts of arcs: the first car of a run, one more car, the end of the run."""

Step = Callable[[Integers, Flags, Integers, Integers], tuple[Integers, Integers, Flags]]
"""From memory, trait of the car, sort and layer of an arc: memory after it, cost, if it fits."""


@dataclass(frozen=True)
class Memory:
    """One thing to remember, as a number below ``size``, ``begin`` before the first car.

    ``has`` are the cars of the day with the trait that it looks at, None where it looks at none.
    ``watch`` is the ratio rule that it stands for, ``name`` tells memories apart.
    """

    name: str
    size: int
    begin: int
    step: Step
    has: Flags | None = None
    watch: Watch | None = None


@dataclass(frozen=True)
class Net:
    """Nodes and arcs. ``layer_at[node]`` is the colour of the run, -1 at a seam.

    Arc a leads from ``source`` to ``target``, is of a ``sort`` and ``layer``, takes a car of class
    ``klass`` (-1: none) and costs ``cost[a, w]`` under watch w. ``of`` is the class of each car.
    """

    begin: int
    layer_at: Integers
    source: Integers
    target: Integers
    sort: Integers
    layer: Integers
    klass: Integers
    cost: NDArray[np.int16]
    of: Integers
    watches: tuple[Watch, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def members(self) -> Integers:
        """Cars of each class."""
        return np.bincount(self.of)

    @property
    def seams(self) -> Integers:
        """Nodes at which an order may end."""
        return np.flatnonzero(self.layer_at < 0)


def first_net(layers: Layers) -> Net:
    """The net that remembers nothing but the colour of the run.

    Examples
    --------
    >>> layers = Layers(np.array([0, 1, 1]), (1, 1), (9, 9), -1, 0, False)
    >>> first_net(layers).source.tolist()
    [0, 0, 1, 2, 1, 2]
    """
    count = len(layers.fewest)
    every = np.arange(count)
    zero = np.zeros(count, np.int64)
    return Net(
        begin=1 + layers.begin,
        layer_at=np.arange(-1, count),
        source=np.concatenate([zero, every + 1, every + 1]),
        target=np.concatenate([every + 1, every + 1, zero]),
        sort=np.repeat([FIRST, NEXT, OUT], count),
        layer=np.tile(every, 3),
        klass=np.concatenate([every, every, zero - 1]),
        cost=np.zeros((3 * count, 0), np.int16),
        of=layers.of.copy(),
    )


def finer(net: Net, memory: Memory, most_arcs: int) -> Net | None:
    """The net with one memory more; None where it would have more arcs than that."""
    parted, arc, flag = _classes_parted(net, memory.has)
    begin = net.begin * memory.size + memory.begin
    hops = _reached(parted, flag, memory, begin, most_arcs)
    if hops is None:
        return None
    known, source, target, step, cost = hops
    costs = net.cost[arc[step]]
    if memory.watch is not None:
        costs = np.column_stack([costs, cost.astype(np.int16)])
    return replace(
        parted,
        begin=int(np.searchsorted(known, begin)),
        layer_at=net.layer_at[known // memory.size],
        source=np.searchsorted(known, source),
        target=np.searchsorted(known, target),
        sort=parted.sort[step], layer=parted.layer[step], klass=parted.klass[step], cost=costs,
        watches=net.watches if memory.watch is None else (*net.watches, memory.watch),
        known=net.known | {memory.name},
    )  # fmt: skip


def _classes_parted(net: Net, has: Flags | None) -> tuple[Net, Integers, Flags]:
    """Classes parted by a trait, arcs sorted by source; the arc each comes from, and its trait."""
    traits = np.zeros(len(net.of), np.int64) if has is None else has.astype(np.int64)
    keys, of = np.unique(net.of * 2 + traits, return_inverse=True)
    parts = np.bincount(keys // 2, minlength=int(net.of.max()) + 1)
    first = np.cumsum(parts) - parts
    car = net.klass >= 0
    many = np.where(car, parts[net.klass], 1)
    arc = np.repeat(np.arange(len(many)), many)
    part = np.arange(len(arc)) - np.repeat(np.cumsum(many) - many, many)
    klass = np.where(car[arc], first[net.klass[arc]] + part, -1)
    order = np.argsort(net.source[arc], kind="stable")
    arc, klass = arc[order], klass[order]
    flag = (keys % 2 == 1)[klass] & (klass >= 0)
    parted = replace(net, source=net.source[arc], target=net.target[arc], sort=net.sort[arc],
                     layer=net.layer[arc], klass=klass, of=of.reshape(-1))  # fmt: skip
    return parted, arc, flag


def _reached(
    net: Net, flag: Flags, memory: Memory, begin: int, most: int
) -> tuple[Integers, Integers, Integers, Integers, Integers] | None:
    """Nodes with memories that walks reach, in order; source, target, arc and cost of each hop."""
    degree = np.bincount(net.source, minlength=len(net.layer_at))
    start = np.cumsum(degree) - degree
    known = frontier = np.array([begin])
    hops: list[tuple[Integers, Integers, Integers, Integers]] = []
    total = 0
    while len(frontier):
        node, held = frontier // memory.size, frontier % memory.size
        many = degree[node]
        who = np.repeat(np.arange(len(frontier)), many)
        arc = start[node][who] + np.arange(len(who)) - np.repeat(np.cumsum(many) - many, many)
        after, cost, fits = memory.step(held[who], flag[arc], net.sort[arc], net.layer[arc])
        into = net.target[arc] * memory.size + after
        hops.append((frontier[who][fits], into[fits], arc[fits], cost[fits]))
        total += int(fits.sum())
        if total > most:
            return None
        frontier = np.setdiff1d(np.unique(into[fits]), known, assume_unique=True)
        known = np.union1d(known, frontier)
    source, target, step, paid = (np.concatenate(part) for part in zip(*hops, strict=True))
    return known, source, target, step, paid


def pruned(net: Net, keep: Flags) -> Net:
    """The net of the arcs kept that lie on a walk from the begin to a seam."""
    alive = np.zeros(len(net.layer_at), np.bool_)
    while True:
        source, target = net.source[keep], net.target[keep]
        ahead = _reach(source, target, net.begin, len(alive))
        last = len(alive)  # all seams lead there
        ends = np.full(len(net.seams), last)
        back = _reach(np.append(target, ends), np.append(source, net.seams), last, last + 1)
        alive = ahead & back[:last]
        fewer = keep & alive[net.source] & alive[net.target]
        if fewer.sum() == keep.sum():
            break
        keep = fewer
    alive[net.begin] = True
    number = np.cumsum(alive) - 1
    return replace(
        net, begin=int(number[net.begin]), layer_at=net.layer_at[alive],
        source=number[net.source[keep]], target=number[net.target[keep]], sort=net.sort[keep],
        layer=net.layer[keep], klass=net.klass[keep], cost=net.cost[keep],
    )  # fmt: skip


def _reach(source: Integers, target: Integers, begin: int, nodes: int) -> Flags:
    """Nodes that can be reached; sources and targets swapped: from which it can be reached."""
    # several arcs between two nodes add up, and none may come to 0
    graph = coo_array((np.ones(len(source)), (source, target)), shape=(nodes, nodes)).tocsr()
    found = np.zeros(nodes, np.bool_)
    found[breadth_first_order(graph, begin, return_predecessors=False)] = True
    return found
