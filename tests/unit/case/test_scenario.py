"""Scenarios: every action, every way to pick rows, and every mistake a planner makes."""

from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo
from motorworks.case.records.markets import Demand
from motorworks.case.records.products import Option, OptionRule
from motorworks.case.records.programme import Allocation, Pin
from motorworks.case.records.sites import Plant, ShopRate
from motorworks.case.scenario import Scenario, apply_scenario
from motorworks.errors import CaseError

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=3, currency="USD")


@pytest.fixture
def case() -> Case:
    """Two vehicles in one market over three months, and a few rows of other kinds."""
    demand = [
        Demand(vehicle=vehicle, market="US", month=month, units=units)
        for vehicle, units in (("suv", 100), ("van", 40))
        for month in ("2024-01", "2024-02", "2024-03")
    ]
    return Case.of(
        INFO,
        [
            *demand,
            Plant(plant="busan", name="Busan", organisation="rkm", country="KR", heads=2001),
            ShopRate(shop="line", start="2024-01-01", jph=45),
            Allocation(vehicle="suv", plant="busan", start="2024-Q2"),
            Allocation(vehicle="van", plant="busan", start="2024-06"),
            Option(option="roof", name="Roof"),
            OptionRule(rule="r", option="roof", kind="only_market", market="US"),
            Pin(vehicle="suv", plant="busan", month="2024-01", minimum=1, reason="x"),
            Pin(vehicle="suv", plant="busan", market="US", month="2024-01", maximum=9, reason="x"),
        ],
    )


def changed(case: Case, **change: Any) -> Case:
    """The case after one change."""
    return apply_scenario(case, Scenario(title="t", change=[change]))


def units(case: Case) -> list[float]:
    """Demand, row by row."""
    return case.table("demand")["units"].to_list()


def complaints(case: Case, **change: Any) -> str:
    """What is said about a change that cannot be made."""
    with pytest.raises(CaseError) as caught:
        apply_scenario(case, Scenario(title="t", change=[change]), "scenarios/bad.toml")
    return str(caught.value)


def test_set_puts_one_value_into_the_rows_picked_and_leaves_the_case_alone(case: Case) -> None:
    """Only the rows of the van change, and only in the copy."""
    after = changed(
        case, action="set", table="demand", where={"vehicle": "van"}, field="units", value=7
    )
    assert units(after) == [100, 100, 100, 7, 7, 7]
    assert units(case) == [100, 100, 100, 40, 40, 40]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, [50, 50, 50, 20, 20, 20]),
        ({"vehicle": ["van", "suv"], "month": "2024-02"}, [100, 50, 100, 40, 20, 40]),
        ({"month": {"from": "2024-02"}}, [100, 50, 50, 40, 20, 20]),
        ({"month": {"from": "2024-01", "to": "2024-02"}}, [50, 50, 100, 20, 20, 40]),
        ({"month": {"to": "2024-Q1"}}, [50, 50, 50, 20, 20, 20]),
        ({"units": {"from": 41}}, [50, 50, 50, 40, 40, 40]),
        ({"units": {"from": 30, "to": 40}}, [100, 100, 100, 20, 20, 20]),
        ({"units": [40, 41]}, [100, 100, 100, 20, 20, 20]),
    ],
)
def test_where_picks_rows_by_value_list_and_range(
    case: Case, where: dict[str, Any], expected: list[float]
) -> None:
    """A value, a list of values, and ranges with one end or two."""
    after = changed(case, action="scale", table="demand", where=where, field="units", factor=0.5)
    assert units(after) == expected


def test_an_empty_text_stands_for_a_blank_cell(case: Case) -> None:
    """Blank cells can be looked for, and a cell can be made blank."""
    picked = changed(case, action="drop", table="pins", where={"market": ""})
    assert picked.table("pins")["market"].to_list() == ["US"]
    blanked = changed(case, action="set", table="plants", field="heads", value="")
    assert blanked.table("plants")["heads"].to_list() == [None]


def test_blank_cells_are_never_inside_a_range_of_numbers(case: Case) -> None:
    """A pin without a maximum is not at most 10."""
    after = changed(case, action="drop", table="pins", where={"maximum": {"to": 10}})
    assert after.table("pins")["maximum"].to_list() == [None]


def test_scale_rounds_whole_numbers(case: Case) -> None:
    """Half of 2,001 people are 1,000 (to the even one)."""
    after = changed(case, action="scale", table="plants", field="heads", factor=0.5)
    assert after.table("plants")["heads"].to_list() == [1000]


def test_add_appends_rows_with_their_defaults(case: Case) -> None:
    """A row of a scenario is read as a row of a file would be."""
    row = {"shop": "line", "start": "2025-01-01", "jph": 60}
    after = changed(case, action="add", table="shop_rates", rows=[row])
    assert after.table("shop_rates").row(1) == ("line", "2025-01-01", 60.0, 100.0)


def test_drop_leaves_rows_out(case: Case) -> None:
    """The other rows stay in their order."""
    after = changed(case, action="drop", table="demand", where={"month": "2024-02"})
    assert units(after) == [100, 100, 40, 40]


def test_changes_apply_in_the_order_written(case: Case) -> None:
    """Set then scale is not scale then set."""
    put = {"action": "set", "table": "demand", "field": "units", "value": 10}
    half = {"action": "scale", "table": "demand", "field": "units", "factor": 0.5}
    first = apply_scenario(case, Scenario(title="t", change=[put, half]))
    second = apply_scenario(case, Scenario(title="t", change=[half, put]))
    assert (units(first)[0], units(second)[0]) == (5, 10)


