"""Facts as scenarios: which cells they speak of, and what is put into them."""

from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.fact_scenarios import fact_scenario
from motorworks.case.facts import cells_of
from motorworks.case.info import CaseInfo
from motorworks.case.records.evidence import Fact
from motorworks.case.records.markets import Demand
from motorworks.case.records.programme import Allocation, Pin
from motorworks.case.scenario import apply_scenario
from motorworks.errors import CaseError

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=3, currency="USD")


def fact(**changes: Any) -> Fact:
    """A fact on the demand for the suv, unless told otherwise."""
    plain = {"fact_id": "f", "table": "demand", "key": "suv|*|*", "field": "units"}
    return Fact(**{**plain, "status": "assumed", "value": "10", **changes})


def case_with(*facts: Fact) -> Case:
    """Demand for two vehicles, one allocation, two pins, and the facts given."""
    demand = [
        Demand(vehicle=vehicle, market="US", month=month, units=10)
        for vehicle in ("suv", "van")
        for month in ("2024-01", "2025-01")
    ]
    pins = [
        Pin(vehicle="suv", plant="p", market=market, month="2024-01", reason="x")
        for market in (None, "US")
    ]
    allocation = Allocation(vehicle="suv", plant="p", start="2025-Q2")
    return Case.of(INFO, [*demand, *pins, allocation, *facts])


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({}, [0, 1]),
        ({"key": "*|*|*"}, [0, 1, 2, 3]),
        ({"key": "*|US|2025-*"}, [1, 3]),
        ({"key": "suv|US|2024-01"}, [0]),
        ({"key": "s.v|US|2024-01"}, []),
        ({"key": "suv"}, []),
        ({"table": "pins", "key": "suv|p||*"}, [0]),
        ({"table": "pins", "key": "suv|p|*|*"}, [0, 1]),
        ({"table": "background", "key": "anything"}, []),
    ],
)
def test_a_key_matches_cells_part_by_part(changes: dict[str, Any], rows: list[int]) -> None:
    """A star matches anything, a blank part only blank cells, a wrong number of parts nothing."""
    assert cells_of(case_with(), fact(**changes)) == rows


def test_a_disputed_figure_becomes_a_scenario_of_itself() -> None:
    """The date of a fact that was set aside goes into the allocation's start."""
    disputed = fact(table="allocations", key="suv|p", field="start", value="2025-H2", chosen=False)
    case = case_with(disputed)
    after = apply_scenario(case, fact_scenario(case, "f"))
    assert after.table("allocations")["start"].to_list() == ["2025-H2"]


def test_low_and_high_go_into_every_cell_that_the_fact_speaks_of() -> None:
    """The other vehicle keeps its demand."""
    case = case_with(fact(low="4.5", high="20"))
    low, high = (apply_scenario(case, fact_scenario(case, "f", v)) for v in ("low", "high"))
    assert low.table("demand")["units"].to_list() == [4.5, 4.5, 10, 10]
    assert high.table("demand")["units"].to_list() == [20, 20, 10, 10]


def test_a_factor_multiplies_what_stands_there_relative_to_the_factor_chosen() -> None:
    """From a chosen factor of 2 to a high of 3 the cells grow by a half."""
    chosen = fact(unit="factor", value="2", low="1", high="3")
    other = fact(fact_id="g", unit="factor", value="4", chosen=False)
    case = case_with(chosen, other)
    high = apply_scenario(case, fact_scenario(case, "f", "high"))
    alternative = apply_scenario(case, fact_scenario(case, "g"))
    assert high.table("demand")["units"].to_list() == [15, 15, 10, 10]
    assert alternative.table("demand")["units"].to_list() == [20, 20, 10, 10]


@pytest.mark.parametrize(
    ("changes", "variant", "said"),
    [
        ({"fact_id": "other"}, "value", "there is no such fact"),
        ({}, "low", "the fact has no low"),
        ({"table": "background"}, "value", "no table holds it"),
        ({"table": "demnad"}, "value", "unknown table"),
        ({"field": "unit"}, "value", "did you mean 'units'?"),
        ({"key": "suv|US"}, "value", "should have the parts vehicle|market|month"),
        ({"key": "bus|*|*"}, "value", "no row of demand has the key"),
        ({"value": "ten"}, "value", "must be a number"),
        ({"unit": "factor", "value": "ten"}, "value", "is no number"),
        ({"unit": "factor", "value": "0", "high": "1"}, "high", "the chosen factor is 0"),
    ],
)
def test_a_fact_that_cannot_be_a_scenario_says_why(
    changes: dict[str, Any], variant: Any, said: str
) -> None:
    """Named by its fact_id, in facts.csv."""
    with pytest.raises(CaseError) as caught:
        fact_scenario(case_with(fact(**changes)), "f", variant)
    assert said in str(caught.value)
    assert caught.value.problems[0].file == "facts.csv"
