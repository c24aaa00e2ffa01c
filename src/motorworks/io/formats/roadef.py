"""Renault's car sequencing instances of the ROADEF challenge 2005, as days of a line.

A folder holds four sheets: ``vehicles.txt`` (cars of two dates with rank, name, colour and a flag
for each option), ``ratios.txt`` (a ratio N/P for each option, and whether it has high priority),
``paint_batch_limit.txt`` and ``optimization_objectives.txt``. The first date is the day before,
whose order is past; the second is the day whose order is sought.

References
----------
C. Solnon, V. D. Cung, A. Nguyen, C. Artigues, "The car sequencing problem: overview of
state-of-the-art methods and industrial case-study of the ROADEF'2005 challenge problem",
European Journal of Operational Research 191 (2008) 912-927,
https://doi.org/10.1016/j.ejor.2007.04.033.
"""

import logging
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motorworks.case.line_day import LineDay, Objective, ObjectiveName, Paint, Priority, Ratio
from motorworks.errors import CaseError, Problem
from motorworks.io.formats.batch_limits import never_met
from motorworks.io.formats.fields import Sheet, read_sheet, whole
from motorworks.io.problems import in_short

VEHICLES, RATIOS = "vehicles.txt", "ratios.txt"
LIMIT, OBJECTIVES = "paint_batch_limit.txt", "optimization_objectives.txt"

WEIGHTS = (1_000_000, 1_000, 1)
"""What one unit of the first, second and third objective counts in the mark."""

