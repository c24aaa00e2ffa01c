"""The plan solved again under every uncertain fact of the tiny case."""

import polars as pl
import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.fact_scenarios import fact_scenario
from motorworks.case.records.evidence import Fact
from motorworks.case.records.programme import Pin
from motorworks.case.scenario import apply_scenario
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan import focus, ranges, trials
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import margin_of, optimise, solve_plan, write_program

TINY = read_case(find_case("tiny"))


def margin_without_gamma(case: Case) -> float:
    """Margin of a case from which every row on Gamma at its plant is gone."""
    about = (pl.col("vehicle") == "gamma") & (pl.col("plant") == "south")
    names = ("allocations", "agreements", "pins", "costs")
    bare = {name: case.table(name).filter(~about) for name in names}
    return solve_plan(case.replace(**bare)).margin


def test_trials_are_lows_highs_and_disputed_values() -> None:
    """A chosen fact is tried at both ends, one that was set aside at its own value."""
    tried = [(trial.fact_id, trial.variant, trial.input) for trial in trials.trials_of(TINY)]
    assert ("gamma-start-late", "value", "2025-H2") in tried
    assert ("duty-electric", "low", "5") in tried
    assert ("duty-electric", "high", "40") in tried
    assert not any(fact_id == "gamma-start" for fact_id, *_ in tried)
    assert len(tried) == 1 + 2 * 6


def test_facts_that_the_plan_does_not_read_are_not_tried() -> None:
    """Background figures and columns of later stages cannot move a headline of the plan."""
    facts = [
        Fact(fact_id="heads", table="plants", key="north", field="heads", value="5", low="1",
             high="9", status="assumed"),
        Fact(fact_id="colour", table="background", key="-", field="colour", value="5", low="1",
             high="9", status="assumed"),
        Fact(fact_id="same", table="prices", key="*", field="price", value="5", low="5", high="5",
             status="assumed"),
    ]  # fmt: skip
    assert trials.trials_of(TINY.replace(facts=table_of(Fact, facts))) == []


def test_worth_of_the_focus_is_that_of_a_case_without_its_rows() -> None:
    """Closing the columns and rules of Gamma is the same as never having had them."""
    worth = focus.headline_values(TINY)[focus.WORTH].value
    assert worth == pytest.approx(solve_plan(TINY).margin - margin_without_gamma(TINY), rel=1e-9)
    assert worth > 0


def test_a_pin_on_the_focus_does_not_bind_the_case_without_it() -> None:
    """A plan without Gamma need not build the Gamma that were pinned."""
    pin = Pin(vehicle="gamma", plant="south", month="2025-05", minimum=40, reason="promised")
    pinned = TINY.replace(pins=table_of(Pin, [pin]))
    worth = focus.headline_values(pinned)[focus.WORTH].value
    expected = solve_plan(pinned).margin - margin_without_gamma(TINY)
    assert worth == pytest.approx(expected, rel=1e-9)


def test_a_case_without_a_focus_has_no_worth_of_it() -> None:
    """The margin and the other headlines stay; none is invented."""
    found = focus.headline_values(TINY.with_info(focus=None))
    assert focus.WORTH not in found
    assert found["margin"].value == pytest.approx(8875748.0137)


def test_without_focus_is_none_where_the_focus_is_not_allocated() -> None:
    """A focus whose allocation a scenario dropped has no worth."""
    nobody = TINY.table("allocations").filter(pl.col("vehicle") != "gamma")
    bare = TINY.replace(allocations=nobody, agreements=TINY.table("agreements").clear())
    assert focus.without_focus(bare, write_program(bare, PlanParams())) is None


@pytest.fixture(scope="module")
def solved() -> ranges.Ranges:
    """Ranges of the tiny case, solved in this process."""
    return ranges.solve_ranges(TINY, workers=1)


def test_every_move_is_that_of_a_plan_solved_afresh(solved: ranges.Ranges) -> None:
    """A trial that starts from another solution ends where a fresh one ends."""
    moves = solved.tables["moves"].filter(pl.col("headline") == "margin")
    assert moves.height == len(trials.trials_of(TINY))
    for row in moves.iter_rows(named=True):
        variant = "value" if row["variant"] == "alternative" else row["variant"]
        changed = apply_scenario(TINY, fact_scenario(TINY, row["fact_id"], variant))
        assert row["value"] == pytest.approx(solve_plan(changed).margin, rel=1e-9), row["fact_id"]
        assert row["change"] == pytest.approx(row["value"] - 8875748.0137, abs=0.01)


