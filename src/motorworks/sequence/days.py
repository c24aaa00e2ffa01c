"""Days of a case in sequence: in blocks side by side, then the borders between blocks mended.

Each day stands after the last cars of the day before it, so that days would have to be sequenced
one after the other. Instead a row of days is cut into blocks of a few. Within a block each day is
searched for after the day before it; the first is searched for as if nothing stood before it. Then
it is mended with the cars of the day before in place: the cars at its end stay, so that the days
behind it stand as they were found. Blocks do not depend on who works on them, nor does the result.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

from motorworks.case.case import Case
from motorworks.case.day_on_line import day_on_line, plant_of, tail_of
from motorworks.case.records.line import Order
from motorworks.case.volumes import Tables
from motorworks.engines.processes import spread
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.order_records import DrawnShare
from motorworks.result.sequence import SequenceResult
from motorworks.sequence.draw import DrawnDay, draw_day
from motorworks.sequence.settings import SequenceSettings
from motorworks.sequence.solve import solve_sequence
from motorworks.sequence.which_days import Span, Wanted, wanted_days

BLOCK = 5
"""Days of a block: a month is a few blocks, with fewer borders to mend than to leave alone."""

ROOM = 2
"""A day whose border is mended has at least so many times the cars that the next day looks at."""

_FEW_SECONDS = 6.0
"""Work that is not worth the start of other processes."""

_MOVES_A_SECOND, _BOUND_SECONDS = 3e6, 0.3
"""Of a search, and for its bounds, about."""

Progress = Callable[[int, int], None]
Held = tuple[Case, SequenceSettings]

Slotted = Mapping[tuple[str, dt.date], Sequence[Order]]
"""Orders of each line and day."""


@dataclass(frozen=True)
class Due:
    """A day to be sequenced, and its orders."""

    wanted: Wanted
    drawn: DrawnDay


@dataclass(frozen=True)
class Border:
    """A day that was sequenced on nothing, the cars built before it, and how many of it stay."""

    first: DaySequence
    after: str
    before: Sequence[Order]
    kept: int


def sequence_days(
    case: Case,
    plan: Tables,
    spans: Sequence[Span] = (),
    *,
    slotted: Slotted | None = None,
    workers: int = 1,
    progress: Progress = lambda done, count: None,
) -> DaysResult:
    """Sequence the orders of days, each after the day before it; drawn from a plan, or slotted.

    Parameters
    ----------
    case
        The resolved case; its lines are those that sequence rules or colours speak of.
    plan
        Result tables of its plan.
    spans
        Days asked for, by first and last; the first working day of the first full month of what
        the case is about if none are given.
    slotted
        Orders of each line and day, as the stage slot gives them; drawn from the plan when None.
        Days without orders are left out.
    workers
        Processes to use; 1 stays in this one. The result does not depend on it.
    progress
        Called with the number of days done and their count.

    Raises
    ------
    CaseError
        If there is nothing to sequence, no working day in a span asked for, or a group of options
        of which some car may have none.
    KeyboardInterrupt
        After Ctrl-C.
    """
    settings = SequenceSettings(**case.info.sequence)
    due = _due(case, plan, wanted_days(case, plan, spans), slotted, settings.seed)
    reach = tail_of(case)
    blocks = blocks_of(due, reach)
    found: dict[tuple[str, dt.date], DaySequence] = {}
    progress(0, len(due))
    with spread((case, settings), _workers(workers, blocks, settings)) as over:
        for block in over(_sequence_block, blocks):
            found |= {(one.line, one.date): one for one in block}
            progress(len(found), len(due))
        borders = _borders(blocks, found, reach)
        found |= {(one.line, one.date): one for one in over(_mended, borders)}
    return DaysResult(tuple(found.values()), settings.model_dump(mode="json"))


def _due(
    case: Case,
    plan: Tables,
    wanted: Sequence[Wanted],
    slotted: Slotted | None,
    seed: int,
) -> list[Due]:
    """The days that have orders; a month of less than a car has empty days."""
    due = []
    for one in wanted:
        if slotted is None:
            drawn = draw_day(case, plan, plant_of(case, one.line), one.day, seed)
        else:
            drawn = DrawnDay(tuple(slotted.get((one.line, one.day), ())), ())
        if drawn.orders:
            due.append(Due(one, drawn))
    return due


def blocks_of(due: Sequence[Due], reach: int) -> list[list[Due]]:
    """Cut days into blocks; a day of few cars stays with the day before it.

    Parameters
    ----------
    due
        Days in their order, line by line.
    reach
        Cars of a day that the next one looks at.
    """
    blocks: list[list[Due]] = []
    for one in due:
        follows = bool(blocks) and _follows(one, blocks[-1][-1])
        roomy = len(one.drawn.orders) >= ROOM * reach
        if follows and (len(blocks[-1]) < BLOCK or not roomy):
            blocks[-1].append(one)
        else:
            blocks.append([one])
    return blocks


def _follows(one: Due, other: Due) -> bool:
    """Whether a day stands after another."""
    return one.wanted.line == other.wanted.line and one.wanted.after == other.wanted.day


def _workers(workers: int, blocks: Sequence[Sequence[Due]], settings: SequenceSettings) -> int:
    """Processes that are worth their start."""
    days = sum(map(len, blocks))
    search = settings.time_limit_s or (settings.moves or 0) / _MOVES_A_SECOND
    few = days * (search + _BOUND_SECONDS) < _FEW_SECONDS
    return 1 if few else min(workers, len(blocks))


def _borders(
    blocks: Sequence[Sequence[Due]], found: Mapping[tuple[str, dt.date], DaySequence], reach: int
) -> list[Border]:
    """First days of blocks that stand after the block before."""
    borders = []
    for before, block in pairwise(blocks):
        if _follows(block[0], before[-1]):
            last, first = found[_key(before[-1])], found[_key(block[0])]
            borders.append(Border(first, last.day.name, last.built[-reach:], reach))
    return borders


def _key(one: Due) -> tuple[str, dt.date]:
    return one.wanted.line, one.wanted.day


def _sequence_block(held: Held, block: Sequence[Due]) -> list[DaySequence]:
    """Sequence days one after the other, the first after nothing."""
    found: list[DaySequence] = []
    for due in block:
        found.append(_sequenced(held, due, found[-1] if found else None))
    return found


def _sequenced(held: Held, due: Due, yesterday: DaySequence | None) -> DaySequence:
    """Sequence a day."""
    case, settings = held
    line, day, drawn = due.wanted.line, due.wanted.day, due.drawn
    before = yesterday.built if yesterday else []
    laid = day_on_line(case, line, day, drawn.orders, before, settings.ranked)
    result = _whole(solve_sequence(laid, settings.search))
    shares = tuple(
        DrawnShare(day=laid.name, line=line, vehicle=one.vehicle, kind=one.kind, name=one.name,
                   cars=one.cars, wanted=one.wanted, drawn=one.drawn)
        for one in drawn.shares
    )  # fmt: skip
    after = yesterday.day.name if yesterday else None
    return DaySequence(
        line, day, due.wanted.asked, after, drawn.orders, shares, laid, _on(line, result)
    )


def _mended(held: Held, border: Border) -> DaySequence:
    """Mend the first day of a block with the cars before it in place."""
    case, settings = held
    one = border.first
    laid = day_on_line(case, one.line, one.date, one.orders, border.before, settings.ranked)
    first = one.result
    mended = _whole(solve_sequence(laid, settings.search, start=first.order, kept=border.kept))
    both = replace(
        mended.searched,
        moves=first.searched.moves + mended.searched.moves,
        accepted=first.searched.accepted + mended.searched.accepted,
        seconds=first.searched.seconds + mended.searched.seconds,
        bound_seconds=first.searched.bound_seconds + mended.searched.bound_seconds,
    )
    result = _on(one.line, replace(mended, searched=both))
    return replace(one, after=border.after, day=laid, result=result)


def _whole(result: SequenceResult) -> SequenceResult:
    """Pass Ctrl-C on, which a search answers with what it has."""
    if result.searched.stopped == "interrupted":
        raise KeyboardInterrupt
    return result


def _on(line: str, result: SequenceResult) -> SequenceResult:
    """The result with the line's name in its tables."""
    named = pl.lit(line).alias("line")
    tables = {name: table.with_columns(named) for name, table in result.tables.items()}
    return replace(result, tables=tables)
