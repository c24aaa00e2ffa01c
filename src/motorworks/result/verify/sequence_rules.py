"""The rules of a day, each counted in an order of its cars from its written definition.

One function a rule, of the same meaning as the class of :mod:`motorworks.case.line_day` that it
reads: it yields every place where the order breaks it, and what that counts. Nothing is shared
with the stage that seeks orders. Positions count from 0; -1 is the last car of the day before.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import InARow, LineDay, Link, Places, Ratio, Stretch, WorkStation
from motorworks.result.sequence_score import Batch, Broken


class Standing:
    """Cars as they stand on the line: the day before, then the day in an order.

    Parameters
    ----------
    day
        The day.
    order
        Numbers of the cars of the day, in their order.
    """

    def __init__(self, day: LineDay, order: NDArray[np.int64]) -> None:
        self.day = day
        self.before = day.before
        self.count = day.count
        self.order = order
        self.cars = np.concatenate([np.arange(day.before), day.before + order])
        self.position = np.empty(day.count, dtype=np.int64)
        self.position[order] = np.arange(day.count)

    def with_trait(self, trait: int) -> NDArray[np.bool_]:
        """Whether each car on the line has a trait, those of the day before first."""
        flags: NDArray[np.bool_] = self.day.has[self.cars, trait]
        return flags

    def colours(self) -> NDArray[np.int64]:
        """Colour of each car on the line, those of the day before first."""
        colours: NDArray[np.int64] = self.day.colour[self.cars]
        return colours


def ratio(line: Standing, rule: Ratio) -> Iterator[Broken]:
    """Windows with more cars of the trait than allowed."""
    if rule.past_ends:
        starts = np.arange(max(-line.before, -(rule.window - 1)), line.count)
    else:
        starts = np.arange(0, line.count - rule.window + 1)
    so_far = np.concatenate([[0], np.cumsum(line.with_trait(rule.trait))])
    ends = np.minimum(starts + rule.window, line.count)
    found = so_far[line.before + ends] - so_far[line.before + starts]
    for window in np.flatnonzero(found > rule.most):
        first, many = int(starts[window]), int(found[window])
        counted = many - rule.most if rule.counting == "excess" else 1
        yield _broken(rule, first, first + rule.window - 1, many, rule.most, counted)


def in_a_row(line: Standing, rule: InARow) -> Iterator[Broken]:
    """Runs of the trait that are too short; the last may go on tomorrow."""
    flags = line.with_trait(rule.trait)
    for start, end in _runs(flags):
        first, last = start - line.before, end - line.before
        short = rule.least - (end - start + 1)
        if flags[start] and 0 <= last < line.count - 1 and short > 0:
            yield _broken(rule, first, last, end - start + 1, rule.least, short)


def places(line: Standing, rule: Places) -> Iterator[Broken]:
    """Cars that stand where they must not."""
    for car in rule.cars:
        at = int(line.position[car])
        if (rule.first <= at <= rule.last) == rule.forbidden:
            yield _broken(rule, at, at, 1, 0, 1)


def stretch(line: Standing, rule: Stretch) -> Iterator[Broken]:
    """A stretch of the day with too few or too many cars of the trait."""
    flags = line.with_trait(rule.trait)[line.before :]
    found = int(flags[max(rule.first, 0) : rule.last + 1].sum())
    if found < rule.least:
        yield _broken(rule, rule.first, rule.last, found, rule.least, rule.least - found)
    elif found > rule.most:
        yield _broken(rule, rule.first, rule.last, found, rule.most, found - rule.most)


def link(line: Standing, rule: Link) -> Iterator[Broken]:
    """Two cars that stand too near to each other, or the wrong way round."""
    earlier, later = int(line.position[rule.earlier]), int(line.position[rule.later])
    lacking = rule.gap - (later - earlier)
    if lacking > 0:
        first, last = min(earlier, later), max(earlier, later)
        yield _broken(rule, first, last, later - earlier, rule.gap, lacking)


def station(line: Standing, rule: WorkStation) -> Iterator[Broken]:
    """Cars of the day that leave work over for a utility worker."""
    behind = 0.0
    for place, car in enumerate(line.cars.tolist()):
        needed = behind + rule.time_s[car]
        over = max(0.0, needed - rule.length_s)
        behind = max(0.0, min(needed, rule.length_s) - line.day.takt_s)
        at = place - line.before
        if over > 0 and at >= 0:
            cost = over * rule.weight
            yield Broken(rule.name, at, at, "overload", needed, rule.length_s, cost)


def levelling(line: Standing) -> float:
    """Squared distance of each use so far from an even one, over the day."""
    total = 0.0
    for rule in line.day.levelled:
        so_far = np.cumsum(np.asarray(rule.use, dtype=np.float64)[line.order])
        even = np.arange(1, line.count + 1) * (float(np.sum(rule.use)) / line.count)
        total += rule.weight * float(((so_far - even) ** 2).sum())
    return total


def frozen(line: Standing) -> Iterator[Broken]:
    """Places of the frozen beginning where another car stands."""
    for at in range(line.day.frozen):
        if line.order[at] != at:
            yield Broken("frozen beginning", at, at, "hard", 1.0, 0.0, 1.0)


def wanted(line: Standing) -> Iterator[Broken]:
    """Cars that do not stand where they were wanted."""
    for car, place in enumerate(line.day.wanted):
        at = int(line.position[car])
        if at != place:
            yield Broken("wanted place", at, at, "changes", at + 1.0, place + 1.0, 1.0)


def colour_changes(line: Standing) -> int:
    """Changes of colour on the way, that against the last car of the day before included."""
    colours = line.colours()[max(line.before - 1, 0) :]
    return int((colours[1:] != colours[:-1]).sum())


def batches(line: Standing) -> list[Batch]:
    """Runs of one colour; the first begins with the day, or before it where the rule says so."""
    paint = line.day.paint
    skipped = 0 if paint is not None and paint.with_before else line.before
    colours = line.colours()[skipped:]
    return [
        Batch(start - line.before + skipped, end - line.before + skipped, int(colours[start]),
              None if paint is None else paint.most[colours[start]])
        for start, end in _runs(colours)
        if end + skipped >= line.before
    ]  # fmt: skip


def too_long(batch: Batch) -> Iterator[Broken]:
    """A batch that is longer than its colour allows."""
    if batch.most is not None and batch.cars > batch.most:
        over = float(batch.cars - batch.most)
        yield Broken("paint batch", batch.first, batch.last, "hard", batch.cars, batch.most, over)


def _broken(
    rule: Ratio | InARow | Places | Stretch | Link,
    first: int,
    last: int,
    found: int,
    allowed: int,
    counted: int,
) -> Broken:
    cost = float(counted if rule.priority == "hard" else counted * rule.weight)
    return Broken(rule.name, first, last, rule.priority, float(found), float(allowed), cost)


def _runs(values: NDArray[np.bool_] | NDArray[np.int64]) -> list[tuple[int, int]]:
    """First and last place of each run of equal values."""
    if not len(values):
        return []
    borders = np.flatnonzero(values[1:] != values[:-1])
    firsts, lasts = [0, *(borders + 1).tolist()], [*borders.tolist(), len(values) - 1]
    return list(zip(firsts, lasts, strict=True))
