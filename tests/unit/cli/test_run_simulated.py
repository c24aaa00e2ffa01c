"""``motorworks run`` with days simulated, and ``motorworks simulate`` on its run folder."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app
from motorworks.sequence import days as stage
from tests.unit.sequence.drawn import backwards

RULES = "rule,kind,vehicle,at_most,window,priority\ngammas,ratio,gamma,1,40,low\n"
DAYS = ("--days", "2025-04-03..2025-04-04")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(stage, "solve_sequence", backwards)


def run(*words: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, list(words), prog_name="motorworks")


@pytest.fixture
def mine() -> str:
    """The case tiny with a rule on the order of cars and few replications."""
    assert run("new", "mine", "--from", "tiny").exit_code == 0
    Path("mine", "sequence_rules.csv").write_text(RULES, "utf-8")
    info = Path("mine", "case.toml")
    info.write_text(f"{info.read_text('utf-8')}\n[simulate]\nreplications = 3\n", "utf-8")
    return "mine"


def test_days_in_order_are_simulated_told_verified_and_read_again(mine: str) -> None:
    """The report, the run folder and the check all know of them; twice gives the same tables."""
    done = run("run", mine, "--no-ranges", *DAYS, "--out", "kept")
    assert done.exit_code == 0, done.output
    assert "simulated: " in done.stdout
    page = Path("kept", "report.html").read_text("utf-8")
    assert "What holds the plant back" in page
    assert run("verify", "kept").exit_code == 0
    assert run("run", mine, "--no-ranges", *DAYS, "--out", "again").exit_code == 0
    tables = sorted(path.name for path in Path("kept", "results").glob("sim_*"))
    assert "sim_elements.parquet" in tables
    for name in tables:
        first, second = (Path(home, "results", name).read_bytes() for home in ("kept", "again"))
        assert first == second, name


def test_the_simulation_can_be_left_out(mine: str) -> None:
    """The command to repeat says so."""
    done = run("run", mine, "--no-ranges", *DAYS, "--stages", "slot,sequence", "--out", "kept")
    assert done.exit_code == 0
    assert not Path("kept", "results", "sim_elements.csv").exists()
    assert "--stages plan,slot,sequence" in Path("kept", "report.html").read_text("utf-8")


def test_the_loop_of_plan_and_simulation_is_closed(mine: str) -> None:
    """Each turn is told; the plan in the end is verified with the paces that were measured."""
    done = run("run", mine, "--no-ranges", *DAYS, "--close-loop", "--out", "kept")
    assert done.exit_code == 0, done.output
    turns = pl.read_parquet("kept/results/sim_turns.parquet")
    last = turns.filter(pl.col("turn") == turns["turn"].max())
    assert turns["turn"].max() >= 2
    assert (last["change_pct"].abs() < 0.5).all()
    assert "Plan and simulation in turn" in Path("kept", "report.html").read_text("utf-8")
    assert "turn 2: " in done.stdout
    assert run("verify", "kept").exit_code == 0


def test_a_loop_without_days_in_order_is_refused() -> None:
    """There is nothing to simulate."""
    assert run("new", "mine", "--from", "tiny").exit_code == 0
    done = run("run", "mine", "--no-ranges", "--close-loop", "--out", "kept")
    assert done.exit_code == 2
    assert "--close-loop: needs days in sequence" in " ".join(done.stderr.split())


def test_a_plant_is_simulated_from_the_command_line(mine: str) -> None:
    """JSON with every table, a page, visits, an event log and the tables as files."""
    done = run(
        "simulate", mine, "--days", "2025-04-01..2025-04-04", "--gains", "--json",
        "--report", "page.html", "--visits", "visits.parquet", "--ocel", "log.json",
        "--out", "tables",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["simulated"]["replications"] == 3
    assert told["check"]["clean"]
    assert told["tables"]["sim_paces"]
    assert pl.read_parquet("visits.parquet").height > 0
    assert "objectTypes" in json.loads(Path("log.json").read_text("utf-8"))
    assert "What holds the plant back" in Path("page.html").read_text("utf-8")
    assert Path("tables", "sim_gains.csv").exists()


def test_places_are_given_out_from_the_command_line(mine: str) -> None:
    """A store between two stations gets what there is to give."""
    Path("mine", "stations.csv").write_text(
        "station,shop,position,cycle_s,law,shape\n"
        "a,north-line,1,2500,lognormal,0.3\nb,north-line,2,2500,lognormal,0.3\n", "utf-8"
    )  # fmt: skip
    Path("mine", "buffers.csv").write_text(
        "buffer,from_station,to_station,capacity\ngap,a,b,1\n", "utf-8"
    )
    done = run("simulate", mine, "--plant", "north", "--days", "2025-04-01..2025-04-04",
               "--improve", "buffers", "--budget", "2")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "gap: 2 more places, 3 in all" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--plant", "nowhere"), "does not stand in plants"),
        (("--days", "tomorrow"), "must be a day as 2025-10-01, or first..last"),
        (("--report", "no/such/folder.html"), "no folder no/such"),
        (("--run", "nothing"), "no such folder of a run"),
    ],
)
def test_what_cannot_be_simulated_is_refused_with_code_2(
    mine: str, words: tuple[str, ...], said: str
) -> None:
    """Before anything is simulated."""
    done = run("simulate", mine, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
