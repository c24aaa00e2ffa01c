"""``motorworks store`` and ``motorworks front``: what they print, write and end with."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app

BODIES = "body,wanted,colour\nc,3,red\nd,4,blue\na,1,red\nb,2,blue\n"
ORDERS = "order,colour,options\na,red,x\nb,blue,x\nc,red,x\nd,blue,\n"
RULES = "rule,kind,option,window,priority\nxs,spacing,x,2,high\n"


def motorworks(*arguments: str) -> Result:
    """Run the command within this process."""
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bodies and a day, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bodies.csv").write_text(BODIES)
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "rules.csv").write_text(RULES)
    return tmp_path


def test_a_store_restores_the_wanted_order(folder: Path) -> None:
    """Three places put four bodies in order; order and events are written."""
    done = motorworks("store", "restore", "--bodies", "bodies.csv", "--places", "3",
                      "--out", "out.csv", "--events", "events.csv", "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["proven"]
    assert (told["as_they_come"]["overtaken"], told["given_out"]["overtaken"]) == (2.0, 0.0)
    rows = [line.split(",") for line in (folder / "out.csv").read_text().splitlines()[1:]]
    assert [row[1] for row in rows] == ["a", "b", "c", "d"]
    assert len((folder / "events.csv").read_text().splitlines()) == 9


def test_one_place_beside_the_line_is_not_enough(folder: Path) -> None:
    """Two bodies wait for two others, but only one can be pulled off."""
    done = motorworks("store", "restore", "--bodies", "bodies.csv", "--pull-off", "1")
    assert done.exit_code == 0, done.output
    assert "bodies overtaken" in done.output
    assert "proven" in done.output


def test_the_mark_of_the_line_behind_can_count(folder: Path) -> None:
    """With all bodies in reach the one without the option parts two of those with it."""
    done = motorworks("store", "restore", "--bodies", "bodies.csv", "--places", "4", "--count",
                      "mark", "--orders", "orders.csv", "--rules", "rules.csv",
                      "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["broken"] == 0


def test_batches_have_fewer_changes_than_bodies_as_they_come(folder: Path) -> None:
    """Red, blue, red, blue become two batches; a limit of one breaks none with both in reach."""
    done = motorworks("store", "batches", "--bodies", "bodies.csv", "--lanes", "2x3", "--fill",
                      "3", "--json")  # fmt: skip
    told = json.loads(done.output)
    assert told["as_they_come"]["colour_changes"] == 3.0
    assert told["given_out"]["colour_changes"] == 1.0
    assert done.exit_code == 0
    (folder / "bodies.csv").write_text("body,colour\n1,red\n2,red\n")
    done = motorworks("store", "batches", "--bodies", "bodies.csv", "--places", "2", "--most", "1")
    assert done.exit_code == 1
    assert "limits broken: 1" in done.output


def test_a_store_is_sized_and_one_that_is_never_enough_ends_with_one(folder: Path) -> None:
    """A scramble of nothing needs one place; lanes of one place never restore long repairs."""
    done = motorworks("store", "size", "--repair-pct", "0", "--json")
    assert (done.exit_code, json.loads(done.output)["places"]) == (0, 1)
    done = motorworks("store", "size", "--lanes", "1x1", "--keep", "100")
    assert done.exit_code == 1
    assert "no store tried" in done.output


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ("body\na\n", "bodies.csv row 1, wanted: required column is missing"),
        ("body,wanted\na,1\na,2\n", "bodies.csv row 3, body = 'a': stands in row 2 too"),
        ("body,wanted\na,1\nb,5\n", "row 3, wanted = '5': must be a whole number from 1 to 2"),
        ("body,wanted\na,1\nb,1\n", "row 3, wanted = '1': stands in row 2 too"),
        ("body,wanted\n", "bodies.csv: has no bodies"),
        ("body,wanted\n,1\n", "bodies.csv row 2, body: is missing"),
    ],
)
def test_bodies_that_are_wrong_are_told_by_row(folder: Path, bodies: str, said: str) -> None:
    """Exit code 2, and the place of the fault."""
    (folder / "bodies.csv").write_text(bodies)
    done = motorworks("store", "restore", "--bodies", "bodies.csv", "--places", "3")
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    "wrong",
    [
        ["paint", "--demo", "5", "--places", "2"],
        ["restore", "--places", "2"],
        ["restore", "--demo", "5"],
        ["restore", "--demo", "5", "--places", "2", "--lanes", "2x2"],
        ["restore", "--demo", "5", "--lanes", "0x2"],
        ["restore", "--demo", "5", "--lanes", "wide"],
        ["restore", "--demo", "5", "--places", "2", "--fill", "3"],
        ["restore", "--demo", "5", "--places", "2", "--delay", "long"],
        ["restore", "--demo", "5", "--places", "2", "--delay", "9-3"],
        ["restore", "--demo", "5", "--places", "2", "--count", "luck"],
        ["restore", "--demo", "5", "--places", "2", "--most", "2"],
        ["restore", "--demo", "5", "--places", "2", "--orders", "orders.csv"],
        ["restore", "--demo", "5", "--places", "2", "--out", "o.csv", "--events", "o.csv"],
        ["size", "--places", "2"],
        ["size", "--out", "o.csv"],
        ["restore", "--demo", "5", "--places", "2", "--count", "mark"],
    ],
)
def test_a_command_line_that_is_wrong_ends_with_two(wrong: list[str]) -> None:
    """No traceback, exit code 2."""
    done = motorworks("store", *wrong)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output


def test_the_front_of_a_day_is_shown_and_written(folder: Path) -> None:
    """Points from the fewest colour changes on, each with fewer violations; an order for each."""
    done = motorworks("front", "--orders", "orders.csv", "--rules", "rules.csv", "--out", "front",
                      "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["whole"]
    points = [(row["colour"], row["high"]) for row in told["points"]]
    assert points == sorted(points)
    assert [high for _, high in points] == sorted({high for _, high in points}, reverse=True)
    orders = sorted(path.name for path in (folder / "front").iterdir())
    assert orders == ["front.csv", *(f"order-{n}.csv" for n in range(1, len(points) + 1))]
