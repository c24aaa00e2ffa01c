"""Every case that comes with the package is well, and so is each of its scenarios."""

from functools import cache

import pytest

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.io.case_folder import find_case, read_case, shipped_cases
from motorworks.io.scenarios import list_scenarios, resolve

SCENARIOS = [
    (name, each) for name, home in shipped_cases().items() for each in list_scenarios(home)
]


@cache
def shipped(name: str) -> Case:
    """A shipped case, read once."""
    return read_case(find_case(name))


@pytest.mark.parametrize("name", sorted(shipped_cases()))
def test_a_shipped_case_reads_and_checks_clean(name: str) -> None:
    """Neither its tables nor its facts have a problem."""
    assert check_case(shipped(name)) == []


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_a_shipped_scenario_applies_and_leaves_the_case_well(name: str, scenario: str) -> None:
    """Every change finds its rows, and the changed tables still fit together."""
    folder = find_case(name)
    case = shipped(name)
    resolved, applied = resolve(case, folder, [scenario])
    assert [short for short, _ in applied] == [scenario]
    assert check_case(resolved, as_given=False) == []
    changed = [name for name in case.tables if not case.table(name).equals(resolved.table(name))]
    assert changed or resolved.info != case.info