_CAR = ("Date", "SeqRank", "Ident", "Paint Color")
_RATIO = re.compile("([0-9]{1,6})/([0-9]{1,6})")
_NAMES: dict[str, ObjectiveName] = {
    "high_priority_level_and_easy_to_satisfy_ratio_constraints": "high",
    "high_priority_level_and_difficult_to_satisfy_ratio_constraints": "high",
    "low_priority_level_ratio_constraints": "low",
    "paint_color_batches": "colour",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Car:
    row: int
    date: str
    rank: int
    name: str
    colour: str
    flags: tuple[bool, ...]


def read_roadef(folder: Path | str) -> LineDay:
    """Read an instance.

    A name that stands on two cars is told in the log; a car is known by its date and rank.

    Parameters
    ----------
    folder
        Folder of the four sheets.

    Raises
    ------
    CaseError
        With every problem of every sheet.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CaseError([Problem(str(folder), f"is no folder; one with {VEHICLES} is wanted")])
    problems: list[Problem] = []
    rules = _sheet(folder, RATIOS, ("Ratio", "Prio", "Ident"), problems)
    ratios = _ratios(rules, problems)
    options = None if rules.problems else [ratio.name for ratio in ratios]
    sheet = _sheet(folder, VEHICLES, _CAR, problems)
    cars = _cars(sheet, options, problems)
    limits = _sheet(folder, LIMIT, ("limitation",), problems)
    limit = _limit(limits, problems)
    objectives = _objectives(
        _sheet(folder, OBJECTIVES, ("rank", "objective name"), problems), problems
    )
    if not sheet.rows and not sheet.problems:
        problems.append(Problem(sheet.file, "holds no car"))
    days = _by_date(cars, problems)
    if len(days) == 2 and limit:
        told = never_met((car.colour for car in days[1]), defaultdict(lambda: limit))
        row = limits.rows[0][0]
        problems += [Problem(LIMIT, one, row, "limitation", str(limit)) for one in told.values()]
    if problems:
        raise CaseError(in_short(problems))
    return _day(folder.resolve().name, days, tuple(ratios), limit, objectives)


def _sheet(folder: Path, file: str, columns: tuple[str, ...], problems: list[Problem]) -> Sheet:
    sheet = read_sheet(folder, file, columns)
    problems += sheet.problems
    return sheet


def _ratios(sheet: Sheet, problems: list[Problem]) -> list[Ratio]:
    """One ratio an option; what cannot be read stands as 1/1, so that later checks go on."""
    found: dict[str, Ratio] = {}
    for row, (text, prio, ident, *_) in _long_enough(sheet, 3):
        parts = _RATIO.fullmatch(text)
        most, window = (int(parts[1]), int(parts[2])) if parts else (1, 0)
        if most > window or not window:
            message = "must be a ratio N/P of whole numbers, N from 0 to P, P from 1"
            problems.append(Problem(sheet.file, message, row, "Ratio", text))
        if prio not in ("0", "1"):
            message = "must be 1 (high priority) or 0 (low)"
            problems.append(Problem(sheet.file, message, row, "Prio", prio))
        if not ident or ident in found:
            message = "stands in an earlier row too" if ident else "must be the name of an option"
            problems.append(Problem(sheet.file, message, row, "Ident", ident))
        priority: Priority = "high" if prio == "1" else "low"
        found[ident] = Ratio(ident, len(found), most, max(1, window), priority)
    return list(found.values())


def _cars(sheet: Sheet, options: list[str] | None, problems: list[Problem]) -> list[_Car]:
    """Every car whose date, rank and flags can be read; without options where none were read."""
    columns = sheet.header[len(_CAR) :]
    if options is not None and sheet.header:
        problems += _unlike(sheet, columns, options)
    order = [len(_CAR) + columns.index(name) for name in options or () if name in columns]
    cars: list[_Car] = []
    seen: dict[tuple[str, int], int] = {}
    for row, cells in _long_enough(sheet, len(_CAR)):
        date, rank, name, colour = cells[: len(_CAR)]
        said = [
            Problem(sheet.file, "must not be blank", row, column, "")
            for column, cell in zip(_CAR, cells, strict=False)
            if not cell
        ]
        number = whole(rank)
        if rank and number is None:
            said.append(Problem(sheet.file, "must be a whole number", row, "SeqRank", rank))
        said += [
            Problem(sheet.file, "must be 0 or 1", row, column, cell)
            for column, cell in zip(columns, cells[len(_CAR) :], strict=False)
            if cell not in ("0", "1")
        ]
        if number is not None and seen.setdefault((date, number), row) != row:
            message = f"is the car of row {seen[date, number]} again: same Date and SeqRank"
            said.append(Problem(sheet.file, message, row, "SeqRank", rank))
        problems += said
        if number is not None:
            flags = tuple(cells[place] == "1" for place in order)
            cars.append(_Car(row, date, number, name, colour, flags))
    return cars


def _unlike(sheet: Sheet, columns: tuple[str, ...], options: list[str]) -> list[Problem]:
    """Options without a column, columns without an option, and columns that stand twice."""
    problems = [
        Problem(sheet.file, f"has no column for the option that {RATIOS} names", 1, name)
        for name in options
        if name not in columns
    ]
    problems += [
        Problem(sheet.file, f"is an option that {RATIOS} does not name", 1, name)
        for name in dict.fromkeys(columns)
        if name not in options
    ]
    twice = [name for name, times in Counter(columns).items() if times > 1]
    return problems + [Problem(sheet.file, "stands twice in the header", 1, name) for name in twice]


def _limit(sheet: Sheet, problems: list[Problem]) -> int:
    values = [(row, cells[0]) for row, cells in _long_enough(sheet, 1)]
    if not values and not sheet.problems:
        problems.append(Problem(sheet.file, "has no limit below its header"))
    for row, cell in values[1:]:
        problems.append(Problem(sheet.file, "holds more than one limit", row, value=cell))
    for row, cell in values[:1]:
        if not whole(cell):
            message = "must be a whole number of cars, 1 or more"
            problems.append(Problem(sheet.file, message, row, "limitation", cell))
    return (whole(values[0][1]) or 0) if values else 0


def _objectives(sheet: Sheet, problems: list[Problem]) -> tuple[Objective, ...]:
    found: dict[ObjectiveName, int] = {}
    rows = _long_enough(sheet, 2)
    for row, (rank, name, *_) in rows:
        known = _NAMES.get(name.lower())
        if known is None:
            message = f"must be one of {', '.join(_NAMES)}"
            problems.append(Problem(sheet.file, message, row, "objective name", name))
        elif known in found:
            problems.append(Problem(sheet.file, "stands twice", row, "objective name", name))
        number = whole(rank)
        if number is None or not 1 <= number <= len(rows) or number in found.values():
            message = "ranks must be 1, 2, 3, each once"
            problems.append(Problem(sheet.file, message, row, "rank", rank))
        elif known is not None:
            found[known] = number
    if not rows and not sheet.problems:
        problems.append(Problem(sheet.file, "names no objective"))
    ranked = sorted(found, key=found.__getitem__)
    return tuple(Objective(name, weight) for name, weight in zip(ranked, WEIGHTS, strict=False))


def _long_enough(sheet: Sheet, count: int) -> list[tuple[int, tuple[str, ...]]]:
    """Rows with the cells that the format names; a header that is too short was told."""
    return [(row, cells) for row, cells in sheet.rows if len(cells) >= count]


def _by_date(cars: list[_Car], problems: list[Problem]) -> list[list[_Car]]:
    """Cars of the day before and of the day, each in the order of their ranks."""
    dates = list(dict.fromkeys(car.date for car in cars))
    two = "two are wanted: the day before and the day"
    for date in dates[2:]:
        row = next(car.row for car in cars if car.date == date)
        problems.append(Problem(VEHICLES, f"is a date too many; {two}", row, "Date", date))
    if len(dates) == 1:
        message = f"is the only date, so that the day to be sequenced is empty; {two}"
        problems.append(Problem(VEHICLES, message, cars[0].row, "Date", dates[0]))
    return [
        sorted((car for car in cars if car.date == date), key=lambda car: car.rank)
        for date in dates
    ]


def _day(
    name: str,
    days: list[list[_Car]],
    ratios: tuple[Ratio, ...],
    limit: int,
    objectives: tuple[Objective, ...],
) -> LineDay:
    cars = [*days[0], *days[1]]
    names = tuple(car.name for car in cars)
    for twice in (one for one, times in Counter(names).items() if times > 1):
        rows = ", ".join(str(car.row) for car in cars if car.name == twice)
        log.warning("%s rows %s: %s stands on more than one car", VEHICLES, rows, twice)
    colours = sorted({car.colour for car in cars}, key=lambda text: (len(text), text))
    number = {colour: place for place, colour in enumerate(colours)}
    has = np.array([car.flags for car in cars], dtype=np.bool_).reshape(len(cars), len(ratios))
    return LineDay(
        name=name,
        cars=names,
        before=len(days[0]),
        traits=tuple(ratio.name for ratio in ratios),
        has=has,
        colours=tuple(colours),
        colour=np.array([number[car.colour] for car in cars], dtype=np.int64),
        objectives=objectives,
        ratios=ratios,
        paint=Paint((limit,) * len(colours)),
    )
