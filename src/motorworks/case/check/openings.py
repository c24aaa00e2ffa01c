"""Sites that open or close, and conversions: windows that can be met, nothing named twice."""

import datetime as dt

from motorworks.case.case import Case
from motorworks.case.check.capacity import shops_of_allocations
from motorworks.case.check.find import Row, groups, lookup, problem, rows, window
from motorworks.case.check.launches import launches, must_start, start_months
from motorworks.case.dates import first_day, months_between
from motorworks.case.wording import counted
from motorworks.errors import Problem


def sites_name_a_shop_of_their_plant(case: Case) -> list[Problem]:
    """The shop of a site belongs to its plant."""
    shops = lookup(case, "shops", "shop")
    return [
        problem("site_windows", number, "shop", row["shop"],
                f"belongs to {shops[row['shop']]['plant']}, not to {row['plant']}")
        for number, row in rows(case, "site_windows")
        if row["shop"] in shops and shops[row["shop"]]["plant"] != row["plant"]
    ]  # fmt: skip


def sites_are_named_once(case: Case) -> list[Problem]:
    """A plant, or a shop, is a site once.

    Two choices of one place would contradict each other.
    """
    return [
        problem("site_windows", number, "site", row["site"],
                f"is the same place as {same[0][1]['site']} in row {same[0][0]}")
        for same in groups(rows(case, "site_windows"), "plant", "shop").values()
        for number, row in same[1:]
    ]  # fmt: skip


def sites_that_must_open_can_open(case: Case) -> list[Problem]:
    """A site that must open has a month to do so: in the horizon, after its lead time.

    It must where it is not optional, is not there already, and ``latest`` lies in the horizon.
    """
    return [
        problem("site_windows", number, "latest", row["latest"], _no_month(case, row))
        for number, row in rows(case, "site_windows")
        if not row["optional"] and row["latest"] is not None
        and _number(case, row["latest"]) < case.info.months and _never_opens(case, row)
    ]  # fmt: skip


def sites_can_open(case: Case) -> list[Problem]:
    """A site that may open has a month in the horizon to do so.

    Otherwise nothing is ever done there; perhaps a date is wrong.
    """
    told = {item.row for item in sites_that_must_open_can_open(case)}
    return [
        problem("site_windows", number, "earliest", row["earliest"], _no_month(case, row))
        for number, row in rows(case, "site_windows")
        if number not in told and _never_opens(case, row)
    ]


def _never_opens(case: Case, row: Row) -> bool:
    late = row["earliest"] and row["latest"] and row["earliest"] > row["latest"]
    return not row["open_at_start"] and not late and not _months(case, row, row["lead_months"])


def _no_month(case: Case, row: Row) -> str:
    return (
        f"leaves no month to open in: the horizon begins {case.info.start} and lasts "
        f"{counted(case.info.months, 'month')}, the decision takes "
        f"{counted(row['lead_months'] or 0, 'month')}"
    )


def sites_leave_a_choice(case: Case) -> list[Problem]:
    """A site that is there at the start may close, and has no cost or month of opening.

    Otherwise there is nothing to choose, or what is stated of its opening means nothing.
    """
    found: list[Problem] = []
    for number, row in rows(case, "site_windows"):
        if not row["open_at_start"]:
            continue
        if not row["closable"]:
            message = "is there at the start and may not close: nothing is left to choose"
            found.append(problem("site_windows", number, "closable", False, message))
        found += [
            problem("site_windows", number, column, row[column], "means nothing: it is open")
            for column in ("earliest", "latest", "capex")
            if row[column]
        ]
    return found


