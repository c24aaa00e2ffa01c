"""Which colour follows which: runs in whole numbers, and all within them as a flow.

How often a run of one colour follows a run of another is a small table. In the program over a net
that remembers the last colour only these numbers are whole, which takes seconds where a program
with all arcs in whole numbers takes hours. Its solutions are narrowed from two sides: each colour
has to be reached from where the day begins (as in routing), and where the net of only the pairs of
colours in use, made finer, holds no flow, one of the pairs left out is needed (a cut as in
J. Hooker, G. Ottosson, https://doi.org/10.1007/s10107-003-0375-9). Such a cut is widened first:
each pair that is not needed for the contradiction is freed again.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_array

from motorworks.case.line_day import Flags, Integers
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.growing import Growing
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Floats, Indices, Model, Status, with_rows
from motorworks.sequence.bounds.flow import Layers
from motorworks.sequence.bounds.islands import UNIT, cut_off
from motorworks.sequence.bounds.memories import BATCHES, LAST
from motorworks.sequence.bounds.net import FIRST, OUT, Memory, Net, finer, pruned
from motorworks.sequence.bounds.whole import SLACK, Question, bound_of, build, linear_of, over_all

_ARCS = 25_000
"""Most arcs of a net of some pairs of colours, as it is made finer."""

_LP_S = 1.0
"""Most seconds for one linear program over such a net."""

_TABLE_S = 10.0
"""Most seconds for one program of the table of pairs; where it takes longer it leads nowhere."""

_OFFENDED = 0.02
"""How much a row must be offended."""


@dataclass(frozen=True)
class Pairs:
    """Arcs into runs, with the colours before and after each; before the first run ``start``.

    ``start`` is the colour in which the day begins, else a number above all colours.
    """

    arcs: Integers
    before: Integers
    after: Integers
    colours: int
    start: int


def pairs_of(net: Net, layers: Layers) -> Pairs:
    """The pairs of colours of a net that remembers the last one."""
    colours = len(layers.fewest)
    last = np.full(len(net.layer_at), colours)
    out = net.sort == OUT
    last[net.target[out]] = net.layer[out]
    arcs = np.flatnonzero(net.sort == FIRST)
    start = layers.begin if layers.begin >= 0 else colours
    return Pairs(arcs, last[net.source[arcs]], net.layer[arcs], colours, start)


def no_succession(asked: Question, net: Net, memories: Sequence[Memory], until: float) -> bool:
    """Whether it is shown that there is no order of colours for what is asked.

    Parameters
    ----------
    net
        One that remembers the last colour.
    memories
        What finer nets may remember further.
    until
        When to give up, by the clock of :func:`time.perf_counter`.
    """
    pairs = pairs_of(net, asked.layers)
    table = _table(asked, net, pairs)
    check = _Check(asked, net, pairs, memories, until)
    while (left := until - time.perf_counter()) > 0.0:
        table.join(pairs.start, until)
        found = solve(table.program(), time_limit_s=min(left, _TABLE_S), any_point=True)
        if found.status is Status.INFEASIBLE:
            return True
        if not found.feasible:
            return False
        times = np.round(table.times(found.x))
        if table.cut(times, pairs.start):
            continue
        refuted = _refuted(check, times > 0)
        if not refuted:
            return False
        for kept in refuted:
            table.add(~_allowed(kept, table.shape))
    return False


@dataclass
class _Table:
    """The program in which only the numbers of pairs are whole, and rows that it needs.

    ``counts`` are the columns of the pairs of colours ``kinds`` (before and after). Each row asks
    for one pair at least of those that it marks.
    """

    model: Model
    counts: Indices
    kinds: Integers
    shape: tuple[int, int]
    rows: list[Floats] = field(default_factory=list)

    def program(self) -> Model:
        """The program with all rows found so far."""
        return with_rows(self.model, self._over_all(self.rows), 1.0, np.inf)

    def times(self, point: Floats) -> Floats:
        """How often each pair of colours is gone, as (colours and none before, colours after)."""
        table = np.zeros(self.shape)
        table[*self.kinds.T] = point[self.counts]
        return table

    def add(self, marked: Flags) -> None:
        """Ask for one of the pairs that are marked, in the shape of the table."""
        self.rows.append(marked[*self.kinds.T].astype(np.float64))

    def join(self, start: int, until: float) -> None:
        """Add rows that the linear program needs for each colour to be reached from the start."""
        growing = Growing(replace(self.model, integer=None))
        rows = self.rows
        while (left := until - time.perf_counter()) > 0.0:
            if rows:
                growing.add(self._over_all(rows), np.ones(len(rows)))
            point, known = growing.point(left), len(self.rows)
            if point is None or not self.cut(self.times(point), start):
                return
            rows = self.rows[known:]

    def cut(self, times: Floats, start: int) -> bool:
        """Add a row for each set of colours that is entered less than once; whether one is."""
        colours = self.shape[1]
        units = np.zeros((colours + 1, colours + 1), np.int32)
        units[:, :colours] = np.round(times * UNIT)
        graph, enough = csr_array(units), (1.0 - _OFFENDED) * UNIT
        others = (colour for colour in range(colours) if colour != start)
        sides = (cut_off(graph, start, colour, enough) for colour in others)
        found = {tuple(side.tolist()) for side in sides if side is not None}
        for side in sorted(found):
            inside = np.array(side)
            self.add(~inside[:, None] & inside[None, :colours])
        return bool(found)

    def _over_all(self, rows: Sequence[Floats]) -> csr_array:
        table = csr_array(np.array(rows).reshape(-1, len(self.counts)))
        return over_all(table, self.counts, len(self.model.cost))


def _table(asked: Question, net: Net, pairs: Pairs) -> _Table:
    """The program over a net, with a column for each pair of colours."""
    lp = Builder()
    arcs, _ = build(lp, asked, net, whole=True)
    kinds = np.unique(np.column_stack([pairs.before, pairs.after]), axis=0)
    runs = np.append(_most_runs(asked), asked.day.count)
    most = np.minimum(runs[kinds[:, 0]], runs[kinds[:, 1]]).astype(np.float64)
    counts = lp.columns("pairs", (len(kinds),), upper=most, integer=True)
    rows = lp.rows("pairs", (len(kinds),), 0.0, 0.0)
    shape = pairs.colours + 1, pairs.colours
    number = np.zeros(shape, np.int64)
    number[*kinds.T] = np.arange(len(kinds))
    lp.terms(rows[number[pairs.before, pairs.after]], arcs[pairs.arcs], 1.0)
    lp.terms(rows, counts, -1.0)
    model = lp.model()
    whole = np.zeros(len(model.cost), np.bool_)
    whole[counts] = True
    model = replace(model, cost=np.zeros(len(model.cost)), integer=whole)
    return _Table(model, counts, kinds, shape)


def _most_runs(asked: Question) -> Integers:
    """Most runs of each colour: its fewest, and all that the changes given leave to spare."""
    values = {**asked.values, asked.target: asked.cutoff}
    fewest = np.array(asked.layers.fewest)
    runs = values["colour"] + (0 if asked.layers.changes else 1)
    return fewest + int(max(0.0, runs - fewest.sum()))


def _refuted(check: "_Check", used: Flags) -> list[list[tuple[int, int]]]:
    """Sets of few pairs that cannot all be gone; none where those used may be.

    A pair that is left out of a set frees all pairs of its two colours. Where one pair alone cannot
    be gone, its colours the other way round often cannot either.
    """
    kept = [(int(before), int(after)) for before, after in np.argwhere(used)]
    if not check.fails(_allowed(kept, used.shape)):
        return []
    for pair in list(kept):
        fewer = [other for other in kept if other != pair]
        if check.fails(_allowed(fewer, used.shape)):
            kept = fewer
    turned = [(after, before) for before, after in kept if before < used.shape[1]]
    if len(kept) == len(turned) == 1 and check.fails(_allowed(turned, used.shape)):
        return [kept, turned]
    return [kept]


def _allowed(kept: Sequence[tuple[int, int]], shape: tuple[int, ...]) -> Flags:
    """All pairs but those that share a colour's side with a pair that is kept."""
    allowed = np.ones(shape, np.bool_)
    for before, after in kept:
        allowed[before, :] = False
        allowed[:, after] = False
    for before, after in kept:
        allowed[before, after] = True
    return allowed


@dataclass(frozen=True)
class _Check:
    """Looks whether a net of some pairs of colours holds a flow."""

    asked: Question
    net: Net
    pairs: Pairs
    memories: Sequence[Memory]
    until: float

    def fails(self, allowed: Flags) -> bool:
        """Whether it is shown to hold none, with more and more remembered."""
        keep = np.ones(len(self.net.source), np.bool_)
        keep[self.pairs.arcs] = allowed[self.pairs.before, self.pairs.after]
        net = self._narrow(pruned(self.net, keep))
        for memory in self.memories:
            if net is None or time.perf_counter() > self.until:
                break
            if memory.name not in (LAST, BATCHES):
                wider = finer(net, memory, _ARCS)
                net = net if wider is None else self._narrow(wider)
        return net is None

    def _narrow(self, net: Net) -> Net | None:
        """The net without what leads to no order asked for; None where nothing is left."""
        there = np.unique(net.klass[net.klass >= 0])
        if len(there) < len(net.members):
            return None
        found = solve(linear_of(self.asked, net), time_limit_s=_LP_S)
        if found.status is Status.INFEASIBLE:
            return None
        value, fewer = bound_of(self.asked, net)
        return None if value > self.asked.cutoff + SLACK or not len(fewer.source) else fewer
