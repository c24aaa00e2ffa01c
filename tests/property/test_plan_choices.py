"""What must hold of every plan with choices: wider never hurts, what is forbidden never happens."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, table_of
from motorworks.case.column import columns_of
from motorworks.case.dates import add_months
from motorworks.case.records.choices import ShiftOption
from motorworks.case.tables import TABLES
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.property.test_plan import _moved, near, plan_of
from tests.random_choices import random_case

SEEDS = st.integers(0, 300)
SMALL = 1e-6
Change = Callable[[Case], Case]


def with_columns(table: str, *columns: pl.Expr) -> Change:
    """A change that sets columns of a table, whatever stands in it."""

    def change(case: Case) -> Case:
        frame = case.table(table)
        return case.replace(**{table: frame.with_columns(*columns).cast(dict(frame.schema))})

    return change


def later(column: str, months: int) -> pl.Expr:
    """Months moved on; a blank stays one."""
    moved = pl.col(column).map_elements(lambda text: add_months(text, months), pl.String)
    return moved.alias(column)


def never_worse(case: Case, changes: dict[str, Change]) -> None:
    """Each change on top of those before it keeps the margin or raises it."""
    before = plan_of(case).margin
    for name, change in changes.items():
        case = change(case)
        after = solve_plan(case).margin
        assert after >= before - SMALL * abs(before) - 0.1, name
        before = after


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_wider_windows_never_cost_margin(seed: int) -> None:
    """Starts, ends, openings and standstills with more months to choose from; no notice."""
    case = random_case(seed, "launches", "sites", "conversions", "exits")
    never_worse(case, {
        "earlier start": with_columns("launch_windows", later("earliest", -1)),
        "later start": with_columns("launch_windows", later("latest", 1)),
        "never": with_columns("launch_windows", pl.lit(True).alias("optional")),
        "earlier end": with_columns("launch_windows", later("end_earliest", -1)),
        "later end": with_columns("launch_windows", later("end_latest", 1)),
        "shorter run": with_columns("launch_windows", pl.lit(0).alias("min_run_months")),
        "no least": with_columns("launch_windows", pl.lit(None).alias("min_per_month")),
        "sooner decided": with_columns("allocations", pl.lit(0).alias("lead_months")),
        "open earlier": with_columns("site_windows", pl.lit(None).alias("earliest")),
        "open at will": with_columns("site_windows", pl.lit(True).alias("optional")),
        "closable": with_columns("site_windows", pl.lit(True).alias("closable")),
        "stand still whenever": with_columns(
            "conversions", pl.lit(None).alias("earliest"), pl.lit(None).alias("latest")
        ),
        "shorter standstill": with_columns("conversions", pl.col("weeks") * 0.5),
        "end at once": with_columns("agreements", pl.lit(0).alias("notice_months")),
        "end for less": with_columns("agreements", pl.col("exit_cost") * 0.5),
    })  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_more_shifts_and_hours_never_cost_margin(seed: int) -> None:
    """Extra hours, a larger account, less notice, and another pattern to choose."""
    case = random_case(seed, "shift_options", "workforces")
    never_worse(case, {
        "overtime": with_columns("workforces", pl.col("overtime_hours_max") + 10),
        "weekends": with_columns("workforces", pl.col("weekend_hours_max") + 8),
        "account": with_columns("workforces", pl.col("account_hours") + 10),
        "no notice": with_columns("workforces", pl.lit(0).alias("notice_months")),
        "no stay": with_columns("workforces", pl.lit(1).alias("min_stay_months")),
        "no least volume": with_columns("shift_patterns", pl.lit(None).alias("volume_min")),
        "another pattern": with_another_pattern,
        "faster shops": with_columns("shop_rates", pl.col("jph") * 1.5),
    })  # fmt: skip


def with_another_pattern(case: Case) -> Case:
    """The case with a pattern of three shifts that plants with a choice may choose."""
    patterns = case.table("shift_patterns")
    three = patterns.head(1).with_columns(
        pl.lit("three").alias("pattern"), pl.lit(3, pl.Int64).alias("shifts_per_day"),
        pl.lit(70, pl.Int64).alias("heads"),
    )  # fmt: skip
    options = case.table("shift_options")
    offered = [ShiftOption(plant=plant, pattern="three") for plant in options["plant"].unique()]
    return case.replace(
        shift_patterns=pl.concat([patterns, three]),
        shift_options=pl.concat([options, table_of(ShiftOption, offered)]),
    )


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_more_room_on_the_way_never_costs_margin(seed: int) -> None:
    """Spot space, ports, age, lots, bands, models, and lanes as alternatives."""
    case = random_case(seed, "models", "flexibility", "spot_space", "lots", "ports", "ages")
    never_worse(case, {
        "more spot space": with_columns("spot_space", pl.col("ceu") + 20),
        "cheaper spot space": with_columns("spot_space", pl.col("premium") * 0.5),
        "bigger ports": with_columns("ports", pl.col("slots") * 1.5),
        "quicker ports": with_columns("ports", pl.col("dwell_days") * 0.5),
        "older at plants": with_columns("plants", pl.col("stock_age_months") + 1),
        "older in markets": with_columns("markets", pl.col("stock_age_months") + 1),
        "smaller lots": with_columns("lanes", pl.col("min_lot_ceu") * 0.5),
        "wider bands": with_columns(
            "flex_bands", pl.lit(100.0).alias("down_pct"), pl.col("up_pct") + 50
        ),
        "no freeze": with_columns("agreements", pl.lit(None).alias("freeze_months")),
        "more models": with_columns("plants", pl.col("models_max", "platforms_max") + 1),
        "trucks on the same way": with_trucks,
    })  # fmt: skip


def with_trucks(case: Case) -> Case:
    """The case with every lane once more, by truck, without a limit on space."""
    lanes, rates = case.table("lanes"), case.table("lane_rates")
    again = pl.concat_str(pl.col("lane"), pl.lit("-truck")).alias("lane")
    trucks = lanes.with_columns(again, pl.lit("truck").alias("mode"))
    return case.replace(
        lanes=pl.concat([lanes, trucks]), lane_rates=pl.concat([rates, rates.with_columns(again)])
    )


ALL = ("launches", "sites", "conversions", "shift_options", "workforces", "exits", "spot_space",
       "stability", "carbon")  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS, factor=st.sampled_from([0.5, 7.0]))
def test_scaling_all_money_scales_the_margin_and_keeps_the_choices(
    seed: int, factor: float
) -> None:
    """Every column in money of every table, and every setting in money, times a factor."""
    case = random_case(seed, *ALL)
    margin = plan_of(case).margin
    for name, record in TABLES.items():
        money = [c.name for c in columns_of(record) if c.unit.startswith("currency")]
        if money and case.table(name).height:
            case = with_columns(name, pl.col(*money) * factor)(case)
    names = ("lost_penalty", "late_penalty", "change_penalty", "carbon_price")
    amounts = {name: case.info.plan.get(name, 0.0) * factor for name in names}
    case = case.with_info(plan={**case.info.plan, **amounts})
    assert solve_plan(case).margin / factor == near(margin)


def shifted(case: Case, years: int) -> Case:
    """The case with every date of every table moved on by whole years."""
    tables = {}
    for name, record in TABLES.items():
        table = case.table(name)
        dated = [c.name for c in columns_of(record) if c.kind in ("month", "day", "when")]
        moves = [
            pl.col(column).map_elements(lambda text: _moved(text, 12 * years), pl.String)
            for column in dated
        ]
        if "year" in table.columns:
            moves.append(pl.col("year") + years)
        tables[name] = table.with_columns(moves) if table.height else table
    return Case(case.info, tables).with_info(start=add_months(case.info.start, 12 * years))


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_the_same_choices_28_years_on_have_the_same_plan(seed: int) -> None:
    """The calendar repeats after 28 years, and so do starts, shifts, bands and limits of a year."""
    case = random_case(seed, *ALL, "flexibility", "origin")
    before, after = plan_of(case), solve_plan(shifted(case, 28))
    assert after.margin == near(before.margin)
    assert after.solver.rows == before.solver.rows


def built(result: PlanResult) -> dict[tuple[str, str, str], float]:
    """Cars built, by vehicle, plant and month."""
    table = result.table("production").select("vehicle", "plant", "month", "units")
    return {row[:3]: row[3] for row in table.rows()}


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_nothing_is_built_before_a_start_or_after_an_end(seed: int) -> None:
    """Nor by both of two launches that must stay apart."""
    case = random_case(seed, "launches", "line_rules")
    result = plan_of(case)
    units = built(result)
    for row in result.table("launches").iter_rows(named=True):
        first, last = row["start"] or "9999", row["end"] or "9999"
        for month in case.info.month_names:
            if not first <= month <= last:
                assert units[row["vehicle"], row["plant"], month] <= SMALL
    for rule in case.table("line_rules").filter(pl.col("kind") == "apart").to_dicts():
        for month in case.info.month_names:
            pair = [units[rule[who], rule["plant"], month] for who in ("vehicle", "other")]
            assert min(pair) <= SMALL


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_nothing_is_built_at_a_closed_plant_or_after_an_exit(seed: int) -> None:
    """A plant that is not up builds nothing, nor does an agreement that has been left."""
    case = random_case(seed, "sites", "exits")
    result = plan_of(case)
    units = built(result)
    whole = case.table("site_windows").filter(pl.col("shop").is_null())
    plant_of = dict(whole.select("site", "plant").rows())
    for site, month, up in result.table("sites").rows():
        if site in plant_of and not up:
            assert sum(u for key, u in units.items() if key[1:] == (plant_of[site], month)) <= SMALL
    left = dict(result.table("exits").select("agreement", "exit").rows())
    for deal in case.table("agreements").to_dicts():
        after, last = left.get(deal["agreement"]) or "9999", (deal["end"] or "9999")[:7]
        for month in case.info.month_names:
            if after <= month <= last:
                assert units[deal["vehicle"], deal["plant"], month] <= SMALL


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_bounds_of_hours_lots_and_the_frozen_plan_are_kept(seed: int) -> None:
    """No more extra hours than allowed, no small ship, no change to what is frozen."""
    case = random_case(seed, "workforces", "lots", "stability")
    result = plan_of(case)
    most = {row["plant"]: row for row in case.table("workforces").to_dicts()}
    for row in result.table("shifts").to_dicts():
        rules = most[row["plant"]]
        assert row["overtime"] + row["plus"] <= rules["overtime_hours_max"] + SMALL
        assert row["weekend"] <= rules["weekend_hours_max"] + SMALL
        assert abs(row["balance"]) <= rules["account_hours"] + SMALL
        assert min(row["plus"], row["minus"]) <= SMALL
    ceu = dict(case.table("vehicles").select("vehicle", "ceu").rows())
    lots = dict(case.table("lanes").select("lane", "min_lot_ceu").rows())
    loads: dict[tuple[str, str], float] = {}
    for row in result.table("shipments").to_dicts():
        key = (row["lane"], row["month"])
        loads[key] = loads.get(key, 0.0) + ceu[row["vehicle"]] * row["units"]
    assert all(
        load <= 1e-5 or load >= (lots[lane] or 0.0) - 1e-5 for (lane, _), load in loads.items()
    )
    frozen = case.info.month_names[: case.info.plan["freeze_months"]]
    for row in result.table("changes").to_dicts():
        if row["month"] in frozen:
            assert row["units"] == pytest.approx(row["published"], abs=1e-5)


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_what_a_pin_forbids_is_not_built(seed: int) -> None:
    """A most of 0 holds whatever start and shifts are chosen."""
    case = random_case(seed, "launches", "shift_options")
    case = with_columns("launch_windows", pl.lit(None).alias("min_per_month"))(case)
    case = with_columns("shift_patterns", pl.lit(None).alias("volume_min"))(case)
    first = case.table("allocations").head(1).select("vehicle", "plant").row(0)
    pins = pl.DataFrame({
        "vehicle": [first[0]], "plant": [first[1]], "market": [None],
        "month": [case.info.month_names[-1]], "minimum": [None], "maximum": [0.0],
        "reason": ["not then"],
    }, schema=case.table("pins").schema)  # fmt: skip
    result = plan_of(case.replace(pins=pins))
    assert built(result)[(*first, case.info.month_names[-1])] <= SMALL
