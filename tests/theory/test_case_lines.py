"""The shipped case ``lines``: each of its plants has the figure that its name states."""

from functools import cache

import pytest

from bench.simulate_line_model import bench_line
from motorworks.case.case import Case
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.sites import Plant, ShopRate
from motorworks.io.case_folder import find_case, read_case
from motorworks.result.verify import verify_simulation
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import choose, replicate
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.run import simulate
from tests.theory.tables import content, expect, pace


@cache
def lines() -> Case:
    """The case."""
    return read_case(find_case("lines"))


CARS = {"until_cars": 20_000, "warmup_cars": 1_000}
SLOTS = {"until_min": 30_000.0, "warmup_min": 2_000.0}

PACES = {
    "three": ("recursion", 0.01, CARS),
    "bowl": ("recursion", 0.01, CARS),
    "two": ("recursion", 0.01, CARS),
    "gershwin": ("recursion", 0.02, CARS),
    "simopt": ("recursion", 0.02, CARS),
    "buzacott": ("slots", 0.04, SLOTS),
    "bernoulli": ("slots", 0.01, SLOTS),
    "assembly": ("events", 0.02, {"until_min": 4_000.0, "warmup_min": 600.0}),
}
"""Plants whose pace is known exactly: engine, and how well it has to be known."""

QUEUES = {
    "mm1": ("mm1-queue", 3.2, "recursion", {"until_cars": 100_000, "warmup_cars": 3_000}),
    "mm2": ("mm2-queue", 256 / 90, "events", {"until_cars": 30_000, "warmup_cars": 2_000}),
    "md1": ("md1-queue", 1.6, "recursion", {"until_cars": 60_000, "warmup_cars": 3_000}),
}
"""Queues whose mean number waiting is known."""

RUNS = {"ten": 0.005, "nist": 0.012, "nist-mix": 0.015}
"""Plants whose pace is known from single runs: how near theirs should come, in cars a minute."""


@pytest.mark.parametrize("name", PACES)
def test_a_line_has_the_pace_of_its_theory(name: str) -> None:
    """That of its row in ``shop_rates``, cars an hour."""
    engine, within, span = PACES[name]
    exact = next(row.jph for row in lines().rows(ShopRate) if row.shop == name) / 60.0
    model = plant_of_case(lines(), name)
    expect(model, pace, exact, within, engine, **span)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_has_the_length_of_its_theory(name: str) -> None:
    """Cars in the endless buffer before the place of work."""
    buffer, exact, engine, span = QUEUES[name]
    model = plant_of_case(lines(), name)
    place = [one.name for one in model.elements].index(buffer)
    expect(model, content(place), exact, 0.15, engine, **span)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", RUNS)
def test_a_line_has_the_pace_of_published_runs(name: str) -> None:
    """Three runs each, as long as those that were published or longer."""
    encoded = encode(plant_of_case(lines(), name))
    span = {"until_min": 20_000.0, "warmup_min": 1_000.0}
    found = [pace(replicate(encoded, seed=1, replication=r, **span)) for r in (1, 2, 3)]
    exact = next(row.jph for row in lines().rows(ShopRate) if row.shop == name) / 60.0
    assert sum(found) / len(found) == pytest.approx(exact, abs=RUNS[name])


def test_the_line_of_the_measurements_is_the_one_that_is_measured() -> None:
    """Twenty stations, nineteen stores and twenty failures, as ``bench`` builds them by hand."""
    model, measured = plant_of_case(lines(), "twenty"), bench_line(20)
    assert [type(one) for one in model.elements] == [type(one) for one in measured.elements]
    for one, other in zip(model.elements, measured.elements, strict=True):
        for field in ("time_min", "capacity", "servers", "blocking"):
            assert getattr(one, field, None) == getattr(other, field, None)
    kinds = {(one.up, one.down, one.clock, one.resume) for one in measured.failures}
    assert {(one.up, one.down, one.clock, one.resume) for one in model.failures} == kinds
    assert choose(encode(model))[0] == "recursion"


def test_every_plant_of_the_case_is_held_against_its_figure() -> None:
    """None is left out; the network is held against its figures by a test of its own."""
    told = {row.plant for row in lines().rows(Plant)}
    assert told == {*PACES, *QUEUES, *RUNS, "jackson", "twenty"}


@pytest.mark.parametrize("name", [row.plant for row in lines().rows(Plant)])
def test_what_is_told_of_every_plant_of_the_case_holds_in_the_check(name: str) -> None:
    """The warm-up found, too, whichever engine is chosen."""
    model = plant_of_case(lines(), name)
    params = SimulateParams(replications=2, until_min=4_000.5)
    found = verify_simulation(model, simulate(model, params))
    assert found.clean, str(found)
