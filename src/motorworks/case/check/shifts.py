"""Shifts to choose from: the plan in force is one of them, heads, hours and notice make sense."""

from motorworks.case.case import Case
from motorworks.case.check.capacity import plant_paces
from motorworks.case.check.find import Row, groups, lookup, plain, problem, rows
from motorworks.errors import Problem

_LONGEST_MONTH_H = 31 * 24.0
_WEEKS_PER_YEAR = 366.0 / 7.0


def plants_with_shifts_have_a_calendar(case: Case) -> list[Problem]:
    """A plant in ``shift_options`` or ``workforces`` has a row in the shift calendar.

    Its pattern is the one worked before the horizon, during the notice, or all the time. Plants
    that build cars are told so in any case.
    """
    staffed = set(case.table("shift_calendar")["plant"]) | set(case.table("allocations")["plant"])
    plants = set(case.table("plants")["plant"])
    return [
        problem(table, number, "plant", row["plant"],
                "has no shift pattern; add a row to shift_calendar.csv")
        for table in ("shift_options", "workforces")
        for number, row in rows(case, table)
        if row["plant"] in plants and row["plant"] not in staffed
    ]  # fmt: skip


def planned_patterns_may_be_chosen(case: Case) -> list[Problem]:
    """The pattern that the calendar has on the first day of a month is among the plant's options.

    The plan starts from it, and keeps it until the notice has run out.
    """
    options = _options(case)
    found: dict[int, Problem] = {}
    for plant, months in _planned(case).items():
        for number, row in months if plant in options else []:
            if row["pattern"] not in options[plant]:
                message = (
                    f"is planned, but may not be chosen there; options: "
                    f"{', '.join(options[plant])}; add a row to shift_options.csv"
                )
                found.setdefault(
                    number, problem("shift_calendar", number, "pattern", row["pattern"], message)
                )
    return list(found.values())


def planned_changes_keep_the_least_stay(case: Case) -> list[Problem]:
    """During the notice the calendar keeps each pattern that it changes to for the least stay.

    The plan is bound to both. A plant that may open or close is not bound by the notice.
    """
    options, planned = _options(case), _planned(case)
    sites = {row["plant"] for _, row in rows(case, "site_windows") if row["shop"] is None}
    found: list[Problem] = []
    for number, row in rows(case, "workforces"):
        months = planned.get(row["plant"], []) if row["plant"] in options else []
        bound = [entry["pattern"] for _, entry in months[: row["notice_months"] or 0]]
        stay = row["min_stay_months"] or 1
        if row["plant"] in sites:
            continue
        for month, pattern in enumerate(bound[1:], start=1):
            kept = bound[month : month + stay]
            if pattern != bound[month - 1] and set(kept) != {pattern}:
                message = (
                    f"the calendar changes to {pattern} in {case.info.month_names[month]} and "
                    f"leaves it again sooner, within the notice of {row['notice_months']} months"
                )
                found.append(problem("workforces", number, "min_stay_months", stay, message))
                break
    return found


def heads_are_given_where_they_cost(case: Case) -> list[Problem]:
    """Patterns that a plant may choose have ``heads`` where its people cost money.

    A blank counts as nobody, so that the pattern would cost nothing.
    """
    paid = {
        row["plant"]
        for _, row in rows(case, "workforces")
        if row["head_cost"] or row["hire_cost"] or row["release_cost"]
    }
    chosen = {row["pattern"] for _, row in rows(case, "shift_options") if row["plant"] in paid}
    return [
        problem("shift_patterns", number, "heads", None,
                "a plant pays its people and may choose this pattern; say how many it needs")
        for number, row in rows(case, "shift_patterns")
        if row["pattern"] in chosen and row["heads"] is None
    ]  # fmt: skip


def extra_hours_fit_the_month(case: Case) -> list[Problem]:
    """Overtime and weekend work of a plant together are at most the hours of a month.

    They are hours of the plant, not of its people.
    """
    found: list[Problem] = []
    for number, row in rows(case, "workforces"):
        total = (row["overtime_hours_max"] or 0.0) + (row["weekend_hours_max"] or 0.0)
        if total > _LONGEST_MONTH_H:
            message = (
                f"with weekend_hours_max {plain(total)} h a month; at most "
                f"{plain(_LONGEST_MONTH_H)}: hours of the plant, not of its people"
            )
            value = row["overtime_hours_max"]
            found.append(problem("workforces", number, "overtime_hours_max", value, message))
    return found


