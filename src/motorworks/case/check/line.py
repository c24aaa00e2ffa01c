"""The line: buffers, routings, stations and failures stay within one plant."""

from motorworks.case.case import Case
from motorworks.case.check.find import Row, lookup, pairs, problem, rows
from motorworks.errors import Problem


def buffers_join_two_shops_of_a_plant(case: Case) -> list[Problem]:
    """A buffer lies between two shops or stations of one plant; its stations are of its shops.

    Two shops without stations differ. Bodies do not travel between plants in a buffer.
    """
    plants = _plants(case)
    homes = {row["station"]: row["shop"] for _, row in rows(case, "stations")}
    found: list[Problem] = []
    for number, row in rows(case, "buffers"):
        for side in ("from", "to"):
            home, shop = homes.get(row[f"{side}_station"]), row[f"{side}_shop"]
            if home is not None and shop in plants and home != shop:
                column, told = f"{side}_station", f"belongs to {home}; must be of {shop}"
                found.append(problem("buffers", number, column, row[column], told))
        left = row["from_shop"] or homes.get(row["from_station"])
        right = row["to_shop"] or homes.get(row["to_station"])
        message = _apart(plants, left, right, row)
        if message:
            column = "to_shop" if row["to_shop"] else "to_station"
            found.append(problem("buffers", number, column, row[column], message))
    return found


def _apart(plants: dict[str, str], left: str | None, right: str | None, row: Row) -> str | None:
    """What is wrong with a buffer between two shops."""
    if left not in plants or right not in plants:
        return None
    if left == right and not row["from_station"] and not row["to_station"]:
        return "is the shop that fills it; name another shop of the plant"
    if plants[left] != plants[right]:
        return (
            f"belongs to {plants[right]}, but {left} to {plants[left]}; both must be of one plant"
        )
    return None


def _plants(case: Case) -> dict[str, str]:
    return {row["shop"]: row["plant"] for _, row in rows(case, "shops")}


def buffers_hold_what_is_in_them(case: Case) -> list[Problem]:
    """A buffer starts with at most as many bodies as it can hold, and a bank of lanes has lanes.

    It could not be filled otherwise.
    """
    found: list[Problem] = []
    for number, row in rows(case, "buffers"):
        capacity = row["capacity"]
        if capacity is not None and (row["initial"] or 0) > capacity:
            message = f"must be at most its capacity ({capacity})"
            found.append(problem("buffers", number, "initial", row["initial"], message))
        if row["layout"] == "lanes" and row["lanes"] is None:
            found.append(problem("buffers", number, "lanes", None, "layout lanes needs it"))
    return found


def routings_stay_in_the_plant(case: Case) -> list[Problem]:
    """A step of a routing is a shop of its plant, and its vehicle is allocated to it.

    A car does not pass through another plant.
    """
    plants = _plants(case)
    allocated = pairs(case, "allocations", "vehicle", "plant")
    vehicles = set(case.table("vehicles")["vehicle"])
    sites = set(case.table("plants")["plant"])
    found: list[Problem] = []
    for number, row in rows(case, "routings"):
        if row["plant"] not in sites:
            continue
        home = plants.get(row["shop"])
        if home is not None and home != row["plant"]:
            message = f"belongs to {home}; must be a shop of {row['plant']}"
            found.append(problem("routings", number, "shop", row["shop"], message))
        if row["vehicle"] in vehicles and (row["vehicle"], row["plant"]) not in allocated:
            message = f"is not allocated to {row['plant']}; add the pair to allocations.csv"
            found.append(problem("routings", number, "vehicle", row["vehicle"], message))
    return found


def failures_are_of_one_place(case: Case) -> list[Problem]:
    """The station or segment of a failure is of its shop, its crew repairs at the same plant.

    A stop at one place cannot be mended at another.
    """
    plants = _plants(case)
    homes = {row["station"]: row["shop"] for _, row in rows(case, "stations")}
    belts = {row["segment"]: row["shop"] for _, row in rows(case, "segments")}
    crews = lookup(case, "crews", "crew")
    found: list[Problem] = []
    for number, row in rows(case, "failures"):
        places = (("station", homes.get(row["station"])), ("segment", belts.get(row["segment"])))
        shop = row["shop"] or next((home for _, home in places if home), None)
        if shop not in plants:
            continue
        for column, home in places:
            if home is not None and home != shop:
                message = f"belongs to shop {home}; must be a {column} of {shop}"
                found.append(problem("failures", number, column, row[column], message))
        crew = crews.get(row["crew"])
        if crew is not None and crew["plant"] != plants[shop]:
            message = f"works at {crew['plant']}; shop {shop} belongs to {plants[shop]}"
            found.append(problem("failures", number, "crew", row["crew"], message))
    return found


def station_times_fit_the_cycle(case: Case) -> list[Problem]:
    """The base time of a vehicle at a station is at most twice the station's cycle.

    Above, the line would overrun at every such car; perhaps minutes stand for seconds.
    """
    stations = lookup(case, "stations", "station")
    found: list[Problem] = []
    for number, row in rows(case, "station_times"):
        station = stations.get(row["station"])
        if station is None or row["option"] is not None or not station["cycle_s"]:
            continue
        if (row["time_s"] or 0.0) > 2 * station["cycle_s"] * (station["parallel"] or 1):
            message = f"is more than twice the station's cycle of {station['cycle_s']:g} s"
            found.append(problem("station_times", number, "time_s", row["time_s"], message))
    return found


RULES = (
    buffers_join_two_shops_of_a_plant,
    buffers_hold_what_is_in_them,
    routings_stay_in_the_plant,
    failures_are_of_one_place,
)
DOUBTS = (station_times_fit_the_cycle,)
