"""Random serial lines: the departure recursion leaves what the engine of events leaves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.plant_model import Cars, Element, Failure, Law, PlantModel, Source
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import replicate
from motorworks.simulate.recursion import line_of, side_by_side
from motorworks.simulate.tally import Tally
from tests.subjects.serial_lines import LINES
from tests.unit.simulate.plants import line, station, store

MEANS = (
    "end", "warmup", "exit_time", "entered", "states", "content", "stop_min", "utility",
)  # fmt: skip
COUNTS = (
    "exit_car", "exit_type", "inside", "came_in", "scrapped", "passed", "worked", "bad", "peak",
    "setups", "stops", "levels",
)  # fmt: skip
VISITS = ("arrived", "started", "ended", "left", "blocked", "failed")


def both(model: PlantModel, **span: Any) -> tuple[Tally, Tally]:
    """One replication by each engine."""
    encoded = encode(model)
    by_events, by_recursion = (
        replicate(encoded, seed=3, replication=1, engine=engine, **span)
        for engine in ("events", "recursion")
    )
    return by_events, by_recursion


def hold_alike(one: Tally, other: Tally) -> None:
    """Hold all of two tallies against each other."""
    for name in COUNTS:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in MEANS:
        assert np.allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-9), name
    assert one.order_at.keys() == other.order_at.keys()
    for element, order in one.order_at.items():
        assert order.tolist() == other.order_at[element].tolist()
    if one.visits is not None and other.visits is not None:
        rows = [np.lexsort((part.element, part.car)) for part in (one.visits, other.visits)]
        for name in ("car", "element", "server", *VISITS):
            left, right = (
                getattr(part, name)[order]
                for part, order in zip((one.visits, other.visits), rows, strict=True)
            )
            over = ~np.isnan(one.visits.left[rows[0]])
            left, right = (left[over], right[over]) if name in VISITS else (left, right)
            assert np.allclose(left, right, rtol=1e-9, atol=1e-9, equal_nan=True), name


@pytest.mark.parametrize("name", LINES)
def test_each_kind_of_line_leaves_the_same_by_both_engines(name: str) -> None:
    """Until a count of cars and until a minute, with samples, visits and orders of cars."""
    hold_alike(*both(LINES[name], until_cars=180, warmup_cars=20))
    hold_alike(
        *both(LINES[name], until_min=190.0, warmup_min=33.3, sample_min=7.0, visits=True,
              order_at=(1, 2))
    )  # fmt: skip


RESUME = ("resume", "repeat")
LAWS = st.sampled_from([
    Law(), Law("exponential"), Law("uniform", 1.0, 0.4), Law("weibull", 1.0, 1.7),
    Law("empirical", 1.0, None, (1.0, 2.0, 4.0)),
])  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> PlantModel:
    """A line of one to four stations whose times never tie."""
    # round numbers would tie, and of what ends in the same instant engines may count one more
    minutes = st.integers(0, 10**6).map(
        lambda seed: 0.5 + 1.5 * float(np.random.default_rng(seed).random())
    )
    between: list[Element] = []
    failures: list[Failure] = []
    for number in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            transfer = draw(st.sampled_from([0.0, 0.37, 1.9]))
            between.append(store(f"b{number}", draw(st.integers(1, 4)), transfer_min=transfer))
        times = (draw(minutes), draw(minutes))
        blocking = draw(st.sampled_from(["after", "before"]))
        between.append(station(f"m{number}", *times, law=draw(LAWS), blocking=blocking))
        failures += [
            Failure(f"f{number}-{i}", len(between), Law("exponential", draw(st.floats(2.0, 20.0))),
                    Law("lognormal", draw(minutes), 0.5), resume=draw(st.sampled_from(RESUME)))
            for i in range(draw(st.integers(0, 2)))
        ]  # fmt: skip
    cars = None
    kind = draw(st.sampled_from(["saturated", "law", "cars"]))
    if kind == "cars":
        chance = np.random.default_rng(draw(st.integers(0, 1000)))
        zeros = np.zeros(60, dtype=np.int64)
        cars = Cars(chance.integers(0, 2, 60), zeros, np.sort(chance.uniform(0, 60, 60)), zeros)
    source = Source("in", "", kind, Law("gamma", draw(minutes), 0.8), (0.3, 0.7))
    return line(*between, source=source, types=("a", "b"), failures=tuple(failures), cars=cars)


@settings(max_examples=60, deadline=None)
@given(model=lines(), cars=st.booleans())
def test_random_lines_leave_the_same_by_both_engines(model: PlantModel, cars: bool) -> None:
    """Any source, buffers, transfers, blocking, laws, failures: every figure is the same."""
    span: dict[str, Any] = {"until_cars": 50, "warmup_cars": 7}
    if not cars:
        span = {"until_min": 55.5, "warmup_min": 7.7, "sample_min": 3.3217, "visits": True}
    hold_alike(*both(model, **span))


def test_replications_side_by_side_are_those_one_by_one() -> None:
    """A lane's random numbers and times do not know of the lanes beside it."""
    model = LINES["fixed times and failures"]
    found = line_of(model)
    assert not isinstance(found, str)
    together = side_by_side(found, seed=3, replications=range(16), until_cars=700, warmup_cars=50)
    for number in (0, 1, 15):
        alone = replicate(encode(model), seed=3, replication=number, until_cars=700, warmup_cars=50)
        hold_alike(alone, together[number])
