"""The plant as it is simulated: every way leads somewhere, every place is reached and fed.

A simulation refuses what is a doubt here: a plan and the order of a day can do without it.
"""

from collections.abc import Iterator

from motorworks.case.case import Case
from motorworks.case.check.find import ASIDE, Row, groups, plain, problem, rows
from motorworks.case.check.layouts import Finder, layouts, listed
from motorworks.case.plant.layout import OUT, Layout
from motorworks.case.plant.stores import Way
from motorworks.case.records.line import Buffer
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem

_TABLES = {"station": "stations", "segment": "segments", "buffer": "buffers",
           "arrival": "arrivals", "shop": "shops"}  # fmt: skip
_WHOLE_PCT = 0.01


def names_of_elements_differ(case: Case) -> list[Problem]:
    """Stations, segments, buffers, sources of arrivals and shops all have names of their own.

    The rows of ``flows`` and all results know them by name alone. ``out`` is the way out.
    """
    taken = {OUT: "the way out of every plant"}
    taken |= {row["shop"]: "a shop" for _, row in rows(case, "shops")}
    found: list[Problem] = []
    for table, column, what in (
        ("stations", "station", "a station"),
        ("segments", "segment", "a segment"),
        ("buffers", "buffer", "a buffer"),
        ("arrivals", "arrival", "a source"),
    ):
        for number, row in rows(case, table):
            name = row[column]
            if name in taken and taken[name] != what:
                message = f"is the name of {taken[name]}, too; call it something else"
                found.append(problem(table, number, column, name, message))
            taken.setdefault(name, what)
    return found


def flows_lead_from_place_to_place(case: Case) -> list[Problem]:
    """A row of ``flows`` leads from a place to another of the same plant and level of detail.

    Elsewhere no car could take it.
    """
    homes = _homes(case)
    levels = {row["station"]: row["level"] for _, row in rows(case, "stations")}
    levels |= {row["segment"]: row["level"] for _, row in rows(case, "segments")}
    found: list[Problem] = []
    for number, row in rows(case, "flows"):
        for column in ("origin", "target"):
            if row[column] is not None and row[column] not in homes:
                hint = did_you_mean(row[column], homes)
                message = f"must be a station, a segment, a store of pieces or a shop{hint}"
                found.append(problem("flows", number, column, row[column], message))
        left, right = homes.get(row["origin"]), homes.get(row["target"])
        if left is None or right is None:
            continue
        if left != right:
            message = f"belongs to {right}, but {row['origin']} to {left}"
            found.append(problem("flows", number, "target", row["target"], message))
        elif {"shop", "station"} == {levels.get(row["origin"]), levels.get(row["target"])}:
            message = f"stands at level {levels[row['target']]}, {row['origin']} at the other one"
            found.append(problem("flows", number, "target", row["target"], message))
    return found


def _homes(case: Case) -> dict[str, str]:
    """Plant of every place that a flow may name."""
    plants = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    joined = {row["buffer"] for _, row in rows(case, "joins")}
    homes = dict(plants)
    for table, column in (("stations", "station"), ("segments", "segment")):
        homes |= {r[column]: plants[r["shop"]] for _, r in rows(case, table) if r["shop"] in plants}
    for _, row in rows(case, "buffers"):
        near = homes.get(row["to_station"]) or plants.get(row["to_shop"])
        if row["buffer"] in joined and near:
            homes[row["buffer"]] = near
    return homes


def shares_of_flows_add_up(case: Case) -> list[Problem]:
    """Shares of the flows of a kind out of a place add up to 100 %, or are all blank.

    It must be clear where each car goes; for a vehicle its own rows and those of all count.
    """
    found: list[Problem] = []
    for same in groups(rows(case, "flows"), "origin", "kind").values():
        shares = [row["share_pct"] for _, row in same]
        if all(share is None for share in shares):
            continue
        for number, row in same:
            if row["share_pct"] is None:
                message = f"other ways out of {row['origin']} have a share; fill it, or leave all"
                found.append(problem("flows", number, "share_pct", None, message + " blank"))
        if None in shares:
            continue
        for vehicle in dict.fromkeys(row["vehicle"] for _, row in same):
            own = [(n, row) for n, row in same if row["vehicle"] in (None, vehicle)]
            total = sum(row["share_pct"] for _, row in own)
            if abs(total - 100.0) > _WHOLE_PCT and (vehicle or len(own) == len(same)):
                whose = f" of {vehicle}" if vehicle else ""
                message = f"shares{whose} out of {own[0][1]['origin']} add up to {plain(total)} %"
                number, row = own[-1]
                found.append(problem("flows", number, "share_pct", row["share_pct"], message))
    return found


