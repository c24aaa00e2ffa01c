"""A day of cars from two sheets of one's own: the cars, and the rules that their order keeps.

The cars stand in a sheet of orders; its columns are declared in
:class:`~motorworks.io.formats.day_records.DayOrder`. Rules stand in a sheet whose rows have a
kind: those of the case's tables ``sequence_rules`` and ``order_rules``, with their columns, and
``objective``. A sheet is CSV, or the first one of an Excel workbook.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.check import sequencing
from motorworks.case.dates import check_day
from motorworks.case.day_of_orders import line_day, objectives_in_order
from motorworks.case.info import CaseInfo
from motorworks.case.line_day import LineDay, Objective, ObjectiveName
from motorworks.case.records.line import Order, OrderRule
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem
from motorworks.io.formats.batch_limits import never_met
from motorworks.io.formats.day_records import BEFORE, DAY, DayOrder
from motorworks.io.formats.day_sheets import Rules, read_rows, read_rules
from motorworks.io.problems import in_short

_INFO = CaseInfo(name="day", title="A day of cars", start="2000-01", months=1, currency="USD")
_HINTS = 5
_OF_THE_DAY = ("fixed", "position", "not_before", "after", "wanted")

log = logging.getLogger(__name__)

Numbered = tuple[int, DayOrder]


@dataclass(frozen=True)
class _Single:
    """A rule on a single order, where it was said, and the columns there if others."""

    file: str
    row: int
    rule: OrderRule
    columns: dict[str, str] = field(default_factory=dict)


def read_day(orders: Path | str, rules: Path | str | None = None) -> LineDay:
    """Read a day; without rules, colour changes are all that counts.

    Names in rules that no car has are told in the log: rules are made for more than one day.

    Parameters
    ----------
    orders
        Sheet of the cars.
    rules
        Sheet of the rules.

    Raises
    ------
    CaseError
        With every problem of both sheets.
    """
    orders = Path(orders)
    file = "" if rules is None else Path(rules).name
    problems: list[Problem] = []
    cars = _by_day(orders.name, read_rows(orders, DayOrder, problems), problems)
    sound = not problems
    found = Rules() if rules is None else read_rules(Path(rules), problems)
    single = [rule for number, car in cars for rule in _own_rules(orders.name, number, car)]
    single += [_Single(file, number, rule) for number, rule in found.single]
    if sound:
        problems += _wrong_orders(orders.name, cars)
        problems += _unknown(cars, single)
        problems += _beyond(file, found, sum(car.day == DAY for _, car in cars))
    problems += _wrong_rules(file, found, single)
    if problems:
        raise CaseError(in_short(problems))
    day = _day(orders.stem, cars, found, [item.rule for item in single])
    problems += _never_kept(file, found, day)
    if problems:
        raise CaseError(in_short(problems))
    _doubt(file, found, cars)
    return day


def _by_day(file: str, cars: list[Numbered], problems: list[Problem]) -> list[Numbered]:
    """Dates in the column ``day`` as ``before`` and ``day``."""
    dates = sorted({car.day for _, car in cars} - {BEFORE, DAY})
    if not dates:
        return cars
    whole = {car.day for _, car in cars} == set(dates)
    for row, car in cars:
        if car.day not in (BEFORE, DAY) and not (whole and _is_date(car.day)):
            message = f"must be {BEFORE} or {DAY}, or else a date as 2025-07-15 in all rows"
            problems.append(Problem(file, message, row, "day", car.day))
        elif car.day in dates[2:]:
            message = f"is a date too many; the day is {dates[1]}, the day before {dates[0]}"
            problems.append(Problem(file, message, row, "day", car.day))
    past = dates[0] if len(dates) > 1 else BEFORE
    return [
        (row, car.model_copy(update={"day": BEFORE if car.day in (past, BEFORE) else DAY}))
        for row, car in cars
    ]


def _is_date(text: str) -> bool:
    try:
        check_day(text)
    except ValueError:
        return False
    return True


def _own_rules(file: str, row: int, car: DayOrder) -> Iterator[_Single]:
    """What the row of a car says of its place."""
    name = car.order
    if car.position is not None:
        at = OrderRule(
            rule=f"{name} at {car.position}", order=name, kind="place",
            first=car.position, last=car.position,
        )  # fmt: skip
        yield _Single(file, row, at, {"first": "position", "last": "position"})
    if car.not_before is not None:
        late = OrderRule(
            rule=f"{name} not before {car.not_before}", order=name, kind="place",
            first=car.not_before,
        )  # fmt: skip
        yield _Single(file, row, late, {"first": "not_before"})
    if car.after is not None:
        behind = OrderRule(
            rule=f"{name} after {car.after}", order=name, kind="after", other=car.after
        )
        yield _Single(file, row, behind, {"other": "after"})


def _wrong_orders(file: str, cars: Sequence[Numbered]) -> list[Problem]:
    """Places after the end of the day or taken twice, and wishes for cars that are built."""
    today = [(row, car) for row, car in cars if car.day == DAY]
    problems = [] if today else [Problem(file, "holds no car of the day")]
    taken: dict[int, int] = {}
    for place, (row, car) in enumerate(today, 1):
        for column in ("position", "not_before", "wanted"):
            value = getattr(car, column)
            if value is not None and value > len(today):
                message = f"must be at most {len(today):,}, the cars of the day"
                problems.append(Problem(file, message, row, column, str(value)))
        at = car.position or (place if car.fixed else None)
        if at is not None and taken.setdefault(at, row) != row:
            message = f"place {at} is that of row {taken[at]}"
            column = "position" if car.position else "fixed"
            problems.append(Problem(file, message, row, column, str(car.position or "yes")))
    for row, car in cars:
        problems += [
            Problem(file, "must be blank for a car of the day before", row, column)
            for column in _OF_THE_DAY
            if car.day == BEFORE and getattr(car, column) not in (None, False)
        ]
    return problems


def _unknown(cars: Sequence[Numbered], single: Sequence[_Single]) -> list[Problem]:
    """Rules on orders that the day does not have."""
    today = {car.order for _, car in cars if car.day == DAY}
    past = {car.order for _, car in cars if car.day == BEFORE}
    problems: list[Problem] = []
    for item in single:
        for column in ("order", "other"):
            name = getattr(item.rule, column)
            if name is None or name in today or (name in past and item.columns):
                continue
            hint = did_you_mean(name, sorted(today)) if len(problems) < _HINTS else ""
            message = f"is no car of the day{hint}"
            shown = item.columns.get(column, column)
            problems.append(Problem(item.file, message, item.row, shown, name))
    return problems


def _beyond(file: str, found: Rules, cars: int) -> list[Problem]:
    """Rules of the sheet that want cars where the day has no places."""
    wanting = [
        *((row, rule.first) for row, rule in found.single if rule.kind == "place"),
        *((row, rule.first) for row, rule in found.general if rule.at_least),
    ]
    message = f"must be at most {cars:,}, the cars of the day"
    return [
        Problem(file, message, row, "first", str(first))
        for row, first in wanting
        if cars and first is not None and first > cars
    ]


def _wrong_rules(file: str, found: Rules, single: Sequence[_Single]) -> list[Problem]:
    """What the checks of a case object to, at the rows and columns of these sheets."""
    case = Case.of(_INFO, [*(rule for _, rule in found.general), *(item.rule for item in single)])
    problems = [
        replace(problem, file=file, row=found.general[(problem.row or 2) - 2][0])
        for check in (
            sequencing.sequence_rules_are_complete,
            sequencing.sequence_rules_leave_the_rest_blank,
            sequencing.sequence_rules_say_something,
        )
        for problem in check(case)
    ]
    for check in (sequencing.order_rules_are_complete, sequencing.order_rules_can_be_kept):
        for problem in check(case):
            item = single[(problem.row or 2) - 2]
            column = item.columns.get(problem.column or "", problem.column)
            problems.append(replace(problem, file=item.file, row=item.row, column=column))
    return [*problems, *_twice(file, found), *_half_weighed(file, found)]


def _twice(file: str, found: Rules) -> list[Problem]:
    """A rule on cars and one on a single order of one name."""
    rows = {rule.rule: row for row, rule in found.general}
    return [
        Problem(file, f"stands in row {rows[rule.rule]} too", row, "rule", rule.rule)
        for row, rule in found.single
        if rule.rule in rows
    ]


def _half_weighed(file: str, found: Rules) -> list[Problem]:
    """Objectives of which some have a weight."""
    blank = [row for row, one in found.objectives if one.weight is None]
    if len(blank) in (0, len(found.objectives)):
        return []
    message = "give all objectives a weight, or none"
    return [Problem(file, message, row, "weight") for row in blank]


def _day(name: str, cars: Sequence[Numbered], found: Rules, single: Sequence[OrderRule]) -> LineDay:
    """Lay the day out as a case would."""
    case = Case.of(_INFO, [*(rule for _, rule in found.general), *single])
    before = [_order(car) for _, car in cars if car.day == BEFORE]
    today = [car for _, car in cars if car.day == DAY]
    day = line_day(case, [_order(car) for car in today], name=name, before=before)
    if any(car.wanted is not None for car in today):
        wanted = tuple((car.wanted or place) - 1 for place, car in enumerate(today, 1))
        day = replace(day, wanted=wanted)
    return replace(day, objectives=_objectives(found, day))


def _order(car: DayOrder) -> Order:
    return Order(
        order=car.order, vehicle=car.vehicle or "", market="", colour=car.colour,
        options=car.options, fixed=car.fixed,
    )  # fmt: skip


def _objectives(found: Rules, day: LineDay) -> tuple[Objective, ...]:
    """The objectives named, else those of which the day has anything to count."""
    names: list[ObjectiveName] = [one.rule for _, one in found.objectives]
    if any(one.weight is not None for _, one in found.objectives):
        return tuple(Objective(one.rule, one.weight or 1) for _, one in found.objectives)
    if not names:
        soft = {rule.priority for _, rule in found.general}
        soft |= {rule.priority for _, rule in found.single}
        used: dict[ObjectiveName, bool] = {
            "high": "high" in soft,
            "low": "low" in soft,
            "colour": len(day.colours) > 1,
            "levelling": bool(day.levelled),
            "changes": bool(day.wanted),
        }
        names = [name for name, counts in used.items() if counts] or ["high"]
    return objectives_in_order(names)


def _never_kept(file: str, found: Rules, day: LineDay) -> list[Problem]:
    """Batch limits that no order can keep, at the row that sets them."""
    if day.paint is None:
        return []
    most = dict(zip(day.colours, day.paint.most, strict=True))
    colours = [day.colours[number] for number in day.colour[day.before :]]
    problems = []
    for colour, message in never_met(colours, most).items():
        row = next(
            number for number, rule in found.general
            if rule.kind == "batch" and rule.colour in (None, colour)
            and rule.at_most == most[colour]
        )  # fmt: skip
        problems.append(Problem(file, message, row, "at_most", str(most[colour])))
    return problems


def _doubt(file: str, found: Rules, cars: Sequence[Numbered]) -> None:
    """Names in rules that no car has, perhaps misspelt."""
    known: dict[str, set[str]] = {
        "option": {option for _, car in cars for option in (car.options or "").split()},
        "vehicle": {car.vehicle for _, car in cars if car.vehicle},
        "colour": {car.colour for _, car in cars if car.colour},
    }
    for row, rule in found.general:
        for column, names in known.items():
            name = getattr(rule, column)
            if name is not None and name not in names:
                hint = did_you_mean(name, sorted(names))
                log.warning("%s row %d, %s = %r: no car has it%s", file, row, column, name, hint)
