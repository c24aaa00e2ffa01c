"""What the plan chose, in words: for the report and the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from motorworks.case.case import Case
from motorworks.report.names import Names, names_of
from motorworks.report.numbers import counted, grouped, listed
from motorworks.report.theme import month_words
from motorworks.result.plan import PlanResult

_MOST_PERIODS = 4
_LEAST_HOURS = 0.05


@dataclass(frozen=True)
class Chosen:
    """One choice: what it is about, what was chosen, and what that costs over the horizon."""

    what: str
    words: str
    cost: float = 0.0


@dataclass(frozen=True)
class _Told:
    case: Case
    result: PlanResult
    names: Names

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        return self.result.table(table).iter_rows(named=True)


def chosen(case: Case, result: PlanResult) -> list[Chosen]:
    """List all that the plan chose; empty for a case without choices."""
    told = _Told(case, result, names_of(case))
    kinds = (_launches, _sites, _conversions, _shifts, _extra, _exits, _spot, _sold, _claims)
    return [one for kind in kinds for one in kind(told)]


def _launches(told: _Told) -> Iterator[Chosen]:
    for row in told.rows("launches"):
        where = f"{told.names.vehicle(row['vehicle'])} at {told.names.plant(row['plant'])}"
        yield Chosen(where, _launch_words(row), row["capex"] + row["fixed_cost"])


def _launch_words(row: dict[str, Any]) -> str:
    if row["start"] is None:
        return "never starts"
    words = f"starts in {month_words(row['start'])}"
    if row["decided"] is not None and row["decided"] != row["start"]:
        words += f", decided in {month_words(row['decided'])}"
    return words + ("" if row["end"] is None else f", ends with {month_words(row['end'])}")


def _sites(told: _Told) -> Iterator[Chosen]:
    ups = told.result.table("sites")
    for row in told.case.table("site_windows").iter_rows(named=True):
        own = ups.filter(pl.col("site") == row["site"])
        shop = row["shop"]
        place = told.names.plant(row["plant"]) if shop is None else told.names.any(shop)
        yield Chosen(place, site_words(own["month"].to_list(), own["up"].to_list()))


def site_words(months: list[str], ups: list[int]) -> str:
    r"""When a site is open.

    Examples
    --------
    >>> site_words(["2025-01", "2025-02", "2025-03"], [0, 1, 1]).replace("\u00a0", " ")
    'opens in Feb 2025'
    """
    if not any(ups):
        return "never opens"
    if all(ups):
        return "is open throughout"
    first, last = ups.index(1), len(ups) - 1 - ups[::-1].index(1)
    words = [] if first == 0 else [f"opens in {month_words(months[first])}"]
    words += [] if last == len(ups) - 1 else [f"closes after {month_words(months[last])}"]
    return listed(words)


def _conversions(told: _Told) -> Iterator[Chosen]:
    weeks = dict(told.case.table("conversions").select("conversion", "weeks").iter_rows())
    plants = dict(told.case.table("conversions").select("conversion", "plant").iter_rows())
    for row in told.rows("conversions"):
        key, start = row["conversion"], row["start"]
        long = f"{weeks[key]:g} week{'' if weeks[key] == 1 else 's'}"
        words = "is not done" if start is None else f"stops it for {long} from {month_words(start)}"
        yield Chosen(f"{told.names.plant(plants[key])}, {key}", words, row["cost"])


def _shifts(told: _Told) -> Iterator[Chosen]:
    """The pattern of each plant that chooses it; its first, and every change.

    A plant whose notice outlasts the horizon works its calendar, and chooses nothing.
    """
    notice = dict(told.case.table("workforces").select("plant", "notice_months").iter_rows())
    plants = told.case.table("shift_options")["plant"].unique(maintain_order=True).to_list()
    options = [plant for plant in plants if notice.get(plant, 0) < told.case.info.months]
    names = dict(told.case.table("shift_patterns").select("pattern", "name").iter_rows())
    table = told.result.table("shifts")
    for plant in options:
        rows = table.filter(pl.col("plant") == plant).drop_nulls("pattern")
        worked = list(rows.select("month", "pattern").iter_rows())
        changes = [(now[0], now[1]) for before, now in pairwise(worked) if before[1] != now[1]]
        if not worked:
            continue
        words = f"works “{names[worked[0][1]]}”" + ("" if changes else " throughout")
        steps = [f", from {month_words(month)} “{names[key]}”" for month, key in changes]
        cost = float(table.filter(pl.col("plant") == plant)["cost"].sum())
        yield Chosen(told.names.plant(plant), words + "".join(steps), cost)


def _extra(told: _Told) -> Iterator[Chosen]:
    """Hours beyond those of the pattern, and those moved between months."""
    words = {"overtime": "{} h of overtime", "weekend": "{} h at weekends",
             "plus": "{} h moved through the time account"}  # fmt: skip
    table = told.result.table("shifts")
    for (plant,), rows in table.group_by("plant", maintain_order=True):
        hours = {name: float(rows[name].sum()) for name in words}
        said = [
            words[name].format(grouped(h, 0 if h >= 10 else 1))
            for name, h in hours.items()
            if h > _LEAST_HOURS
        ]
        if said:
            yield Chosen(told.names.plant(str(plant)), listed(said))


def _exits(told: _Told) -> Iterator[Chosen]:
    for row in told.rows("exits"):
        end = row["exit"]
        words = "is kept" if end is None else f"ends: from {month_words(end)} nothing is owed"
        yield Chosen(told.names.of("agreement", row["agreement"]), words, row["cost"])


def _spot(told: _Told) -> Iterator[Chosen]:
    taken = told.result.table("spot").filter(pl.col("ceu") > 1e-6)
    for (lane,), rows in taken.group_by("lane", maintain_order=True):
        months = counted(rows.height, "month")
        words = f"takes {grouped(float(rows['ceu'].sum()))} CEU of spot space in {months}"
        yield Chosen(told.names.of("lane", str(lane)), words)


def _sold(told: _Told) -> Iterator[Chosen]:
    sold = told.result.table("component_sales").filter(pl.col("units") > 1e-6)
    for (component, plant), rows in sold.group_by("component", "plant", maintain_order=True):
        where = f"{told.names.of('component', str(component))} from {told.names.plant(str(plant))}"
        yield Chosen(where, f"{grouped(float(rows['units'].sum()))} sold to others")


def _claims(told: _Told) -> Iterator[Chosen]:
    keys = ("regime", "plant", "group")
    table = told.result.table("origin")
    for (regime, plant, group), rows in table.group_by(*keys, maintain_order=True):
        who = "all cars" if group == "all" else told.names.any(str(group))
        periods = rows.group_by("period", maintain_order=True).agg(pl.col("claimed").max())
        claimed = periods.filter(pl.col("claimed") > 0)["period"].to_list()
        when = listed([month_words(period) for period in claimed])
        if len(claimed) > _MOST_PERIODS:
            when = f"{len(claimed)} of {periods.height} months"
        words = f"origin claimed under {regime} in {when}" if claimed else "no origin claimed"
        yield Chosen(f"{who} at {told.names.plant(str(plant))}", words)
