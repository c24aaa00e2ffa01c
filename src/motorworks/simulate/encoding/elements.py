"""Elements as tables: what each kind needs to know of itself, and the servers that do its work."""

from typing import Any

import numpy as np

from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Element,
    Flow,
    PlantModel,
    Segment,
    Source,
    Station,
)
from motorworks.simulate.encoding.laws import Laws
from motorworks.simulate.encoding.ways import flows_by_origin, inflows, on_cycles
from motorworks.simulate.kernel import world as k
from motorworks.simulate.kernel.agenda import OF_BUFFER, OF_SERVER, OF_SOURCE
from motorworks.simulate.kernel.world import NONE
from motorworks.simulate.tally import STATES

_NO_END = 1 << 60
_KINDS = (Source, Station, Buffer, Segment)
_LAYOUTS = ("fifo", "lanes", "random_access", "pull_off")
_MODES = ("saturated", "law", "cars")

Tables = dict[str, Any]


def element_tables(model: PlantModel, laws: Laws, timers: "TimerList") -> Tables:
    """Tables of elements of all kinds, of servers, lanes, places and shares."""
    types = len(model.types)
    tables: Tables = {"elements": np.zeros(len(model.elements), dtype=k.ELEMENT)}
    ups, leaving = inflows(model), flows_by_origin(model)
    tables["inflow"] = np.array([u for up in ups for u in up] or [NONE], dtype=np.int32)
    ends = np.cumsum([len(up) for up in ups])
    counts = [0] * 5
    servers = 0
    for number, element in enumerate(model.elements):
        row = tables["elements"][number]
        row["kind"] = kind_of(element)
        row["sub"] = counts[row["kind"]]
        counts[row["kind"]] += 1
        row["in_first"], row["in_last"] = ends[number] - len(ups[number]), ends[number]
        row["only"] = _only_way(leaving[number])
        row["first_server"], row["servers"] = servers, servers_of(element)
        servers += servers_of(element)
        calendar = getattr(element, "calendar", None)
        row["calendar"] = NONE if calendar is None else calendar
    loops = columns(model)
    tables["elements"]["loop"] = loops
    tables["times"] = np.zeros((len(model.elements), types))
    tables["scrap"] = np.zeros((len(model.elements), types))
    tables["first_pass"] = np.ones((len(model.elements), types))
    for number, element in enumerate(model.elements):
        if isinstance(element, Station):
            tables["times"][number] = element.time_min
            tables["scrap"][number] = element.scrap or 0.0
            tables["first_pass"][number] = element.first_pass or 1.0
    tables["stations"] = _stations(model, laws)
    tables["servers"] = _servers(model, tables["elements"])
    tables |= _buffers(model, timers) | _segments(model, laws) | _sources(model, laws, timers)
    return tables


def kind_of(element: Element) -> int:
    """Kind of an element as kernels know it."""
    for kind, noun in enumerate(_KINDS):
        if isinstance(element, noun):
            return kind
    return k.EXIT


def _only_way(flows: list[Flow]) -> int:
    """Where all cars of all types go on to by the flows out of an element; NONE if it differs."""
    out = [flow for flow in flows if flow.kind == "pass"]
    return out[0].target if len(out) == 1 and not out[0].types else NONE


def servers_of(element: Element) -> int:
    """Servers of an element; one moves a segment."""
    if isinstance(element, Station):
        return element.servers
    return 1 if isinstance(element, Segment) else 0


def columns(model: PlantModel) -> list[int]:
    """Column in which visits of cars to an element are counted; NONE where they come once."""
    again = on_cycles(model)
    for number, element in enumerate(model.elements):
        if isinstance(element, Station) and min(element.first_pass, default=1.0) < 1.0:
            again[number] = True
    places = np.cumsum(again) - 1
    return [int(place) if back else NONE for place, back in zip(places, again, strict=True)]


def of_kind(model: PlantModel, noun: type[Any]) -> list[tuple[int, Any]]:
    """Elements of a kind with their numbers."""
    return [(i, one) for i, one in enumerate(model.elements) if isinstance(one, noun)]


def _stations(model: PlantModel, laws: Laws) -> k.Records:
    """Table of stations."""
    stations = of_kind(model, Station)
    table = np.zeros(max(1, len(stations)), dtype=k.STATION_T)
    starts = {station: i for i, (station, _) in enumerate(stations)}
    joined = sorted(starts[join.element] for join in model.joins)
    for row, (number, one) in zip(table, stations, strict=False):
        row["setup_min"], row["setup_on"] = one.setup_min, one.setup_on == "type"
        row["free"] = one.servers
        row["law"] = laws.row_of_factor(one.law)
        row["pool"] = NONE if one.pool is None else one.pool
        row["operators"] = one.operators if one.pool is not None else 0
        row["loops_max"] = one.loops_max
        row["quality"] = bool(one.first_pass or one.scrap)
        place = starts[number]
        row["joins_first"] = sum(at < place for at in joined)
        row["joins_last"] = sum(at <= place for at in joined)
        row["needs"] = (
            k.HAS_PARTS * any(part.element == number for part in model.parts)
            + k.HAS_JOINS * (place in joined)
            + k.HAS_PEOPLE * (row["operators"] > 0)
            + k.HAS_PLACE * (one.blocking == "before")
        )
    return table


