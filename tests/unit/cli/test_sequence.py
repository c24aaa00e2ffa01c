"""``motorworks sequence``: what it prints, writes and ends with."""

import json
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motorworks.cli import search_line, sequence_run
from motorworks.cli.main import app
from motorworks.sequence.progress import Progress
from tests.small_renault import write_sheets


def motorworks(*arguments: object) -> Result:
    """Run the command within this process."""
    return CliRunner().invoke(app, ["sequence", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A smallest instance; the best of its 24 orders, a d b c, counts 3, 2 and 1."""
    return write_sheets(tmp_path / "small")


def words(done: Result) -> str:
    """What was printed, blanks as one."""
    return " ".join(done.output.split())


def test_the_order_as_given_is_scored(folder: Path) -> None:
    """Windows of HP1 hold d1 d2 a: 2 too many, then d2 a, and a b c: 4; b c is one of LP1."""
    done = motorworks("--roadef", folder, "--score", "given")
    assert done.exit_code == 0, done.output
    assert "mark 4,002,001" in done.output
    assert "rules of high priority 4 1,000,000 4,000,000" in words(done)
    assert "HP1 high 3 4" in words(done)
    assert "all hard rules hold" in done.output


def test_an_edited_sheet_is_scored(folder: Path, tmp_path: Path) -> None:
    """The sheet that --out writes, with rows moved and columns taken away."""
    out = tmp_path / "sequence.csv"
    assert motorworks("--roadef", folder, "--score", "given", "--out", out).exit_code == 0
    lines = out.read_text().splitlines()
    assert lines[:2] == ["position,car,vehicle,colour,options,given,broken", "1,a,,2,HP1,1,1"]
    cars = [line.split(",")[1] for line in lines[1:]]
    out.write_text("\n".join(["car", cars[3], *cars[1:3], cars[0]]))
    done = motorworks("--roadef", folder, "--score", out, "--json")
    assert json.loads(done.output)["mark"] == 3_003_001
    out.write_text("car\na\nb\nb\n")
    done = motorworks("--roadef", folder, "--score", out)
    assert done.exit_code == 2
    assert "sequence.csv row 4, car = 'b': stands in row 3 too" in done.output
    assert "sequence.csv, car = 'd': stands in no row" in done.output


def test_json_is_all_that_is_printed(folder: Path) -> None:
    """So that a program can read it."""
    told = json.loads(motorworks("--roadef", folder, "--score", "given", "--json").stdout)
    assert told["mark"] == 4_002_001
    assert told["broken"] == 0
    assert [row["value"] for row in told["objectives"]] == [4, 2, 1]
    assert told["rules"][0] == {"rule": "HP1", "priority": "high", "places": 3, "counted": 4}
    assert told["batches"] == 3


def test_violations_are_written_window_by_window(folder: Path, tmp_path: Path) -> None:
    """First and last place, 0 and below being the day before."""
    motorworks("--roadef", folder, "--score", "given", "--violations", tmp_path / "v.csv")
    assert (tmp_path / "v.csv").read_text().splitlines() == [
        "rule,first,last,priority,found,allowed,cost",
        "HP1,-1,1,high,3,1,2", "HP1,0,2,high,2,1,1", "HP1,1,3,high,2,1,1", "LP1,2,3,low,2,1,1",
    ]  # fmt: skip


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    """What it leads to is written, not replaced; so are devices and pipes."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    motorworks("--roadef", folder, "--score", "given", "--out", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("position,car")


def test_files_are_written_before_anything_is_printed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who pipes the output into `head` gets the files all the same."""

    def closed(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(sequence_run, "tell_score", closed)
    motorworks("--roadef", folder, "--score", "given", "--out", tmp_path / "sequence.csv")
    assert (tmp_path / "sequence.csv").exists()


def test_a_report_is_a_page(folder: Path, tmp_path: Path) -> None:
    """The strip of cars, without a search."""
    page = tmp_path / "page.html"
    done = motorworks("--roadef", folder, "--score", "given", "--report", page)
    assert done.exit_code == 0, done.output
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert "4. d" in page.read_text()


def test_broken_hard_rules_end_with_1(folder: Path, tmp_path: Path) -> None:
    """Three of one colour in a row where two are the limit."""
    (folder / "vehicles.txt").write_text(
        (folder / "vehicles.txt").read_text().replace("a;2;", "a;1;")
    )
    done = motorworks("--roadef", folder, "--score", "given")
    assert done.exit_code == 1
    assert "hard rules are broken: 1 violation" in done.output
    assert "paint batch hard 1 1" in words(done)


def test_an_order_is_found_checked_and_written(folder: Path, tmp_path: Path) -> None:
    """The best mark of the small day, proven or at the end of its moves; the same again."""
    out = tmp_path / "sequence.csv"
    told = []
    for _ in range(2):
        done = motorworks(
            "--roadef", folder, "--iterations", 20_000, "--seed", 3, "--out", out, "--json"
        )
        assert done.exit_code == 0, done.output
        told.append((json.loads(done.output)["mark"], out.read_text()))
    assert told[0] == told[1]
    score = json.loads(motorworks("--roadef", folder, "--score", out, "--json").output)
    assert score["mark"] == told[0][0] == 3_002_001


def test_a_found_order_is_told_with_its_bounds(folder: Path) -> None:
    """Each objective beside what no order can be below, and how it was searched."""
    done = motorworks("--roadef", folder, "--iterations", 20_000)
    assert "objective found at least weight" in words(done)
    assert "bound of " in done.output
    assert "seed 1, 1 thread" in done.output


def test_ctrl_c_keeps_the_best_order(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written as if the time were up."""

    def interrupt(_self: object, _found: Progress) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(search_line.SearchLine, "__call__", interrupt)
    out = tmp_path / "sequence.csv"
    done = motorworks("--roadef", folder, "--time-limit", 1, "--out", out)
    assert done.exit_code == 0, done.output
    assert len(out.read_text().splitlines()) == 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say where the cars come from: --roadef, --csplib or --orders"),
        (["--roadef", "a", "--csplib", "b"], "one source of cars at a time, not --roadef and"),
        (["--roadef", "a", "--rules", "b"], "rules go with the cars of --orders"),
        (["--roadef", "a", "--score", "given", "--target", "3"], "not with --score"),
        (["--roadef", "a", "--score", "given", "--threads", "2"], "not with --score"),
        (["--roadef", "a", "--score", ""], "names no file; `given` scores the order in which"),
        (["--roadef", "a", "--time-limit", "nan"], "--time-limit"),
        (["--roadef", "a", "--target", "inf"], "must be a finite number"),
        (["--roadef", "a", "--iterations", "9" * 30], "--iterations"),
        (["--roadef", "a", "--seed", "-1"], "--seed"),
        (["--roadef", "no-such-folder"], "no-such-folder: is no folder"),
        (["--csplib", "no-such-file.txt"], "no-such-file.txt: cannot be read"),
        (["--orders", "none.csv", "--rules", "none-either.csv"], "none-either.csv: cannot be"),
    ],
)
def test_what_cannot_be_meant_is_told(arguments: list[str], told: str) -> None:
    """Exit code 2, as for any bad input."""
    done = motorworks(*arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("│", " ").split())


