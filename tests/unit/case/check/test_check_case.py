"""The whole of the check: a sound case, order, long lists, the page."""

from pathlib import Path

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.check import LISTED, check_case, doubts_about
from motorworks.case.check.page import rules_page
from motorworks.case.tables import TABLES

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "checks.md"
REMAKE = "from motorworks.case.check.page import rules_page; print(rules_page(), end='')"


def test_the_sound_case_has_rows_in_every_table(sound: Case) -> None:
    """Otherwise a rule on an empty table would be silent for the wrong reason."""
    assert [name for name in TABLES if sound.table(name).height == 0] == []


def test_a_sound_case_has_no_problem_and_no_doubt(sound: Case) -> None:
    """No rule cries wolf."""
    assert [str(problem) for problem in check_case(sound) + doubts_about(sound)] == []


def test_problems_of_all_rules_are_listed_at_once_in_the_order_of_the_tables(sound: Case) -> None:
    """Who mends a case reads one file after the other."""
    faulty = sound.replace(
        lanes=sound.table("lanes").with_columns(market=pl.lit("uss")),
        plants=sound.table("plants").with_columns(country=pl.lit("KO")),
        colour_mix=sound.table("colour_mix").with_columns(share_pct=pl.lit(90.0)),
    )
    files = [problem.file for problem in check_case(faulty)]
    order = {f"{name}.csv": place for place, name in enumerate(TABLES)}
    assert {"plants.csv", "lanes.csv", "colour_mix.csv"} <= set(files)
    assert files == sorted(files, key=lambda file: order[file])


@pytest.mark.parametrize(("extra", "told"), [(0, LISTED), (7, LISTED + 1)])
def test_a_fault_in_many_rows_is_listed_up_to_a_number_and_then_counted(
    sound: Case, extra: int, told: int
) -> None:
    """One misspelt name in five thousand rows does not bury the rest."""
    row = sound.table("actuals").with_columns(plant=pl.lit("nowhere"))
    count = LISTED + extra
    faulty = sound.replace(actuals=pl.concat([row] * count))
    problems = check_case(faulty)
    assert len(problems) == told
    assert [p.message for p in problems if p.row is None] == (
        ["and 7 more rows with the same problem"] if extra else []
    )


def test_evidence_is_left_out_where_a_scenario_has_changed_the_tables(sound: Case) -> None:
    """A what-if contradicts the facts on purpose."""
    pace = pl.when(pl.col("shop") == "final").then(31.0).otherwise(pl.col("jph"))
    changed = sound.replace(shop_rates=sound.table("shop_rates").with_columns(jph=pace))
    assert [problem.file for problem in check_case(changed)] == ["facts.csv"]
    assert check_case(changed, as_given=False) == []


def test_the_page_of_rules_is_what_the_docstrings_say() -> None:
    """Write it anew with: python -c "<REMAKE>" > docs/reference/checks.md."""
    assert PAGE.read_text("utf-8") == rules_page(), f'python -c "{REMAKE}" > {PAGE}'
