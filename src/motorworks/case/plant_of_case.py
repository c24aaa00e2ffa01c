"""The plant of a case as the stage *simulate* is given it.

A plant is laid out by ``shops``, ``routings`` and ``stations``; all other tables of
:mod:`motorworks.case.records.plant` and :mod:`motorworks.case.records.line` add to it, and each may
be left out. A serial line in the tables is a row of ``stations`` for each place of work and a row
of ``buffers`` for each store between two (``from_station``, ``to_station``), beside the rows that
every plant has in ``organisations``, ``countries``, ``plants`` and ``shops``. Without ``arrivals``
there is always a car waiting; with a row of it, cars arrive ``every_s`` by a ``law``.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from motorworks.case.calendar import shop_pace
from motorworks.case.case import Case
from motorworks.case.check import hours, in_order, line, places, references
from motorworks.case.check import plant as plants
from motorworks.case.plant.calendar import calendar_of, days_of, shifts_of
from motorworks.case.plant.car_types import Demands, types_by_share
from motorworks.case.plant.cars import (
    Mixed,
    PlannedDay,
    cars_of_days,
    counts_by_day,
    drawn_cars,
)
from motorworks.case.plant.elements import elements_of, flows_of
from motorworks.case.plant.extras import (
    carriers_of,
    crews_of,
    failures_of,
    joins_of,
    maintenance_of,
    parts_of,
    ramps_of,
)
from motorworks.case.plant.layout import Layout
from motorworks.case.plant.view import View
from motorworks.case.plant_model import Calendar, PlantModel
from motorworks.case.records.line import Level
from motorworks.case.records.sites import Plant, ShiftCalendar, ShopRate
from motorworks.errors import CaseError, Problem

_RULES = (
    references.names_exist,
    *line.RULES,
    *plants.RULES,
    *plants.DOUBTS,
    *places.RULES,
    *hours.RULES,
)
"""Rules that a plant keeps; what is a doubt for a plan without simulation is refused here."""

_SPARE = 1.05
"""Cars made for a day over those that the fastest shop could take: it must not run dry."""


def plant_of_case(
    case: Case,
    plant: str,
    *,
    first: dt.date | None = None,
    days: int | None = None,
    level: Level = "shop",
    cars: Sequence[PlannedDay] | None = None,
    mix: Mapping[str, float] | None = None,
) -> PlantModel:
    """Turn the tables of a case into the model of one of its plants.

    Parameters
    ----------
    case
        The resolved case.
    plant
        Short name of the plant.
    first, days
        Span to simulate, in whole days; without them the model has no calendar and no dates: it
        is always open, with the pace and the launches over.
    level
        Level of detail: rows of the other one are passed over.
    cars
        Days with their cars in order, as the stage *sequence* leaves them; without any, cars are
        drawn by ``mix``, enough for what the fastest shop can take.
    mix
        Cars of each vehicle planned in the span, which is also what the count of each day is held
        against; without it vehicles come alike, as they are allocated.

    Raises
    ------
    CaseError
        If there is no such plant, the span is not in the horizon, or the tables contradict
        themselves where they speak of a plant.

    Examples
    --------
    A queue at one place, in the fewest rows:

    >>> from motorworks.case.info import CaseInfo
    >>> from motorworks.case.records.line import Station
    >>> from motorworks.case.records.plant import Arrival
    >>> from motorworks.case.records.sites import Country, Organisation, Shop
    >>> info = CaseInfo(name="queue", title="Queue", start="2024-01", months=1, currency="USD")
    >>> case = Case.of(info, [
    ...     Organisation(organisation="maker", name="Maker", role="oem"),
    ...     Country(country="KR", name="Korea", customs_area="KR"),
    ...     Plant(plant="site", name="Site", organisation="maker", country="KR"),
    ...     Shop(shop="line", plant="site", kind="line"),
    ...     Arrival(arrival="in", shop="line", every_s=75, law="exponential"),
    ...     Station(station="place", shop="line", position=1, cycle_s=60, law="exponential")])
    >>> model = plant_of_case(case, "site")
    >>> [element.name for element in model.elements]
    ['in', 'place', 'out']
    >>> [(flow.origin, flow.target) for flow in model.flows]
    [(0, 1), (1, 2)]
    """
    problems = in_order(problem for rule in _RULES for problem in rule(case))
    if problems:
        raise CaseError(problems)
    layout = Layout.of(case, plant, level)
    _must_stand(case, plant, layout)
    demands = Demands(case, layout.rows)
    span = _span_of(case, plant, layout, first, days, mix)
    mixed = _cars(case, plant, layout, span, demands, cars, mix)
    types = mixed.types if mixed else tuple(types_by_share(case, layout.rows.vehicles, demands))
    view = View(case, layout, types, demands, span.first, span.days, mixed is not None, mix,
                span.rated, tuple(span.calendars))  # fmt: skip
    elements = elements_of(view)
    return PlantModel(
        name=plant,
        types=tuple(map(str, types)),
        elements=elements,
        flows=flows_of(view),
        colours=mixed.colours if mixed else ("",),
        failures=failures_of(view),
        crews=crews_of(view),
        calendars=tuple(span.calendars.values()),
        maintenance=maintenance_of(view),
        carriers=carriers_of(view),
        joins=joins_of(view),
        parts=parts_of(view),
        ramps=ramps_of(view),
        cars=mixed.cars if mixed else None,
        plan=span.plan or _counted(mixed, cars, span.days),
        net_rate=_net_rate(case, layout, span),
    )


@dataclass(frozen=True)
class _Span:
    """The days to simulate: when shops are open, and what is planned."""

    first: dt.date | None
    days: int
    hours: tuple[float, ...]
    plan: tuple[int, ...]
    calendars: Mapping[str, Calendar]
    rated: dt.date


def _must_stand(case: Case, plant: str, layout: Layout) -> None:
    """Refuse a plant that is not there or has nothing in it."""
    known = sorted(row.plant for row in case.rows(Plant))
    if plant not in known:
        message = f"does not stand in plants; it holds {', '.join(known) or 'none'}"
        raise CaseError([Problem("plants.csv", message, column="plant", value=plant)])
    if len(layout.nodes) <= 1:
        message = "has no shop that builds cars and no station, so there is nothing to simulate"
        raise CaseError([Problem("shops.csv", message, column="plant", value=plant)])


def _span_of(
    case: Case, plant: str, layout: Layout, first: dt.date | None, days: int | None,
    mix: Mapping[str, float] | None,
) -> _Span:  # fmt: skip
    begin = dt.date.fromisoformat(f"{case.info.start}-01")
    if first is None or days is None:
        return _Span(None, 0, (), (), {}, begin)
    days_of(case, first, days)
    if not any(row.plant == plant for row in case.rows(ShiftCalendar)):
        return _Span(first, days, (24.0,) * days, (), {}, first)
    shifts = shifts_of(case, plant, first, days)
    hours = [0.0] * days
    for shift in shifts:
        hours[shift.day] += shift.net / 60.0
    plan = counts_by_day(sum(mix.values()), hours) if mix else ()
    shops = dict.fromkeys(node.shop for node in layout.nodes.values() if node.shop)
    calendars = {shop: calendar_of(case, plant, shop, shifts, plan) for shop in shops}
    return _Span(first, days, tuple(hours), plan, calendars, first)


def _cars(
    case: Case, plant: str, layout: Layout, span: _Span, demands: Demands,
    given: Sequence[PlannedDay] | None, mix: Mapping[str, float] | None,
) -> Mixed | None:  # fmt: skip
    """The cars of the span: given, drawn, or none where they arrive by a law or have no pace."""
    wait = any(row.release == "day" for row in layout.rows.arrivals)
    if given:
        first = span.first or min((one.date for one in given), default=span.rated)
        return cars_of_days(given, first, demands, wait=wait)
    by_law = any(row.every_s for row in layout.rows.arrivals if row.arrival in layout.car_sources)
    pace = max(_rates(case, layout, span.rated), default=0.0)
    if span.first is None or by_law or not pace or not (layout.rows.vehicles or mix):
        return None
    counts = [math.ceil(hours * pace * _SPARE) for hours in span.hours]
    return drawn_cars(case, plant, span.first, counts, demands, mix=mix, wait=wait)


def _rates(case: Case, layout: Layout, day: dt.date) -> list[float]:
    """Gross pace of each shop on the way of cars."""
    routed = {shop for route in layout.routes for shop in route}
    found: dict[str, float] = {}
    for row in sorted(case.rows(ShopRate), key=lambda row: row.start):
        if row.shop in routed and (row.start <= day.isoformat() or row.shop not in found):
            found[row.shop] = row.jph
    return list(found.values())


def _counted(mixed: Mixed | None, cars: Sequence[PlannedDay] | None, days: int) -> tuple[int, ...]:
    """Cars of each day that were given in order."""
    if mixed is None or not cars:
        return ()
    day = mixed.cars.day[mixed.cars.day >= 0]
    return tuple(int(count) for count in np.bincount(day, minlength=days))


def _net_rate(case: Case, layout: Layout, span: _Span) -> float | None:
    """Standard vehicles an hour that the plan assumes: the slowest shop on the way of cars."""
    if span.first is None:
        return None
    horizon, place = days_of(case, span.first, span.days)
    routed = {shop for route in layout.routes for shop in route}
    pace = shop_pace(case, horizon, sorted(routed))[:, place : place + span.days]
    known = pace[np.isfinite(pace)]
    return float(known.min()) if known.size else None
