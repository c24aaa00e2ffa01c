"""Measured paces go back to the plan."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo
from motorworks.case.records.line import Order
from motorworks.case.records.products import WorkContent
from motorworks.case.records.sites import Shop, ShopRate
from motorworks.result.bottleneck_records import SimTurn
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.simulated_days import SimulatedDays, SimulatedSpan
from motorworks.simulate.close_loop import closed, turn_of, with_measured
from tests.unit.simulate.results import whole

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
CASE = Case.of(INFO, [
    Shop(shop="body", plant="site", kind="body"), Shop(shop="final", plant="site", kind="line"),
    ShopRate(shop="body", start="2020-01-01", jph=80, availability_pct=50),
    ShopRate(shop="body", start="2023-01-01", jph=60, availability_pct=90),
    ShopRate(shop="final", start="2020-01-01", jph=40),
    WorkContent(vehicle="van", shop="body", factor=1.4),
])  # fmt: skip


def simulated() -> SimulatedDays:
    """One day of the plant in which the body shop does 51.25 cars an hour."""
    return SimulatedDays((SimulatedSpan("site", dt.date(2024, 1, 8), 1, "shop", whole()),))


def days(*vehicles: str) -> DaysResult:
    """A day with cars of these vehicles."""
    orders = tuple(Order(order=str(n), vehicle=name, market="m", colour=None, options=None)
                   for n, name in enumerate(vehicles))  # fmt: skip
    one = DaySequence("final", dt.date(2024, 1, 8), True, None, orders, (), None, None)  # type: ignore[arg-type]
    return DaysResult((one,))


def plan(units: float) -> PlanResult:
    """A plan that builds so many cars at the plant, and some elsewhere."""
    table = pl.DataFrame({"plant": ["site", "elsewhere"], "units": [units, 7.0]})
    return PlanResult(0.0, {"production": table}, {}, None, {})  # type: ignore[arg-type]


def test_a_turn_says_what_was_assumed_and_measured_in_standard_vehicles() -> None:
    """Half of the cars are vans, which are 1.4 standard vehicles in the body shop."""
    body, final = turn_of(1, CASE, plan(1000.0), days("van", "car"), simulated(), [])
    assert (body.shop, body.assumed) == ("body", pytest.approx(54.0))
    assert body.measured == 60.0  # 51.25 x 1.2 would be more than its rate
    assert (final.assumed, final.measured) == (40.0, 40.0)
    assert body.volume == 1000.0
    assert body.change_pct is None
    body, _ = turn_of(1, CASE, plan(1000.0), days("car"), simulated(), [])
    assert body.measured == pytest.approx(51.25)


def test_the_volume_is_held_against_the_turn_before() -> None:
    """The loop is closed where it changes by less than half a per cent."""
    first = turn_of(1, CASE, plan(1000.0), days("car"), simulated(), [])
    second = turn_of(2, CASE, plan(950.0), days("car"), simulated(), first)
    third = turn_of(3, CASE, plan(952.0), days("car"), simulated(), [*first, *second])
    assert second[0].change_pct == pytest.approx(-5.0)
    assert third[0].change_pct == pytest.approx(100.0 * 2.0 / 950.0)
    assert [closed(turn) for turn in (first, second, third)] == [False, False, True]
    assert not closed([])


def test_measured_paces_become_availability() -> None:
    """In every row of a shop, at most 100 %, rates unchanged; other shops stay."""
    row = SimTurn(turn=1, shop="body", plant="site", assumed=54.0, measured=48.0, volume=1.0)
    found = with_measured(CASE, [row]).rows(ShopRate)
    assert [(r.shop, r.jph, r.availability_pct) for r in found] == [
        ("body", 80.0, 60.0), ("body", 60.0, 80.0), ("final", 40.0, 100.0),
    ]  # fmt: skip
    quick = with_measured(CASE, [row.model_copy(update={"measured": 75.0})]).rows(ShopRate)
    assert [r.availability_pct for r in quick] == [93.75, 100.0, 100.0]


def test_the_plant_as_described_is_found_again() -> None:
    """What was simulated does not have the paces that were measured."""
    row = SimTurn(turn=1, shop="body", plant="site", assumed=54.0, measured=48.0, volume=1.0)
    planned = with_measured(CASE, [row])
    kept = replace(simulated(), rates=tuple(CASE.rows(ShopRate)))
    assert kept.described(planned).rows(ShopRate) == CASE.rows(ShopRate)
    assert simulated().described(planned) is planned
