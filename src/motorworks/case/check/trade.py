"""Trade: every lane has a freight, and every border it crosses a duty on record."""

from motorworks.case.case import Case
from motorworks.case.check.find import area, groups, lookup, pairs, problem, rows
from motorworks.errors import Problem


def lanes_have_a_freight(case: Case) -> list[Problem]:
    """Each lane has a row in ``lane_rates``.

    The plan would ship for nothing on a lane without one.
    """
    rated = set(case.table("lane_rates")["lane"])
    return [
        problem("lanes", number, "lane", row["lane"],
                "has no freight; add a row to lane_rates.csv")
        for number, row in rows(case, "lanes")
        if row["lane"] not in rated
    ]  # fmt: skip


def borders_have_a_duty(case: Case) -> list[Problem]:
    """A lane between customs areas has a duty on record for each drivetrain it may carry.

    Unknown is not zero: where no duty is due, a row says 0.
    """
    plants, markets = lookup(case, "plants", "plant"), lookup(case, "markets", "market")
    countries = lookup(case, "countries", "country")
    recorded: dict[tuple[str, str], set[str]] = {}
    for _, row in rows(case, "tariffs"):
        recorded.setdefault((row["importer"], row["exporter"]), set()).add(row["goods"])
    drives = {row["vehicle"]: row["drivetrain"] for _, row in rows(case, "vehicles")}
    leaving, wanted = _leaving(case), _wanted_by_market(case)
    found: list[Problem] = []
    for number, row in rows(case, "lanes"):
        exporter = area(countries, plants.get(row["plant"]))
        importer = area(countries, markets.get(row["market"]))
        if exporter is None or importer is None or exporter == importer:
            continue
        goods = recorded.get((importer, exporter), set())
        cars = leaving.get(row["plant"], set()) & wanted.get(row["market"], set())
        unknown = sorted({drives[car] for car in cars if car in drives} - goods)
        if unknown and "any" not in goods:
            message = (
                f"no duty on record from {exporter} into {importer} for {', '.join(unknown)}; "
                "add a row to tariffs.csv (0 where none is due)"
            )
            found.append(problem("lanes", number, "lane", row["lane"], message))
    return found


def _leaving(case: Case) -> dict[str, set[str]]:
    """Vehicles that may leave each plant: built there, or standing there."""
    found: dict[str, set[str]] = {}
    for vehicle, plant in pairs(case, "allocations", "vehicle", "plant"):
        found.setdefault(plant, set()).add(vehicle)
    for _, row in rows(case, "opening_stock"):
        if row["plant"] is not None:
            found.setdefault(row["plant"], set()).add(row["vehicle"])
    return found


def _wanted_by_market(case: Case) -> dict[str, set[str]]:
    """Vehicles of each market: wanted, promised, in stock or under way."""
    found: dict[str, set[str]] = {}
    for table in ("demand", "opening_backlog", "opening_stock"):
        for vehicle, market in pairs(case, table, "vehicle", "market"):
            found.setdefault(market, set()).add(vehicle)
    lanes = lookup(case, "lanes", "lane")
    for _, row in rows(case, "in_transit"):
        if row["lane"] in lanes:
            found.setdefault(lanes[row["lane"]]["market"], set()).add(row["vehicle"])
    return found


def duties_are_between_two_areas(case: Case) -> list[Problem]:
    """A duty is levied between two different customs areas.

    Inside one no duty is due, so the row would never be used.
    """
    return [
        problem("tariffs", number, "exporter", row["exporter"],
                "is the importer as well; inside one customs area no duty is due")
        for number, row in rows(case, "tariffs")
        if row["importer"] is not None and row["importer"] == row["exporter"]
    ]  # fmt: skip


def lanes_carry_something(case: Case) -> list[Problem]:
    """A lane starts at a plant that builds or holds a vehicle its market wants.

    Otherwise nothing will ever travel on it.
    """
    leaving, wanted = _leaving(case), _wanted_by_market(case)
    return [
        problem("lanes", number, "lane", row["lane"],
                f"{row['plant']} builds nothing that {row['market']} wants")
        for number, row in rows(case, "lanes")
        if not leaving.get(row["plant"], set()) & wanted.get(row["market"], set())
    ]  # fmt: skip


def origin_rules_are_of_a_known_regime(case: Case) -> list[Problem]:
    """A rule of origin speaks of an agreement that a preference, or some duty, is given under.

    Otherwise it decides nothing.
    """
    regimes = set(case.table("tariffs")["regime"].drop_nulls())
    regimes |= set(case.table("preferences")["regime"])
    return [
        problem("origin_rules", row[0][0], "regime", regime,
                "no row of preferences.csv or tariffs.csv names it")
        for (regime,), row in groups(rows(case, "origin_rules"), "regime").items()
        if regime not in regimes
    ]  # fmt: skip


RULES = (lanes_have_a_freight, borders_have_a_duty, duties_are_between_two_areas)
DOUBTS = (lanes_carry_something, origin_rules_are_of_a_known_regime)
