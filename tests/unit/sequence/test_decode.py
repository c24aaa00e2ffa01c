"""From classes to cars: each once, frozen and wanted ones in their places."""

from dataclasses import replace

import numpy as np

from motorworks.sequence.classes import classes_of
from motorworks.sequence.decode import cars_of
from tests.small_days import drawn_day


def test_cars_of_a_class_keep_their_order_and_frozen_ones_their_place() -> None:
    """Without wishes, cars alike stand in the order as given."""
    day = drawn_day(1, 20, 2)
    classes = classes_of(day)
    seq = classes.of.copy()
    np.random.default_rng(1).shuffle(seq[2 + day.frozen :])
    order = cars_of(day, classes, seq)
    assert sorted(order) == list(range(20))
    assert classes.of[2 + np.array(order)].tolist() == seq[2:].tolist()
    for kind in set(seq[2:].tolist()):
        cars = [car for car in order if classes.of[2 + car] == kind]
        assert cars == sorted(cars)


def test_wanted_cars_stand_where_they_are_wanted() -> None:
    """In the wanted order of classes every car stands in its wanted place."""
    day = drawn_day(1, 12, 0)
    wanted = tuple(int(place) for place in np.random.default_rng(2).permutation(12))
    day = replace(day, wanted=wanted, frozen=0)
    classes = classes_of(day)
    seq = np.empty(12, dtype=np.int32)
    for car, place in enumerate(wanted):
        seq[place] = classes.of[car]
    order = cars_of(day, classes, seq)
    assert [order[wanted[car]] for car in range(12)] == list(range(12))
