"""Every rule on choices objects, alone and by name, where a plan is made to break it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.case.column import columns_of
from motorworks.cli.verify import verify_folder
from motorworks.errors import CaseError
from motorworks.io.run_folder import write_run
from motorworks.plan.solve import solve_plan
from motorworks.result.choice_records import CHOICE_RECORDS
from motorworks.result.plan import PlanResult
from motorworks.result.verify import verify_plan
from motorworks.result.verify.findings import FAMILIES
from tests.unit.result.conftest import (
    PARTS_OF_CHOICES,
    families,
    with_case_cells,
    with_cells,
)
from tests.unit.result.full_case import full_case

Cells = dict[str, Any]
TABLES = {record.TABLE: record for record in CHOICE_RECORDS}


@pytest.fixture(scope="module")
def full() -> Case:
    """The case with every subject."""
    return full_case()


@pytest.fixture(scope="module")
def solved(full: Case) -> PlanResult:
    """Its plan."""
    return solve_plan(full)


def test_plan_of_the_full_case_is_clean_and_puts_every_rule_to_the_test(
    full: Case, solved: PlanResult
) -> None:
    """Nothing is wrong with it, no table is empty and no rule has nothing to look at."""
    verification = verify_plan(full, solved)
    assert verification.findings == ()
    assert [name for name in TABLES if solved.tables[name].is_empty()] == []
    idle = [rule for rule, count in verification.checked.items() if count == 0]
    assert idle == ["launch", "pins"]


def test_full_case_is_one_that_may_be_planned(full: Case) -> None:
    """The check of cases has nothing against it."""
    assert check_case(full, as_given=False) == []


def test_run_of_the_full_case_verifies_from_its_files(
    full: Case, solved: PlanResult, tmp_path: Path
) -> None:
    """Nothing of a choice is lost on the way through the files."""
    assert verify_folder(write_run(tmp_path / "full", case=full, result=solved)).findings == ()


@pytest.mark.parametrize(("table", "column"), [
    ("launch_windows", "plant"), ("site_windows", "shop"), ("conversions", "plant"),
    ("shift_options", "pattern"), ("component_sources", "supplier"), ("meters", "plant"),
])  # fmt: skip
def test_choice_that_names_what_does_not_exist_is_refused(
    full: Case, solved: PlanResult, table: str, column: str
) -> None:
    """Nothing can be recomputed from a case with loose ends."""
    loose = full.table(table).with_columns(pl.lit("nowhere").alias(column))
    with pytest.raises(CaseError, match="nowhere"):
        verify_plan(full.replace(**{table: loose}), solved)


ION, VAN = {"vehicle": "ion"}, {"vehicle": "van"}
ULM, RIO = {"plant": "ulm"}, {"plant": "rio"}
TWO = {"pattern": "two"}

TIGHTENED = [
    ("launch_choice", "allocations", ION, {"plateau_jph": 0.1}),
    ("launch_choice", "ramps", {"ramp": "slow"}, {"t50_weeks": 20.0}),
    ("one_start", "launch_windows", ION, {"earliest": "2025-12"}),
    ("one_start", "launch_windows", ION, {"latest": "2025-10"}),
    ("one_start", "allocations", ION, {"lead_months": 3}),
    ("one_end", "launch_windows", VAN, {"end_earliest": "2025-09", "end_latest": "2025-09"}),
    ("one_end", "launch_windows", VAN, {"end_earliest": None, "end_latest": None}),
    ("one_end", "launch_windows", VAN, {"min_run_months": 3}),
    ("one_end", "launch_windows", ION, {"end_latest": "2026-01"}),
    ("least_run", "launch_windows", ION, {"min_per_month": 250.0}),
    ("line_rules", "line_rules", ULM, {"kind": "together"}),
    ("line_rules", "line_rules", ULM, {"other": "arc"}),
    ("models_limit", "plants", ULM, {"models_max": 1}),
    ("models_limit", "shops", {"shop": "ulm-body"}, {"models_max": 1}),
    ("platforms_limit", "plants", ULM, {"platforms_max": 1}),
    ("platforms_limit", "shops", {"shop": "ulm-final"}, {"platforms_max": 1}),
    ("shop_fit", "shops", {"shop": "ulm-body"}, {"mass_max_kg": 2200.0}),
    ("shop_fit", "shops", {"shop": "ulm-final"}, {"drivetrains": "ICE MHEV"}),
    ("site_once", "site_windows", RIO, {"earliest": "2025-11"}),
    ("site_once", "site_windows", RIO, {"lead_months": 3}),
    ("site_capacity", "plants", RIO, {"nameplate": 500.0}),
    ("halt_once", "conversions", ULM, {"earliest": "2025-11"}),
    ("halt_before_start", "conversions", ULM, {"vehicle": "van"}),
    ("halt_capacity", "conversions", ULM, {"weeks": 3.0}),
    ("one_pattern", "workforces", ULM, {"notice_months": 2}),
    ("stay", "workforces", ULM, {"min_stay_months": 6}),
    ("heads", "shift_patterns", TWO, {"heads": 600}),
    ("shift_volume", "shift_patterns", TWO, {"volume_min": 9000.0}),
    ("extra_hours", "workforces", ULM, {"overtime_hours_max": 20.0}),
    ("extra_hours", "workforces", RIO, {"weekend_hours_max": 9.0}),
    ("time_account", "workforces", ULM, {"account_hours": 5.0}),
    ("agreement_flex", "flex_bands", {"months_ahead": 1}, {"down_pct": 1.0, "up_pct": 1.0}),
    ("agreement_flex", "agreements", {"agreement": "arc-deal"}, {"freeze_months": 6}),
    ("agreement_exit", "agreements", {"agreement": "van-deal"}, {"notice_months": 3}),
    ("agreement_minimum", "agreements", {"agreement": "van-deal"}, {"min_per_year": 2100.0}),
    ("lane_space", "sailings", {"lane": "ulm-us"}, {"allotment_ceu": 10.0}),
    ("spot_limit", "spot_space", {"lane": "ulm-us"}, {"ceu": 20.0}),
    ("lane_lot", "lanes", {"lane": "ulm-us-box"}, {"min_lot_ceu": 60.0}),
    ("port_space", "ports", {"port": "DEBRV"}, {"slots": 10.0}),
    ("port_space", "ports", {"port": "USBAL"}, {"dwell_days": 60.0}),
    ("plant_age", "plants", ULM, {"stock_age_months": 1}),
    ("market_age", "markets", {"market": "us"}, {"stock_age_months": 1}),
    ("component_sales", "component_sales", {"month": "2025-10"}, {"units": 20.0}),
    ("component_balance", "component_needs", {"needs": "casting"}, {"quantity": 2.5}),
    ("origin_parts", "regime_areas", {"area": "EU"}, {"area": "BR"}),
    ("origin", "origin_rules", {"method": "net_cost"}, {"threshold_pct": 70.0}),
    ("origin", "local_content", ION, {"local_pct": 10.0}),
    ("carbon_cap", "carbon_limits", {"kind": "cap"}, {"tonnes": 9000.0}),
    ("carbon_goal", "carbon_limits", {"year": 2026}, {"tonnes": 9000.0}),
    ("carbon_goal", "grid_factors", {"start": "2026-01"}, {"kg_per_mwh": 400.0}),
    ("plan_change", "published_plan", {"plant": "rio"}, {"units": 30.0}),
]


@pytest.mark.parametrize(("rule", "table", "where", "cells"), TIGHTENED)
def test_rule_objects_when_the_case_is_tightened(
    full: Case, solved: PlanResult, rule: str, table: str, where: Cells, cells: Cells
) -> None:
    """A plan that the case no longer allows is caught by the rule that it breaks, and no other."""
    tighter = with_case_cells(full, table, where, **cells)
    assert families(verify_plan(tighter, solved)) == {rule}


ENGINES = {"site": "body-site", "month": "2026-02"}
TO_US = {"vehicle": "ion", "lane": "ulm-us", "month": "2026-01"}

SPOILED = [
    ("one_start launch_choice one_end", "launches", VAN, {"start": "soon"}),
    ("one_end least_run line_rules models_limit", "launches", VAN, {"end": "2026-02"}),
    ("site_once", "sites", {"site": "rio-site", "month": "2025-09"}, {"up": 1}),
    ("site_capacity", "sites", ENGINES, {"up": 0}),
    ("halt_once", "conversions", {"conversion": "refit"}, {"start": None}),
    ("heads", "shifts", {"plant": "ulm", "month": "2025-10"}, {"hired": 250.0}),
    ("heads", "shifts", {"plant": "ulm", "month": "2026-02"}, {"freed": 0.0}),
    ("extra_hours", "shifts", {"plant": "rio", "month": "2026-01"}, {"weekend": 12.0}),
    ("time_account", "shifts", {"plant": "rio", "month": "2026-01"}, {"balance": 1.0}),
    ("agreement_exit", "exits", {"agreement": "van-deal"}, {"exit": "2025-10"}),
    ("agreement_exit agreement_minimum", "exits", {"agreement": "van-deal"}, {"exit": "2030-01"}),
    ("spot_limit", "spot", {"month": "2026-01"}, {"ceu": 25.5}),
    ("component_sales component_balance", "component_sales", {"month": "2025-12"}, {"units": 41.0}),
    ("origin_parts", "origin_parts", {"month": "2025-11"}, {"units": 61.0}),
    ("origin_parts origin", "origin_parts", {"month": "2025-11"}, {"vehicle": "arc"}),
    ("origin", "origin", {"group": "ion", "period": "2025"}, {"claimed": 1}),
    ("origin", "origin", {"group": "arc", "period": "2025"}, {"claimed": 2}),
    ("preference", "origin", {"group": "ion", "period": "2026-01"}, {"claimed": 0}),
    ("preference", "preferred", TO_US, {"units": 60.0}),
    ("carbon_goal", "carbon_goals", {"year": 2025}, {"over": 5000.0}),
    ("plan_change", "changes", {"month": "2025-12"}, {"units": 100.0}),
    ("plan_change", "changes", {"month": "2025-12"}, {"published": 100.0}),
    ("objectives", "objectives", {"objective": "agreements"}, {"best": 126.0}),
    ("objectives", "objectives", {"objective": "agreements"}, {"bound": 127.0}),
    ("objectives", "objectives", {"objective": "margin"}, {"best": 13000000.0}),
    ("objectives", "objectives", {"objective": "margin"}, {"bound": 13000000.0}),
    ("objectives", "objectives", {"objective": "margin"}, {"bound": None}),
    ("objectives", "objectives", {"objective": "carbon"}, {"best": 1.0}),
]


@pytest.mark.parametrize(("rules", "table", "where", "cells"), SPOILED)
def test_rules_object_when_the_plan_is_spoiled(
    full: Case, solved: PlanResult, rules: str, table: str, where: Cells, cells: Cells
) -> None:
    """A choice that may not be is caught by the rules that it breaks, and no others."""
    spoiled = with_cells(solved, table, where, **cells)
    assert families(verify_plan(full, spoiled)) == set(rules.split())


def test_every_rule_on_choices_is_broken_by_a_test_here() -> None:
    """None is left without a fault that it must name."""
    broken = {"freeze", *(row[0] for row in TIGHTENED)}
    broken |= {rule for row in SPOILED for rule in row[0].split()}
    assert set(FAMILIES[FAMILIES.index("end_value") + 1 :]) <= broken


def test_frozen_month_that_changed_is_caught(full: Case, solved: PlanResult) -> None:
    """October's 171 cars are not the 190 that were published."""
    frozen = full.with_info(plan={**full.info.plan, "freeze_months": 2})
    stated = replace(solved, settings={**solved.settings, "freeze_months": 2})
    assert families(verify_plan(frozen, stated)) == {"freeze"}


