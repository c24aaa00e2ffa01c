"""A case's plant as a month of orders: what becomes of its tables."""

import datetime as dt

import numpy as np

from motorworks.case.case import table_of
from motorworks.case.month_limits import quota
from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.case.month_on_line import month_on_plant
from motorworks.case.records import programme as pg
from motorworks.case.records import trade as tr
from motorworks.case.records.line import Order, SequenceRule, Station
from motorworks.case.records.plant import PartArrival
from motorworks.case.records.products import Colour, WorkContent
from motorworks.case.records.sites import ShiftCalendar, ShiftPattern, Shop, ShopRate
from motorworks.case.records.supply import (
    BomLine,
    Component,
    ComponentSource,
    ComponentUse,
    OpeningComponent,
    Part,
    Supplier,
)
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


def test_sailings_that_have_left_wait_for_nothing() -> None:
    """From the tenth on, of four sailings those that close by then are gone."""
    lane = two_cars().rows(tr.Lane)[0].lane
    ship = tr.Sailing(lane=lane, start="2025-01", sailings_per_month=4, allotment_ceu=99)
    span = dt.date(2025, 1, 10), SPAN[1]
    month = month_on_plant(two_cars(RULE, RATE, ship), None, "works", span, orders(22))
    ships = [limit for limit in month.limits if limit.kind == "sailing"]
    assert [str(month.slots[one.last].date)[8:] for one in ships] == ["15", "23"]
    assert [limit.name for limit in ships] == ["city sailing 2", "city sailing 3"]
    assert [limit.least for limit in ships] == [6.0, 14.0]


def test_yesterdays_schedule_is_found_by_name_and_its_first_days_freeze() -> None:
    """Two working days stay; an order that was not there then has no slot of yesterday."""
    place = ("line", dt.date(2025, 1, 2), 0)
    month = laid(2, yesterday={"o0": place}, freeze_days=2)
    assert month.before == (1, LEFT_OUT)
    assert month.settled == (1, LEFT_OUT)
    assert [slot.frozen for slot in month.slots[:3]] == [True, True, False]


def test_a_quarter_is_levelled_month_by_month() -> None:
    """Orders that are due in January have an even share of its days, and none of February's."""
    case = two_cars(RULE, RATE)
    way = min(int(np.ceil(row.transit_days)) for row in case.rows(tr.Lane))
    january = (dt.date(2025, 1, 31) + dt.timedelta(days=way)).isoformat()
    span = SPAN[0], dt.date(2025, 2, 28)
    month = month_on_plant(case, None, "works", span, orders(62, promised=january))
    cars = [limit for limit in month.limits if limit.name == "cars"]
    assert [limit.most for limit in cars] == [2.0] * 31 + [0.0] * 28


def test_slots_may_be_shifts() -> None:
    """Two shifts a day, with half of the hours each, levelled shift by shift."""
    two = ShiftPattern(pattern="twice", name="Twice", shifts_per_day=2, minutes_per_shift=30,
                       days_per_week=7)  # fmt: skip
    calendar = ShiftCalendar(plant="works", start="2025-01-10", pattern="twice")
    month = laid(80, two, calendar, by_shift=True)
    assert [slot.shift for slot in month.slots if slot.date.day == 9] == [1]
    assert [slot.shift for slot in month.slots if slot.date.day == 10] == [1, 2]
    assert of_kind(month, "capacity")[-2:] == [5.0, 5.0]


def test_a_launch_curve_limits_its_days() -> None:
    """Twenty weeks to the full rate: few cars a day in the first weeks, and more each day."""
    ramp = pg.Ramp(ramp="slow", curve="linear", t50_weeks=10)
    month = laid_from("2025-01-06", ramp, count=20)
    most = of_kind(month, "ramp")
    assert most[:5] == [0.0] * 5
    assert most == sorted(most)
    assert 0.0 < most[-1] < 10.0
    planned = of_kind(laid_from("2025-01-06", ramp, count=200, planned=True), "ramp")
    assert sum(planned) >= 200


