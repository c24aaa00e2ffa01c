"""A day of orders with the rules of a case's tables."""

from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.day_of_orders import line_day
from motorworks.case.info import CaseInfo
from motorworks.case.line_day import InARow, Levelled, LineDay, Link, Places, Ratio, Stretch
from motorworks.case.records.line import Order, OrderRule, SequenceRule, Station, StationTime
from motorworks.case.records.products import Colour
from motorworks.case.records.supply import BomLine, ComponentUse

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")


def order(name: str, vehicle: str = "car", **more: Any) -> Order:
    """An order for Korea."""
    return Order(order=name, vehicle=vehicle, market="kr", **more)


ORDERS = [
    order("a", colour="red", options="roof"),
    order("b", "suv", colour="blue", options="roof awd"),
    order("c", colour="red"),
    order("d", "suv", colour="red", options="awd", fixed=True),
]


def day_of(*rows: Record, orders: list[Order] = ORDERS, **more: Any) -> LineDay:
    """A day of the orders with the rows of a case."""
    return line_day(Case.of(INFO, rows), orders, name="Monday", **more)


def rule(kind: str, **more: Any) -> SequenceRule:
    """A rule called r."""
    return SequenceRule.model_validate({"rule": "r", "kind": kind, **more})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (rule("ratio", option="awd", at_most=2, window=5), Ratio("r", 0, 2, 5)),
        (rule("spacing", option="awd", window=4), Ratio("r", 0, 1, 4)),
        (rule("block", option="awd", at_most=3), Ratio("r", 0, 3, 4)),
        (rule("ratio", option="awd", at_most=1, window=2, counting="once", past_ends=False,
              priority="low", weight=7.0),
         Ratio("r", 0, 1, 2, "low", 7, "once", False)),
    ],
)  # fmt: skip
def test_ratio_spacing_and_rows_of_at_most_n_are_ratios(row: SequenceRule, expected: Ratio) -> None:
    """All three limit how many of some cars in a row have it."""
    assert day_of(row).ratios == (expected,)


def test_a_block_with_a_least_is_a_row_of_at_least_so_many() -> None:
    """With a limit above, too, it is two rules, which are told apart by name."""
    day = day_of(rule("block", vehicle="suv", at_least=2, at_most=3, priority="hard"))
    assert day.in_a_row == (InARow("r (at least)", 0, 2, "hard"),)
    assert day.ratios == (Ratio("r", 0, 3, 4, "hard"),)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"first": 2, "last": 3, "at_least": 1}, Stretch("r", 0, 1, 2, 1, 4)),
        ({"at_most": 2}, Stretch("r", 0, 0, 3, 0, 2)),
        ({"first": 3, "last": 90, "at_most": 0}, Stretch("r", 0, 2, 3, 0, 0)),
    ],
)
def test_a_stretch_without_ends_is_the_day(limits: dict[str, int], expected: Stretch) -> None:
    """Places count from 1 in the table and from 0 in the day; a stretch ends with the day."""
    assert day_of(rule("stretch", colour="red", **limits)).stretches == (expected,)


def test_a_stretch_that_begins_after_the_day_is_none() -> None:
    """The rule is for longer days."""
    assert day_of(rule("stretch", colour="red", first=5, at_least=1)).stretches == ()


@pytest.mark.parametrize(
    ("subject", "has"),
    [
        ({"option": "roof"}, [True, True, False, False]),
        ({"vehicle": "suv"}, [False, True, False, True]),
        ({"colour": "red"}, [True, False, True, True]),
        ({"vehicle": "suv", "colour": "red"}, [False, False, False, True]),
        ({"component": "pack"}, [False, True, False, True]),
        ({"part": "hook"}, [False, True, False, False]),
    ],
)
def test_a_rule_speaks_of_cars_that_have_all_it_names(
    subject: dict[str, str], has: list[bool]
) -> None:
    """Option, vehicle, colour, component and part narrow each other down."""
    rows = [
        ComponentUse(vehicle="suv", component="pack", quantity=1),
        BomLine(vehicle="suv", option="roof", part="hook", quantity=2),
    ]
    day = day_of(rule("spacing", window=2, **subject), *rows)
    assert day.has[:, 0].tolist() == has


