"""What cars cost that follow each other is what windows count."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from motorworks.sequence.bounds.automaton import Automaton, Colours, Watch, automaton

RULES = st.sampled_from([(1, 2), (1, 3), (1, 5), (2, 3), (4, 5), (2, 4), (2, 5), (3, 5)])


def cost_of(graph: Automaton, classes: list[int]) -> list[int]:
    """What the cars cost in that order, under each watch."""
    state, paid = graph.begin, np.zeros(graph.cost.shape[1], np.int64)
    for klass in classes:
        (step,) = np.flatnonzero((graph.source == state) & (graph.klass == klass))
        state, paid = graph.target[step], paid + graph.cost[step]
    return paid.tolist()


@given(flags=st.lists(st.booleans(), min_size=1, max_size=12), rule=RULES, without=st.booleans())
def test_a_stretch_costs_the_excess_of_all_windows(
    flags: list[bool], rule: tuple[int, int], without: bool
) -> None:
    """Sum over windows that reach over both ends, with nothing beyond, of what is too much."""
    most, window = rule
    graph = automaton(np.array([[False], [True]]), [Watch(0, most, window, without)], 12, 10**4)
    assert graph is not None
    kinds = np.array(flags, np.int64)
    counted = np.convolve(1 - kinds if without else kinds, np.ones(window, np.int64))
    assert cost_of(graph, kinds.tolist()) == [np.maximum(counted - most, 0).sum()]


@given(flags=st.lists(st.booleans(), max_size=9), rule=RULES)
def test_what_stands_before_is_in_the_windows(flags: list[bool], rule: tuple[int, int]) -> None:
    """A car with the trait after others costs what the windows it shares with them gain."""
    most, window = rule
    past = np.array(flags, np.bool_)[:, None]
    graph = automaton(np.array([[False], [True]]), [Watch(0, most, window)], 3, 10**4, past)
    assert graph is not None
    ones = np.ones(window, np.int64)
    before = np.maximum(np.convolve(past[:, 0], ones) - most, 0).sum() if len(past) else 0
    after = np.maximum(np.convolve(np.append(past[:, 0], 1), ones) - most, 0).sum()
    assert cost_of(graph, [1]) == [after - before]


def test_hard_watches_forbid_steps() -> None:
    """Under a hard 1 in 3 a car with the trait has no second step within two cars."""
    graph = automaton(np.array([[False], [True]]), [Watch(0, 1, 3, hard=True)], 9, 100)
    assert graph is not None
    assert not graph.cost.any()
    assert [(graph.klass[graph.source == s] == 1).sum() for s in range(3)] == [1, 0, 0]


def test_changes_cost_one_and_batches_end() -> None:
    """After one red car of the day before, limits counted: one more, and then a change."""
    colours = Colours(np.array([0, 1]), np.array([2, 9]), last=0, run=1)
    graph = automaton(np.zeros((2, 0), np.bool_), [], 5, 100, colours=colours)
    assert graph is not None
    assert cost_of(graph, [0, 1, 0, 0]) == [2]
    second = graph.target[(graph.source == graph.begin) & (graph.klass == 0)][0]
    assert graph.klass[graph.source == second].tolist() == [1]


def test_too_many_states_are_not_made() -> None:
    """Neither above the limit of states nor where they do not fit into one number."""
    flags = np.array([[False], [True]])
    assert automaton(flags, [Watch(0, 5, 12)], 30, 100) is None
    assert automaton(flags, [Watch(0, 5, 80)], 3, 100) is None
