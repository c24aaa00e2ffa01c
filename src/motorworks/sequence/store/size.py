"""Size a body store: the smallest that keeps a stated share of bodies in order.

Paint scrambles an order: some bodies go back for repair, and ovens side by side do not keep step.
The scramble is drawn anew in each replication, with the same draws for every size tried, and the
share of bodies in order that a random access store restores is worked out by the rule that is
optimal for it. That share can only grow with the places (each order a store can give, a larger one
can give too), so the smallest store is found by halving.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from motorworks.case.body_store import BodyStore, StoreTask
from motorworks.errors import CaseError, Problem
from motorworks.result.body_store import place_figures
from motorworks.sequence.store.free import in_wanted_order
from motorworks.sequence.store.params import StoreParams
from motorworks.sequence.store.solve import lead_through

_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Scramble:
    """How paint puts bodies out of order; all in positions, which are takts of the line.

    Parameters
    ----------
    repair_pct
        Bodies that go back for repair, in percent; a repaired body may have to go back again.
    repair_delay
        Least and most positions that a repair takes; all in between are as likely.
    ovens
        Ovens side by side, which bodies take in turn.
    oven_jitter
        Most positions by which an oven holds a body up; none up to most are as likely.
    """

    repair_pct: float
    repair_delay: tuple[int, int] = (20, 60)
    ovens: int = 1
    oven_jitter: int = 0

    def faults(self) -> list[str]:
        """What is wrong with it, in words; empty where nothing is."""
        least, most = self.repair_delay
        said = []
        if not 0 <= self.repair_pct < 100:
            said.append(f"the share that goes back is 0 to below 100 %, not {self.repair_pct:g}")
        if not 0 <= least <= most:
            said.append(f"a repair takes from 0 positions to more, not {least} to {most}")
        if self.ovens < 1 or self.oven_jitter < 0:
            said.append("there is at least one oven, and no body leaves it before its time")
        return said

    def order(self, count: int, rng: np.random.Generator) -> tuple[int, ...]:
        """Draw the order in which bodies come out: the wanted position of each.

        Examples
        --------
        >>> Scramble(0).order(4, np.random.default_rng(1))
        (0, 1, 2, 3)
        """
        out = np.arange(count, dtype=np.int64)
        if self.ovens > 1:  # an oven keeps the order of its own bodies
            out += rng.integers(0, self.oven_jitter + 1, count)
            for oven in range(self.ovens):
                out[oven :: self.ovens] = np.maximum.accumulate(out[oven :: self.ovens])
        back = rng.random(count) < self.repair_pct / 100
        while back.any():
            least, most = self.repair_delay
            out += np.where(back, rng.integers(least, most + 1, count), 0)
            back &= rng.random(count) < self.repair_pct / 100
        return tuple(np.argsort(out, kind="stable").tolist())


@dataclass(frozen=True)
class Share:
    """Bodies in order behind a store: mean share over replications, and the interval round it.

    ``low_pct`` to ``high_pct`` is the 95 % confidence interval of the mean (Student's t over
    replications). ``displaced_p95`` is the mean of the 95th percentiles of the distance between
    wanted and given position.
    """

    store: BodyStore
    in_order_pct: float
    low_pct: float
    high_pct: float
    displaced_p95: float


@dataclass(frozen=True)
class Sized:
    """The smallest store whose interval lies at or above the share, and all stores tried.

    ``smallest`` is nothing where no store up to the largest tried is enough.
    """

    target_pct: float
    smallest: Share | None
    tried: tuple[Share, ...]


def smallest_store(
    scramble: Scramble,
    target_pct: float,
    *,
    count: int = 2000,
    replications: int = 20,
    seed: int = 1,
    largest: int = 400,
) -> Sized:
    """Find the fewest places of random access that keep a share of bodies in order.

    A body is in order when no body wanted behind it goes before it. Enough is a store when the
    lower end of the confidence interval reaches the share.

    Parameters
    ----------
    scramble
        How bodies come out of paint.
    target_pct
        Share to keep, %.
    count
        Bodies in each replication.
    replications
        Orders drawn.
    seed
        Of all random numbers.
    largest
        Most places tried.

    Raises
    ------
    CaseError
        Settings that mean nothing.

    Examples
    --------
    >>> sized = smallest_store(Scramble(5, (10, 20)), 99, count=200, replications=5)
    >>> sized.smallest.low_pct >= 99
    True
    """
    drawn = _drawn(scramble, target_pct, count, replications, seed)
    tried: dict[int, Share] = {}

    def enough(places: int) -> bool:
        tried[places] = _share(BodyStore.random_access(places), drawn)
        return tried[places].low_pct >= target_pct

    low, high = 0, 1  # not enough, and the next to try
    while high < largest and not enough(high):
        low, high = high, min(2 * high, largest)
    found = high in tried or enough(high)
    found = found and tried[high].low_pct >= target_pct
    while found and high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return Sized(
        target_pct, tried[high] if found else None, tuple(tried[size] for size in sorted(tried))
    )


def smallest_lanes(
    scramble: Scramble,
    target_pct: float,
    lanes: int,
    *,
    count: int = 500,
    replications: int = 5,
    seed: int = 1,
    longest: int = 20,
    params: StoreParams | None = None,
) -> Sized:
    """Find the shortest lanes, so many side by side, that keep a share of bodies in order.

    One lane's worth of places stays free, so that a body may choose its lane. Lengths are tried
    upwards: the search in lanes is no proof, so more places need not always show a better share.
    Parameters are those of :func:`smallest_store`.

    Raises
    ------
    CaseError
        Settings that mean nothing.
    """
    drawn = _drawn(scramble, target_pct, count, replications, seed)
    params = params or StoreParams(width=10)
    tried = []
    for length in range(1, longest + 1):
        fill = max(1, (lanes - 1) * length)
        tried.append(_share(BodyStore((length,) * lanes, fill, fill), drawn, params))
        if tried[-1].low_pct >= target_pct:
            return Sized(target_pct, tried[-1], tuple(tried))
    return Sized(target_pct, None, tuple(tried))


def _drawn(
    scramble: Scramble, target_pct: float, count: int, replications: int, seed: int
) -> list[tuple[int, ...]]:
    said = scramble.faults()
    if not 0 < target_pct <= 100:
        said.append(f"the share to keep is above 0 and at most 100 %, not {target_pct:g}")
    if count < 1 or replications < 2:
        said.append("an interval needs at least 2 replications of at least 1 body")
    if said:
        raise CaseError([Problem("size", text) for text in said])
    seeds = np.random.SeedSequence(seed).spawn(replications)
    return [scramble.order(count, np.random.default_rng(each)) for each in seeds]


def _share(
    store: BodyStore, drawn: Sequence[tuple[int, ...]], params: StoreParams | None = None
) -> Share:
    """Share in order behind a store, over all orders drawn."""
    figures = [place_figures(wanted, _given_out(store, wanted, params)) for wanted in drawn]
    shares = np.array([one["in_order_pct"] for one in figures])
    mean, n = float(shares.mean()), len(shares)
    half = float(student.ppf((1 + _CONFIDENCE) / 2, n - 1) * shares.std(ddof=1) / np.sqrt(n))
    p95 = float(np.mean([one["displaced_p95"] for one in figures]))
    return Share(store, mean, mean - half, min(100.0, mean + half), p95)


def _given_out(
    store: BodyStore, wanted: tuple[int, ...], params: StoreParams | None
) -> tuple[int, ...]:
    if store.any_body:
        return tuple(in_wanted_order(wanted, store.places))
    names = tuple(map(str, range(len(wanted))))
    return lead_through(StoreTask(store, names, wanted, overtaken=1), params).order
