"""Orders of whole months drawn from a plan: volumes met exactly, take rates as nearly as can be.

Cars are drawn as :mod:`motorworks.case.drawing` says, so that what one option has to do with
another is left to chance. Where the rules between options make that miss the rates of a vehicle in
a market by more than they must, its cars are drawn instead from the mix of trims that comes nearest
to the rates (:mod:`motorworks.slot.mix`).

Every order is promised: its last day is drawn evenly over the days on which its vehicle is built,
along its launch curve, and the way to its market is added.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.dates import first_day, last_day
from motorworks.case.drawing import Car, draw_colours, draw_options, order_of, plain_cars, rates_of
from motorworks.case.month_horizon import run_of
from motorworks.case.month_on_line import transit_days
from motorworks.case.option_rules import Group, Rules, groups_in_order
from motorworks.case.records.line import Order
from motorworks.case.records.products import Option, OptionRule, TakeRate
from motorworks.case.spread import Floats, whole_shares
from motorworks.case.volumes import Tables, Volume, month_volumes, worked_hours
from motorworks.engines.random import stream
from motorworks.result.slot_records import OrderShare
from motorworks.slot.collide import colliding, in_words
from motorworks.slot.mix import Mix, best_mix

_SLACK = 1.0
"""Cars by which a rate may be missed for want of parts of cars."""


@dataclass(frozen=True)
class DrawnMonth:
    """Orders of a month in the order as they came, and how near they come to what is wanted.

    ``least_miss`` is the sum over vehicles, markets and options of the cars by which any set of
    orders must miss the take rates; ``conflicts`` say which rates those are, and by which rules.
    """

    month: str
    orders: tuple[Order, ...]
    shares: tuple[OrderShare, ...]
    least_miss: float = 0.0
    conflicts: tuple[str, ...] = field(default_factory=tuple)

    @property
    def miss(self) -> float:
        """Sum over options and colours of the cars drawn too few or too many."""
        return float(sum(abs(row.wanted - row.drawn) for row in self.shares))


def draw_month(case: Case, plan: Tables, plant: str, month: str, seed: int) -> DrawnMonth:
    """Draw the orders of a month of a plant.

    Parameters
    ----------
    case
        The resolved case: take rates, rules between options, colour mix.
    plan
        Result tables of its plan.
    plant, month
        Where, and the month, as 2025-10.
    seed
        Seed of the draw; each plant and month has a stream of its own.

    Raises
    ------
    CaseError
        If the rules leave some car none of a group of which it must have one.
    """
    rng = np.random.default_rng(stream(seed, f"orders/{plant}/{month}"))
    cells = plain_cars(month_volumes(plan, plant, month))
    draw_options(case, cells, rng)
    rates = _Rates(case)
    least, conflicts = 0.0, []
    for volume, cars in cells:
        mix = rates.mix(volume)
        least += mix.miss * len(cars)
        conflicts += rates.conflict(volume, mix)
        rates.redraw(volume, cars, mix, rng)
    colours = draw_colours(case, cells, rng)
    shares = [row for volume, cars in cells for row in rates.shares(plant, month, volume, cars)]
    shares += [
        OrderShare(plant=plant, month=month, market="all", **asdict(share)) for share in colours
    ]
    orders = _promised(case, plan, plant, month, [c for _, own in cells for c in own], rng)
    return DrawnMonth(month, orders, tuple(shares), least, tuple(dict.fromkeys(conflicts)))


class _Rates:
    """Take rates of a case, and the mix of trims that comes nearest to them."""

    def __init__(self, case: Case) -> None:
        rows = case.rows(TakeRate)
        self._table = {(row.vehicle, row.market, row.option): row.share_pct for row in rows}
        self._rules = Rules(case.rows(OptionRule))
        options = case.rows(Option)
        self._groups = groups_in_order(options, self._rules)
        self._place = {row.option: number for number, row in enumerate(options)}
        self._known: dict[tuple[str, str], Mix] = {}

    def of(self, volume: Volume) -> dict[str, float]:
        """Share of a vehicle's cars for a market with each option."""
        return {
            option: float(rate)
            for group in self._groups
            for option, rate in zip(
                group.options, rates_of(self._table, group, volume, self._rules), strict=True
            )
        }

    def mix(self, volume: Volume) -> Mix:
        """The mix that comes nearest to the rates."""
        key = (volume.vehicle, volume.market)
        if key not in self._known:
            groups: list[Group] = self._groups
            self._known[key] = best_mix(self.of(volume), groups, self._rules, *key)
        return self._known[key]

    def conflict(self, volume: Volume, mix: Mix) -> list[str]:
        """Say which rates cannot be met together, and the rules on them."""
        if not mix.missed:
            return []
        rates, key = self.of(volume), (volume.vehicle, volume.market)
        rules = colliding(rates, self._groups, self._rules, *key)
        rated = ", ".join(
            f"{option} {rates[option] * 100:.3g} %"
            for option in dict.fromkeys(o for row in rules for o in (row.option, row.other))
            if option is not None and rates.get(option, 0.0) > 0.0
        )
        told = ", ".join(
            f"{option} {abs(miss) * 100:.3g} % too {'few' if miss > 0 else 'many'}"
            for option, miss in mix.missed.items()
        )
        why = "; ".join(map(in_words, rules)) or "a car has exactly one option of a group"
        return [
            f"take rates of {volume.vehicle} for {volume.market} cannot be met together"
            f"{f' ({rated})' if rated else ''}: {why}. At best {told}"
        ]

    def redraw(
        self, volume: Volume, cars: Sequence[Car], mix: Mix, rng: np.random.Generator
    ) -> None:
        """Draw cars from the mix where they miss the rates by more than they must."""
        wanted = self.of(volume)
        excess = [
            self._missed(wanted, name, cars) - abs(mix.missed.get(name, 0.0)) * len(cars)
            for name in wanted
        ]
        if not mix.trims or max(excess, default=0.0) <= _SLACK + 1e-9:
            return
        counts = whole_shares(mix.shares, len(cars))
        trims = [trim for trim, n in zip(mix.trims, counts, strict=True) for _ in range(int(n))]
        for car, place in zip(cars, rng.permutation(len(trims)), strict=True):
            car.options[:] = sorted(trims[place], key=self._place.__getitem__)

    @staticmethod
    def _missed(wanted: Mapping[str, float], name: str, cars: Sequence[Car]) -> float:
        return abs(sum(name in car.options for car in cars) - wanted[name] * len(cars))

    def shares(
        self, plant: str, month: str, volume: Volume, cars: Sequence[Car]
    ) -> list[OrderShare]:
        """What was wanted of each option beside what was drawn."""
        return [
            OrderShare(
                plant=plant, month=month, vehicle=volume.vehicle, market=volume.market,
                kind="option", name=name, cars=len(cars), wanted=round(rate * len(cars), 6),
                drawn=sum(name in car.options for car in cars),
            )
            for name, rate in self.of(volume).items()
            if rate > 0.0 or any(name in car.options for car in cars)
        ]  # fmt: skip


