"""Cars drawn from volumes: options by take rates, colours by their mix.

Of every group of choices (an option group, an option alone, the colours) whole numbers of cars are
laid down first, for each vehicle and market in turn by largest remainders, with what is owed
carried on from one to the next; only which car gets what is left to chance. So the cars miss a take
rate by about one at most, unless the rules between options ask for more.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from motorworks.case.case import Case
from motorworks.case.option_rules import Group, Rules, groups_in_order
from motorworks.case.records.line import Order
from motorworks.case.records.products import ColourMix, Option, OptionRule, TakeRate
from motorworks.case.spread import Floats, Integers, whole_shares
from motorworks.case.volumes import Volume
from motorworks.errors import CaseError, Problem

_ALL = 100.0


@dataclass(frozen=True)
class Share:
    """How near the cars of a vehicle come to what is wanted of an option or colour."""

    vehicle: str
    kind: str
    name: str
    cars: int
    wanted: float
    drawn: int


@dataclass(eq=False)
class Car:
    """A car that is drawn."""

    vehicle: str
    market: str
    options: list[str] = field(default_factory=list)
    colour: str | None = None


@dataclass
class _Tally:
    """Cars of each vehicle that may have something, and how many should."""

    cars: dict[tuple[str, str], int] = field(default_factory=dict)
    wanted: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, volume: Volume, names: Sequence[str], rates: Floats) -> None:
        """Count a volume in for each name with a rate."""
        for name, rate in zip(names, rates.tolist(), strict=True):
            if rate > 0.0:
                key = (volume.vehicle, name)
                self.cars[key] = self.cars.get(key, 0) + volume.cars
                self.wanted[key] = self.wanted.get(key, 0.0) + rate * volume.cars

    def told(self, kind: str, drawn: Sequence[tuple[str, str]]) -> list[Share]:
        """Shares wanted beside those drawn."""
        return [
            Share(*key[:1], kind, key[1], self.cars[key], round(wanted, 6), drawn.count(key))
            for key, wanted in self.wanted.items()
        ]


Cells = Sequence[tuple[Volume, list[Car]]]
"""Cars of each vehicle and market."""


def plain_cars(volumes: Sequence[Volume]) -> list[tuple[Volume, list[Car]]]:
    """Make the cars of volumes, as yet without options and colours."""
    return [
        (volume, [Car(volume.vehicle, volume.market) for _ in range(volume.cars)])
        for volume in volumes
    ]


def order_of(car: Car, name: str, promised: dt.date | None = None) -> Order:
    """Write an order for a car.

    Examples
    --------
    >>> order_of(Car("suv", "town", ["roof", "hook"]), "1").options
    'roof hook'
    """
    return Order(
        order=name, vehicle=car.vehicle, market=car.market, colour=car.colour,
        options=" ".join(car.options) or None, promised=promised and promised.isoformat(),
    )  # fmt: skip


def draw_options(case: Case, cells: Cells, rng: np.random.Generator) -> list[Share]:
    """Give options to cars, group by group, those that others need first.

    Raises
    ------
    CaseError
        If the rules leave some car none of a group of which it must have one.
    """
    options = case.rows(Option)
    rules = Rules(case.rows(OptionRule))
    table = {(row.vehicle, row.market, row.option): row.share_pct for row in case.rows(TakeRate)}
    tally = _Tally()
    for group in groups_in_order(options, rules):
        owed = np.zeros(len(group.options))
        for volume, cars in cells:
            rates = rates_of(table, group, volume, rules)
            if rates.any():
                tally.add(volume, group.options, rates)
                exact = rates * len(cars) + owed
                counts = _counts(exact, len(cars), group)
                owed = exact - counts
                _hand_out(group, counts, cars, rules, rng)
    place = {row.option: number for number, row in enumerate(options)}
    for _, cars in cells:
        for car in cars:
            car.options.sort(key=place.__getitem__)
    found = [(car.vehicle, option) for _, cars in cells for car in cars for option in car.options]
    return tally.told("option", found)


def rates_of(
    table: dict[tuple[str, str | None, str], float], group: Group, volume: Volume, rules: Rules
) -> Floats:
    """Take rates of a vehicle's cars for a market; of one option of a group they add up to 1."""
    found = np.zeros(len(group.options))
    for number, option in enumerate(group.options):
        if rules.sold(option, volume.vehicle, volume.market):
            general = table.get((volume.vehicle, None, option), 0.0)
            found[number] = table.get((volume.vehicle, volume.market, option), general) / _ALL
    if group.exactly_one and found.any():
        found /= found.sum()
    return found


def _counts(exact: Floats, cars: int, group: Group) -> Integers:
    """Whole numbers of cars with each option, near what is wanted and owed."""
    if group.exactly_one:
        return whole_shares(exact, cars)
    return np.clip(np.round(exact), 0, cars).astype(np.int64)


def _hand_out(
    group: Group, counts: Integers, cars: list[Car], rules: Rules, rng: np.random.Generator
) -> None:
    """Choose at random, among those that may have it, which cars get an option.

    Options for which the fewest cars are left go first.
    """
    open_cars = [cars[place] for place in rng.permutation(len(cars))]
    spare = [
        sum(_may_have(car, option, rules) for car in cars) - count
        for option, count in zip(group.options, counts.tolist(), strict=True)
    ]
    for place in sorted(range(len(spare)), key=spare.__getitem__):
        option, count = group.options[place], int(counts[place])
        chosen = [car for car in open_cars if _may_have(car, option, rules)][:count]
        for car in chosen:
            car.options.append(option)
        taken = set(chosen)
        open_cars = [car for car in open_cars if car not in taken]
    if group.exactly_one:
        for car in open_cars:
            car.options.append(_any_other(car, group, counts, rules))


def _may_have(car: Car, option: str, rules: Rules) -> bool:
    return rules.allow(option, car.vehicle, car.market, car.options)


def _any_other(car: Car, group: Group, counts: Integers, rules: Rules) -> str:
    """An option of a group for a car that is left without: the most usual that it may have."""
    usual: list[int] = np.argsort(-counts, kind="stable").tolist()
    for place in usual:
        if counts[place] and _may_have(car, group.options[place], rules):
            return group.options[place]
    has = f" with {', '.join(car.options)}" if car.options else ""
    message = (
        f"leave {car.vehicle} for {car.market}{has} none of {', '.join(group.options)}, "
        "of which it must have one"
    )
    raise CaseError([Problem("option_rules.csv", message)])


def draw_colours(case: Case, cells: Cells, rng: np.random.Generator) -> list[Share]:
    """Paint cars in the colours of their vehicle; a vehicle without a mix stays without colour."""
    mix: dict[str, dict[str, float]] = {}
    for row in case.rows(ColourMix):
        mix.setdefault(row.vehicle, {})[row.colour] = row.share_pct / _ALL
    names = sorted({name for own in mix.values() for name in own})
    tally, owed = _Tally(), np.zeros(len(names))
    for volume, cars in cells:
        rates = np.array([mix.get(volume.vehicle, {}).get(name, 0.0) for name in names])
        if not rates.any():
            continue
        tally.add(volume, names, rates)
        exact = np.where(rates > 0.0, rates * len(cars) + owed, 0.0)
        counts = whole_shares(exact, len(cars))
        owed = np.where(rates > 0.0, exact - counts, owed)
        paints = np.repeat(np.arange(len(names)), counts)
        for car, paint in zip(cars, rng.permutation(paints), strict=True):
            car.colour = names[paint]
    found = [(car.vehicle, car.colour) for _, cars in cells for car in cars if car.colour]
    return tally.told("colour", found)
