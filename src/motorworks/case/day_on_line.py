"""A day of a case's line after the day before it, with pace, rules and stations of the case."""

import datetime as dt
from collections.abc import Sequence

from motorworks.case.case import Case
from motorworks.case.day_of_orders import line_day
from motorworks.case.day_stations import takt_of
from motorworks.case.line_day import LineDay, Objective
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.products import ColourMix
from motorworks.case.records.sites import Shop

LEAST_TAIL = 50
"""Cars of the day before that stand before a day, or more where a window is longer."""


def sequenced_lines(case: Case) -> list[str]:
    """Lines that have an order of cars to be found, by name.

    They are the shops that sequence rules name; where a rule names none, or where there are
    colours and no rules, every line.
    """
    rules = case.rows(SequenceRule)
    lines = {row.shop for row in rules if row.shop is not None}
    if any(row.shop is None for row in rules) or (not rules and case.rows(ColourMix)):
        lines |= {row.shop for row in case.rows(Shop) if row.kind == "line"}
    return sorted(lines)


def plant_of(case: Case, line: str) -> str:
    """The plant that a line belongs to."""
    return next(row.plant for row in case.rows(Shop) if row.shop == line)


def tail_of(case: Case) -> int:
    """Cars of the day before that stand before a day."""
    return max([LEAST_TAIL, *(row.window or 0 for row in case.rows(SequenceRule))])


def day_on_line(
    case: Case,
    line: str,
    day: dt.date,
    orders: Sequence[Order],
    yesterday: Sequence[Order],
    objectives: Sequence[Objective],
) -> LineDay:
    """Lay out a day on a line; its name is the date.

    Parameters
    ----------
    case
        The resolved case.
    line, day
        Where and when.
    orders
        The cars of the day, in the order as given.
    yesterday
        All cars of the day before in the order in which they were built; the last of them count.
    objectives
        What is kept small.
    """
    return line_day(
        case, orders, name=day.isoformat(), shop=line, before=yesterday[-tail_of(case) :],
        objectives=objectives, takt_s=takt_of(case, line, day),
    )  # fmt: skip
