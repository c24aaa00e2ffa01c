"""``motorworks run`` with days in sequence: asked for, refused, left out, told, verified."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app
from motorworks.sequence import days as stage
from tests.unit.sequence.drawn import backwards

RULES = """rule,kind,vehicle,at_most,window,priority
gammas,ratio,gamma,1,40,{}
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(stage, "solve_sequence", backwards)


def run(*words: str) -> Result:
    """Run the command line; days are put in order, and no more."""
    more = ["--stages", "plan,sequence"] if words[0] == "run" and "--stages" not in words else []
    return CliRunner().invoke(app, [*words, *more], prog_name="motorworks")


def case_with(priority: str) -> None:
    """The case tiny with a rule on the order of cars, as the case ``mine``."""
    assert run("new", "mine", "--from", "tiny").exit_code == 0
    Path("mine", "sequence_rules.csv").write_text(RULES.format(priority), "utf-8")


def test_a_day_of_a_case_with_rules_is_put_in_order_told_and_verified() -> None:
    """The days stand in the report, in the workbook's tables and in the command to repeat."""
    case_with("low")
    done = run("run", "mine", "--no-ranges", "--days", "2025-04-03..2025-04-04", "--out", "kept")
    assert done.exit_code == 0, done.output
    assert "2025-04-03: " in done.stdout
    assert "2025-04-04: " in done.stdout
    page = Path("kept", "report.html").read_text("utf-8")
    assert "A day in order: Friday, 4 April 2025" in page
    assert "run mine --stages plan,sequence --days 2025-04-03..2025-04-04 --no-ranges" in page
    assert Path("kept", "results", "sequence.csv").exists()
    assert run("verify", "kept").exit_code == 0


def test_a_sequence_that_breaks_a_hard_rule_ends_with_1() -> None:
    """The run is written all the same, and says how often."""
    case_with("hard")
    done = run("run", "mine", "--no-ranges", "--out", "kept")
    assert done.exit_code == 1
    assert "violations of hard rules" in " ".join(done.stdout.split())
    assert run("verify", "kept").exit_code == 0


def test_the_sequence_can_be_left_out() -> None:
    """The command to repeat says so."""
    case_with("hard")
    done = run("run", "mine", "--no-ranges", "--stages", "plan", "--out", "kept")
    assert done.exit_code == 0
    assert not Path("kept", "results", "sequence.csv").exists()
    assert "--stages plan --no-ranges" in Path("kept", "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("tomorrow", "--days = 'tomorrow': must be a day as 2025-10-01, or first..last"),
        ("2025-03-04..2025-03-03", "must be a day as 2025-10-01, or first..last"),
        ("2031-01-01", "no line with sequence rules or colours builds then; days are from"),
    ],
)
def test_days_that_cannot_be_are_refused_with_code_2(days: str, said: str) -> None:
    """Nothing is written."""
    case_with("low")
    done = run("run", "mine", "--no-ranges", "--out", "kept", "--days", days)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path("kept").exists()


def test_days_of_a_case_without_rules_are_refused_with_code_2() -> None:
    """Any order would be as good."""
    done = run("run", "tiny", "--no-ranges", "--days", "2025-03-03")
    assert done.exit_code == 2
    assert "the case has no sequence rules and no colours" in done.stderr


def test_wrong_settings_of_the_sequence_are_refused_with_code_2() -> None:
    """By the check as by the run."""
    case_with("low")
    with Path("mine", "case.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sequence]\nobjectives = ["cost"]\n')
    for verb in ("check", "run"):
        done = run(verb, "mine")
        assert done.exit_code == 2
        assert "case.toml, sequence.objectives" in done.stderr
