"""Places of a plant: laws have what they need, people are enough, segments move, cars fit."""

from collections.abc import Iterator

from motorworks.case.case import Case
from motorworks.case.check.find import Row, lookup, plain, problem, rows
from motorworks.case.check.layouts import Finder, layouts
from motorworks.case.plant.laws import SHAPED, SLOTTED, values_of
from motorworks.errors import Problem

_LAWS = (
    ("stations", "law", "shape", "values"),
    ("arrivals", "law", "shape", "values"),
    ("failures", "law", "shape", "values"),
    ("failures", "down_law", "down_shape", "down_values"),
)


def laws_have_what_they_need(case: Case) -> list[Problem]:
    """A law has the shape or the values that define it.

    The shape of erlang is a whole number, that of uniform and triangular at most 1; values are
    numbers of at least 0, some above. The mean alone does not define the law.
    """
    found: list[Problem] = []
    for table, kind, shape, values in _LAWS:
        for number, row in rows(case, table):
            law = row[kind]
            for column, message in _missing(law, row[shape], row[values]):
                name = shape if column == "shape" else values
                found.append(problem(table, number, name, row[name], message))
    return found


def _missing(law: str | None, shape: float | None, values: str | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the shape or the values of a law."""
    if law in SHAPED and shape is None:
        yield "shape", f"law {law} needs it, above 0"
    elif law == "erlang" and shape is not None and shape != int(shape):
        yield "shape", "phases of an erlang law are a whole number"
    elif law in ("uniform", "triangular") and shape is not None and shape > 1.0:
        yield "shape", f"half of the width of a {law} law is at most 1, the mean"
    if law != "empirical":
        return
    try:
        numbers = values_of(values)
    except ValueError:
        yield "values", "must be numbers separated by blanks"
        return
    if not numbers or min(numbers) < 0.0 or max(numbers) <= 0.0:
        yield "values", "law empirical needs numbers of at least 0, some above"


def slotted_lines_move_together(case: Case) -> list[Problem]:
    """Bernoulli and geometric laws stand where all stations have the same fixed time.

    Their chances hold for a cycle, and only such a line has one.
    """
    slotted = {
        row["failure"]
        for _, row in rows(case, "failures")
        if row["law"] in SLOTTED or row["down_law"] in SLOTTED
    }
    finder = Finder(case)
    times: dict[str, set[float]] = {}
    for _, time in rows(case, "station_times"):
        times.setdefault(time["station"], set()).add(time["time_s"])
    for plant, layout in layouts(case) if slotted else ():
        stations = layout.rows.stations
        cycles = {s for row in stations for s in {row.cycle_s, *times.get(row.station, ())}}
        even = len(cycles) <= 1 and all(row.law == "fixed" for row in stations)
        if even and not layout.rows.segments and all(row.parallel == 1 for row in stations):
            continue
        shops = {row.shop for row in layout.rows.shops}
        for _, row in rows(case, "failures"):
            own = row["station"] in layout.home or row["shop"] in shops
            if row["failure"] in slotted and own:
                message = f"holds for a cycle, but the stations of {plant} do not share one"
                finder.add("failures", ("failure", row["failure"]), "law", message)
    return finder.problems


def crews_can_serve(case: Case) -> list[Problem]:
    """A crew has as many people as a station or a repair needs at once, and is of the right kind.

    It works at the plant of the station. With fewer, the work would never begin.
    """
    crews = lookup(case, "crews", "crew")
    plants = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    found: list[Problem] = []
    for number, row in rows(case, "stations"):
        crew = crews.get(row["crew"])
        if crew is None:
            continue
        need, heads = row["operators"], crew["heads"] or 0
        if crew["kind"] != "operator":
            message = f"is a crew of kind {crew['kind']}; people of a station are of kind operator"
            found.append(problem("stations", number, "crew", row["crew"], message))
        elif crew["plant"] != plants.get(row["shop"], crew["plant"]):
            message = f"works at {crew['plant']}; shop {row['shop']} belongs to another plant"
            found.append(problem("stations", number, "crew", row["crew"], message))
        if (1 if need is None else need) > heads:
            message = f"needs {1 if need is None else need} people, crew {row['crew']} has {heads}"
            found.append(problem("stations", number, "operators", need, message))
    for number, row in rows(case, "failures"):
        crew = crews.get(row["crew"])
        if crew is not None and (row["heads"] or 1) > (crew["heads"] or 0):
            message = f"takes more people than crew {row['crew']} has ({crew['heads']})"
            found.append(problem("failures", number, "heads", row["heads"], message))
    return found


def segments_can_move(case: Case) -> list[Problem]:
    """A segment has a takt of its own or by the pace of its shop, and a slot for each place.

    It needs a position where it has no stations.
    """
    rated = set(case.table("shop_rates")["shop"])
    places: dict[str, int] = {}
    for _, row in rows(case, "stations"):
        places[row["segment"]] = places.get(row["segment"], 0) + 1
    found: list[Problem] = []
    for number, row in rows(case, "segments"):
        own = places.get(row["segment"], 0)
        if row["takt_s"] is None and row["shop"] not in rated:
            message = f"fill it, or add the pace of {row['shop']} to shop_rates.csv"
            found.append(problem("segments", number, "takt_s", None, message))
        if row["slots"] is not None and row["slots"] < own:
            message = f"must be at least the number of its stations ({own})"
            found.append(problem("segments", number, "slots", row["slots"], message))
        if not own and row["position"] is None:
            message = "no station tells where it stands along the shop; fill it"
            found.append(problem("segments", number, "position", None, message))
    return found


def places_of_segments_are_paced(case: Case) -> list[Problem]:
    """A station on a segment is of its shop, alone at its place, and only takes time.

    What makes a car wait at its place (a crew, a setup, a second place beside it) or sends it
    elsewhere (``quality``) belongs to a station before or behind the segment.
    """
    segments = lookup(case, "segments", "segment")
    judged = {row["station"] for _, row in rows(case, "quality")}
    found: list[Problem] = []
    for number, row in rows(case, "stations"):
        segment = segments.get(row["segment"])
        if segment is None:
            continue
        for column, message in _unpaced(row, segment, judged):
            found.append(problem("stations", number, column, row[column], message))
    return found


def _unpaced(row: Row, segment: Row, judged: set[str]) -> Iterator[tuple[str, str]]:
    """What a station on a segment may not have: column and message."""
    name = segment["segment"]
    if segment["shop"] != row["shop"]:
        yield "segment", f"belongs to {segment['shop']}; must be of {row['shop']}"
    if segment["level"] != row["level"]:
        yield "level", f"segment {name} is of another level of detail"
    if segment["branch"] is not None and segment["branch"] != row["branch"]:
        yield "branch", f"segment {name} is of branch {segment['branch']}"
    if (row["parallel"] or 1) > 1:
        yield "parallel", f"a place on segment {name} stands alone"
    if row["crew"] is not None:
        yield "crew", f"people on segment {name} are always there; leave it blank"
    if row["setup_s"]:
        yield "setup_s", f"segment {name} does not wait for a setup; leave it blank"
    if row["blocking"] == "before":
        yield "blocking", f"segment {name} moves on as a whole; leave it blank"
    if row["station"] in judged:
        yield "segment", "stands in quality.csv; results are told behind a segment, at a station"


def vehicles_fit_their_carriers(case: Case) -> list[Problem]:
    """A vehicle that rides on carriers is at most as heavy as they allow.

    Those that do not say it are as strong as their shop, in which all its vehicles fit.
    """
    shops = lookup(case, "shops", "shop")
    mass = {row["vehicle"]: row["mass_kg"] for _, row in rows(case, "vehicles")}
    allocated: dict[str, list[str]] = {}
    for _, row in rows(case, "allocations"):
        allocated.setdefault(row["plant"], []).append(row["vehicle"])
    found: list[Problem] = []
    for number, row in rows(case, "carriers"):
        shop = shops.get(row["shop"])
        if shop is None:
            continue
        limit = row["mass_max_kg"]
        named = (row["vehicles"] or "").split()
        for name in sorted(set(named) - set(mass)):
            message = f"{name!r} does not stand in vehicles"
            found.append(problem("carriers", number, "vehicles", row["vehicles"], message))
        for name in named or allocated.get(shop["plant"], []):
            weight = mass.get(name)
            if limit is not None and weight is not None and weight > limit:
                message = f"{name} weighs {plain(weight)} kg; they carry at most {plain(limit)}"
                found.append(problem("carriers", number, "mass_max_kg", limit, message))
    return found


def carriers_go_round(case: Case) -> list[Problem]:
    """Carriers are taken and given back at one place each, in shops of one plant.

    Where a shop begins or ends with several stations, name one.
    """
    plants = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    homes = {row["station"]: row["shop"] for _, row in rows(case, "stations")}
    finder = Finder(case)
    for _, row in rows(case, "carriers"):
        key, back = ("carrier", row["carrier"]), row["to_shop"] or row["shop"]
        if plants.get(row["shop"]) != plants.get(back):
            finder.add("carriers", key, "to_shop", f"belongs to {plants.get(back)}")
        for column, shop in (("first_station", row["shop"]), ("last_station", back)):
            home = homes.get(row[column])
            if home is not None and home != shop:
                finder.add("carriers", key, column, f"belongs to {home}; must be of {shop}")
    for plant, layout in layouts(case):
        for _, row in rows(case, "carriers"):
            shops = {row["shop"], row["to_shop"] or row["shop"]}
            here = {plants.get(shop) for shop in shops} == {plant}
            if not here or row["level"] not in (None, layout.rows.level):
                continue
            ends = (("first_station", layout.entry(row["shop"])),
                    ("last_station", layout.end(row["to_shop"] or row["shop"])))  # fmt: skip
            for column, names in ends:
                if row[column] is None and len(names) != 1:
                    told = f"{len(names)} stations stand there; name one" if names else "none is"
                    finder.add("carriers", ("carrier", row["carrier"]), column, told)
    return finder.problems


def rework_has_a_reason(case: Case) -> list[Problem]:
    """A way of kind rework starts where ``quality`` lets some cars fail.

    Nobody would ever take it.
    """
    failing = {r["station"] for _, r in rows(case, "quality") if (r["first_pass_pct"] or 0) < 100}
    failing |= {r["shop"] for _, r in rows(case, "shops") if (r["first_pass_pct"] or 100) < 100}
    return [
        problem("flows", number, "origin", row["origin"],
                "every car passes there at first; add it to quality.csv")
        for number, row in rows(case, "flows")
        if row["kind"] == "rework" and row["origin"] not in failing
    ]  # fmt: skip


def stops_of_whole_shops_count(case: Case) -> list[Problem]:
    """A failure or a maintenance of a whole shop is of one that is one station when simulated.

    Where the shop is described by stations, name the one that stops.
    """
    whole = {node.shop for _, lay in layouts(case) for node in lay.nodes.values()
             if node.kind == "shop"}  # fmt: skip
    described = {shop for _, layout in layouts(case) for shop, branch in layout.lines
                 if not branch} - whole  # fmt: skip
    return [
        problem(table, number, "shop", row["shop"],
                "is described by stations, none of which this row names; it has no effect")
        for table in ("failures", "maintenance")
        for number, row in rows(case, table)
        if row["station"] is None and row["segment"] is None and row["shop"] in described
    ]  # fmt: skip


RULES = (
    laws_have_what_they_need,
    slotted_lines_move_together,
    crews_can_serve,
    segments_can_move,
    places_of_segments_are_paced,
    vehicles_fit_their_carriers,
    carriers_go_round,
)
DOUBTS = (rework_has_a_reason, stops_of_whole_shops_count)