def test_dates_and_plan_settings_change_the_frame(case: Case) -> None:
    """Settings that the scenario does not name stay."""
    base = case.with_info(plan={"late_months": 3, "lost_penalty": 1})
    after = apply_scenario(base, Scenario(title="t", dates="late", plan={"lost_penalty": 5}))
    assert after.info.dates == "late"
    assert after.info.plan == {"late_months": 3, "lost_penalty": 5}


def test_settings_of_the_sequence_change_like_those_of_the_plan(case: Case) -> None:
    """One stage's settings leave the other's alone."""
    base = case.with_info(plan={"late_months": 3}, sequence={"seed": 3, "iterations": 9})
    after = apply_scenario(base, Scenario(title="t", sequence={"seed": 4}))
    assert after.info.sequence == {"seed": 4, "iterations": 9}
    assert after.info.plan == {"late_months": 3}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "demnad", "field": "units", "value": 1}, "did you mean 'demand'?"),
        ({"table": "demand", "field": "unit", "value": 1}, "did you mean 'units'?"),
        ({"table": "demand", "field": "units", "value": -1}, "a number of at least 0"),
        ({"table": "demand", "field": "units", "value": "12"}, "without quotes"),
        ({"table": "demand", "field": "units", "value": True}, "should be a number"),
        ({"table": "demand", "field": "units", "value": [1]}, "should be a number"),
        ({"table": "demand", "field": "units", "value": ""}, "may not be blank"),
        ({"table": "demand", "field": "vehicle", "value": 3}, "in quotes"),
        ({"table": "demand", "field": "month", "value": "2024-01"}, "would stand twice"),
        ({"table": "allocations", "field": "depth", "value": "ckd"}, "did you mean 'CKD'?"),
        ({"table": "orders", "field": "priority", "value": 2}, "the table has no rows"),
    ],
)
def test_a_value_that_the_table_does_not_allow_is_refused(
    case: Case, change: dict[str, Any], said: str
) -> None:
    """Values of a scenario are held to the same rules as cells."""
    text = complaints(case, action="set", **change)
    assert said in text
    assert "scenarios/bad.toml: change 1 (set " in text


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"vehicle": "suw"}, "no row has vehicle = 'suw'; 2 values of vehicle: suv, van"),
        ({"vehicle": "suv", "month": "2024-09"}, "3 values of month"),
        ({"vehicle": "suv", "units": 40}, "no row has vehicle = 'suv', units = 40 together"),
        ({"vehicel": "suv"}, "there is no column 'vehicel'"),
        ({"units": "many"}, "looks for units, where 'many' should be a number"),
        ({"units": -5}, "which is never a number of at least 0"),
        ({"month": {"from": "soon"}}, "in a range, but"),
        ({"month": {"since": "2024-01"}}, "only from and to"),
        ({"units": {"from": "2"}}, "which is no number"),
        ({"vehicle": {"from": "a"}}, "has no order"),
    ],
)
def test_a_filter_that_picks_nothing_is_an_error(
    case: Case, where: dict[str, Any], said: str
) -> None:
    """A change that silently does nothing would be worse than none."""
    assert said in complaints(case, action="drop", table="demand", where=where)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "'rows' is empty"),
        ([{"vehicle": "suv", "market": "US", "month": "2024-01", "units": 1}], "stand twice"),
        ([{"vehicle": "bus", "market": "US", "month": "2024-1", "units": 1}], "row 1: month"),
        ([{"vehicle": "bus", "market": "US", "month": "2024-01", "units": "1"}], "row 1, units"),
        ([{"vehicle": "bus", "market": "US", "month": "2024-01"}], "units: required column"),
        ([{"vehicle": "b", "market": "U", "month": "2024-01", "unit": 1}], "unit: unknown column"),
    ],
)
def test_rows_that_cannot_be_added_say_why(
    case: Case, rows: list[dict[str, Any]], said: str
) -> None:
    """Rows are counted from 1 as they stand in the scenario."""
    assert said in complaints(case, action="add", table="demand", rows=rows)


def test_a_row_that_is_there_already_points_to_set(case: Case) -> None:
    """Somebody who filled in the table meets this in a scenario that adds the same row."""
    key = case.table("demand").select("vehicle", "market", "month").row(0, named=True)
    said = complaints(case, action="add", table="demand", rows=[{**key, "units": 1}])
    assert "would stand twice; to change a row that is there already, use set" in said


def test_scaling_text_blanks_or_beyond_a_limit_is_refused(case: Case) -> None:
    """Each with its own reason."""
    assert "cannot be scaled" in complaints(
        case, action="scale", table="demand", field="vehicle", factor=2
    )
    assert "blank in all rows" in complaints(
        case, action="scale", table="plants", field="nameplate", factor=2
    )
    assert "would become 200" in complaints(
        case, action="scale", table="shop_rates", field="availability_pct", factor=2
    )


def test_all_bad_changes_are_reported_at_once(case: Case) -> None:
    """The second mistake is not hidden by the first."""
    bad = {"action": "drop", "table": "nothing"}
    with pytest.raises(CaseError) as caught:
        apply_scenario(case, Scenario(title="t", change=[bad, bad]), "s.toml")
    assert [str(p).split(" (")[0] for p in caught.value.problems] == [
        "s.toml: change 1",
        "s.toml: change 2",
    ]