def _promised(
    case: Case, plan: Tables, plant: str, month: str, cars: list[Car], rng: np.random.Generator
) -> tuple[Order, ...]:
    """Orders in a drawn order, each with its promised day."""
    dates, done = _due_days(case, plan, plant, month, {car.vehicle for car in cars})
    transit = transit_days(case, plant)
    mixed = [cars[place] for place in rng.permutation(len(cars))]
    count: dict[str, int] = {}
    for car in cars:
        count[car.vehicle] = count.get(car.vehicle, 0) + 1
    draws = {vehicle: (rng.permutation(n) + 0.5) / n for vehicle, n in count.items()}
    taken = dict.fromkeys(count, 0)
    orders = []
    for number, car in enumerate(mixed, 1):
        at = draws[car.vehicle][taken[car.vehicle]]
        taken[car.vehicle] += 1
        due = dates[int(np.searchsorted(done[car.vehicle], at))]
        promised = due + dt.timedelta(days=transit.get(car.market, 0))
        orders.append(order_of(car, f"{plant}-{month}-{number:05d}", promised))
    return tuple(orders)


def _due_days(
    case: Case, plan: Tables, plant: str, month: str, vehicles: set[str]
) -> tuple[list[dt.date], dict[str, Floats]]:
    """Working days of a month, and the share of each vehicle's work that is done by each."""
    days = Days.of(case.info)
    inside = days.span(first_day(month), last_day(month))
    hours = worked_hours(case, days, plant)[inside]
    worked = np.flatnonzero(hours > 0.0)
    dates = [days.first + dt.timedelta(days=int(inside.start + day)) for day in worked]
    done = {}
    for vehicle in vehicles:
        own = (hours * run_of(case, plan, plant, vehicle, days)[inside])[worked]
        own = own if own.sum() > 0.0 else hours[worked]
        done[vehicle] = np.cumsum(own) / own.sum()
    return dates, done
