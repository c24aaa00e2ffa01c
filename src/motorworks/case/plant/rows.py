"""Rows of the tables that speak of one plant, at one level of detail."""

from dataclasses import dataclass

from motorworks.case.case import Case
from motorworks.case.records.line import Buffer, Level, RoutingStep, Station
from motorworks.case.records.plant import Arrival, ArrivalMix, FlowStep, JoinRow, Segment
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Shop


@dataclass(frozen=True)
class PlantRows:
    """Rows of the tables that speak of a plant at a level of detail, in their order.

    ``vehicles`` are those allocated to it, and those that a source sends by ``arrival_mix``.
    """

    level: Level
    shops: tuple[Shop, ...]
    vehicles: tuple[str, ...]
    stations: tuple[Station, ...]
    segments: tuple[Segment, ...]
    buffers: tuple[Buffer, ...]
    routings: tuple[RoutingStep, ...]
    flows: tuple[FlowStep, ...]
    arrivals: tuple[Arrival, ...]
    joins: tuple[JoinRow, ...]

    @classmethod
    def of(cls, case: Case, plant: str, level: Level) -> "PlantRows":
        """Pick them out of a case."""
        shops = tuple(row for row in case.rows(Shop) if row.plant == plant)
        own = {row.shop for row in shops}
        here = (None, level)
        stations = tuple(r for r in case.rows(Station) if r.shop in own and r.level in here)
        places = {row.station for row in stations}
        buffers = tuple(
            row for row in case.rows(Buffer)
            if row.level in here
            and own & {row.from_shop, row.to_shop} | places & {row.from_station, row.to_station}
            and {row.from_station, row.to_station} <= places | {None}
        )  # fmt: skip
        stores = {row.buffer for row in buffers}
        allocated = [row.vehicle for row in case.rows(Allocation) if row.plant == plant]
        sources = {row.arrival for row in case.rows(Arrival) if row.shop in own}
        sent = [row.vehicle for row in case.rows(ArrivalMix) if row.arrival in sources]
        return cls(
            level,
            shops,
            tuple(dict.fromkeys([*allocated, *sent])),
            stations,
            tuple(r for r in case.rows(Segment) if r.shop in own and r.level in here),
            buffers,
            tuple(row for row in case.rows(RoutingStep) if row.plant == plant),
            tuple(case.rows(FlowStep)),
            tuple(
                row for row in case.rows(Arrival)
                if row.shop in own and row.station in places | {None}
                and row.buffer in stores | {None}
            ),
            tuple(
                row for row in case.rows(JoinRow) if row.station in places and row.buffer in stores
            ),
        )  # fmt: skip
