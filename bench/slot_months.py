"""A generated month of orders, of any size: options with their ratios, vehicles, markets, due days.

Demand is uneven: days differ by up to 30 % in what is due on them. Each option has the ratio that
comes nearest to a drawn use of 85 to 102 % of what it lets through over the month, so that some
quotas cannot be kept on every day; seven of eight markets are served by four sailings.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay, Objective, Ratio
from motorworks.case.month_limits import quota
from motorworks.case.month_of_orders import LEFT_OUT, Limit, MonthOfOrders, Slot
from motorworks.case.records.line import Order

VEHICLES, MARKETS, SAILINGS = 6, 8, 4
_FIRST = dt.date(2026, 1, 5)


@dataclass(frozen=True)
class MonthSize:
    """How large a month is."""

    days: int = 30
    cars: int = 1_000
    options: int = 40

    def __str__(self) -> str:
        return f"{self.days} x {self.cars:,} orders, {self.options} options"


@dataclass(frozen=True)
class Generated:
    """A month, and the ratio (most, window) of each of its options."""

    month: MonthOfOrders
    ratios: tuple[tuple[int, int], ...]


def generate(size: MonthSize, seed: int = 1) -> Generated:
    """Draw a month."""
    rng = np.random.default_rng(seed)
    count = size.days * size.cars
    base = np.exp(rng.uniform(np.log(0.03), np.log(0.6), size.options))
    rate = np.clip(base * rng.uniform(0.2, 2.0, (VEHICLES, size.options)), 0.0, 0.95)
    vehicle = rng.choice(VEHICLES, count, p=_falling(VEHICLES))
    market = rng.choice(MARKETS, count, p=_falling(MARKETS))
    has = np.column_stack(
        [
            np.ones(count),
            rng.random((count, size.options)) < rate[vehicle],
            vehicle[:, None] == np.arange(VEHICLES),
            market[:, None] == np.arange(MARKETS),
        ]
    ).astype(np.float64)
    uses = rng.uniform(0.85, 1.02, size.options)
    ratios = tuple(
        _nearest(share, use)
        for share, use in zip(has[:, 1 : 1 + size.options].mean(axis=0), uses, strict=True)
    )
    lump = rng.uniform(0.7, 1.3, size.days)
    dates = _working_days(size.days)
    due = rng.choice(size.days, count, p=lump / lump.sum())
    ranks = rng.choice([1, 3, 5], count, p=[0.1, 0.7, 0.2])
    orders = tuple(
        Order.model_construct(
            order=f"{n:06d}", vehicle=f"v{vehicle[n]}", market=f"m{market[n]}", colour=None,
            options=None, promised=None, priority=int(ranks[n]), fixed=False,
        )
        for n in range(count)
    )  # fmt: skip
    month = MonthOfOrders(
        name=str(size),
        slots=tuple(Slot("line", date) for date in dates),
        orders=orders,
        due=tuple(dates[day] for day in due),
        fixed=(LEFT_OUT,) * count,
        before=(LEFT_OUT,) * count,
        open=np.ones((count, size.days), dtype=np.bool_),
        traits=("car", *(f"option {k}" for k in range(size.options)),
                *(f"v{k}" for k in range(VEHICLES)), *(f"m{k}" for k in range(MARKETS))),
        has=has,
        limits=_limits(size, has.sum(axis=0), ratios),
    )  # fmt: skip
    return Generated(month, ratios)


def _limits(
    size: MonthSize, total: NDArray[np.float64], ratios: tuple[tuple[int, int], ...]
) -> tuple[Limit, ...]:
    markets = 1 + size.options + VEHICLES
    limits = []
    for day in range(size.days):
        limits.append(Limit("line", "capacity", 0, day, day, most=float(size.cars)))
        for k, ratio in enumerate(ratios):
            most = float(quota(*ratio, size.cars))
            limits.append(Limit(f"option {k}", "option", 1 + k, day, day, most=most))
        for trait in range(1 + size.options, len(total)):
            even = total[trait] / size.days
            least, most = float(np.floor(even)), float(np.ceil(even))
            limits.append(Limit(str(trait), "mix", trait, day, day, least=least, most=most))
    for market in range(1, MARKETS):
        for ship in range(1, SAILINGS):
            last = size.days * ship // SAILINGS - 1
            least = float(np.floor(total[markets + market] * 0.98 * ship / SAILINGS))
            name = f"m{market} sailing {ship}"
            if last >= 0:
                limits.append(Limit(name, "sailing", markets + market, 0, last, least=least))
    return tuple(limits)


def _falling(count: int) -> NDArray[np.float64]:
    share = 1.0 / np.arange(1, count + 1) ** 0.8
    return np.asarray(share / share.sum())


def _nearest(share: float, use: float) -> tuple[int, int]:
    pairs = [(most, window) for window in range(2, 31) for most in range(1, min(window, 8))]
    return min(pairs, key=lambda pair: abs(share * pair[1] / pair[0] - use))


def _working_days(count: int) -> list[dt.date]:
    days = (_FIRST + dt.timedelta(days=number) for number in range(2 * count + 7))
    return [day for day in days if day.weekday() < 5][:count]


def line_day_of(given: Generated, at: tuple[int, ...], slot: int) -> LineDay:
    """The day of a slot as a day to be sequenced, with the ratios of the options."""
    orders = np.flatnonzero(np.array(at) == slot)
    count = len(given.ratios)
    return LineDay(
        name=str(given.month.slots[slot]),
        cars=tuple(given.month.orders[order].order for order in orders),
        before=0,
        traits=given.month.traits[1 : 1 + count],
        has=given.month.has[orders, 1 : 1 + count] > 0.0,
        colours=("none",),
        colour=np.zeros(len(orders), dtype=np.int64),
        objectives=(Objective("high", 1),),
        ratios=tuple(
            Ratio(f"option {k}", k, most, window, past_ends=False)
            for k, (most, window) in enumerate(given.ratios)
        ),
    )
