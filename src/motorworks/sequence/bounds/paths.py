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
from motorworks.engines.lp.model import Floats, Solution, Status
from motorworks.sequence.bounds.automaton import Automaton, Watch, automaton
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.ledger import Entry, ledger
from motorworks.sequence.bounds.pricing import Runs, effort_of, price_runs

_STATES = 20_000
_TABLE = 12_000_000
"""Most states, and most states times cars; rules are left out above it."""

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
    enough: float = math.inf,
    effort: float = 10.0,
) -> Bound | None:
    """Bound of ``high`` or ``low`` over orders whose ``values`` are not above those given.

    Parameters
    ----------
    values
        Objectives of more importance.
    enough
        Stop once the bound is this.
    """
    entries = ledger(day, values)
    looked = {target, "hard", *values}
    entries = [entry for entry in entries if entry.rule.priority in looked]
    ways = _ways(day, entries)
    if ways is None:
        return None
    found = _generate(ways, entries, target, values, enough, effort, day.count)
    return Bound(float(math.ceil(found - 1e-6)), "rules together, by column generation over orders")


def _ways(day: LineDay, entries: list[Entry]) -> _Ways | None:
    """States under as many rules as may be, those that are used the most first."""
    most = min(_STATES, _TABLE // max(1, day.count))
    inside = day.has[day.before :]
    watches = []
    for number, entry in enumerate(entries):
        rule, many = entry.rule, int(inside[:, entry.rule.trait].sum())
        if 0 < rule.most < min(rule.window, many) and (entry.holds or entry.priced):
            use = many * rule.window / (rule.most * day.count)
            watch = Watch(number, rule.most, rule.window, hard=entry.holds)
            watches.append((-use, number, watch))
    kept: list[Watch] = []
    best = None
    for _, _, watch in sorted(watches, key=lambda item: item[:2]):
        wider = _classes(day, entries, [*kept, watch], most)
        if wider is not None:
            kept.append(watch)
            best = wider
    return None if best is None or len(kept) < 2 else _Ways(best[0], tuple(kept), best[1])


def _classes(
    day: LineDay, entries: list[Entry], watches: list[Watch], most: int
) -> tuple[Automaton, Integers] | None:
    rules = [entries[watch.rule].rule for watch in watches]
    has: Flags = day.has[:, [rule.trait for rule in rules]]
    past = has[: day.before] & np.array([rule.past_ends for rule in rules])
    flags, members = np.unique(has[day.before :], axis=0, return_counts=True)
    graph = automaton(flags, watches, day.count, most, past=past)
    return None if graph is None else (graph, members)


def _generate(
    ways: _Ways,
    entries: list[Entry],
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    enough: float,
    effort: float,
    count: int,
) -> float:
    """Make ways as they pay; the best bound on the way."""
    kinds = Runs(np.zeros((0, len(ways.members)), np.int64),
                 np.zeros((0, len(ways.watches)), np.int64))  # fmt: skip
    best, spent = 0.0, 0.0
    own = [entry for entry in entries if entry.rule.priority == target]
    singly = sum(entry.rule.weight * entry.least for entry in own)
    while spent < effort and math.ceil(best - 1e-6) < enough:
        spent += effort_of(ways.graph, count)
        found, toll = _solve(ways, kinds, entries, target, values)
        if found.status is not Status.OPTIMAL:
            break
        dual = found.dual
        priced = price_runs(
            ways.graph, dual[: len(ways.members)], toll, range(count, count + 1), -np.inf
        )
        gap = float(priced.worth[0] + dual[len(ways.members)])
        best = max(best, found.objective - max(0.0, gap))
        # mixing more ways makes the program no dearer: it may have nothing more to show
        least = max(singly, math.ceil(best - 1e-6))
        if gap <= 1e-7 or math.ceil(found.objective - 1e-6) <= least or not len(priced.runs.cars):
            break
        kinds = Runs(np.vstack([kinds.cars, priced.runs.cars]),
                     np.vstack([kinds.cost, priced.runs.cost]))  # fmt: skip
    return best


def _solve(
    ways: _Ways,
    kinds: Runs,
    entries: list[Entry],
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
) -> tuple[Solution, Floats]:
    """Mix the ways made so far; the first rows are the classes and the one way."""
    lp = Builder()
    classes, count = len(ways.members), len(entries)
    weights = np.array([entry.rule.weight for entry in entries])
    limit = _PRICE * float(weights.max())
    members = lp.rows("class", (classes,), ways.members, ways.members)
    one = lp.rows("one", (1,), 1.0, 1.0)
    own = np.array([entry.rule.priority == target for entry in entries])
    excess = lp.columns(
        "excess", (count,), cost=own * weights,
        lower=np.array([float(entry.least) for entry in entries]),
        upper=np.array([float(entry.most) for entry in entries]),
    )  # fmt: skip
    broken = lp.rows("broken", (count,), lower=[float(entry.before) for entry in entries])
    lp.terms(broken, excess, 1.0)
    lp.terms(members, lp.columns("short", (classes,), cost=limit), 1.0)
    lp.terms(members, lp.columns("long", (classes,), cost=limit), -1.0)
    lp.terms(one, lp.columns("none", (1,), cost=limit * ways.members.sum()), 1.0)
    if len(kinds.cars):
        use = lp.columns("use", (len(kinds.cars),))
        lp.terms(one, use, 1.0)
        lp.terms(members[None, :], use[:, None], kinds.cars)
        rule = np.array([watch.rule for watch in ways.watches])
        lp.terms(broken[rule][None, :], use[:, None], -kinds.cost)
    for name, value in values.items():
        row = lp.rows(f"value {name}", (1,), upper=value)
        other = np.array([entry.rule.priority == name for entry in entries])
        lp.terms(row, excess, other * weights)
    found = solve(lp.model())
    hard = np.array([watch.hard for watch in ways.watches])
    rule = np.array([watch.rule for watch in ways.watches])
    toll = np.where(hard, 0.0, found.dual[broken[rule]]) if len(found.dual) else np.zeros(len(rule))
    return found, toll