def test_parts_are_levelled_by_their_quantity() -> None:
    """Two hooks weigh twice as much as one."""
    rows = [
        BomLine(vehicle="suv", part="hook", quantity=2),
        BomLine(vehicle="suv", option="roof", part="hook", quantity=1),
    ]
    day = day_of(rule("even", part="hook", weight=0.5), *rows)
    assert day.levelled == (Levelled("r", (0.0, 3.0, 0.0, 2.0), 0.5),)


def test_the_tightest_batch_limit_of_a_colour_holds() -> None:
    """Colours have limits of their own; rules set them for one colour or all."""
    red = Colour(colour="red", name="Red", batch_max=3)
    blue = Colour(colour="blue", name="Blue")
    assert day_of(red, blue).paint.most == (4, 3)  # type: ignore[union-attr]
    day = day_of(red, blue, rule("batch", at_most=2, past_ends=True))
    assert day.colours == ("blue", "red")
    assert day.paint is not None
    assert (day.paint.most, day.paint.with_before) == ((2, 2), True)
    assert day_of(orders=[order("a")]).paint is None


def test_rules_of_other_lines_are_left_out() -> None:
    """A rule without a line is for all."""
    rows = [
        SequenceRule(rule=name, shop=shop, kind="spacing", option="awd", window=2)
        for name, shop in (("here", "one"), ("there", "two"), ("all", None))
    ]
    assert [ratio.name for ratio in day_of(*rows, shop="one").ratios] == ["here", "all"]


def test_fixed_orders_stay_and_order_rules_set_places_and_pairs() -> None:
    """An hour at a takt of 1,800 s is two cars."""
    rows = [
        OrderRule(rule="p", order="b", kind="place", first=2, priority="low", weight=3),
        OrderRule(rule="f", order="b", kind="forbidden", first=1, last=1),
        OrderRule(rule="n", order="c", kind="not_before", hours=1.0),
        OrderRule(rule="x", order="elsewhere", kind="place", first=1),
        OrderRule(rule="l", order="c", kind="after", other="a", gap=2),
        OrderRule(rule="y", order="c", kind="after", other="elsewhere"),
    ]
    day = day_of(*rows, takt_s=1_800.0)
    assert day.places == (
        Places("d stays", (3,), 3, 3),
        Places("p", (1,), 1, 3, priority="low", weight=3),
        Places("f", (1,), 0, 0, forbidden=True),
        Places("n", (2,), 2, 3),
    )
    assert day.links == (Link("l", 0, 2, 2),)


def test_stations_count_where_a_car_takes_longer_than_the_takt() -> None:
    """A reach of 9 m in stations of 6 m, at 60 s from car to car, is 90 s."""
    rows = [
        Station(station="slow", shop="line", position=2, cycle_s=55, length_m=6, drift_m=3),
        Station(station="quick", shop="line", position=1, cycle_s=55, length_m=6),
        Station(station="side", shop="line", position=3, cycle_s=70, length_m=6, parallel=2),
        Station(station="free", shop="line", position=4, cycle_s=70),
        Station(station="there", shop="other", position=5, cycle_s=70, length_m=6),
        StationTime(station="slow", vehicle="suv", time_s=58),
        StationTime(station="slow", vehicle="suv", option="roof", time_s=10),
    ]
    day = day_of(*rows, shop="line", before=[order("z")], takt_s=60.0)
    assert [(one.name, one.length_s) for one in day.stations] == [("slow", 90.0)]
    assert day.stations[0].time_s == (55.0, 55.0, 68.0, 55.0, 58.0)
    assert day_of(*rows).stations == ()


def test_cars_of_the_day_before_stand_first() -> None:
    """They have traits and colours, and no place in rules on the day's cars."""
    day = day_of(rule("even", option="awd"), before=[order("z", colour="green", options="awd")])
    assert (day.before, day.count, day.cars[0]) == (1, 4, "z")
    assert day.has[:, 0].tolist() == [True, False, True, False, True]
    assert [day.colours[number] for number in day.colour] == ["green", "red", "blue", "red", "red"]
    assert day.levelled[0].use == (0.0, 1.0, 0.0, 1.0)
