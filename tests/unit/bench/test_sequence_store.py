"""Finished runs of the sequence benches are kept through crashes and never redone."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.sequence_drive import Changed, Failed, run_all
from bench.sequence_run import run
from bench.sequence_store import Job, Run, Store, revision

DAY = "12x3x2"


def given(seed: int = 1, seconds: float = 1.0) -> Job:
    """A job that scores a generated day as given."""
    return Job("generated", DAY, "given", seed=seed, seconds=seconds)


def test_a_run_is_read_back_as_it_was_written() -> None:
    """All fields of a run, its job and bounds among them, survive the file."""
    done = replace(run(given()), bounds={"high": (1.0, 2.0, "counting")}, first_s=0.5)
    assert Run.read(done.written()) == done


def test_a_store_goes_on_with_what_is_on_file(tmp_path: Path) -> None:
    """A second store of the same file has the runs of the first; half a line is passed over."""
    path = tmp_path / "deep" / "runs.jsonl"
    first = Store(path)
    first.add(run(given(1)))
    with path.open("a") as file:
        file.write('{"job": {"source": "gen')  # a writer killed here
    second = Store(path)
    second.add(run(given(2)))
    third = Store(path)
    assert len(third) == 2
    assert third.get(given(2), revision("given")) == second.get(given(2), revision("given"))


def test_only_what_is_missing_is_done(tmp_path: Path) -> None:
    """Jobs on file are not done again, a job that differs in seed or time is; each job once."""
    done: list[Job] = []

    def do(job: Job, _: list[int]) -> Run:
        done.append(job)
        return run(job)

    path = tmp_path / "runs.jsonl"
    run_all([given(1), given(2), given(1)], Store(path), do=do, quiet=True)
    wanted = [given(1), given(2), given(3), given(1, seconds=2.0)]
    runs = run_all(wanted, Store(path), do=do, quiet=True)
    assert sorted(done, key=str) == sorted({*done}, key=str)
    assert len(done) == 4
    assert [one.job for one in runs] == wanted


def test_a_run_of_other_code_is_done_again(tmp_path: Path) -> None:
    """A run stands for one revision of the code alone."""
    store = Store(tmp_path / "runs.jsonl")
    store.add(replace(run(given()), revision="older"))
    assert store.get(given(), revision("given")) is None
    assert store.get(given(), "older") is not None


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    """A run that fails is told at the end, after all others are done and kept."""

    def do(job: Job, _: list[int]) -> Run:
        if job.seed == 1:
            message = "seed 1 is broken"
            raise Failed(message)
        return run(job)

    path = tmp_path / "runs.jsonl"
    with pytest.raises(Failed, match="seed 1 is broken"):
        run_all([given(1), given(2), given(3)], Store(path), at_once=1, do=do, quiet=True)
    assert len(Store(path)) == 2


def test_code_that_changes_under_way_stops_the_bench(tmp_path: Path) -> None:
    """A run that says it was made by another revision is not kept for this one."""
    path = tmp_path / "runs.jsonl"
    with pytest.raises(Changed):
        run_all(
            [given()], Store(path), do=lambda job, _: replace(run(job), revision="x"), quiet=True
        )
    assert len(Store(path)) == 0


def test_the_revision_follows_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The revision is that of the files' names and content: it changes and comes back with them."""
    monkeypatch.setattr("bench.sequence_store.ROOT", tmp_path)
    monkeypatch.setattr("bench.sequence_store.CODE", {"motorworks": ("stage", "gone")})
    (tmp_path / "stage" / "moves").mkdir(parents=True)
    file = tmp_path / "stage" / "moves" / "swap.py"
    seen = []
    for text in ("a = 1\n", "a = 2\n", "a = 1\n"):
        file.write_text(text)
        seen.append(revision("motorworks"))
    file.rename(file.with_name("insert.py"))
    assert seen[0] == seen[2] != seen[1]
    assert revision("motorworks") not in seen
