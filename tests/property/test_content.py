"""What holds of components, origin and carbon in every plan, whatever the case."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case
from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from tests.property.test_plan import PRICES, near, plan_of, scaled
from tests.random_choices import random_case

SEEDS = st.integers(0, 400)
DRAWN = ("made_components", "part_duties", "origin", "carbon")
MONEY = {
    **PRICES,
    "component_sources": ["premium", "value"],
    "component_sales": ["price", "unit_cost"],
    "carbon_limits": ["excess_cost"],
}


def drawn(seed: int) -> Case:
    """A random case with components made and sold, origin and carbon."""
    return random_case(seed, *DRAWN)


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, factor=st.sampled_from([0.5, 7.0]))
def test_scaling_all_money_scales_the_margin(seed: int, factor: float) -> None:
    """Values, duties on parts, sales, thresholds and goals are money like any other."""
    case = drawn(seed)
    margin = plan_of(case).margin
    for table, columns in MONEY.items():
        case = scaled(case, table, columns, factor)
    names = ("lost_penalty", "late_penalty", "carbon_price")
    amounts = {name: case.info.plan.get(name, 0.0) * factor for name in names}
    case = case.with_info(plan={**case.info.plan, **amounts})
    assert solve_plan(case).margin / factor == near(margin)


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_more_room_never_costs_margin(seed: int) -> None:
    """Higher caps and goals, more sales, lower thresholds and more local content only help."""
    case = drawn(seed)
    before = plan_of(case).margin
    slack = 1e-6 * abs(before) + 1e-2
    for table, column, change in (
        ("carbon_limits", "tonnes", pl.col("tonnes") * 1.5),
        ("component_sales", "units", pl.col("units") + 10),
        ("origin_rules", "threshold_pct", pl.col("threshold_pct") * 0.5),
        ("local_content", "local_pct", pl.min_horizontal(pl.col("local_pct") + 20, 100.0)),
        ("tariffs", "rate_pct", pl.col("rate_pct") * 0.5),
    ):
        case = case.replace(**{table: case.table(table).with_columns(change.alias(column))})
        after = solve_plan(case).margin
        assert after >= before - slack, (table, column)
        before = after


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_nothing_forbidden_happens(seed: int) -> None:
    """No claim fails its rule, no car has preference that is not shipped, no cap is passed."""
    case = drawn(seed)
    result = plan_of(case)
    origin = result.table("origin").filter(pl.col("claimed") == 1)
    assert (origin["content"] >= origin["needed"] - 1e-6 * origin["needed"].abs() - 1e-3).all()
    both = result.table("preferred").group_by("vehicle", "lane", "month").agg(pl.sum("units"))
    shipped = result.table("shipments").select("vehicle", "lane", "month", "units")
    joined = both.join(shipped, on=["vehicle", "lane", "month"], how="left", suffix="_shipped")
    assert (joined["units"] <= joined["units_shipped"] + 1e-6).all()
    emitted = dict(result.table("carbon").group_by("year").agg(pl.sum("tonnes")).rows())
    months = [int(month[:4]) for month in case.info.month_names]
    for year, kind, tonnes, *_ in case.table("carbon_limits").rows():
        if kind == "cap" and year in months:
            assert emitted[year] <= tonnes * months.count(year) / 12 + 1e-6 * tonnes
    wanted = case.table("component_sales").select("component", "plant", "month", "units")
    sold = result.table("component_sales").join(
        wanted, on=["component", "plant", "month"], suffix="_wanted"
    )
    assert (sold["units"] <= sold["units_wanted"] + 1e-6).all()
    assert len(sold) == result.table("component_sales").height


def test_the_cases_drawn_show_what_they_are_for() -> None:
    """Among the first some claim origin, pass a goal, sell components and pay duty on parts."""
    seen: dict[str, float] = {}
    for seed in range(12):
        try:
            parts = solve_plan(drawn(seed)).table("objective")
        except InfeasibleError:
            continue
        for name, amount in parts.rows():
            seen[name] = seen.get(name, 0.0) + abs(amount)
    names = ("duty_preference", "carbon_goal", "component_sales", "component_duty", "carbon_price")
    assert [name for name in names if seen[name] == 0] == []
