"""The words for what a plan chose, on the case tiny."""

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.scenario import Change, Scenario, apply_scenario
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan
from motorworks.report import agreements, gantt
from motorworks.report.chosen import chosen
from motorworks.report.story import Story


def tiny(*scenarios: str) -> Case:
    """The case tiny with shipped scenarios."""
    folder = find_case("tiny")
    return resolve(read_case(folder), folder, scenarios)[0]


def told(case: Case) -> dict[str, str]:
    """What was chosen about each thing, with plain blanks."""
    return {one.what: one.words.replace("\u00a0", " ") for one in chosen(case, solve_plan(case))}


def test_a_case_without_choices_has_chosen_nothing() -> None:
    """The list is empty."""
    assert told(tiny()) == {}


def test_a_start_is_told_with_its_decision_and_its_cost() -> None:
    """Investment and the cost of the months it runs, as on the page worked out by hand."""
    case = tiny("choose-start")
    (one,) = chosen(case, solve_plan(case))
    assert one.what == "Gamma electric at South plant"
    assert one.words.replace("\u00a0", " ") == "starts in May 2025, decided in Mar 2025"
    assert one.cost == pytest.approx(110_000 + 2 * 10_000)


def test_shifts_are_told_by_their_changes() -> None:
    """The first pattern, then each new one with its month."""
    assert told(tiny("choose-shifts")) == {
        "North plant": "works “One shift of eight hours”, from Apr 2025 “Two shifts of eight "
        "hours”, from May 2025 “One shift of eight hours”"
    }


def test_a_notice_longer_than_the_horizon_leaves_nothing_to_choose() -> None:
    """The plant works its calendar, so nothing is said of its shifts."""
    case = tiny("choose-shifts")
    bound = case.table("workforces").with_columns(notice_months=pl.lit(99, dtype=pl.Int64))
    assert "North plant" not in told(case.replace(workforces=bound))


def test_sites_standstills_exits_and_spot_space_are_told() -> None:
    """Each in a line of its own."""
    money = {"currency": "USD"}
    added = {
        "site_windows": {"site": "s", "plant": "south", "earliest": "2025-02"} | money,
        "conversions": {"conversion": "robots", "plant": "north", "weeks": 2,
                        "earliest": "2025-05", "latest": "2025-05"},
        "spot_space": {"lane": "north-away", "start": "2025-01", "ceu": 20, "premium": 300} | money,
    }  # fmt: skip
    changes = [Change(action="add", table=name, rows=[row]) for name, row in added.items()]
    fewer = Change(action="set", table="sailings", field="sailings_per_month", value=1)
    ends = [
        Change(action="set", table="agreements", field=name, value=value)
        for name, value in (("exit_cost", 60_000), ("notice_months", 3))
    ]
    words = told(apply_scenario(tiny(), Scenario(title="All", change=[*changes, fewer, *ends])))
    assert words["South plant"].startswith("opens in ")
    assert words["North plant, robots"] == "stops it for 2 weeks from May 2025"
    assert "CEU of spot space in " in words["North plant to Farland (roro)"]
    assert words["Gamma built for the partner"] == "ends: from Jun 2025 nothing is owed"


def test_the_timeline_shows_what_was_chosen() -> None:
    """Start, standstill and exit where the plan put them, in bars and caption."""
    added = Change(action="add", table="conversions", rows=[
        {"conversion": "robots", "plant": "north", "weeks": 1,
         "earliest": "2025-05", "latest": "2025-05"},
    ])  # fmt: skip
    case = apply_scenario(tiny("choose-start"), Scenario(title="And rebuilt", change=[added]))
    story = Story(case, solve_plan(case))
    assert "Gamma electric at South plant on 2025-05-01" in gantt.caption(story)
    (stop,) = gantt.conversions(story)
    assert (stop.place, str(stop.first), str(stop.last)) == (
        "North plant", "2025-05-01", "2025-05-07",
    )  # fmt: skip


def test_an_agreement_that_is_ended_stops_on_the_timeline_and_its_sides_are_told() -> None:
    """The bar ends with the last month owed; a fee splits the margin."""
    changes = [
        Change(action="set", table="agreements", field=name, value=value)
        for name, value in (("exit_cost", 60_000), ("notice_months", 3), ("fee", 4_000))
    ]
    case = apply_scenario(tiny(), Scenario(title="Ended", change=changes))
    story = Story(case, solve_plan(case))
    (bar,) = gantt.agreements(story)
    assert str(bar.last) == "2025-05-31"
    split = agreements.sides(story)
    assert split is not None
    assert len(split.rows) == 1
    plain = Story(tiny(), solve_plan(tiny()))
    assert agreements.sides(plain) is None