def _servers(model: PlantModel, elements: k.Records) -> k.Records:
    """Table of servers: idle, but those of segments stand ready to move."""
    owners = [e for e, row in enumerate(elements) for _ in range(row["servers"])]
    table = np.zeros(max(1, len(owners)), dtype=k.SERVER)
    for row, owner in zip(table, owners, strict=False):
        row["element"], row["sub"] = owner, elements[owner]["sub"]
        row["moves"] = isinstance(model.elements[owner], Segment)
        row["phase"] = k.DONE if row["moves"] else k.IDLE
        row["hold"] = row["shut"] = elements[owner]["calendar"] != NONE
        row["state"] = STATES.index("break" if row["shut"] else "starved")
        row["wear"] = 1.0
    for name in ("car", "strike", "place_at", "last_colour", "last_type"):
        table[name] = NONE
    return table


def _buffers(model: PlantModel, timers: "TimerList") -> Tables:
    """Tables of buffers and their lanes."""
    buffers = of_kind(model, Buffer)
    feeders = {join.feeder for join in model.joins}
    leaving = flows_by_origin(model)
    table = np.zeros(max(1, len(buffers)), dtype=k.BUFFER_T)
    lanes: list[tuple[int, int, int, int]] = []
    for row, (number, one) in zip(table, buffers, strict=False):
        row["transfer"] = one.transfer_min
        row["capacity"] = _NO_END if one.capacity == ENDLESS else one.capacity
        row["layout"] = _LAYOUTS.index(one.layout)
        row["watch"] = one.layout != "fifo" or number in feeders
        row["first"] = len(lanes)
        row["timer"] = timers.add(OF_BUFFER, number) if one.transfer_min > 0 else NONE
        targets = {flow.target for flow in leaving[number]}
        row["plain"] = len(targets) == 1 and not one.transfer_min and one.layout == "fifo"
        row["stock"], row["stocked_by"] = one.initial, NONE
        if one.initial:
            row["stocked_by"] = _source_of(model, number)
        sizes = _lanes_of(one)
        row["lanes"] = len(sizes)
        lanes += [(0, size, NONE, NONE) for size in sizes]
    return {"buffers": table, "lanes": np.array(lanes or [(0, 0, NONE, NONE)], dtype=k.LANE)}


def _source_of(model: PlantModel, buffer: int) -> int:
    """Nearest source upstream of a buffer, the first in the list of those alike near."""
    ups, row, seen = inflows(model), [buffer], {buffer}
    while row:
        found = [e for e in sorted(row) if isinstance(model.elements[e], Source)]
        if found:
            return found[0]
        row = [up for e in row for up in ups[e] if up not in seen]
        seen |= set(row)
    return NONE


def _lanes_of(one: Buffer) -> list[int]:
    """Places of each lane; of a line to pull off from: of the line, and beside it."""
    most = _NO_END if one.capacity == ENDLESS else one.capacity
    if one.layout == "lanes":
        return [most // one.lanes + (i < most % one.lanes) for i in range(one.lanes)]
    return [most, one.lanes] if one.layout == "pull_off" else [most]


def _segments(model: PlantModel, laws: Laws) -> Tables:
    """Tables of segments, their places and slots."""
    segments = of_kind(model, Segment)
    table = np.zeros(max(1, len(segments)), dtype=k.SEGMENT_T)
    places = [place for _, one in segments for place in one.places]
    rows = np.zeros(max(1, len(places)), dtype=k.PLACE_T)
    for row, place in zip(rows, places, strict=False):
        row["drift"], row["law"] = place.drift_min, laws.row_of_factor(place.law)
    slots = first = 0
    for row, (_, one) in zip(table, segments, strict=False):
        row["takt"], row["moved"] = one.takt_min, NONE
        row["slots"], row["first"] = one.slots, slots
        row["places_first"], row["places_last"] = first, first + len(one.places)
        row["utility"], row["fed"] = one.overload == "utility", NONE
        slots += one.slots
        first += len(one.places)
    times = [place.time_min for place in places] or [(0.0,) * len(model.types)]
    return {
        "segments": table,
        "places": rows,
        "place_times": np.array(times, dtype=np.float64),
        "slots": np.full(max(1, slots), NONE, dtype=np.int32),
    }


def _sources(model: PlantModel, laws: Laws, timers: "TimerList") -> Tables:
    """Table of sources, and their mixes of types summed up."""
    sources = of_kind(model, Source)
    types = len(model.types)
    table = np.zeros(max(1, len(sources)), dtype=k.SOURCE_T)
    plain = [number for number, one in sources if not one.pieces]
    mix = np.ones((max(1, len(sources)), types))
    for at, (row, (number, one)) in enumerate(zip(table, sources, strict=False)):
        row["mode"], row["pieces"] = _MODES.index(one.kind), one.pieces
        row["by_plan"] = model.cars is not None and (one.pieces or one.kind == "cars")
        row["step"] = 1 if one.pieces else len(plain)
        row["offset"] = 0 if one.pieces else plain.index(number)
        row["law"] = laws.row(one.every)
        row["car"], row["types_first"] = NONE, at * types
        row["timer"] = NONE if one.kind == "saturated" else timers.add(OF_SOURCE, number)
        shares = np.array(one.mix or (1.0,) * types)
        mix[at] = np.cumsum(shares) / shares.sum()
    return {"sources": table, "mix": mix.ravel()}


class TimerList:
    """Timers given out: those of servers first, then one after the other."""

    def __init__(self, servers: int) -> None:
        self.kinds = [OF_SERVER] * servers
        self.owners = list(range(servers))

    def add(self, kind: int, owner: int) -> int:
        """Give out the next timer."""
        self.kinds.append(kind)
        self.owners.append(owner)
        return len(self.kinds) - 1
