"""Runs of all colours together, with the one that begins the day."""

import math

import numpy as np
import pytest

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio
from motorworks.sequence.bounds.given import colours_of
from motorworks.sequence.bounds.ledger import ledger
from motorworks.sequence.bounds.master import Master
from motorworks.sequence.bounds.work import Work


def after(before: str, cars: str, batch: int = 9) -> LineDay:
    """Red and blue cars, a capital with a roof, of which one may be in two; batches of red."""
    every = before + cars
    has = np.array([[letter.isupper()] for letter in every])
    colour = np.array([int(letter.lower() == "b") for letter in every])
    return LineDay(
        "day", tuple(f"{number}" for number in range(len(every))), len(before), ("roof",), has,
        ("red", "blue"), colour, (Objective("colour", 1000), Objective("high", 1)),
        ratios=(Ratio("roof", 0, 1, 2),), paint=Paint((batch, 9), with_before=True),
    )  # fmt: skip


def bound_of(day: LineDay, runs: int, counted: int) -> float:
    """Least violations in so many runs, and so many but one that goes on."""
    entries = ledger(day, {"colour": float(counted)})
    colours = colours_of(day, entries, Work(math.inf))
    return Master(day, colours, entries, "high", runs, counted, {}).bound(Work(9.0), math.inf)


@pytest.mark.parametrize(("before", "least"), [("r", 0.0), ("R", 1.0)])
def test_the_first_run_goes_on_from_the_cars_before(before: str, least: float) -> None:
    """R r R in one run: after a car with a roof either end of it breaks a window."""
    assert bound_of(after(before, "RrR"), 1, 0) == pytest.approx(least)


def test_a_first_run_in_another_colour_is_a_change() -> None:
    """B r R R or r R b R break no less than one; R b r R goes on in red and breaks two."""
    assert bound_of(after("R", "RRrb"), 3, 2) == pytest.approx(0.0)  # r R b R
    assert bound_of(after("R", "RRrb"), 2, 1) == pytest.approx(1.0)  # r R R b


def test_a_full_batch_does_not_go_on() -> None:
    """Two red cars before fill the batch: the day begins in blue, with a change."""
    day = after("rr", "Rb", batch=2)
    first = [colour.first is not None for colour in colours_of(day, ledger(day, {}), Work(9.0))]
    assert first == [False, True]
