"""Cars one by one: when they were where, and build to schedule by hand."""

import numpy as np
import polars as pl
import pytest

from motorworks.case.case import table_of
from motorworks.case.plant_model import Cars
from motorworks.result.car_records import ScheduleDay, SimCar
from motorworks.simulate.car_times import build_to_schedule, with_cars
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.run import simulate
from tests.unit.simulate.plants import line, station

NOON = 720.0


def cars_of(kinds: list[int], days: list[int]) -> Cars:
    """Cars of these types planned for these days, from 0, none before its day."""
    day = np.array(days, dtype=np.int64)
    return Cars(np.array(kinds, dtype=np.int64), np.zeros(len(days), dtype=np.int64),
                day * 1440.0, day, tuple(f"order {n}" for n in range(len(days))))  # fmt: skip


def test_a_day_is_measured_as_in_the_worked_example_of_the_field() -> None:
    """Of 810 planned 690 are made, 540 of them in the mix: 85.2 %, 78.3 %."""
    kinds = [0] * 270 + [1] * 540
    model = line(station("s", 1.0, 1.0), types=("a", "b+roof"), cars=cars_of(kinds, [0] * 810))
    # 420 of a, where 270 were planned, and 270 of b: numbers beyond the plan's a are taken from b
    rows = [
        SimCar(car=n, shop="shop", order=f"order {n}", vehicle="a" if n < 420 else "b+roof", day=1,
               entered=0.0, left=NOON + n / 10, out=True)
        for n in range(690)
    ]  # fmt: skip
    (day,) = build_to_schedule(model, table_of(SimCar, rows))
    assert (day.planned, day.built, day.in_mix) == (810, 690, 540)
    assert day.volume == pytest.approx(85.2, abs=0.05)
    assert day.mix == pytest.approx(78.3, abs=0.05)
    assert day.sequence == 100.0
    assert day.kept == pytest.approx(day.volume * day.mix / 100.0)


def test_cars_that_leave_a_day_later_are_held_against_the_plan_of_the_day_before() -> None:
    """The lag is that of most cars; one of four left behind a car planned after it."""
    model = line(station("s", 1.0), cars=cars_of([0] * 8, [0] * 4 + [1] * 4))
    order = [0, 2, 1, 3]
    rows = [
        SimCar(car=car, shop="shop", order=f"order {car}", vehicle="a", day=1, entered=NOON,
               left=1440.0 + NOON + place, out=True)
        for place, car in enumerate(order)
    ]  # fmt: skip
    (day,) = build_to_schedule(model, table_of(SimCar, rows))
    assert (day.day, day.lag, day.planned, day.built, day.in_sequence) == (2, 1, 4, 4, 3)
    assert (day.volume, day.mix, day.sequence, day.kept) == (100.0, 100.0, 75.0, 75.0)


def test_a_simulation_tells_of_each_car_in_each_shop() -> None:
    """Two stations of two minutes; the third car is still in the second when time is over."""
    model = line(station("one", 2.0), station("two", 2.0), cars=cars_of([0, 0, 0], [0, 0, 0]))
    found = simulate(model, SimulateParams(until_min=7.0, visits=1, replications=1, warmup=0.0))
    tables = with_cars(dict(found.tables), model)
    cars = tables[SimCar.TABLE]
    assert cars["order"].to_list() == ["order 0", "order 1", "order 2"]
    assert cars["entered"].to_list() == [0.0, 2.0, 4.0]
    assert cars["left"].to_list() == [4.0, 6.0, None]
    assert cars["out"].to_list() == [True, True, False]
    (day,) = tables[ScheduleDay.TABLE].to_dicts()
    assert (day["planned"], day["built"]) == (3, 2)
    assert day["kept"] == pytest.approx(100.0 * 2 / 3)


def test_a_plant_without_planned_cars_has_no_schedule() -> None:
    """There is nothing to hold it against."""
    model = line(station("one", 2.0))
    found = simulate(model, SimulateParams(until_min=9.0, visits=1, replications=1, warmup=0.0))
    tables = with_cars(dict(found.tables), model)
    assert tables[SimCar.TABLE].is_empty()
    assert tables[ScheduleDay.TABLE].equals(pl.DataFrame(schema=tables[ScheduleDay.TABLE].schema))