def test_carbon_cap_counts_what_is_built(full: Case, solved: PlanResult) -> None:
    """Heavier cars bring a year over its cap, without a figure of the plan being changed."""
    heavy = with_case_cells(full, "footprints", {"vehicle": "ion"}, kg_co2e=15000.0)
    assert families(verify_plan(heavy, solved)) == {"carbon_cap", "carbon_goal"}


@pytest.mark.parametrize("part", PARTS_OF_CHOICES)
def test_part_of_the_margin_that_is_wrong_is_caught_by_its_name(
    full: Case, solved: PlanResult, part: str
) -> None:
    """A part left out is seen, and so is one that is off by 50 euro in 13 million."""
    ((amount,),) = solved.tables["objective"].filter(part=part).select("amount").rows()
    for wrong in (0.0, amount + 50.0):
        spoiled = with_cells(solved, "objective", {"part": part}, amount=wrong)
        assert verify_plan(full, spoiled).broken == (f"objective:{part}", "objective:margin")


def with_table(plan: PlanResult, name: str, table: pl.DataFrame) -> PlanResult:
    """The plan with a table exchanged."""
    return replace(plan, tables={**plan.tables, name: table})


@pytest.mark.parametrize("name", [name for name in TABLES if name != "origin_parts"])
def test_table_cut_short_is_caught(full: Case, solved: PlanResult, name: str) -> None:
    """A table without its last row lacks a row that the case calls for."""
    cut = with_table(solved, name, solved.tables[name].head(-1))
    (finding,) = verify_plan(full, cut).of("table_complete")
    assert finding.message.startswith(f"{name} lacks a row that the case calls for: ")


