"""The pace of each shop with cars always at hand: what goes back to the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel
from motorworks.simulate.bottleneck import neighbours, servers, state_shares
from motorworks.simulate.measure import interval, open_until
from motorworks.simulate.tally import STATES, Tally

Floats = NDArray[np.float64]

_STARVED, _BLOCKED = STATES.index("starved"), STATES.index("blocked")


@dataclass(frozen=True)
class ShopPace:
    """What a shop does, in cars an open hour of its own.

    ``flow`` is what passes it in this plant, with its interval; ``pace`` what it would do if its
    busiest element never waited for other shops. ``sets_pace``: no element waits less than its
    busiest one; then both are the same.
    """

    shop: str
    element: int
    flow: float
    low: float
    high: float
    waits: float
    sets_pace: bool

    @property
    def pace(self) -> float:
        """Cars an open hour if it never waited for others."""
        return self.flow if self.sets_pace else self.flow / max(1e-9, 1.0 - self.waits)


def shop_paces(model: PlantModel, tallies: Sequence[Tally]) -> list[ShopPace]:
    """Pace of each shop, from replications in which cars are always at hand.

    The shop whose busiest element waits least sets the pace: the plant does what it does, with all
    that neighbours and buffers take from it. The others could do more, by as much as they wait.
    """
    shares = state_shares(tallies)
    waits = shares[:, _STARVED] + shares[:, _BLOCKED]
    by_shop: dict[str, list[int]] = {}
    for one in servers(model):
        if shares[one].any():
            by_shop.setdefault(model.elements[one].shop, []).append(one)
    busiest = {shop: min(own, key=lambda one: waits[one]) for shop, own in by_shop.items()}
    least = min((waits[one] for one in busiest.values()), default=0.0)
    return [
        _pace(model, tallies, shop, one, float(waits[one]), sets_pace=bool(waits[one] <= least))
        for shop, one in busiest.items()
    ]


def _pace(
    model: PlantModel, tallies: Sequence[Tally], shop: str, busiest: int, waits: float,
    *, sets_pace: bool,
) -> ShopPace:  # fmt: skip
    last = _last_of(model, shop)
    again = {flow.origin for flow in model.flows if flow.kind == "rework"}
    calendar = model.elements[busiest].calendar  # type: ignore[union-attr]
    hours = []
    for tally in tallies:
        span = np.array([tally.warmup, tally.end])
        opened = open_until(None if calendar is None else model.calendars[calendar], span)
        hours.append(max(float(opened[1] - opened[0]) / 60.0, 1e-9))
    flows = [
        (sum(_sent_on(tally, one, one in again) for one in last) if last else _out(tally)) / hour
        for tally, hour in zip(tallies, hours, strict=True)
    ]
    low, high = interval(flows)
    return ShopPace(shop, busiest, float(np.mean(flows)), low, high, waits, sets_pace)


def _sent_on(tally: Tally, one: int, again: bool) -> int:
    """Cars that left an element for good: not those that it sends to be done again."""
    return int(tally.passed[one]) - (int(tally.bad[one]) if again else 0)


def _out(tally: Tally) -> int:
    """Cars that left the plant."""
    return int((tally.exit_time > tally.warmup).sum())


def _last_of(model: PlantModel, shop: str) -> list[int]:
    """Servers of a shop with no other of it behind them; none where cars may always come back."""
    own = [one for one in servers(model) if model.elements[one].shop == shop]
    behind = neighbours(model)[1]
    return [one for one in own if not set(behind[one]) & set(own)]
