"""``motorworks plan``: what it prints, writes and ends with."""

from pathlib import Path

import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from motorworks.cli.main import app
from motorworks.cli.plan_answers import Options, case_of
from motorworks.io.case_folder import find_case, read_case, write_case
from tests.unit.plan.explain.over_pinned import pin, pinned


def motorworks(*arguments: str) -> Result:
    """Run the command within this process."""
    return CliRunner().invoke(app, ["plan", *arguments])


def test_the_plan_is_told_and_checked() -> None:
    """The headlines and the verdict, and nothing of ranges."""
    done = motorworks("tiny")
    assert done.exit_code == 0, done.output
    assert "8,875,748" in done.output
    assert "check: nothing wrong" in done.output


def test_a_wish_is_priced_and_what_it_changes_is_listed(tmp_path: Path) -> None:
    """The cost, the cars moved, and the table as files."""
    done = motorworks(
        "tiny", "--why-not", "gamma at south from 2025-05", "--out", str(tmp_path / "o")
    )
    assert done.exit_code == 0, done.output
    assert "can be had: costs 7,175 USD, 0.08% of the margin" in done.output
    changes = pl.read_parquet(tmp_path / "o" / "wish_changes.parquet")
    assert changes.filter(pl.col("what") == "margin")["change"].to_list() == pytest.approx([-7175])
    assert (tmp_path / "o" / "production.csv").exists()


def test_a_wish_is_told_with_every_objective_where_there_are_several(tmp_path: Path) -> None:
    """A wish may earn money by worsening what stands before the margin, so both are shown."""
    case = read_case(find_case("tiny"))
    plan = {**case.info.plan, "objectives": ["demand", "margin"]}
    write_case(case.with_info(plan=plan), tmp_path / "case")
    done = motorworks(str(tmp_path / "case"), "--why-not", "no gamma at south")
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "demand 0 90 vehicles" in lines
    assert "margin 8,875,748 7,895,027 reporting currency" in lines


def test_a_wish_that_cannot_be_had_is_an_answer() -> None:
    """There is a plan, so that the command has done its work."""
    done = motorworks("tiny", "--why-not", "90 gamma at south in 2025-05")
    assert done.exit_code == 0, done.output
    assert "cannot be had" in done.output
    assert "  1. 2 fewer cars than wished: costs" in done.output


def test_a_wish_that_cannot_be_read_ends_with_2() -> None:
    """As any input that is wrong."""
    done = motorworks("tiny", "--why-not", "gama at south from 2025-05")
    assert done.exit_code == 2
    assert "did you mean 'gamma'?" in done.output


def test_a_second_wish_is_refused_and_not_dropped() -> None:
    """Each wish is a run of its own."""
    done = motorworks("tiny", "--why-not", "no gamma at south", "--why-not", "no beta at north")
    assert done.exit_code == 2
    assert "one wish at a time, 2 were given" in done.output


def test_a_case_without_a_plan_ends_with_1_and_ways_out(tmp_path: Path) -> None:
    """Conflicts first, then what would do."""
    pins = [pin(vehicle, "north", "2025-01", 130) for vehicle in ("alpha", "beta")]
    write_case(pinned(pins), tmp_path / "case")
    done = motorworks(str(tmp_path / "case"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "conflict (checked): these cannot all be met" in done.output
    assert (
        "24 more hours at north (north-line) in January 2025: margin 8,872,068 USD" in done.output
    )
    assert pl.read_csv(tmp_path / "out" / "conflicts.csv").height == 3


def test_alternatives_are_listed_beside_the_best(tmp_path: Path) -> None:
    """A column a plan, the range, and their tables."""
    done = motorworks("tiny", "-a", "2", "--within", "1", "--out", str(tmp_path / "near"))
    assert done.exit_code == 0, done.output
    assert "2 plans within 1 % of the best margin" in done.output
    assert "starts, shifts, sites and exits are the same in all" in done.output
    assert "best: 8,875,748 USD, plan 1: " in done.output
    assert pl.read_parquet(tmp_path / "near" / "alternatives.parquet")["plan"].max() == 2


def test_settings_given_stand_above_those_of_the_case() -> None:
    """The case then carries them, so that a check holds the plan to them."""
    given = case_of("tiny", Options([], None, 0, 1.0, None, time_limit=7.0, gap=2.0))
    assert given.info.plan["time_limit_s"] == 7.0
    assert given.info.plan["gap_pct"] == 2.0
    assert given.info.plan["lost_penalty"] == 1000
