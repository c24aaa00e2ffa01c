"""Scales of the objectives: which are cooled together, from which temperature to which."""

import numpy as np
import pytest

from motorworks.engines.random import stream
from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.scales import (
    COLD,
    MELT,
    MELT_AT,
    MEND,
    MOST_MELT,
    Scale,
    scales_of,
)
from motorworks.sequence.walk import new_walker
from tests.small_days import drawn_day


def scales(heavy: float, colour: float, light: float, wide: int = 30) -> list[Scale]:
    """Scales of a day with one wide rule of a heavy weight, colours, and narrow light rules."""
    day = drawn_day(3, 20, 0)
    classes = classes_of(day)
    line, rules = encode(day, classes), encode_others(day, classes.of, len(classes.example))
    line.ratio["weight"] = np.where(np.arange(len(line.ratio)) == 0, heavy, light)
    line.ratio["window"] = np.where(np.arange(len(line.ratio)) == 0, wide, 3)
    line = line._replace(colour_weight=colour)
    return scales_of(line, rules, new_walker(line, rules, classes.of, stream(1, "scales")))


def test_weights_far_apart_are_scales_of_their_own() -> None:
    """The heaviest first; colours and narrow ratios melt at less than wide ratios."""
    assert scales(1e6, 1e3, 1.0) == [
        Scale(1e6, 1e6, MOST_MELT), Scale(1e3, 1e3, MELT_AT), Scale(1.0, 1.0, MELT_AT),
    ]  # fmt: skip
    assert scales(1e6, 1e3, 1.0, wide=10)[0].melts == pytest.approx(0.5)


def test_weights_near_to_each_other_are_one_scale() -> None:
    """It melts where the widest of its ratios does."""
    assert scales(1e6, 1e3, 1e5) == [Scale(1e6, 1e5, MOST_MELT), Scale(1e3, 1e3, MELT_AT)]


def test_a_scale_is_cooled_from_where_it_melts() -> None:
    """Or from less, where the cooling is; to the same share of its least cost."""
    colours, ratios = Scale(1e3, 1e3), Scale(1e3, 10.0, MOST_MELT)
    assert colours.temperature(0.0, MELT.hot) == pytest.approx(MELT_AT * 1e3)
    assert ratios.temperature(0.0, MELT.hot) == pytest.approx(MOST_MELT * 1e3)
    assert ratios.temperature(0.0, MEND.hot) == pytest.approx(MEND.hot * 1e3)
    assert ratios.temperature(1.0, MELT.hot) == pytest.approx(COLD * 10.0)
