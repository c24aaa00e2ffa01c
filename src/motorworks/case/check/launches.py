"""Launches to choose from: a start and an end that can come, vehicles that may run side by side."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from motorworks.case.case import Case
from motorworks.case.check.capacity import shops_of_allocations
from motorworks.case.check.find import Row, lookup, pairs, plain, problem, rows, window
from motorworks.case.dates import months_between
from motorworks.case.wording import counted
from motorworks.errors import Problem

Months = range


def launch_windows_are_in_order(case: Case) -> list[Problem]:
    """The first month of a launch window is not after its last, for the start and for the end.

    A site window and the window of a conversion as well.
    """
    spans = (
        ("launch_windows", "earliest", "latest"),
        ("launch_windows", "end_earliest", "end_latest"),
        ("site_windows", "earliest", "latest"),
        ("conversions", "earliest", "latest"),
    )
    return [
        problem(table, number, last, row[last], f"is before {first}, {row[first]}")
        for table, first, last in spans
        for number, row in rows(case, table)
        if row[first] is not None and row[last] is not None and row[first] > row[last]
    ]


def launches_that_must_come_can_come(case: Case) -> list[Problem]:
    """A start that must come has a month: in the horizon, after its lead time, before its end.

    A launch must come where it is not optional and ``latest`` lies in the horizon. From its start
    it runs ``min_run_months`` at the least before the end of the allocation.
    """
    return [
        problem("launch_windows", number, "latest", row["latest"], message)
        for number, row, message in _without_a_start(case)
        if must_start(case, row)
    ]


def launches_can_come(case: Case) -> list[Problem]:
    """A start that may come has a month in the horizon.

    Otherwise the plan never builds it; perhaps a date is wrong.
    """
    return [
        problem("launch_windows", number, "earliest", row["earliest"], message)
        for number, row, message in _without_a_start(case)
        if not must_start(case, row)
    ]


def _without_a_start(case: Case) -> Iterator[tuple[int, Row, str]]:
    """Launch windows in order without a month to start in, and why."""
    for number, row, allocation in launches(case):
        late = row["latest"] is not None and row["earliest"] > row["latest"]
        if not late and not start_months(case, row, allocation):
            lead = counted(allocation["lead_months"] or 0, "month")
            run = counted(max(row["min_run_months"] or 0, 1), "month")
            end = f" before its end {allocation['end']}" if allocation["end"] else ""
            message = (
                f"leaves no month to start in: the horizon begins {case.info.start} and lasts "
                f"{counted(case.info.months, 'month')}, the decision takes {lead}, "
                f"and it runs {run}{end}"
            )
            yield number, row, message


def launches_can_end(case: Case) -> list[Problem]:
    """A month that may be the last lies in the horizon, and a start can come early enough for it.

    An end must come where ``end_latest`` lies in the horizon.
    """
    found: list[Problem] = []
    for number, row, allocation in launches(case):
        starts = start_months(case, row, allocation)
        last = _number(case, row["end_latest"], case.info.months - 1)
        late = row["end_earliest"] is not None and _number(case, row["end_earliest"], 0) > last
        if row["end_latest"] is None or late or not starts:
            continue
        soonest = starts[0] + max(row["min_run_months"] or 0, 1) - 1
        if last < soonest:
            message = f"ends sooner than {case.info.month_names[starts[0]]}, the first month " + (
                f"to start in, and {counted(row['min_run_months'] or 1, 'month')} of running allow"
            )
            found.append(
                problem("launch_windows", number, "end_latest", row["end_latest"], message)
            )
    return found


def line_rules_are_of_two_vehicles(case: Case) -> list[Problem]:
    """A line rule speaks of two different vehicles."""
    return [
        problem("line_rules", number, "other", row["other"], "is the same vehicle")
        for number, row in rows(case, "line_rules")
        if row["vehicle"] == row["other"]
    ]


def line_rules_and_conversions_are_of_allocations(case: Case) -> list[Problem]:
    """The vehicles of a line rule, and that of a conversion, are allocated to its plant.

    Otherwise they do not run there at all.
    """
    allocated = pairs(case, "allocations", "vehicle", "plant")
    vehicles, plants = set(case.table("vehicles")["vehicle"]), set(case.table("plants")["plant"])
    return [
        problem(table, number, column, row[column],
                f"is not allocated to {row['plant']}; add the pair to allocations.csv")
        for table, columns in (("line_rules", ("vehicle", "other")), ("conversions", ("vehicle",)))
        for number, row in rows(case, table)
        for column in columns
        if row[column] in vehicles and row["plant"] in plants
        and (row[column], row["plant"]) not in allocated
    ]  # fmt: skip


def line_rules_can_be_kept(case: Case) -> list[Problem]:
    """Two vehicles whose starts are not chosen do not break the rule between them.

    Kept apart they share no month of the horizon; together they run in the same months.
    """
    given = fixed_months(case)
    found: list[Problem] = []
    for number, row in rows(case, "line_rules"):
        first, second = (
            given.get((row[vehicle], row["plant"])) for vehicle in ("vehicle", "other")
        )
        if first is None or second is None or row["vehicle"] == row["other"]:
            continue
        wrong = first & second if row["kind"] == "apart" else first ^ second
        if wrong:
            how = "both run" if row["kind"] == "apart" else "only one of them runs"
            message = f"{how} in {_spans(case, wrong)}, and neither has a launch window"
            found.append(problem("line_rules", number, "kind", row["kind"], message))
    return found


def models_fit_the_plant(case: Case) -> list[Problem]:
    """A plant or shop holds at most ``models_max`` models and ``platforms_max`` platforms a month.

    Looked at: vehicles whose start is not chosen; in a shop, those with work in it.
    """
    given = fixed_months(case)
    vehicles = lookup(case, "vehicles", "vehicle")
    passed = shops_of_allocations(case)
    found: list[Problem] = []
    for table in ("plants", "shops"):
        for number, place in rows(case, table):
            here = {
                pair: months
                for pair, months in given.items()
                if pair[0] in vehicles
                and pair[1] == place["plant"]
                and (
                    table == "plants"
                    or any(shop["shop"] == place["shop"] for shop, _ in passed.get(pair, []))
                )
            }
            names = {pair: vehicles[pair[0]] for pair in here}
            held = {
                "models_max": {pair: names[pair]["model"] or pair[0] for pair in here},
                "platforms_max": {pair: names[pair]["platform"] for pair in here},
            }
            for column, groups in held.items():
                found += _too_many(case, table, number, place, column, groups, here)
    return found


def _too_many(
    case: Case,
    table: str,
    number: int,
    place: Row,
    column: str,
    groups: dict[tuple[str, str], str],
    here: dict[tuple[str, str], set[int]],
) -> list[Problem]:
    """The first month in which a place holds more than it may."""
    most = place[column]
    for month in range(case.info.months) if most is not None else ():
        held = sorted({groups[pair] for pair, months in here.items() if month in months})
        if len(held) > most:
            name = case.info.month_names[month]
            message = f"in {name} it is allocated {plain(len(held))}: {', '.join(held)}"
            return [problem(table, number, column, most, message)]
    return []


def launches(case: Case) -> list[tuple[int, Row, Row]]:
    """Launch windows with their numbers and the allocations that they are of."""
    allocated = {(row["vehicle"], row["plant"]): row for _, row in rows(case, "allocations")}
    return [
        (number, row, allocated[row["vehicle"], row["plant"]])
        for number, row in rows(case, "launch_windows")
        if (row["vehicle"], row["plant"]) in allocated
    ]


def must_start(case: Case, row: Row) -> bool:
    """Whether a launch must come in the horizon."""
    return not row["optional"] and _number(case, row["latest"], 10**6) < case.info.months


def start_months(case: Case, row: Row, allocation: Row) -> Months:
    """Months of the horizon in which production may start."""
    first = max(_number(case, row["earliest"], 0), allocation["lead_months"] or 0, 0)
    last = min(_number(case, row["latest"], case.info.months), case.info.months - 1)
    end = _end(case, allocation)
    if end < case.info.months:
        last = min(last, end, end - (row["min_run_months"] or 0) + 1)
    return range(first, last + 1)


def fixed_months(case: Case) -> dict[tuple[str, str], set[int]]:
    """Months of the horizon that touch each allocation without a launch window."""
    chosen = pairs(case, "launch_windows", "vehicle", "plant")
    return {
        (row["vehicle"], row["plant"]): {
            month
            for month in range(case.info.months)
            if _day_month(case, window(case, row)[0], 0) <= month <= _end(case, row)
        }
        for _, row in rows(case, "allocations")
        if (row["vehicle"], row["plant"]) not in chosen
    }


def _end(case: Case, allocation: Row) -> int:
    return _day_month(case, window(case, allocation)[1], 10**6)


def _day_month(case: Case, day: Any, far: int) -> int:
    """Month of a day, counted from the first of the horizon; ``far`` for a day without end."""
    if day.year in (1, 9999):
        return far
    return months_between(case.info.start, f"{day:%Y-%m}")


def _number(case: Case, month: str | None, blank: int) -> int:
    return blank if month is None else months_between(case.info.start, month)


def _spans(case: Case, months: set[int]) -> str:
    """Months as spans of their names."""
    names = case.info.month_names
    runs = [
        [month for _, month in run]
        for _, run in groupby(enumerate(sorted(months)), lambda item: item[1] - item[0])
    ]
    return ", ".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]} to {names[run[-1]]}" for run in runs
    )


RULES = (
    launch_windows_are_in_order,
    launches_that_must_come_can_come,
    launches_can_end,
    line_rules_are_of_two_vehicles,
    line_rules_and_conversions_are_of_allocations,
    line_rules_can_be_kept,
    models_fit_the_plant,
)
DOUBTS = (launches_can_come,)
