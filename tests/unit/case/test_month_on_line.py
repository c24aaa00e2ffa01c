"""A case's plant as a month of orders: what becomes of its tables."""

import datetime as dt

import numpy as np

from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.case.month_on_line import month_on_plant, quota
from motorworks.case.records import trade as tr
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.products import WorkContent
from motorworks.case.records.sites import Shop, ShopRate
from tests.unit.sequence.drawn import two_cars

SPAN = dt.date(2025, 1, 1), dt.date(2025, 1, 31)
RULE = SequenceRule(rule="roofs", kind="ratio", option="roof", at_most=1, window=4, priority="high")

RATE = ShopRate(shop="line", start="2025-01-01", jph=10, availability_pct=100)
"""Ten cars in the one hour that the works are staffed each day."""


def orders(count: int, **columns: object) -> list[Order]:
    """So many cars for the home market, alike."""
    return [
        Order(order=f"o{n}", vehicle="car", market="city", **columns)  # type: ignore[arg-type]
        for n in range(count)
    ]


def laid(count: int = 62, *rows: object, **options: object) -> MonthOfOrders:
    """January of the works with so many orders."""
    columns = options.pop("columns", {})
    case = two_cars(RULE, RATE, *rows)  # type: ignore[arg-type]
    return month_on_plant(case, None, "works", SPAN, orders(count, **columns), **options)  # type: ignore[arg-type]


def of_kind(month: MonthOfOrders, kind: str) -> list[float]:
    """The most of each limit of a kind."""
    return [limit.most for limit in month.limits if limit.kind == kind]


def test_slots_are_the_working_days_of_the_plants_lines() -> None:
    """The works have an hour on each day of January."""
    month = laid()
    assert len(month.slots) == 31
    assert {slot.line for slot in month.slots} == {"line"}
    assert laid().slots[0].date == SPAN[0]


def test_a_ratio_becomes_a_quota_of_the_cars_of_a_day() -> None:
    """Of 62 cars two are built a day: one of them may have a roof."""
    assert of_kind(laid(), "option") == [1.0] * 31
    assert [quota(2, 5, cars) for cars in (4, 5, 6, 12)] == [2, 2, 3, 6]


def test_capacity_counts_work() -> None:
    """A car of twice the work takes twice its place."""
    heavy = laid(62, WorkContent(vehicle="car", shop="line", factor=2.0))
    assert heavy.has[:, heavy.traits.index("work on line")].tolist() == [2.0] * 62
    assert of_kind(heavy, "capacity") == [10.0] * 31


def test_no_day_has_less_room_than_its_share_of_the_plan() -> None:
    """More orders than hours and rate can build still fit where they come from the plan."""
    many = 400
    given, planned = laid(many), laid(many, planned=True)
    assert sum(of_kind(given, "capacity")) < many <= sum(of_kind(planned, "capacity"))


def test_the_mix_is_the_even_share_of_a_day() -> None:
    """Of 50 cars on 31 days one or two are built a day."""
    month = laid(50)
    cars = [limit for limit in month.limits if limit.name == "cars"]
    assert {(limit.least, limit.most) for limit in cars} == {(1.0, 2.0)}


def test_due_days_fixed_days_and_first_days_are_read_from_orders() -> None:
    """The way to the market is taken off the promised day."""
    month = laid(1, columns={"promised": "2025-01-20", "build_day": "2025-01-08",
                             "not_before": "2025-01-06"})  # fmt: skip
    case = two_cars()
    way = min(int(np.ceil(row.transit_days)) for row in case.rows(tr.Lane))
    assert month.due[0] == dt.date(2025, 1, 20) - dt.timedelta(days=way)
    assert month.slots[month.fixed[0]].date == dt.date(2025, 1, 8)
    assert [slot.date for slot, may in zip(month.slots, month.open[0], strict=True) if not may] == [
        dt.date(2025, 1, day) for day in range(1, 6)
    ]


def test_sailings_of_the_month_wait_for_their_batch() -> None:
    """With two sailings a month the first waits for the cars of the first half."""
    lane = two_cars().rows(tr.Lane)[0].lane
    month = laid(62, tr.Sailing(lane=lane, start="2025-01", sailings_per_month=2, allotment_ceu=99))
    ships = [limit for limit in month.limits if limit.kind == "sailing"]
    assert [(limit.last, limit.least) for limit in ships] == [(14, 30.0)]


def test_yesterdays_schedule_is_found_by_name_and_its_first_days_freeze() -> None:
    """Two working days stay; an order that was not there then has no slot of yesterday."""
    place = ("line", dt.date(2025, 1, 2), 0)
    month = laid(2, yesterday={"o0": place}, freeze_days=2)
    assert month.before == (1, LEFT_OUT)
    assert month.settled == (1, LEFT_OUT)
    assert [slot.frozen for slot in month.slots[:3]] == [True, True, False]


def test_a_line_that_does_not_take_a_vehicle_has_no_open_slot() -> None:
    """A second line for electric cars alone leaves the petrol car the first one."""
    electric = Shop(shop="new-line", plant="works", kind="line", drivetrains="BEV")
    month = laid(4, electric)
    lines = {slot.line for slot, may in zip(month.slots, month.open[0], strict=True) if may}
    assert {slot.line for slot in month.slots} == {"line", "new-line"}
    assert lines == {"line"}
