"""Cars that no rule can tell apart form a class; an order of classes says all there is to cost.

A day of a thousand cars has some hundred classes. Moves between cars of one class change nothing,
so the search never tries them; which car of a class stands where is settled at the end.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import InARow, LineDay, Ratio, Stretch

Ints = NDArray[np.int32]


class Classes(NamedTuple):
    """Class of each car, those of the day before first, and a car of each class."""

    of: Ints
    example: Ints


def classes_of(day: LineDay) -> Classes:
    """Group the cars that are alike for every rule that counts."""
    _, example, of = np.unique(_features(day), axis=0, return_index=True, return_inverse=True)
    return Classes(of.reshape(-1).astype(np.int32), example.astype(np.int32))


def _features(day: LineDay) -> NDArray[np.float64]:
    """What rules see of each car: a row of numbers."""
    cars = len(day.cars)
    rules: list[Ratio | InARow | Stretch] = [*day.ratios, *day.in_a_row, *day.stretches]
    traits = sorted({rule.trait for rule in rules})
    columns = [day.has[:, trait].astype(np.float64) for trait in traits]
    if day.paint is not None or day.weight("colour"):
        columns.append(np.asarray(day.colour, dtype=np.float64))
    columns += [np.asarray(station.time_s, dtype=np.float64) for station in day.stations]
    for levelled in day.levelled:
        columns.append(np.concatenate([np.zeros(day.before), np.asarray(levelled.use)]))
    for place in day.places:
        columns.append(_members(day, place.cars))
    for link in day.links:
        columns += [_members(day, (link.earlier,)), _members(day, (link.later,))]
    return np.column_stack(columns) if columns else np.zeros((cars, 1))


def _members(day: LineDay, cars: Sequence[int]) -> NDArray[np.float64]:
    """1 for the named cars of the day, 0 for all others."""
    column = np.zeros(len(day.cars))
    column[day.before + np.asarray(cars, dtype=np.int64)] = 1.0
    return column
