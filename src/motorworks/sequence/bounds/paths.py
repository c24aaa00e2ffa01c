"""The least that the rules of one objective count together, over the whole day as one stretch.

Each order of the day is a way of n steps through the states of its rules, from where the day
before has led; only the ways that take m(g) cars of each class g are orders. With ways r as they
pay, their cars n(g, r) and excess x(k, r),

    min  sum_k weight(k) e(k)
         sum_r y(r) = 1,    sum_r n(g, r) y(r) = m(g),
         e(k) >= sum_r x(k, r) y(r) + before(k),   least(k) <= e(k) <= most(k),
         sum_k weight(k) e(k) <= value             for objectives of more importance,

is a bound (Dantzig and Wolfe): ways may be mixed, but each of them is whole, so that rules that
stand in each other's way are seen, which single rules do not show. Prices of classes are kept
within limits, which makes the bound lower at most, and lets it settle sooner.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from motorworks.case.line_day import Flags, Integers, LineDay, ObjectiveName
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Floats, Indices, Solution, Status
from motorworks.sequence.bounds.automaton import Automaton, Colours, Watch, automaton
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.ledger import Entry, ledger, most_used
from motorworks.sequence.bounds.pricing import Runs, effort_of, price_runs
from motorworks.sequence.bounds.work import Work

_STATES = 20_000
_TABLE = 12_000_000
"""Most states, and most states times cars; rules are left out above it."""

_PAINTED = 100_000_000
"""Most steps times cars where colours are remembered; above it they are not."""

_PRICE = 20.0
"""Limit of the price of a car of a class, in units of the greatest weight of a rule."""


@dataclass(frozen=True)
class _Ways:
    """The states of a day, its watches, and the cars of each class."""

    graph: Automaton
    watches: tuple[Watch, ...]
    members: Integers


def bound_together(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    work: Work,
    enough: float = math.inf,
) -> Bound | None:
    """Bound of an objective over orders whose ``values`` are not above those given.

    Colours are looked at where the day is small enough for it: they multiply the states.

    Parameters
    ----------
    values
        Objectives of more importance.
    work
        How much may be spent.
    enough
        Stop once the bound is this.
    """
    looked = {target, *values}
    entries = ledger(day, values)
    entries = [entry for entry in entries if entry.rule.priority in {*looked, "hard"}]
    ways = None
    if "colour" in looked:
        ways = _ways(day, entries, limits=True) or _ways(day, entries, limits=False)
    if ways is None and target != "colour":
        ways = _ways(day, entries)
    if ways is None:
        return None
    mixed = _Mixed(day, ways, entries, target, values)
    found = mixed.bound(enough, work)
    return Bound(float(math.ceil(found - 1e-6)), "rules together, by column generation over orders")


def _ways(day: LineDay, entries: list[Entry], limits: bool | None = None) -> _Ways | None:
    """States under as many rules as may be, those that are used the most first.

    With ``limits`` colours are looked at, with batch limits or without.
    """
    kept: list[Watch] = []
    best = None if limits is None else _classes(day, entries, kept, limits)
    if limits is not None and best is None:
        return None
    for watch in most_used(day, entries):
        wider = _classes(day, entries, [*kept, watch], limits)
        if wider is not None:
            kept.append(watch)
            best = wider
    enough = 2 if limits is None else 1
    return None if best is None or len(kept) < enough else _Ways(best[0], tuple(kept), best[1])


def _classes(
    day: LineDay, entries: list[Entry], watches: list[Watch], limits: bool | None
) -> tuple[Automaton, Integers] | None:
    """States and classes under some watches; None where there are too many."""
    rules = [entries[watch.rule].rule for watch in watches]
    has: Flags = day.has[:, [rule.trait for rule in rules]]
    past = has[: day.before] & np.array([rule.past_ends for rule in rules], np.bool_)
    colour = day.colour[:, None] if limits is not None else day.colour[:, None] * 0
    keys, members = np.unique(np.hstack([has, colour])[day.before :], axis=0, return_counts=True)
    flags = keys[:, :-1].astype(np.bool_)
    colours = None if limits is None else _painted(day, keys[:, -1].astype(np.int64), limits)
    most = min(_STATES, _TABLE // max(1, day.count))
    if colours is not None:
        most = min(most, _PAINTED // (len(keys) * max(1, day.count)))
    graph = automaton(flags, watches, day.count, most, past, colours)
    return None if graph is None else (graph, members)


def _painted(day: LineDay, of: Integers, limits: bool) -> Colours:
    """Colours of classes, and what the day before leaves of them."""
    last = int(day.colour[day.before - 1]) if day.before else -1
    run = 0
    if day.paint is not None and day.paint.with_before:
        past = day.colour[: day.before][::-1]
        run = int(np.argmin(np.append(past, -1) == last))
    most = np.array(day.paint.most) if limits and day.paint is not None else None
    return Colours(of, most, last, run)


@dataclass
class _Mixed:
    """The program of a day over the ways made so far."""

    day: LineDay
    ways: _Ways
    entries: list[Entry]
    target: ObjectiveName
    values: Mapping[ObjectiveName, float]

    def bound(self, enough: float, work: Work) -> float:
        """Make ways as they pay; the best bound on the way."""
        ways, count = self.ways, self.day.count
        kinds = Runs(np.zeros((0, len(ways.members)), np.int64),
                     np.zeros((0, ways.graph.cost.shape[1]), np.int64))  # fmt: skip
        best = 0.0
        own = [entry for entry in self.entries if entry.rule.priority == self.target]
        singly = sum(entry.rule.weight * entry.least for entry in own)
        while work.left > 0.0 and math.ceil(best - 1e-6) < enough:
            work.spend(effort_of(ways.graph, count))
            found, toll = self._solve(kinds)
            if found.status is not Status.OPTIMAL:
                break
            dual = found.dual
            price, whole = dual[: len(ways.members)], range(count, count + 1)
            priced = price_runs(ways.graph, price, toll, whole, -np.inf)
            gap = float(priced.worth[0] + dual[len(ways.members)])
            best = max(best, found.objective - max(0.0, gap))
            # mixing more ways makes the program no dearer: it may have nothing more to show
            nothing = math.ceil(found.objective - 1e-6) <= max(singly, math.ceil(best - 1e-6))
            if gap <= 1e-7 or nothing or not len(priced.runs.cars):
                break
            kinds = Runs(np.vstack([kinds.cars, priced.runs.cars]),
                         np.vstack([kinds.cost, priced.runs.cost]))  # fmt: skip
        return best

    def _solve(self, kinds: Runs) -> tuple[Solution, Floats]:
        """Mix the ways made so far; the first rows are the classes and the one way.

        Also told is what a unit of cost under each watch takes from the worth of a way.
        """
        lp = Builder()
        count, classes = len(self.ways.members), len(self.ways.watches)
        members = lp.rows("class", (count,), self.ways.members, self.ways.members)
        one = lp.rows("one", (1,), 1.0, 1.0)
        weights = np.array([entry.rule.weight for entry in self.entries] or [1])
        limit = _PRICE * float(weights.max())
        lp.terms(members, lp.columns("short", (count,), cost=limit), 1.0)
        lp.terms(members, lp.columns("long", (count,), cost=limit), -1.0)
        lp.terms(one, lp.columns("none", (1,), cost=limit * self.ways.members.sum()), 1.0)
        paid = self._paid(lp)
        if len(kinds.cars):
            use = lp.columns("use", (len(kinds.cars),))
            lp.terms(one, use, 1.0)
            lp.terms(members[None, :], use[:, None], kinds.cars)
            lp.terms(paid[None, : kinds.cost.shape[1]], use[:, None], -kinds.cost)
        found = solve(lp.model())
        hard = [watch.hard for watch in self.ways.watches]
        hard += [False] * (kinds.cost.shape[1] - classes)
        dual = found.dual[paid[: len(hard)]] if len(found.dual) else np.zeros(len(hard))
        return found, np.where(hard, 0.0, dual)

    def _paid(self, lp: Builder) -> Indices:
        """Rows of what the watches cost, that of changes of colour last."""
        entries = self.entries
        excess = lp.columns(
            "excess", (len(entries),),
            cost=[float(e.rule.weight * (e.rule.priority == self.target)) for e in entries],
            lower=np.array([float(entry.least) for entry in entries]),
            upper=np.array([float(entry.most) for entry in entries]),
        )  # fmt: skip
        most = self.values.get("colour", np.inf)
        changes = lp.columns("changes", (1,), 0.0, most, cost=float(self.target == "colour"))
        for name, value in self.values.items():
            row = lp.rows(f"value {name}", (1,), upper=value)
            weight = [float(e.rule.weight * (e.rule.priority == name)) for e in entries]
            lp.terms(row, excess, np.array(weight))
        watched = [entries[watch.rule] for watch in self.ways.watches]
        paid = lp.rows("paid", (len(watched) + 1,), [*(float(e.before) for e in watched), 0.0])
        lp.terms(paid[:-1], excess[[watch.rule for watch in self.ways.watches]], 1.0)
        lp.terms(paid[-1:], changes, 1.0)
        return paid
