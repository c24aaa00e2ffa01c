"""Bounds of colour changes and of broken rules given the values of what matters more."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from motorworks.case.line_day import Flags, Integers, LineDay, ObjectiveName
from motorworks.sequence.bounds.automaton import Automaton, Watch, automaton
from motorworks.sequence.bounds.bound import Bound, by_value
from motorworks.sequence.bounds.flow import Layers, bound_flow
from motorworks.sequence.bounds.ledger import NO_LIMIT, Entry, ledger
from motorworks.sequence.bounds.master import Colour, Master
from motorworks.sequence.bounds.pins import pinned
from motorworks.sequence.bounds.runs import fewest_runs, runs_for_rule
from motorworks.sequence.bounds.whole import Question
from motorworks.sequence.bounds.work import Work

MOST_STATES = 1_000
"""States of the runs of one colour; rules that ask for little are left out above it."""

_PINS = 0.3
"""Share of the work for what the rules leave to each other."""

_RUNS = 0.4
"""Share of the work left for runs; the flow has what they leave."""

_MISSES = 2
"""Rules that may be found to need too many states before no further one is tried."""


def bound_given(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    work: Work,
    singly: Mapping[int, Bound] | None = None,
) -> Bound | None:
    """Bound of an objective over orders whose ``values`` are not above those given.

    ``values`` has those of more importance, and that of the objective itself: orders that are
    better are looked for, and the bound is that value where there are none. What the rules leave to
    each other is looked at first, then runs of the colours one by one, then all of the day as a
    flow, where those before do not show that the value is the least.
    """
    if not day.count:
        return None
    better = {name: float(value) for name, value in values.items() if name != target}
    known = _known(day, target, {**better, target: values[target] - 1.0}, work, singly)
    if known is None:
        return Bound(float(values[target]), "what the rules leave to each other")
    (asked, colours), found = known, None
    if "colour" in values:
        found = _by_runs(day, target, values, asked.entries, colours, work.part(_RUNS))
    if found is None or found.value < values[target]:
        flow = bound_flow(day, target, better, asked.entries, asked.layers, work)
        found = flow if found is None or flow is None else max(found, flow, key=by_value)
    return found and Bound(min(found.value, values[target]), found.how)


def known_of(
    day: LineDay, target: ObjectiveName, values: Mapping[ObjectiveName, float], work: Work
) -> Question | None:
    """What is known of orders of these values or less, that of the target among them.

    Returns
    -------
    Question or None
        None where there are no such orders.
    """
    known = _known(day, target, values, work)
    return None if known is None else known[0]


def layers_of(day: LineDay, entries: list[Entry], work: Work, *, colours: bool) -> Layers:
    """What is known of the runs of each colour under some entries; one layer without colours."""
    return _layers(day, colours_of(day, entries, work)) if colours else _one_layer(day)


def _known(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    work: Work,
    singly: Mapping[int, Bound] | None = None,
) -> tuple[Question, list[Colour]] | None:
    """What is known of orders of these values or less, and of the runs of each colour."""
    looked = {"hard", *values}
    entries = [e for e in ledger(day, values, singly) if e.rule.priority in looked]
    if any(entry.most < entry.least for entry in entries):
        return None
    before = {name: float(value) for name, value in values.items() if name != target}
    asked = Question(day, target, before, values[target], entries, _one_layer(day))
    if "colour" not in looked:
        return asked, []
    while True:
        colours = colours_of(day, asked.entries, work)
        asked = replace(asked, layers=_layers(day, colours))
        found = pinned(asked, work.part(_PINS))
        if found is None:
            return None
        more = any(
            now.holds and not old.holds for now, old in zip(found, asked.entries, strict=True)
        )
        asked = replace(asked, entries=found)
        if not more:
            return asked, colours


def _by_runs(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    entries: list[Entry],
    colours: list[Colour],
    work: Work,
) -> Bound:
    """Bound by runs of the colours, without what happens between them."""
    shown = values.get("colour", math.inf)
    first, alone = _may_go_on(day), int(day.before == 0)
    runs, counted = (int(min(day.count, shown + more)) for more in (first, alone))
    fewest = sum(colour.fewest for colour in colours)
    if target == "colour" and fewest - first >= shown:
        return Bound(float(fewest - first), "fewest runs of each colour")
    limits = dict(values)
    limits.pop("colour", None)
    limits.pop(target, None)
    master = Master(day, colours, entries, target, runs, counted, limits)
    off = alone if target == "colour" else 0
    value = math.ceil(master.bound(work, values[target] + off - 1 + 1e-3) - 1e-6) - off
    value = max(value, fewest - first if target == "colour" else 0)
    return Bound(float(value), "runs of the colours under the rules, by column generation")


def _one_layer(day: LineDay) -> Layers:
    """All cars as if of one colour."""
    return Layers(np.zeros(day.count, np.int64), (1,), (day.count,), -1, 0, False)


def _layers(day: LineDay, colours: list[Colour]) -> Layers:
    """The colours of the day in their order, and where the day before leaves off."""
    names, of = np.unique(day.colour[day.before :], return_inverse=True)
    last, run = _day_before(day)
    begin = int(np.searchsorted(names, last)) if last in names else -1
    fewest = tuple(colour.fewest for colour in colours)
    longest = tuple(colour.longest for colour in colours)
    return Layers(of.astype(np.int64), fewest, longest, begin, run, day.before > 0 > begin)


def _day_before(day: LineDay) -> tuple[int, int]:
    """Colour of the last car before (-1: none), and its cars that count for the batch."""
    last = int(day.colour[day.before - 1]) if day.before else -1
    if day.paint is None or not day.paint.with_before:
        return last, 0
    return last, int(np.argmin(np.append(day.colour[: day.before][::-1], -1) == last))


def _may_go_on(day: LineDay) -> int:
    """1 where the first run of the day need not count as a change."""
    if not day.before:
        return 1
    return int((day.colour[day.before :] == day.colour[day.before - 1]).any())


def colours_of(day: LineDay, entries: list[Entry], work: Work) -> list[Colour]:
    """What is known of the runs of each colour of a day, and of the one that begins it."""
    inside, has = day.colour[day.before :], day.has[day.before :]
    last, run = _day_before(day)
    found = []
    for name in np.unique(inside):
        cars = has[inside == name][:, [entry.rule.trait for entry in entries]]
        limit = len(cars) if day.paint is None else int(day.paint.most[name])
        colour = _colour(cars, entries, min(len(cars), limit))
        if day.before:
            room = limit - run if name == last else limit
            colour = replace(colour, first_longest=min(len(cars), room), goes_on=bool(name == last))
            colour = _with_first(day, entries, cars, colour)
        found.append(colour)
        work.spend(0.02)
    return found


def _colour(cars: Flags, entries: list[Entry], longest: int) -> Colour:
    """Runs of one colour under the rules that matter to it."""
    watches = _watches(cars, entries, longest)
    hard = [watch for watch in watches if watch.hard]
    graph, members, hard = _graph(cars, hard, longest)
    fewest = fewest_runs(graph, members, longest)
    asks = [runs_for_rule(int(cars[:, w.rule].sum()), len(cars), w.most, w.window, longest)
            for w in watches if w.hard]  # fmt: skip
    fewest = max([fewest, -(-len(cars) // longest), *asks])
    graph, members, watches = _graph(cars, watches, longest)
    return Colour(members, graph, tuple(watches), longest, fewest)


def _with_first(day: LineDay, entries: list[Entry], cars: Flags, colour: Colour) -> Colour:
    """The colour with the states of a run that begins the day, if one of it can."""
    if colour.first_longest <= 0:
        return colour
    rules = [entries[watch.rule].rule for watch in colour.watches]
    flags = np.unique(cars[:, [watch.rule for watch in colour.watches]], axis=0)
    past = day.has[: day.before, [rule.trait for rule in rules]]
    past &= np.array([rule.past_ends for rule in rules], np.bool_)
    graph = automaton(flags, colour.watches, colour.first_longest, MOST_STATES, past)
    return replace(colour, first=graph or colour.graph)


def _watches(cars: Flags, entries: list[Entry], longest: int) -> list[Watch]:
    """What runs of these cars could cost or must not, the most telling first."""
    count, least = len(cars), -(-len(cars) // longest)
    ranked: list[tuple[float, int, Watch]] = []
    for number, entry in enumerate(entries):
        rule, many = entry.rule, int(cars[:, number].sum())
        use = many * rule.window / max(1, rule.most * count)
        if 0 < rule.most < min(rule.window, many, longest) and (entry.holds or entry.priced):
            watch = Watch(number, rule.most, rule.window, hard=entry.holds)
            asks = runs_for_rule(many, count, rule.most, rule.window, longest) - least
            ranked.append((-asks - min(use, 0.99), number, watch))
        spare = rule.window - rule.most
        if entry.priced and 0 < spare < min(rule.window, count - many, longest):
            asks = runs_for_rule(count - many, count, spare, rule.window, longest) - least
            if asks > 0 and entry.most < NO_LIMIT:
                watch = Watch(number, spare, rule.window, without=True)
                ranked.append((-asks / (1 + (entry.unused + entry.most) / 10), number, watch))
    return [watch for _, _, watch in sorted(ranked, key=lambda item: item[:2])]


def _graph(
    cars: Flags, watches: list[Watch], longest: int
) -> tuple[Automaton, Integers, list[Watch]]:
    """States of the runs under as many of the watches as may be, the first ones before others."""
    kept: list[Watch] = []
    best = _classes(cars, kept, longest)
    assert best is not None
    misses = 0
    for watch in watches:
        wider = _classes(cars, [*kept, watch], longest)
        if wider is not None:
            kept.append(watch)
            best = wider
        else:
            misses += 1
        if misses == _MISSES:
            break
    return *best, kept


def _classes(cars: Flags, watches: list[Watch], longest: int) -> tuple[Automaton, Integers] | None:
    flags, members = np.unique(
        cars[:, [watch.rule for watch in watches]], axis=0, return_counts=True
    )
    graph = automaton(flags, watches, longest, MOST_STATES)
    return None if graph is None else (graph, members)
