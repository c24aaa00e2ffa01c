"""A simulated plant on a page."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo
from motorworks.report.blocks import Card, Cards, Chart, Drawing, Notes, Section, Table
from motorworks.report.simulate import simulation_sections
from motorworks.report.simulate_page import render_simulation_page
from motorworks.result.simulation import Estimate, SimulationResult
from tests.unit.simulate.results import whole

CASE = Case.of(CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD"), [])


def sections(result: SimulationResult) -> dict[str, Section]:
    """Sections of a result by key."""
    found = simulation_sections(result, title="the site", names={})
    return {section.key: section for section in found}


def cards(result: SimulationResult) -> list[Card]:
    """Headlines of a result."""
    blocks = sections(result)["simulation"].blocks
    return list(next(b for b in blocks if isinstance(b, Cards)).cards)


def test_what_the_plant_could_do_stands_against_the_plan() -> None:
    """The first card says by how much it falls short, and is marked."""
    first, *_, last = cards(whole())
    assert first.number == "51.2"
    assert first.tone == "bad"
    assert "6.8" in first.lines[-1]
    assert last.lines == ["one replication: no interval"]


def test_a_pace_as_good_as_the_plan_is_not_marked_bad() -> None:
    """The plan lies within the interval."""
    result = whole()
    paces = result.tables["sim_paces"].with_columns(high=pl.lit(56.0))
    first = cards(replace(result, tables={**result.tables, "sim_paces": paces}))[0]
    assert first.tone == "good"


def test_a_plant_that_ran_out_of_cars_is_not_held_against_the_plans_pace() -> None:
    """Its pace says nothing but how many cars there were."""
    result = replace(whole(), jph_net=Estimate(20.0, 1.0, 2))
    charts = [b for b in sections(result)["simulation"].blocks if isinstance(b, Chart)]
    assert "plan" not in charts[0].caption
    charts = [b for b in sections(whole())["simulation"].blocks if isinstance(b, Chart)]
    assert "plan" in charts[0].caption


def test_each_replication_and_each_day_is_charted() -> None:
    """Dots for replications, bars for days with the plan's count."""
    charts = [b for b in sections(whole())["simulation"].blocks if isinstance(b, Chart)]
    dots, days = (chart.variants[""]["data"] for chart in charts)
    assert dots[0]["x"] == [49.0, 50.0, 51.0]
    assert [trace["name"] for trace in days] == ["simulated", "planned"]
    assert "40" in charts[1].caption


def test_bottlenecks_are_told_in_words_and_marked_in_the_drawing() -> None:
    """Both methods agree here."""
    blocks = sections(whole())["simulation-plant"].blocks
    notes = {b.title: b.items for b in blocks if isinstance(b, Notes)}
    assert notes["Where blocked turns into starved"][0].startswith("m2")
    assert any("b1: 4 more, 7 in all" in items for items in notes.values())
    drawing = next(b for b in blocks if isinstance(b, Drawing))
    assert drawing.markup.count("station held") == 1


def test_without_bottlenecks_and_gains_the_page_says_so() -> None:
    """A plant short of cars."""
    result = whole()
    none = {name: result.tables[name].clear() for name in ("sim_bottlenecks", "sim_gains",
                                                           "sim_improvement")}  # fmt: skip
    blocks = sections(replace(result, tables={**result.tables, **none}))["simulation-plant"].blocks
    notes = [item for b in blocks if isinstance(b, Notes) for item in b.items]
    assert len(notes) == 2
    assert all(item.startswith("No place") for item in notes)
    assert not any(isinstance(b, Chart) for b in blocks)


def test_a_shift_is_drawn_where_cars_were_seen() -> None:
    """Without a scene the section is left out."""
    result = whole()
    found = sections(result)
    assert "simulation-shift" in found
    without = {**result.tables, "sim_scene": result.tables["sim_scene"].clear()}
    assert "simulation-shift" not in sections(replace(result, tables=without))


def test_figures_that_are_not_known_are_dashes() -> None:
    """A buffer whose quantiles were not sampled."""
    result = whole()
    buffers = result.tables["sim_buffers"].with_columns(p95=pl.lit(None, dtype=pl.Float64))
    tables = {**result.tables, "sim_buffers": buffers}
    block = sections(replace(result, tables=tables))["simulation-details"].blocks[0]
    assert isinstance(block, Table)
    texts = [cell if isinstance(cell, str) else cell.text for cell in block.rows[0]]  # type: ignore[union-attr]
    assert texts[0] == "b1"
    assert "–" in texts


@pytest.mark.parametrize("settled", [True, False])
def test_the_page_stands_alone(settled: bool) -> None:
    """It names the plant and its first day, and warns of a span too short."""
    result = whole()
    result = replace(result, warmup=replace(result.warmup, settled=settled))
    page = render_simulation_page(CASE, result, dt.date(2024, 1, 8))
    assert "site from 8 January 2024" in page
    assert ("too short" in page) is not settled
    assert "data-scene" in page
