"""Orders and their days on a page."""

import datetime as dt
from dataclasses import replace

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo
from motorworks.case.month_of_orders import Limit, Slot
from motorworks.report.blocks import Cards, Chart, Notes, Section, Table
from motorworks.report.slots import slot_sections, told_span
from motorworks.report.slots_page import render_slots_page
from motorworks.result.slot_records import OrderShare
from motorworks.result.slotted import SlottedMonth, SlottedMonths
from motorworks.slot.params import SlotParams
from motorworks.slot.solve import solve_slot
from tests.small_months import MONDAY, month_of

CASE = Case.of(CaseInfo(name="demo", title="Demo", start="2026-03", months=1, currency="USD"), [])
NAMES = {"vehicle": {"suv": "The SUV"}, "plant": {"works": "The Works"}}
SHARE = OrderShare(plant="works", month="2026-03", vehicle="suv", market="kr", kind="option",
                   name="roof", cars=4, wanted=1.6, drawn=2)  # fmt: skip


def slotted(*, shift: int = 0, drawn: bool = True) -> SlottedMonth:
    """Six orders for two days of two cars: two are late, or carried over."""
    roofs = tuple(Limit("roof", "option", 1, day, day, most=1.0) for day in range(2))
    month = month_of(2, [0, 0, 0, 0, 1, None], roof=(0, 1, 2), more=roofs)
    slots = tuple(Slot(one.line, one.date, shift) for one in month.slots)
    month = replace(month, slots=slots)
    span = MONDAY, MONDAY + dt.timedelta(days=1)
    conflicts = ("rates of suv cannot be met together",) if drawn else ()
    return SlottedMonth(
        "works", span, drawn, month, solve_slot(month, SlotParams(iterations=1_000)),
        (SHARE,) if drawn else (), 0.0, conflicts,
    )  # fmt: skip


def sections(one: SlottedMonth) -> dict[str, Section]:
    """Sections by key."""
    return {part.key: part for part in slot_sections(SlottedMonths((one,)), NAMES)}


def test_cars_a_day_stand_by_vehicle_and_add_up() -> None:
    """Bars of the first chart count every order that has a day, under the vehicle's full name."""
    chart = next(b for b in sections(slotted())["slots"].blocks if isinstance(b, Chart))
    bars = [trace for trace in chart.variants["vehicle"]["data"] if trace["type"] == "bar"]
    assert [trace["name"] for trace in bars] == ["The SUV"]
    assert sum(bars[0]["y"]) == 4


def test_the_headlines_say_what_is_late_and_carried_over() -> None:
    """Two of six orders have no day; of five with a due day two are in time at most."""
    cards = next(b for b in sections(slotted())["slots"].blocks if isinstance(b, Cards)).cards
    assert (cards[0].number, cards[0].tone) == ("4", "bad")
    assert cards[0].lines == ["2\u00a0orders carried over"]
    assert cards[1].tone == "bad"


def test_late_orders_stand_with_what_held_them() -> None:
    """Each late order has a row with its reason."""
    one = slotted()
    late = one.result.tables["late_orders"]
    tables = [b for b in sections(one)["slots-promised"].blocks if isinstance(b, Table)]
    assert [len(table.rows) for table in tables] == [late["limit"].n_unique(), late.height]
    assert {row[-1] for row in tables[1].rows} == set(late["reason"])


def test_limits_are_shown_by_day() -> None:
    """The quota of roofs has a row in the heat-map, as full as the table says."""
    one = slotted()
    chart = next(b for b in sections(one)["slots-limits"].blocks if isinstance(b, Chart))
    heat = chart.variants["option"]["data"][0]
    assert heat["y"] == ["roof"]
    limits = one.result.tables["slot_limits"].filter(kind="option")
    assert heat["z"] == [[100.0 * used for used in limits["used"]]]


def test_rates_that_cannot_be_met_are_told_beside_what_was_drawn() -> None:
    """Wanted against drawn, and conflicts in words; nothing where orders were given."""
    blocks = sections(slotted())["slots-drawn"].blocks
    assert any(isinstance(b, Notes) and "together" in b.items[0] for b in blocks)
    assert "slots-drawn" not in sections(slotted(drawn=False))


def test_shifts_are_told_apart() -> None:
    """Where slots are shifts, the axis says which."""
    chart = next(b for b in sections(slotted(shift=2))["slots"].blocks if isinstance(b, Chart))
    assert chart.variants["vehicle"]["data"][0]["x"][0] == "Mon 2 Mar · 2"


def test_spans_are_named_by_month_where_they_are_months() -> None:
    """A whole month has its name, any other span its ends."""
    assert told_span(slotted()) == "2 to 3 March 2026"
    month = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
    assert told_span(replace(slotted(), span=month)) == "March 2026"


def test_the_page_stands_alone() -> None:
    """It has every section and asks for nothing."""
    page = render_slots_page(CASE, SlottedMonths((slotted(),)))
    assert all(f'id="{key}"' in page for key in sections(slotted()))
    assert 'src="http' not in page
