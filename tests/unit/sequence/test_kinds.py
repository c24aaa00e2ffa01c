"""How often each way to try a move is used while a scale is cooled."""

import numpy as np
import pytest

from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.kinds import KINDS, shares_at
from tests.small_days import drawn_day


def shares(weight: float) -> dict[str, float]:
    """Share of each kind while the objective of a weight (100, 10 or 1) is cooled."""
    day = drawn_day(3, 20, 0)
    line = encode(day, classes_of(day))
    line.ratio["weight"] = np.where(np.arange(len(line.ratio)) == 0, 100.0, 1.0)
    line = line._replace(colour_weight=10.0)
    summed = shares_at(line, weight, weight)
    assert summed[-1] == 1.0
    parts = np.diff(summed, prepend=0.0)
    return {kind.name: float(part) for kind, part in zip(KINDS, parts, strict=True)}


def test_moves_that_change_nothing_being_cooled_are_rare() -> None:
    """Cars alike in the heaviest rules change places rarely while only these rules count."""
    top, middle = shares(100.0), shares(10.0)
    assert top["swap same heaviest"] < 0.2 * middle["swap same heaviest"]
    assert middle["swap same colour"] < 0.2 * top["swap same colour"]


def test_moves_that_leave_heavier_objectives_alone_are_frequent() -> None:
    """At the lightest scale those come first that change neither heavy ratios nor colours."""
    middle, last = shares(10.0), shares(1.0)
    either = "swap same heaviest and colour"
    assert last[either] / last["swap any"] == pytest.approx(2 * 5 / 15)
    assert middle["swap same heaviest"] / middle["swap any"] > 10 / 15


def test_every_kind_is_tried_at_times() -> None:
    """At every scale."""
    for weight in (100.0, 10.0, 1.0):
        assert min(shares(weight).values()) > 0


def test_moves_for_the_sake_of_colours_are_not_tried_where_colours_count_nothing() -> None:
    """All others are."""
    day = drawn_day(3, 20, 0)
    line = encode(day, classes_of(day))._replace(colour_weight=0.0)
    parts = np.diff(shares_at(line, 1.0, 1.0), prepend=0.0)
    tried = {kind.name for kind, part in zip(KINDS, parts, strict=True) if part > 0.0}
    assert tried == {kind.name for kind in KINDS if not kind.paints}
