"""A day as a program in whole numbers: which class of cars stands at which position.

Cars that no rule of the program tells apart are one class c of m(c) cars. With x(c, p) = 1 where
a car of class c stands at position p, the trait flags a(k, p) and the colour flags q(p) are sums
of x, and

    sum_c x(c, p) = 1,                      sum_p x(c, p) = m(c),
    sum_{p in window} a(k, p) <= N + e(w)   e counts (or z(w), with factor P - N, counted once),
    change(p) >= q(p) - q(p - 1)            for each colour q,
    sum of q over L + 1 positions <= L      for each colour q with the batch limit L.

Ratio rules, colours, the batch limits and fixed cars are in the program. A day with other rules
has fewer orders than the program has points, or a higher mark: the bound stays valid.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from motorworks.case.line_day import Integers, LineDay, ObjectiveName, Ratio
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices, Model
from motorworks.sequence.bounds.known import fixed_cars

Terms = list[tuple[Indices, int]]


@dataclass(frozen=True)
class Program:
    """The program of a day, and how to read it.

    ``place[class, position]`` are its columns x; ``klass[car]`` the class of each car of the day.
    """

    model: Model
    place: Indices
    klass: Integers

    def order(self, x: Integers) -> tuple[int, ...]:
        """Cars of the day in the order that a point stands for, each class as given."""
        stands = x[self.place].argmax(axis=0)
        cars = np.argsort(self.klass, kind="stable")
        order = np.empty(len(cars), np.int64)
        order[np.argsort(stands, kind="stable")] = cars
        return tuple(order.tolist())

    def hint(self, order: Collection[int]) -> Integers:
        """The columns x of an order; all other columns 0, for the solver to complete."""
        hint = np.zeros(len(self.model.cost), np.int64)
        hint[self.place[self.klass[np.array(order)], np.arange(len(self.klass))]] = 1
        return hint


@dataclass
class _Writing:
    """What is being written: the builder, the day, and the columns others build on."""

    day: LineDay
    lp: Builder
    place: Indices
    members: Integers
    counted: dict[ObjectiveName, Terms] = field(default_factory=dict)

    def flags(self, name: str, has: Collection[bool]) -> Indices:
        """Columns, one for each position: whether the class there is one of these."""
        flag = self.lp.columns(name, (self.day.count,), upper=1.0, integer=True)
        row = self.lp.rows(name, (self.day.count,), lower=0.0, upper=0.0)
        self.lp.terms(row, flag, -1.0)
        self.lp.terms(row[None, :], self.place[np.flatnonzero(np.array(has))], 1.0)
        return flag


def write(
    day: LineDay,
    names: Collection[ObjectiveName] | None = None,
    at_most: Mapping[ObjectiveName, float] | None = None,
    rules: Collection[Ratio] | None = None,
) -> Program:
    """Write the program of a day.

    Parameters
    ----------
    names
        Objectives of ``high``, ``low`` and ``colour`` to minimise, each with its weight where
        there are several; all that the day has where None.
    at_most
        Objectives that may not be above a value.
    rules
        Ratio rules to look at; all that matter to the objectives where None.
    """
    wanted = [item.name for item in day.objectives] if names is None else list(names)
    limits = dict(at_most or {})
    looked = {*wanted, *limits, "hard"}
    ratios = [rule for rule in (day.ratios if rules is None else rules) if rule.priority in looked]
    colour = "colour" in looked or (rules is None and day.paint is not None)
    traits = sorted({rule.trait for rule in ratios})
    keys = day.has[day.before :, traits].astype(np.int64)
    if colour:
        keys = np.column_stack([keys, day.colour[day.before :]])
    first, klass = _classes(keys)
    writing = _begin(day, first, klass)
    flags = {k: writing.flags(f"trait {k}", day.has[day.before + first, k]) for k in traits}
    for number, rule in enumerate(ratios):
        _ratio(writing, f"ratio {number}", rule, flags[rule.trait])
    if colour:
        _colours(writing, day.colour[day.before + first], "colour" in looked)
    for name, limit in limits.items():
        row = writing.lp.rows(f"at most {name}", (1,), upper=limit)
        for columns, weight in writing.counted.get(name, []):
            writing.lp.terms(row, columns, float(weight))
    return Program(_priced(writing, wanted), writing.place, klass)


def _classes(keys: Integers) -> tuple[Integers, Integers]:
    """First car of each class, and the class of each car."""
    if not keys.shape[1]:
        return np.zeros(min(1, len(keys)), np.int64), np.zeros(len(keys), np.int64)
    _, first, klass = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return first, klass.reshape(-1)


def _begin(day: LineDay, first: Integers, klass: Integers) -> _Writing:
    lp = Builder()
    count, classes = day.count, len(first)
    fixed = fixed_cars(day)
    open_ = np.ones((classes, count))
    at = np.flatnonzero(fixed >= 0)
    open_[:, at] = 0.0
    open_[klass[fixed[at]], at] = 1.0
    place = lp.columns("place", (classes, count), upper=open_, integer=True)
    lp.terms(lp.rows("position", (count,), lower=1.0, upper=1.0)[None, :], place, 1.0)
    members = np.bincount(klass, minlength=classes)
    lp.terms(lp.rows("class", (classes,), lower=members, upper=members)[:, None], place, 1.0)
    return _Writing(day, lp, place, members)


def _ratio(writing: _Writing, name: str, rule: Ratio, flag: Indices) -> None:
    """Windows of one rule, and what they count for its objective."""
    day, lp = writing.day, writing.lp
    reach = min(day.before, rule.window - 1) if rule.past_ends else 0
    past = day.has[day.before - reach : day.before, rule.trait].astype(np.int64)
    last = day.count - 1 if rule.past_ends else day.count - rule.window
    starts = np.arange(-reach, last + 1)
    held = np.array([past[max(0, reach + s) : reach + s + rule.window].sum() for s in starts],
                    np.int64)  # fmt: skip
    inside = np.minimum(starts + rule.window, day.count) - np.maximum(starts, 0)
    matter = held + inside > rule.most
    starts, held, inside = starts[matter], held[matter], inside[matter]
    if not len(starts):
        return
    most_over = held + inside - rule.most
    once = rule.counting == "once"
    over = lp.columns(name, starts.shape, upper=1.0 if once else most_over, integer=True)
    row = lp.rows(name, starts.shape, upper=rule.most - held)
    for back in range(rule.window):
        at = starts + back
        here = (at >= 0) & (at < day.count)
        lp.terms(row[here], flag[at[here]], 1.0)
    lp.terms(row, over, -most_over if once else -1.0)
    if rule.priority == "hard":
        lp.at_most(over, 0.0)
    else:
        writing.counted.setdefault(rule.priority, []).append((over, rule.weight))


def _colours(writing: _Writing, colour: Integers, counted: bool) -> None:
    """Changes of colour and batch limits."""
    day, lp = writing.day, writing.lp
    shown = np.unique(colour)
    flags = np.array([writing.flags(f"colour {q}", colour == q) for q in shown])
    if day.paint is not None:
        for q, flag in zip(shown.tolist(), flags, strict=True):
            _batches(writing, q, flag)
    if not counted:
        return
    change = lp.columns("change", (day.count,), upper=1.0, integer=True)
    row = lp.rows("change", (len(shown), day.count - 1), upper=0.0)
    lp.terms(row, flags[:, 1:], 1.0)
    lp.terms(row, flags[:, :-1], -1.0)
    lp.terms(row, change[None, 1:], -1.0)
    if day.before:
        start = lp.rows("first change", (1,), lower=1.0)
        lp.terms(start, change[:1], 1.0)
        lp.terms(start, flags[shown == day.colour[day.before - 1], 0], 1.0)
    writing.counted["colour"] = [(change, 1)]


def _batches(writing: _Writing, colour: int, flag: Indices) -> None:
    """Of any L + 1 cars in a row at most L have the colour; before the day too, if so counted."""
    day, lp, paint = writing.day, writing.lp, writing.day.paint
    assert paint is not None
    most = paint.most[colour]
    windows = day.count - most
    if windows > 0:
        row = lp.rows(f"batch {colour}", (windows,), upper=float(most))
        lp.terms(row[:, None], flag[np.arange(windows)[:, None] + np.arange(most + 1)], 1.0)
    before = day.colour[: day.before][::-1]
    run = int(np.argmin(np.append(before, -1) == colour))
    if paint.with_before and run:
        room = max(0, most - run)
        if room < day.count:
            row = lp.rows(f"first batch {colour}", (1,), upper=float(room))
            lp.terms(row, flag[: room + 1], 1.0)


def _priced(writing: _Writing, wanted: Collection[ObjectiveName]) -> Model:
    """The model with the costs of the objectives wanted."""
    model = writing.lp.model()
    for name in wanted:
        weight = writing.day.weight(name) if len(wanted) > 1 else 1
        for columns, each in writing.counted.get(name, []):
            model.cost[columns] += weight * each
    return model
