"""Classic car sequencing (CSPLib problem 1) as a day of a line without a day before.

A file of numbers: cars, options and classes; the most cars of a window for each option; the
windows' lengths; then for each class its index, its number of cars and a flag for each option.
What counts are broken windows, each once, of full length and inside the day.

References
----------
B. Smith, "CSPLib Problem 001: Car Sequencing", https://www.csplib.org/Problems/prob001.
J. Gottlieb, M. Puchta, C. Solnon, "A study of greedy, local search, and ant colony optimization
approaches for car sequencing problems", 2003, https://doi.org/10.1007/3-540-36605-9_23.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Ratio
from motorworks.errors import CaseError, Problem
from motorworks.io.formats.fields import whole
from motorworks.io.problems import in_short
from motorworks.io.text import lines_of, read_text

_MOST_CARS = 100_000
_PLAIN = "any"


@dataclass(frozen=True)
class _Class:
    name: str
    cars: int
    flags: tuple[bool, ...]


def read_csplib(path: Path | str) -> LineDay:
    """Read an instance.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    CaseError
        With every problem of the file.
    """
    path = Path(path)
    text, problems = read_text(path, path.name)
    rows = [(row, line.split()) for row, line in lines_of(text) if line.strip()]
    if not problems and len(rows) < 3:
        message = "must begin with three rows: cars, options and classes; cars of a window; windows"
        problems.append(Problem(path.name, message))
    if problems:
        raise CaseError(in_short(problems))
    reading = _Reading(path.name)
    cars, options, classes = reading.sizes(*rows[0])
    if options < 0:
        options = len(rows[1][1])  # so that the rows below are looked at all the same
    ratios = reading.ratios(rows[1], rows[2], options)
    found = reading.classes(rows[3:], options)
    reading.totals(rows[0][0], found, cars, classes)
    if reading.problems:
        raise CaseError(in_short(reading.problems))
    return _day(path.stem, ratios, found)


class _Reading:
    """What a file says, and every problem met on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def _say(self, message: str, row: int, value: str | None = None) -> None:
        self.problems.append(Problem(self.file, message, row, value=value))

    def _numbers(self, row: int, words: Sequence[str]) -> list[int]:
        """Whole numbers of a row; what is none was told and stands as -1."""
        numbers = [whole(word) for word in words]
        for word, number in zip(words, numbers, strict=True):
            if number is None:
                self._say("must be a whole number, 0 or above", row, word)
        return [-1 if number is None else number for number in numbers]

    def sizes(self, row: int, words: Sequence[str]) -> tuple[int, int, int]:
        """Cars, options and classes; -1 what cannot be read."""
        if len(words) != 3:
            self._say("must hold three numbers: cars, options and classes", row, " ".join(words))
            return -1, -1, -1
        cars, options, classes = self._numbers(row, words)
        if cars == 0:
            self._say("holds no car: the day is empty", row, words[0])
        elif cars > _MOST_CARS:
            self._say(f"must be at most {_MOST_CARS:,} cars", row, words[0])
        return cars, options, classes

    def ratios(
        self, most: tuple[int, Sequence[str]], windows: tuple[int, Sequence[str]], options: int
    ) -> tuple[Ratio, ...]:
        """One ratio for each option."""
        for row, words in (most, windows):
            if len(words) != options:
                self._say(f"holds {len(words)} numbers for {options} options", row)
        pairs = zip(self._numbers(*most), self._numbers(*windows), strict=False)
        found = []
        for number, (many, window) in enumerate(pairs, 1):
            if 0 <= window < max(many, 1):
                message = "is no window for a ratio: it must be 1 or more, and hold its cars"
                self._say(message, windows[0], f"{many}/{window}")
            found.append(
                Ratio(f"option-{number}", number - 1, many, window, counting="once",
                      past_ends=False)
            )  # fmt: skip
        return tuple(found)

    def classes(self, rows: Sequence[tuple[int, Sequence[str]]], options: int) -> list[_Class]:
        """Every class of cars."""
        found: list[_Class] = []
        for row, words in rows:
            if len(words) != options + 2:
                message = f"has {len(words)} numbers; {options + 2} are wanted: index, cars, flags"
                self._say(message, row)
                continue
            _, cars = self._numbers(row, words[:2])
            for flag in words[2:]:
                if flag not in ("0", "1"):
                    self._say("must be 0 or 1", row, flag)
            if any(words[0] == other.name for other in found):
                self._say("is the index of an earlier class", row, words[0])
            found.append(_Class(words[0], max(cars, 0), tuple(word == "1" for word in words[2:])))
        return found

    def totals(self, row: int, found: list[_Class], cars: int, classes: int) -> None:
        """The first row says how many classes and cars follow."""
        if len(found) != classes and not self.problems:
            self._say(f"announces {classes} classes, but {len(found)} follow", row)
        listed = sum(one.cars for one in found)
        if listed != cars and not self.problems:
            self._say(f"announces {cars:,} cars, but the classes hold {listed:,}", row)


def _day(name: str, ratios: tuple[Ratio, ...], classes: list[_Class]) -> LineDay:
    each = [one for one in classes for _ in range(one.cars)]
    return LineDay(
        name=name,
        cars=tuple(f"car-{number}" for number in range(1, len(each) + 1)),
        before=0,
        traits=tuple(ratio.name for ratio in ratios),
        has=np.array([one.flags for one in each], dtype=np.bool_).reshape(len(each), len(ratios)),
        colours=(_PLAIN,),
        colour=np.zeros(len(each), dtype=np.int64),
        objectives=(Objective("high", 1),),
        vehicles=tuple(f"class-{one.name}" for one in each),
        ratios=ratios,
    )
