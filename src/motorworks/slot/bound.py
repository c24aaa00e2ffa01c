"""A cost below which no schedule can come, from prices of limits (Lagrangian relaxation).

Give each limit a price for every unit in its slots, and another for every unit that they lack, at
most what these cost. With prices in place of limits each order takes the slot that is cheapest for
it alone; the sum of these costs, less what the limits allow at their prices, is a lower bound
whatever the prices are (M. L. Fisher, https://doi.org/10.1287/mnsc.1040.0263). No such bound is
better than the linear program in which orders may be cut up between slots.

As prices change orders jump from slot to slot, and the bound has an edge at each jump. For the
search each order is therefore spread over slots, by exp(-cost / blur), which makes the bound smooth
(Y. Nesterov, https://doi.org/10.1007/s10107-004-0552-5); the smooth one is raised by the method
L-BFGS-B (R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, https://doi.org/10.1137/0916069) and the blur made
smaller. What counts in the end is the bound itself at the best prices met.
"""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from motorworks.slot.exact import alike
from motorworks.slot.month import Floats, Month

BLURS = ((3.0, 0.1), (1.0, 0.15), (0.3, 0.2), (0.1, 0.25), (0.03, 0.3))
"""Blur, in what an order costs on average in the schedule that there is, and share of rounds."""

_MEMORY = 20
"""Steps that the method remembers."""

EXACT = 1e-6


class _Enough(Exception):
    """Time is up, or the bound has reached the schedule."""


class Prices:
    """The relaxed month: what orders do when limits have prices instead.

    Orders that nothing can tell apart do the same, and are looked at once.
    """

    def __init__(self, month: Month, enough: Callable[[float], bool]) -> None:
        limit, slots = month.limit, month.own.shape[1]
        self._trait = traits_of_limits(month)
        self._first, self._last = limit["first"], limit["last"] + 1
        shape = (month.orders, (len(month.limits_start) - 1) // slots)
        classes = alike(month)
        has = csr_array((month.amount, month.trait, month.start), shape=shape)
        self._has = csr_array(has[classes.example])
        self._size = classes.size.astype(np.float64)
        self._mass = csr_array(self._has.T)
        self._own = month.own[month.profile[classes.example]]
        some = np.isfinite(limit["most"]) & (self._trait >= 0)
        self._most = np.where(some, limit["most"], 0.0)
        self._least = limit["least"]
        hard = limit["hard"] == 1
        lack = ~hard & (limit["least"] > 0.0) & (self._trait >= 0)
        self.dearest = np.concatenate(
            [
                np.where(some, np.where(hard, np.inf, limit["weight"]), 0.0),
                np.where(lack, limit["weight"], 0.0),
            ]
        )
        self._enough = enough
        self.best = 0.0
        self.price = np.zeros(2 * len(limit))

    def costs(self, price: Floats) -> Floats:
        """Cost of an order of each class in each slot, with what its limits cost there."""
        count, slots = len(self._trait), self._own.shape[1]
        net = price[:count] - price[count:]
        steps = np.zeros((self._has.shape[1], slots + 1))
        np.add.at(steps, (self._trait, self._first), net)
        np.add.at(steps, (self._trait, self._last), -net)
        found: Floats = self._own + self._has @ np.cumsum(steps, axis=1)[:, :slots]
        return found

    def smooth(self, price: Floats, blur: float) -> tuple[float, Floats]:
        """The smooth bound and its slope, both negative; takes note of the bound itself."""
        costs, count = self.costs(price), len(self._trait)
        least = costs.min(axis=1)
        allowed = float(price[:count] @ self._most - price[count:] @ self._least)
        bound = float(self._size @ least) - allowed
        if bound > self.best:
            self.best, self.price = bound, price.copy()
        if self._enough(self.best):
            raise _Enough
        spread = np.exp((least[:, None] - costs) / blur)
        total = spread.sum(axis=1)
        held = self._mass @ (spread * (self._size / total)[:, None])
        ends = np.concatenate([np.zeros((len(held), 1)), np.cumsum(held, axis=1)], axis=1)
        used = ends[self._trait, self._last] - ends[self._trait, self._first]
        slope = np.concatenate([used - self._most, self._least - used])
        smoothed = bound - blur * float(self._size @ np.log(total))
        return -smoothed, -np.where(self.dearest > 0.0, slope, 0.0)


def traits_of_limits(month: Month) -> NDArray[np.int64]:
    """Trait of each limit; -1 where the limit counts for nothing."""
    found = np.full(len(month.limit), -1, dtype=np.int64)
    cells = np.repeat(np.arange(len(month.limits_start) - 1), np.diff(month.limits_start))
    found[month.limits_of] = cells // month.own.shape[1]
    return found


def price_bound(
    month: Month, reached: float, rounds: int, time_limit_s: float | None = None
) -> float:
    """Find prices that make a good bound.

    Parameters
    ----------
    month
        The orders as arrays.
    reached
        Cost of a schedule that there is.
    rounds
        Rounds, in each of which all orders choose once, about.
    time_limit_s
        Most seconds.
    """
    began, settled = time.perf_counter(), reached - EXACT

    def enough(bound: float) -> bool:
        late = time_limit_s is not None and time.perf_counter() - began > time_limit_s
        return late or bound >= settled

    prices = Prices(month, enough)
    unit = max(reached, 1.0) / max(month.orders, 1)
    bounds = [(0.0, most if np.isfinite(most) else None) for most in prices.dearest]
    price = prices.price
    try:
        for blur, share in BLURS:
            turns = round(share * rounds)
            if turns:
                price = minimize(
                    prices.smooth, price, args=(unit * blur,), jac=True, method="L-BFGS-B",
                    bounds=bounds,
                    options={"maxiter": turns, "maxfun": turns, "maxcor": _MEMORY, "ftol": 1e-12},
                ).x  # fmt: skip
    except _Enough:
        pass
    return _rounded(month, prices.best)


def _rounded(month: Month, bound: float) -> float:
    """Up to the next whole number, where all that counts is whole."""
    limit = month.limit
    parts = [month.amount, limit["least"], limit["weight"], limit["most"], month.own.reshape(-1)]
    whole = all(np.all(np.mod(part[np.isfinite(part)], 1.0) == 0.0) for part in parts)
    return float(np.ceil(bound - EXACT)) if whole else bound
