"""Runs side by side, and a run in plain rows."""

import re
from dataclasses import replace

import polars as pl
import pytest

from motorworks.report.compare import comparison_table, parts, render_compare, run_names, warnings
from motorworks.report.numbers import signed
from motorworks.report.story import Story
from motorworks.report.summary import summary_table


def test_rows_for_the_terminal_have_one_length(story: Story, base_story: Story) -> None:
    """Range and change are columns only where the run has them."""
    rows = summary_table(story)
    assert rows[0] == ["headline", "value", "over the facts", "against the base"]
    assert {len(row) for row in rows} == {4}
    assert summary_table(base_story)[0] == ["headline", "value"]


def test_differences_are_to_the_first_run(story: Story, base_story: Story) -> None:
    """The margin of the second run carries its difference."""
    rows = comparison_table([base_story, story])
    margin = next(row for row in rows if row[0] == "Margin over the horizon")
    difference = signed(story.result.margin - base_story.result.margin, "USD")
    assert margin[2].endswith(f"({difference})")
    assert "(" not in margin[1]


def test_headlines_that_only_ranges_give_are_compared_too(story: Story) -> None:
    """A headline that takes a plan of its own, as the worth of a programme, is not left out."""
    assert story.ranges is not None
    known = story.ranges.tables["headlines"]
    worth = known.head(1).with_columns(headline=pl.lit("focus_worth"), label=pl.lit("Worth"))
    ranges = replace(story.ranges, tables=story.ranges.tables | {"headlines": worth})
    rows = comparison_table([replace(story, ranges=ranges)] * 2)
    assert next(row for row in rows if row[0] == "Worth")[2].endswith("(no change)")


def test_parts_of_the_margin_sum_to_it(story: Story, base_story: Story) -> None:
    """What the chart shows of each run adds up to its margin."""
    rows = parts([base_story, story])
    assert sum(row[1] for row in rows.values()) == pytest.approx(story.result.margin, abs=2.0)


def test_equal_runs_are_told_apart(base_story: Story) -> None:
    """The same run twice gets numbers, and has no difference."""
    assert run_names([base_story, base_story]) == ["demo (base) (1)", "demo (base) (2)"]
    assert "no change" in comparison_table([base_story, base_story])[1][2]


def test_unlike_horizons_and_currencies_are_said(base_story: Story) -> None:
    """Totals over different spans or money are not set against each other silently."""
    case = base_story.case.with_info(months=12, currency="EUR")
    other = Story(case, base_story.result)
    assert "different horizons" in warnings([base_story, other])
    assert "different currencies" in warnings([base_story, other])
    margin = comparison_table([base_story, other])[1]
    assert "(" not in margin[2]


def test_the_comparison_is_one_page_without_requests(story: Story, base_story: Story) -> None:
    """It carries its charts as the page of a run does."""
    page = render_compare([base_story, story])
    assert re.findall(r'id="chart-([a-z]+)"', page) == ["parts", "load", "volumes"]
    assert ' src="' not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
