"""What would help most: gains in cars a day for small changes, one at a time.

Each change is tried on the same random numbers as the plant as it is (common random numbers: keys
go by name, so that all that is not changed meets the same luck), and the difference is taken
replication by replication. So a gain shows long before throughput itself is known as well.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Buffer, PlantModel, Station
from motorworks.simulate.bottleneck import neighbours, servers, state_shares
from motorworks.simulate.measure import interval
from motorworks.simulate.tally import STATES, Tally
from motorworks.simulate.variants import (
    faster,
    more_carriers,
    more_heads,
    roomier,
    shorter_repair,
)

Floats = NDArray[np.float64]

Evaluate = Callable[[PlantModel], Floats]
"""Cars a day of a plant in each of some replications, always the same ones."""

GainKind = Literal["faster", "repair", "place", "crew", "carrier"]

_STARVED, _BLOCKED = STATES.index("starved"), STATES.index("blocked")
_FAILED, _OPERATORS = STATES.index("failed"), STATES.index("operators")


@dataclass(frozen=True)
class Change:
    """A small change: its kind, what it is made to, and its number there.

    ``hope`` ranks changes of a kind before they are tried: how much waiting they may end, as a
    share of time.
    """

    kind: GainKind
    name: str
    number: int
    shop: str
    hope: float

    def made(self, model: PlantModel) -> PlantModel:
        """The plant with the change."""
        makers: dict[GainKind, Callable[[PlantModel, int], PlantModel]] = {
            "faster": faster,
            "repair": shorter_repair,
            "place": roomier,
            "crew": more_heads,
            "carrier": more_carriers,
        }
        return makers[self.kind](model, self.number)

    @property
    def words(self) -> str:
        """The change in words.

        Examples
        --------
        >>> Change("place", "white body store", 3, "body", 0.1).words
        'One more place in white body store'
        """
        said = {
            "faster": f"{self.name} 1 % faster",
            "repair": f"Repairs of {self.name} one minute shorter",
            "place": f"One more place in {self.name}",
            "crew": f"One more head in {self.name}",
            "carrier": f"One more carrier in {self.name}",
        }
        return said[self.kind]


@dataclass(frozen=True)
class Gain:
    """Cars a day that a change brings, with the interval in which the mean lies."""

    change: Change
    gain: float
    low: float
    high: float

    @property
    def seen(self) -> bool:
        """Whether the change does anything that shows."""
        return self.low > 0.0 or self.high < 0.0

    def __str__(self) -> str:
        """Say the change and what it brings."""
        return f"{self.change.words}: {told_gain(self.gain, self.low, self.high)}"


@dataclass(frozen=True)
class Gains:
    """All gains tried, the greatest first, the pace they start from, and what was not tried."""

    cars_a_day: float
    gains: tuple[Gain, ...]
    left_out: tuple[Change, ...]
    complete: bool = True


def told_gain(gain: float, low: float, high: float) -> str:
    """A gain in cars a day in words.

    Examples
    --------
    >>> told_gain(1.234, 0.81, 1.63)
    '+1.2 cars a day (0.8 to 1.6)'
    >>> told_gain(0.02, -0.1, 0.14)
    'no effect seen (-0.1 to 0.1 cars a day)'
    """
    if not math.isfinite(high - low):
        return f"{gain:+.1f} cars a day (one replication: no interval)"
    if low <= 0.0 <= high:
        return f"no effect seen ({_tenths(low)} to {_tenths(high)} cars a day)"
    digits = 1 if min(abs(gain), high - low) >= 0.1 else 2
    return f"{gain:+.{digits}f} cars a day ({low:.{digits}f} to {high:.{digits}f})"


def _tenths(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}"


def find_gains(
    model: PlantModel,
    evaluate: Evaluate,
    changes: Sequence[Change],
    *,
    left_out: Sequence[Change] = (),
    confidence: float = 0.95,
    on_progress: Callable[[int, int], None] = lambda done, count: None,
) -> Gains:
    """Try changes one at a time; Ctrl-C keeps those that are done.

    Parameters
    ----------
    model
        The plant as it is.
    evaluate
        Cars a day in each replication, on the same random numbers for every plant.
    changes, left_out
        What to try, and what not; see :func:`worth_trying`.
    confidence
        Of the intervals, by Student's t on paired differences.
    on_progress
        Called with the number of plants simulated and their count.
    """
    on_progress(0, len(changes) + 1)
    base = evaluate(model)
    found, complete = [], True
    try:
        for done, change in enumerate(changes, 1):
            on_progress(done, len(changes) + 1)
            more = evaluate(change.made(model)) - base
            found.append(Gain(change, float(more.mean()), *interval(more, confidence)))
    except KeyboardInterrupt:
        complete = False
    found.sort(key=lambda one: (-one.gain, one.change.kind, one.change.name))
    return Gains(float(base.mean()), tuple(found), tuple(left_out), complete)


def worth_trying(
    model: PlantModel, tallies: Sequence[Tally], most: int = 12
) -> tuple[list[Change], list[Change]]:
    """Changes that may help, by what a first simulation saw, and those left out.

    Of each kind, up to ``most`` are tried: the servers that wait least, the failures that stop such
    servers the longest, the buffers between a server that is blocked and one that starves, the
    crews and pools that are waited for, and all carriers. A change without any hope is left out.
    """
    shares = state_shares(tallies)
    tried: list[Change] = []
    rest: list[Change] = []
    kinds = (
        _speeds(model, shares), _repairs(model, shares, tallies), _places(model, shares),
        _heads(model, shares), _loops(model),
    )  # fmt: skip
    for changes in kinds:
        ranked = sorted(changes, key=lambda one: (-one.hope, one.number))
        hopeful = [one for one in ranked[:most] if one.hope > 0.0]
        tried += hopeful
        rest += [one for one in ranked if one not in hopeful]
    return tried, rest


def _speeds(model: PlantModel, shares: Floats) -> list[Change]:
    """Every server, by the time in which it does not wait for cars or for places."""
    busy = 1.0 - shares[:, _STARVED] - shares[:, _BLOCKED]
    return [
        Change("faster", model.elements[one].name, one, model.elements[one].shop,
               float(busy[one]) if shares[one].any() else 0.0)
        for one in servers(model)
    ]  # fmt: skip


def _repairs(model: PlantModel, shares: Floats, tallies: Sequence[Tally]) -> list[Change]:
    """Every failure with repairs of any length, by stopped time where nothing else waits."""
    stopped = np.mean([tally.stop_min / max(tally.end - tally.warmup, 1.0) for tally in tallies], 0)
    busy = 1.0 - shares[:, _STARVED] - shares[:, _BLOCKED]
    return [
        Change("repair", failure.name, number, model.elements[failure.element].shop,
               float(stopped[number] * busy[failure.element]))
        for number, failure in enumerate(model.failures)
        if failure.down.mean > 0.0
    ]  # fmt: skip


def _places(model: PlantModel, shares: Floats) -> list[Change]:
    """Every buffer that can fill: a place helps where one side is blocked and the other starves."""
    before, behind = neighbours(model)
    found = []
    for number, one in enumerate(model.elements):
        if isinstance(one, Buffer) and one.capacity >= 0:
            blocked = max((shares[up, _BLOCKED] for up in before[number]), default=0.0)
            starved = max((shares[down, _STARVED] for down in behind[number]), default=0.0)
            found.append(Change("place", one.name, number, one.shop, float(min(blocked, starved))))
    return found


def _heads(model: PlantModel, shares: Floats) -> list[Change]:
    """Every crew and pool, by the longest share of time that an element waits for it."""
    repairs = {stop.crew: 0.0 for stop in model.failures if stop.crew is not None}
    for stop in model.failures:
        if stop.crew is not None:
            repairs[stop.crew] = max(repairs[stop.crew], shares[stop.element, _FAILED])
    pools: dict[int, float] = {}
    for number, one in enumerate(model.elements):
        if isinstance(one, Station) and one.pool is not None:
            pools[one.pool] = max(pools.get(one.pool, 0.0), shares[number, _OPERATORS])
    return [
        Change("crew", crew.name, number, "",
               float(max(repairs.get(number, 0.0), pools.get(number, 0.0))))
        for number, crew in enumerate(model.crews)
    ]  # fmt: skip


def _loops(model: PlantModel) -> list[Change]:
    """Every loop of carriers; there are few, and no state tells who waits for one."""
    return [
        Change("carrier", loop.name, number, model.elements[loop.first].shop, 1.0)
        for number, loop in enumerate(model.carriers)
    ]


def told_left_out(gains: Gains) -> str:
    """What was not tried, in a sentence; empty where all was.

    Examples
    --------
    >>> change = Change("place", "b1", 1, "", 0.0)
    >>> told_left_out(Gains(800.0, (), (change,)))
    'Not tried, as little waits there: 1 buffer.'
    """
    nouns = {
        "faster": ("server", "servers"), "repair": ("failure", "failures"),
        "place": ("buffer", "buffers"), "crew": ("crew", "crews"),
        "carrier": ("carrier loop", "carrier loops"),
    }  # fmt: skip
    counts = {kind: sum(one.kind == kind for one in gains.left_out) for kind in nouns}
    parts = [f"{count} {nouns[kind][count != 1]}" for kind, count in counts.items() if count]
    if not parts:
        return ""
    return f"Not tried, as little waits there: {', '.join(parts)}."
