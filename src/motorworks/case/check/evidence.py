"""Evidence: facts speak of cells that exist, name their source, and agree with the tables."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from motorworks.case.case import Case
from motorworks.case.check.find import Row, day_of, groups, problem, rows, written
from motorworks.case.column import Column, columns_of, key_of
from motorworks.case.dates import check_when
from motorworks.case.facts import BACKGROUND, FACTOR, KeyIndex
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem

_NUMBERS = ("number", "integer")
_DATES = ("when", "day", "month")
_CLOSE = 1e-6


@lru_cache(maxsize=256)
def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns_of(TABLES[table])}


def _facts(case: Case) -> Iterator[tuple[int, Row, Column]]:
    """Facts that speak of a column there is, with that column."""
    for number, row in rows(case, "facts"):
        if row["table"] in TABLES and row["field"] in _columns(row["table"]):
            yield number, row, _columns(row["table"])[row["field"]]


def facts_speak_of_a_column(case: Case) -> list[Problem]:
    """The table and field of a fact exist; ``background`` stands for a figure that no table holds.

    Otherwise nobody could find the figure it vouches for.
    """
    found: list[Problem] = []
    for number, row in rows(case, "facts"):
        table, field = row["table"], row["field"]
        if table == BACKGROUND:
            continue
        if table not in TABLES:
            message = f"must be a table of the case or '{BACKGROUND}'"
            message += did_you_mean(str(table), TABLES)
            found.append(problem("facts", number, "table", table, message))
        elif field not in _columns(table):
            message = f"must be a column of {table}: {', '.join(_columns(table))}"
            found.append(problem("facts", number, "field", field, message))
    return found


def facts_match_a_row(case: Case) -> list[Problem]:
    """The key of a fact has one part for each key column of its table, and matches a row.

    A fact on a row that is gone vouches for nothing.
    """
    found: list[Problem] = []
    index = KeyIndex(case)
    for number, row, _ in _facts(case):
        keys = key_of(TABLES[row["table"]])
        parts = row["key"].split("|")
        if len(parts) != len(keys):
            message = f"must have {len(keys)} part{'s' if len(keys) > 1 else ''}: {'|'.join(keys)}"
            found.append(problem("facts", number, "key", row["key"], message))
        elif not index.rows(row["table"], row["key"]):
            message = f"matches no row of {row['table']}.csv ({'|'.join(keys)})"
            found.append(problem("facts", number, "key", row["key"], message))
    return found


def reported_facts_have_a_source(case: Case) -> list[Problem]:
    """A fact that is reported names its source.

    A figure nobody can trace is assumed, and should say so.
    """
    return [
        problem("facts", number, "source_id", None,
                "a reported fact names its source; without one its status is assumed")
        for number, row in rows(case, "facts")
        if row["status"] == "reported" and row["source_id"] is None
    ]  # fmt: skip


def facts_are_figures_of_their_column(case: Case) -> list[Problem]:
    """Value, low and high of a fact are written as its column demands.

    Those of a factor are numbers. A scenario could not set the cell to anything else.
    """
    found: list[Problem] = []
    for number, row, column in _facts(case):
        factor = row["unit"] == FACTOR
        kind = "number" if factor else column.kind
        for name in ("value", "low", "high"):
            text = row[name]
            if text is not None and _measure(kind, text) is None:
                allowed = "a number" if factor else column.allowed
                found.append(problem("facts", number, name, text, f"must be {allowed}"))
            elif text is not None and kind == "choice" and text not in column.choices:
                found.append(problem("facts", number, name, text, f"must be {column.allowed}"))
        if factor and column.kind not in _NUMBERS:
            message = f"a factor multiplies numbers; {column.name} holds {column.allowed}"
            found.append(problem("facts", number, "field", row["field"], message))
    return found


def _measure(kind: str, text: str) -> float | str | None:
    """What a text counts as in a column of some kind; ``None`` where it cannot stand there."""
    if kind in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            return None
    if kind == "yes_no":
        return text.lower() if text.lower() in ("yes", "no", "true", "false") else None
    if kind in _DATES:
        return text if day_of(text, "mid") is not None else None
    return text


def ranges_hold_their_value(case: Case) -> list[Problem]:
    """The low of a fact is at most its value, and the value at most its high.

    The report varies each assumption from low to high.
    """
    found: list[Problem] = []
    for number, row, column in _facts(case):
        kind = "number" if row["unit"] == FACTOR else column.kind
        if kind not in (*_NUMBERS, *_DATES):
            continue
        filled = [name for name in ("low", "value", "high") if row[name] is not None]
        for low, high in pairwise(filled):
            left = _order(kind, row[low], "early")
            right = _order(kind, row[high], "late")
            if left is not None and right is not None and left > right:
                message = f"must be at most {high} ({row[high]})"
                found.append(problem("facts", number, low, row[low], message))
    return found


def _order(kind: str, text: str | None, how: str) -> float | None:
    """A figure or date as a number to compare; a rough date by its first or last day."""
    if text is None:
        return None
    if kind in _NUMBERS:
        measure = _measure(kind, text)
        return measure if isinstance(measure, float) else None
    day = day_of(text, "early" if how == "early" else "late")
    return None if day is None else float(day.toordinal())


def disputes_have_one_choice(case: Case) -> list[Problem]:
    """Of several facts on the same cells exactly one is chosen, and a single fact is chosen.

    The tables can hold only one of them.
    """
    found: list[Problem] = []
    for same in _disputes(case):
        chosen = [number for number, row in same if row["chosen"]]
        if not chosen:
            message = "none of the facts on this field is chosen; choose exactly one"
            found.append(problem("facts", same[0][0], "chosen", same[0][1]["chosen"], message))
        for number in chosen[1:]:
            message = f"row {chosen[0]} is chosen for the same field; choose exactly one"
            found.append(problem("facts", number, "chosen", value=True, message=message))
    return found


def _disputes(case: Case) -> list[list[tuple[int, Row]]]:
    """Facts on the same table, key and field; those on a factor apart from those on a value."""
    told = [
        (number, {**row, "factor": row["unit"] == FACTOR})
        for number, row in rows(case, "facts")
        if row["table"] != BACKGROUND
    ]
    return list(groups(told, "table", "key", "field", "factor").values())


def disputes_have_reasons(case: Case) -> list[Problem]:
    """Each fact of a dispute says why it was chosen or set aside.

    Who reads the report can then judge the choice.
    """
    return [
        problem("facts", number, "reason", None, "sources disagree here; say why it was "
                + ("chosen" if row["chosen"] else "set aside"))
        for same in _disputes(case)
        if len(same) > 1
        for number, row in same
        if row["reason"] is None
    ]  # fmt: skip


def chosen_facts_agree_with_the_tables(case: Case) -> list[Problem]:
    """A chosen fact and every cell it speaks of say the same.

    If they differ, either the table or its evidence was changed alone. Facts in the unit
    ``factor`` speak of a profile and are not compared.
    """
    found: list[Problem] = []
    index = KeyIndex(case)
    for number, row, column in _facts(case):
        if not row["chosen"] or row["value"] is None or row["unit"] == FACTOR:
            continue
        places = index.rows(row["table"], row["key"])
        cells = case.table(row["table"])[column.name]
        wrong = [place for place in places if not _same(column.kind, row["value"], cells[place])]
        if wrong:
            held = written(cells[wrong[0]]) or "blank"
            more = f" (and {len(wrong) - 1} more rows)" if len(wrong) > 1 else ""
            message = (
                f"{row['table']}.csv row {wrong[0] + 2}, {column.name} holds {held}{more}; "
                "change one, or choose another fact"
            )
            found.append(problem("facts", number, "value", row["value"], message))
    return found


def _same(kind: str, text: str, cell: object) -> bool:
    """Whether the text of a fact and the cell of a table say the same."""
    measure = _measure(kind, text)
    if isinstance(cell, bool):
        return measure in (("yes", "true") if cell else ("no", "false"))
    if isinstance(measure, float) and isinstance(cell, (int, float)):
        return abs(measure - cell) <= _CLOSE * max(abs(cell), abs(measure))
    return cell is not None and text == cell


def facts_are_in_the_unit_of_their_column(case: Case) -> list[Problem]:
    """The unit of a fact is that of its column, or ``factor``, or blank.

    Where the column says ``currency``, the code of the rows' own currency may stand; a column
    without a unit takes any. A rate per minute in a column per hour would be sixty times wrong.
    """
    found: list[Problem] = []
    index = KeyIndex(case)
    for number, row, column in _facts(case):
        unit = row["unit"]
        if unit is None or not column.unit or unit in (FACTOR, column.unit):
            continue
        money = _money(case, column, unit)
        if money is None:
            code = " with a currency code" if "currency" in column.unit else ""
            message = f"must be '{column.unit}'{code}, '{FACTOR}' or blank"
            found.append(problem("facts", number, "unit", unit, message))
        elif row["chosen"]:
            own = _currencies(case, row["table"], index.rows(row["table"], row["key"]))
            if own and own != {money}:
                message = f"the rows it speaks of are in {', '.join(sorted(own))}"
                found.append(problem("facts", number, "unit", unit, message))
    return found


def _money(case: Case, column: Column, unit: str) -> str | None:
    """The currency that a unit names where the column's unit says ``currency``."""
    pattern = re.escape(column.unit).replace("currency", "([A-Z]{3})", 1)
    if column.name == "rate" and column.unit.startswith("reporting"):
        pattern = f"{case.info.currency}/([A-Z]{{3}})"
    match = re.fullmatch(pattern, unit)
    return match[1] if match and match.lastindex else None


def _currencies(case: Case, table: str, places: list[int]) -> set[str]:
    """Currencies of some rows of a table."""
    names = [c.name for c in _columns(table).values() if c.ref == "currencies.currency"]
    column = case.table(table)[names[0]] if names else None
    return set() if column is None else {column[place] for place in places} - {None}


def fact_dates_are_dates(case: Case) -> list[Problem]:
    """``as_of`` is a day, month, quarter, half-year, year or range of them.

    Then facts can be put in order of time.
    """
    found: list[Problem] = []
    for number, row in rows(case, "facts"):
        try:
            if row["as_of"] is not None:
                check_when(row["as_of"])
        except ValueError:
            message = "must be 2025-07-15, 2025-07, 2025-Q3, 2025-H2, 2025 or a range A..B"
            found.append(problem("facts", number, "as_of", row["as_of"], message))
    return found


RULES = (
    facts_speak_of_a_column,
    facts_match_a_row,
    reported_facts_have_a_source,
    facts_are_figures_of_their_column,
    ranges_hold_their_value,
    disputes_have_one_choice,
    disputes_have_reasons,
    chosen_facts_agree_with_the_tables,
    facts_are_in_the_unit_of_their_column,
    fact_dates_are_dates,
)