@pytest.mark.parametrize("name", TABLES)
def test_row_there_twice_is_caught(full: Case, solved: PlanResult, name: str) -> None:
    """A row may stand in a table once."""
    table = solved.tables[name]
    twice = with_table(solved, name, pl.concat([table, table.head(1)]))
    (finding,) = verify_plan(full, twice).of("table_complete")
    assert finding.message.startswith(f"{name} has a row more than once: ")


@pytest.mark.parametrize("name", TABLES)
def test_row_that_the_case_does_not_know_is_caught(
    full: Case, solved: PlanResult, name: str
) -> None:
    """An unknown site, plant or source in a table is told, not passed over."""
    table = solved.tables[name]
    key = table.columns[0]
    ghost = pl.lit(1066) if table.schema[key] == pl.Int64 else pl.lit("ghost")
    strange = table.head(1).with_columns(ghost.cast(table.schema[key]).alias(key))
    found = verify_plan(full, with_table(solved, name, pl.concat([table, strange])))
    (finding,) = found.of("table_complete")
    assert "ghost" in finding.message or "1066" in finding.message


@pytest.mark.parametrize("name", TABLES)
def test_table_in_another_shape_is_told_without_a_crash(
    full: Case, solved: PlanResult, name: str
) -> None:
    """Columns of text, columns left out and tables without rows are findings, never errors."""
    table = solved.tables[name]
    odd, blank = pl.lit("odd"), pl.lit(None)
    shapes = [
        table.clear(),
        table.drop(table.columns[0]),
        table.drop(table.columns[-1]),
        table.with_columns(odd.alias(column) for column in table.columns[1:]),
        table.with_columns(blank.alias(column) for column in table.columns[1:]),
    ]
    for shape in shapes:
        assert not verify_plan(full, with_table(solved, name, shape)).clean, shape


