"""Prices, costs, freight and duty in the reporting currency, month by month."""

import numpy as np

from motorworks.case.records.markets import CurrencyRate, Price
from motorworks.case.records.programme import VehicleCost
from motorworks.case.records.sites import Country
from motorworks.case.records.supply import ComponentSource, Supplier
from motorworks.case.records.trade import LaneRate, Tariff
from motorworks.errors import CaseError, Problem
from motorworks.result.verify.calendar import Steps, mean_of, steps_by
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Given, Pair


class Money:
    """Amounts per car, each an array by month of the horizon.

    ``net`` and ``customs`` are keyed by (vehicle, market), ``material`` and ``conversion`` by
    (vehicle, plant), ``freight`` by lane per CEU, ``value`` by vehicle; a key that the case has
    no row for is missing.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._rates = steps_by(
            given.case.rows(CurrencyRate), lambda r: r.currency, lambda r: (r.start, r.rate)
        )
        self._fx: dict[str | None, Array] = {}
        self.net: dict[Pair, Array] = {}
        self.customs: dict[Pair, Array] = {}
        self.material: dict[Pair, Array] = {}
        self.conversion: dict[Pair, Array] = {}
        self._prices()
        self._costs()
        freights = steps_by(given.case.rows(LaneRate), lambda r: r.lane, lambda r: (r.start, r))
        self.freight: dict[str, Array] = {}
        for lane, freight in freights.items():
            due = [freight.at(month) for month in given.months]
            self.freight[lane] = np.array(
                [r.freight * self.fx(r.currency, t) for t, r in enumerate(due)]
            )
        self.value = {
            name: car.stock_value * self.worth(car.currency) for name, car in given.vehicles.items()
        }
        self.duty = _Duty(given)
        self._zeros = np.zeros(given.count)

    def _prices(self) -> None:
        """Net prices and customs values."""
        given = self._given
        prices = steps_by(
            given.case.rows(Price), lambda r: (r.vehicle, r.market), lambda r: (r.start, r)
        )
        for key, price in prices.items():
            rows = [price.at(month) for month in given.months]
            net = [
                r.price * r.net_share_pct / 100 * self.fx(r.currency, t) for t, r in enumerate(rows)
            ]
            self.net[key] = np.array(net)
            self.customs[key] = np.array(
                [net[t] * r.customs_share_pct / 100 for t, r in enumerate(rows)]
            )

    def _costs(self) -> None:
        """Material and conversion."""
        given = self._given
        costs = steps_by(
            given.case.rows(VehicleCost), lambda r: (r.vehicle, r.plant), lambda r: (r.start, r)
        )
        for key, cost in costs.items():
            paid = [cost.at(month) for month in given.months]
            fx = np.array([self.fx(r.currency, t) for t, r in enumerate(paid)])
            self.material[key] = fx * [r.material_cost for r in paid]
            self.conversion[key] = fx * [r.conversion_cost for r in paid]

    def worth(self, currency: str | None) -> Array:
        """Worth of one unit of a currency by month; blank is the reporting currency."""
        if currency not in self._fx:
            months = self._given.months
            if currency is None or currency == self._given.case.info.currency:
                self._fx[currency] = np.ones(len(months))
            elif currency in self._rates:
                self._fx[currency] = np.array([self._rates[currency].at(m) for m in months])
            else:
                problem = Problem("currency_rates.csv", "no rate of this currency", value=currency)
                raise CaseError([problem])
        return self._fx[currency]

    def fx(self, currency: str | None, month: int) -> float:
        """Worth of one unit of a currency in a month."""
        return float(self.worth(currency)[month])

    def net_of(self, pair: Pair) -> Array:
        """Net price of a vehicle in a market; nothing where the case has no price."""
        return self.net.get(pair, self._zeros)

    def material_of(self, key: Pair) -> Array:
        """Material of a vehicle at a plant; nothing where the case has no cost."""
        return self.material.get(key, self._zeros)

    def conversion_of(self, key: Pair) -> Array:
        """Conversion of a vehicle at a plant; nothing where the case has no cost."""
        return self.conversion.get(key, self._zeros)

    def freight_of(self, flow: Pair) -> Array:
        """Freight of a car by the month in which it leaves on a lane."""
        vehicle, lane = flow
        return np.asarray(self.freight.get(lane, self._zeros) * self._given.vehicles[vehicle].ceu)

    def on_arrival(self, lane: str, amounts: Array) -> Array:
        """Mean of a monthly amount over the months in which cars arrive, by month of leaving."""
        lag, count = self._given.lags[lane], self._given.count
        first = np.minimum(np.arange(count) + lag.whole, count - 1)
        second = np.minimum(first + 1, count - 1)
        mean = (1 - lag.late_share) * amounts[first] + lag.late_share * amounts[second]
        return np.asarray(mean)

    def net_on_arrival(self, flow: Pair) -> Array:
        """Net price of a car leaving on a lane, when it arrives."""
        pair = (flow[0], self._given.lanes[flow[1]].market)
        return self.on_arrival(flow[1], self.net_of(pair))

    def duty_of(self, flow: Pair) -> Array:
        """Duty on a car leaving on a lane: rate and customs value of the months of arrival."""
        pair = (flow[0], self._given.lanes[flow[1]].market)
        return self.duty_at(flow, self.duty.rates(flow)) if pair in self.customs else self._zeros

    def duty_at(self, flow: Pair, rates: Array | list[float]) -> Array:
        """Duty on a car leaving on a lane at given rates of the months of arrival."""
        pair = (flow[0], self._given.lanes[flow[1]].market)
        due = np.asarray(rates) * self.customs.get(pair, self._zeros)
        return self.on_arrival(flow[1], due)

    def capital_of(self, flow: Pair, rate_pct: float) -> Array:
        """Capital bound by a car on the way, by the month in which it leaves."""
        days = self._given.lanes[flow[1]].transit_days
        return self.value[flow[0]] * (rate_pct / 100 * days / 365)


class _Duty:
    """Mean rate of duty by month, as a share, for every flow; worked out once per pair of areas."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._area = {row.country: row.customs_area for row in given.case.rows(Country)}
        self._steps = steps_by(
            given.case.rows(Tariff),
            lambda r: (r.importer, r.exporter, str(r.goods)),
            lambda r: (r.start, r.rate_pct / 100),
        )
        self._home = {row.supplier: row.country for row in given.case.rows(Supplier)}
        self._known: dict[tuple[str, str, str], list[float]] = {}

    def of_parts(self, source: ComponentSource) -> list[float]:
        """Rates for the components of a source; rows for cars do not speak of them."""
        exporter = self._area[self._home[source.supplier]]
        importer = self._area[self._given.plants[source.plant].country]
        return self._mean(importer, exporter, "parts")

    def rates(self, flow: Pair) -> list[float]:
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
        steps: Steps[float] | None = self._steps.get((importer, exporter, goods))
        if goods != "parts":
            steps = steps or self._steps.get((importer, exporter, "any"))
        if steps is None:
            message = f"no duty on record for {goods} from {exporter} into {importer}"
            raise CaseError([Problem("tariffs.csv", message)])
        return [mean_of(steps, month) for month in self._given.days]
