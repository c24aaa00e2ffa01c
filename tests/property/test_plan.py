"""What must hold of every plan, whatever the case: money scales, slack never hurts, dates shift."""

import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case
from motorworks.case.dates import add_months
from motorworks.case.lag import DAYS_PER_MONTH
from motorworks.errors import InfeasibleError
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.random_cases import Maker

SEEDS = st.integers(0, 2**32)

# Columns of money that the plan reads, all in currencies of the case.
PRICES = {
    "prices": ["price"],
    "costs": ["material_cost", "conversion_cost"],
    "lane_rates": ["freight"],
    "vehicles": ["stock_value"],
    "plants": ["yard_cost"],
    "markets": ["yard_cost"],
    "components": ["holding_cost"],
    "component_sources": ["premium"],
    "agreements": ["shortfall_cost"],
}


def plan_of(case: Case, params: PlanParams | None = None) -> PlanResult:
    """The plan of a case; cases without one are passed over."""
    try:
        return solve_plan(case, params)
    except InfeasibleError:
        assume(False)
        raise


def near(margin: float) -> object:
    """What equals a margin, rounding of its parts allowed for."""
    return pytest.approx(margin, rel=1e-7, abs=1e-2)


def scaled(case: Case, table: str, columns: list[str], factor: float) -> Case:
    """The case with columns multiplied."""
    return case.replace(**{table: case.table(table).with_columns(pl.col(*columns) * factor)})


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, factor=st.sampled_from([1.1, 2.0, 30.0]))
def test_more_capacity_never_costs_margin(seed: int, factor: float) -> None:
    """Faster shops, bigger plants, yards, ships and sources leave every old plan possible."""
    case = Maker(seed).case()
    before = plan_of(case).margin
    slack = 1e-6 * abs(before) + 1e-2
    for table, columns in (
        ("shop_rates", ["jph"]),
        ("plants", ["nameplate"]),
        ("plants", ["yard_slots"]),
        ("markets", ["yard_slots"]),
        ("sailings", ["allotment_ceu"]),
        ("component_sources", ["capacity"]),
        ("cell_supplies", ["gwh_per_year"]),
    ):
        case = scaled(case, table, columns, factor)
        after = solve_plan(case).margin
        assert after >= before - slack, (table, columns)
        before = after


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, factor=st.sampled_from([0.001, 0.5, 7.0]))
def test_scaling_all_money_scales_the_margin(seed: int, factor: float) -> None:
    """The plan is the same whether it is written in euros or in thousands of them."""
    case = Maker(seed).case()
    margin = plan_of(case).margin
    for table, columns in PRICES.items():
        case = scaled(case, table, columns, factor)
    names = ("lost_penalty", "late_penalty")
    penalties = {name: case.info.plan[name] * factor for name in names}
    case = case.with_info(plan={**case.info.plan, **penalties})
    assert solve_plan(case).margin / factor == near(margin)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_a_plan_builds_and_ships_only_what_is_allowed(seed: int) -> None:
    """No car outside its dates, none without an allocation, none on a lane from elsewhere."""
    case = Maker(seed).case()
    result = plan_of(case)
    allowed = set(case.table("allocations").select("vehicle", "plant").rows())
    production = result.table("production")
    assert set(production.select("vehicle", "plant").rows()) == allowed
    assert (production["units"] >= 0).all()
    over = production["units"] > production["limit"].fill_null(float("inf")) + 1e-6
    assert not over.any()
    origin = dict(case.table("lanes").select("lane", "plant").rows())
    shipped = result.table("shipments").filter(pl.col("units") > 1e-6)
    there = allowed | set(case.table("opening_stock").select("vehicle", "plant").rows())
    assert all((row["vehicle"], origin[row["lane"]]) in there for row in shipped.to_dicts())


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
@example(seed=7485)  # a plant nearer to the market, so that less fills the lanes at the end
def test_an_allocation_more_never_costs_margin(seed: int) -> None:
    """A plan may leave a new allocation alone.

    Left out are what comes with it unasked: agreements, pins, components in store, whose keeping
    costs only where somebody may use them, and the value at the end, which cars keep only as far as
    they fill the shortest way to a market.
    """
    case = Maker(seed).case()
    brought = ("agreements", "pins", "opening_components")
    case = case.replace(**{name: case.table(name).clear() for name in brought})
    alike = PlanParams(end_value_pct=0.0)
    with_all = plan_of(case, alike).margin
    fewer = case.replace(allocations=case.table("allocations").head(1))
    assert with_all >= plan_of(fewer, alike).margin - 1e-6 * abs(with_all) - 1e-2