@pytest.mark.parametrize("option", ["--out", "--violations", "--report"])
def test_what_cannot_be_written_is_told_before_the_search(
    folder: Path, tmp_path: Path, option: str
) -> None:
    """Nobody waits a minute for nothing."""
    done = motorworks("--roadef", folder, option, tmp_path / "none" / "file")
    assert done.exit_code == 2
    assert "cannot be written: no folder" in done.output
    done = motorworks("--roadef", folder, option, tmp_path)
    assert "is a folder, not a file" in done.output


def test_nothing_is_written_over_by_mistake(folder: Path, tmp_path: Path) -> None:
    """No output takes the place of an input, or of another output."""
    sheet, out = folder / "ratios.txt", tmp_path / "out.csv"
    before = sheet.read_bytes()
    same = ("--violations", out, "--report", tmp_path / "." / "out.csv")
    done = motorworks("--roadef", folder, "--score", "given", "--out", sheet, *same)
    assert done.exit_code == 2
    assert "ratios.txt: is read as input and would be written over" in words(done)
    assert "out.csv: is named for two outputs" in words(done)
    assert sheet.read_bytes() == before
    assert not out.exists()


def test_a_file_that_cannot_be_written_loses_neither_the_others_nor_the_mark(
    folder: Path, tmp_path: Path
) -> None:
    """A full disk is seen only while writing."""
    full, out = Path("/dev/full"), tmp_path / "violations.csv"
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    done = motorworks(
        "--roadef", folder, "--score", "given", "--out", full, "--violations", out
    )  # fmt: skip
    assert done.exit_code == 2
    assert "/dev/full: cannot be written" in words(done)
    assert "mark 4,002,001" in done.output
    assert out.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_a_signal_that_is_ignored_stays_so() -> None:
    """A search under nohup goes on when its terminal is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with sequence_run.ended_as_by_ctrl_c():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_ends_the_search_from_outside_gets_the_best_order(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As by Ctrl-C; and the signal means what it meant once the search is over."""
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"this system has no {name}")
    before = signal.getsignal(number)
    show = search_line.SearchLine.__call__

    def ended(line: search_line.SearchLine[Progress], found: Progress) -> None:
        show(line, found)
        signal.raise_signal(number)

    monkeypatch.setattr(search_line.SearchLine, "__call__", ended)
    out = tmp_path / "sequence.csv"
    done = motorworks("--roadef", folder, "--iterations", 10**9, "--out", out)
    assert done.exit_code == 0, done.output
    assert "stopped by hand" in done.output
    assert len(out.read_text().splitlines()) == 5
    assert signal.getsignal(number) == before