def laid_from(start: str, ramp: pg.Ramp, *, count: int, **options: bool) -> MonthOfOrders:
    """January with orders for the second car, which begins on a day along a curve."""
    case = two_cars(RULE, RATE, ramp, start=start)
    rows = [
        row.model_copy(update={"ramp": ramp.ramp}) if row.vehicle == "suv" else row
        for row in case.rows(pg.Allocation)
    ]
    case = case.replace(allocations=table_of(pg.Allocation, rows))
    cars = [one.model_copy(update={"vehicle": "suv"}) for one in orders(count)]
    return month_on_plant(case, None, "works", SPAN, cars, **options)


def test_colours_have_whole_batches() -> None:
    """The shortest of the longest batches counts; a colour without one has no limit."""
    rows = (Colour(colour="red", name="Red", batch_max=4), Colour(colour="blue", name="Blue"))
    red, blue = (
        laid(4, *rows, columns={"colour": "red"}),
        laid(4, *rows, columns={"colour": "blue"}),
    )
    assert {limit.size for limit in red.limits if limit.kind == "batch"} == {4}
    assert not [limit for limit in blue.limits if limit.kind == "batch"]
    rule = SequenceRule(rule="short", kind="batch", at_most=3)
    both = laid(4, *rows, rule, columns={"colour": "red"})
    assert {limit.size for limit in both.limits if limit.kind == "batch"} == {3}


def test_parts_come_in_by_day() -> None:
    """Ten seats at the start and five on the tenth: no more cars by then."""
    rows = (
        Part(part="seat", name="Seat"), BomLine(vehicle="car", part="seat", quantity=1),
        Station(station="seats", shop="line", position=1, cycle_s=60),
        PartArrival(part="seat", station="seats", pieces=10),
        PartArrival(part="seat", station="seats", day="2025-01-10", pieces=5),
    )  # fmt: skip
    assert of_kind(laid(20, *rows), "part") == [10.0] * 9 + [15.0] * 22


def test_components_come_evenly_and_a_store_is_there_at_once() -> None:
    """31 packs a month are one a day; eight in store come on top."""
    rows = (
        Component(component="pack", name="Pack", kind="battery_pack"),
        ComponentUse(vehicle="car", component="pack", quantity=1),
        Supplier(supplier="maker", name="Maker", country="US"),
        ComponentSource(source="packs", component="pack", plant="works", supplier="maker",
                        capacity=31),
        OpeningComponent(component="pack", plant="works", units=8),
    )  # fmt: skip
    assert of_kind(laid(20, *rows), "part") == [8.0 + day for day in range(1, 32)]


def test_two_lines_share_a_day() -> None:
    """Parts are counted at the end of a day, and the mix over both lines together."""
    second = Shop(shop="new-line", plant="works", kind="line")
    rate = ShopRate(shop="new-line", start="2025-01-01", jph=30, availability_pct=100)
    month = laid(62, second, rate)
    assert [slot.line for slot in month.slots[:2]] == ["line", "new-line"]
    cars = [limit for limit in month.limits if limit.name == "cars"]
    assert [limit.most for limit in cars[:2]] == [1.0, 2.0]
    mix = [limit for limit in month.limits if limit.name == "city"]
    assert {limit.last - limit.first for limit in mix} == {1}
    assert len(mix) == 31


def test_fixed_orders_share_the_lines_of_their_day() -> None:
    """Two orders for one day and two lines: each line has one."""
    second = Shop(shop="new-line", plant="works", kind="line")
    month = laid(2, second, columns={"build_day": "2025-01-08"})
    assert {month.slots[slot].line for slot in month.fixed} == {"line", "new-line"}


def test_a_line_that_does_not_take_a_vehicle_has_no_open_slot() -> None:
    """A second line for electric cars alone leaves the petrol car the first one."""
    electric = Shop(shop="new-line", plant="works", kind="line", drivetrains="BEV")
    month = laid(4, electric)
    lines = {slot.line for slot, may in zip(month.slots, month.open[0], strict=True) if may}
    assert {slot.line for slot in month.slots} == {"line", "new-line"}
    assert lines == {"line"}
