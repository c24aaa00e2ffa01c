"""The choices added to tiny on a page of the docs: every figure of it against the plan."""

import tomllib
from calendar import monthrange
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.check import check_case
from motorworks.case.records.choices import LaunchWindow
from motorworks.case.records.programme import Pin
from motorworks.case.records.sites import ShiftCalendar
from motorworks.case.scenario import Scenario, apply_scenario
from motorworks.case.tables import TABLES
from motorworks.errors import InfeasibleError
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan
from tests.golden.by_hand import PAGES, cells_of, number, worked_out

PAGE = "tiny-choices-by-hand.md"
CENT = 0.011  # the page writes sums from amounts that are rounded to a cent


def rows(name: str) -> dict[str, list[str]]:
    """Rows of a table of the page by their first cell."""
    return {cells[0]: cells[1:] for cells in cells_of(PAGE, name)}


def with_choice(name: str) -> Case:
    """The case tiny with a scenario of the page; the check has nothing against it."""
    text = (PAGES / PAGE).read_text("utf-8").split(f"<!-- scenario: {name} -->\n```toml\n")[1]
    scenario = Scenario(**tomllib.loads(text.split("```")[0]))
    case = apply_scenario(read_case(find_case("tiny")), scenario)
    assert not check_case(case, as_given=False)
    return case


def changed(case: Case, table: str, **values: Any) -> Case:
    """The case with columns of a table set."""
    cells = [pl.lit(value).alias(name) for name, value in values.items()]
    frame = case.table(table)
    return case.replace(**{table: frame.with_columns(cells).cast(dict(frame.schema))})


def no_gamma(case: Case, *months: str) -> Case:
    """The case with no Gamma built in some months."""
    pins = [Pin(vehicle="gamma", plant="south", month=m, maximum=0, reason="none") for m in months]
    return case.replace(pins=table_of(Pin, pins))


def held(name: str) -> dict[str, float]:
    """Margins of a table of the page, each the sum that the page writes for it."""
    found = {}
    for key, cells in rows(name).items():
        margin = number(cells[-1])
        assert margin is not None
        labour = number(cells[0]) if name == "shifts" else 0.0
        assert labour is not None
        assert worked_out(cells[-2]) - labour == pytest.approx(margin, abs=CENT)
        found[key] = margin
    return found


def test_gamma_starts_in_the_month_of_the_page() -> None:
    """The best of the starts of the page is the one chosen, decided two months before."""
    margins = held("starts")
    result = solve_plan(with_choice("start"))
    assert max(margins, key=lambda start: margins[start]) == "2025-05"
    assert result.margin == pytest.approx(margins["2025-05"], abs=CENT)
    row = result.table("launches").row(0, named=True)
    assert (row["start"], row["end"], row["decided"]) == ("2025-05", None, "2025-03")
    assert (row["capex"], row["fixed_cost"]) == pytest.approx((110_000, 20_000))


def test_every_start_brings_the_margin_of_the_page() -> None:
    """Each start forced, and none, with the month of its decision."""
    case, margins = with_choice("start"), held("starts")
    window = case.rows(LaunchWindow)[0]
    for start, (decided, *_) in rows("starts").items():
        if start == "never":
            forced = no_gamma(case, "2025-04", "2025-05", "2025-06")
        else:
            only = window.model_copy(update={"earliest": start, "latest": start, "optional": False})
            forced = case.replace(launch_windows=table_of(LaunchWindow, [only]))
        result = solve_plan(forced)
        assert result.margin == pytest.approx(margins[start], abs=CENT), start
        found = result.table("launches").row(0, named=True)
        assert (found["start"] or "never", found["decided"] or "never") == (start, decided)


def test_two_shifts_work_in_the_months_of_the_page() -> None:
    """The best row is the one chosen: April, with 180 people taken on and let go."""
    margins = held("shifts")
    best = max(margins, key=lambda months: margins[months])
    result = solve_plan(with_choice("shifts"))
    assert result.margin == pytest.approx(margins[best], abs=CENT)
    north = result.table("shifts").filter(pl.col("plant") == "north").sort("month")
    two = north.filter(pl.col("pattern") == "two-shifts")
    assert ", ".join(two["month"]) == best == "2025-04"
    assert north["hired"].to_list() == pytest.approx([0, 0, 0, 180, 0, 0])
    assert north["freed"].to_list() == pytest.approx([0, 0, 0, 0, 180, 0])
    assert north["cost"].sum() == pytest.approx(number(rows("shifts")[best][0]))


def test_every_choice_of_months_brings_the_margin_of_the_page() -> None:
    """Each row as a fixed calendar, whose labour is not the plan's to count."""
    case, margins = with_choice("shifts"), held("shifts")
    case = case.replace(shift_options=case.table("shift_options").clear(),
                        workforces=case.table("workforces").clear())  # fmt: skip
    for months, (labour, *_) in rows("shifts").items():
        calendar = [ShiftCalendar(plant="south", start="2025-01-01", pattern="one-shift")]
        for month in case.info.month_names:
            pattern = "two-shifts" if month in months else "one-shift"
            calendar.append(ShiftCalendar(plant="north", start=f"{month}-01", pattern=pattern))
        margin = solve_plan(case.replace(shift_calendar=table_of(ShiftCalendar, calendar))).margin
        assert margin - (number(labour) or 0.0) == pytest.approx(margins[months], abs=CENT), months


