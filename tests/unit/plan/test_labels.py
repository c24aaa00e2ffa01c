"""Every limit of the plan has a name in planners' words."""

import numpy as np
import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Pin
from motorworks.plan.explain.conflict import find_conflicts
from motorworks.plan.explain.rules import System
from tests.random_choices import random_case, random_subjects
from tests.unit.plan.explain.over_pinned import has_a_plan, system_of


def drawn(seed: int) -> Case:
    """A small case with most of the subjects."""
    return random_case(seed, *random_subjects(seed, 0.6))


@pytest.mark.parametrize("seed", range(12))
def test_no_limit_is_called_by_its_number(seed: int) -> None:
    """Whatever a case may choose, each of its limits says what it is about, and when."""
    system = system_of(drawn(seed))
    assert system.model_with(system.every).same_limits(system.full)
    months = set(system.data.sets.months)
    for rule in system.rules(system.every):
        assert rule.what
        assert not rule.what.startswith("number ")
        assert rule.when in months or rule.when == "" or rule.when.isdigit()


@pytest.mark.parametrize("seed", range(6))
def test_conflicts_of_cases_with_choices_are_infeasible_and_minimal(seed: int) -> None:
    """A million cars in a month cannot be built, however starts, shifts and sites are chosen."""
    case = drawn(seed)
    vehicle, plant = case.table("allocations").select("vehicle", "plant").row(0)
    row = Pin(vehicle=vehicle, plant=plant, month=case.info.start, minimum=1e6, reason="-")
    system: System = system_of(case.replace(pins=table_of(Pin, [row])))
    conflicts = find_conflicts(system, most=1)
    assert len(conflicts) == 1
    members = conflicts[0].limits
    assert conflicts[0].checked
    families = {rule.family for rule in conflicts[0].rules}
    assert "pins" in families or not has_a_plan(system_of(case).full)
    assert not has_a_plan(system.model_with(members))
    for number in range(len(members)):
        assert has_a_plan(system.model_with(np.delete(members, number)))
