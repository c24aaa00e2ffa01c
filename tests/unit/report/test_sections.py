"""What the sections say, against figures summed by hand from the tables."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import polars as pl
import pytest

from motorworks.case.case import table_of
from motorworks.report import (
    agreements,
    flows,
    gantt,
    headline,
    load,
    lost,
    register,
    reproduce,
    tight,
    tornado,
    volumes,
    waterfall,
)
from motorworks.report.blocks import Cards, Link, Table
from motorworks.report.facts import fact_words
from motorworks.report.numbers import grouped
from motorworks.report.story import Story
from motorworks.result.ranges import BreakEven


def test_headlines_show_range_and_change(story: Story) -> None:
    """The first card holds margin, its range over the facts and its change against the base."""
    block = headline.section(story).blocks[0]
    assert isinstance(block, Cards)
    first = block.cards[0]
    assert first.label == "Margin over the horizon"
    assert first.lines[0].startswith("range ")
    assert "against the base" in first.lines[1]
    assert first.tone == "good"
    assert first.span is not None
    assert first.span[0] < first.span[1] < first.span[2]


def test_customers_who_wait_from_before_are_told(story: Story) -> None:
    """Cars sold to an opening backlog would otherwise be more than customers want."""
    assert "from before" not in headline.lead(story)
    backlog = pl.DataFrame({"vehicle": ["star4"], "market": ["korea"], "units": [210.0]})
    waiting = replace(story, case=story.case.replace(opening_backlog=backlog))
    assert "and wait for 210 from before" in headline.lead(waiting)


def test_break_even_is_said_in_words_where_one_was_found(story: Story) -> None:
    """A break-even without a value is left out, the other names fact, values and range."""
    notes = headline.break_evens(story)
    assert [note.title for note in notes] == [
        "Break-even: Margin over the horizon falls to zero when"
    ]
    words = notes[0].items
    assert len(words) == 1
    assert words[0].startswith("Material cost (Star 4, Busan, from Jan\u00a02020): ")
    assert f"becomes {grouped(37_200)}" in words[0]
    assert "inside what is thought possible" in words[0]


def test_a_break_even_beyond_an_end_by_less_than_shows_says_so(story: Story) -> None:
    """It does not read as if the end itself were outside."""
    assert story.ranges is not None
    fact = story.ranges.tables["break_evens"].drop_nulls("break_even").row(0, named=True)
    edge = BreakEven(**{
        **fact, "low": 36_000.0, "high": 40_000.0, "break_even": 35_999.9, "inside": False,
    })  # fmt: skip
    tables = {**story.ranges.tables, "break_evens": table_of(BreakEven, [edge])}
    told = replace(story, ranges=replace(story.ranges, tables=tables))
    (words,) = headline.break_evens(told)[0].items
    assert f"becomes just below {grouped(36_000)}" in words


def test_load_shows_closed_months_as_gaps(story: Story) -> None:
    """January 2025 at Busan and the last months of Hangzhou have no load but a grey block."""
    spec = load.figure(story)
    heat = spec["data"][0]
    busan = heat["z"][heat["y"].index("Busan")]
    assert busan[heat["x"].index("2025-01")] is None
    hangzhou = heat["z"][heat["y"].index("Hangzhou")]
    assert hangzhou[-3:] == [None, None, None]
    assert len(spec["layout"]["shapes"]) == 3
    row = story.table("capacity").filter(
        (pl.col("shop") == "busan-line") & (pl.col("month") == "2024-05")
    ).row(0, named=True)  # fmt: skip
    assert busan[heat["x"].index("2024-05")] == pytest.approx(
        100 * row["used"] / row["capacity"], abs=0.01
    )
    assert "Busan is full in" in load.caption(story)


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_volumes_add_up_in_every_period(story: Story, period: str) -> None:
    """Columns of a view sum to the plan's production, whatever the period."""
    periods, lines = volumes.series(story, "vehicle", period)
    built = float(story.table("production")["units"].sum())
    assert sum(map(sum, lines.values())) == pytest.approx(built, abs=1.0)
    assert len(periods) == {"month": 36, "quarter": 12, "year": 3}[period]


