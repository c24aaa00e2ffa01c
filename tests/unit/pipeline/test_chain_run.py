"""The chain of stages: repeatable, resumed where it was stopped, taken over where unchanged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motorworks.errors import CaseError
from motorworks.pipeline import Run
from motorworks.pipeline import stages as chain
from tests.unit.pipeline.runs import made, small_case, tables

ALL = ["plan", "slot", "sequence", "simulate"]
MAKERS = {
    "slot": "slotted", "sequence": "sequenced", "simulate": "simulate_days",
    "ranges": "solve_ranges",
}  # fmt: skip


def taken(done: Run) -> list[str]:
    """Stages that were not run again."""
    stages = json.loads((done.folder / "run.json").read_text("utf-8"))["stages"]
    return [one["stage"] for one in stages if one["taken_from"]]


def stopped_at(
    stage: str, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> Callable[[], None]:
    """Let a stage fail; the function given back mends it."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(chain, MAKERS[stage], fail)
    return monkeypatch.undo


@pytest.mark.parametrize("stage", ["slot", "sequence", "simulate"])
def test_a_run_stopped_at_any_stage_goes_on_to_the_same_tables(
    stage: str, mine: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done before is not done again, and no folder of the unfinished run is left."""
    mended = stopped_at(stage, monkeypatch, MemoryError)
    with pytest.raises(MemoryError):
        made(mine, tmp_path / "out", ranges=True)
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "out.part" / "run.json").exists()
    mended()
    done = made(mine, tmp_path / "out", ranges=True)
    assert taken(done) == ALL[: ALL.index(stage)]
    assert tables(done.folder) == tables(whole)
    assert not (tmp_path / "out.part").exists()


def test_ctrl_c_in_the_ranges_ends_without_them_and_the_next_run_makes_them(
    mine: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is finished all the same; from it, the ranges alone are made."""
    mended = stopped_at("ranges", monkeypatch, KeyboardInterrupt)
    first = made(mine, tmp_path / "first", ranges=True)
    assert first.story.ranges is None
    mended()
    done = made(mine, tmp_path / "out", ranges=True, take_from=first.folder)
    assert taken(done) == ALL
    assert tables(done.folder) == tables(whole)


def test_the_same_run_again_gives_the_same_bytes(mine: Path, whole: Path, tmp_path: Path) -> None:
    """In every result table, on one worker as on two."""
    again = made(mine, tmp_path / "again", ranges=True, workers=1)
    assert tables(again.folder) == tables(whole)


def test_a_run_from_another_takes_over_all_that_did_not_change(whole: Path, tmp_path: Path) -> None:
    """Other replications are simulated; another demand is planned anew, and all that follows."""
    changed = small_case(tmp_path)
    info = changed / "case.toml"
    info.write_text(
        info.read_text("utf-8").replace("replications = 2", "replications = 3"), "utf-8"
    )
    done = made(changed, tmp_path / "one", take_from=whole)
    assert taken(done) == ALL[:3]
    demand = changed / "demand.csv"
    lines = demand.read_text("utf-8").splitlines()
    demand.write_text("\n".join([*lines[:-1], lines[-1] + "1"]) + "\n", "utf-8")
    assert taken(made(changed, tmp_path / "two", take_from=whole)) == []


def test_a_changed_run_is_not_taken_over(mine: Path, whole: Path, tmp_path: Path) -> None:
    """Its files are named."""
    import shutil

    copy = Path(shutil.copytree(whole, tmp_path / "copy"))
    (copy / "results" / "production.csv").write_text("month\n", "utf-8")
    with pytest.raises(CaseError, match=r"results/production.csv: is not as the run wrote it"):
        made(mine, tmp_path / "out", take_from=copy)


def test_a_finished_run_stays_until_the_next_is_finished(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run to the same folder that fails leaves the first as it was."""
    first = made(mine, tmp_path / "out", stages=["plan"])
    before = tables(first.folder)
    stopped_at("slot", monkeypatch, MemoryError)
    with pytest.raises(MemoryError):
        made(mine, tmp_path / "out")
    assert tables(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"stages": ["plan", "paint"]}, r"--stages = 'paint': must be among plan, slot"),
        ({"stages": ["plan", "simulate"]}, "--stages: simulate needs sequence"),
        ({"stages": ["plan"], "close_loop": True}, "--close-loop: needs simulate"),
    ],
)
def test_stages_that_cannot_be_are_refused(
    how: dict[str, Any], said: str, mine: Path, tmp_path: Path
) -> None:
    """Before anything is read."""
    with pytest.raises(CaseError, match=said):
        made(mine, tmp_path / "out", **how)
