"""Runs of all colours together: the fewest, or those that break rules the least.

Kinds of runs r, each of one colour, are made as they pay, as for one colour alone. With y(r) of
each, the cars n(g, r) of a class, its excess x(k, r) and unused room u(k, r) under
rule k,

    min   sum_r y(r)  or  sum_k weight(k) e(k)
          sum_r n(g, r) y(r) = m(g)              classes of each colour
          sum_r y(r) >= fewest                   runs of each colour
          sum_r y(r) <= most + more              runs of all colours, where changes are given
          e(k) >= sum_r x(k, r) y(r) + before(k)
          sum_r u(k, r) y(r) <= unused(k) + e(k)
          least(k) <= e(k) <= most(k),  sum_k weight(k) e(k) <= value of the objective.

What happens between runs is left out, but for the first one, which goes on from the day before:
exactly one run of all colours is a first one, with what its cars break together with those before.
In the colour of the last car before it makes no change. y need not be whole, so that the least is
a bound. It is taken under the prices of the rows: no run is worth more than it costs by more than
``gap``, and there are not more than so many runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from motorworks.case.line_day import Integers, LineDay, ObjectiveName
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Floats, Indices, Solution, Status
from motorworks.sequence.bounds.automaton import Automaton, Watch
from motorworks.sequence.bounds.ledger import Entry
from motorworks.sequence.bounds.pricing import Runs, effort_of, price_runs
from motorworks.sequence.bounds.work import Work

_MORE = 1e5
"""Price of a run more than are allowed, to begin with; far above what a run can save."""

_NO_FIRST = 1e5
"""Price of a day without a first run."""

_ROUND, _ENTRY = 0.01, 5e-7
"""Work of a round, and of each number in the program, beside the pricing."""


@dataclass(frozen=True)
class Colour:
    """Cars of one colour: members of each class, the states of its runs, and fewest of them.

    ``first`` has the states of a run that the day begins with, of ``first_longest`` cars at most,
    None where there is no day before or the batch is full; where it ``goes_on`` it makes no change.
    """

    members: Integers
    graph: Automaton
    watches: tuple[Watch, ...]
    longest: int
    fewest: int
    first: Automaton | None = None
    first_longest: int = 0
    goes_on: bool = False


@dataclass
class _Part:
    """Runs of one colour, first ones or others, and the kinds of them made so far.

    ``change`` is what a run adds to the changes, ``most`` how many of them there are at most.
    """

    number: int
    colour: Colour
    graph: Automaton
    longest: int
    first: bool
    change: float
    most: int
    kinds: Runs


@dataclass
class Master:
    """The program of a day, with the kinds of runs made so far.

    ``target`` is the objective; ``most_runs`` how many runs the orders looked at have at most, and
    ``most_counted`` how many but a first one that goes on in the colour before.
    """

    day: LineDay
    colours: list[Colour]
    entries: list[Entry]
    target: ObjectiveName
    most_runs: int
    most_counted: int
    values: dict[ObjectiveName, float]
    parts: list[_Part] = field(default_factory=list)

    def bound(self, work: Work, enough: float) -> float:
        """Bound of the objective, as far as the work goes; stops once it is ``enough``.

        Where the target are the changes, all runs count but one that goes on from the day before.
        """
        spare = self.most_runs - sum(colour.fewest for colour in self.colours)
        self.parts = list(_parts(self.colours, spare))
        best = 0.0
        while work.left > 0.0 and best < enough:
            work.spend(self._round())
            found, rows = self._solve()
            if found.status is not Status.OPTIMAL:
                break
            gaps = [self._price(part, found, rows) for part in self.parts]
            safe = found.objective - sum(
                gap * part.most for gap, part in zip(gaps, self.parts, strict=True)
            )
            best = max(best, safe)
            if max(gaps, default=0.0) <= 1e-7:
                break
        return best

    @property
    def _begins(self) -> bool:
        """Whether a first run is told from the others."""
        return any(part.first for part in self.parts)

    def _round(self) -> float:
        """Work of one round: runs of each part priced, and the program with all of them."""
        entries = sum(part.kinds.cars.size + part.kinds.cost.size for part in self.parts)
        prices = sum(effort_of(part.graph, part.longest) for part in self.parts)
        return _ROUND + entries * _ENTRY + prices

    def _solve(self) -> tuple[Solution, dict[str, Indices]]:
        lp = Builder()
        counted = self.target == "colour"
        broken, room = self._rules(lp)
        most = np.inf if counted else float(self.most_counted)
        rows = {"broken": broken, "room": room, "runs": lp.rows("runs", (1,), upper=most)}
        if not counted:
            lp.terms(rows["runs"], lp.columns("more", (1,), cost=_MORE), -1.0)
        if self._begins:
            rows["first"] = lp.rows("first", (1,), 1.0, 1.0)
            lp.terms(rows["first"], lp.columns("no first", (1,), cost=_NO_FIRST), 1.0)
        for number, colour in enumerate(self.colours):
            members = lp.rows(f"colour {number}", colour.members.shape, colour.members,
                              colour.members)  # fmt: skip
            least = lp.rows(f"fewest {number}", (1,), lower=float(colour.fewest))
            rows[f"colour {number}"], rows[f"fewest {number}"] = members, least
        for at, part in enumerate(self.parts):
            self._runs(lp, f"runs {at}", part, rows)
        return solve(lp.model()), rows

    def _runs(self, lp: Builder, name: str, part: _Part, rows: dict[str, Indices]) -> None:
        """Columns of the kinds of runs of a part."""
        kinds, counted = part.kinds, self.target == "colour"
        use = lp.columns(name, (len(kinds.cars),), cost=part.change if counted else 0.0)
        lp.terms(rows[f"colour {part.number}"][None, :], use[:, None], kinds.cars)
        lp.terms(rows[f"fewest {part.number}"], use, 1.0)
        if part.change:
            lp.terms(rows["runs"], use, 1.0)
        if part.first:
            lp.terms(rows["first"], use, 1.0)
        for at, watch in enumerate(part.colour.watches):
            if not watch.hard:
                row = rows["room"][watch.rule] if watch.without else rows["broken"][watch.rule]
                lp.terms(row, use, kinds.cost[:, at] * (1.0 if watch.without else -1.0))

    def _rules(self, lp: Builder) -> tuple[Indices, Indices]:
        """Excess of each rule, as columns, and the rows that runs add to."""
        count = len(self.entries)
        weights = np.array([entry.rule.weight for entry in self.entries])
        costs = [entry.rule.priority == self.target for entry in self.entries] * weights
        excess = lp.columns(
            "excess", (count,), cost=costs,
            lower=np.array([entry.least for entry in self.entries]),
            upper=np.array([float(entry.most) for entry in self.entries]),
        )  # fmt: skip
        broken = lp.rows("broken", (count,), lower=[float(e.before) for e in self.entries])
        room = lp.rows("room", (count,), upper=[float(e.unused) for e in self.entries])
        lp.terms(broken, excess, 1.0)
        lp.terms(room, excess, -1.0)
        for name, value in self.values.items():
            limit = lp.rows(f"value {name}", (1,), upper=value)
            own = np.array([entry.rule.priority == name for entry in self.entries])
            lp.terms(limit, excess, own * weights)
        return broken, room

    def _price(self, part: _Part, found: Solution, rows: dict[str, Indices]) -> float:
        """Make the runs of a part that pay; the most by which one is worth more than it costs."""
        dual = found.dual
        toll = np.array([self._toll(watch, dual, rows) for watch in part.colour.watches])
        cost = part.change if self.target == "colour" else 0.0
        floor = cost - float(dual[rows[f"fewest {part.number}"]][0])
        floor -= part.change * float(dual[rows["runs"]][0])
        floor -= float(dual[rows["first"]][0]) if part.first else 0.0
        price = dual[rows[f"colour {part.number}"]]
        lengths = range(1, part.longest + 1)
        priced = price_runs(part.graph, price, toll, lengths, floor + 1e-7)
        known, new = part.kinds, priced.runs
        part.kinds = Runs(np.vstack([known.cars, new.cars]), np.vstack([known.cost, new.cost]))
        return max(0.0, float(priced.worth.max()) - floor)

    @staticmethod
    def _toll(watch: Watch, dual: Floats, rows: dict[str, Indices]) -> float:
        if watch.hard:
            return 0.0
        return float(-dual[rows["room"][watch.rule]] if watch.without
                     else dual[rows["broken"][watch.rule]])  # fmt: skip


def _parts(colours: list[Colour], spare: int) -> Iterator[_Part]:
    """Runs of each colour, and those that begin the day, with runs of one car to begin with."""
    for number, colour in enumerate(colours):
        one = _of_one_car(colour, colour.graph)
        yield _Part(number, colour, colour.graph, colour.longest, first=False, change=1.0,
                    most=colour.fewest + spare, kinds=one)  # fmt: skip
        if colour.first is not None:
            one = _of_one_car(colour, colour.first)
            change = 0.0 if colour.goes_on else 1.0
            yield _Part(number, colour, colour.first, colour.first_longest, first=True,
                        change=change, most=1, kinds=one)  # fmt: skip


def _of_one_car(colour: Colour, graph: Automaton) -> Runs:
    """Runs of one car, and what each costs."""
    steps = np.flatnonzero(graph.source == graph.begin)
    cars = np.eye(len(colour.members), dtype=np.int64)[graph.klass[steps]]
    return Runs(cars, graph.cost[steps].astype(np.int64))
