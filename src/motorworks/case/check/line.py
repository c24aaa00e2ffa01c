"""The line: buffers, routings, stations and failures stay within one plant."""

from motorworks.case.case import Case
from motorworks.case.check.find import lookup, pairs, problem, rows
from motorworks.errors import Problem


def buffers_join_two_shops_of_a_plant(case: Case) -> list[Problem]:
    """A buffer lies between two different shops of one plant.

    Bodies do not travel between plants in a buffer.
    """
    plants = _plants(case)
    found: list[Problem] = []
    for number, row in rows(case, "buffers"):
        left, right = plants.get(row["from_shop"]), plants.get(row["to_shop"])
        if left is None or right is None:
            continue
        message = None
        if row["from_shop"] == row["to_shop"]:
            message = "is the shop that fills it; name another shop of the plant"
        elif left != right:
            message = (
                f"belongs to {right}, but {row['from_shop']} to {left}; both must be of one plant"
            )
        if message:
            found.append(problem("buffers", number, "to_shop", row["to_shop"], message))
    return found


def _plants(case: Case) -> dict[str, str]:
    return {row["shop"]: row["plant"] for _, row in rows(case, "shops")}


def buffers_hold_what_is_in_them(case: Case) -> list[Problem]:
    """A buffer starts with at most as many bodies as it can hold, and a bank of lanes has lanes.

    It could not be filled otherwise.
    """
    found: list[Problem] = []
    for number, row in rows(case, "buffers"):
        if (row["initial"] or 0) > (row["capacity"] or 0):
            message = f"must be at most its capacity ({row['capacity']})"
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
    """The station of a failure belongs to its shop, the crew that repairs it to the same plant.

    A stop at one place cannot be mended at another.
    """
    plants = _plants(case)
    homes = {row["station"]: row["shop"] for _, row in rows(case, "stations")}
    crews = {row["crew"]: row["plant"] for _, row in rows(case, "crews")}
    found: list[Problem] = []
    for number, row in rows(case, "failures"):
        shop, home = row["shop"], homes.get(row["station"])
        if shop not in plants:
            continue
        if home is not None and home != shop:
            message = f"belongs to shop {home}; must be a station of {shop}"
            found.append(problem("failures", number, "station", row["station"], message))
        crew = crews.get(row["crew"])
        if crew is not None and crew != plants[shop]:
            message = f"works at {crew}; shop {shop} belongs to {plants[shop]}"
            found.append(problem("failures", number, "crew", row["crew"], message))
    return found


def failure_laws_have_their_shape(case: Case) -> list[Problem]:
    """A failure with a Weibull or lognormal law says its shape.

    The mean alone does not define the law.
    """
    return [
        problem("failures", number, "shape", None, f"law {row['law']} needs it, above 0")
        for number, row in rows(case, "failures")
        if row["law"] in ("weibull", "lognormal") and row["shape"] is None
    ]


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
    failure_laws_have_their_shape,
)
DOUBTS = (station_times_fit_the_cycle,)
