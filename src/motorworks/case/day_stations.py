"""The pace of a line, and its stations at which cars of a day may take longer than the takt."""

import datetime as dt
from collections.abc import Sequence

from motorworks.case.case import Case
from motorworks.case.line_day import WorkStation
from motorworks.case.records.line import Order, Station, StationTime
from motorworks.case.records.sites import ShopRate

_HOUR_S = 3_600.0
_NO_RATE_S = 60.0


def takt_of(case: Case, shop: str, day: dt.date) -> float:
    """Seconds from car to car on a line by its pace on a day; 60 where no pace is on record.

    The first pace on record holds before its start, too.
    """
    rates = sorted((row for row in case.rows(ShopRate) if row.shop == shop), key=lambda r: r.start)
    begun = [row for row in rates if row.start <= day.isoformat()] or rates[:1]
    return _HOUR_S / begun[-1].jph if begun and begun[-1].jph > 0.0 else _NO_RATE_S


def work_stations(
    case: Case, shop: str | None, cars: Sequence[Order], takt_s: float
) -> tuple[WorkStation, ...]:
    """Paced stations of a line at which some car takes longer than the takt.

    Cars come a station's length apart, so the line passes a station in a takt; the length of its
    reach in seconds is ``takt_s (length_m + drift_m) / length_m``. A vehicle without a row in
    ``station_times`` takes the cycle time. Stations side by side, or without a length, are not
    paced by the line and are left out, as are those at which no car takes longer than the takt:
    there nobody ever falls behind.
    """
    if shop is None:
        return ()
    times: dict[str, list[StationTime]] = {}
    for row in case.rows(StationTime):
        times.setdefault(row.station, []).append(row)
    found = []
    for station in sorted(case.rows(Station), key=lambda row: row.position):
        if station.shop != shop or station.length_m is None or station.parallel > 1:
            continue
        own = times.get(station.station, [])
        time_s = tuple(_time(station, own, order) for order in cars)
        if max(time_s, default=0.0) > takt_s:
            reach = takt_s * (station.length_m + (station.drift_m or 0.0)) / station.length_m
            found.append(WorkStation(station.station, time_s, reach))
    return tuple(found)


def _time(station: Station, rows: Sequence[StationTime], order: Order) -> float:
    """Seconds of work on an order at a station: its base time and that of its options."""
    options = (order.options or "").split()
    own = [row for row in rows if row.vehicle == order.vehicle]
    base = next((row.time_s for row in own if row.option is None), station.cycle_s)
    return base + sum(row.time_s for row in own if row.option in options)
