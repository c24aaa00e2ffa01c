"""Stages that do not fit together are found, car by car; and a car is followed along them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from motorworks.cli.main import app
from motorworks.errors import CaseError
from motorworks.io.run_folder import RunFiles, read_run
from motorworks.result.trace import orders_of, trace_car
from motorworks.result.verify.chain import CHAIN_RULES
from motorworks.result.verify.whole_run import verify_run


@pytest.fixture(scope="session")
def files(whole: Path) -> RunFiles:
    """The run, read back."""
    return read_run(whole)


def broken(files: RunFiles) -> set[str]:
    """Rules on the chain that object."""
    found = verify_run(files.case, files.result, files.slotted, files.days, files.simulated)
    return set(found.broken) & set(CHAIN_RULES)


def simulated(
    files: RunFiles, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]
) -> RunFiles:
    """The run with a table of its first simulation changed."""
    assert files.simulated is not None
    first, *rest = files.simulated.spans
    tables = {**first.result.tables, table: change(first.result.tables[table])}
    spans = (replace(first, result=replace(first.result, tables=tables)), *rest)
    return replace(files, simulated=replace(files.simulated, spans=spans))


def test_an_undisturbed_chain_holds_and_every_rule_looked_at_it(files: RunFiles) -> None:
    """Read back from its files."""
    found = verify_run(files.case, files.result, files.slotted, files.days, files.simulated)
    assert found.clean, str(found)
    assert all(found.checked[rule] for rule in CHAIN_RULES)


def test_a_car_too_few_in_order_is_missed(files: RunFiles) -> None:
    """It was given the day; the simulation had it, too."""
    assert files.days is not None
    first, *rest = files.days.days
    short = replace(first, orders=first.orders[1:])
    days = replace(files.days, days=(short, *rest))
    assert "days_of_slots" in broken_days(replace(files, days=days))


def broken_days(files: RunFiles) -> set[str]:
    """Rules on the chain alone that object; a day that is cut has no order of its own."""
    from motorworks.result.verify.chain import verify_chain

    assert files.days is not None
    return set(verify_chain(files.case, files.result, files.slotted, files.days, None).broken)


def test_another_car_under_the_same_number_is_named(files: RunFiles) -> None:
    """Its colour is not the one ordered."""
    assert files.days is not None
    first, *rest = files.days.days
    painted = first.orders[0].model_copy(update={"colour": "plaid"})
    days = replace(files.days, days=(replace(first, orders=(painted, *first.orders[1:])), *rest))
    assert broken_days(replace(files, days=days)) == {"days_of_slots"}


def test_more_orders_than_the_plan_builds_are_named(files: RunFiles) -> None:
    """The plan had half of them."""
    table = files.result.table("production").with_columns(pl.col("units") / 2)
    plan = replace(files.result, tables={**files.result.tables, "production": table})
    assert "orders_of_plan" in broken(replace(files, result=plan))


FAULTS: list[tuple[str, str, pl.Expr, str]] = [
    ("sim_cars", "order", pl.lit("nobody"), "cars_of_orders"),
    ("sim_cars", "day", pl.col("day") + 1, "cars_of_orders"),
    ("sim_cars", "left", pl.col("entered") - 1.0, "car_times"),
    ("sim_cars", "out", ~pl.col("out"), "schedule_kept"),
    ("build_to_schedule", "built", pl.col("built") + 1, "schedule_kept"),
    ("build_to_schedule", "kept", pl.col("kept") / 2, "schedule_kept"),
    ("sim_days", "planned", pl.col("planned") + 1, "cars_simulated"),
]


@pytest.mark.parametrize(("table", "column", "value", "rule"), FAULTS)
def test_a_fault_in_the_minutes_is_found(
    table: str, column: str, value: pl.Expr, rule: str, files: RunFiles
) -> None:
    """In whatever column it stands."""
    changed = simulated(files, table, lambda frame: frame.with_columns(value.alias(column)))
    assert rule in broken(changed)


def test_a_car_is_followed_from_its_order_to_its_minutes(files: RunFiles) -> None:
    """Every link is there, and tells of the same car."""
    order = orders_of(files.slotted, files.days)[0]
    found = trace_car(files.case, files.result, order, slotted=files.slotted, days=files.days,
                      simulated=files.simulated)  # fmt: skip
    titles = [step.title for step in found.steps]
    assert titles[:2] == ["Order", "Plan"]
    assert {"Day", "Sequence", "Minutes, in the first replication"} <= set(titles)
    told = {step.title: dict(step.rows) for step in found.steps}
    assert told["Order"]["order"] == order
    assert told["Sequence"]["place"].startswith("1 of ")
    assert "out of the plant 2025-04-" in " ".join(
        told["Minutes, in the first replication"].values()
    )


def test_every_order_of_a_run_can_be_followed(files: RunFiles) -> None:
    """Those carried over, too."""
    known = orders_of(files.slotted, files.days)
    assert len(known) == sum(len(one.month.orders) for one in files.slotted.months)  # type: ignore[union-attr]
    for order in known:
        assert trace_car(files.case, files.result, order, slotted=files.slotted, days=files.days,
                         simulated=files.simulated).steps  # fmt: skip


def test_an_unknown_car_is_refused_with_names_near_to_it(files: RunFiles) -> None:
    """So that it can be found."""
    order = orders_of(files.slotted, files.days)[0]
    with pytest.raises(CaseError, match=f"no such order; for example {order}"):
        trace_car(files.case, files.result, f"{order}x", slotted=files.slotted, days=files.days)
    with pytest.raises(CaseError, match="it has a plan alone"):
        trace_car(files.case, files.result, "x")


def trace(*words: str) -> Result:
    """Run the verb."""
    return CliRunner().invoke(app, ["trace", *words], prog_name="motorworks")


def test_the_verb_tells_of_a_car_in_words_and_as_json(whole: Path, files: RunFiles) -> None:
    """The same links in both."""
    order = orders_of(files.slotted, files.days)[0]
    words, data = trace(str(whole), order), trace(str(whole), order, "--json")
    assert words.exit_code == data.exit_code == 0
    told = json.loads(data.stdout)
    assert told.pop("order") == order
    assert all(title in words.stdout for title in told)
    assert trace(str(whole), "nobody").exit_code == 2
