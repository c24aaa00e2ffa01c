"""Lanes and ports: lots that fit the space, spot space that adds to some, ports that are named."""

from motorworks.case.case import Case
from motorworks.case.check.find import Rule, plain, problem, rows
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem

_BY_PORT = ("roro", "container")


def lots_fit_the_space(case: Case) -> list[Problem]:
    """The least lot of a lane fits into the space it has at best, held and spot.

    Otherwise nothing can ever leave on it.
    """
    held, spot = _most(case, "sailings"), _most(case, "spot_space")
    found: list[Problem] = []
    for number, row in rows(case, "lanes"):
        lot, lane = row["min_lot_ceu"] or 0.0, row["lane"]
        space = held.get(lane, float("inf")) + spot.get(lane, 0.0)
        if lot > space:
            message = f"the lane holds at most {plain(space)} CEU a month; nothing can leave on it"
            found.append(problem("lanes", number, "min_lot_ceu", lot, message))
    return found


def _most(case: Case, table: str) -> dict[str, float]:
    """Most CEU a month that each lane ever has in a table."""
    most: dict[str, float] = {}
    for _, row in rows(case, table):
        if table == "sailings":
            ceu = (row["sailings_per_month"] or 0.0) * (row["allotment_ceu"] or 0.0)
        else:
            ceu = row["ceu"] or 0.0
        most[row["lane"]] = max(most.get(row["lane"], 0.0), ceu)
    return most


def spot_space_adds_to_sailings(case: Case) -> list[Problem]:
    """Spot space is offered on a lane with rows in ``sailings``.

    A lane without them has no limit, so that nobody would pay for more.
    """
    held = set(case.table("sailings")["lane"])
    lanes = set(case.table("lanes")["lane"])
    return [
        problem("spot_space", number, "lane", row["lane"],
                "has no limit without a row in sailings.csv; no spot space will be taken")
        for number, row in rows(case, "spot_space")
        if row["lane"] in lanes and row["lane"] not in held
    ]  # fmt: skip


def ports_are_on_a_lane(case: Case) -> list[Problem]:
    """A port is named by a plant or market with a lane by car carrier or container.

    Otherwise its room limits nothing.
    """
    used = {port for _, _, port in _ports_used(case)}
    return [
        problem("ports", number, "port", row["port"],
                "is no port of a plant or market with a lane by roro or container"
                + did_you_mean(row["port"], used))
        for number, row in rows(case, "ports")
        if row["port"] is not None and row["port"] not in used
    ]  # fmt: skip


def used_ports_have_room_on_record(case: Case) -> list[Problem]:
    """Where ``ports`` has rows, it has one for each port that a lane uses.

    One that is not there is taken to have room for any number of cars.
    """
    known = case.table("ports")["port"].drop_nulls().to_list()
    return [
        problem(table, number, "port", port,
                f"does not stand in ports.csv and limits nothing{did_you_mean(port, known)}")
        for table, number, port in _ports_used(case)
        if known and port not in known
    ]  # fmt: skip


def _ports_used(case: Case) -> list[tuple[str, int, str]]:
    """Table, row and port of the plants and markets whose lanes touch their port."""
    lanes = [row for _, row in rows(case, "lanes") if row["mode"] in _BY_PORT]
    found: list[tuple[str, int, str]] = []
    for table, column in (("plants", "plant"), ("markets", "market")):
        places = {row[column] for row in lanes}
        found += [
            (table, number, row["port"])
            for number, row in rows(case, table)
            if row["port"] is not None and row[column] in places
        ]
    return found


RULES: tuple[Rule, ...] = ()
DOUBTS = (
    lots_fit_the_space,
    spot_space_adds_to_sailings,
    ports_are_on_a_lane,
    used_ports_have_room_on_record,
)
