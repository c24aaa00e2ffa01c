"""Trade agreements: which flows fall under one, and the cars that are counted together."""

from dataclasses import dataclass

from motorworks.case.records.sites import Country
from motorworks.case.records.supply import Supplier
from motorworks.case.records.trade import LocalContent, OriginRule, Preference, RegimeArea
from motorworks.result.verify.calendar import Steps, mean_of, steps_by
from motorworks.result.verify.given import Given, Pair

Claim = tuple[str, str, str, str, str]
"""Regime, method, plant, group, period: the key of the table ``origin``."""


@dataclass(frozen=True)
class Group:
    """Cars that are counted together under a rule of origin: allocations and months."""

    rule: OriginRule
    members: list[Pair]
    months: list[int]


class Regimes:
    """The sets of the section on origin.

    ``flows`` are (vehicle, lane, regime); ``rates`` the preferential duty of each by month of
    arrival, as a share; ``lanes`` the lanes under a regime by (allocation, regime); ``groups`` by
    the key of the table ``origin``; ``originating`` the sources that count, by regime.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        case = given.case
        self._area = {row.country: row.customs_area for row in case.rows(Country)}
        self._rules = case.rows(OriginRule)
        self._preferences = steps_by(
            case.rows(Preference),
            lambda r: (r.regime, r.importer, r.exporter, str(r.goods)),
            lambda r: (r.start, r.rate_pct / 100),
        )
        self.local = steps_by(
            case.rows(LocalContent),
            lambda r: (r.vehicle, r.plant, r.regime),
            lambda r: (r.start, r.local_pct / 100),
        )
        self.rates: dict[tuple[str, str, str], list[float]] = {}
        self._means: dict[tuple[str, str, str, str], list[float] | None] = {}
        self._flows()
        self.lanes: dict[tuple[Pair, str], list[str]] = {}
        for vehicle, lane, regime in self.flows:
            key = (vehicle, given.lanes[lane].plant)
            if key in given.allocations:
                self.lanes.setdefault((key, regime), []).append(lane)
        self.groups: dict[Claim, Group] = {}
        for rule in self._rules:
            self._group(rule)
        home = {row.supplier: self._area[row.country] for row in case.rows(Supplier)}
        areas = {(row.regime, row.area) for row in case.rows(RegimeArea)}
        self.originating = {
            regime: [
                name
                for name, source in given.sources.items()
                if source.value is not None and (regime, home[source.supplier]) in areas
            ]
            for regime in {rule.regime for rule in self._rules}
        }

    @property
    def flows(self) -> list[tuple[str, str, str]]:
        """Flows under a regime: (vehicle, lane, regime)."""
        return list(self.rates)

    def local_share(self, key: Pair, regime: str, month: int) -> float:
        """Originating share of the material of a car; 0 where nothing is on record."""
        steps = self.local.get((*key, regime))
        return steps.at(self._given.months[month]) if steps else 0.0

    def _flows(self) -> None:
        names = list(dict.fromkeys(rule.regime for rule in self._rules))
        for vehicle, lane in self._given.flows if names else ():
            row = self._given.lanes[lane]
            exporter = self._area[self._given.plants[row.plant].country]
            importer = self._area[self._given.markets[row.market].country]
            if importer == exporter:
                continue
            goods = str(self._given.vehicles[vehicle].drivetrain)
            for regime in names:
                rates = self._mean(regime, importer, exporter, goods)
                if rates is not None:
                    self.rates[vehicle, lane, regime] = rates

    def _mean(self, regime: str, importer: str, exporter: str, goods: str) -> list[float] | None:
        """Mean rates by month, None where the regime has none for these goods."""
        key = (regime, importer, exporter, goods)
        if key not in self._means:
            steps: Steps[float] | None = self._preferences.get(key)
            steps = steps or self._preferences.get((regime, importer, exporter, "any"))
            days = self._given.days
            self._means[key] = [mean_of(steps, month) for month in days] if steps else None
        return self._means[key]

    def _group(self, rule: OriginRule) -> None:
        """The groups that a rule counts together, with their periods."""
        given = self._given
        for key in given.allocations:
            if (key, rule.regime) not in self.lanes:
                continue
            vehicle, plant = key
            name = {
                "class": str(given.vehicles[vehicle].drivetrain), "plant": "all",
            }.get(rule.averaging, vehicle)  # fmt: skip
            periods = (
                {month: [t] for t, month in enumerate(given.months)}
                if rule.averaging == "car"
                else {str(year): given.months_of(year) for year in given.calendar_years}
            )
            for period, months in periods.items():
                claim = (rule.regime, str(rule.method), plant, name, period)
                group = self.groups.setdefault(claim, Group(rule, [], months))
                group.members.append(key)