def test_the_gantt_shows_rough_starts_ramps_and_closures(story: Story) -> None:
    """A start dated 2025-H2 spans its half-year; its ramp begins at the resolved day."""
    found = {(bar.row, bar.kind): bar for bar in gantt.bars(story)}
    rough = found["Star 4 · Busan", "rough"]
    assert (rough.first, rough.last) == (dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    assert found["Star 4 · Busan", "ramp"].first == dt.date(2025, 9, 30)
    assert ("Closures · Busan", "retool") in found
    assert ("Closures · Douai", "holiday") in found
    assert ("Agreement · Star 5 at Busan", "intent") in found


def test_flows_sum_to_what_is_shipped(story: Story) -> None:
    """The Sankey diagram's links carry all cars, and each year its own."""
    shipped = story.table("shipments")
    for year in ("", "2025"):
        links = flows.spec(story, "brand", year)["data"][0]["link"]["value"]
        some = shipped.filter(pl.col("month").str.starts_with(year))
        assert sum(links) == pytest.approx(float(some["units"].sum()), rel=1e-3)


def test_the_waterfall_ends_at_the_net_price(story: Story) -> None:
    """Landed cost and margin lead to the net price, and ways of the focus come first."""
    way = waterfall.ways(story)[0]
    assert (way.vehicle, way.plant) == ("star4", "busan")
    trace = waterfall.figure(story)["data"][0]
    steps = dict(zip(trace["x"], trace["y"], strict=True))
    assert steps["Landed cost"] == pytest.approx(sum(trace["y"][:5]), abs=0.05)
    assert steps["Landed cost"] + steps["Margin"] == pytest.approx(steps["Net price"], abs=0.05)


def test_what_is_tight_is_said_with_its_worth(story: Story) -> None:
    """First comes the limit of which one per cent more is worth most, with its marginal."""
    rows = story.table("marginals").filter(pl.col("limit") > 0, pl.col("value").abs() >= 0.5)
    percent = (pl.col("value").abs() * pl.col("limit")).sum()
    worth = rows.group_by("family", "what").agg(percent.alias("worth")).sort("worth")
    # one per cent more hours of a plant and one per cent more slots of its tight shop are the same
    top = worth.filter(pl.col("worth") > 0.999 * pl.col("worth").max())
    first = rows.join(top, on=["family", "what"]).group_by("family").agg(pl.col("value").max())
    assert any(grouped(value) in tight.caption(story) for value in first["value"])
    said = [tight.sentence(story, item) for item in tight.tights(story)]
    assert any("One more slot at Busan line adds" in text for text in said)
    assert any("minimum of Star 4 at Busan costs" in text for text in said)


def test_agreements_tell_what_falls_short(story: Story) -> None:
    """The launch in late 2025 misses the minimum; the letter of intent binds nothing."""
    short = story.table("agreements").filter(pl.col("shortfall") > 0.5)
    assert short["year"].to_list() == [2025]
    assert f"by {grouped(short['shortfall'][0])} cars" in agreements.caption(story)
    assert "Letters of intent bind nothing: Star 5 at Busan" in agreements.section(story).lead
    traces = agreements.figure(story)["data"]
    least = [trace for trace in traces if trace["name"] == "Least agreed"]
    assert {trace["offsetgroup"] for trace in least} <= {
        trace["offsetgroup"] for trace in traces if trace["type"] == "bar"
    }


def test_lost_sales_have_their_plain_cause(story: Story) -> None:
    """No lane, not launched yet and a plant that is full are told apart."""
    rows = lost.lost_rows(story)
    assert float(rows["lost"].sum()) == pytest.approx(float(story.table("market")["lost"].sum()))
    causes = lost.Causes(story)
    assert causes.of("zoe", "kr", "2024-05") == lost.NO_WAY
    assert causes.of("star3", "us", "2024-02") == lost.NOT_YET
    assert causes.of("qm6", "kr", "2026-05") == lost.ENDED
    assert causes.of("arkana", "fr", "2024-06") == lost.FULL


def test_the_tornado_runs_from_the_headline_to_the_moved_value(story: Story) -> None:
    """Bars start at the headline; the fact with the widest swing comes first."""
    spec = tornado.figure(story)
    margin = story.result.margin
    assert spec["layout"]["yaxis"]["categoryarray"][0].startswith("material cost")
    low = next(trace for trace in spec["data"] if trace["name"] == "Fact at its low")
    assert low["base"][0] == pytest.approx(margin / 1e6)
    assert low["x"][0] == pytest.approx(0.09 * margin / 1e6)


def test_the_register_keeps_disputed_facts_side_by_side(story: Story) -> None:
    """Both starts of the Star 4 stand there; only a web address is a link."""
    tables = [block for block in register.section(story).blocks if isinstance(block, Table)]
    disputed = next(table for table in tables if "disagree" in table.caption)
    assert [row[1] for row in disputed.rows] == ["2025-H2", "2025-Q2"]
    links = [cell for row in disputed.rows for cell in row if isinstance(cell, Link)]
    assert [link.safe for link in links] == [True, False]


def test_a_duty_names_its_countries(story: Story) -> None:
    """Facts are told by the nouns of their table: areas of one country by its name."""
    rows = {row["fact_id"]: row for row in story.case.table("facts").iter_rows(named=True)}
    assert fact_words(story, rows["us-duty"], "us-duty") == "duty (US, KR, from 2025-04-03)"
    assert fact_words(story, rows["sop"], "sop") == "start of production (Star 4, Busan)"
    assert fact_words(story, rows["jph"], "jph").startswith("pace, jobs per hour (Busan line, ")
    assert fact_words(story, {}, "gone") == "gone"


def test_a_finding_of_the_check_is_shown(story: Story) -> None:
    """A page never calls a plan verified when the check objects."""
    objects = SimpleNamespace(checked={"pins": 3}, findings=("pins: a car too many",))
    wrong = Story(story.case, story.result, verification=objects)
    assert reproduce.badge(wrong).tone == "bad"
    assert "1\u00a0finding" in reproduce.verification(wrong).lead
