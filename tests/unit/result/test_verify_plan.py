"""A plan worked out by hand, and what verify says to it and to every way of spoiling it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.errors import CaseError
from motorworks.result.plan import PlanResult
from motorworks.result.records import RESULT_TABLES
from motorworks.result.verify import RULES, verify_plan
from motorworks.result.verify.findings import FAMILIES, PARTS
from tests.unit.result.conftest import FILLED, PARTS_OF_CHOICES, families, with_case_cells

Change = Callable[..., PlanResult]
Cells = dict[str, Any]


SPINE = {
    "launch", "shop_capacity", "nameplate", "plant_balance", "plant_yard", "lane_space",
    "market_balance", "market_yard", "lost_limit", "late_limit", "sold", "component_balance",
    "component_capacity", "cell_supply", "agreement_minimum", "agreement_maximum", "pins",
    "end_value", "objectives",
}  # fmt: skip


def test_plan_worked_out_by_hand_is_clean(case: Case, plan: PlanResult) -> None:
    """Every rule and part of the margin agrees with arithmetic done by hand."""
    verification = verify_plan(case, plan)
    assert verification.findings == ()
    assert verification.clean
    assert str(verification).startswith("nothing wrong: ")


def test_every_rule_is_put_to_the_test(case: Case, plan: PlanResult) -> None:
    """The hand-made case gives each rule something to look at, and the counts say so."""
    checked = verify_plan(case, plan).checked
    assert tuple(checked) == RULES
    assert {rule for rule in FAMILIES if checked[rule] > 0} == SPINE
    assert [rule for rule in RULES if checked[rule] == 0 and rule not in FAMILIES] == []
    # 2 allocations × 3 months; 1 shop × 3; 1 plant × 1 year; 2 flows × 3 months + 3 for the shop...
    assert (checked["launch"], checked["shop_capacity"], checked["nameplate"]) == (6, 3, 1)
    assert (checked["lane_space"], checked["pins"], checked["end_value"]) == (3, 2, 4)


TIGHTENED = [
    ("launch", "allocations", {"vehicle": "ion"}, {"plateau_jph": 0.27}),
    ("launch", "allocations", {"vehicle": "ion"}, {"start": "2025-02-17"}),
    ("launch", "allocations", {"vehicle": "ion"}, {"end": "2025-02-28"}),
    ("launch", "ramps", {"ramp": "slow"}, {"t50_weeks": 4.0}),
    ("shop_capacity", "work_content", {"vehicle": "ion"}, {"factor": 1.3}),
    ("nameplate", "plants", {"plant": "ulm"}, {"nameplate": 1800.0}),
    ("plant_balance", "opening_stock", {"vehicle": "arc"}, {"units": 21.0}),
    ("plant_yard", "plants", {"plant": "ulm"}, {"yard_slots": 11.0}),
    ("lane_space", "sailings", {"lane": "ulm-us"}, {"allotment_ceu": 29.0}),
    ("lane_space", "vehicles", {"vehicle": "ion"}, {"ceu": 1.7}),
    ("market_balance", "in_transit", {"arrives": "2025-02"}, {"units": 7.0}),
    ("market_balance", "in_transit", {"arrives": "2025-02"}, {"arrives": "2025-03"}),
    ("market_balance", "lanes", {"lane": "ulm-us"}, {"transit_days": 44.0}),
    ("market_balance", "opening_stock", {"vehicle": "ion"}, {"units": 4.0}),
    ("market_yard", "markets", {"market": "us"}, {"yard_slots": 10.0}),
    ("sold", "opening_backlog", {"vehicle": "arc"}, {"units": 9.0}),
    ("component_balance", "opening_components", {"component": "pack"}, {"units": 11.0}),
    ("component_balance", "component_use", {"component": "pack"}, {"quantity": 1.1}),
    ("component_capacity", "component_sources", {"source": "pack-in"}, {"capacity": 49.0}),
    ("component_capacity", "component_sources", {"source": "pack-in"}, {"end": "2025-02-28"}),
    ("component_capacity", "component_sources", {"source": "pack-in"}, {"start": "2025-02-16"}),
    ("cell_supply", "cell_supplies", {"cell_supply": "cells"}, {"gwh_per_year": 0.047}),
    ("cell_supply", "cell_supplies", {"cell_supply": "cells"}, {"end": "2025-03-20"}),
    ("cell_supply", "components", {"component": "pack"}, {"kwh": 120.0}),
    ("agreement_minimum", "agreements", {"agreement": "ion-deal"}, {"min_per_year": 700.0}),
    ("agreement_maximum", "agreements", {"agreement": "ion-deal"}, {"max_per_year": 560.0}),
    ("pins", "pins", {"month": "2025-01"}, {"minimum": 151.0}),
    ("pins", "pins", {"month": "2025-01"}, {"maximum": 149.0}),
    ("pins", "pins", {"month": "2025-02"}, {"maximum": 35.0}),
    ("pins", "pins", {"month": "2025-02"}, {"minimum": 37.0}),
]


@pytest.mark.parametrize(("rule", "table", "where", "cells"), TIGHTENED)
def test_rule_objects_when_the_case_is_tightened(
    case: Case, plan: PlanResult, rule: str, table: str, where: Cells, cells: Cells
) -> None:
    """A plan that the case no longer allows is caught by the rule that it breaks, and no other."""
    tighter = with_case_cells(case, table, where, **cells)
    assert families(verify_plan(tighter, plan)) == {rule}


SPOILED = [
    ("lost_limit", "market", {"market": "de", "month": "2025-03"}, {
        "lost": 151, "late": 19, "sold": 0, "stock": 100}),
    ("sold", "market", {"market": "us", "month": "2025-03"}, {"sold": 25, "stock": 4}),
    ("end_value", "end_value", {"vehicle": "ion"}, {"units": 47}),
    ("end_value", "end_value", {"vehicle": "arc"}, {"units": 1}),
    ("agreement_minimum", "agreements", {"year": 2025}, {"shortfall": 2}),
    ("component_balance", "component_stock", {"month": "2025-03"}, {"units": 18}),
    ("plant_balance", "plant_stock", {"vehicle": "arc", "month": "2025-03"}, {"units": 5}),
    ("market_balance", "market", {"market": "us", "month": "2025-03"}, {"stock": 6}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "table", "where", "cells"), SPOILED)
def test_rule_objects_when_the_plan_is_spoiled(
    case: Case, changed: Change, rule: str, table: str, where: Cells, cells: Cells
) -> None:
    """A figure of the plan that cannot be is caught by the rule that it breaks."""
    assert families(verify_plan(case, changed(table, where, **cells))) == {rule}


def test_customers_may_wait_no_longer_than_the_settings_say(case: Case, changed: Change) -> None:
    """After March at most the demand of February and March, 300 cars, may be owed."""
    # January: 158 - 100 late = 58 sold of 158. February: 150 + 100 - 200 = 50 sold of 100 + 122.
    plan = changed("market", {"market": "de", "month": "2025-01"}, late=100, sold=58, stock=100)
    plan = changed("market", {"market": "de", "month": "2025-02"}, on=plan,
                   late=200, lost=0, sold=50, stock=172)  # fmt: skip
    # March: 150 + 200 - 301 = 49 sold of 172 + 100.
    march = {"market": "de", "month": "2025-03"}
    late = changed("market", march, on=plan, late=301, lost=0, sold=49, stock=223)
    assert families(verify_plan(case, late)) == {"late_limit"}
    just = changed("market", march, on=plan, late=300, lost=0, sold=50, stock=222)
    assert families(verify_plan(case, just)) == set()


def test_nobody_may_wait_where_the_settings_allow_no_wait(case: Case, plan: PlanResult) -> None:
    """With late_months = 0 the 20, 30 and 10 late cars of the plan are too many."""
    strict = replace(plan, settings={**plan.settings, "late_months": 0})
    verification = verify_plan(case.with_info(plan={**plan.settings, "late_months": 0}), strict)
    assert verification.broken == ("late_limit",)
    assert [(f.value, f.limit) for f in verification.of("late_limit")] == [
        (20.0, 0.0), (30.0, 0.0), (10.0, 0.0),
    ]  # fmt: skip


def test_sales_below_zero_are_caught(case: Case, changed: Change) -> None:
    """More cars owed than are wanted would mean selling less than none, taken back into stock."""
    # February: 150 wanted, 200 late, so -50 sold and 122 + 50 in stock; March: 150 + 200 - 40 - 40.
    plan = changed("market", {"market": "de", "month": "2025-02"},
                   late=200, lost=0, sold=-50, stock=172)  # fmt: skip
    verification = verify_plan(case, plan)
    (negative,) = [f for f in verification.of("sold") if f.limit == 0.0]
    assert negative.value == -50.0
    assert "sells less than no arc in 2025-02" in negative.message


@pytest.mark.parametrize(("table", "column"), [
    ("production", "units"), ("plant_stock", "units"), ("shipments", "units"), ("market", "late"),
    ("market", "lost"), ("market", "stock"), ("components", "units"), ("component_stock", "units"),
    ("agreements", "shortfall"), ("end_value", "units"),
])  # fmt: skip
def test_amount_below_zero_is_caught(case: Case, changed: Change, table: str, column: str) -> None:
    """No table may hold less than no cars."""
    where = {"month": "2025-01"} if "month" in RESULT_TABLES[table].model_fields else {}
    key = next(iter(RESULT_TABLES[table].model_fields))
    spoiled = changed(table, where or {key: {"agreements": "ion-deal"}.get(table, "ion")},
                      **{column: -1.0})  # fmt: skip
    verification = verify_plan(case, spoiled)
    assert all(finding.value == -1.0 for finding in verification.of("non_negative"))
    assert "non_negative" in verification.broken


@pytest.mark.parametrize("part", [part for part in PARTS if part not in PARTS_OF_CHOICES])
def test_part_of_the_margin_that_is_wrong_is_caught_by_its_name(
    case: Case, changed: Change, part: str
) -> None:
    """A part moved by 50 euro in 8 million is seen, and that the parts no longer add up."""
    before = verify_plan(case, changed("objective", {"part": part}, amount=0.0))
    assert before.broken == (f"objective:{part}", "objective:margin")
    (found,) = before.of(f"objective:{part}")
    assert found.value == 0.0
    assert found.limit is not None
    slightly = changed("objective", {"part": part}, amount=found.limit + 50.0)
    assert verify_plan(case, slightly).broken == (f"objective:{part}", "objective:margin")


def test_margin_that_does_not_add_up_is_caught(case: Case, plan: PlanResult) -> None:
    """Both the margin in the table and the one of the result must be the sum of the parts."""
    assert verify_plan(case, replace(plan, margin=plan.margin + 9)).broken == ("objective:margin",)
    assert verify_plan(case, replace(plan, margin=float("nan"))).broken == ("objective:margin",)


REPEATED = [
    ("production", {"vehicle": "ion", "month": "2025-02"}, "limit"),
    ("production", {"vehicle": "arc", "month": "2025-02"}, "limit"),
    ("shipments", {"vehicle": "ion", "month": "2025-02"}, "plant"),
    ("shipments", {"vehicle": "ion", "month": "2025-02"}, "market"),
    ("market", {"market": "de", "month": "2025-02"}, "demand"),
    ("agreements", {"year": 2025}, "units"),
    ("agreements", {"year": 2025}, "minimum"),
    ("agreements", {"year": 2025}, "maximum"),
    ("capacity", {"month": "2025-02"}, "plant"),
    ("capacity", {"month": "2025-02"}, "hours"),
    ("capacity", {"month": "2025-02"}, "capacity"),
    ("capacity", {"month": "2025-02"}, "used"),
    *(
        ("landed", {"vehicle": "ion", "month": "2025-01"}, column)
        for column in (
            "plant", "market", "units", "net_price", "material", "conversion", "freight", "duty",
            "transit_capital", "margin",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "where", "column"), REPEATED)
def test_figure_that_is_not_the_one_of_the_case_is_caught(
    case: Case, plan: PlanResult, changed: Change, table: str, where: Cells, column: str
) -> None:
    """Limits, capacity, demand and amounts per car that the plan repeats must be true."""
    text = plan.tables[table].schema[column] == pl.String
    spoiled = changed(table, where, **{column: "elsewhere" if text else 7.25})
    verification = verify_plan(case, spoiled)
    assert "stated_limits" in verification.broken
    assert any(column in finding.message for finding in verification.of("stated_limits"))


def test_limit_left_blank_is_caught(case: Case, changed: Change) -> None:
    """A blank says that there is no limit, which is not so."""
    plan = changed("production", {"vehicle": "ion", "month": "2025-02"}, limit=None)
    assert verify_plan(case, plan).broken == ("stated_limits",)


def with_table(plan: PlanResult, name: str, table: pl.DataFrame | None) -> PlanResult:
    """The plan with a table exchanged, or without it."""
    tables = {key: value for key, value in plan.tables.items() if key != name}
    return replace(plan, tables=tables if table is None else {**tables, name: table})


@pytest.mark.parametrize("name", [name for name in FILLED if name != "marginals"])
def test_table_cut_short_is_caught(case: Case, plan: PlanResult, name: str) -> None:
    """A table without its last row lacks a row that the case calls for."""
    verification = verify_plan(case, with_table(plan, name, plan.tables[name].head(-1)))
    (finding,) = verification.of("table_complete")
    assert finding.message.startswith(f"{name} lacks a row that the case calls for: ")


@pytest.mark.parametrize("name", RESULT_TABLES)
def test_missing_table_is_caught(case: Case, plan: PlanResult, name: str) -> None:
    """A plan without one of its tables is not a plan."""
    found = verify_plan(case, with_table(plan, name, None)).of("table_complete")
    assert found[0].message == f"the table {name} is missing"


@pytest.mark.parametrize("name", FILLED)
def test_row_there_twice_is_caught(case: Case, plan: PlanResult, name: str) -> None:
    """A row may stand in a table once."""
    table = plan.tables[name]
    twice = pl.concat([table, table.head(1)])
    (finding,) = verify_plan(case, with_table(plan, name, twice)).of("table_complete")
    assert finding.message.startswith(f"{name} has a row more than once: ")


@pytest.mark.parametrize("name", FILLED)
def test_row_that_the_case_does_not_know_is_caught(case: Case, plan: PlanResult, name: str) -> None:
    """An unknown vehicle, lane, shop or rule in a table is told, not passed over."""
    table = plan.tables[name]
    strange = table.head(1).with_columns(pl.lit("ghost").alias(table.columns[0]))
    (finding,) = verify_plan(case, with_table(plan, name, pl.concat([table, strange]))).of(
        "table_complete"
    )
    assert "ghost" in finding.message


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_number_that_is_none_is_caught(case: Case, changed: Change, value: float | None) -> None:
    """A blank or a number that is no number cannot slip through a comparison."""
    plan = changed("shipments", {"lane": "ulm-us", "month": "2025-01"}, units=value)
    assert verify_plan(case, plan).broken == ("table_complete",)


def test_missing_column_is_caught(case: Case, plan: PlanResult) -> None:
    """A table without one of its columns is told by the column's name."""
    table = plan.tables["market"].drop("lost")
    found = verify_plan(case, with_table(plan, "market", table)).of("table_complete")
    assert [finding.message for finding in found] == ["market lacks the column lost"]


