"""Fewest runs of a colour, worked out by hand."""

import numpy as np
import pytest

from motorworks.sequence.bounds.automaton import Watch, automaton
from motorworks.sequence.bounds.pricing import price_runs
from motorworks.sequence.bounds.runs import fewest_runs, runs_for_rule


@pytest.mark.parametrize(
    ("many", "cars", "most", "window", "longest", "runs"),
    [
        (0, 7, 1, 2, 3, 3),  # the limit of a batch alone
        (4, 7, 1, 2, 9, 1),  # 1 0 1 0 1 0 1
        (5, 7, 1, 2, 9, 3),  # 1 0 1 | 1 0 1 | 1
        (6, 6, 2, 3, 9, 3),  # two at a time
        (6, 8, 2, 3, 4, 2),  # 1 1 0 1 | 1 1 0 1
    ],
)
def test_one_rule_asks_for_runs_as_by_hand(
    many: int, cars: int, most: int, window: int, longest: int, runs: int
) -> None:
    """The runs written beside each case take the cars, and fewer cannot."""
    assert runs_for_rule(many, cars, most, window, longest) == runs


def test_two_rules_ask_for_more_runs_than_each_of_them() -> None:
    """Of a, b and ab cars, 1 in 2 each: a b is fine alone, but no ab beside any of them."""
    flags = np.array([[True, False], [False, True], [True, True]])
    watches = [Watch(0, 1, 2, hard=True), Watch(1, 1, 2, hard=True)]
    graph = automaton(flags, watches, 9, 100)
    assert graph is not None
    assert fewest_runs(graph, np.array([3, 3, 0]), 9) == 1
    assert fewest_runs(graph, np.array([3, 3, 3]), 9) == 4
    assert fewest_runs(graph, np.array([3, 3, 3]), 2) == 6


def test_the_most_worthy_run_of_each_length_is_told() -> None:
    """A car with the trait is worth 5, another 1, and a pair within 1 in 2 takes 3."""
    graph = automaton(np.array([[False], [True]]), [Watch(0, 1, 2)], 3, 100)
    assert graph is not None
    priced = price_runs(graph, np.array([1.0, 5.0]), np.array([3.0]), range(1, 4), 5.5)
    assert priced.worth.tolist() == [5.0, 7.0, 11.0]
    assert priced.runs.cars.tolist() == [[0, 2], [1, 2]]
    assert priced.runs.cost.tolist() == [[1], [0]]
