"""Components: made in shops that are there, of what is at hand, sold and dutiable as they say."""

from motorworks.case.case import Case
from motorworks.case.check.find import area, lookup, pairs, problem, rows
from motorworks.errors import Problem


def made_components_come_from_their_shop(case: Case) -> list[Problem]:
    """A source that is made in a shop names a supplier that is a shop of that plant.

    The shop gives its hours, the supplier the customs area; both must be the same place.
    """
    shops = lookup(case, "shops", "shop")
    suppliers = lookup(case, "suppliers", "supplier")
    found: list[Problem] = []
    for number, row in rows(case, "component_sources"):
        shop, supplier = shops.get(row["shop"]), suppliers.get(row["supplier"])
        if shop and supplier and supplier["plant"] != shop["plant"]:
            message = (
                f"is no supplier at {shop['plant']}, where {row['shop']} makes it; "
                "fill its plant in suppliers.csv, or leave shop blank"
            )
            found.append(problem("component_sources", number, "supplier", row["supplier"], message))
    return found


def components_do_not_need_themselves(case: Case) -> list[Problem]:
    """No component needs itself, be it through others.

    Such a component could never be made.
    """
    needs: dict[str, set[str]] = {}
    for component, needed in pairs(case, "component_needs", "component", "needs"):
        needs.setdefault(component, set()).add(needed)
    return [
        problem("component_needs", number, "needs", row["needs"],
                f"leads back to {row['component']}, which would need itself")
        for number, row in rows(case, "component_needs")
        if row["component"] in _all_needed(needs, row["needs"])
    ]  # fmt: skip


def _all_needed(needs: dict[str, set[str]], component: str) -> set[str]:
    """A component, what it needs, what that needs, and so on."""
    found, open_ = {component}, [component]
    while open_:
        more = needs.get(open_.pop(), set()) - found
        found |= more
        open_ += more
    return found


def sold_components_have_a_source(case: Case) -> list[Problem]:
    """What others would take from a plant has a source there.

    Without one nothing could be sold, and the plan would not say so.
    """
    sourced = pairs(case, "component_sources", "component", "plant")
    return [
        problem("component_sales", number, "component", row["component"],
                f"has no source at {row['plant']}; add a row to component_sources.csv")
        for number, row in rows(case, "component_sales")
        if (row["component"], row["plant"]) not in sourced
    ]  # fmt: skip


def borders_have_a_duty_on_parts(case: Case) -> list[Problem]:
    """A source with a customs value from another area has a duty on ``parts`` on record.

    Rows for cars say nothing of parts. Unknown is not zero: where no duty is due, a row says 0.
    """
    suppliers, plants = lookup(case, "suppliers", "supplier"), lookup(case, "plants", "plant")
    countries = lookup(case, "countries", "country")
    known = {
        (row["importer"], row["exporter"])
        for _, row in rows(case, "tariffs")
        if row["goods"] == "parts"
    }
    found: list[Problem] = []
    for number, row in rows(case, "component_sources"):
        importer = area(countries, plants.get(row["plant"]))
        exporter = area(countries, suppliers.get(row["supplier"]))
        if row["value"] is None or importer is None or exporter in {None, importer}:
            continue
        if (importer, exporter) not in known:
            message = (
                f"no duty on parts on record from {exporter} into {importer}; add a row for parts "
                "to tariffs.csv (0 where none is due)"
            )
            found.append(problem("component_sources", number, "value", row["value"], message))
    return found


def needs_are_of_components_made_in_house(case: Case) -> list[Problem]:
    """What a component needs counts only where a shop makes it.

    A component that is bought comes with what it needs, so the row would never be used.
    """
    made = {row["component"] for _, row in rows(case, "component_sources") if row["shop"]}
    return [
        problem("component_needs", number, "component", row["component"],
                "no row of component_sources.csv makes it in a shop")
        for number, row in rows(case, "component_needs")
        if row["component"] not in made
    ]  # fmt: skip


def shops_that_make_components_have_a_rate(case: Case) -> list[Problem]:
    """A shop that makes components has a pace.

    Without one it makes any number of them.
    """
    rated = set(case.table("shop_rates")["shop"])
    shops = set(case.table("shops")["shop"])
    return [
        problem("component_sources", number, "shop", row["shop"],
                "has no pace, so it makes any number; add a row to shop_rates.csv")
        for number, row in rows(case, "component_sources")
        if row["shop"] in shops and row["shop"] not in rated
    ]  # fmt: skip


RULES = (
    made_components_come_from_their_shop,
    components_do_not_need_themselves,
    sold_components_have_a_source,
    borders_have_a_duty_on_parts,
)
DOUBTS = (needs_are_of_components_made_in_house, shops_that_make_components_have_a_rate)
