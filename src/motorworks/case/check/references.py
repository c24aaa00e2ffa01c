"""Names and codes: whatever one table names must stand in another."""

import re
from collections.abc import Collection
from typing import Any

from motorworks.case.case import Case
from motorworks.case.check.find import Row, pairs, problem, rows
from motorworks.case.column import Column, columns_of
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem

_SHOWN = 6


def names_exist(case: Case, unread: Collection[str] = ()) -> list[Problem]:
    """A name that a column takes from another table must stand there.

    A misspelt name would otherwise drop demand, duty or capacity without a word. Tables that
    could not be read are left alone, as are names that might stand in one.
    """
    found: list[Problem] = []
    for table, record in TABLES.items():
        for column in columns_of(record):
            if not column.ref or {table, column.ref.split(".")[0]} & set(unread):
                continue
            if case.table(table).height:
                found += _unknown(case, table, column)
    return found


def _unknown(case: Case, table: str, column: Column) -> list[Problem]:
    target, field = str(column.ref).split(".")
    known = set(case.table(target)[field].to_list()) - {None}
    values = case.table(table)[column.name].to_list()
    wrong = [row for row, value in enumerate(values) if value is not None and value not in known]
    names = sorted(known) if wrong else []
    return [
        problem(table, row + 2, column.name, values[row], _not_in(values[row], target, names))
        for row in wrong
    ]


def _not_in(value: str, place: str, names: list[str]) -> str:
    """Say that a name does not stand in a place, and what might have been meant."""
    text = f"does not stand in {place}"
    if not names:
        return f"{text}, which is empty"
    if hint := did_you_mean(value, names):
        return text + hint
    shown = ", ".join(names[:_SHOWN])
    return f"{text}; it holds {shown}{' ...' if len(names) > _SHOWN else ''}"


_LISTS: tuple[tuple[str, str], ...] = (("shops", "drivetrains"), ("orders", "options"))


def listed_names_exist(case: Case) -> list[Problem]:
    """Each name in a list must be known: drivetrains of shops, options of orders.

    ``EV`` in place of ``BEV`` would shut a shop to every electric car.
    """
    drivetrains = next(c.choices for c in columns_of(TABLES["vehicles"]) if c.name == "drivetrain")
    known = {"drivetrains": sorted(drivetrains), "options": sorted(_names(case, "options"))}
    return [
        problem(table, number, column, row[column],
                f"{name!r} {_not_in(name, column, known[column])}")
        for table, column in _LISTS
        for number, row in rows(case, table)
        for name in (row[column] or "").split()
        if name not in known[column]
    ]  # fmt: skip


def _names(case: Case, table: str) -> list[Any]:
    return case.table(table).to_series(0).drop_nulls().to_list()


_AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tariffs", ("importer", "exporter")),
    ("preferences", ("importer", "exporter")),
    ("regime_areas", ("area",)),
)


def areas_exist(case: Case) -> list[Problem]:
    """Duties, preferences and agreements speak of customs areas that some country belongs to.

    A duty for an area that no country names would never be charged.
    """
    known = sorted(set(case.table("countries")["customs_area"].drop_nulls()))
    return [
        problem(table, number, column, row[column],
                _not_in(row[column], "countries.customs_area", known))
        for table, columns in _AREAS
        for number, row in rows(case, table)
        for column in columns
        if row[column] is not None and row[column] not in known
    ]  # fmt: skip


def part_groups_exist(case: Case) -> list[Problem]:
    """A plan to localise speaks of a part group that some part belongs to.

    Otherwise it would move no part.
    """
    known = sorted(set(case.table("parts")["group"].drop_nulls()))
    return [
        problem("localisation", number, "group", row["group"],
                _not_in(row["group"], "parts.group", known))
        for number, row in rows(case, "localisation")
        if row["group"] is not None and row["group"] not in known
    ]  # fmt: skip


