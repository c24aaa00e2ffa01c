"""Which cells of the case a fact speaks of."""

from fnmatch import fnmatchcase

from motorworks.case.case import Case
from motorworks.case.column import key_of
from motorworks.case.records.evidence import Fact
from motorworks.case.tables import TABLES

BACKGROUND = "background"
FACTOR = "factor"

_WILD = frozenset("*?[")


def cells_of(case: Case, fact: Fact) -> list[int]:
    """Positions of the rows that a fact's key matches, in its table and counted from 0.

    None where the fact is background, its table is unknown, or its key has another number of
    parts than the table's key has columns.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> from motorworks.case.records.sites import ShopRate
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> days = ("2018-01-01", "2019-10-01")
    >>> case = Case.of(info, [ShopRate(shop="line", start=day, jph=45) for day in days])
    >>> about = {"fact_id": "f", "table": "shop_rates", "field": "jph", "status": "assumed"}
    >>> [cells_of(case, Fact(key=key, **about)) for key in ("line|*", "line|201[89]-1*")]
    [[0, 1], [1]]
    """
    return KeyIndex(case).rows(fact.table, fact.key)


class KeyIndex:
    """Finds the rows that keys match; remembers each key column, for many keys on one case.

    A part of a key is the text of a cell or a pattern: ``*`` stands for anything, ``?`` for one
    character, ``[45]`` for one of these. A blank part matches a blank cell.

    Parameters
    ----------
    case
        The case whose tables are looked into.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._columns: dict[tuple[str, str], dict[str, set[int]]] = {}
        self._patterns: dict[tuple[str, str, str], set[int]] = {}

    def rows(self, table: str, key: str) -> list[int]:
        """Positions of the rows of ``table`` that ``key`` matches, in order."""
        if table not in TABLES:
            return []
        columns, parts = key_of(TABLES[table]), key.split("|")
        if len(columns) != len(parts):
            return []
        sought = zip(columns, parts, strict=True)
        found = [self._matching(table, column, part) for column, part in sought if part != "*"]
        if not found:
            return list(range(self._case.table(table).height))
        return sorted(set.intersection(*found))

    def _matching(self, table: str, column: str, part: str) -> set[int]:
        cells = self._cells(table, column)
        if not _WILD & set(part):
            return cells.get(part, set())
        place = (table, column, part)
        if place not in self._patterns:
            fitting = [rows for text, rows in cells.items() if fnmatchcase(text, part)]
            self._patterns[place] = set().union(*fitting)
        return self._patterns[place]

    def _cells(self, table: str, column: str) -> dict[str, set[int]]:
        """Positions by the text of a column's cells; blank is the empty text."""
        place = (table, column)
        if place not in self._columns:
            cells = self._columns[place] = {}
            for row, value in enumerate(self._case.table(table)[column].to_list()):
                cells.setdefault("" if value is None else str(value), set()).add(row)
        return self._columns[place]
