"""The most worthy runs under prices, by dynamic programming over the states of an automaton."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import Integers
from motorworks.engines.jit import jit
from motorworks.engines.lp.model import Floats
from motorworks.sequence.bounds.automaton import Automaton


@dataclass(frozen=True)
class Runs:
    """Runs, one in each row: cars of each class, and what the run costs under each watch."""

    cars: Integers
    cost: Integers


@dataclass(frozen=True)
class Priced:
    """Worth of the most worthy run of each length, and those runs worth above a floor."""

    worth: Floats
    runs: Runs


def price_runs(
    graph: Automaton, price: Floats, toll: Floats, lengths: range, floor: float
) -> Priced:
    """Most worthy run of each length.

    Parameters
    ----------
    price, toll
        Worth of a car of each class, and what a unit of cost under each watch takes from it.
    floor
        Only runs worth more than this are told.
    """
    gain = price[graph.klass] - graph.cost @ toll
    longest = lengths[-1]
    taken = np.empty((longest, graph.states), np.int32)
    worth = _longest_ways(graph.begin, graph.source, graph.target, gain, taken)
    told = np.array(lengths) - 1
    top = worth.max(axis=1)
    good = told[top[told] > floor]
    cars = np.zeros((len(good), len(price)), np.int64)
    cost = np.zeros((len(good), len(toll)), np.int64)
    for row, length in enumerate(good):
        steps = _steps_back(graph.source, taken, length, int(worth[length].argmax()))
        cars[row] = np.bincount(graph.klass[steps], minlength=len(price))
        cost[row] = graph.cost[steps].sum(axis=0, dtype=np.int64)
    return Priced(top[told], Runs(cars, cost))


def effort_of(graph: Automaton, longest: int) -> float:
    """Work of pricing once, in units near to seconds."""
    return len(graph.target) * longest / 2e8 + 1e-3


@jit
def _longest_ways(
    begin: int, source: Integers, target: Integers, gain: Floats, taken: NDArray[np.int32]
) -> Floats:
    """Worth of the best way of each number of steps to each state, and its last step."""
    longest, states = taken.shape
    worth = np.full((longest, states), -np.inf)
    for length in range(longest):
        for step in range(len(source)):
            if length:
                start = worth[length - 1, source[step]]
            elif source[step] == begin:
                start = 0.0
            else:
                continue
            if start + gain[step] > worth[length, target[step]]:
                worth[length, target[step]] = start + gain[step]
                taken[length, target[step]] = step
    return worth


@jit
def _steps_back(source: Integers, taken: NDArray[np.int32], length: int, state: int) -> Integers:
    """Steps of the best way that ends in a state after ``length + 1`` steps."""
    steps = np.empty(length + 1, np.int64)
    for back in range(length, -1, -1):
        steps[back] = taken[back, state]
        state = source[steps[back]]
    return steps
