"""What a run is asked for, and the words that ask for it again."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.dates import add_months, first_day, last_day, month_list, months_between
from motorworks.case.info import STAGES
from motorworks.errors import CaseError, Problem

Span = tuple[dt.date, dt.date]
"""First and last day."""


@dataclass(frozen=True)
class Asked:
    """What a run is asked for.

    Parameters
    ----------
    folder
        The case.
    scenarios
        Names of scenarios to apply, in order.
    stages
        Stages to run; the plan always is. Without ``slot``, orders of a day are drawn from the
        plan by ``sequence``.
    months
        Months whose orders are slotted and whose days are put in order, by first and last as
        2025-10; the first full month of what the case is about when empty.
    days
        Days to put in order, if not every one of the months, by first and last.
    ranges
        Whether to solve the plan again under every uncertain fact.
    close_loop
        Whether to plan again with the paces that the simulation measured, until the volume changes
        by less than half a per cent.
    workers
        Processes to use.
    """

    folder: Path
    scenarios: Sequence[str] = ()
    stages: Collection[str] = STAGES
    months: Sequence[tuple[str, str]] = ()
    days: Sequence[Span] = ()
    ranges: bool = True
    close_loop: bool = False
    workers: int = 2

    @property
    def command(self) -> str:
        """The command that makes the run again, without the folders of this machine."""
        words = ["motorworks run", self.folder.name]
        words += [f"--scenario {name}" for name in self.scenarios]
        if set(self.stages) != set(STAGES):
            words.append(f"--stages {','.join(name for name in STAGES if name in self.stages)}")
        words += [f"--month {_span_words(span)}" for span in self.months]
        words += [f"--days {first}..{last}" for first, last in self.days]
        words += [] if self.ranges else ["--no-ranges"]
        return " ".join([*words, "--close-loop"] if self.close_loop else words)

    def run_name(self, case: Case, mark: str) -> str:
        """Name of a run folder: case, scenarios, first digits of the input's hash.

        Examples
        --------
        >>> from motorworks.case.info import CaseInfo
        >>> info = CaseInfo(name="busan", title="B", start="2024-01", months=1, currency="USD")
        >>> asked = Asked(Path("busan"), ["fact:pack:high"])
        >>> asked.run_name(Case(info), "0123456789abcdef")
        'busan-fact-pack-high-01234567'
        """
        names = [Path(name).stem.replace(":", "-") for name in self.scenarios] or ["base"]
        closed = ["closed"] if self.close_loop else []
        return "-".join([case.info.name, *names, *closed, mark[:8]])

    @property
    def slot_spans(self) -> list[Span]:
        """Stretches of whole months that the months or days asked for touch; empty by default.

        Examples
        --------
        >>> asked = Asked(Path("busan"), days=[(dt.date(2025, 10, 30), dt.date(2025, 11, 3))])
        >>> [f"{first} to {last}" for first, last in asked.slot_spans]
        ['2025-10-01 to 2025-11-30']
        """
        touched = [(f"{first:%Y-%m}", f"{last:%Y-%m}") for first, last in self.days]
        months = sorted({
            month
            for first, last in touched or self.months
            for month in month_list(first, months_between(first, last) + 1)
        })  # fmt: skip
        spans: list[tuple[str, str]] = []
        for month in months:
            if spans and add_months(spans[-1][1], 1) == month:
                spans[-1] = spans[-1][0], month
            else:
                spans.append((month, month))
        return [(first_day(first), last_day(last)) for first, last in spans]


def refuse_odd(asked: Asked) -> None:
    """Raise where what is asked for cannot be: unknown stages, or one without the one before it."""
    problems = [
        Problem("--stages", f"must be among {', '.join(STAGES)}", value=name)
        for name in asked.stages
        if name not in STAGES
    ]
    if "simulate" in asked.stages and "sequence" not in asked.stages:
        message = "simulate needs sequence: it runs the days in the order found"
        problems.append(Problem("--stages", message))
    if asked.close_loop and "simulate" not in asked.stages:
        problems.append(Problem("--close-loop", "needs simulate among the stages"))
    if asked.months and asked.days:
        problems.append(Problem("--days", "give days or months, not both"))
    if problems:
        raise CaseError(problems)


def _span_words(span: tuple[str, str]) -> str:
    first, last = span
    return first if first == last else f"{first}..{last}"
