"""Origin: agreements that say how to count, between areas, of cars that are built."""

from motorworks.case.case import Case
from motorworks.case.check.find import Rule, pairs, problem, rows
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem


def preferences_have_a_rule(case: Case) -> list[Problem]:
    """A preferential duty is of an agreement with a rule of origin.

    Without a rule no car could claim origin, and the duty would never be used.
    """
    ruled = sorted(set(case.table("origin_rules")["regime"].drop_nulls()))
    return [
        problem("preferences", number, "regime", row["regime"],
                f"has no rule in origin_rules.csv{did_you_mean(row['regime'], ruled)}")
        for number, row in rows(case, "preferences")
        if row["regime"] is not None and row["regime"] not in ruled
    ]  # fmt: skip


def preferences_are_between_two_areas(case: Case) -> list[Problem]:
    """A preference is given between two different customs areas.

    Inside one no duty is due.
    """
    return [
        problem("preferences", number, "exporter", row["exporter"],
                "is the importer as well; inside one customs area no duty is due")
        for number, row in rows(case, "preferences")
        if row["importer"] is not None and row["importer"] == row["exporter"]
    ]  # fmt: skip


def content_is_of_a_known_regime(case: Case) -> list[Problem]:
    """Local content, and the areas of an agreement, speak of one that rules on origin.

    A misspelt name would count nothing as originating.
    """
    ruled = sorted(set(case.table("origin_rules")["regime"].drop_nulls()))
    return [
        problem(table, number, "regime", row["regime"],
                f"has no rule in origin_rules.csv{did_you_mean(row['regime'], ruled)}")
        for table in ("regime_areas", "local_content")
        for number, row in rows(case, table)
        if row["regime"] is not None and row["regime"] not in ruled
    ]  # fmt: skip


def content_is_of_cars_that_are_built(case: Case) -> list[Problem]:
    """Local content is that of a vehicle at a plant that builds it.

    Otherwise the row would never be used.
    """
    built = pairs(case, "allocations", "vehicle", "plant")
    vehicles, plants = set(case.table("vehicles")["vehicle"]), set(case.table("plants")["plant"])
    return [
        problem("local_content", number, "vehicle", row["vehicle"],
                f"is not built at {row['plant']}; see allocations.csv")
        for number, row in rows(case, "local_content")
        if row["vehicle"] in vehicles and row["plant"] in plants
        and (row["vehicle"], row["plant"]) not in built
    ]  # fmt: skip


RULES = (
    preferences_have_a_rule,
    preferences_are_between_two_areas,
    content_is_of_a_known_regime,
    content_is_of_cars_that_are_built,
)
DOUBTS: tuple[Rule, ...] = ()