@pytest.mark.parametrize("name", FILLED)
def test_table_in_another_shape_is_told_without_a_crash(
    case: Case, plan: PlanResult, name: str
) -> None:
    """Columns of text, columns left out and tables without rows are findings, never errors."""
    table = plan.tables[name]
    shapes = [
        *(table.drop(column) for column in table.columns),
        *(table.with_columns(pl.lit("odd").alias(column)) for column in table.columns),
        *(table.with_columns(pl.lit(None).alias(column)) for column in table.columns),
    ]
    if name != "marginals":
        shapes.append(table.clear())
    for shape in shapes:
        verification = verify_plan(case, with_table(plan, name, shape))
        assert not verification.clean or name == "marginals", shape


def test_settings_other_than_the_case_says_are_caught(case: Case, plan: PlanResult) -> None:
    """Where case.toml sets the penalty, the plan must have been made with it."""
    stated = case.with_info(plan={**plan.settings, "late_penalty": 150.0})
    verification = verify_plan(stated, plan)
    assert verification.broken == ("settings", "objective:late_sales")
    assert "late_penalty = 200.0, but the case says 150" in str(verification)


def test_settings_not_stated_are_caught(case: Case, plan: PlanResult) -> None:
    """A result must say with which settings it was made."""
    partial = {name: value for name, value in plan.settings.items() if name != "late_penalty"}
    assert verify_plan(case, replace(plan, settings=partial)).broken == ("settings",)


