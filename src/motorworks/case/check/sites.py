"""Plants, shops and shifts: enough is said to know what a plant can build in a day."""

from motorworks.case.case import Case
from motorworks.case.check.find import (
    ASIDE,
    lookup,
    pairs,
    plain,
    problem,
    rows,
)
from motorworks.errors import Problem

_DAY_MIN = 24 * 60


def plants_that_build_have_shops(case: Case) -> list[Problem]:
    """A plant with an allocation has at least one shop in which cars are built.

    Without a shop nothing limits the plant, and it would build every car of the plan.
    """
    builds = {row["plant"] for _, row in rows(case, "shops") if row["kind"] not in ASIDE}
    return _allocated_without(
        case, builds, "builds cars but has no shop that does; add one to shops.csv"
    )


def plants_that_build_have_shifts(case: Case) -> list[Problem]:
    """A plant with an allocation has a row in the shift calendar.

    Without one it has no staffed hour and builds nothing.
    """
    staffed = set(case.table("shift_calendar")["plant"])
    return _allocated_without(
        case, staffed, "builds cars but has no shift pattern; add a row to shift_calendar.csv"
    )


def _allocated_without(case: Case, good: set[str], message: str) -> list[Problem]:
    allocated = set(case.table("allocations")["plant"])
    return [
        problem("plants", number, "plant", row["plant"], message)
        for number, row in rows(case, "plants")
        if row["plant"] in allocated and row["plant"] not in good
    ]


def shops_have_a_rate(case: Case) -> list[Problem]:
    """A shop in which cars are built has a pace in ``shop_rates``.

    The plan takes a shop without a row as unlimited. Engine, foundry and battery shops are
    limited by ``component_sources``; stores of bodies and repair may do without.
    """
    rated = set(case.table("shop_rates")["shop"])
    return [
        problem("shops", number, "shop", row["shop"], "has no pace in shop_rates.csv, so no limit")
        for number, row in rows(case, "shops")
        if row["kind"] not in ASIDE and row["shop"] not in rated
    ]


def shifts_fit_the_day(case: Case) -> list[Problem]:
    """The shifts of a day, overtime included, fit into 24 hours.

    Hours beyond that cannot be staffed.
    """
    found: list[Problem] = []
    for number, row in rows(case, "shift_patterns"):
        shift = (row["minutes_per_shift"] or 0.0) + (row["overtime_max_min"] or 0.0)
        total = (row["shifts_per_day"] or 0) * shift
        if total > _DAY_MIN:
            message = f"the shifts of a day add up to {plain(total)} min; at most {_DAY_MIN:,}"
            found.append(
                problem("shift_patterns", number, "shifts_per_day", row["shifts_per_day"], message)
            )
    return found


def overtime_is_within_the_pattern(case: Case) -> list[Problem]:
    """Overtime of the shift calendar is at most what its pattern allows.

    The pattern carries the agreed limit.
    """
    patterns = lookup(case, "shift_patterns", "pattern")
    found: list[Problem] = []
    for number, row in rows(case, "shift_calendar"):
        pattern = patterns.get(row["pattern"])
        most = (pattern["overtime_max_min"] or 0.0) if pattern else None
        if most is not None and (row["overtime_min"] or 0.0) > most:
            message = (
                f"pattern {row['pattern']} allows at most {plain(most)} min (overtime_max_min)"
            )
            found.append(
                problem("shift_calendar", number, "overtime_min", row["overtime_min"], message)
            )
    return found


def extra_days_are_worked(case: Case) -> list[Problem]:
    """A closure of kind ``extra`` has a ``worked_share`` above 0.

    It makes days working days; with a share of 0, the default, nobody would work on them.
    """
    return [
        problem("closures", number, "worked_share", row["worked_share"],
                "an extra day needs the share of a full day that is worked, above 0, at most 1")
        for number, row in rows(case, "closures")
        if row["kind"] == "extra" and (row["worked_share"] or 0.0) <= 0
    ]  # fmt: skip


def work_content_is_of_an_allocated_vehicle(case: Case) -> list[Problem]:
    """Work content names a shop of a plant to which the vehicle is allocated.

    Elsewhere it would have no effect, which is seldom what was meant.
    """
    shops = lookup(case, "shops", "shop")
    allocated = pairs(case, "allocations", "vehicle", "plant")
    vehicles = {vehicle for vehicle, _ in allocated}
    return [
        problem("work_content", number, "shop", row["shop"],
                f"{row['vehicle']} is not allocated to its plant {shops[row['shop']]['plant']}")
        for number, row in rows(case, "work_content")
        if row["shop"] in shops and row["vehicle"] in vehicles
        and (row["vehicle"], shops[row["shop"]]["plant"]) not in allocated
    ]  # fmt: skip


RULES = (
    plants_that_build_have_shops,
    plants_that_build_have_shifts,
    shifts_fit_the_day,
    overtime_is_within_the_pattern,
    extra_days_are_worked,
)
DOUBTS = (shops_have_a_rate, work_content_is_of_an_allocated_vehicle)
