"""What the case leaves to choose, and for which months: windows, sites, shifts, exits."""

from motorworks.case.records.choices import (
    Conversion,
    LaunchWindow,
    ShiftOption,
    SiteWindow,
    Workforce,
)
from motorworks.case.records.energy import CarbonLimit, Footprint, Meter
from motorworks.case.records.programme import FlexBand, PublishedPlan
from motorworks.case.records.supply import ComponentSale
from motorworks.case.records.trade import Sailing, SpotSpace
from motorworks.result.verify.given import Given


class Options:
    """The choices of a case, by the names of their rows.

    ``exits`` are the firm agreements that may be ended, ``spot`` the lanes with space beyond what
    is held, ``sales`` the rows of ``component_sales`` in the horizon, ``changes`` the published
    cars of the horizon, ``published`` those of an allocation by (vehicle, plant, number of month).
    """

    def __init__(self, given: Given) -> None:
        case = given.case
        self._given = given
        self.launches = {
            (row.vehicle, row.plant): row
            for row in case.rows(LaunchWindow)
            if (row.vehicle, row.plant) in given.allocations
        }
        self.sites = {row.site: row for row in case.rows(SiteWindow)}
        self.plant_sites = {row.plant: row for row in self.sites.values() if row.shop is None}
        self.conversions = {row.conversion: row for row in case.rows(Conversion)}
        self.workforces = {row.plant: row for row in case.rows(Workforce)}
        self.patterns: dict[str, list[str]] = {}
        for row in case.rows(ShiftOption):
            self.patterns.setdefault(row.plant, []).append(row.pattern)
        self.staffed = list(dict.fromkeys([*self.patterns, *self.workforces]))
        self.exits = {row.agreement: row for row in given.firm if row.exit_cost is not None}
        self.bands: dict[str, list[FlexBand]] = {}
        for band in case.rows(FlexBand):
            self.bands.setdefault(band.agreement, []).append(band)
        held = {row.lane for row in case.rows(Sailing)}
        offered = dict.fromkeys(row.lane for row in case.rows(SpotSpace))
        self.spot = [lane for lane in offered if lane in held]
        self.sales = {
            (row.component, row.plant, row.month): row
            for row in case.rows(ComponentSale)
            if row.month in given.place
        }
        self.changes = {
            (row.vehicle, row.plant, row.month): row.units
            for row in case.rows(PublishedPlan)
            if row.month in given.place
        }
        self.published = {
            (vehicle, plant, given.place[month]): units
            for (vehicle, plant, month), units in self.changes.items()
            if (vehicle, plant) in given.allocations
        }
        limits = [row for row in case.rows(CarbonLimit) if row.year in given.calendar_years]
        self.caps = {row.year: row for row in limits if row.kind == "cap"}
        self.goals = {row.year: row for row in limits if row.kind == "goal"}
        self.footprints = {(row.vehicle, row.plant): row.kg_co2e for row in case.rows(Footprint)}
        self.meters = case.rows(Meter)
        lanes = any(lane.co2_kg_per_ceu is not None for lane in given.lanes.values())
        self.carbon = bool(self.footprints or self.meters or lanes)

    def between(self, first: str | None, last: str | None) -> list[int]:
        """Months of the horizon from one to another, both included; blank stays open."""
        return [
            t
            for t, month in enumerate(self._given.months)
            if (first is None or month >= first) and (last is None or month <= last)
        ]
