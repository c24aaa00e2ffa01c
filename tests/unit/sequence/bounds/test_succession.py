"""Orders of colours alone, worked out by hand."""

import math
import time

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Ratio
from motorworks.sequence.bounds.given import known_of
from motorworks.sequence.bounds.memories import LAST, memories_of
from motorworks.sequence.bounds.net import Memory, Net, finer, first_net
from motorworks.sequence.bounds.succession import no_succession, pairs_of
from motorworks.sequence.bounds.whole import Question
from motorworks.sequence.bounds.work import Work


def one_of_each(cars: str, before: str = "") -> LineDay:
    """A car of each colour: R with a roof, 1 in 3, H with a hook, 1 in 2, or plain p."""
    every = before + cars
    has = np.array([[letter == "R", letter == "H"] for letter in every])
    colour = np.append(np.zeros(len(before), np.int64), np.arange(len(cars)))
    return LineDay(
        "day", tuple(f"{number}" for number in range(len(every))), len(before), ("roof", "hook"),
        has, tuple(f"colour {number}" for number in range(len(cars))), colour,
        (Objective("colour", 1000), Objective("high", 1)),
        ratios=(Ratio("roof", 0, 1, 3), Ratio("hook", 1, 1, 2)),
    )  # fmt: skip


def asked_of(day: LineDay, high: float) -> tuple[Question, Net, list[Memory]]:
    """As few changes as colours, and so many violations; a net that remembers the last colour."""
    changes = float(len(set(day.colour.tolist())) - 1)
    asked = known_of(day, "high", {"colour": changes, "high": high}, Work(math.inf))
    assert asked is not None
    memories = memories_of(day, asked.entries, asked.layers)
    (last,) = (memory for memory in memories if memory.name == LAST)
    net = finer(first_net(asked.layers), last, 999)
    assert net is not None
    return asked, net, memories


def soon() -> float:
    """Time enough for a day of five cars."""
    return time.perf_counter() + 60.0


def test_pairs_have_the_colour_before_and_none_at_the_begin() -> None:
    """Two colours: either first, and each after the other."""
    asked, net, _ = asked_of(one_of_each("Rp"), 0.0)
    pairs = pairs_of(net, asked.layers)
    assert sorted(zip(pairs.before, pairs.after, strict=True)) == [(0, 1), (1, 0), (2, 0), (2, 1)]
    assert pairs.start == 2


def test_a_day_that_goes_on_in_a_colour_starts_there() -> None:
    """After a car of the first colour the first run may be of it, so that it starts there."""
    asked, net, _ = asked_of(one_of_each("Rp", before="p"), 0.0)
    assert pairs_of(net, asked.layers).start == 0


def test_rules_that_each_have_an_order_may_have_none_together() -> None:
    """R H H R keeps the roofs apart, and R H R H the hooks; one violation allows either."""
    asked, net, memories = asked_of(one_of_each("RRHH"), 0.0)
    assert no_succession(asked, net, memories, soon())
    asked, net, memories = asked_of(one_of_each("RRHH"), 1.0)
    assert not no_succession(asked, net, memories, soon())


def test_one_plain_car_more_and_there_is_an_order() -> None:
    """R H p R H."""
    asked, net, memories = asked_of(one_of_each("RRHHp"), 0.0)
    assert not no_succession(asked, net, memories, soon())


def test_nothing_is_shown_without_time() -> None:
    """The time given is over."""
    asked, net, memories = asked_of(one_of_each("RRHH"), 0.0)
    assert not no_succession(asked, net, memories, time.perf_counter())
