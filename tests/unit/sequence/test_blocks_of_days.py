"""Days in blocks side by side: borders mended, the same result from any number of processes."""

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case import day_on_line as laying
from motorworks.case.case import Case
from motorworks.case.line_day import LineDay
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.products import Colour, Option
from motorworks.result.days import DaySequence, DaysResult, read_days
from motorworks.result.sequence import SequenceResult
from motorworks.result.verify import score_order
from motorworks.result.verify.sequence import verify_sequence
from motorworks.sequence import days as stage
from motorworks.sequence.days import sequence_days
from motorworks.sequence.settings import SequenceSettings
from tests.unit.sequence.drawn import MONTH, backwards, plan_of, two_cars

PLAN = plan_of({("car", "city", MONTH): 31.0 * 6})
FIRST = dt.date(2025, 1, 6)
CARS, TAIL = 24, 8

Days = Mapping[tuple[str, dt.date], tuple[Order, ...]]


@pytest.fixture(autouse=True, scope="module")
def _small() -> object:
    """Blocks of two days, and days that look back at few cars."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage, "BLOCK", 2)
        patch.setattr(laying, "LEAST_TAIL", TAIL)
        yield


def case_of(seed: int = 1, iterations: int = 20_000) -> Case:
    """A line on which roofs stand four apart, and at most one of two cars has a hook."""
    return two_cars(
        Option(option="roof", name="Roof"),
        Option(option="hook", name="Hook"),
        Colour(colour="red", name="Red", batch_max=4),
        Colour(colour="blue", name="Blue"),
        SequenceRule(rule="roofs", shop="line", kind="spacing", option="roof", window=4),
        SequenceRule(rule="hooks", shop="line", kind="ratio", option="hook", at_most=1, window=2,
                     priority="low"),
    ).with_info(sequence={"iterations": iterations, "seed": seed, "bound_effort": 0.1})  # fmt: skip


def slotted(seed: int, days: int, cars: int = CARS) -> Days:
    """Random orders of days in a row."""
    rng = Random(seed)

    def order(day: dt.date, number: int) -> Order:
        has = [name for name, often in (("roof", 0.25), ("hook", 0.5)) if rng.random() < often]
        colour = rng.choice(["red", "blue", "blue"])
        return Order(order=f"{day}-{number}", vehicle="car", market="city", colour=colour,
                     options=" ".join(has) or None)  # fmt: skip

    dates = [FIRST + dt.timedelta(days=number) for number in range(days)]
    return {("line", day): tuple(order(day, n) for n in range(cars)) for day in dates}


def month_of(case: Case, days: Days, workers: int = 1) -> DaysResult:
    """All days asked for."""
    dates = [day for _, day in days]
    return sequence_days(case, PLAN, [(min(dates), max(dates))], slotted=days, workers=workers)


def cars_before(one: DaySequence) -> tuple[str, ...]:
    """Names of the cars that stand before a day."""
    return one.day.cars[: one.day.before]


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6), days=st.integers(3, 5))
def test_every_day_stands_after_what_was_built_before_it(seed: int, days: int) -> None:
    """After borders are mended, too; and each order scores what is told of it."""
    given_orders = slotted(seed, days)
    found = month_of(case_of(seed), given_orders).days
    assert [(one.line, one.date) for one in found] == list(given_orders)
    assert cars_before(found[0]) == ()
    for before, one in pairwise(found):
        assert one.after == before.day.name
        assert cars_before(one) == tuple(order.order for order in before.built[-TAIL:])
    for one in found:
        assert one.orders == given_orders[one.line, one.date]
        checked = verify_sequence(one.day, one.result, line=one.line)
        assert checked.clean, str(checked)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_mended_border_costs_no_more_than_one_left_alone(seed: int) -> None:
    """The first day of a block keeps the cars at its end, and is no worse than as it was found."""
    case, days = case_of(seed), slotted(seed, 4)
    left = {one.date: one for one in _blocks_alone(case, days)}
    for one in month_of(case, days).days:
        was = left[one.date]
        assert one.built[-TAIL:] == was.built[-TAIL:]
        assert one.result.mark <= score_order(one.day, was.result.order).mark
        if was.after:
            assert one.result.order == was.result.order


def _blocks_alone(case: Case, days: Days) -> list[DaySequence]:
    """The days of each block for themselves, as if there were no border."""
    keys = list(days)
    return [
        one
        for begin in range(0, len(keys), 2)
        for one in month_of(case, {key: days[key] for key in keys[begin : begin + 2]}).days
    ]


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table, byte for byte, and what a run states beside them."""
    monkeypatch.setattr(stage, "_FEW_SECONDS", 0.0)
    case, days = case_of(), slotted(3, 3, cars=120)
    monkeypatch.setattr(laying, "LEAST_TAIL", 50)  # as it stands in the other processes
    alone, both = month_of(case, days), month_of(case, days, workers=2)
    assert alone.stated == both.stated
    for name, table in alone.tables.items():
        assert table.equals(both.tables[name])
    assert [one.after for one in alone.days].count(None) == 1


def test_mended_days_are_read_back() -> None:
    """The tables of a run give each day after the day before it."""
    case = case_of()
    days = month_of(case, slotted(1, 5))
    again = read_days(case, days.tables, days.stated)
    assert [cars_before(one) for one in again.days] == [cars_before(one) for one in days.days]
    assert [one.result.order for one in again.days] == [one.result.order for one in days.days]


def test_a_day_of_few_cars_stays_with_the_day_before_it() -> None:
    """Nothing of it could be mended: all its cars are looked at by the next day."""
    small = month_of(case_of(), slotted(1, 5, cars=10)).days
    assert [one.result.searched.moves <= 20_000 for one in small] == [True] * 5
    assert [one.after is None for one in small] == [True, False, False, False, False]


def test_days_without_slotted_orders_are_left_out() -> None:
    """Neither the day before the first, nor one in the middle, which the next does not follow."""
    days = dict(slotted(1, 5))
    days["line", FIRST + dt.timedelta(days=2)] = ()
    found = month_of(case_of(), days).days
    assert [(one.date.day, one.after) for one in found] == [
        (6, None), (7, "2025-01-06"), (9, None), (10, "2025-01-09"),
    ]  # fmt: skip


def test_ctrl_c_leaves_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search answers it with what it has; a month with days of that kind would be no month."""

    def stopped(day: LineDay, params: SequenceSettings, **_: object) -> SequenceResult:
        result = backwards(day, params)
        result.searched.__dict__["stopped"] = "interrupted"
        return result

    monkeypatch.setattr(stage, "solve_sequence", stopped)
    with pytest.raises(KeyboardInterrupt):
        month_of(case_of(), slotted(1, 3))
