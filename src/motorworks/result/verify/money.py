"""Prices, costs, freight and duty in the reporting currency, month by month."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from motorworks.case.column import Record
from motorworks.case.records.markets import CurrencyRate, Price
from motorworks.case.records.programme import VehicleCost
from motorworks.case.records.sites import Country
from motorworks.case.records.trade import LaneRate, Tariff
from motorworks.errors import CaseError, Problem
from motorworks.result.verify.calendar import Steps
from motorworks.result.verify.given import Given

K = TypeVar("K")
R = TypeVar("R", bound=Record)
V = TypeVar("V")


class Money:
    """Amounts per car by month of the horizon.

    ``net`` and ``customs`` are keyed by (vehicle, market), ``cost`` by (vehicle, plant) as pairs
    of material and conversion, ``freight`` by lane per CEU, ``value`` by vehicle; a key that the
    case has no row for is missing.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._rates = _steps(
            given.case.rows(CurrencyRate), lambda r: r.currency, lambda r: (r.start, r.rate)
        )
        prices = _steps(
            given.case.rows(Price), lambda r: (r.vehicle, r.market), lambda r: (r.start, r)
        )
        self.net: dict[tuple[str, str], list[float]] = {}
        self.customs: dict[tuple[str, str], list[float]] = {}
        for key, price in prices.items():
            rows = [price.at(month) for month in given.months]
            net = [
                r.price * r.net_share_pct / 100 * self.fx(r.currency, t) for t, r in enumerate(rows)
            ]
            self.net[key] = net
            self.customs[key] = [net[t] * r.customs_share_pct / 100 for t, r in enumerate(rows)]
        costs = _steps(
            given.case.rows(VehicleCost), lambda r: (r.vehicle, r.plant), lambda r: (r.start, r)
        )
        self.cost: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for key, cost in costs.items():
            paid = [cost.at(month) for month in given.months]
            self.cost[key] = [
                (
                    r.material_cost * self.fx(r.currency, t),
                    r.conversion_cost * self.fx(r.currency, t),
                )
                for t, r in enumerate(paid)
            ]
        freights = _steps(given.case.rows(LaneRate), lambda r: r.lane, lambda r: (r.start, r))
        self.freight: dict[str, list[float]] = {}
        for lane, freight in freights.items():
            due = [freight.at(month) for month in given.months]
            self.freight[lane] = [r.freight * self.fx(r.currency, t) for t, r in enumerate(due)]
        self.value = {
            name: [car.stock_value * self.fx(car.currency, t) for t in range(given.count)]
            for name, car in given.vehicles.items()
        }
        self._duty = _Duty(given)
        self._due: dict[tuple[str, str], list[float]] = {}

    def fx(self, currency: str | None, month: int) -> float:
        """Worth of one unit of a currency; blank is the reporting currency."""
        if currency is None or currency == self._given.case.info.currency:
            return 1.0
        if currency not in self._rates:
            problem = Problem("currency_rates.csv", "no rate of this currency", value=currency)
            raise CaseError([problem])
        return self._rates[currency].at(self._given.months[month])

    def net_at(self, pair: tuple[str, str], month: int) -> float:
        """Net price of a vehicle in a market; nothing where the case has no price."""
        return self.net[pair][month] if pair in self.net else 0.0

    def cost_at(self, key: tuple[str, str], month: int) -> tuple[float, float]:
        """Material and conversion of a vehicle at a plant; nothing where the case has no cost."""
        return self.cost[key][month] if key in self.cost else (0.0, 0.0)

    def freight_of(self, flow: tuple[str, str], month: int) -> float:
        """Freight of a car leaving on a lane."""
        vehicle, lane = flow
        rates = self.freight.get(lane)
        return rates[month] * self._given.vehicles[vehicle].ceu if rates else 0.0

    def on_arrival(self, flow: tuple[str, str], month: int, amounts: list[float]) -> float:
        """Mean of a monthly amount over the months in which cars leaving in ``month`` arrive."""
        lag = self._given.lags[flow[1]]
        last = self._given.count - 1
        first = min(month + lag.whole, last)
        second = min(month + lag.whole + 1, last)
        return (1 - lag.late_share) * amounts[first] + lag.late_share * amounts[second]

    def net_on_arrival(self, flow: tuple[str, str], month: int) -> float:
        """Net price of a car leaving on a lane, when it arrives."""
        pair = (flow[0], self._given.lanes[flow[1]].market)
        return self.on_arrival(flow, month, self.net[pair]) if pair in self.net else 0.0

    def duty_of(self, flow: tuple[str, str], month: int) -> float:
        """Duty on a car leaving on a lane: rate and customs value of the months of arrival."""
        pair = (flow[0], self._given.lanes[flow[1]].market)
        if pair not in self.customs:
            return 0.0
        if flow not in self._due:
            rates, customs = self._duty.rates(flow), self.customs[pair]
            self._due[flow] = [rate * value for rate, value in zip(rates, customs, strict=True)]
        return self.on_arrival(flow, month, self._due[flow])

    def capital_of(self, flow: tuple[str, str], month: int, rate_pct: float) -> float:
        """Capital bound by a car on the way."""
        days = self._given.lanes[flow[1]].transit_days
        return self.value[flow[0]][month] * rate_pct / 100 * days / 365


class _Duty:
    """Mean rate of duty by month, as a share, for every flow; worked out once per pair of areas."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._area = {row.country: row.customs_area for row in given.case.rows(Country)}
        self._steps = _steps(
            given.case.rows(Tariff),
            lambda r: (r.importer, r.exporter, str(r.goods)),
            lambda r: (r.start, r.rate_pct / 100),
        )
        self._known: dict[tuple[str, str, str], list[float]] = {}

    def rates(self, flow: tuple[str, str]) -> list[float]:
        """Rates for a vehicle on a lane."""
        lane = self._given.lanes[flow[1]]
        exporter = self._area[self._given.plants[lane.plant].country]
        importer = self._area[self._given.markets[lane.market].country]
        goods: str = self._given.vehicles[flow[0]].drivetrain
        key = (importer, exporter, goods)
        if key not in self._known:
            self._known[key] = self._mean(*key)
        return self._known[key]

    def _mean(self, importer: str, exporter: str, goods: str) -> list[float]:
        if importer == exporter:
            return [0.0] * self._given.count
        steps = self._steps.get((importer, exporter, goods))
        steps = steps or self._steps.get((importer, exporter, "any"))
        if steps is None:
            message = f"no duty on record for {goods} from {exporter} into {importer}"
            raise CaseError([Problem("tariffs.csv", message)])
        return [_mean(steps, month) for month in self._given.days]


def _mean(steps: Steps[float], days: list[dt.date]) -> float:
    return sum(steps.at(day.isoformat()) for day in days) / len(days)


def _steps(
    rows: Iterable[R], key: Callable[[R], K], step: Callable[[R], tuple[str, V]]
) -> dict[K, Steps[V]]:
    """Rows with a start, gathered by key, in force from one start to the next."""
    gathered: dict[K, list[tuple[str, V]]] = {}
    for row in rows:
        gathered.setdefault(key(row), []).append(step(row))
    return {name: Steps(found) for name, found in gathered.items()}
