"""``motorworks slot``: drawn and given orders, yesterday's days, bad input."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app

DAYS = "2025-04-01..2025-04-30"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def slot(*words: str) -> Result:
    """Run the verb with few moves."""
    return CliRunner().invoke(app, ["slot", *words, "--iterations", "20000"])


def orders_sheet(rows: list[str]) -> None:
    """Orders of the case tiny as the sheet ``orders.csv``."""
    head = "order,vehicle,market,promised,build_day"
    Path("orders.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


def built() -> dict[str, str]:
    """Day of each order in the folder ``out``."""
    with Path("out", "slotted_orders.csv").open(newline="") as file:
        return {row["order"]: row["day"] for row in csv.DictReader(file)}


def test_orders_of_a_sheet_get_days_and_frozen_days_stay() -> None:
    """A first run is written, a second one keeps its first days and says what moved."""
    orders_sheet([f"o{n},gamma,{m},2025-06-{n:02d},"
                  for n, m in enumerate(["home"] * 20, 1)])  # fmt: skip
    done = slot("tiny", "--orders", "orders.csv", "--days", DAYS, "--out", "out")
    assert done.exit_code == 0, done.output
    assert "nothing wrong" in done.stdout
    first = built()
    assert len(first) == 20
    done = slot("tiny", "--orders", "orders.csv", "--days", DAYS, "--since", "out", "--freeze", "5",
                "--json", "--out", "out", "--report", "days.html")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["months"][0]["parts"]["changed"] == 0
    assert built() == first
    assert "Orders to days" in Path("days.html").read_text("utf-8")


def test_what_is_wrong_with_orders_is_told_by_row() -> None:
    """An unknown market and a bad day are named with their row."""
    orders_sheet(["o1,gamma,moon,2025-06-01,", "o2,gamma,home,soon,"])
    done = slot("tiny", "--orders", "orders.csv", "--days", DAYS)
    assert done.exit_code == 2
    assert "orders.csv row 3, promised = 'soon'" in " ".join(done.stderr.split())


def test_a_frozen_day_needs_a_schedule() -> None:
    """--freeze alone is refused."""
    done = slot("tiny", "--freeze", "5")
    assert done.exit_code == 2
    assert "--since" in done.stderr


def test_a_schedule_that_cannot_be_read_is_refused() -> None:
    """A missing column is named."""
    Path("old.csv").write_text("order,line\na,b\n", "utf-8")
    orders_sheet(["o1,gamma,home,2025-06-01,"])
    done = slot("tiny", "--orders", "orders.csv", "--days", DAYS, "--since", "old.csv")
    assert done.exit_code == 2
    assert "required column is missing" in " ".join(done.stderr.split())


def test_orders_may_come_in_a_workbook() -> None:
    """The same orders in Excel get the same days as in CSV, each in the months they are due in."""
    orders_sheet(["o1,gamma,home,2025-05-20,", "o2,gamma,home,2025-05-09,"])
    pl.read_csv("orders.csv").write_excel("orders.xlsx")
    assert slot("tiny", "--orders", "orders.csv", "--out", "out").exit_code == 0
    first = built()
    assert slot("tiny", "--orders", "orders.xlsx", "--out", "out").exit_code == 0
    assert built() == first
    assert all(day.startswith("2025-04") for day in first.values())


def test_a_sheet_alone_is_refused_with_what_to_do() -> None:
    """Orders without a case have no days."""
    orders_sheet(["o1,gamma,home,2025-05-20,"])
    done = slot("orders.csv")
    assert done.exit_code == 2
    assert "--orders orders.csv" in " ".join(done.stderr.split())


def test_orders_that_cannot_be_built_are_refused() -> None:
    """A vehicle that no plant of these builds, and a day on which nothing is built, are named."""
    orders_sheet(["o1,gamma,home,2025-05-20,2025-04-06", "o2,gamma,home,2025-05-20,2025-04-05"])
    done = slot("tiny", "--orders", "orders.csv")
    assert done.exit_code == 2
    told = " ".join(done.stderr.split())
    assert "order o1 is fixed to a day that is not a working day" in told
    assert "order o2" in told


def test_what_was_built_before_the_first_day_is_not_slotted_again() -> None:
    """A schedule of yesterday that began earlier: its first orders are built, the others stay."""
    orders_sheet([f"o{n},gamma,home,2025-05-{n:02d}," for n in range(1, 21)])
    assert slot("tiny", "--orders", "orders.csv", "--days", DAYS, "--out", "out").exit_code == 0
    first = built()
    done = slot("tiny", "--orders", "orders.csv", "--days", "2025-04-14..2025-04-30", "--since",
                "out", "--freeze", "2", "--out", "out")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert set(built()) == {order for order, day in first.items() if day >= "2025-04-14"}


def test_orders_may_have_shifts() -> None:
    """With --shifts every order has a shift beside its day."""
    orders_sheet([f"o{n},gamma,home,2025-05-{n:02d}," for n in range(9, 21)])
    done = slot("tiny", "--orders", "orders.csv", "--days", DAYS, "--shifts", "--out", "out")
    assert done.exit_code == 0, done.output
    assert set(pl.read_csv("out/slotted_orders.csv")["shift"]) <= {1, 2}


def test_days_without_work_and_sheets_without_orders_are_refused() -> None:
    """A weekend has no slots, and an empty sheet does not mean orders of the plan."""
    orders_sheet(["o1,gamma,home,2025-05-20,"])
    done = slot("tiny", "--orders", "orders.csv", "--days", "2025-04-05..2025-04-06")
    assert done.exit_code == 2
    assert "no plant has orders and working days" in " ".join(done.stderr.split())
    orders_sheet([])
    done = slot("tiny", "--orders", "orders.csv")
    assert done.exit_code == 2
    assert "has no orders" in " ".join(done.stderr.split())