def buffers_lie_on_a_way(case: Case) -> list[Problem]:
    """A store lies between two places where cars go from the one to the other.

    Anywhere else it feeds nothing. A store of pieces stands in ``joins``.
    """
    finder = Finder(case)
    joined = {row["buffer"] for _, row in rows(case, "joins")}
    for number, row in rows(case, "buffers"):
        ends = [row[name] for name in ("from_shop", "to_shop", "from_station", "to_station")]
        if not any(ends):
            message = "say what fills it or what empties it"
            one = problem("buffers", number, "from_shop", None, message)
            finder.found[str(one)] = one
    for plant, layout in layouts(case):
        known = {end for way in layout.ways for end in (way.origin, way.target)}
        own = {row.shop for row in layout.rows.shops}
        for store in layout.rows.buffers:
            empty = store.capacity == 0 and not store.transfer_s
            shops = {store.from_shop, store.to_shop} - {None}
            if store.buffer in known | joined or empty or not shops <= own or _is_bare(store):
                continue
            left = store.from_station or store.from_shop or "anywhere"
            right = store.to_station or store.to_shop or "anywhere"
            message = f"feeds nothing: at {plant} no car goes from {left} to {right}"
            finder.add("buffers", ("buffer", store.buffer), "buffer", message)
    return finder.problems


def _is_bare(store: Buffer) -> bool:
    """Whether nothing can lie on both sides of a store: another rule says so."""
    stations = store.from_station or store.to_station
    return not stations and store.from_shop == store.to_shop


def cars_find_the_way_out(case: Case) -> list[Problem]:
    """From every place that a car reaches there is a way out of the plant.

    From every place of a sub-line there is one to a store that a station takes pieces from. In a
    loop without exit, cars would go round until the plant is full.
    """
    finder = Finder(case)
    for plant, layout in layouts(case):
        after = _following(layout)
        stores = {row.buffer for row in layout.rows.joins}
        sources = [name for name, node in layout.nodes.items() if node.kind == "arrival"]
        for source in sources:
            reached = _reached([source], after)
            goals = {OUT} if OUT in reached else stores
            lost = [name for name in reached if not goals & set(_reached([name], after))]
            if not lost:
                continue
            if all(after.get(name) for name in lost):
                message = f"is on a loop without exit at {plant}: {listed(lost)}"
            else:
                message = f"leads nowhere at {plant}: neither out nor to a store of joins.csv"
            stores |= {row.buffer for row in layout.rows.buffers}
            places = [name for name in lost if name not in stores] or lost
            end = next((name for name in lost if not after.get(name)), places[0])
            _tell(finder, layout, end, message)
    return finder.problems


def _following(layout: Layout) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for way in layout.ways:
        if way.kind == "pass" and way.share_pct != 0.0:
            after.setdefault(way.origin, []).append(way.target)
    for way in layout.ways:
        if way.kind == "rework":
            after.setdefault(way.origin, []).append(way.target)
    return after


def _reached(start: list[str], after: dict[str, list[str]]) -> list[str]:
    found, todo = dict.fromkeys(start), list(start)
    while todo:
        fresh = [name for name in after.get(todo.pop(), []) if name not in found]
        found.update(dict.fromkeys(fresh))
        todo += fresh
    return list(found)


def _tell(finder: Finder, layout: Layout, name: str, message: str) -> None:
    """Tell a problem of an element, in the row that describes it."""
    node = layout.nodes.get(name)
    kind = node.kind if node else "station"
    if kind == "arrival" and name not in {row.arrival for row in layout.rows.arrivals}:
        target = next(way.target for way in layout.ways if way.origin == name)
        _tell(finder, layout, target, message)
        return
    column = kind if kind in _TABLES else "station"
    finder.add(_TABLES.get(kind, "stations"), (column, name), column, message)


def stations_are_reached(case: Case) -> list[Problem]:
    """Cars or pieces come to every station and segment.

    One that nobody reaches has been forgotten: a branch without a way from or to the line, or a
    shop that no routing names.
    """
    finder = Finder(case)
    for plant, layout in layouts(case):
        after: dict[str, list[str]] = {}
        for way in layout.ways:
            after.setdefault(way.origin, []).append(way.target)
        for row in layout.rows.joins:
            after.setdefault(row.buffer, []).append(layout.home[row.station])
        sources = [name for name, node in layout.nodes.items() if node.kind == "arrival"]
        reached = set(_reached(sources, after))
        for (shop, branch), positions in layout.lines.items():
            for name in (name for position in positions for name in position):
                if name not in reached and name != shop:
                    where = f"branch {branch} of {shop}" if branch else shop
                    message = f"nobody comes to it: no way of {plant} leads into {where}"
                    _tell_place(finder, layout, name, message)
    return finder.problems


def _tell_place(finder: Finder, layout: Layout, name: str, message: str) -> None:
    segment = any(row.segment == name for row in layout.rows.segments)
    table, column = ("segments", "segment") if segment else ("stations", "station")
    finder.add(table, (column, name), column, message)