def time_accounts_can_be_filled(case: Case) -> list[Problem]:
    """A plant with a time account has overtime hours, which is what is put into it.

    Without them the account stays empty.
    """
    return [
        problem("workforces", number, "account_hours", row["account_hours"],
                "nothing can be put in while overtime_hours_max is 0")
        for number, row in rows(case, "workforces")
        if row["account_hours"] and not row["overtime_hours_max"]
    ]  # fmt: skip


def terms_of_shifts_have_a_choice(case: Case) -> list[Problem]:
    """Notice, stay and the cost of heads are filled only for plants with shift options.

    Elsewhere the pattern is given, and they have no effect.
    """
    options = _options(case)
    found: list[Problem] = []
    for number, row in rows(case, "workforces"):
        for column in ("notice_months", "head_cost", "hire_cost", "release_cost"):
            if row["plant"] not in options and row[column]:
                message = f"has no effect: {row['plant']} has no row in shift_options.csv"
                found.append(problem("workforces", number, column, row[column], message))
    return found


def planned_overtime_is_not_chosen(case: Case) -> list[Problem]:
    """The calendar of a plant that chooses its shifts plans no overtime in the horizon.

    Such a plant works its pattern without it; extra hours are chosen, within ``workforces``.
    """
    options = _options(case)
    found: dict[int, Problem] = {}
    for plant, months in _planned(case).items():
        for number, row in months if plant in options else []:
            if row["overtime_min"]:
                message = f"has no effect: {plant} chooses its shifts and extra hours"
                found.setdefault(
                    number,
                    problem("shift_calendar", number, "overtime_min", row["overtime_min"], message),
                )
    return list(found.values())


def volumes_that_justify_can_be_built(case: Case) -> list[Problem]:
    """A pattern to choose from reaches the volume that justifies it, at the pace of the plant.

    Else it is never chosen.
    """
    paces, options = plant_paces(case), _options(case)
    found: list[Problem] = []
    for number, row in rows(case, "shift_patterns"):
        hours = (row["shifts_per_day"] or 0) * (row["minutes_per_shift"] or 0.0) / 60.0
        year = hours * (row["days_per_week"] or 0) * _WEEKS_PER_YEAR
        most = [
            paces[plant] * year
            for plant, patterns in options.items()
            if row["pattern"] in patterns and plant in paces
        ]
        if most and row["volume_min"] and row["volume_min"] > max(most):
            message = f"in that pattern a year gives at most {plain(round(max(most)))}"
            value = row["volume_min"]
            found.append(problem("shift_patterns", number, "volume_min", value, message))
    return found


def _options(case: Case) -> dict[str, list[str]]:
    """Patterns that each plant may choose from."""
    return {
        plant: [row["pattern"] for _, row in own]
        for (plant,), own in groups(rows(case, "shift_options"), "plant").items()
    }


def _planned(case: Case) -> dict[str, list[tuple[int, Row]]]:
    """Row of the calendar in force on the first day of each month, by plant."""
    patterns = lookup(case, "shift_patterns", "pattern")
    planned: dict[str, list[tuple[int, Row]]] = {}
    for (plant,), own in groups(rows(case, "shift_calendar"), "plant").items():
        known = [entry for entry in own if entry[1]["start"] and entry[1]["pattern"] in patterns]
        steps = sorted(known, key=lambda entry: str(entry[1]["start"]))
        if steps:
            planned[plant] = [
                max((s for s in steps if s[1]["start"] <= f"{month}-01"), default=steps[0],
                    key=lambda entry: str(entry[1]["start"]))
                for month in case.info.month_names
            ]  # fmt: skip
    return planned


RULES = (
    plants_with_shifts_have_a_calendar,
    planned_patterns_may_be_chosen,
    planned_changes_keep_the_least_stay,
    heads_are_given_where_they_cost,
    extra_hours_fit_the_month,
)
DOUBTS = (
    time_accounts_can_be_filled,
    terms_of_shifts_have_a_choice,
    planned_overtime_is_not_chosen,
    volumes_that_justify_can_be_built,
)
