"""A day of orders and the tables of a case as a day of cars with its rules.

What each kind of rule means is said with the types in :mod:`motorworks.case.line_day`; here the
rows of ``sequence_rules``, ``order_rules``, ``colours``, ``stations`` and ``station_times`` are
turned into them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from motorworks.case.case import Case
from motorworks.case.day_stations import work_stations
from motorworks.case.line_day import (
    Flags,
    InARow,
    Levelled,
    LineDay,
    Objective,
    ObjectiveName,
    Paint,
    Ratio,
    Stretch,
)
from motorworks.case.order_places import links_of, places_of
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.products import Colour
from motorworks.case.subjects import Subject, Uses

Name = TypeVar("Name")

DEFAULT_OBJECTIVES: tuple[ObjectiveName, ...] = ("high", "low", "colour")
_STEP = 1_000
_NO_COLOUR = "no colour"


def objectives_in_order(names: Sequence[ObjectiveName]) -> tuple[Objective, ...]:
    """Objectives with weights that make their order one of importance, each 1,000 times the next.

    Examples
    --------
    >>> [(one.name, one.weight) for one in objectives_in_order(["high", "colour", "low"])]
    [('high', 1000000), ('colour', 1000), ('low', 1)]
    """
    last = len(names) - 1
    return tuple(Objective(name, _STEP ** (last - rank)) for rank, name in enumerate(names))


def line_day(
    case: Case,
    orders: Sequence[Order],
    *,
    name: str,
    shop: str | None = None,
    before: Sequence[Order] = (),
    objectives: Sequence[Objective] = (),
    takt_s: float = 60.0,
    frozen: int = 0,
) -> LineDay:
    """Lay out a day of orders with the rules that the case's tables set for a line.

    Parameters
    ----------
    case
        The case; tables that have no rows set no rules.
    orders
        The cars of the day, in the order as given.
    name
        What the day is called.
    shop
        The line; rules of other lines are left out. ``None``: all rules count, and no stations.
    before
        Cars of the day before, in the order in which they were built.
    objectives
        What is kept small; broken rules of high, then of low priority, then colour changes if
        none are given.
    takt_s
        Seconds from car to car.
    frozen
        Cars at the beginning that stay as given.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> rule = SequenceRule(rule="roofs", kind="spacing", option="roof", window=2)
    >>> plain = Order(order="a", vehicle="car", market="kr")
    >>> cars = [plain, Order(order="b", vehicle="car", market="kr", options="roof awd")]
    >>> day = line_day(Case.of(info, [rule]), cars, name="Monday")
    >>> print(day)
    Monday: 2 cars, 1 colour, 1 rule; objectives high, low, colour
    >>> day.has[:, 0].tolist()
    [False, True]
    """
    cars = [*before, *orders]
    rules = [row for row in case.rows(SequenceRule) if shop is None or row.shop in (None, shop)]
    trait = _numbered(Subject.of(row) for row in rules if row.kind != "batch")
    uses = Uses(case)
    colour = _numbered(sorted({order.colour or _NO_COLOUR for order in cars} or {_NO_COLOUR}))
    day = LineDay(
        name=name,
        cars=tuple(order.order for order in cars),
        before=len(before),
        traits=tuple(map(str, trait)),
        has=_has(tuple(trait), cars, uses),
        colours=tuple(colour),
        colour=np.array([colour[order.colour or _NO_COLOUR] for order in cars], dtype=np.int64),
        objectives=tuple(objectives) or objectives_in_order(DEFAULT_OBJECTIVES),
        vehicles=tuple(order.vehicle for order in cars),
        paint=_paint(case, rules, tuple(colour), len(orders)),
        stations=work_stations(case, shop, cars, takt_s),
        takt_s=takt_s,
        frozen=frozen,
    )
    return replace(
        day,
        ratios=tuple(ratio for row in rules for ratio in _ratios(row, trait)),
        in_a_row=tuple(
            _in_a_row(row, trait) for row in rules
            if row.kind == "block" and row.at_least is not None
        ),
        stretches=tuple(
            _stretch(row, trait, day.count) for row in rules
            if row.kind == "stretch" and (row.first or 1) <= day.count
        ),
        levelled=tuple(
            Levelled(row.rule, _use(row, orders, uses), row.weight)
            for row in rules if row.kind == "even"
        ),
        places=places_of(case, orders, takt_s),
        links=links_of(case, orders),
    )  # fmt: skip


def _numbered(names: Iterable[Name]) -> dict[Name, int]:
    """Different names with their number, in the order of their first use."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _has(subjects: Sequence[Subject], cars: Sequence[Order], uses: Uses) -> Flags:
    has = np.zeros((len(cars), len(subjects)), dtype=np.bool_)
    for trait, subject in enumerate(subjects):
        has[:, trait] = [uses.amount(subject, order) > 0.0 for order in cars]
    return has


def _use(row: SequenceRule, orders: Sequence[Order], uses: Uses) -> tuple[float, ...]:
    subject = Subject.of(row)
    return tuple(uses.amount(subject, order) for order in orders)


def _ratios(row: SequenceRule, trait: Mapping[Subject, int]) -> list[Ratio]:
    """The ratio that a row stands for; at most n in a row are n of n + 1."""
    if row.kind == "ratio" and row.at_most is not None and row.window is not None:
        most, window = row.at_most, row.window
    elif row.kind == "spacing" and row.window is not None:
        most, window = 1, row.window
    elif row.kind == "block" and row.at_most is not None:
        most, window = row.at_most, row.at_most + 1
    else:
        return []
    past_ends = row.past_ends is not False
    return [
        Ratio(row.rule, trait[Subject.of(row)], most, window, row.priority, int(row.weight),
              row.counting, past_ends)
    ]  # fmt: skip


def _in_a_row(row: SequenceRule, trait: Mapping[Subject, int]) -> InARow:
    name = row.rule if row.at_most is None else f"{row.rule} (at least)"
    return InARow(name, trait[Subject.of(row)], row.at_least or 0, row.priority, int(row.weight))


def _stretch(row: SequenceRule, trait: Mapping[Subject, int], count: int) -> Stretch:
    """A stretch of the day; one that reaches over its end stops there."""
    last = min(row.last or count, count)
    most = count if row.at_most is None else row.at_most
    return Stretch(
        row.rule, trait[Subject.of(row)], (row.first or 1) - 1, last - 1, row.at_least or 0, most,
        row.priority, int(row.weight),
    )  # fmt: skip


def _paint(
    case: Case, rules: Sequence[SequenceRule], colours: Sequence[str], count: int
) -> Paint | None:
    """Batch limits of the colours and of rules, the tightest of each; None without colours."""
    if colours == (_NO_COLOUR,):
        return None
    batches = [row for row in rules if row.kind == "batch" and row.at_most is not None]
    limits = {row.colour: row.batch_max for row in case.rows(Colour) if row.batch_max}
    most = []
    for colour in colours:
        own = [row.at_most or count for row in batches if row.colour in (None, colour)]
        most.append(min([*own, limits.get(colour, max(count, 1))]))
    return Paint(tuple(most), any(row.past_ends is True for row in batches))