def test_setting_that_is_left_to_its_default_cannot_be_bent(case: Case, plan: PlanResult) -> None:
    """Where case.toml is silent the default of the model page holds, not the plan's own."""
    silent = {name: value for name, value in plan.settings.items() if name != "late_months"}
    bent = replace(plan, settings={**plan.settings, "late_months": 9})
    assert verify_plan(case.with_info(plan=silent), plan).clean
    assert verify_plan(case.with_info(plan=silent), bent).broken == ("settings",)


def test_setting_that_is_no_number_is_an_error(case: Case, plan: PlanResult) -> None:
    """A case with words where an amount is due is refused."""
    with pytest.raises(CaseError, match=r"case\.toml, capital_rate_pct = 'high'"):
        verify_plan(case.with_info(plan={"capital_rate_pct": "high"}), plan)


def test_message_speaks_as_planners_do(case: Case, changed: Change) -> None:
    """A finding says plant, cars, vehicle, month and both figures."""
    plan = changed("production", {"vehicle": "ion", "month": "2025-03"}, units=143.2)
    (finding,) = verify_plan(case, plan).of("launch")
    assert finding.message == (
        "ulm built 12.0 more ion in 2025-03 than the launch curve allows: 143.2 against 131.2"
    )
    assert finding.where == "ion at ulm, 2025-03"
    assert (finding.value, finding.limit) == (143.2, pytest.approx(131.2))


