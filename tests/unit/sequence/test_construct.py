"""The first order: complete, and within the paint batch limits whenever that can be."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay, Paint
from motorworks.engines.random import stream
from motorworks.errors import InfeasibleError
from motorworks.sequence.classes import classes_of
from motorworks.sequence.construct import construct, mend
from motorworks.sequence.encode import encode
from motorworks.sequence.rules.colours import too_long
from tests.small_days import drawn_day


def painted(colours: str, most: tuple[int, ...], before: int = 0) -> LineDay:
    """A day of cars with these colours (r, b, w) and batch limits, and no other rule."""
    day = drawn_day(1, len(colours) - before, before)
    number = np.array(["rbw".index(letter) for letter in colours])
    return replace(day, ratios=(), colour=number, frozen=0, paint=Paint(most, with_before=True))


def can_be_painted(day: LineDay) -> bool:
    """Whether any order keeps the limits, by trying all of them, colour by colour."""
    assert day.paint is not None
    most, reached = day.paint.most, set()
    colour, run = -1, 0
    for one in day.colour[: day.before]:
        colour, run = int(one), run + 1 if one == colour else 1
    cars = tuple(int((day.colour[day.before :] == one).sum()) for one in range(3))
    waiting = [(cars, colour, run)]
    while waiting:
        left, colour, run = waiting.pop()
        if not any(left):
            return True
        for one in range(3):
            longer = run + 1 if one == colour else 1
            if left[one] and longer <= most[one]:
                rest = tuple(n - (place == one) for place, n in enumerate(left))
                step = (rest, one, longer)
                if step not in reached:
                    reached.add(step)
                    waiting.append(step)
    return False


@given(
    colours=st.text("rbw", min_size=2, max_size=10),
    most=st.tuples(*[st.integers(1, 3)] * 3),
    before=st.integers(0, 1),
)
@settings(max_examples=150, deadline=None)
def test_batch_limits_are_kept_whenever_they_can_be(
    colours: str, most: tuple[int, int, int], before: int
) -> None:
    """An order is built and mended exactly if one exists, from the same cars."""
    day = painted(colours, most, before)
    classes = classes_of(day)
    line = encode(day, classes)
    if can_be_painted(day):
        for seq in (construct(line, classes.of, stream(1, "build")), mend(line, classes.of)):
            assert not too_long(line, seq)
            assert Counter(seq.tolist()) == Counter(classes.of.tolist())
    else:
        with pytest.raises(InfeasibleError, match="batch limits"):
            construct(line, classes.of, stream(1, "build"))
        with pytest.raises(InfeasibleError, match="batch limits"):
            mend(line, classes.of)


def test_an_order_within_the_limits_is_left_alone() -> None:
    """Mending changes nothing where nothing is broken."""
    day = painted("rbrbrrbw", (2, 2, 2))
    classes = classes_of(day)
    assert mend(encode(day, classes), classes.of).tolist() == classes.of.tolist()


def test_each_colour_comes_in_one_run_where_nothing_else_counts() -> None:
    """Without limits and ratios the first order has as few colour changes as there can be."""
    day = painted("rbwrbwrbwrbw", (99, 99, 99))
    classes = classes_of(day)
    seq = construct(encode(day, classes), classes.of, stream(1, "build"))
    assert sum(one != other for one, other in pairwise(seq.tolist())) == 2
