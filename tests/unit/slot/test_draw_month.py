"""Orders of a whole month: volumes, take rates, colours, promised days."""

import datetime as dt
from collections import Counter

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.drawing import rates_of
from motorworks.case.option_rules import Rules
from motorworks.case.records.products import Option, OptionRule, TakeRate
from motorworks.case.volumes import day_volumes, month_volumes, working_days
from motorworks.slot.draw import DrawnMonth, draw_month
from tests.unit.sequence.drawn import MONTH, RULES, plan_of, two_cars

PLAN = plan_of({("car", "city", MONTH): 600.4, ("suv", "town", MONTH): 99.6})
TIGHT: list[Record] = [
    Option(option="roof", name="Roof"),
    Option(option="rail", name="Rail"),
    Option(option="hitch", name="Hitch"),
    TakeRate(vehicle="car", option="roof", share_pct=60),
    TakeRate(vehicle="car", option="rail", share_pct=40),
    TakeRate(vehicle="car", option="hitch", share_pct=40),
    OptionRule(rule="r1", option="roof", kind="excludes", other="rail"),
    OptionRule(rule="r2", option="hitch", kind="excludes", other="rail"),
]


def drawn(*rows: Record, seed: int = 1) -> tuple[Case, DrawnMonth]:
    """A case with some rows, and the month drawn for it."""
    case = two_cars(*rows)
    return case, draw_month(case, PLAN, "works", MONTH, seed)


def test_volumes_are_met_exactly() -> None:
    """The month has the whole cars of its plan, and so have its days together."""
    case, month = drawn(*RULES)
    cars = Counter((order.vehicle, order.market) for order in month.orders)
    assert cars == {("car", "city"): 600, ("suv", "town"): 100}
    assert {(v.vehicle, v.market): v.cars for v in month_volumes(PLAN, "works", MONTH)} == cars
    days: Counter[tuple[str, str]] = Counter()
    for day in working_days(case, "works"):
        if f"{day:%Y-%m}" == MONTH:
            for volume in day_volumes(case, PLAN, "works", day):
                days[volume.vehicle, volume.market] += volume.cars
    assert days == cars


def test_take_rates_and_colours_are_met_within_a_car() -> None:
    """Half of 600 cars have a roof, half are red; the table says so."""
    _, month = drawn(*RULES)
    assert {row.name: (row.wanted, row.drawn) for row in month.shares} == {
        "roof": (300.0, 300), "red": (300.0, 300), "blue": (300.0, 300),
    }  # fmt: skip
    assert month.miss == month.least_miss == 0.0


def test_rates_that_rules_make_hard_are_met_by_a_mix_of_trims() -> None:
    """Roofs and hitches exclude rails: 40 % with a rail leave 60 % for roofs and for hitches."""
    case, month = drawn(*TIGHT)
    assert {row.name: row.drawn for row in month.shares} == {
        "roof": 360, "rail": 240, "hitch": 240,
    }  # fmt: skip
    rules = Rules(case.rows(OptionRule))
    for order in month.orders:
        has = (order.options or "").split()
        assert all(rules.allow(one, order.vehicle, order.market, has) for one in has)
    assert month.conflicts == ()


def test_rates_that_cannot_be_met_are_told_with_their_rules() -> None:
    """With 60 % roofs and 50 % rails that exclude each other a tenth of the cars are missed."""
    rates = [row.model_copy(update={"share_pct": 50}) if getattr(row, "option", "") == "rail"
             and isinstance(row, TakeRate) else row for row in TIGHT]  # fmt: skip
    _, month = drawn(*rates)
    assert abs(month.least_miss - 60.0) < 0.1
    said = month.conflicts[0]
    assert "cannot be met together (" in said
    assert "rail excludes roof" in said or "roof excludes rail" in said
    assert "rail 50 %" in said
    assert "too few" in said
    assert month.miss <= month.least_miss + 3.0


def test_each_order_is_promised_after_a_day_on_which_its_vehicle_is_built() -> None:
    """Due days lie in the month, spread over its working days; the way is added."""
    case, month = drawn(*RULES)
    days = [day for day in working_days(case, "works") if f"{day:%Y-%m}" == MONTH]
    promised = Counter(order.promised for order in month.orders)
    assert min(promised) >= days[0].isoformat()
    assert len(promised) >= len(days)
    assert max(promised.values()) <= len(month.orders) / len(days) + 2
    assert dt.date.fromisoformat(max(promised)) >= days[-1]


def test_the_seed_decides_who_gets_what_and_nothing_else() -> None:
    """The same seed draws the same orders, another one others with the same shares."""
    first, again, other = drawn(*RULES)[1], drawn(*RULES)[1], drawn(*RULES, seed=2)[1]
    assert first == again
    assert first.orders != other.orders
    assert first.shares == other.shares


def test_rates_of_a_group_are_found_by_name() -> None:
    """An option that is not sold in a market has no rate there."""
    rules = Rules([OptionRule(rule="r", option="a", kind="not_market", market="kr")])
    from motorworks.case.option_rules import Group
    from motorworks.case.volumes import Volume

    table = {("car", None, "a"): 40.0, ("car", None, "b"): 60.0}
    group = Group(("a", "b"), True)
    assert rates_of(table, group, Volume("car", "kr", 9), rules).tolist() == [0.0, 1.0]
