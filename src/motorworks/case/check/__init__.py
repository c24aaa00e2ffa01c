"""Rules that hold between the tables of a case; one small function each.

A *rule* tells what is wrong: the plan would be false or without meaning. A *doubt* tells what is
unusual and worth a second look, but may stand. What a single cell may hold is declared with its
column and checked when it is read.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from motorworks.case.case import Case
from motorworks.case.check import (
    capacity,
    carbon,
    components,
    evidence,
    hours,
    lanes,
    launches,
    line,
    markets,
    openings,
    options,
    origin,
    places,
    plant,
    programme,
    published,
    references,
    sequencing,
    shifts,
    sites,
    supply,
    trade,
)
from motorworks.case.check.find import Rule
from motorworks.case.tables import TABLES
from motorworks.case.wording import counted
from motorworks.errors import Problem

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *sites.RULES,
    *shifts.RULES,
    *programme.RULES,
    *launches.RULES,
    *openings.RULES,
    *capacity.RULES,
    *markets.RULES,
    *published.RULES,
    *trade.RULES,
    *origin.RULES,
    *lanes.RULES,
    *supply.RULES,
    *components.RULES,
    *carbon.RULES,
    *options.RULES,
    *line.RULES,
    *plant.RULES,
    *places.RULES,
    *hours.RULES,
    *sequencing.RULES,
)
EVIDENCE: tuple[Rule, ...] = evidence.RULES
DOUBTS: tuple[Rule, ...] = (
    *sites.DOUBTS,
    *shifts.DOUBTS,
    *programme.DOUBTS,
    *launches.DOUBTS,
    *openings.DOUBTS,
    *capacity.DOUBTS,
    *markets.DOUBTS,
    *published.DOUBTS,
    *trade.DOUBTS,
    *origin.DOUBTS,
    *lanes.DOUBTS,
    *supply.DOUBTS,
    *components.DOUBTS,
    *carbon.DOUBTS,
    *line.DOUBTS,
    *plant.DOUBTS,
    *places.DOUBTS,
    *hours.DOUBTS,
)

_WHAT_IF_MAY_BREAK = (markets.wanted_cars_can_be_supplied,)

LISTED = 50

_LAST = 10**9

_ORDER = {f"{table}.csv": place for place, table in enumerate(TABLES)}


def check_case(case: Case, *, as_given: bool = True) -> list[Problem]:
    """Find everything that is wrong with a case, in the order of its tables.

    Parameters
    ----------
    case
        The case.
    as_given
        Whether the case stands as it was given. One that a scenario has changed may contradict
        ``facts.csv``, which a scenario leaves alone, and may take a vehicle from a market, whose
        demand the plan then loses.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> print(check_case(Case(info))[0])
    case.toml, currency = 'USD': does not stand in currencies.csv; add a row
    """
    if as_given:
        return _apply((*RULES, *EVIDENCE), case)
    return _apply([rule for rule in RULES if rule not in _WHAT_IF_MAY_BREAK], case)


def check_rest(case: Case, known: Sequence[Problem]) -> list[Problem]:
    """Find what else is wrong with a case of which some cells or files could not be read.

    What it returns goes with ``known`` through :func:`in_order`.

    Parameters
    ----------
    case
        What could be read: bad cells are blank, unreadable files have no rows.
    known
        The problems found in reading. Where they concern cells only, every rule is applied, but
        for what it says of a row that is known to be bad. Where a file could not be read as a
        table, only names are looked up, and none that might stand in such a file.
    """
    broken = {p.file.removesuffix(".csv") for p in known if p.column is None or p.row in (None, 1)}
    names = _apply([partial(references.names_exist, unread=broken)], case)
    if broken:
        return names
    bad_rows = {(problem.file, problem.row) for problem in (*known, *names)}
    rules = [rule for rule in RULES if rule is not references.names_exist]
    found = _apply([partial(_unless_it_stumbles, rule) for rule in rules], case)
    return names + [problem for problem in found if (problem.file, problem.row) not in bad_rows]


def _unless_it_stumbles(rule: Rule, case: Case) -> list[Problem]:
    """Apply a rule; one that trips over a blank where a value is due has nothing to add."""
    try:
        return rule(case)
    except (TypeError, ValueError, KeyError, AttributeError):
        return []


def doubts_about(case: Case) -> list[Problem]:
    """Find what is unusual in a case and worth a second look; none of it stops a plan."""
    return _apply(DOUBTS, case)


def _apply(rules: Iterable[Rule], case: Case) -> list[Problem]:
    return in_order([problem for rule in rules for problem in _shortened(rule(case))])


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the tables and their rows."""
    return sorted(
        problems, key=lambda problem: (_ORDER.get(problem.file, -1), problem.row or _LAST)
    )


def _shortened(found: list[Problem]) -> list[Problem]:
    """The first problems of one rule in each column, and how many more there are."""
    if len(found) <= LISTED:
        return found
    kept: list[Problem] = []
    counts: dict[tuple[str, str | None], int] = {}
    for problem in found:
        place = (problem.file, problem.column)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] <= LISTED:
            kept.append(problem)
    for (file, column), count in counts.items():
        if count > LISTED:
            text = f"and {counted(count - LISTED, 'more row')} with the same problem"
            kept.append(Problem(file, text, column=column))
    return kept
