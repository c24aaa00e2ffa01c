"""Supply: components, cells, parts and power come from where they can come from."""

from motorworks.case.case import Case
from motorworks.case.check.find import groups, lookup, pairs, plain, problem, rows
from motorworks.errors import Problem

_WHOLE = 100.0
_SLACK = 0.01
_PACK_SLACK = 0.15


def cells_go_into_battery_packs(case: Case) -> list[Problem]:
    """A source that draws on a supply of cells delivers a battery pack whose energy is known.

    The plan counts cells by the ``kwh`` of the pack; without it they would be free.
    """
    components = lookup(case, "components", "component")
    found: list[Problem] = []
    for number, row in rows(case, "component_sources"):
        component = components.get(row["component"])
        if row["cell_supply"] is None or component is None:
            continue
        if component["kind"] != "battery_pack":
            message = f"{row['component']} is no battery pack ({component['kind']}); leave it blank"
        elif not component["kwh"]:
            message = f"fill kwh of {row['component']} in components.csv, so that cells are counted"
        else:
            continue
        found.append(
            problem("component_sources", number, "cell_supply", row["cell_supply"], message)
        )
    return found


def electric_cars_have_no_engine(case: Case) -> list[Problem]:
    """A battery electric vehicle uses no engine, a car without a plug no large battery pack.

    A wrong drivetrain would be charged the wrong duty and be sent to the wrong shop.
    """
    drives = {row["vehicle"]: row["drivetrain"] for _, row in rows(case, "vehicles")}
    kinds = {row["component"]: row["kind"] for _, row in rows(case, "components")}
    found: list[Problem] = []
    for number, row in rows(case, "component_use"):
        drive, kind = drives.get(row["vehicle"]), kinds.get(row["component"])
        if (drive, kind) in (("BEV", "engine"), ("ICE", "battery_pack")):
            message = f"is a{'n' if kind == 'engine' else ''} {kind}; {row['vehicle']} is a {drive}"
            found.append(problem("component_use", number, "component", row["component"], message))
    return found


def house_suppliers_stand_in_the_plants_country(case: Case) -> list[Problem]:
    """A supplier that is a shop of a plant stands in the plant's country.

    Local content is counted by country.
    """
    plants = lookup(case, "plants", "plant")
    return [
        problem("suppliers", number, "country", row["country"],
                f"must be {plants[row['plant']]['country']}, where its plant {row['plant']} stands")
        for number, row in rows(case, "suppliers")
        if row["plant"] in plants and row["country"] != plants[row["plant"]]["country"]
    ]  # fmt: skip


def part_shares_add_up(case: Case) -> list[Problem]:
    """The shares of a part's suppliers at a plant add up to 100 %.

    Less leaves cars without the part; more buys too many.
    """
    return [
        problem("part_sources", same[0][0], "share_pct", same[0][1]["share_pct"],
                f"the shares of {part} at {plant} add up to {plain(total)} %; must be 100 %")
        for (part, plant), same in groups(rows(case, "part_sources"), "part", "plant").items()
        for total in [sum(row["share_pct"] or 0.0 for _, row in same)]
        if abs(total - _WHOLE) > _SLACK
    ]  # fmt: skip


def power_stays_on_its_grid(case: Case) -> list[Problem]:
    """A power contract serves plants in the country whose grid it feeds.

    Power bought in France makes no plant in Korea greener.
    """
    plants = lookup(case, "plants", "plant")
    contracts = lookup(case, "power_contracts", "contract")
    found: list[Problem] = []
    for number, row in rows(case, "contract_sites"):
        plant, contract = plants.get(row["plant"]), contracts.get(row["contract"])
        if plant and contract and plant["country"] != contract["country"]:
            message = f"stands in {plant['country']}; the contract feeds {contract['country']}"
            found.append(problem("contract_sites", number, "plant", row["plant"], message))
    return found


def sources_are_used(case: Case) -> list[Problem]:
    """A component is delivered to, or in store at, a plant with a use for it.

    It builds a vehicle using it, sells it, or makes another component of it. Elsewhere it would
    never be used.
    """
    used = pairs(case, "component_use", "vehicle", "component")
    built = pairs(case, "allocations", "vehicle", "plant")
    needed = {(part, plant) for car, plant in built for user, part in used if user == car}
    needed |= pairs(case, "component_sales", "component", "plant")
    needed |= _needed_by_shops(case)
    plants = set(case.table("plants")["plant"])
    parts = set(case.table("components")["component"])
    return [
        problem(table, number, "plant", row["plant"],
                f"has no use for {row['component']}: no vehicle, no sale, no shop")
        for table in ("component_sources", "opening_components")
        for number, row in rows(case, table)
        if row["plant"] in plants and row["component"] in parts
        and (row["component"], row["plant"]) not in needed
    ]  # fmt: skip


def _needed_by_shops(case: Case) -> set[tuple[str, str]]:
    """Components, and the plants whose shops make others of them."""
    shops = lookup(case, "shops", "shop")
    needs = pairs(case, "component_needs", "component", "needs")
    return {
        (needed, shops[row["shop"]]["plant"])
        for _, row in rows(case, "component_sources")
        if row["shop"] in shops
        for component, needed in needs
        if component == row["component"]
    }


def packs_match_the_vehicle(case: Case) -> list[Problem]:
    """The packs of a vehicle hold about the energy its ``battery_kwh`` says, within 15 %.

    Gross and usable energy differ by some percent; more points to a wrong pack.
    """
    packs = {r["component"]: r["kwh"] for _, r in rows(case, "components") if r["kwh"]}
    energy: dict[str, float] = {}
    for _, row in rows(case, "component_use"):
        held = packs.get(row["component"], 0.0) * (row["quantity"] or 0.0)
        energy[row["vehicle"]] = energy.get(row["vehicle"], 0.0) + held
    return [
        problem("vehicles", number, "battery_kwh", row["battery_kwh"],
                f"its battery packs hold {plain(energy[row['vehicle']])} kWh")
        for number, row in rows(case, "vehicles")
        if row["battery_kwh"] and energy.get(row["vehicle"])
        and abs(energy[row["vehicle"]] / row["battery_kwh"] - 1) > _PACK_SLACK
    ]  # fmt: skip


RULES = (
    cells_go_into_battery_packs,
    electric_cars_have_no_engine,
    house_suppliers_stand_in_the_plants_country,
    part_shares_add_up,
    power_stays_on_its_grid,
)
DOUBTS = (sources_are_used, packs_match_the_vehicle)
