"""Months of a case in slots: drawn from a plan, or given; read back from what a run states."""

import datetime as dt
import json
from collections import Counter

import pytest

from motorworks.case.records.line import Order
from motorworks.case.records.products import Vehicle
from motorworks.case.records.sites import ShiftCalendar, ShiftPattern, Shop, ShopRate
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


def test_a_quarter_on_two_lines_is_slotted_month_by_month() -> None:
    """Electric cars go to the line that takes them alone, and each month's orders to its days."""
    new = Shop(shop="new-line", plant="works", kind="line", drivetrains="BEV")
    pace = ShopRate(shop="new-line", start="2025-01-01", jph=3, availability_pct=100)
    built = {("car", "city", "2025-02"): 30.0, ("suv", "town", "2025-02"): 10.0}
    plan = plan_of({("car", "city", MONTH): 40.0, ("suv", "town", MONTH): 62.0, **built})
    span = dt.date(2025, 1, 1), dt.date(2025, 2, 28)
    case = two_cars(*RULES, RATE, new, pace)
    found = slot_months(case, plan, span, params=PARAMS)
    (one,) = found.months
    rows = one.result.tables["slotted_orders"].to_dicts()
    assert {row["line"] for row in rows if row["vehicle"] == "car"} == {"line"}
    lines = Counter(row["line"] for row in rows if row["vehicle"] == "suv")
    assert lines["new-line"] >= 31
    assert Counter(row["day"][:7] for row in rows) == {"2025-01": 102, "2025-02": 40}
    assert verify_slot(one.month, one.result).clean
    assert sum(map(len, found.days.values())) == 142
    again = read_slotted(case, plan, found.tables, found.stated).months[0]
    assert again.month.limits == one.month.limits


def test_shifts_of_a_day_are_built_one_after_another() -> None:
    """What is sequenced on a day is its first shift, then its second."""
    two = ShiftPattern(pattern="twice", name="Twice", shifts_per_day=2, minutes_per_shift=60,
                       days_per_week=7)  # fmt: skip
    calendar = ShiftCalendar(plant="works", start="2025-01-02", pattern="twice")
    case = two_cars(*RULES, RATE, two, calendar)
    params = PARAMS.model_copy(update={"by_shift": True})
    found = slot_months(case, PLAN, JANUARY, params=params)
    shift = {row["order"]: row["shift"]
             for row in found.tables["slotted_orders"].to_dicts()}  # fmt: skip
    for orders in found.days.values():
        own = [shift[order.order] for order in orders]
        assert own == sorted(own)
    assert set(shift.values()) == {1, 2}
    stated = json.loads(json.dumps(found.stated))
    again = read_slotted(case, PLAN, found.tables, stated).months[0]
    assert again.result.slot_of == found.months[0].result.slot_of


def test_orders_that_no_plant_builds_are_refused() -> None:
    """They would be lost otherwise."""
    stranger = Vehicle(vehicle="boat", name="Boat", brand="badge", platform="base",
                       drivetrain="ICE", stock_value=1, currency="USD")  # fmt: skip
    order = Order(order="mine", vehicle="boat", market="town")
    with pytest.raises(CaseError, match="is not built by works: 1 orders, first mine"):
        slot_months(two_cars(*RULES, RATE, stranger, order), PLAN, JANUARY, params=PARAMS)


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
