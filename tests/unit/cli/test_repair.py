"""``motorworks repair``: what it prints, writes and ends with."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app

ORDERS = "order,colour,options\na,red,x\nb,blue,\nc,red,x\nd,blue,\ne,red,\nf,blue,x\n"
RULES = "rule,kind,option,window,priority\nxs,spacing,x,2,high\n"


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sheets and an order in force, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "rules.csv").write_text(RULES)
    (tmp_path / "order.csv").write_text("car\na\nb\nc\nd\nf\ne\n")
    return tmp_path


def motorworks(*arguments: str) -> Result:
    """Run the command within this process."""
    command = ["repair", "order.csv", "--orders", "orders.csv", "--rules", "rules.csv"]
    return CliRunner().invoke(app, [*command, *arguments])


def cars(path: Path) -> str:
    """Names of the cars of a sheet, in their order."""
    return "".join(line.split(",")[1] for line in path.read_text().splitlines()[1:])


def test_cars_close_up_with_no_change(day: Path) -> None:
    """One drops out, one comes later: no rule asks for more in the first of the three orders."""
    done = motorworks("--now", "1", "--drop", "d", "--late", "c@4", "--iterations", "2000",
                      "--out", "new.csv")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert cars(day / "new.csv") == "abfce"
    assert (day / "new.csv").read_text().splitlines()[3] == "3,f,,blue,x,6,0"
    said = [line.split() for line in done.output.splitlines()]
    assert said[:2] == [
        ["order", "changes", "moved", "mark", "high", "colour", "hard"],
        ["fewest", "0", "1", "1,002", "1", "2", "0"],
    ]
    assert "fewest: new.csv" in done.output


def test_a_colour_that_is_down_stays_out(day: Path) -> None:
    """No red car among the third and fourth; the best of the three is written if wanted."""
    done = motorworks("--now", "1", "--down", "red@3-4", "--iterations", "2000", "--keep", "best",
                      "--out", "new.csv")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "best: new.csv" in done.output
    found = cars(day / "new.csv")
    assert sorted(found) == list("abcdef")
    assert found[0] == "a"
    assert set(found[2:4]) <= set("bdf")


def test_names_and_places_that_are_none_are_told_at_once(day: Path) -> None:
    """Options, values and what is allowed."""
    del day
    done = motorworks("--drop", "aa", "--late", "c", "--late", "cc@2", "--down", "rad@1-2")
    assert done.exit_code == 2
    assert done.output.splitlines()[:4] == [
        "--drop = 'aa': is no car of the day; did you mean 'a'?",
        "--late = 'c': must be CAR@PLACE",
        "--late = 'cc': is no car of the day; did you mean 'c'?",
        "--down = 'rad': is no colour of the day; did you mean 'red'?",
    ]
    assert "--late = 'c': is named twice" in motorworks("--late", "c@2", "--late", "c@3").output
    done = motorworks("--now", "2", "--drop", "a", "--late", "c@99")
    assert done.exit_code == 2
    assert "a is on the line already and cannot drop out" in done.output
    assert "c: position 99 is not one of the 5 of the day" in done.output


def test_a_car_that_comes_back_is_put_in(day: Path) -> None:
    """It stands in no row of the order in force, and comes at its place; the others move back."""
    (day / "order.csv").write_text("car\na\nb\nd\nf\ne\n")
    done = motorworks("--now", "1", "--add", "c@3", "--iterations", "2000", "--json")
    assert done.exit_code == 0, done.output
    fewest, _, best = json.loads(done.output)
    assert fewest["cars"] == list("abcdfe")
    assert (fewest["order"], fewest["changes"], fewest["values"]["high"]) == ("fewest", 0, 0.0)
    assert best["mark"] <= fewest["mark"]
    assert motorworks("--now", "1", "--json").exit_code == 2
    done = motorworks("--now", "1", "--add", "c", "--iterations", "2000", "--json")
    assert "".join(json.loads(done.output)[0]["cars"]) == "acbdfe"
