"""Placing buffer spaces and people."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Buffer, Crew, PlantModel
from motorworks.errors import CaseError
from motorworks.simulate.improve import (
    Progress,
    all_splits,
    applied,
    buffers_of,
    improve_buffers,
    improve_crews,
    told_split,
)
from motorworks.simulate.variants import roomier
from tests.unit.simulate.lines import line


def capacities(model: PlantModel) -> list[int]:
    """Places of each buffer."""
    return [one.capacity for one in model.elements if isinstance(one, Buffer)]


def helping(*weights: float):
    """A plant whose buffers help each other, each with a weight of its own."""

    def paces(model: PlantModel) -> np.ndarray:
        slow = sum(w / (c + 1.0) for w, c in zip(weights, capacities(model), strict=True))
        return np.array([100.0, 101.0]) / (1.0 + slow)

    return paces


@pytest.mark.parametrize("weights", [(1, 1), (1, 5, 2), (9, 1, 1, 4), (0.1, 3, 0.1, 3, 7)])
def test_the_split_found_is_the_best_of_all(weights: tuple[float, ...]) -> None:
    """Against every split there is, where buffers help each other."""
    model = line([1.0] * (len(weights) + 1), [0] * len(weights))
    paces, units = helping(*weights), 9
    found = improve_buffers(model, units, paces)

    def pace_of(split: tuple[int, ...]) -> float:
        changed = model
        for place, more in zip(buffers_of(model), split, strict=True):
            changed = roomier(changed, place.number, more)
        return float(paces(changed).mean())

    best = max(map(pace_of, all_splits(len(weights), units)))
    assert sum(found.split) == units
    assert found.after == pytest.approx(best, rel=1e-12)
    assert found.gain == pytest.approx(found.after - found.before)
    assert capacities(applied(model, found)) == list(found.split)


def test_units_that_bring_nothing_are_left() -> None:
    """A line that no third place helps any more gets two."""

    def paces(model: PlantModel) -> np.ndarray:
        return np.array([100.0 + min(2, capacities(model)[1])])

    found = improve_buffers(line([1.0] * 3, [0, 0]), 6, paces)
    assert (found.split, found.left, found.complete) == ((0, 2), 4, True)


def test_few_splits_of_a_long_line_are_simulated() -> None:
    """Thirty places over twelve buffers: some hundreds of two thousand million splits."""
    weights = tuple(1.0 + number % 5 for number in range(12))
    found = improve_buffers(line([1.0] * 13, [2] * 12), 30, helping(*weights))
    assert sum(found.split) == 30
    assert found.simulated < 800
    assert found.complete


def test_ctrl_c_keeps_the_best_split() -> None:
    """What was found so far is given, and said to be incomplete."""
    calls = 0

    def stopped(model: PlantModel) -> np.ndarray:
        nonlocal calls
        calls += 1
        if calls == 12:
            raise KeyboardInterrupt
        return helping(1, 5)(model)

    found = improve_buffers(line([1.0] * 3, [1, 1]), 8, stopped)
    assert not found.complete
    assert found.after > found.before
    assert sum(found.split) <= 8


def test_progress_tells_of_the_best_so_far() -> None:
    """Pace never falls, and splits are counted once."""
    told: list[Progress] = []
    found = improve_buffers(line([1.0] * 3, [1, 1]), 4, helping(1, 5), told.append)
    assert [one.simulated for one in told] == list(range(1, found.simulated + 1))
    assert [one.cars_a_day for one in told] == sorted(one.cars_a_day for one in told)


def test_people_go_where_they_are_missed() -> None:
    """A crew twice as busy gets the heads."""
    model = replace(line([1.0], []), crews=(Crew("weld", 1), Crew("trim", 1)))

    def paces(plant: PlantModel) -> np.ndarray:
        weld, trim = (crew.heads for crew in plant.crews)
        return np.array([100.0 - 1.0 / weld - 20.0 / trim])

    found = improve_crews(model, 4, paces)
    assert found.split == (0, 4)
    assert told_split(found) == ["trim: 4 more heads, 5 in all"]
    assert [crew.heads for crew in applied(model, found).crews] == [1, 5]


def test_a_plant_without_places_or_people_is_refused_in_words() -> None:
    """Endless buffers cannot grow."""
    model = line([1.0, 1.0], [-1])
    with pytest.raises(CaseError, match="has no buffer with a number of places"):
        improve_buffers(model, 3, helping())
    with pytest.raises(CaseError, match="has no crew"):
        improve_crews(model, 3, helping())
