"""Cars of the plan, carriers, pieces to join, parts and ramps as tables."""

import numpy as np

from motorworks.case.plant_model import PlantModel
from motorworks.simulate.encoding.elements import Tables, TimerList
from motorworks.simulate.kernel import world as k
from motorworks.simulate.kernel.agenda import OF_CARRIER, OF_PART

_MATCH = ("any", "type", "car")


def material_tables(model: PlantModel, timers: TimerList, elements: k.Records) -> Tables:
    """Tables of all that comes to cars; flags of elements are set for it."""
    return {
        "planned": _planned(model),
        **_carriers(model, timers, elements),
        **_joins(model, elements),
        **_parts(model, timers, elements),
        **_ramps(model),
    }


def _planned(model: PlantModel) -> k.Records:
    """Table of the cars of the plan."""
    if model.cars is None:
        return np.zeros(0, dtype=k.PLANNED)
    table = np.zeros(len(model.cars.type), dtype=k.PLANNED)
    table["type"], table["colour"] = model.cars.type, model.cars.colour
    table["release"] = model.cars.release
    return table


def _carriers(model: PlantModel, timers: TimerList, elements: k.Records) -> Tables:
    """Table of carriers, types that ride on them, and room for when they are back."""
    table = np.zeros(len(model.carriers), dtype=k.CARRIER_T)
    rides = np.zeros((max(1, len(model.carriers)), len(model.types)), dtype=np.bool_)
    ring = 0
    for i, (row, one) in enumerate(zip(table, model.carriers, strict=True)):
        row["return_min"], row["count"], row["free"] = one.return_min, one.count, one.count
        row["first"], row["last"], row["ring"] = one.first, one.last, ring
        row["timer"] = timers.add(OF_CARRIER, i)
        rides[i, list(one.types) or slice(None)] = True
        ring += one.count
        elements["flags"][one.first] |= k.GATED
        elements["flags"][one.last] |= k.RETURNS
    return {"carriers": table, "rides": rides, "ring": np.zeros(max(1, ring))}


def _joins(model: PlantModel, elements: k.Records) -> Tables:
    """Table of joins in the order of stations, and quantities by type."""
    joins = sorted(model.joins, key=lambda join: join.element)
    table = np.zeros(len(joins), dtype=k.JOIN_T)
    quantity = np.zeros((max(1, len(joins)), len(model.types)), dtype=np.int32)
    for i, one in enumerate(joins):
        table[i] = (one.element, one.feeder, _MATCH.index(one.match))
        quantity[i] = one.quantity
        elements["flags"][one.feeder] |= k.FEEDS
    return {"joins": table, "quantity": quantity}


def _parts(model: PlantModel, timers: TimerList, elements: k.Records) -> Tables:
    """Table of parts in the order of elements, need by type, and arrivals."""
    parts = sorted(model.parts, key=lambda part: part.element)
    table = np.zeros(len(parts), dtype=k.PART_T)
    need = np.zeros((max(1, len(parts)), len(model.types)))
    arrivals: list[tuple[float, float]] = []
    for i, (row, one) in enumerate(zip(table, parts, strict=True)):
        row["stock"], row["element"] = one.initial, one.element
        need[i] = one.need
        row["first"] = len(arrivals)
        arrivals += [(float(minute), float(pieces)) for minute, pieces in one.arrivals]
        row["last"] = len(arrivals)
        row["timer"] = timers.add(OF_PART, i)
        element = elements[one.element]
        if element["parts_last"] == 0:
            element["parts_first"] = i
        element["parts_last"] = i + 1
    return {
        "parts": table,
        "need": need,
        "arrivals": np.array(arrivals or [(0.0, 0.0)], dtype=k.ARRIVAL),
    }


def _ramps(model: PlantModel) -> Tables:
    """Tables of ramps by type and day, the last day being that after all launches."""
    if not model.ramps:
        return {name: np.ones((0, 1)) for name in ("slow", "worse", "wear")}
    days = max(len(values) for ramp in model.ramps for values in (ramp.slow, ramp.bad, ramp.wear))
    tables = {name: np.ones((len(model.types), days + 1)) for name in ("slow", "worse", "wear")}
    for ramp in model.ramps:
        for name, values in (("slow", ramp.slow), ("worse", ramp.bad), ("wear", ramp.wear)):
            tables[name][ramp.type, : len(values)] = values
    return tables
