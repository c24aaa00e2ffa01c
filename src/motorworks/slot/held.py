"""What held an order that is late: the limit in the way of every way to build it in time.

For an order that is late or left out, the days on which it would be in time are looked at:

- where a day has room, the limit that it would break or that would cost most names the day's
  reason;
- where the day is full, the car there with which the exchange would save the most days is taken.
  If none would save any, the day is taken up by cars at least as urgent: capacity. Else the limit
  that the exchange would break, or that would cost most, is the reason.

The kind that holds most of the days, and the limit that does so most often, hold the order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.slot.month import Floats, Ints, Month

_WORDS = {
    "capacity": "no room in time",
    "ramp": "the launch curve of {limit} allows no more in time",
    "part": "too few of {limit} by then",
    "option": "too many {limit} on the days in time",
    "batch": "paint batches of {limit} would be broken up on the days in time",
    "mix": "its day has its share of {limit}",
    "sailing": "room in time goes to cars that must make {limit}",
    "fixed": "fixed to its day",
    "no open day": "no day in time on which it may be built",
    "due before": "due before the first day",
    "frozen": "the days in time are frozen",
}
_NOTHING = ("capacity", None)
_ROOM = 1e-9


@dataclass(frozen=True)
class Held:
    """Kind of limit that held an order, its name, and both in words."""

    kind: str
    limit: str | None

    @property
    def reason(self) -> str:
        """What held the order, in a planner's words."""
        return _WORDS[self.kind].format(limit=self.limit)


def held_orders(given: MonthOfOrders, month: Month, at: Ints, used: Floats) -> dict[int, Held]:
    """What held each order that is late or left out, by its number."""
    looking = _Looking(given, month, at, used)
    settled = given.settled
    found = {}
    for order, slot in enumerate(at.tolist()):
        day = given.after if slot == month.slots else given.slots[slot].date
        due = given.due[order]
        if slot == month.slots or (due is not None and day > due):
            fixed = settled[order] != LEFT_OUT
            found[order] = Held("fixed", None) if fixed else looking.held(order)
    return found


class _Looking:
    """A schedule, and ways to ask what stands in the way of an order."""

    def __init__(self, given: MonthOfOrders, month: Month, at: Ints, used: Floats) -> None:
        self._given, self._month, self._at, self._used = given, month, at, used
        free = month.free
        self._there = [free[at[free] == slot] for slot in range(month.slots + 1)]
        self._dates = np.array([slot.date.toordinal() for slot in given.slots])
        self._capacity = {
            number for number, limit in enumerate(given.limits) if limit.kind == "capacity"
        }

    def held(self, order: int) -> Held:
        """The limit that holds an order on most of the days on which it would be in time."""
        due = self._given.due[order]
        if due is not None and due.toordinal() < self._dates.min():
            return Held("due before", None)
        reasons = [self._reason(order, slot) for slot in self._in_time(order)]
        if not reasons:
            return Held("frozen" if self._frozen(order) else "no open day", None)
        kind = Counter(kind for kind, _ in reasons).most_common(1)[0][0]
        names = Counter(name for one, name in reasons if one == kind and name is not None)
        return Held(kind, names.most_common(1)[0][0] if names else None)

    def _in_time(self, order: int) -> list[int]:
        own = self._month.own[self._month.profile[order], :-1]
        due = self._given.due[order]
        good = np.isfinite(own)
        if due is not None:
            good &= self._dates <= due.toordinal()
        return [int(slot) for slot in np.flatnonzero(good)]

    def _frozen(self, order: int) -> bool:
        """Whether there are days in time on which it could be built, were they not frozen."""
        due = self._given.due[order]
        return any(
            slot.frozen and may and (due is None or slot.date <= due)
            for slot, may in zip(self._given.slots, self._given.open[order], strict=True)
        )

    def _reason(self, order: int, slot: int) -> tuple[str, str | None]:
        """Kind and name of what keeps an order out of a slot."""
        blocked = self._dearest(self._changes(order, None), int(self._at[order]), slot)
        if blocked is None or blocked not in self._capacity:
            return self._named(blocked)
        partner = self._partner(order, slot)
        if partner is None:
            return _NOTHING
        here = int(self._at[order])
        return self._named(self._dearest(self._changes(order, partner), here, slot))

    def _named(self, limit: int | None) -> tuple[str, str | None]:
        if limit is None:
            return _NOTHING
        one = self._given.limits[limit]
        return one.kind, None if one.kind == "capacity" else one.name

    def _partner(self, order: int, slot: int) -> int | None:
        """The order of a slot with which an exchange saves the most; None where none saves any."""
        own, profile, here = self._month.own, self._month.profile, int(self._at[order])
        others = self._there[slot]
        if not len(others):
            return None
        gain = own[profile[others], here] - own[profile[others], slot]
        gain = gain + own[profile[order], slot] - own[profile[order], here]
        best = int(np.argmin(gain))
        return int(others[best]) if gain[best] < 0.0 else None

    def _changes(self, order: int, other: int | None) -> Iterator[tuple[int, float]]:
        """Traits of which there is more or less in a slot, if an order comes and another goes."""
        difference: dict[int, float] = {}
        for one, sign in ((order, 1.0), (other, -1.0)):
            if one is not None:
                span = slice(self._month.start[one], self._month.start[one + 1])
                for trait, some in zip(
                    self._month.trait[span].tolist(), self._month.amount[span].tolist(), strict=True
                ):
                    difference[trait] = difference.get(trait, 0.0) + sign * some
        return ((trait, some) for trait, some in difference.items() if some)

    def _dearest(self, changes: Iterator[tuple[int, float]], here: int, there: int) -> int | None:
        """The limit that breaks or costs most when traits go from one slot to another.

        A part comes before other limits, and capacity before those that only cost.
        """
        best, most = None, 0.0
        for trait, some in changes:
            for limit, more in self._touched(trait, here, there, some):
                cost = self._cost(limit, self._used[limit] + more)
                cost -= self._cost(limit, self._used[limit])
                if limit in self._capacity and cost == np.inf:
                    cost = 1e12
                if cost > most:
                    best, most = limit, cost
        return best

    def _touched(
        self, trait: int, here: int, there: int, some: float
    ) -> Iterator[tuple[int, float]]:
        month = self._month
        for slot, other, more in ((here, there, -some), (there, here, some)):
            cell = trait * (month.slots + 1) + slot
            own: Sequence[int] = month.limits_of[
                month.limits_start[cell] : month.limits_start[cell + 1]
            ].tolist()
            for limit in own:
                row = month.limit[limit]
                if not row["first"] <= other <= row["last"]:
                    yield limit, more

    def _cost(self, limit: int, used: float) -> float:
        row = self._month.limit[limit]
        if row["hard"]:
            return np.inf if used > row["most"] + _ROOM else 0.0
        if row["size"]:
            return float(row["weight"] * (-used % row["size"]))
        return float(row["weight"] * max(used - row["most"], row["least"] - used, 0.0))
