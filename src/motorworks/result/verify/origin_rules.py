"""Rules of origin: what counts as originating, what a claim needs, what it opens."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from motorworks.result.verify.books import Books
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair
from motorworks.result.verify.regimes import Claim, Group

K = TypeVar("K")

VALUE = 1e-6
"""Most by which originating value may miss what a rule needs, relative to both."""


def origin_parts(books: Books) -> None:
    """Parts counted for cars were received, are built into them, and originate."""
    given, said = books.given, books.said
    counted: dict[tuple[str, str], Array] = {}
    built_in: dict[tuple[str, str, Pair], Array] = {}
    for (name, regime, vehicle, plant), units in said.parts.items():
        source, key = given.sources[name], (vehicle, plant)
        _add(counted, (name, regime), units)
        fits = (
            name in books.regimes.originating.get(regime, ())
            and source.plant == plant
            and (key, regime) in books.regimes.lanes
        )
        if fits:
            _add(built_in, (source.component, regime, key), units)
        else:
            message = f"{name} counts for {vehicle} at {plant} under {regime}, but cannot"
            _more(books, f"{name}, {vehicle}", message, units, np.zeros(given.count))
    for (name, regime), units in counted.items():
        message = f"more of {name} is counted under {regime} than is received"
        _more(books, name, message, units, said.get[(name,)])
    for (component, regime, key), units in built_in.items():
        message = f"more {component} is counted for {key[0]} under {regime} than is built in"
        limit = given.use.get((key[0], component), 0.0) * said.make[key]
        _more(books, f"{component}, {key[0]}", message, units, limit)


def _add(sums: dict[K, Array], key: K, units: Array) -> None:
    sums[key] = sums.get(key, np.zeros(units.size)) + units


def _more(books: Books, where: str, message: str, units: Array, limits: Array) -> None:
    for t in books.ledger.each_over("origin_parts", units, limits):
        month = books.given.months[t]
        text = f"{message} in {month}: {units[t]:,.1f} against {limits[t]:,.1f}"
        books.ledger.add("origin_parts", f"{where}, {month}", text, units[t], limits[t])


def content(books: Books, claim: Claim, group: Group) -> tuple[float, float]:
    """Originating value of the cars of a group, and what its rule needs."""
    has = needs = 0.0
    regime = claim[0]
    for key in group.members:
        material, make = books.money.material_of(key), books.said.make[key]
        need = need_per_car(books, key, group)
        for t in group.months:
            has += books.regimes.local_share(key, regime, t) * material[t] * make[t]
            needs += need[t] * make[t]
        for name, units in books.said.parts_of.get((regime, *key), ()):
            source = books.given.sources[name]
            worth = (source.value or 0.0) * books.money.worth(source.currency)
            has += sum(worth[t] * units[t] for t in group.months)
    return float(has), float(needs)


def need_per_car(books: Books, key: Pair, group: Group) -> Array:
    """Originating value that the rule of a group asks of a car, by month."""
    share, regime = group.rule.threshold_pct / 100, group.rule.regime
    material, conversion = books.money.material_of(key), books.money.conversion_of(key)
    if group.rule.method == "net_cost":
        return material - (1 - share) * (material + conversion)
    markets = [books.given.lanes[lane].market for lane in books.regimes.lanes[key, regime]]
    zeros = np.zeros(books.given.count)
    customs = [books.money.customs.get((key[0], market), zeros) for market in markets]
    value = np.min(customs, axis=0)
    if group.rule.method == "build_up":
        return np.asarray(share * value)
    return np.asarray(material - (1 - share) * value)


def origin(books: Books) -> None:
    """A group claims origin only where its originating value reaches what the rule needs."""
    for claim, group in books.regimes.groups.items():
        row = books.said.sheets["origin"].row(*claim)
        if row is None:
            continue
        books.ledger.checked["origin"] += 1
        where = " ".join(claim)
        if row["claimed"] not in {0.0, 1.0}:
            message = f"origin of {where} is claimed {row['claimed']}, neither 0 nor 1"
            books.ledger.add("origin", where, message, row["claimed"])
        has, needs = content(books, claim, group)
        if row["claimed"] and needs - has > VALUE * max(abs(has), abs(needs), 100.0):
            message = f"{where} claims origin with {has:,.0f} of {needs:,.0f} needed"
            books.ledger.add("origin", where, message, has, needs)


def preference(books: Books) -> None:
    """Cars pass at the preferential duty only once, and only if built under a claim of origin."""
    given = books.given
    preferred = books.said.series("preferred", "units")
    covered: dict[tuple[Pair, str], Array] = {}
    for claim, group in books.regimes.groups.items():
        row = books.said.sheets["origin"].row(*claim)
        for key in group.members:
            months = covered.setdefault((key, claim[0]), np.zeros(given.count))
            if row is not None and row["claimed"]:
                months[group.months] = 1.0
    total: dict[Pair, Array] = {}
    leaving: dict[tuple[Pair, str], Array] = {}
    for vehicle, lane, regime in books.regimes.flows:
        units = preferred[vehicle, lane, regime]
        _add(total, (vehicle, lane), units)
        _add(leaving, ((vehicle, given.lanes[lane].plant), regime), units)
    for under, units in leaving.items():
        _were_claimed(books, under, units, covered.get(under, np.zeros(given.count)))
    for flow, units in total.items():
        shipped = books.said.ship[flow]
        for t in books.ledger.each_over("preference", units, shipped):
            month = given.months[t]
            message = f"{units[t]:,.1f} {flow[0]} leave on {flow[1]} in {month} under preference,"
            message = f"{message} but only {shipped[t]:,.1f} are shipped"
            where = f"{flow[0]} on {flow[1]}, {month}"
            books.ledger.add("preference", where, message, units[t], shipped[t])


def _were_claimed(books: Books, under: tuple[Pair, str], units: Array, claimed: Array) -> None:
    """No more leave under preference than were built under a claim and still stand there."""
    given, ((vehicle, plant), regime) = books.given, under
    built = books.said.make.get((vehicle, plant), np.zeros(given.count)) * claimed
    stock = books.said.stock[vehicle, plant]
    most, kept = np.zeros(given.count), 0.0
    for t in range(given.count):
        most[t] = kept + built[t]
        kept = min(max(most[t] - units[t], 0.0), stock[t])
    for t in books.ledger.each_over("preference", units, most):
        month = given.months[t]
        message = f"{units[t]:,.1f} {vehicle} leave {plant} in {month} under {regime}, but only"
        message = f"{message} {most[t]:,.1f} were built under a claim of origin"
        books.ledger.add("preference", f"{vehicle}, {plant}, {month}", message, units[t], most[t])


def saved(books: Books, flow: tuple[str, str, str]) -> Array:
    """Duty saved on a car under preference, by month of departure."""
    vehicle, lane, _ = flow
    plain = books.money.duty_of((vehicle, lane))
    return plain - books.money.duty_at((vehicle, lane), books.regimes.rates[flow])


ORIGIN_RULES: tuple[Callable[[Books], None], ...] = (
    origin_parts, origin, preference,
)  # fmt: skip
