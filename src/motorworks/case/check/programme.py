"""The programme: dates in order, allocations that fit their plant, agreements, pins, openings."""

from motorworks.case.case import Case
from motorworks.case.check.capacity import shops_of_allocations
from motorworks.case.check.find import (
    Row,
    horizon,
    lookup,
    pairs,
    plain,
    problem,
    production_windows,
    rows,
    window,
)
from motorworks.case.column import columns_of
from motorworks.case.tables import TABLES
from motorworks.errors import Problem

_SKD_USUAL = 5_000
_CKD_LOT_USUAL = 15_000


def dates_are_in_order(case: Case) -> list[Problem]:
    """What has a start and an end starts first, with rough dates resolved as ``case.toml`` says.

    A span that ends before it starts covers no day.
    """
    found: list[Problem] = []
    for table, record in TABLES.items():
        kinds = {column.name: column.kind for column in columns_of(record)}
        if "start" not in kinds or "end" not in kinds:
            continue
        for number, row in rows(case, table):
            start, end = window(case, row)
            if start > end:
                message = f"ends {end}, before its start {row['start']} ({start})"
                found.append(problem(table, number, "end", row["end"], message))
    return found


def vehicles_fit_the_shops(case: Case) -> list[Problem]:
    """Each shop that an allocated vehicle passes carries its mass and builds its drivetrain.

    A heavy electric car needs hangers and a marriage station that were made for it. A vehicle
    with a work content of 0 does not pass the shop. One with an optional launch window may be
    asked about: the plan then never starts it.
    """
    vehicles = lookup(case, "vehicles", "vehicle")
    passed = shops_of_allocations(case)
    optional = {
        (row["vehicle"], row["plant"]) for _, row in rows(case, "launch_windows") if row["optional"]
    }
    found: list[Problem] = []
    for number, row in rows(case, "allocations"):
        vehicle = vehicles.get(row["vehicle"])
        if vehicle is None or (row["vehicle"], row["plant"]) in optional:
            continue
        for shop, _ in passed.get((row["vehicle"], row["plant"]), []):
            found += [
                problem("allocations", number, "vehicle", row["vehicle"], message)
                for message in _misfits(vehicle, shop)
            ]
    return found


def _misfits(vehicle: Row, shop: Row) -> list[str]:
    """Why a shop cannot take a vehicle."""
    reasons: list[str] = []
    mass, most = vehicle["mass_kg"], shop["mass_max_kg"]
    if mass is not None and most is not None and mass > most:
        limit = f"shop {shop['shop']} carries at most {plain(most)} kg"
        reasons.append(f"weighs {plain(mass)} kg, but {limit}")
    able = (shop["drivetrains"] or "").split()
    if able and vehicle["drivetrain"] not in able:
        limit = f"shop {shop['shop']} builds {', '.join(able)}"
        reasons.append(f"is a {vehicle['drivetrain']}, but {limit}")
    return reasons


def allocations_have_costs(case: Case) -> list[Problem]:
    """Each allocation has a row in ``costs``.

    The plan would take a missing cost as 0 and move production to where nothing is known.
    """
    costed = pairs(case, "costs", "vehicle", "plant")
    return [
        problem("allocations", number, "vehicle", row["vehicle"],
                f"has no cost at {row['plant']}; add a row to costs.csv")
        for number, row in rows(case, "allocations")
        if (row["vehicle"], row["plant"]) not in costed
    ]  # fmt: skip


_NEEDS_ALLOCATION = ("launch_windows", "agreements", "pins", "published_plan", "costs")


def programme_rows_are_allocations(case: Case) -> list[Problem]:
    """Launch windows, agreements, pins, published plans and costs are of allocated vehicles.

    Without the allocation the car may not be built there at all.
    """
    allocated = pairs(case, "allocations", "vehicle", "plant")
    plants = set(case.table("plants")["plant"])
    vehicles = set(case.table("vehicles")["vehicle"])
    return [
        problem(table, number, "vehicle", row["vehicle"],
                f"is not allocated to {row['plant']}; add the pair to allocations.csv")
        for table in _NEEDS_ALLOCATION
        for number, row in rows(case, table)
        if row["vehicle"] in vehicles and row["plant"] in plants
        and (row["vehicle"], row["plant"]) not in allocated
    ]  # fmt: skip


_BOUNDS = (
    ("agreements", "min_per_year", "max_per_year"),
    ("pins", "minimum", "maximum"),
    ("ramps", "first_pass_start_pct", "first_pass_end_pct"),
)


def lower_bounds_are_not_above_upper(case: Case) -> list[Problem]:
    """A minimum is at most its maximum: agreements, pins, first-pass shares of a ramp.

    No plan can keep both otherwise.
    """
    return [
        problem(table, number, low, row[low], f"must be at most {high} ({plain(row[high])})")
        for table, low, high in _BOUNDS
        for number, row in rows(case, table)
        if row[low] is not None and row[high] is not None and row[low] > row[high]
    ]


def pins_fix_something(case: Case) -> list[Problem]:
    """A pin has a minimum, a maximum or both.

    With neither it fixes nothing.
    """
    return [
        problem("pins", number, "minimum", None, "fill minimum, maximum or both")
        for number, row in rows(case, "pins")
        if row["minimum"] is None and row["maximum"] is None
    ]


def pins_lie_in_the_horizon(case: Case) -> list[Problem]:
    """A pin fixes a month of the horizon.

    The plan would pass over one outside, and with it over what a planner promised.
    """
    months = case.info.month_names
    return [
        problem("pins", number, "month", row["month"], f"must lie in {months[0]} to {months[-1]}")
        for number, row in rows(case, "pins")
        if row["month"] is not None and not months[0] <= row["month"] <= months[-1]
    ]


