"""Which plants are lines that need no events; the others say in words why they are none."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Calendar,
    Crew,
    Failure,
    Flow,
    Law,
    Maintenance,
    PlantModel,
    Source,
)
from motorworks.simulate.chain import Chain, chain_of
from motorworks.simulate.recursion import Line, line_of
from motorworks.simulate.slots import Slotted, slotted_of
from tests.unit.simulate.plants import line, station, stops, store

SPAN = np.array([[0.0, 60.0]])
PLAIN = line(station("a", 1.0), store("x", 2), station("b", 1.0))


def with_stop(**rest: Any) -> PlantModel:
    """The plain line with a failure of its first station."""
    return replace(PLAIN, failures=(stops(1, 9.0, 1.0, **rest),))


def slotted(kind: str, *, clock: str = "time", **of_station: Any) -> PlantModel:
    """Two stations that fail by slots."""
    law = Law(kind, 0.9), Law(kind, 0.1)  # type: ignore[arg-type]
    model = line(station("a", 1.0, **of_station), store("x", 2), station("b", 1.0))
    failures = tuple(
        Failure(f"f{e}", e, *law, clock=clock)  # type: ignore[arg-type]
        for e in (1, 3)
    )
    return replace(model, failures=failures)


def test_a_line_is_found_with_its_gaps() -> None:
    """Elements by number, and None where no buffer stands."""
    model = line(station("a", 1.0), station("b", 1.0), store("x", 2), station("c", 1.0))
    assert chain_of(model) == Chain(0, (1, 2, 4), (None, None, 3, None), 5)
    assert isinstance(line_of(model), Line)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (replace(PLAIN, calendars=(Calendar("c", SPAN),)), "there are calendars"),
        (replace(PLAIN, maintenance=(Maintenance("m", 1, SPAN),)), "there is planned maintenance"),
        (replace(PLAIN, flows=(*PLAIN.flows, Flow(1, 3))), "cars take more than one way"),
        (line(store("x", 1), store("y", 1), station("a", 1.0)), "buffer y follows a buffer"),
        (line(), "stations and buffers in a row do not end at an exit"),
        (line(station("a", 1.0, servers=2)), "station a has several servers"),
        (line(station("a", 1.0, setup_min=1.0)), "station a has setups"),
        (line(station("a", 1.0, first_pass=(0.9,))), "station a reworks cars"),
        (line(station("a", 1.0, scrap=(0.1,))), "station a scraps cars"),
        (line(store("x", 3, layout="lanes"), station("a", 1.0)), "buffer x is no FIFO"),
        (line(store("x", 3, initial=1), station("a", 1.0)), "buffer x holds cars at the start"),
        (line(store("x", -1), station("a", 1.0)), "a saturated source fills an endless buffer"),
        (line(station("a", 1.0), source=Source("in", kind="cars")),
         "there are no cars for the source"),
        (with_stop(clock="time"), "failure stop wears by time"),
        (replace(with_stop(crew=0), crews=(Crew("c", 1),)), "failure stop waits for a crew"),
        (with_stop(resume="scrap"), "failure stop scraps cars"),
        (slotted("bernoulli", clock="operation"), "failure f1 belongs to a slotted line"),
    ],
)  # fmt: skip
def test_a_plant_that_needs_events_says_why(model: PlantModel, reason: str) -> None:
    """The reason names the element and what it does."""
    assert line_of(model) == reason


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (PLAIN, "not all failures are by slots"),
        (with_stop(), "not all failures are by slots"),
        (slotted("bernoulli", law=Law("exponential")), "a station does more than plain work"),
        (replace(slotted("geometric"), failures=slotted("geometric").failures[:1] * 2),
         "not each failure has a machine of its own"),
        (replace(slotted("geometric"), failures=(
            slotted("geometric").failures[0], slotted("geometric", clock="operation").failures[1],
        )), "failures wear by time and by operation"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_slotted_says_why(model: PlantModel, reason: str) -> None:
    """Slots are for lines all of whose failures come by slots."""
    assert slotted_of(model) == reason


def test_a_line_of_bernoulli_machines_is_slotted() -> None:
    """Each machine has its failure; the slot is the time of a car."""
    found = slotted_of(slotted("bernoulli"))
    assert isinstance(found, Slotted)
    assert (found.failures, found.slot_min) == ((0, 1), 1.0)
