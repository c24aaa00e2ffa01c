"""Failures, crews, calendars and maintenance as tables."""

import numpy as np

from motorworks.case.plant_model import Failure, PlantModel, Station
from motorworks.simulate.encoding.elements import Tables, TimerList
from motorworks.simulate.encoding.laws import Laws
from motorworks.simulate.kernel import world as k
from motorworks.simulate.kernel.agenda import OF_CALENDAR, OF_CLOCK, OF_MAINTENANCE
from motorworks.simulate.kernel.world import NONE
from motorworks.simulate.measure import day_edges
from motorworks.simulate.params import DAY_MIN

_RESUME = ("resume", "repeat", "scrap")


def clock_tables(model: PlantModel, laws: Laws, timers: TimerList, tables: Tables) -> Tables:
    """Table of failures at servers, each server's one after the other; crews and who asks them.

    Failures that wear with work come before those that wear with time. ``clock_failure`` says
    which failure of the plant each clock is of, ``clock_server`` at which server of its element.
    """
    rows: list[tuple[int, int, Failure]] = []
    of: dict[int, list[tuple[int, Failure]]] = {}
    for i, one in enumerate(model.failures):
        of.setdefault(one.element, []).append((i, one))
    for s, server in enumerate(tables["servers"]):
        mine = of.get(int(server["element"]), [])
        mine.sort(key=lambda pair: pair[1].clock == "time")
        server["wears_first"] = len(rows)
        server["wears_last"] = len(rows) + sum(one.clock == "operation" for _, one in mine)
        server["clocks_last"] = len(rows) + len(mine)
        rows += [(s, i, one) for i, one in mine]
    table = np.zeros(max(1, len(rows)), dtype=k.FAILURE_CLOCK)
    for at, (row, (s, _, one)) in enumerate(zip(table, rows, strict=False)):
        row["server"], row["by_time"] = s, one.clock == "time"
        row["crew"] = NONE if one.crew is None else one.crew
        row["heads"], row["priority"] = one.heads, one.priority
        row["resume"] = _RESUME.index(one.resume)
        row["up"], row["down"] = laws.row(one.up), laws.row(one.down)
        row["timer"] = timers.add(OF_CLOCK, at)
    return {
        "clocks": table,
        "clock_failure": np.array([i for _, i, _ in rows], dtype=np.int64),
        **_crews(model, table[: len(rows)], tables),
    }


def _crews(model: PlantModel, clocks: k.Records, tables: Tables) -> Tables:
    """Table of crews, and the servers and clocks that may ask each."""
    table = np.zeros(max(1, len(model.crews)), dtype=k.CREW_T)
    members: list[int] = []
    servers, elements = tables["servers"], tables["elements"]
    for i, (row, crew) in enumerate(zip(table, model.crews, strict=False)):
        row["absence"], row["heads"], row["there"] = crew.absence, crew.heads, crew.heads
        row["first"] = len(members)
        pooled = [
            s
            for s, server in enumerate(servers)
            if isinstance(one := model.elements[server["element"]], Station) and one.pool == i
        ]
        repaired = [at for at, clock in enumerate(clocks) if clock["crew"] == i]
        members += pooled + [len(servers) + at for at in repaired]
        row["last"] = len(members)
        who = pooled + [int(clocks[at]["server"]) for at in repaired]
        open_on = [int(elements[servers[s]["element"]]["calendar"]) for s in who]
        row["calendar"] = next((c for c in open_on if c != NONE), NONE)
    return {"crews": table, "members": np.array(members or [NONE], dtype=np.int32)}


def calendar_tables(model: PlantModel, timers: TimerList) -> Tables:
    """Tables of calendars, of maintenance, and of the spans of both."""
    table = np.zeros(len(model.calendars), dtype=k.CALENDAR_T)
    last = max((float(one.open[-1, 0]) for one in model.calendars if len(one.open)), default=0.0)
    begins = day_edges(model, int(last / DAY_MIN) + 1)
    spans: list[tuple[float, float, float, float, int, bool]] = []
    for i, (row, one) in enumerate(zip(table, model.calendars, strict=True)):
        row["first"] = row["at"] = len(spans)
        for j, (start, end) in enumerate(one.open):
            overtime = one.overtime[j] if len(one.overtime) else 0.0
            count = one.count[j] if len(one.count) else 0
            shift = bool(one.shift[j]) if len(one.shift) else False
            day = float(begins[np.searchsorted(begins, start, side="right") - 1])
            spans.append((float(start), float(end), float(overtime), day, int(count), shift))
        row["last"] = len(spans)
        row["timer"] = timers.add(OF_CALENDAR, i)
    stops = np.zeros(len(model.maintenance), dtype=k.MAINTENANCE_T)
    for i, (row, stop) in enumerate(zip(stops, model.maintenance, strict=True)):
        row["element"], row["at"] = stop.element, len(spans)
        spans += [(float(start), float(end), 0.0, 0.0, 0, False) for start, end in stop.spans]
        row["last"] = len(spans)
        row["timer"] = timers.add(OF_MAINTENANCE, i)
    return {
        "calendars": table,
        "maintenance": stops,
        "spans": np.array(spans or [(0.0, 0.0, 0.0, 0.0, 0, False)], dtype=k.SPAN),
    }