def market_pins_have_a_lane(case: Case) -> list[Problem]:
    """A pin on what is shipped to a market has a lane from its plant to that market.

    Without one no car could be shipped.
    """
    served = pairs(case, "lanes", "plant", "market")
    known = set(case.table("markets")["market"])
    return [
        problem("pins", number, "market", row["market"],
                f"no lane leads there from {row['plant']}; add one to lanes.csv")
        for number, row in rows(case, "pins")
        if row["market"] in known and (row["plant"], row["market"]) not in served
    ]  # fmt: skip


def cars_under_way_arrive_in_time(case: Case) -> list[Problem]:
    """Cars under way arrive in or after the first month of the horizon.

    Cars that arrived before stand in ``opening_stock``.
    """
    first = case.info.start
    message = f"must be {first} or later; cars that have arrived belong in opening_stock.csv"
    return [
        problem("in_transit", number, "arrives", row["arrives"], message)
        for number, row in rows(case, "in_transit")
        if row["arrives"] is not None and row["arrives"] < first
    ]


def allocations_touch_the_horizon(case: Case) -> list[Problem]:
    """An allocation has a day inside the horizon.

    One that ends before or starts after is passed over; perhaps a date is wrong. Where a launch
    window gives the start, the one stated is not looked at.
    """
    first, last = horizon(case)
    chosen = pairs(case, "launch_windows", "vehicle", "plant")
    found: list[Problem] = []
    for number, row in rows(case, "allocations"):
        start, end = window(case, row)
        if end < first and start <= end:
            message = f"ends before the horizon, which runs from {first} to {last}"
            found.append(problem("allocations", number, "end", row["end"], message))
        elif start > last and (row["vehicle"], row["plant"]) not in chosen:
            message = f"starts after the horizon, which runs from {first} to {last}"
            found.append(problem("allocations", number, "start", row["start"], message))
    return found


def agreements_lie_in_their_allocation(case: Case) -> list[Problem]:
    """An agreement runs while its vehicle may be built at its plant.

    Before the start of production (the earliest, where it is chosen), or after its end, the
    minimum can only fall short.
    """
    runs = production_windows(case)
    found: list[Problem] = []
    for number, row in rows(case, "agreements"):
        if (row["vehicle"], row["plant"]) not in runs:
            continue
        (start, end), (sop, eop) = window(case, row), runs[row["vehicle"], row["plant"]]
        if start < sop:
            message = f"before the allocation's start of production {sop}"
            found.append(problem("agreements", number, "start", row["start"], message))
        if end > eop:
            message = f"after the allocation's end of production {eop}"
            found.append(problem("agreements", number, "end", row["end"], message))
    return found


def makers_run_the_plant(case: Case) -> list[Problem]:
    """The maker of an agreement runs its plant, and is not the principal.

    Otherwise another plant, or another party, was probably meant.
    """
    plants = lookup(case, "plants", "plant")
    found: list[Problem] = []
    for number, row in rows(case, "agreements"):
        plant = plants.get(row["plant"])
        if plant and plant["organisation"] != row["maker"]:
            message = f"does not run {row['plant']}; {plant['organisation']} does"
            found.append(problem("agreements", number, "maker", row["maker"], message))
        if row["principal"] == row["maker"]:
            message = "is the maker as well; an agreement is between two parties"
            found.append(problem("agreements", number, "principal", row["principal"], message))
    return found


def kit_volumes_are_usual(case: Case) -> list[Problem]:
    """Cars built from kits stay in the volumes that are usual for kits.

    Semi-knocked-down kits usually serve below about 5,000 cars a year, kits in lots below about
    15,000; above, parts are ordered one by one. Looked at: the agreement's minimum, and the pins
    and the published plan summed over a year.
    """
    floors: dict[tuple[str, str], float] = {}
    for _, row in rows(case, "agreements"):
        pair = (row["vehicle"], row["plant"])
        floors[pair] = max(floors.get(pair, 0.0), row["min_per_year"] or 0.0)
    for table, column in (("pins", "minimum"), ("published_plan", "units")):
        built = ((n, r) for n, r in rows(case, table) if r.get("market") is None and r["month"])
        yearly: dict[tuple[str, str, str], float] = {}
        for _, row in built:
            year = (row["vehicle"], row["plant"], row["month"][:4])
            yearly[year] = yearly.get(year, 0.0) + (row[column] or 0.0)
        for (vehicle, plant, _), units in yearly.items():
            floors[vehicle, plant] = max(floors.get((vehicle, plant), 0.0), units)
    found: list[Problem] = []
    for number, row in rows(case, "allocations"):
        units = floors.get((row["vehicle"], row["plant"]), 0.0)
        lots = row["depth"] == "CKD" and row["lot_size"] is not None
        usual = _SKD_USUAL if row["depth"] in ("SKD", "DKD") else _CKD_LOT_USUAL if lots else None
        if usual is not None and units > usual:
            message = f"{plain(units)} cars a year from kits; usual are at most about {usual:,}"
            found.append(problem("allocations", number, "depth", row["depth"], message))
    return found


RULES = (
    dates_are_in_order,
    vehicles_fit_the_shops,
    allocations_have_costs,
    programme_rows_are_allocations,
    lower_bounds_are_not_above_upper,
    pins_fix_something,
    pins_lie_in_the_horizon,
    market_pins_have_a_lane,
    cars_under_way_arrive_in_time,
)
DOUBTS = (
    allocations_touch_the_horizon,
    agreements_lie_in_their_allocation,
    makers_run_the_plant,
    kit_volumes_are_usual,
)