def test_tolerance_is_a_ten_thousandth_of_a_car(case: Case, changed: Change) -> None:
    """What a solver rounds passes; a thousandth of a car does not."""
    where = {"vehicle": "arc", "month": "2025-03"}
    rounded = verify_plan(case, changed("plant_stock", where, units=4.00005))
    assert families(rounded) == set()
    off = verify_plan(case, changed("plant_stock", where, units=4.001))
    assert "plant_balance" in off.broken


def test_long_list_of_findings_is_cut_in_print_only(case: Case, plan: PlanResult) -> None:
    """The text shows five findings of a rule and counts the rest."""
    spoiled = with_table(
        plan, "landed", plan.tables["landed"].with_columns(pl.lit(-1.0).alias("duty"))
    )
    verification = verify_plan(case, spoiled)
    assert len(verification.of("stated_limits")) == 6
    assert "stated_limits: and 1 more" in str(verification)


def test_case_that_names_what_does_not_exist_is_refused(case: Case, plan: PlanResult) -> None:
    """Nothing can be recomputed from a case with loose ends; all of them are told."""
    loose = with_case_cells(case, "lanes", {"lane": "ulm-us"}, market="moon")
    loose = with_case_cells(loose, "allocations", {"vehicle": "ion"}, ramp="none-such")
    with pytest.raises(CaseError, match="moon") as caught:
        verify_plan(loose, plan)
    assert [(p.file, p.row, p.value) for p in caught.value.problems] == [
        ("allocations.csv", 3, "none-such"), ("lanes.csv", 3, "moon"),
    ]  # fmt: skip


def test_unknown_duty_is_an_error_and_not_zero(case: Case, plan: PlanResult) -> None:
    """A lane between two customs areas without a rate on record cannot be priced."""
    with pytest.raises(CaseError, match="no duty on record for BEV from EU into US"):
        verify_plan(case.replace(tariffs=case.table("tariffs").clear()), plan)


def test_currency_without_a_rate_is_an_error(case: Case, plan: PlanResult) -> None:
    """Money that cannot be converted is told, not counted one to one."""
    with pytest.raises(CaseError, match="no rate of this currency"):
        verify_plan(case.replace(currency_rates=case.table("currency_rates").clear()), plan)