def vehicles_find_their_way(case: Case) -> list[Problem]:
    """Out of every place that a vehicle reaches, there is a way for it.

    A way for other vehicles alone would hold it for ever.
    """
    finder = Finder(case)
    for _, layout in layouts(case):
        out = _by_origin(layout.ways)
        sources = [name for name in layout.nodes if name in layout.car_sources]
        for vehicle in layout.rows.vehicles:
            after = {
                name: [w.target for w in ways if not w.vehicles or vehicle in w.vehicles]
                for name, ways in out.items()
            }
            starts = [name for name in sources if after.get(name)]
            for name in _reached(starts, after):
                passing = [w for w in out.get(name, []) if w.kind == "pass"]
                if passing and not any(not w.vehicles or vehicle in w.vehicles for w in passing):
                    message = f"has no way out for {vehicle}; add a row to flows.csv"
                    _tell(finder, layout, name, message)
    return finder.problems


def _by_origin(ways: tuple[Way, ...]) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for way in ways:
        found.setdefault(way.origin, []).append(way)
    return found


def feeders_are_described(case: Case) -> list[Problem]:
    """A shop aside of the line that is simulated as one station has a pace in ``shop_rates``.

    Where it has no station at a level of detail, its pace is all there is to go by.
    """
    finder = Finder(case)
    rated = set(case.table("shop_rates")["shop"])
    aside = {row["shop"] for _, row in rows(case, "shops") if row["kind"] in ASIDE}
    for _, layout in layouts(case):
        for node in layout.nodes.values():
            if node.kind == "shop" and node.shop in aside - rated:
                message = "has neither stations at this level of detail nor a pace in shop_rates"
                finder.add("shops", ("shop", node.shop), "shop", message)
    return finder.problems


def arrivals_come_to_a_line(case: Case) -> list[Problem]:
    """A source leads to a line that there is, or to a store that a station takes pieces from.

    Its mix adds up to 100 %.
    """
    finder = Finder(case)
    joined = {row["buffer"] for _, row in rows(case, "joins")}
    for _, layout in layouts(case):
        for row in layout.rows.arrivals:
            key = ("arrival", row.arrival)
            if row.buffer and row.buffer not in joined:
                message = "is no store of pieces; name one of joins.csv, or a shop alone"
                finder.add("arrivals", key, "buffer", message)
            elif (
                not row.buffer and not row.station and not layout.entry(row.shop, row.branch or "")
            ):
                column = "branch" if row.branch else "shop"
                finder.add("arrivals", key, column, "has no station to come to")
    for (arrival,), same in groups(rows(case, "arrival_mix"), "arrival").items():
        total = sum(row["share_pct"] or 0.0 for _, row in same)
        if abs(total - 100.0) > _WHOLE_PCT:
            message = f"shares of {arrival} add up to {plain(total)} %"
            finder.add("arrival_mix", ("arrival", arrival), "share_pct", message)
    return finder.problems


def joins_have_their_store(case: Case) -> list[Problem]:
    """The store of a join stands at its station, at the same level of detail, and can be used.

    The station has no place on a segment, and all rows of a pair match alike. A piece made for a
    type or a car is taken by such a car alone, so each car takes it.
    """
    stations = {row["station"]: row for _, row in rows(case, "stations")}
    buffers = {row["buffer"]: row for _, row in rows(case, "buffers")}
    found: list[Problem] = []
    for same in groups(rows(case, "joins"), "station", "buffer").values():
        number, row = same[0]
        first = row["match"]
        if first not in (None, "any") and all(other["vehicle"] for _, other in same):
            message = f"a piece is made for each {first}; add a row for all vehicles"
            found.append(problem("joins", number, "vehicle", row["vehicle"], message))
        for number, row in same:
            station, store = stations.get(row["station"]), buffers.get(row["buffer"])
            if station is None or store is None:
                continue
            for column, message in _faults(row, station, store, first, stations):
                found.append(problem("joins", number, column, row[column], message))
    return found


def _faults(
    row: Row, station: Row, store: Row, match: str, stations: dict[str, Row]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a row of ``joins``: column and message."""
    if store["to_station"] not in (None, row["station"]):
        yield "buffer", f"is emptied by {store['to_station']} (to_station)"
    elif store["to_station"] is None and store["to_shop"] not in (None, station["shop"]):
        yield "buffer", f"is emptied by {store['to_shop']} (to_shop)"
    filler = stations.get(store["from_station"])
    levels = {station["level"], store["level"], filler["level"] if filler else None}
    if levels >= {"shop", "station"}:
        yield "buffer", f"has no feeder at the level of detail of {row['station']}"
    if station["segment"]:
        yield "station", f"is a place on segment {station['segment']}; pieces join at a station"
    if row["match"] != match:
        yield "match", f"is {match} in another row of the same station and store"
    if row["match"] != "any" and (row["quantity"] or 0) != 1:
        yield "quantity", f"must be 1 where a piece is made for the {row['match']}"


RULES = (
    names_of_elements_differ,
    flows_lead_from_place_to_place,
    shares_of_flows_add_up,
    buffers_lie_on_a_way,
    cars_find_the_way_out,
    vehicles_find_their_way,
    arrivals_come_to_a_line,
    joins_have_their_store,
)
DOUBTS = (stations_are_reached, feeders_are_described)