def shifted(case: Case, months: int) -> Case:
    """The case with every date of every table moved on; days keep their number in the month."""
    tables = {}
    for name, table in case.tables.items():
        dated = [c for c in ("start", "end", "month", "arrives") if c in table.columns]
        moves = [
            pl.col(column).map_elements(lambda text: _moved(text, months), return_dtype=pl.String)
            for column in dated
        ]
        tables[name] = table.with_columns(moves) if moves and table.height else table
    return Case(case.info, tables).with_info(start=add_months(case.info.start, months))


def _moved(text: str, months: int) -> str:
    if ".." in text:
        return "..".join(_moved(part, months) for part in text.split(".."))
    years = months // 12
    if len(text) == 4 or text[5] in "QH":
        return f"{int(text[:4]) + years}{text[4:]}"
    return add_months(text[:7], months) + text[7:]


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_the_same_case_28_years_on_has_the_same_plan(seed: int) -> None:
    """The calendar repeats after 28 years, weekdays and leap days included, and so does a plan."""
    case = Maker(seed).case()
    before, after = plan_of(case), solve_plan(shifted(case, 28 * 12))
    assert after.margin == near(before.margin)
    assert after.solver.rows == before.solver.rows
    limits = [one.table("production")["limit"].to_list() for one in (before, after)]
    assert limits[0] == limits[1]


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_order_of_the_rows_does_not_matter(seed: int) -> None:
    """Tables are sets: turned upside down they make the same margin."""
    case = Maker(seed).case()
    margin = plan_of(case).margin
    turned = Case(case.info, {name: table.reverse() for name, table in case.tables.items()})
    assert solve_plan(turned).margin == near(margin)


def test_days_in_a_month_of_transit_are_those_of_the_page() -> None:
    """28 years of months have that many days on average, a little more or less."""
    assert pytest.approx((28 * 365 + 7) / (28 * 12), rel=1e-4) == DAYS_PER_MONTH


def longer(case: Case, months: int) -> Case:
    """The case with a longer horizon; demand and pins of the last year come again each year."""
    last = case.info.month_names[-12:]
    tables = {}
    for name in ("demand", "pins"):
        inside = case.table(name).filter(pl.col("month") <= last[-1])
        final = inside.filter(pl.col("month") >= last[0])
        again = [
            final.with_columns(pl.col("month").replace_strict({m: add_months(m, n) for m in last}))
            for n in range(12, months + 1, 12)
        ]
        tables[name] = pl.concat([inside, *again])
    return case.replace(**tables).with_info(months=case.info.months + months)


def test_a_longer_horizon_hardly_moves_the_first_three_years() -> None:
    """On the Busan case, a fifth year moves the production of the first 36 months by < 1 %.

    What is compared is every plant's cars of every vehicle and month, not only their sum.
    """
    busan = read_case(find_case("busan"))
    first = set(busan.info.month_names[:36])
    built = [
        solve_plan(case).table("production").filter(pl.col("month").is_in(sorted(first)))
        for case in (busan, longer(busan, 12))
    ]  # fmt: skip
    keys = ["vehicle", "plant", "month"]
    both = built[0].join(built[1], on=keys, suffix="_longer", validate="1:1")
    assert both.height == built[0].height == built[1].height
    total = both["units"].sum()
    assert total > 0
    assert (both["units"] - both["units_longer"]).abs().sum() < 0.01 * total
