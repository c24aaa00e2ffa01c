"""Orders drawn from a plan: volumes, take rates, rules between options, colours."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.option_rules import Rules, groups_in_order
from motorworks.case.records.line import Order
from motorworks.case.records.products import Colour, ColourMix, Option, OptionRule, TakeRate
from motorworks.errors import CaseError
from motorworks.sequence.draw import DrawnDay, draw_day
from tests.unit.sequence.drawn import MONTH, plan_of, two_cars

FIRST = dt.date(2025, 1, 1)


def drawn(*rows: Record, city: int = 20, town: int = 20, seed: int = 1) -> DrawnDay:
    """The first of January, with cars for the city and SUVs for the town."""
    built = {("car", "city", MONTH): 31.0 * city, ("suv", "town", MONTH): 31.0 * town}
    return draw_day(case_of(*rows), plan_of(built), "works", FIRST, seed)


def case_of(*rows: Record) -> Case:
    """The case with two cars and rows more."""
    return two_cars(*rows)


def rate(option: str, share: float, vehicle: str = "car", market: str | None = None) -> TakeRate:
    """A take rate."""
    return TakeRate(vehicle=vehicle, market=market, option=option, share_pct=share)


def with_option(day: DrawnDay, option: str) -> list[Order]:
    """Orders that have an option."""
    return [order for order in day.orders if option in (order.options or "").split()]


def options(*names: str, group: str | None = None) -> list[Option]:
    """Options of a group, or alone."""
    return [Option(option=name, name=name, group=group) for name in names]


def test_the_volumes_of_the_day_are_met_exactly() -> None:
    """Every order has a number of its own."""
    day = drawn(city=7, town=3)
    assert Counter((o.vehicle, o.market) for o in day.orders) == {
        ("car", "city"): 7, ("suv", "town"): 3,
    }  # fmt: skip
    assert len({order.order for order in day.orders}) == 10


def test_take_rates_are_met_as_closely_as_whole_cars_allow_and_the_miss_is_told() -> None:
    """35 % of 7 cars are 2.45; what is owed goes to the next vehicle."""
    day = drawn(*options("roof"), rate("roof", 35), rate("roof", 35, "suv"), city=7, town=4)
    assert [(s.vehicle, s.cars, s.wanted, s.drawn) for s in day.shares] == [
        ("car", 7, 2.45, 2), ("suv", 4, 1.4, 2),
    ]  # fmt: skip
    assert len(with_option(day, "roof")) == 4


def test_a_rate_of_a_market_takes_the_place_of_the_general_one() -> None:
    """Even where it is nought."""
    rows = [rate("roof", 100), rate("roof", 0, market="city")]
    assert with_option(drawn(*options("roof"), *rows), "roof") == []


def test_a_car_has_exactly_one_option_of_a_group() -> None:
    """Their rates add up to the whole."""
    rows = [rate("w18", 55), rate("w19", 30), rate("w20", 15)]
    day = drawn(*options("w18", "w19", "w20", group="wheels"), *rows, town=0)
    assert Counter(o.options for o in day.orders) == {"w18": 11, "w19": 6, "w20": 3}


def test_rules_between_options_are_kept() -> None:
    """A rail needs a roof, a hitch excludes the roof, a wheel is for the town, a plug not."""
    rows = [
        OptionRule(rule="1", option="rail", kind="needs", other="roof"),
        OptionRule(rule="2", option="hitch", kind="excludes", other="roof"),
        OptionRule(rule="3", option="wheel", kind="only_market", market="town"),
        OptionRule(rule="4", option="plug", kind="not_market", market="town"),
        *(rate(name, share, vehicle) for vehicle in ("car", "suv")
          for name, share in (("rail", 40), ("roof", 50), ("hitch", 50), ("wheel", 30),
                              ("plug", 30))),
    ]  # fmt: skip
    day = drawn(*options("rail", "roof", "hitch", "wheel", "plug"), *rows)
    for order in day.orders:
        has = (order.options or "").split()
        assert "rail" not in has or "roof" in has
        assert not {"hitch", "roof"} <= set(has)
    assert {order.market for order in with_option(day, "wheel")} == {"town"}
    assert {order.market for order in with_option(day, "plug")} == {"city"}
    assert {s.name: (s.wanted, s.drawn) for s in day.shares if s.vehicle == "car"} == {
        "rail": (8.0, 8), "roof": (10.0, 10), "hitch": (10.0, 10), "plug": (6.0, 6),
    }  # fmt: skip


def test_what_the_rules_leave_undone_is_told() -> None:
    """Eight rails need roofs, and there are but four."""
    rule = OptionRule(rule="1", option="rail", kind="needs", other="roof")
    day = drawn(*options("rail", "roof"), rule, rate("rail", 40), rate("roof", 20), town=0)
    assert {s.name: (s.wanted, s.drawn) for s in day.shares} == {"roof": (4.0, 4), "rail": (8.0, 4)}


def test_a_group_is_filled_up_with_what_the_rules_allow() -> None:
    """Only half of the cars may have the large wheel, so the others take the small one."""
    rule = OptionRule(rule="1", option="w20", kind="excludes", other="roof")
    rows = [rule, rate("roof", 50), rate("w18", 20), rate("w20", 80)]
    wheels = options("w18", "w20", group="wheels")
    day = drawn(*options("roof"), *wheels, *rows, town=0)
    assert Counter(o.options for o in day.orders) == {"roof w18": 10, "w20": 10}


def test_rules_that_leave_a_car_none_of_a_group_are_refused() -> None:
    """Every car has a roof, and no wheel goes with it."""
    rule = OptionRule(rule="1", option="w18", kind="excludes", other="roof")
    rows = [rule, rate("roof", 100), rate("w18", 100)]
    with pytest.raises(CaseError, match="car for city with roof none of w18"):
        drawn(*options("roof"), *options("w18", group="wheels"), *rows)


def test_colours_follow_the_mix() -> None:
    """A vehicle without a mix has no colour."""
    rows = [Colour(colour="red", name="Red"), Colour(colour="blue", name="Blue")]
    mix = [ColourMix(vehicle="car", colour=c, share_pct=s) for c, s in (("red", 70), ("blue", 30))]
    day = drawn(*rows, *mix, city=10, town=2)
    assert Counter((o.vehicle, o.colour) for o in day.orders) == {
        ("car", "red"): 7, ("car", "blue"): 3, ("suv", None): 2,
    }  # fmt: skip
    assert [(s.kind, s.name, s.wanted, s.drawn) for s in day.shares] == [
        ("colour", "blue", 3.0, 3), ("colour", "red", 7.0, 7),
    ]  # fmt: skip


def test_the_seed_decides_who_gets_what_and_nothing_else_does() -> None:
    """The same seed draws the same orders; another one others of the same numbers."""
    rows = [*options("roof"), rate("roof", 50)]
    assert drawn(*rows) == drawn(*rows)
    assert drawn(*rows).orders != drawn(*rows, seed=2).orders
    assert drawn(*rows).shares == drawn(*rows, seed=2).shares


def test_options_that_others_need_are_drawn_first() -> None:
    """In a circle of needs the order of the table stands."""
    rows = options("rail", "roof", "hitch")
    needs = [OptionRule(rule="1", option="rail", kind="needs", other="roof")]
    groups = groups_in_order(rows, Rules(needs))
    assert [group.options for group in groups].index(("roof",)) < [
        group.options for group in groups
    ].index(("rail",))
    circle = [*needs, OptionRule(rule="2", option="roof", kind="needs", other="rail")]
    assert [g.options[0] for g in groups_in_order(rows, Rules(circle))] == ["rail", "roof", "hitch"]


@settings(max_examples=25, deadline=None)
@given(
    shares=st.lists(st.integers(0, 100), min_size=3, max_size=3),
    city=st.integers(0, 12),
    town=st.integers(0, 12),
    seed=st.integers(0, 9),
)
def test_without_rules_no_rate_is_missed_by_a_car_over_the_day(
    shares: list[int], city: int, town: int, seed: int
) -> None:
    """What one vehicle owes the next one pays."""
    names = ("roof", "hitch", "plug")
    rows = [rate(n, s, v) for v in ("car", "suv") for n, s in zip(names, shares, strict=True)]
    day = drawn(*options(*names), *rows, city=city, town=town, seed=seed)
    for name, share in zip(names, shares, strict=True):
        assert abs(len(with_option(day, name)) - share * (city + town) / 100) <= 0.5 + 1e-6
    assert all(a.order < b.order for a, b in pairwise(day.orders))
