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

What happens between runs is left out, and y need not be whole, so that the least is a bound. It is
taken under the prices of the rows: no run is worth more than it costs by more than ``gap``, and
there are not more than so many runs.
"""

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

_ROUND, _ENTRY = 0.01, 5e-7
"""Work of a round, and of each number in the program, beside the pricing."""


@dataclass(frozen=True)
class Colour:
    """Cars of one colour: members of each class, the states of its runs, and fewest of them."""

    members: Integers
    graph: Automaton
    watches: tuple[Watch, ...]
    longest: int
    fewest: int


@dataclass
class Master:
    """The program of a day, with the kinds of runs made so far.

    ``target`` is the objective; ``most_runs`` how many runs the orders looked at have at most.
    """

    day: LineDay
    colours: list[Colour]
    entries: list[Entry]
    target: ObjectiveName
    most_runs: int
    values: dict[ObjectiveName, float]
    kinds: list[Runs] = field(default_factory=list)

    def bound(self, work: Work, enough: float) -> float:
        """Bound of the objective, as far as the work goes; stops once it is ``enough``."""
        self.kinds = [
            Runs(np.eye(len(c.members), dtype=np.int64),
                 np.zeros((len(c.members), len(c.watches)), np.int64))
            for c in self.colours
        ]  # fmt: skip
        best = 0.0
        while work.left > 0.0 and best < enough:
            work.spend(self._round())
            found, rows = self._solve()
            if found.status is not Status.OPTIMAL:
                break
            gaps = [self._price(number, found, rows) for number in range(len(self.colours))]
            runs = self.most_runs - sum(c.fewest for c in self.colours)
            safe = found.objective - sum(
                gap * (c.fewest + runs) for gap, c in zip(gaps, self.colours, strict=True)
            )
            best = max(best, safe)
            if max(gaps, default=0.0) <= 1e-7:
                break
        return best

    def _round(self) -> float:
        """Work of one round: runs of each colour priced, and the program with all of them."""
        entries = sum(kinds.cars.size + kinds.cost.size for kinds in self.kinds)
        prices = sum(effort_of(colour.graph, colour.longest) for colour in self.colours)
        return _ROUND + entries * _ENTRY + prices

    def _solve(self) -> tuple[Solution, dict[str, Indices]]:
        lp = Builder()
        rows: dict[str, Indices] = {}
        counted = self.target == "colour"
        broken, room = self._rules(lp)
        total = lp.rows("runs", (1,), upper=np.inf if counted else float(self.most_runs))
        if not counted:
            lp.terms(total, lp.columns("more", (1,), cost=_MORE), -1.0)
        for number, (colour, kinds) in enumerate(zip(self.colours, self.kinds, strict=True)):
            name = f"colour {number}"
            use = lp.columns(name, (len(kinds.cars),), cost=1.0 if counted else 0.0)
            members = lp.rows(name, colour.members.shape, colour.members, colour.members)
            lp.terms(members[None, :], use[:, None], kinds.cars)
            least = lp.rows(f"fewest {number}", (1,), lower=float(colour.fewest))
            lp.terms(least, use, 1.0)
            lp.terms(total, use, 1.0)
            for at, watch in enumerate(colour.watches):
                if not watch.hard:
                    row = room[watch.rule] if watch.without else broken[watch.rule]
                    lp.terms(row, use, kinds.cost[:, at] * (1.0 if watch.without else -1.0))
            rows[name], rows[f"fewest {number}"] = members, least
        rows |= {"broken": broken, "room": room, "runs": total}
        return solve(lp.model()), rows

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

    def _price(self, number: int, found: Solution, rows: dict[str, Indices]) -> float:
        """Make the runs of a colour that pay; the most by which one is worth more than it costs."""
        colour, dual = self.colours[number], found.dual
        toll = np.array([self._toll(watch, dual, rows) for watch in colour.watches])
        cost = 1.0 if self.target == "colour" else 0.0
        floor = cost - float(dual[rows[f"fewest {number}"]][0] + dual[rows["runs"]][0])
        price = dual[rows[f"colour {number}"]]
        lengths = range(1, colour.longest + 1)
        priced = price_runs(colour.graph, price, toll, lengths, floor + 1e-7)
        known, new = self.kinds[number], priced.runs
        self.kinds[number] = Runs(np.vstack([known.cars, new.cars]),
                                  np.vstack([known.cost, new.cost]))  # fmt: skip
        return max(0.0, float(priced.worth.max()) - floor)

    @staticmethod
    def _toll(watch: Watch, dual: Floats, rows: dict[str, Indices]) -> float:
        if watch.hard:
            return 0.0
        return float(-dual[rows["room"][watch.rule]] if watch.without
                     else dual[rows["broken"][watch.rule]])  # fmt: skip
