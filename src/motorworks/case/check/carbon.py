"""Carbon: limits that can bind, goals that cost something, power whose carbon is known."""

from motorworks.case.case import Case
from motorworks.case.check.find import Rule, horizon, lookup, problem, rows
from motorworks.errors import Problem


def carbon_limits_fall_in_the_horizon(case: Case) -> list[Problem]:
    """A cap or goal is for a calendar year of the horizon.

    One for another year holds nothing.
    """
    first, last = horizon(case)
    return [
        problem("carbon_limits", number, "year", row["year"],
                f"lies outside the horizon, {first.year} to {last.year}")
        for number, row in rows(case, "carbon_limits")
        if row["year"] is not None and not first.year <= row["year"] <= last.year
    ]  # fmt: skip


def goals_cost_something(case: Case) -> list[Problem]:
    """A goal for carbon has a cost above it, a cap has none.

    A goal that is missed for nothing moves no plan; a cap is never passed, so nobody pays.
    """
    found: list[Problem] = []
    for number, row in rows(case, "carbon_limits"):
        if row["kind"] == "goal" and not row["excess_cost"]:
            message = "is missed for nothing; fill it, or make the row a cap"
        elif row["kind"] == "cap" and row["excess_cost"]:
            message = "is never paid: a cap may not be passed; make the row a goal, or clear it"
        else:
            continue
        found.append(problem("carbon_limits", number, "excess_cost", row["excess_cost"], message))
    return found


def limits_have_carbon_to_count(case: Case) -> list[Problem]:
    """Where carbon is limited, something gives it off: footprints, meters or lanes.

    Otherwise the limit holds nothing.
    """
    counted = case.table("footprints").height + case.table("meters").height
    if counted or case.table("lanes")["co2_kg_per_ceu"].count():
        return []
    message = "nothing counts: no footprint, no meter, and no lane with co2_kg_per_ceu"
    return [
        problem("carbon_limits", number, "tonnes", row["tonnes"], message)
        for number, row in rows(case, "carbon_limits")
    ]


def power_has_a_factor(case: Case) -> list[Problem]:
    """A meter of electricity has a factor of its own, or its country's grid has one.

    Otherwise its power counts as free of carbon.
    """
    plants = lookup(case, "plants", "plant")
    known = {row["country"] for _, row in rows(case, "grid_factors") if row["method"] == "location"}
    return [
        problem("meters", number, "kg_per_mwh", None,
                f"counts as free of carbon; fill it, or add {plants[row['plant']]['country']} to "
                "grid_factors.csv")
        for number, row in rows(case, "meters")
        if row["carrier"] == "electricity" and row["kg_per_mwh"] is None
        and row["plant"] in plants and plants[row["plant"]]["country"] not in known
    ]  # fmt: skip


RULES: tuple[Rule, ...] = ()
DOUBTS = (
    carbon_limits_fall_in_the_horizon,
    goals_cost_something,
    limits_have_carbon_to_count,
    power_has_a_factor,
)