_CODES: tuple[tuple[str, str, str, str], ...] = (
    ("countries", "country", r"[A-Z]{2}", "an ISO 3166 code of two capital letters"),
    ("currencies", "currency", r"[A-Z]{3}", "an ISO 4217 code of three capital letters"),
    ("plants", "port", r"[A-Z]{2}[A-Z2-9]{3}", "a UN/LOCODE such as KRPUS, or blank"),
    ("ports", "port", r"[A-Z]{2}[A-Z2-9]{3}", "a UN/LOCODE such as KRPUS"),
    ("markets", "port", r"[A-Z]{2}[A-Z2-9]{3}", "a UN/LOCODE such as KRPUS, or blank"),
    (
        "part_sources", "incoterm", "EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP",
        "an Incoterm of three capital letters such as FCA, or blank",
    ),
)  # fmt: skip


def codes_are_codes(case: Case) -> list[Problem]:
    """Countries, currencies, ports and Incoterms are written as their standard code.

    Other data is joined to the case by these codes.
    """
    return [
        problem(table, number, column, value, f"must be {allowed}")
        for table, column, pattern, allowed in _CODES
        for number, value in enumerate(case.table(table)[column].to_list(), start=2)
        if value is not None and not re.fullmatch(pattern, value)
    ]


def one_place_is_named(case: Case) -> list[Problem]:
    """Opening stock is at a plant or in a market, a closure of a plant or a country: just one.

    With both or neither nobody could say which cars or days are meant.
    """
    found: list[Problem] = []
    for table, left, right in (
        ("opening_stock", "plant", "market"),
        ("closures", "plant", "country"),
    ):
        for number, row in rows(case, table):
            if row[left] is not None and row[right] is not None:
                message = f"{left} is filled as well; fill exactly one of {left} and {right}"
                found.append(problem(table, number, right, row[right], message))
            elif row[left] is None and row[right] is None:
                message = f"fill exactly one of {left} and {right}"
                found.append(problem(table, number, left, None, message))
    return found


def owners_do_not_own_themselves(case: Case) -> list[Problem]:
    """The chain of parents of an organisation ends; it does not come back to itself.

    A circle of owners has no head to report to.
    """
    parents = {row["organisation"]: row["parent"] for _, row in rows(case, "organisations")}
    found: list[Problem] = []
    for number, row in rows(case, "organisations"):
        name, seen = row["parent"], set[str]()
        while name is not None and name not in seen and name != row["organisation"]:
            seen.add(name)
            name = parents.get(name)
        if name is not None and name == row["organisation"]:
            message = "leads back to the organisation itself; name an owner outside the circle"
            found.append(problem("organisations", number, "parent", row["parent"], message))
    return found


def focus_is_an_allocation(case: Case) -> list[Problem]:
    """The focus in ``case.toml`` is a vehicle and plant that stand in ``allocations``.

    The worth of that programme is a headline of the report.
    """
    focus = case.info.focus
    if focus is None:
        return []
    if (focus.vehicle, focus.plant) in pairs(case, "allocations", "vehicle", "plant"):
        return []
    value = f"{focus.vehicle} at {focus.plant}"
    message = "is not an allocation; name a vehicle and plant of allocations.csv"
    return [Problem("case.toml", message, column="focus", value=value)]


def places_have_both_coordinates(case: Case) -> list[Problem]:
    """A place on the map has a latitude and a longitude, or neither.

    With one of them it cannot be drawn.
    """
    return [
        problem(table, number, _blank_of(row), None, "fill both lat and lon, or neither")
        for table in ("plants", "markets", "suppliers")
        for number, row in rows(case, table)
        if (row["lat"] is None) != (row["lon"] is None)
    ]


def _blank_of(row: Row) -> str:
    return "lat" if row["lat"] is None else "lon"


RULES = (
    names_exist,
    listed_names_exist,
    areas_exist,
    part_groups_exist,
    codes_are_codes,
    one_place_is_named,
    owners_do_not_own_themselves,
    focus_is_an_allocation,
    places_have_both_coordinates,
)
