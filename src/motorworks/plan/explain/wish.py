"""What a planner may wish for, in a line of plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from motorworks.case.case import Case
from motorworks.case.dates import months_between, resolve_when, span_of
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem

Kind = Literal["start", "build", "ship", "none", "pattern", "exit"]

FORMS = (
    "VEHICLE at PLANT from MONTH (production starts then)",
    "N VEHICLE at PLANT in MONTH (at least N built)",
    "VEHICLE to MARKET in MONTH: N (at least N leave for it)",
    "no VEHICLE at PLANT (none built; may end with: in MONTH, or: from MONTH)",
    "PATTERN at PLANT from MONTH (the shift pattern worked)",
    "agreement AGREEMENT ended in MONTH",
)
"""The forms of a wish; MONTH may also be a year, a half-year, a quarter or a range of them."""

_NUMBER = r"(?P<units>\d[\d,]*(?:\.\d+)?)"
_GRAMMAR: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form + r"\Z", re.IGNORECASE))
    for kind, form in (
        ("exit", r"agreement (?P<agreement>.+?) ended in (?P<when>\S+)"),
        ("none", r"no (?P<vehicle>.+?) at (?P<plant>.+?)(?: (?P<how>in|from) (?P<when>\S+))?"),
        ("build", _NUMBER + r" (?P<vehicle>.+?) at (?P<plant>.+?) in (?P<when>\S+)"),
        ("ship", r"(?P<vehicle>.+?) to (?P<market>.+?) in (?P<when>\S+?): ?" + _NUMBER),
        ("from", r"(?P<what>.+?) at (?P<plant>.+?) from (?P<when>\S+)"),
    )
)
_WHERE = "wish"


@dataclass(frozen=True)
class Wish:
    """A wish, read: what is asked of which vehicle, plant, market, pattern or agreement.

    ``first`` and ``last`` are months of the horizon, counted from 0; ``when`` is the time as
    written. ``units`` are cars.
    """

    text: str
    kind: Kind
    first: int
    last: int
    when: str = ""
    vehicle: str = ""
    plant: str = ""
    market: str = ""
    pattern: str = ""
    agreement: str = ""
    units: float = 0.0


def read_wish(text: str, case: Case) -> Wish:
    """Read a wish and hold its names against the case.

    Parameters
    ----------
    text
        One of :data:`FORMS`, in words of the case.
    case
        The case it is about.

    Raises
    ------
    CaseError
        If it has none of the forms, or names what the case does not know; lists what is allowed.

    Examples
    --------
    >>> from motorworks.io.case_folder import find_case, read_case
    >>> wish = read_wish("40 gamma at south in 2025-05", read_case(find_case("tiny")))
    >>> wish.kind, wish.vehicle, wish.plant, wish.first, wish.units
    ('build', 'gamma', 'south', 4, 40.0)
    """
    words = " ".join(text.split())
    for kind, form in _GRAMMAR:
        match = form.match(words)
        if match:
            said = {name: value for name, value in match.groupdict().items() if value}
            return _Reader(words, case).read(kind, said)
    message = f"is no wish that can be read; a wish is one of: {'; '.join(FORMS)}"
    raise CaseError([Problem(_WHERE, message, value=words)])


class _Reader:
    """Reads the parts of a wish and collects what is wrong with them."""

    def __init__(self, text: str, case: Case) -> None:
        self.text = text
        self.case = case
        self.problems: list[Problem] = []

    def read(self, kind: str, said: dict[str, str]) -> Wish:
        first, last = self._months(kind, said)
        if kind == "from":
            kind, said = self._start_or_pattern(said)
        tables = {"vehicle": "vehicles", "plant": "plants", "market": "markets",
                  "pattern": "shift_patterns", "agreement": "agreements"}  # fmt: skip
        names = {
            field: self._known(said[field], self.case.table(table)[field], field)
            for field, table in tables.items()
            if field in said
        }
        self._fits(kind, names)
        if self.problems:
            raise CaseError(self.problems)
        units = float(said.get("units", "0").replace(",", ""))
        kinds: dict[str, Kind] = {
            "start": "start", "build": "build", "ship": "ship", "none": "none",
            "pattern": "pattern", "exit": "exit",
        }  # fmt: skip
        return Wish(self.text, kinds[kind], first, last, said.get("when", ""), units=units, **names)

    def _start_or_pattern(self, said: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The same form speaks of a vehicle or of a shift pattern: the case knows which."""
        what = said["what"]
        vehicles = list(self.case.table("vehicles")["vehicle"])
        patterns = list(self.case.table("shift_patterns")["pattern"])
        if what in patterns and what not in vehicles:
            return "pattern", {**said, "pattern": what}
        if what not in vehicles:
            near = did_you_mean(what, [*vehicles, *patterns])
            known = f"vehicles are {', '.join(vehicles)}; shift patterns are {', '.join(patterns)}"
            self._object(f"is neither a vehicle nor a shift pattern{near}; {known}", what)
            return "start", {key: value for key, value in said.items() if key != "what"}
        return "start", {**said, "vehicle": what}

    def _known(self, word: str, names: Iterable[str], noun: str) -> str:
        known = list(names)
        if word not in known:
            allowed = ", ".join(known) if known else "the case has none"
            message = f"is no {noun} of the case{did_you_mean(word, known)}; allowed: {allowed}"
            self._object(message, word)
        return word

    def _months(self, kind: str, said: dict[str, str]) -> tuple[int, int]:
        """First and last month of the wish, cut to the horizon."""
        info = self.case.info
        end = info.months - 1
        when = said.get("when")
        if when is None:
            return 0, end
        try:
            days = span_of(when)
        except ValueError:
            self._object("is no month as 2025-07, quarter as 2025-Q3, half-year or year", when)
            return 0, end
        first, last = (months_between(info.start, day.strftime("%Y-%m")) for day in days)
        if kind in ("from", "exit") or said.get("how", "").lower() == "from":
            first = months_between(info.start, resolve_when(when, info.dates).strftime("%Y-%m"))
            last = end
        if last < 0 or first > end or (kind in ("from", "exit") and first < 0):
            months = info.month_names
            self._object(f"lies outside the horizon, {months[0]} to {months[-1]}", when)
        return max(first, 0), min(last, end)

    def _fits(self, kind: str, names: dict[str, str]) -> None:
        """Whether the case has what the names speak of together."""
        if self.problems:
            return
        if kind in ("start", "build", "none"):
            table = self.case.table("allocations")
            plants = table.filter(table["vehicle"] == names["vehicle"])["plant"].to_list()
            if names["plant"] not in plants:
                built = f"it may be built at {', '.join(plants)}" if plants else "no plant may"
                message = f"may not be built at {names['plant']} (no row in allocations); {built}"
                self._object(message, names["vehicle"])
        if kind == "exit":
            table = self.case.table("agreements").drop_nulls("exit_cost")
            ends = table.filter(table["status"] == "firm")["agreement"].to_list()
            if names["agreement"] not in ends:
                allowed = ", ".join(ends) if ends else "none"
                message = "cannot be ended: it is not firm, or its exit_cost is blank"
                self._object(f"{message}; agreements that can be: {allowed}", names["agreement"])

    def _object(self, message: str, value: str) -> None:
        self.problems.append(Problem(_WHERE, message, value=value))


def moved(wish: Wish, months: int, case: Case) -> Wish | None:
    """The same wish so many months later, or earlier; None where it would leave the horizon."""
    names, end = case.info.month_names, case.info.months - 1
    first = wish.first + months
    last = wish.last if wish.last == end and wish.kind != "build" else wish.last + months
    if wish.kind == "none" or first < 0 or max(first, last) > end:
        return None
    when = names[first] if first == last or wish.kind in ("start", "pattern", "exit") else (
        f"{names[first]}..{names[last]}"
    )  # fmt: skip
    text = wish.text.replace(wish.when, when)
    return replace(wish, text=text, first=first, last=last, when=when)
