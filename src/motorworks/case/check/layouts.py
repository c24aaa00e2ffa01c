"""The plants of a case laid out for the checks, and where in the tables their names stand."""

import weakref
from collections.abc import Iterable, Iterator

from motorworks.case.case import Case
from motorworks.case.check.find import problem, rows
from motorworks.case.plant.layout import Layout
from motorworks.case.plant.rows import PlantRows
from motorworks.case.records.line import Level
from motorworks.errors import Problem

LEVELS: tuple[Level, ...] = ("shop", "station")
_DESCRIBING = ("stations", "segments", "arrivals")
_LEVELLED = ("stations", "segments", "buffers", "carriers")


def layouts(case: Case) -> list[tuple[str, Layout]]:
    """Each plant that is described for a simulation, at each level of detail that its rows name.

    None where the tables cannot be read as rows, or a routing leads to another plant: that is told
    elsewhere.
    """
    kept = _KEPT.get("case")
    if kept is None or kept[0]() is not case:
        kept = _KEPT["case"] = (weakref.ref(case), list(_laid_out(case)))
    return kept[1]


_KEPT: dict[str, tuple[weakref.ref[Case], list[tuple[str, Layout]]]] = {}
"""The layouts of the case looked at last: many rules ask for them one after the other."""


def _laid_out(case: Case) -> Iterator[tuple[str, Layout]]:
    homes = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    described = {homes.get(r["shop"]) for name in _DESCRIBING for _, r in rows(case, name)}
    astray = {
        row["plant"]
        for _, row in rows(case, "routings")
        if homes.get(row["shop"], row["plant"]) != row["plant"]
    }
    levels = {row["level"] for name in _LEVELLED for _, row in rows(case, name)} - {None}
    try:
        for plant in sorted(name for name in described - astray if name is not None):
            for level in LEVELS:
                if level in levels or (not levels and level == "station"):
                    yield plant, Layout(PlantRows.of(case, plant, level))
    except (KeyError, ValueError):
        return


class Finder:
    """Gathers problems of rows that are known by name, each once.

    Parameters
    ----------
    case
        The case in whose tables the rows stand.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._numbers: dict[tuple[str, str], dict[object, int]] = {}
        self.found: dict[str, Problem] = {}

    def add(self, table: str, key: tuple[str, object], column: str, message: str) -> None:
        """Tell a problem of the row in which a column holds a value."""
        name, value = key
        number = self._rows(table, name).get(value)
        held = None
        if number is not None:
            held = self._case.table(table)[column].to_list()[number - 2]
        one = problem(table, number, column, held, message)
        self.found.setdefault(str(one), one)

    def _rows(self, table: str, column: str) -> dict[object, int]:
        if (table, column) not in self._numbers:
            held = self._case.table(table)[column].to_list()
            numbers = {value: number for number, value in reversed(list(enumerate(held, 2)))}
            self._numbers[table, column] = numbers
        return self._numbers[table, column]

    @property
    def problems(self) -> list[Problem]:
        """All that were told."""
        return list(self.found.values())


def listed(names: Iterable[str]) -> str:
    """Names for a sentence, the first few of them.

    Examples
    --------
    >>> listed(["a", "b"]), listed(list("abcdefgh"))
    ('a, b', 'a, b, c, d, e and 3 more')
    """
    all_names = list(names)
    more = f" and {len(all_names) - 5} more" if len(all_names) > 5 else ""
    return ", ".join(all_names[:5]) + more
