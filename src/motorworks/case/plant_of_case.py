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
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motorworks.case.case import Case
from motorworks.case.check import hours, in_order, line, places, references
from motorworks.case.check import plant as plants
from motorworks.case.plant.calendar import calendar_of, day_begins_of, days_of, shifts_of
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
from motorworks.case.plant.paces import gross_rates, net_rate
from motorworks.case.plant.releases import at_pace, from_day_on
from motorworks.case.plant.view import View
from motorworks.case.plant_model import Calendar, PlantModel
from motorworks.case.records.line import Level
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Plant, ShiftCalendar
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
    span = _span_of(case, plant, layout, first, days, mix, cars)
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
        plan=span.plan,
        day_begins=span.day_begins,
        net_rate=net_rate(case, layout.routed, span.first, span.days, _vehicles(layout, mix, mixed))
        if span.first
        else None,
    )


@dataclass(frozen=True)
class _Span:
    """The days to simulate: when shops are open, and what is planned."""

    first: dt.date | None
    days: int
    hours: tuple[float, ...]
    plan: tuple[int, ...]
    calendars: Mapping[str, Calendar]
    day_begins: tuple[float, ...]
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
    mix: Mapping[str, float] | None, given: Sequence[PlannedDay] | None,
) -> _Span:  # fmt: skip
    begin = dt.date.fromisoformat(f"{case.info.start}-01")
    if first is None or days is None:
        return _Span(None, 0, (), (), {}, (), begin)
    days_of(case, first, days)
    if not any(row.plant == plant for row in case.rows(ShiftCalendar)):
        plan = _counted(given, first, days) if given else ()
        return _Span(first, days, (24.0,) * days, plan, {}, (), first)
    shifts = shifts_of(case, plant, first, days)
    hours = [0.0] * days
    for shift in shifts:
        hours[shift.day] += shift.net / 60.0
    plan = counts_by_day(sum(mix.values()), hours) if mix else ()
    plan = _counted(given, first, days) if given else plan
    shops = dict.fromkeys(node.shop for node in layout.nodes.values() if node.shop)
    calendars = {shop: calendar_of(case, plant, shop, shifts, plan) for shop in shops}
    begins = day_begins_of(days, shifts, calendars.values())
    return _Span(first, days, tuple(hours), plan, calendars, begins, first)


def _cars(
    case: Case, plant: str, layout: Layout, span: _Span, demands: Demands,
    given: Sequence[PlannedDay] | None, mix: Mapping[str, float] | None,
) -> Mixed | None:  # fmt: skip
    """The cars of the span: given, drawn, or none where they arrive by a law or have no pace."""
    own = [row for row in layout.rows.arrivals if row.arrival in layout.car_sources]
    how = {row.release for row in own if row.release} or {"pace" if given else "at_once"}
    mixed = None
    if given:
        first = span.first or min((one.date for one in given), default=span.rated)
        mixed = cars_of_days(given, first, demands)
    else:
        by_law = any(row.every_s for row in own)
        counts = _counts(case, layout, span, _vehicles(layout, mix, None), paced="pace" in how)
        planned = mix or any(row.plant == plant for row in case.rows(Allocation))
        if span.first is None or by_law or not counts or not planned:
            return None
        mixed = drawn_cars(case, plant, span.first, counts, demands, mix=mix)
    day, release = mixed.cars.day, mixed.cars.release
    if "pace" in how:
        shop = next((route[0] for route in layout.routes if route), "")
        release = at_pace(day, span.day_begins, span.calendars.get(shop))
    elif "day" in how:
        release = from_day_on(day, span.day_begins)
    return replace(mixed, cars=replace(mixed.cars, release=release))


def _vehicles(
    layout: Layout, mix: Mapping[str, float] | None, mixed: Mixed | None
) -> Mapping[str, float]:
    """How many cars there are of each vehicle; alike where nothing is known."""
    if mixed is not None:
        return Counter(mixed.types[kind].vehicle for kind in mixed.cars.type.tolist())
    return mix or dict.fromkeys(layout.rows.vehicles, 1.0)


def _counts(
    case: Case, layout: Layout, span: _Span, vehicles: Mapping[str, float], *, paced: bool
) -> list[int]:
    """Cars to draw for each day: more than the plant can take, or as planned; none without a pace.

    Where they are released at the pace of the plan and no plan counts them, that is its net rate.
    """
    pace = max(gross_rates(case, layout.routed, span.rated), default=0.0)
    if not pace or span.first is None:
        return []
    if paced:
        net = net_rate(case, layout.routed, span.first, span.days, vehicles) or pace
        return list(span.plan) or [round(hours * net) for hours in span.hours]
    return [math.ceil(hours * pace * _SPARE) for hours in span.hours]


def _counted(given: Sequence[PlannedDay], first: dt.date, days: int) -> tuple[int, ...]:
    """Cars of each day that were given in order."""
    counts = [0] * days
    for one in given:
        day = (one.date - first).days
        if 0 <= day < days:
            counts[day] += len(one.built)
    return tuple(counts)
