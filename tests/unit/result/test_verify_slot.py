"""Faults seeded into a slotted month, which its verification must name."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from motorworks.case.month_of_orders import LEFT_OUT
from motorworks.result.slot import SlotResult
from motorworks.result.verify.slot import SLOT_RULES, verify_slot
from motorworks.slot.params import SlotParams
from motorworks.slot.solve import solve_slot
from tests.small_months import random_month

MONTH = random_month(1, days=5, orders=25)
SOUND = solve_slot(MONTH, SlotParams(exact_size=0, iterations=2_000, bound_rounds=20))


def moved(order: int, slot: int) -> SlotResult:
    """The result with an order in another slot."""
    return replace(SOUND, slot_of=(*SOUND.slot_of[:order], slot, *SOUND.slot_of[order + 1 :]))


def with_table(name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> SlotResult:
    """The result with one table changed."""
    return replace(SOUND, tables={**SOUND.tables, name: change(SOUND.tables[name])})


def plus(column: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A change that adds one to a column's first row."""
    first = pl.int_range(pl.len()) == 0
    return lambda table: table.with_columns(
        pl.when(first).then(pl.col(column) + 1).otherwise(pl.col(column)).alias(column)
    )


SETTLED = next(order for order, slot in enumerate(MONTH.settled) if slot != LEFT_OUT)
FREE = next(order for order, slot in enumerate(MONTH.settled) if slot == LEFT_OUT)
CROWDED = replace(
    SOUND, slot_of=tuple(4 if slot == LEFT_OUT else at for at, slot in
                         zip(SOUND.slot_of, MONTH.settled, strict=True)),
)  # fmt: skip

FAULTS: dict[str, tuple[SlotResult, str]] = {
    "an order short": (replace(SOUND, slot_of=SOUND.slot_of[:-1]), "each_order_once"),
    "an unknown slot": (moved(FREE, 99), "each_order_once"),
    "a settled order moved": (moved(SETTLED, LEFT_OUT), "settled"),
    "a new order on a frozen day": (moved(FREE, 0), "open_slots"),
    "too many cars on a day": (CROWDED, "capacity"),
    "parts that are not there": (CROWDED, "part"),
    "more than the launch curve allows": (CROWDED, "ramp"),
    "a wrong cost": (replace(SOUND, cost=SOUND.cost + 1.0), "cost"),
    "a wrong part of the cost": (
        replace(SOUND, parts={**SOUND.parts, "late": SOUND.parts["late"] + 1}), "parts_of_cost",
    ),
    "a bound above the cost": (replace(SOUND, bound=SOUND.cost + 1.0), "slot_bound"),
    "a wrong day late": (with_table("slotted_orders", plus("days_late")), "slotted_orders"),
    "a wrong count of a day": (with_table("slot_days", plus("cars")), "slot_days"),
    "a wrong use of a limit": (with_table("slot_limits", plus("used")), "slot_limits"),
    "a late order left out": (with_table("late_orders", lambda t: t[1:]), "late_orders"),
    "a limit that is none": (
        with_table("late_orders", lambda t: t.with_columns(limit=pl.lit("moon"))), "late_orders",
    ),
    "a wrong cost in the table": (with_table("slot_costs", plus("cost")), "slot_costs"),
    "progress that rises": (with_table("slot_progress", lambda t: t.reverse()), "slot_progress"),
}  # fmt: skip


def test_a_sound_result_is_clean_and_every_rule_has_looked() -> None:
    """Nothing is found in what the stage returns, and no rule had nothing to do."""
    found = verify_slot(MONTH, SOUND)
    assert found.clean, str(found)
    assert all(found.checked[rule] for rule in SLOT_RULES), found.checked


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_named(fault: str) -> None:
    """Each fault is found by the rule that it breaks."""
    result, rule = FAULTS[fault]
    assert rule in verify_slot(MONTH, result).broken
