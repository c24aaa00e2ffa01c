"""What acts on the elements of a plant model: failures, crews, carriers, joins, parts, ramps."""

import datetime as dt

import numpy as np

from motorworks.case import plant_model as model
from motorworks.case.calendar import launch_curve
from motorworks.case.dates import resolve_when
from motorworks.case.plant.laws import law_of
from motorworks.case.plant.view import View
from motorworks.case.records.line import Crew, Failure
from motorworks.case.records.plant import (
    CarrierLoop,
    MaintenanceRow,
    PartArrival,
    RampEffect,
)
from motorworks.case.records.programme import Allocation, Ramp

_MIN_S = 60.0
_DAY_MIN = 1_440.0


def _element(view: View, row: Failure | MaintenanceRow) -> int | None:
    """The element that a row speaks of; None where it is none at this level of detail."""
    if row.station or row.segment:
        return view.number.get(row.station or row.segment or "")
    node = view.layout.nodes.get(row.shop or "")
    return view.number[node.name] if node and node.kind == "shop" else None


def failures_of(view: View) -> tuple[model.Failure, ...]:
    """Ways in which the elements at this level of detail stop."""
    crews = {row.crew: number for number, row in enumerate(view.case.rows(Crew))}
    found = []
    for row in view.case.rows(Failure):
        element = _element(view, row)
        if element is None:
            continue
        up = law_of(row.law, row.mtbf_min, row.shape, row.values)
        down = law_of(row.law, row.mttr_min, row.shape, row.values)
        if row.down_law:
            down = law_of(row.down_law, row.mttr_min, row.down_shape, row.down_values)
        place = row.station or ""
        found.append(model.Failure(
            row.failure, element, up, down, row.clock, row.resume, crews.get(row.crew or ""),
            row.heads, row.priority, place if view.layout.home.get(place) != place else "",
        ))  # fmt: skip
    return tuple(found)


def crews_of(view: View) -> tuple[model.Crew, ...]:
    """All crews of the case, in the order of their table."""
    return tuple(
        model.Crew(row.crew, row.heads, row.absence_pct / 100.0) for row in view.case.rows(Crew)
    )


def maintenance_of(view: View) -> tuple[model.Maintenance, ...]:
    """Planned stops that fall into the span."""
    if view.first is None:
        return ()
    found = []
    for row in view.case.rows(MaintenanceRow):
        element = _element(view, row)
        day = (dt.date.fromisoformat(row.start) - view.first).days
        every = row.every_days or view.days + abs(day) + 1
        day += max(0, -(day // every)) * every if row.every_days else 0
        starts = np.arange(day, view.days, every, dtype=np.float64) * _DAY_MIN + row.at_min
        starts = starts[starts >= 0.0]
        if element is not None and starts.size:
            spans = np.column_stack([starts, starts + row.minutes])
            found.append(model.Maintenance(row.maintenance, element, spans))
    return tuple(found)


def carriers_of(view: View) -> tuple[model.Carriers, ...]:
    """Closed loops of skids and hangers."""
    found = []
    for row in view.case.rows(CarrierLoop):
        firsts = view.layout.entry(row.shop)
        lasts = view.layout.end(row.to_shop or row.shop)
        first = view.number.get(row.first_station or (firsts[0] if firsts else ""))
        last = view.number.get(row.last_station or (lasts[0] if lasts else ""))
        if first is None or last is None or row.level not in (None, view.layout.rows.level):
            continue
        names = (row.vehicles or "").split()
        riders = view.types_of(lambda car, names=names: not names or car.vehicle in names)  # type: ignore[misc]
        found.append(
            model.Carriers(row.carrier, first, last, row.count, row.return_s / _MIN_S, riders)
        )
    return tuple(found)


def joins_of(view: View) -> tuple[model.Join, ...]:
    """Pieces that stations take from stores, by type of car."""
    pairs = dict.fromkeys((row.station, row.buffer) for row in view.layout.rows.joins)
    found = []
    for station, buffer in pairs:
        rows = {r.vehicle: r for r in view.layout.rows.joins
                if (r.station, r.buffer) == (station, buffer)}  # fmt: skip
        own = [rows.get(car.vehicle, rows.get(None)) for car in view.types]
        quantity = tuple(row.quantity if row else 0 for row in own)
        match = next(iter(rows.values())).match
        found.append(model.Join(view.number[station], view.number[buffer], quantity, match))
    return tuple(found)


def parts_of(view: View) -> tuple[model.Parts, ...]:
    """Parts that may be short, and when they come."""
    if view.first is None:
        return ()
    rows: dict[tuple[str, str], list[PartArrival]] = {}
    for row in view.case.rows(PartArrival):
        rows.setdefault((row.part, row.station), []).append(row)
    found = []
    for (part, station), own in rows.items():
        if station not in view.number:
            continue
        initial = sum(row.pieces for row in own if row.day is None)
        come = sorted(
            ((dt.date.fromisoformat(row.day) - view.first).days * _DAY_MIN + row.at_min, row.pieces)
            for row in own if row.day is not None
        )  # fmt: skip
        initial += sum(pieces for minute, pieces in come if minute < 0.0)
        later = [pair for pair in come if pair[0] >= 0.0]
        found.append(model.Parts(
            f"{part} at {station}", view.number[station],
            tuple(view.demands.pieces(part, car) for car in view.types), initial,
            np.array(later, dtype=np.float64).reshape(-1, 2),
        ))  # fmt: skip
    return tuple(found)


def ramps_of(view: View) -> tuple[model.Ramp, ...]:
    """Launches that are not over when the span begins."""
    if view.first is None:
        return ()
    plants = {row.plant for row in view.layout.rows.shops}
    ramps = {row.ramp: row for row in view.case.rows(Ramp)}
    effects = {row.ramp: row for row in view.case.rows(RampEffect)}
    launches = {
        row.vehicle: (ramps[row.ramp], resolve_when(row.start, view.case.info.dates))
        for row in view.case.rows(Allocation)
        if row.plant in plants and row.ramp in ramps
    }
    found = []
    for number, car in enumerate(view.types):
        if car.vehicle in launches:
            ramp, start = launches[car.vehicle]
            made = _ramp(view, number, ramp, start, effects.get(ramp.ramp))
            if max(abs(a - 1.0).max() for a in (made.slow, made.bad, made.wear)) > 1e-3:
                found.append(made)
    return tuple(found)


def _ramp(
    view: View, number: int, ramp: Ramp, start: dt.date, effect: RampEffect | None
) -> model.Ramp:
    """Factors of a launch by day: what it costs fades as the curve rises."""
    assert view.first is not None
    weeks = np.maximum((view.first - start).days + np.arange(view.days), 0) / 7.0
    behind = 1.0 - launch_curve(ramp.curve, ramp.t50_weeks, ramp.slope_per_week, weeks)
    slow = 1.0 + behind * (effect.slow_pct if effect else 0.0) / 100.0
    wear = 1.0 + behind * (effect.stops_pct if effect else 0.0) / 100.0
    bad = np.ones(view.days)
    began, ends, tau = (
        ramp.first_pass_start_pct, ramp.first_pass_end_pct, ramp.first_pass_tau_weeks,
    )  # fmt: skip
    if began is not None and ends is not None and tau is not None and ends < 100.0:
        bad = (100.0 - ends + (ends - began) * np.exp(-weeks / tau)) / (100.0 - ends)
    return model.Ramp(number, slow, bad, wear)
