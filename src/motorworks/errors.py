"""The few errors Motorworks raises; each carries what a planner needs to mend the cause."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input, said so that it can be found and mended.

    Parameters
    ----------
    file
        File (or workbook sheet) as the user knows it, for example ``demand.csv``.
    message
        What is wrong and what is allowed, in one sentence.
    row
        Row as a spreadsheet numbers it (the header is row 1); ``None`` for the whole file.
    column
        Column name, or ``None`` for the whole row.
    value
        The offending value as written.

    Examples
    --------
    >>> print(Problem("shops.csv", "must be above 0", row=3, column="jph", value="-4"))
    shops.csv row 3, jph = '-4': must be above 0
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """Place first, then the matter."""
        place = self.file if self.row is None else f"{self.file} row {self.row}"
        if self.column is not None:
            place += f", {self.column}"
        if self.value is not None:
            place += f" = {self.value!r}"
        return f"{place}: {self.message}"


class MotorworksError(Exception):
    """Base of all errors that are told to the user without a traceback."""


class CaseError(MotorworksError):
    """The input is wrong; lists every problem found, not only the first.

    Parameters
    ----------
    problems
        All problems, in the order in which they should be shown.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = [f"{count} problem{'s' if count != 1 else ''} in the input:"]
        lines += [f"  • {problem}" for problem in self.problems]
        super().__init__("\n".join(lines))


class InfeasibleError(MotorworksError):
    """No plan can meet all hard rules; names what conflicts."""


class EngineError(MotorworksError):
    """A solver stopped for a reason that is neither optimal nor infeasible."""
