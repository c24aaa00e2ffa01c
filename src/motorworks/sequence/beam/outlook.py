"""What is to come from each state: violations, and prices of the cars that they take.

Of all orders of any cars, each is given a likelihood that falls with its violations (by e for each
``heat`` of them) and with the prices of its cars. Prices are such that on average each class is
taken as often as it has cars; then the likely orders are those with few violations and nearly the
right cars. All is worked out over the states from the last place back, as the sums of a hidden
Markov model (L. Rabiner, https://doi.org/10.1109/5.18626), and the prices are where the logarithm
of the sum over all orders, with the prices of the cars that there are, is least: it is convex. As
the heat goes to 0 this becomes the Lagrangian bound of the day, which holds at any prices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import jit
from motorworks.sequence.beam.budget import Budget
from motorworks.sequence.beam.steps import Bytes, Ints, States, Steps

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

HEATS = (0.4, 0.2, 0.1)
"""Heats at which prices are found, each from those before it; the last is that of the outlook."""

_SHORT = 40
"""Cars of a shorter day with the same shares of cars, on which prices are found first."""

_TRIES, _TRIES_AT_LAST = 40, 30
"""Most looks at a set of prices at one heat, and on the whole day."""

_DEAREST = 60.0
"""Most of a price, in heats: a mix that no order of any cars has on average has prices without end.
"""

_HOPELESS = np.float32(1e-37)
"""Likelihood of what comes from states from which nothing likely comes, against the best."""

_LOOSE = 1e-4
"""Least spread of the cars of any mix, for each car to come."""

_NUDGE = 0.05
"""Change of a price, in heats, by which the spread is felt for."""

_WORK = 20
"""Steps from state to state that take as long as to weigh a car."""


@dataclass(frozen=True)
class Outlook:
    """What is to come.

    Parameters
    ----------
    ahead
        (cars + 1, states) violations and prices to come from a place and state on, softened.
    price
        (classes,) price of a car.
    tight
        (classes, classes) how dear it is to be off the mix of cars: with r cars left that differ by
        d from the mix of the day, d tight d / r more violations.
    bound
        No order of these cars has fewer violations.
    """

    ahead: Singles
    price: Floats
    tight: Floats
    bound: float


def work_of_outlook(steps: Steps) -> int:
    """Most work to find prices."""
    short = min(_SHORT, steps.cars) * (_TRIES * len(HEATS) + len(steps.members) + 1)
    return (short + steps.cars * (_TRIES_AT_LAST + 1)) * steps.after.size // _WORK


def outlook_of(steps: Steps, budget: Budget) -> Outlook:
    """Find prices, and what is to come under them.

    Raises
    ------
    OverError
        Where the budget is too small.
    """
    from scipy.optimize import minimize

    def fitted(fit: _Fit, price: Floats, tries: int) -> Floats:
        limits = [(-_DEAREST, _DEAREST)] * len(price)
        found = minimize(fit, price / fit.heat, jac=True, method="L-BFGS-B", bounds=limits,
                         options={"maxfun": tries})  # fmt: skip
        return np.asarray(found.x * fit.heat)

    cars, price = steps.cars, np.zeros(len(steps.members))
    short, whole = _Fit(steps, min(_SHORT, cars), budget), _Fit(steps, cars, budget)
    for short.heat in HEATS:
        price = fitted(short, price, _TRIES)
    tight = _tight(short, price)
    whole.heat = HEATS[-1]
    price = fitted(whole, price, _TRIES_AT_LAST)
    bound = _least(steps.begin, steps.after, steps.cost, steps.end, price, cars)
    return Outlook(whole.ahead(price), price, tight, bound - float(price @ steps.members))


class _Fit:
    """How well prices fit the cars, on a day of so many."""

    def __init__(self, steps: Steps, cars: int, budget: Budget) -> None:
        self.steps, self.cars, self.heat, self._budget = steps, cars, HEATS[0], budget
        self.wanted = steps.members * (cars / steps.cars)
        self._work = cars * steps.after.size // _WORK
        self._weight = np.empty((cars + 1, len(steps.after)), np.float32)
        self._scale = np.empty(cars + 1)

    def __call__(self, price: Floats) -> tuple[float, Floats]:
        """Logarithm of the sum over all orders, with prices in heats, and its slope."""
        steps, last = self.steps, np.exp(-self.steps.end / self.heat)
        dear = np.exp(-np.arange(256) / self.heat)
        rate = np.exp(price.min() - price)
        _back(steps.after, steps.cost, dear, rate, last, self._weight, self._scale)
        taken = _taken(steps.begin, steps.after, steps.cost, dear, rate, self._weight)
        total = np.log(float(self._weight[0, steps.begin])) + self._scale[0]
        self._budget.spend(self._work)
        value = total - price.min() * self.cars + price @ self.wanted
        return float(value), self.wanted - taken

    def ahead(self, price: Floats) -> Singles:
        """Violations and prices to come, softened."""
        self(price / self.heat)
        base = self._scale - price.min() / self.heat * np.arange(self.cars, -1, -1.0)
        logs = np.log(np.maximum(self._weight, _HOPELESS))
        logs += base[:, None].astype(np.float32)
        logs *= np.float32(-self.heat)
        return logs


def _tight(fit: _Fit, price: Floats) -> Floats:
    """How dear it is to be off the mix: half the heat by the spread of the mix, for each car."""
    classes, here = len(price), price / fit.heat
    _, slope = fit(here)
    spread = np.zeros((classes, classes))
    for klass in range(classes):
        nudged = here.copy()
        nudged[klass] -= _NUDGE
        spread[klass] = (slope - fit(nudged)[1]) / (_NUDGE * fit.cars)
    spread = (spread + spread.T) / 2.0 + _LOOSE * np.eye(classes)
    return np.asarray(np.linalg.pinv(spread, hermitian=True) * fit.heat / 2.0)


@jit
def _back(
    after: States, cost: Bytes, dear: Floats, rate: Floats, last: Floats, weight: Singles,
    scale: Floats,
) -> None:  # fmt: skip
    """Sum of the likelihoods of all that can come, from the last place back; each row at most 1."""
    rows, states, classes = cost.shape
    cars = len(weight) - 1
    for state in range(states):
        weight[cars, state] = last[state]
    scale[cars] = 0.0
    for place in range(cars - 1, -1, -1):
        row, most = min(place, rows - 1), 0.0
        for state in range(states):
            total = 0.0
            for klass in range(classes):
                part = dear[cost[row, state, klass]] * rate[klass]
                total += part * weight[place + 1, after[state, klass]]
            weight[place, state] = total
            most = max(most, total)
        for state in range(states):
            weight[place, state] = max(weight[place, state] / most, _HOPELESS)
        scale[place] = scale[place + 1] + np.log(most)


@jit
def _taken(
    begin: int, after: States, cost: Bytes, dear: Floats, rate: Floats, weight: Singles
) -> Floats:
    """Cars of each class in an order, on average."""
    rows, states, classes = cost.shape
    taken, parts = np.zeros(classes), np.zeros(classes)
    likely, then = np.zeros(states), np.zeros(states)
    likely[begin] = 1.0
    for place in range(len(weight) - 1):
        row = min(place, rows - 1)
        then[:] = 0.0
        for state in range(states):
            if likely[state] < 1e-12:
                continue
            total = 0.0
            for klass in range(classes):
                part = dear[cost[row, state, klass]] * rate[klass]
                parts[klass] = part * weight[place + 1, after[state, klass]]
                total += parts[klass]
            for klass in range(classes):
                part = parts[klass] * likely[state] / total
                taken[klass] += part
                then[after[state, klass]] += part
        likely, then = then, likely
    return taken


@jit
def _least(begin: int, after: States, cost: Bytes, end: Ints, price: Floats, cars: int) -> float:
    """Least of violations and prices over all orders of any so many cars."""
    rows, states, classes = cost.shape
    here, then = np.zeros(states), np.zeros(states)
    for state in range(states):
        then[state] = end[state]
    for place in range(cars - 1, -1, -1):
        row = min(place, rows - 1)
        for state in range(states):
            least = np.inf
            for klass in range(classes):
                total = cost[row, state, klass] + price[klass] + then[after[state, klass]]
                least = min(least, total)
            here[state] = least
        here, then = then, here
    return float(then[begin])
