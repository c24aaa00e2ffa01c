"""The whole front of two objectives on a small day, by labels: no order is left out.

Orders are built car by car. Two beginnings with the same cars left and the same last cars go on
alike, so of these only those are kept that no other beats in both objectives (labels; the method
of bicriterion shortest paths, P. Hansen, https://doi.org/10.1007/978-3-642-48782-8_9).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motorworks.case.line_day import LineDay, Ratio
from motorworks.sequence.classes import classes_of

Label = tuple[float, float, tuple[int, ...]]
"""Colour changes, the rest of the mark, and the order of classes so far."""

State = tuple[tuple[int, ...], tuple[int, ...], int]
"""Cars left of each class, classes of the last cars, and how many of one colour they end with."""

_MOST_LABELS = 50_000


def whole_front(day: LineDay) -> list[tuple[int, ...]] | None:
    """Give one order of cars for each point of the front of colour changes against the rest.

    Nothing where the day has rules other than ratios and paint, or is too large.
    """
    others = (day.in_a_row, day.places, day.stretches, day.links, day.levelled, day.stations)
    if any(others) or day.wanted or day.frozen:
        return None
    growing = _Growing.prepared(day)
    layer: dict[State, list[Label]] = {growing.start: [(0.0, 0.0, ())]}
    for position in range(day.count):
        following: dict[State, list[Label]] = {}
        for state, labels in layer.items():
            for kind in range(len(state[0])):
                step = growing.step(state, kind, position)
                if step is None:
                    continue
                new, colour, rest = step
                kept = following.setdefault(new, [])
                for label in labels:
                    _keep(kept, (label[0] + colour, label[1] + rest, (*label[2], kind)))
        if sum(map(len, following.values())) > _MOST_LABELS:
            return None
        layer = following
    ends: list[Label] = []
    for labels in layer.values():
        for label in labels:
            _keep(ends, label)
    return [growing.cars(label[2]) for label in sorted(ends)]


def _keep(labels: list[Label], new: Label) -> None:
    """Add a label unless another is as good in both; drop those that it beats."""
    if any(old[0] <= new[0] and old[1] <= new[1] for old in labels):
        return
    labels[:] = [old for old in labels if not (new[0] <= old[0] and new[1] <= old[1])]
    labels.append(new)


@dataclass(frozen=True)
class _Growing:
    """A day as what one more car costs at the end of an order."""

    day: LineDay
    kinds: tuple[int, ...]
    example: tuple[int, ...]
    rules: tuple[tuple[Ratio, float], ...]
    reach: int
    start: State

    @classmethod
    def prepared(cls, day: LineDay) -> "_Growing":
        """Prepare a day."""
        classes = classes_of(day)
        kinds = tuple(int(kind) for kind in classes.of)
        weights = {"high": day.weight("high"), "low": day.weight("low"), "hard": 0}
        rules = tuple((rule, float(weights[rule.priority] * rule.weight)) for rule in day.ratios)
        reach = max([1, *(rule.window - 1 for rule in day.ratios)])
        left = [0] * len(classes.example)
        for kind in kinds[day.before :]:
            left[kind] += 1
        colours = [int(day.colour[car]) for car in range(day.before)]
        run = 0
        if day.paint is not None and day.paint.with_before:
            run = next((n for n, c in enumerate(colours[::-1]) if c != colours[-1]), len(colours))
        tail = kinds[max(0, day.before - reach) : day.before]
        example = tuple(int(car) for car in classes.example)
        return cls(day, kinds, example, rules, reach, (tuple(left), tail, run))

    def step(self, state: State, kind: int, position: int) -> tuple[State, float, float] | None:
        """Add a car of a class: the state it leads to, its change of colour, and other cost.

        Nothing where there is no such car left, or a hard rule would be broken.
        """
        left, tail, run = state
        if not left[kind]:
            return None
        colour = self._colour(kind)
        same = bool(tail) and self._colour(tail[-1]) == colour
        run = run + 1 if same else 1
        if self.day.paint is not None and run > self.day.paint.most[colour]:
            return None
        cars = (*tail, kind)
        rest = 0.0
        for rule, weight in self.rules:
            count = self._broken(rule, cars, position)
            if count and rule.priority == "hard":
                return None
            rest += weight * count
        fewer = (*left[:kind], left[kind] - 1, *left[kind + 1 :])
        shown = run if self.day.paint is not None else 0
        return (fewer, cars[-self.reach :], shown), float(bool(tail) and not same), rest

    def _colour(self, kind: int) -> int:
        return int(self.day.colour[self.example[kind]])

    def _broken(self, rule: Ratio, cars: Sequence[int], position: int) -> int:
        """What windows count that end with the last of these cars, or over the end of the day."""
        has = [bool(self.day.has[self.example[kind], rule.trait]) for kind in cars]
        known = position + 1 + (self.day.before if rule.past_ends else 0)
        sizes = [rule.window] if rule.window <= known else []
        if rule.past_ends and position == self.day.count - 1:
            sizes += range(1, min(rule.window, known + 1))
        over = [sum(has[-size:]) - rule.most for size in sizes]
        return sum((1 if rule.counting == "once" else extra) for extra in over if extra > 0)

    def cars(self, kinds: Sequence[int]) -> tuple[int, ...]:
        """Cars of the day for an order of classes; those of a class as they were given."""
        waiting: dict[int, list[int]] = {}
        for car, kind in enumerate(self.kinds[self.day.before :]):
            waiting.setdefault(kind, []).append(car)
        return tuple(waiting[kind].pop(0) for kind in kinds)
