"""Hours of a plant as it is simulated: starts of shifts, breaks, planned stops, parts."""

from motorworks.case.case import Case
from motorworks.case.check.find import lookup, pairs, plain, problem, rows
from motorworks.errors import Problem


def shifts_begin_in_turn(case: Case) -> list[Problem]:
    """A row of ``shift_times`` is of a shift that the pattern has, and begins after those before.

    The shift before is over by then, its breaks not counted.
    """
    patterns = lookup(case, "shift_patterns", "pattern")
    starts = {
        (row["pattern"], row["shift"]): row["start_min"] for _, row in rows(case, "shift_times")
    }
    found: list[Problem] = []
    for number, row in rows(case, "shift_times"):
        pattern, shift = patterns.get(row["pattern"]), row["shift"]
        if pattern is None or shift is None:
            continue
        if shift > (pattern["shifts_per_day"] or 0):
            message = f"pattern {row['pattern']} has {pattern['shifts_per_day']} shifts a day"
            found.append(problem("shift_times", number, "shift", shift, message))
        before = starts.get((row["pattern"], shift - 1))
        if before is None or row["start_min"] is None:
            continue
        end = before + (pattern["minutes_per_shift"] or 0.0)
        if row["start_min"] < end:
            message = f"shift {shift - 1} ends at {plain(end)} or later"
            found.append(problem("shift_times", number, "start_min", row["start_min"], message))
    return found


def breaks_fall_into_a_shift(case: Case) -> list[Problem]:
    """A break begins before the shift it is in is over, and is of a shop of its plant.

    The longest shift that the plant works counts.
    """
    patterns = lookup(case, "shift_patterns", "pattern")
    plants = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    longest: dict[str, float] = {}
    for _, row in rows(case, "shift_calendar"):
        pattern = patterns.get(row["pattern"])
        minutes = (pattern["minutes_per_shift"] or 0.0) if pattern else 0.0
        longest[row["plant"]] = max(longest.get(row["plant"], 0.0), minutes)
    found: list[Problem] = []
    for number, row in rows(case, "breaks"):
        if row["shop"] is not None and plants.get(row["shop"], row["plant"]) != row["plant"]:
            message = f"belongs to {plants[row['shop']]}; must be a shop of {row['plant']}"
            found.append(problem("breaks", number, "shop", row["shop"], message))
        most = longest.get(row["plant"])
        if most is not None and (row["after_min"] or 0.0) >= most:
            message = f"the longest shift of {row['plant']} has {plain(most)} min"
            found.append(problem("breaks", number, "after_min", row["after_min"], message))
    return found


def stops_name_one_place(case: Case) -> list[Problem]:
    """A failure or a maintenance names a station or a segment, or else a shop.

    With both a station and a segment, or none of the three, nobody could say what stops.
    """
    found: list[Problem] = []
    for table in ("failures", "maintenance"):
        for number, row in rows(case, table):
            if row["station"] is not None and row["segment"] is not None:
                message = f"station is filled as well ({row['station']}); fill one of both"
                found.append(problem(table, number, "segment", row["segment"], message))
            elif row["station"] is None and row["segment"] is None and row["shop"] is None:
                message = "fill one of station, segment and shop"
                found.append(problem(table, number, "shop", None, message))
    return found


def parts_that_come_are_used(case: Case) -> list[Problem]:
    """A part that comes to a station is in the bill of a vehicle that its plant builds.

    Nobody would take it there.
    """
    plants = {row["shop"]: row["plant"] for _, row in rows(case, "shops")}
    homes = {row["station"]: plants.get(row["shop"]) for _, row in rows(case, "stations")}
    built = pairs(case, "allocations", "vehicle", "plant")
    users = pairs(case, "bom", "part", "vehicle")
    used = {(part, plant) for part, user in users for vehicle, plant in built if user == vehicle}
    return [
        problem("part_arrivals", number, "part", row["part"],
                f"no vehicle of {homes[row['station']]} has it in bom.csv")
        for number, row in rows(case, "part_arrivals")
        if homes.get(row["station"]) and (row["part"], homes[row["station"]]) not in used
    ]  # fmt: skip


RULES = (shifts_begin_in_turn, breaks_fall_into_a_shift, stops_name_one_place)
DOUBTS = (parts_that_come_are_used,)
