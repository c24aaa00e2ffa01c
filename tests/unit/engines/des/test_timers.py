"""Timers: who is due first is always found, in the order of time, priority and being set."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.engines.des.timers import NEVER, clear_timer, first_timer, new_timers, set_timer
from tests.subjects.doors import opened

set_one, clear_one, first_one = opened(set_timer), opened(clear_timer), opened(first_timer)

STEPS = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from([1.0, 2.0, 2.5, None]), st.integers(0, 5)),
    max_size=40,
)


@given(steps=STEPS)
@settings(max_examples=200, deadline=None)
def test_the_first_timer_is_that_of_a_list_in_order(steps: list[tuple[int, float, int]]) -> None:
    """Set, set anew and cleared in any order; equal minutes go by priority, then by being set."""
    timers, due = new_timers(11), {}
    for counter, (timer, when, priority) in enumerate(steps):
        if when is None:
            clear_one(timers, timer)
            due.pop(timer, None)
        else:
            set_one(timers, timer, when, priority, counter)
            due[timer] = (when, priority, counter)
        if due:
            assert first_one(timers) == min(due, key=lambda one: due[one])
        else:
            assert timers.due[first_one(timers)] == NEVER


def test_a_single_timer_is_its_own_first() -> None:
    """The smallest tree there is."""
    timers = new_timers(1)
    assert timers.due[first_one(timers)] == np.inf
    set_one(timers, 0, 4.0, 2, 1)
    assert first_one(timers) == 0