def sites_stop_the_components_made_in_them(case: Case) -> list[Problem]:
    """A component made in a shop that may be closed takes work there, at a pace of the shop.

    Otherwise nothing that is counted would stop with the shop, and the plan would go on making it.
    """
    rated = set(case.table("shop_rates")["shop"])
    shops = lookup(case, "shops", "shop")
    sites = groups(rows(case, "site_windows"), "plant")
    found: list[Problem] = []
    for number, row in rows(case, "component_sources"):
        shop = shops.get(row["shop"])
        if shop is None or (row["shop"] in rated and row["work"] != 0):
            continue
        column, told = ("shop", "no pace in shop_rates.csv")
        if row["shop"] in rated:
            column, told = ("work", "no work there")
        found += [
            problem("component_sources", number, column, row[column],
                    f"has {told}, and would not stop with {site['site']} in site_windows.csv")
            for _, site in sites.get((shop["plant"],), [])
            if site["shop"] in (None, row["shop"])
        ]  # fmt: skip
    return found


def conversions_can_come(case: Case) -> list[Problem]:
    """A conversion has a month of the horizon to begin in, in time for the start that it is for.

    It is over by the first day of production. Where its vehicle may also never start, nothing is
    asked of it.
    """
    windows = {(row["vehicle"], row["plant"]): (row, of) for _, row, of in launches(case)}
    allocated = {(row["vehicle"], row["plant"]): row for _, row in rows(case, "allocations")}
    found: list[Problem] = []
    for number, row in rows(case, "conversions"):
        pair = (row["vehicle"], row["plant"])
        if row["earliest"] and row["latest"] and row["earliest"] > row["latest"]:
            continue
        months = _months(case, row, 0)
        message = None if months else "leaves no month of the horizon to begin in"
        if months and row["weeks"] and (pair in windows or pair in allocated):
            over = first_day(case.info.month_names[months[0]]), row["weeks"]
            if pair in windows:
                starts = start_months(case, *windows[pair])
                due = first_day(case.info.month_names[starts[-1]]) if starts else None
                asked = must_start(case, windows[pair][0])
            else:
                due, asked = window(case, allocated[pair])[0], True
            if asked and due is not None and not _over_by(*over, due):
                message = f"is not over by {due}, the latest start of {row['vehicle']}"
        if message:
            column = "latest" if row["latest"] else "earliest"
            found.append(problem("conversions", number, column, row[column], message))
    return found


def _over_by(begins: dt.date, weeks: float, due: dt.date) -> bool:
    return (due - begins).days >= 7 * weeks


def conversions_stop_every_vehicle(case: Case) -> list[Problem]:
    """Every vehicle of a plant that may stand still passes a shop with a pace.

    A shop without one has no hours to lose, so that the plan would go on building at the rate of
    ``plateau_jph``.
    """
    rated, passed = set(case.table("shop_rates")["shop"]), shops_of_allocations(case)
    stopped = groups(rows(case, "conversions"), "plant")
    found: list[Problem] = []
    for _, row in rows(case, "allocations"):
        shops = passed.get((row["vehicle"], row["plant"]), [])
        if row["plateau_jph"] is None or not shops or any(s["shop"] in rated for s, _ in shops):
            continue
        found += [
            problem("conversions", number, "plant", row["plant"],
                    f"{row['vehicle']} passes no shop of it with a pace in shop_rates.csv, and "
                    "would not stop")
            for number, _ in stopped.get((row["plant"],), [])
        ]  # fmt: skip
    return found


def _months(case: Case, row: Row, lead: int | None) -> range:
    """Months of the horizon in a window, after a lead time."""
    first = max(0 if row["earliest"] is None else _number(case, row["earliest"]), lead or 0, 0)
    last = case.info.months - 1
    if row["latest"] is not None:
        last = min(last, _number(case, row["latest"]))
    return range(first, last + 1)


def _number(case: Case, month: str) -> int:
    return months_between(case.info.start, month)


RULES = (
    sites_name_a_shop_of_their_plant,
    sites_are_named_once,
    sites_that_must_open_can_open,
    sites_stop_the_components_made_in_them,
    conversions_can_come,
    conversions_stop_every_vehicle,
)
DOUBTS = (sites_can_open, sites_leave_a_choice)