@pytest.mark.parametrize(("table", "column"), [("sites", "up"), ("origin", "claimed")])
def test_half_a_choice_is_caught(full: Case, solved: PlanResult, table: str, column: str) -> None:
    """A site is open or not; origin is claimed or not."""
    halves = solved.tables[table].with_columns(pl.lit(0.5).alias(column))
    found = verify_plan(full, with_table(solved, table, halves)).of("table_complete")
    assert found[0].message.startswith(f"{table} has no whole number as {column} in a row: ")


UNSEEN = {("objectives", "bound"), ("objectives", "best")}
"""A looser bound is still one, and a best value may be beaten by what it may give up."""


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (record.TABLE, column.name)
        for record in CHOICE_RECORDS
        for column in columns_of(record)
        if column.kind == "number" and (record.TABLE, column.name) not in UNSEEN
    ],
)
def test_no_figure_can_be_changed_unseen(
    full: Case, solved: PlanResult, table: str, column: str
) -> None:
    """In its first rows and its last, a figure that is 1 higher or lower is objected to."""
    frame = solved.tables[table]
    figures = [place for place, cell in enumerate(frame[column]) if cell is not None]
    assert figures
    moving = [place for place in figures if frame[column][place]] or figures
    for place, step in ((figures[0], 1.0), (moving[0], -1.0), (moving[-1], 1.0)):
        by = 60 * step if (table, column) == ("objectives", "value") else step
        row = pl.int_range(pl.len()) == place
        moved = frame.with_columns(
            pl.when(row).then(pl.col(column) + by).otherwise(pl.col(column)).alias(column)
        )
        spoiled = with_table(solved, table, moved)
        assert not verify_plan(full, spoiled).clean, (table, column, frame.row(place), step)


def test_plant_that_only_works_longer_hires_nobody(full: Case, solved: PlanResult) -> None:
    """Rio has no choice of patterns: nobody is taken on, and its pattern is the calendar's."""
    where = {"plant": "rio", "month": "2026-01"}
    for cells in ({"hired": 1.0}, {"freed": 1.0}, {"pattern": "two"}):
        found = verify_plan(full, with_cells(solved, "shifts", where, **cells))
        assert found.broken[0] == "stated_limits"


def test_decision_is_the_lead_time_before_the_start(full: Case, solved: PlanResult) -> None:
    """The month of the decision follows from the start."""
    late = with_cells(solved, "launches", ION, decided="2025-11")
    assert verify_plan(full, late).broken == ("stated_limits",)