def test_headlines_span_what_the_trials_reached(solved: ranges.Ranges) -> None:
    """Low and high of a headline are the least and most of all trials and the base."""
    assert solved.complete
    moves = solved.tables["moves"]
    for row in solved.tables["headlines"].iter_rows(named=True):
        reached = [*moves.filter(headline=row["headline"])["value"].to_list(), row["value"]]
        assert (row["low"], row["high"]) == (min(reached), max(reached))


def test_at_a_break_even_the_worth_is_nearly_nothing(solved: ranges.Ranges) -> None:
    """Put into the case, the value found leaves the focus about worthless."""
    base = focus.headline_values(TINY)[focus.WORTH].value
    found = solved.tables["break_evens"].filter(
        pl.col("headline") == focus.WORTH, pl.col("break_even").is_not_null()
    )
    assert found.height > 0
    for row in found.iter_rows(named=True):
        facts = TINY.table("facts").with_columns(
            pl.when(fact_id=row["fact_id"]).then(pl.lit(repr(row["break_even"])))
            .otherwise("low").alias("low")
        )  # fmt: skip
        edited = TINY.replace(facts=facts)
        changed = apply_scenario(edited, fact_scenario(edited, row["fact_id"], "low"))
        assert abs(focus.headline_values(changed)[focus.WORTH].value) < 0.05 * base


def test_ctrl_c_keeps_what_is_done() -> None:
    """Stopped after the third trial, the tables hold three and say that they are not complete."""

    def stop(done: int, count: int) -> None:
        assert count == 13
        if done == 3:
            raise KeyboardInterrupt

    stopped = ranges.solve_ranges(TINY, workers=1, progress=stop)
    assert not stopped.complete
    tried = stopped.tables["moves"].select("fact_id", "variant").unique()
    assert tried.height == 3
    assert stopped.tables["break_evens"].height == 0
    assert stopped.tables["headlines"].height > 0


def test_a_trial_without_a_plan_is_passed_over() -> None:
    """A pin that only holds at the chosen capacity: the low end has no moves, the high end has."""
    pin = Pin(vehicle="gamma", plant="south", month="2025-04", minimum=55, reason="promised")
    moves = ranges.solve_ranges(TINY.replace(pins=table_of(Pin, [pin])), workers=1).tables["moves"]
    about = moves.filter(fact_id="pack-capacity", headline="margin")
    assert about["variant"].to_list() == ["high"]


def test_two_processes_find_what_one_finds(solved: ranges.Ranges) -> None:
    """The order and the figures do not depend on who solved them."""
    both = ranges.solve_ranges(TINY, workers=2)
    assert both.complete
    for name, table in solved.tables.items():
        other = both.tables[name]
        assert other.columns == table.columns
        for one, two in zip(table.rows(), other.rows(), strict=True):
            for cell, same in zip(one, two, strict=True):
                near = isinstance(cell, float)
                assert cell == (pytest.approx(same, rel=1e-6, abs=1e-3) if near else same)


def test_solution_of_the_base_starts_a_trial() -> None:
    """A trial that takes the basis of the base ends at the same margin in fewer iterations."""
    start = focus.solve_base(TINY)
    program = write_program(TINY, PlanParams(**TINY.info.plan))
    cold, warm = optimise(program), optimise(program, start.whole)
    assert warm.iterations < cold.iterations
    assert margin_of(program, warm) == pytest.approx(margin_of(program, cold))


def test_a_trial_without_a_plan_is_told_apart_from_one_that_moves_nothing() -> None:
    """A pin that one end of a fact cannot meet is a row of failures, with the reason."""
    pin = Pin(vehicle="gamma", plant="south", month="2025-04", minimum=36.0, reason="sold")
    found = ranges.solve_ranges(TINY.replace(pins=table_of(Pin, [pin])), workers=1).tables[
        "failures"
    ]
    assert found["fact_id"].to_list() == ["gamma-start-late"]
    assert "gamma at south" in found["why"][0]