def test_the_agreement_is_ended_in_the_month_of_the_page() -> None:
    """June is best, and what is owed and built until then is that of the page."""
    margins = held("exits")
    best = max(margins, key=lambda month: margins[month])
    result = solve_plan(with_choice("exit"))
    assert result.margin == pytest.approx(margins[best], abs=CENT)
    assert result.table("exits").row(0) == ("gamma-for-partner", best, 60_000)
    deal = result.table("agreements").row(0, named=True)
    assert (deal["minimum"], deal["units"]) == pytest.approx(
        [float(c) for c in rows("exits")[best][:2]]
    )
    assert best == "2025-06"


def test_every_exit_brings_the_margin_of_the_page() -> None:
    """An agreement over by its dates, and no Gamma after it, bring the same less the cost."""
    case, margins = with_choice("exit"), held("exits")
    case = changed(case, "agreements", exit_cost=None)
    assert solve_plan(case).margin == pytest.approx(margins["kept"], abs=CENT)
    months = case.info.month_names
    for exit, (owed, built, *_) in list(rows("exits").items())[1:]:
        after = months[months.index(exit) :]
        last = {"2025-06": "2025-05-31", "2025-05": "2025-04-30"}.get(exit)
        ended = no_gamma(case, *after)
        if last is None:
            ended = ended.replace(agreements=case.table("agreements").clear())
        else:
            ended = changed(ended, "agreements", end=last)
        result = solve_plan(ended)
        assert result.margin - 60_000 == pytest.approx(margins[exit], abs=CENT), exit
        deals = result.table("agreements")
        assert deals["minimum"].sum() == pytest.approx(float(owed))
        assert deals["units"].sum() == pytest.approx(float(built))


def test_the_exit_is_worth_what_the_page_says() -> None:
    """A dollar more than its break-even, and the agreement is kept."""
    case = with_choice("exit")
    months = [
        solve_plan(changed(case, "agreements", exit_cost=cost)).table("exits")["exit"][0]
        for cost in (98_000.0, 98_001.0)
    ]
    assert months == ["2025-06", None]
    assert "98,000.55" in (PAGES / PAGE).read_text("utf-8")


@pytest.mark.parametrize("line", cells_of(PAGE, "origin"), ids=lambda line: "-".join(line[:2]))
def test_origin_is_claimed_as_on_the_page(line: list[str]) -> None:
    """Content, what the rule asks for, and the margin, under each way of counting."""
    method, threshold, claimed, content, needed, text, margin = line
    case = changed(
        with_choice("origin"), "origin_rules", method=method, threshold_pct=float(threshold)
    )
    result = solve_plan(case)
    assert result.margin == pytest.approx(worked_out(text), abs=CENT)
    assert result.margin == pytest.approx(number(margin), abs=CENT)
    group = result.table("origin").row(0, named=True)
    assert group["claimed"] == int(claimed)
    if group["claimed"]:
        assert group["content"] >= worked_out(needed) - 1e-3
        parts = result.table("origin_parts")["units"].sum()
        assert group["content"] == pytest.approx(95 * 8400 + 8000 * parts)
        premium = -dict(result.table("objective").rows())["component_premium"]
        assert premium / 400 * 8000 + 95 * 8400 == pytest.approx(worked_out(content))
    assert group["needed"] == pytest.approx(worked_out(needed))
    shipped = 35.0 if group["claimed"] else 0.0
    assert result.table("preferred")["units"].sum() == pytest.approx(shipped)


def test_rules_that_collide_are_those_of_the_page() -> None:
    """The error names each of them with its figure; without any one there is a plan."""
    case = with_choice("conflict")
    with pytest.raises(InfeasibleError) as error:
        solve_plan(case)
    said = str(error.value)
    assert "gamma at south in 2025-04, at least 61" in said
    assert "pack-from-cell-works in 4 periods from 2025-01 to 2025-04" in said
    assert "at most 60 units together" in said
    lines = cells_of(PAGE, "conflict")
    packs = [float(figure) for rule, _, figure, _ in lines if rule == "component_capacity"]
    assert (len(packs), sum(packs)) == (4, 60)
    for rule, month, figure, kept in lines:
        if rule == "pins":
            eased = changed(case, "pins", minimum=float(kept))
        else:
            eased = with_another_pack(case, month, float(kept) - float(figure))
        assert solve_plan(eased).margin > 0


def with_another_pack(case: Case, month: str, units: float) -> Case:
    """The case with a second source of so many packs, for one month."""
    source = case.table("component_sources")
    days = monthrange(2025, int(month[5:]))[1]
    more = source.with_columns(
        pl.lit("one-more").alias("source"), pl.lit(units).alias("capacity"),
        pl.lit(f"{month}-01").alias("start"), pl.lit(f"{month}-{days}").alias("end"),
    )  # fmt: skip
    return case.replace(component_sources=pl.concat([source, more]))


@pytest.mark.parametrize(("name", "shipped"), [
    ("start", "choose-start"), ("shifts", "choose-shifts"),
])  # fmt: skip
def test_shipped_scenarios_are_those_of_the_page(name: str, shipped: str) -> None:
    """They make the same case, so that the page has worked them out."""
    folder = find_case("tiny")
    case, _ = resolve(read_case(folder), folder, [shipped])
    ours = with_choice(name)
    assert all(case.table(table).equals(ours.table(table)) for table in TABLES)
    assert case.info == ours.info
