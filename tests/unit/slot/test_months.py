"""Months of a case in slots: drawn from a plan, or given; read back from what a run states."""

import datetime as dt
import json

import pytest

from motorworks.case.records.line import Order
from motorworks.case.records.sites import ShopRate
from motorworks.errors import CaseError
from motorworks.result.slotted import SLOTTED_RECORDS, read_slotted
from motorworks.result.verify.slot import verify_slot
from motorworks.sequence import days as stage
from motorworks.sequence.days import sequence_days
from motorworks.slot.months import slot_months
from motorworks.slot.params import SlotParams
from tests.unit.sequence.drawn import MONTH, RULES, backwards, plan_of, two_cars

PLAN = plan_of({("car", "city", MONTH): 40.0, ("suv", "town", MONTH): 22.0})
RATE = ShopRate(shop="line", start="2025-01-01", jph=3, availability_pct=100)
PARAMS = SlotParams(iterations=20_000, bound_rounds=20, exact_size=0)
JANUARY = dt.date(2025, 1, 1), dt.date(2025, 1, 31)


def test_a_month_is_drawn_slotted_and_read_back() -> None:
    """All orders of the plan have days, and a run's tables give the same month again."""
    case = two_cars(*RULES, RATE)
    found = slot_months(case, PLAN, JANUARY, params=PARAMS)
    (one,) = found.months
    assert len(one.month.orders) == 62
    assert not one.result.carried_over(one.month)
    assert set(found.tables) == {record.TABLE for record in SLOTTED_RECORDS}
    stated = json.loads(json.dumps(found.stated))
    (again,) = read_slotted(case, PLAN, found.tables, stated).months
    assert again.result.slot_of == one.result.slot_of
    assert again.month.limits == one.month.limits
    assert again.month.due == one.month.due
    assert again.shares == one.shares
    assert verify_slot(again.month, again.result).clean


def test_orders_of_the_case_come_before_drawn_ones() -> None:
    """With a table of orders nothing is drawn, and only the days asked for are there."""
    order = Order(order="mine", vehicle="suv", market="town", promised="2025-01-09")
    case = two_cars(*RULES, RATE, order)
    span = dt.date(2025, 1, 6), dt.date(2025, 1, 10)
    (one,) = slot_months(case, PLAN, span, params=PARAMS).months
    assert [row.order for row in one.month.orders] == ["mine"]
    assert one.shares == ()
    assert one.month.slots[one.result.slot_of[0]].date == dt.date(2025, 1, 9)


def test_no_orders_at_all_are_refused() -> None:
    """A month in which nothing is built has nothing to slot."""
    with pytest.raises(CaseError, match="no plant has orders"):
        slot_months(two_cars(*RULES, RATE), PLAN, (dt.date(2025, 2, 1),) * 2, params=PARAMS)


def test_slotted_days_are_what_is_sequenced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each day in order has just the orders of its slot, and together they are all orders."""
    monkeypatch.setattr(stage, "solve_sequence", backwards)
    case = two_cars(*RULES, RATE)
    found = slot_months(case, PLAN, JANUARY, params=PARAMS)
    days = sequence_days(case, PLAN, [JANUARY], slotted=found.days)
    assert {day.date: day.orders for day in days.asked} == {
        date: orders for (_, date), orders in found.days.items()
    }
    assert sum(len(day.built) for day in days.asked) == 62
