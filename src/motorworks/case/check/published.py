"""The published plan: it can be built, and bands of agreements have one to go by."""

from motorworks.case.case import Case
from motorworks.case.check.find import Rule, pairs, problem, rows, window
from motorworks.case.dates import add_months, first_day
from motorworks.errors import Problem


def bands_have_a_plan_to_go_by(case: Case) -> list[Problem]:
    """A row of ``flex_bands`` speaks of a firm agreement whose cars the published plan lists.

    Otherwise there is nothing from which a month could move.
    """
    agreements = {row["agreement"]: row for _, row in rows(case, "agreements")}
    published = pairs(case, "published_plan", "vehicle", "plant")
    found: list[Problem] = []
    for number, row in rows(case, "flex_bands"):
        agreement = agreements.get(row["agreement"])
        if agreement is None:
            continue
        if agreement["status"] != "firm":
            message = "is a letter of intent, which binds nothing"
        elif (agreement["vehicle"], agreement["plant"]) not in published:
            message = (
                f"published_plan.csv has no row for {agreement['vehicle']} at {agreement['plant']}"
            )
        else:
            continue
        found.append(problem("flex_bands", number, "agreement", row["agreement"], message))
    return found


def published_cars_can_be_built(case: Case) -> list[Problem]:
    """Cars are published for months in which their allocation runs, or may run.

    In the freeze, or inside a band, no plan could keep to them.
    """
    runs = {
        (row["vehicle"], row["plant"]): window(case, row) for _, row in rows(case, "allocations")
    }
    chosen = pairs(case, "launch_windows", "vehicle", "plant")
    found: list[Problem] = []
    for number, row in rows(case, "published_plan"):
        pair, month = (row["vehicle"], row["plant"]), row["month"]
        if month is None or pair not in runs or pair in chosen or not row["units"]:
            continue
        start, end = runs[pair]
        if first_day(add_months(month, 1)) <= start:
            message = f"production starts on {start}; nothing can be built in {month}"
        elif first_day(month) > end:
            message = f"production ends on {end}; nothing can be built in {month}"
        else:
            continue
        found.append(problem("published_plan", number, "units", row["units"], message))
    return found


RULES: tuple[Rule, ...] = ()
DOUBTS = (bands_have_a_plan_to_go_by, published_cars_can_be_built)
