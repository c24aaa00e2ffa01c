"""Elements and flows of a plant model."""

from motorworks.case.plant.laws import law_of
from motorworks.case.plant.layout import Node
from motorworks.case.plant.view import View
from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Element,
    Exit,
    Flow,
    Law,
    Place,
    Segment,
    Source,
    Station,
)
from motorworks.case.records.line import Crew, Failure
from motorworks.case.records.plant import ArrivalMix, Quality
from motorworks.case.records.products import WorkContent
from motorworks.case.records.sites import Shop, ShopRate
from motorworks.errors import CaseError, Problem

_MIN_S = 60.0


def elements_of(view: View) -> tuple[Element, ...]:
    """All elements, each after those that lead to it; the exit last."""
    made = {
        "arrival": _source, "station": _station, "segment": _segment, "shop": _whole_shop,
        "buffer": _buffer,
    }  # fmt: skip
    return tuple(
        Exit(node.name) if node.kind == "exit" else made[node.kind](view, node)
        for node in view.layout.nodes.values()
    )


def flows_of(view: View) -> tuple[Flow, ...]:
    """Ways by number; shares of ways out of one place add up to 1."""
    ways = [way for way in view.layout.ways if way.origin in view.number]
    total: dict[tuple[str, str], float] = {}
    for way in ways:
        key = (way.origin, way.kind)
        total[key] = total.get(key, 0.0) + (way.share_pct or 0.0)
    buffers = {row.buffer for row in view.layout.rows.buffers}
    found = []
    for way in ways:
        share = way.share_pct
        if share is not None:
            share /= total[way.origin, way.kind] if way.origin in buffers else 100.0
        types = view.types_of(lambda car, way=way: not way.vehicles or car.vehicle in way.vehicles)  # type: ignore[misc]
        found.append(Flow(view.number[way.origin], view.number[way.target], share, types, way.kind))
    return tuple(found)


def _source(view: View, node: Node) -> Element:
    row = next((r for r in view.layout.rows.arrivals if r.arrival == node.name), None)
    pieces = node.name not in view.layout.car_sources
    mix = _mix(view, node.name)
    if row is not None and row.every_s:
        every = law_of(row.law, row.every_s / _MIN_S, row.shape, row.values)
        return Source(node.name, node.shop, "law", every, mix, pieces)
    return Source(node.name, node.shop, "cars" if view.planned else "saturated", Law(), mix, pieces)


def _mix(view: View, arrival: str) -> tuple[float, ...]:
    """Shares of the types by ``arrival_mix``, else by the plan, else alike."""
    own = {
        row.vehicle: row.share_pct for row in view.case.rows(ArrivalMix) if row.arrival == arrival
    }
    weights = own or view.mix or {}
    alike = {name: 1.0 / sum(car.vehicle == name for car in view.types)
             for name in {car.vehicle for car in view.types}}  # fmt: skip
    shares = [
        (weights.get(car.vehicle, 0.0) if weights else 1.0) * alike[car.vehicle]
        for car in view.types
    ]
    total = sum(shares)
    return tuple(share / total for share in shares) if total else ()


def _station(view: View, node: Node) -> Element:
    row = view.station[node.name]
    crews = [crew.crew for crew in view.case.rows(Crew)]
    good, lost = _quality(view, node.name)
    return Station(
        node.name, node.shop,
        tuple(view.demands.seconds(node.name, car) / _MIN_S for car in view.types),
        law=law_of(row.law, 1.0, row.shape, row.values),
        servers=row.parallel,
        blocking=row.blocking,
        setup_min=row.setup_s / _MIN_S,
        setup_on=row.setup_on,
        calendar=view.calendar(node.shop),
        pool=crews.index(row.crew) if row.crew in crews else None,
        operators=(1 if row.operators is None else row.operators) if row.crew else 0,
        first_pass=good,
        scrap=lost,
        loops_max=row.loops_max,
    )  # fmt: skip


def _quality(view: View, station: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Shares that pass at first and that are lost, by type; empty where no row speaks of them."""
    rows = {row.vehicle: row for row in view.case.rows(Quality) if row.station == station}
    if not rows:
        return (), ()
    own = [rows.get(car.vehicle, rows.get(None)) for car in view.types]
    good = tuple(row.first_pass_pct / 100.0 if row else 1.0 for row in own)
    lost = tuple(row.scrap_pct / 100.0 if row else 0.0 for row in own)
    return good if min(good) < 1.0 else (), lost if max(lost) > 0.0 else ()


def _segment(view: View, node: Node) -> Element:
    row = next(r for r in view.layout.rows.segments if r.segment == node.name)
    takt = row.takt_s or _MIN_S * 60.0 / rate_of(view, row.shop)[0]
    stations = sorted(
        (s for s in view.layout.rows.stations if s.segment == node.name),
        key=lambda station: station.position,
    )
    places = tuple(
        Place(
            s.station,
            tuple(view.demands.seconds(s.station, car) / _MIN_S for car in view.types),
            law_of(s.law, 1.0, s.shape, s.values),
            takt / _MIN_S * (s.drift_m or 0.0) / s.length_m if s.length_m else 0.0,
        )
        for s in stations
    )
    return Segment(
        node.name, node.shop, takt / _MIN_S, row.slots or max(len(places), 1), places, row.overload,
        view.calendar(node.shop),
    )  # fmt: skip


def rate_of(view: View, shop: str) -> tuple[float, float]:
    """Gross pace of a shop when the span begins, and its availability in percent.

    Raises
    ------
    CaseError
        If ``shop_rates`` does not say it.
    """
    rows = sorted((r for r in view.case.rows(ShopRate) if r.shop == shop), key=lambda r: r.start)
    begun = [row for row in rows if row.start <= view.rated.isoformat()] or rows[:1]
    if not begun:
        message = f"{shop} has no pace, and is not described by stations; add a row"
        raise CaseError([Problem("shop_rates.csv", message, column="shop", value=shop)])
    return begun[-1].jph, begun[-1].availability_pct


def _whole_shop(view: View, node: Node) -> Element:
    """A shop as one station at its pace; net of stops where ``failures`` has none of it."""
    jph, available = rate_of(view, node.shop)
    stops = any(r.shop == node.shop and not r.station and not r.segment
                for r in view.case.rows(Failure))  # fmt: skip
    cycle = 60.0 / (jph if stops else max(jph * available / 100.0, 1e-9))
    content = {r.vehicle: r.factor for r in view.case.rows(WorkContent) if r.shop == node.shop}
    shop = next(row for row in view.case.rows(Shop) if row.shop == node.shop)
    good = 1.0 if shop.first_pass_pct is None else shop.first_pass_pct / 100.0
    return Station(
        node.name, node.shop,
        tuple(cycle * content.get(car.vehicle, 1.0) for car in view.types),
        calendar=view.calendar(node.shop),
        first_pass=(good,) * len(view.types) if good < 1.0 else (),
    )  # fmt: skip


def _buffer(view: View, node: Node) -> Element:
    row = next(r for r in view.layout.rows.buffers if r.buffer == node.name)
    return Buffer(
        node.name, node.shop, ENDLESS if row.capacity is None else row.capacity,
        row.transfer_s / _MIN_S, row.layout, row.lanes or 1, row.initial,
    )  # fmt: skip
