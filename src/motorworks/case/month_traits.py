"""What limits of a month speak of: how much of it each order is, and the even share of a slot."""

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from motorworks.case.case import Case
from motorworks.case.month_horizon import Horizon
from motorworks.case.month_of_orders import Floats
from motorworks.case.records.line import Order
from motorworks.case.subjects import Subject, Uses


class Traits:
    """Traits as columns that are made when they are first asked for.

    Orders of one vehicle that are due in one month have an even share in each slot of that month
    in which the vehicle is built, by the work done there and the vehicle's launch curve. Those that
    are due before the first month, or after the last, belong to these; those that are not due at
    all to every month.
    """

    def __init__(
        self,
        case: Case,
        horizon: Horizon,
        orders: Sequence[Order],
        due: Sequence[dt.date | None],
    ) -> None:
        self.orders = orders
        self._uses = Uses(case)
        self._number: dict[str, int] = {}
        self._columns: list[Floats] = []
        months = sorted(set(horizon.months))
        keys = [
            (order.vehicle, _month(day, months)) for order, day in zip(orders, due, strict=True)
        ]
        groups = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        self._group = np.array([groups[key] for key in keys], dtype=np.int64)
        self._even = np.array([_even(horizon, *key) for key in groups]).reshape(
            len(groups), len(horizon.slots)
        )

    def of(self, name: str, amounts: Iterable[float]) -> int:
        """Number of the trait of that name."""
        if name not in self._number:
            self._number[name] = len(self._number)
            self._columns.append(np.fromiter(amounts, np.float64, len(self.orders)))
        return self._number[name]

    def subject(self, subject: Subject) -> int:
        """The trait of orders that have all that a rule names."""
        flags = (float(self._uses.amount(subject, order) > 0.0) for order in self.orders)
        return self.of(f"has {subject}", flags)

    def use(self, subject: Subject) -> int:
        """The trait of what orders use of a component or part."""
        return self.of(
            f"uses {subject}", (self._uses.amount(subject, order) for order in self.orders)
        )

    def market(self, market: str) -> int:
        """The trait of orders for a market."""
        return self.of(f"for {market}", (float(o.market == market) for o in self.orders))

    def total(self, trait: int) -> float:
        """Sum over all orders."""
        return float(self._columns[trait].sum())

    def even(self, trait: int) -> Floats:
        """Even share of each slot in a trait; shape (slots,)."""
        by_group = np.bincount(self._group, self._columns[trait], minlength=len(self._even))
        share: Floats = by_group @ self._even
        return share

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self._number)

    @property
    def table(self) -> Floats:
        """How much of each trait each order is; shape (orders, traits)."""
        if not self._columns:
            return np.zeros((len(self.orders), 0))
        return np.column_stack(self._columns)


def _month(day: dt.date | None, months: Sequence[str]) -> str | None:
    """The month of the horizon to which what is due on a day belongs."""
    if day is None or not months:
        return None
    return next((month for month in months if month >= f"{day:%Y-%m}"), months[-1])


def _even(horizon: Horizon, vehicle: str, month: str | None) -> Floats:
    """Even share of each slot in orders of a vehicle that are due in a month."""
    share = horizon.share * horizon.runs[vehicle]
    own = share * np.array([month in (None, one) for one in horizon.months], dtype=np.float64)
    for found in (own, share, horizon.share):
        if found.sum() > 0.0:
            return np.asarray(found / found.sum())
    return horizon.share
