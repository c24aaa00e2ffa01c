"""What the tables of a simulation say, held against the plant, one another, and sums done again."""

import math
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
import polars as pl
from scipy.special import betaincinv

from motorworks.case.plant_model import Buffer, Exit, Segment, Source, Station
from motorworks.result.simulation import SimulationResult
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.simulation_given import EXACT, Given

_STATES = (
    "working", "setup", "starved", "blocked", "failed", "repair", "breaks", "maintenance",
    "operators", "parts", "overload",
)  # fmt: skip

_HALTS = ("maintenance", "operators", "parts", "overload")
"""Causes of stops that are no failures."""


def _table(result: SimulationResult, name: str) -> pl.DataFrame:
    return result.tables.get(name, pl.DataFrame())


def _differs(ledger: Ledger, rule: str, where: str, what: str, told: object, due: object) -> None:
    """Count a check of two figures (None where there is none), and object where they differ."""
    ledger.checked[rule] += 1
    there = [isinstance(x, int | float) and math.isfinite(x) for x in (told, due)]
    if there == [False, False]:
        return
    if all(there) and abs(float(told) - float(due)) <= EXACT * max(1.0, abs(float(due))):  # type: ignore[arg-type]
        return
    amounts = [float(x) if ok else None for x, ok in zip((told, due), there, strict=True)]  # type: ignore[arg-type]
    message = f"{where}: {what} should be {_text(due)}, told is {_text(told)}"
    ledger.add(rule, where, message, *amounts)


def _text(value: object) -> str:
    return f"{value:,.9g}" if isinstance(value, int | float) else "blank"


def _within(
    ledger: Ledger, rule: str, where: str, low: float | None, what: str, value: float | None,
    high: float | None,
) -> None:  # fmt: skip
    """Count a check that a value, if there is one, lies within limits, if there are any."""
    ledger.checked[rule] += 1
    if value is None:
        return
    room = EXACT * max(1.0, abs(value))
    if (low is not None and value < low - room) or (high is not None and value > high + room):
        limits = f"from {_text(low)} to {_text(high)}"
        ledger.add(rule, where, f"{where}: {what} is {value:,.9g}, not {limits}", value, high)


def complete(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Each table has a row for each that it is about, once, and no other."""
    model = given.model
    shops = dict.fromkeys(
        one.shop for one in model.elements if not isinstance(one, Source | Exit)
    )  # fmt: skip
    works = [one.name for one in model.elements if isinstance(one, Station | Segment)]
    stores = [one.name for one in model.elements if isinstance(one, Buffer)]
    own: list[tuple[str, str, Iterable[object]]] = [
        ("sim_elements", "element", works),
        ("sim_buffers", "element", stores),
        ("sim_content", "shop", ["all", *shops]),
        ("sim_lead_times", "vehicle", ["all", *model.types]),
        ("sim_replications", "replication", range(1, result.simulated.replications + 1)),
    ]
    for table, key, due in own:
        if table in result.tables:
            ledger.checked[rule] += 1
            told, wanted = sorted(result.tables[table][key].to_list()), sorted(due)  # type: ignore[type-var]
            if told != wanted:
                message = f"{table} should have a row for each of {wanted[:5]}.., has {told[:5]}.."
                ledger.add(rule, table, message, len(told), len(wanted))


def states(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """States of an element are from 0 to 100 per cent, and add to 100."""
    for row in _table(result, "sim_elements").iter_rows(named=True):
        shares = [row[name] for name in _STATES]
        for name, share in zip(_STATES, shares, strict=True):
            _within(ledger, rule, row["element"], 0.0, name, share, 100.0)
        total = sum(share or 0.0 for share in shares)
        _differs(ledger, rule, row["element"], "the sum of states", total, 100.0)


def conservation(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Cars in are cars out, inside and scrapped; cars since the warm-up are some of those out."""
    for row in _table(result, "sim_replications").iter_rows(named=True):
        where = f"replication {row['replication']}"
        total = row["out"] + row["inside"] + row["scrapped"]
        _differs(ledger, rule, where, "cars that came in", row["came_in"], total)
        _within(ledger, rule, where, 0, "cars since the warm-up", row["cars"], row["out"])
        _within(ledger, rule, where, 0.0, "warm-up", row["warmup"], row["end"])


def rates(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Cars a day and an hour are cars over days and hours; gross is not below net."""
    for row in _table(result, "sim_replications").iter_rows(named=True):
        where = f"replication {row['replication']}"
        for rate, over in (("cars_a_day", "days"), ("jph_net", "open_hours")):
            due = row["cars"] / row[over] if row[over] > 0.0 else None
            _differs(ledger, rule, where, rate, row[rate], due)


def intervals(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Means and intervals of the summary are those of the replications, and of the headlines."""
    rows = _table(result, "sim_replications")
    for row in _table(result, "sim_summary").iter_rows(named=True):
        name = row["measure"]
        if name not in rows.columns:
            ledger.add(rule, name, f"{name} is no column of sim_replications")
            continue
        values = rows[name].drop_nulls().cast(pl.Float64).to_numpy()
        count = len(values)
        mean = math.fsum(values) / count if count else None
        spread = half = None
        if count > 1 and mean is not None:
            spread = math.sqrt(math.fsum((values - mean) ** 2) / (count - 1))
            half = _student(count, result.settings["confidence_pct"]) * spread / math.sqrt(count)
        _differs(ledger, rule, name, "the number of replications", row["replications"], count)
        _differs(ledger, rule, name, "mean", row["mean"], mean)
        _differs(ledger, rule, name, "spread", row["spread"], spread)
        _differs(ledger, rule, name, "half", row["half"], half)
        for end, sign in (("low", -1.0), ("high", 1.0)):
            due = mean + sign * half if mean is not None and half is not None else None
            _differs(ledger, rule, name, end, row[end], due)
        headline = getattr(result, name, None)
        if headline is not None:
            _differs(ledger, rule, name, "the headline's mean", headline.mean, mean)
            _differs(ledger, rule, name, "the headline's half-width", headline.half, half)


def _student(count: int, confidence_pct: float) -> float:
    """Quantile of Student's t by the incomplete beta function."""
    degrees = count - 1
    x = float(betaincinv(degrees / 2.0, 0.5, 1.0 - confidence_pct / 100.0))
    return math.sqrt(degrees * (1.0 / x - 1.0))


def precision(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """The simulation ended for the reason that it states."""
    told, wanted = result.simulated, result.settings.get("precision_pct")
    ledger.checked[rule] += 1
    reached = wanted is not None and (
        result.cars_a_day.half <= result.cars_a_day.mean * wanted / 100.0 + EXACT
    )
    asked = told.replications == result.settings["replications"]
    fits = {
        "precision": reached, "replications": wanted is None and asked, "interrupted": True,
        "most": wanted is not None and not reached,
    }  # fmt: skip
    if not fits.get(told.stopped, False):
        message = f"it ended by {told.stopped} after {told.replications} replications, which is not"
        ledger.add(rule, "simulated", f"{message} so", told.replications)


def quantiles(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Quantiles rise, and none lies above the most."""
    keys = {"sim_buffers": "element", "sim_content": "shop", "sim_lead_times": "vehicle",
            "sim_order": "element"}  # fmt: skip
    for table, key in keys.items():
        frame = _table(result, table)
        names = [n for n in ("p05", "p50", "p95", "displaced_p50", "displaced_p95", "most",
                             "displaced_most") if n in frame.columns]  # fmt: skip
        for row in frame.iter_rows(named=True):
            where = f"{table} {row[key]}"
            known = [row[name] for name in names if row[name] is not None]
            ledger.checked[rule] += 1
            if any(low > high + EXACT for low, high in pairwise(known)):
                ledger.add(rule, where, f"{where}: quantiles do not rise: {known}")


def room(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """No element held more cars than it has places."""
    for row in _table(result, "sim_elements").iter_rows(named=True):
        most = given.room[given.place[row["element"]]]
        _within(ledger, rule, row["element"], 0.0, "content", row["content"], most)
    for row in _table(result, "sim_buffers").iter_rows(named=True):
        most = given.room[given.place[row["element"]]]
        _within(ledger, rule, row["element"], 0.0, "content", row["content"], row["most"])
        _within(ledger, rule, row["element"], 0.0, "most cars at a time", row["most"], most)
    frame = _table(result, "sim_levels")
    if frame.height:
        ends = frame.group_by("element").agg(
            pl.col("content").min().alias("least"), pl.col("content").max().alias("most")
        )
        for row in ends.sort("element").iter_rows(named=True):
            most = given.room[given.place[row["element"]]]
            _within(ledger, rule, row["element"], 0.0, "least sample", row["least"], most)
            _within(ledger, rule, row["element"], 0.0, "greatest sample", row["most"], most)


def content(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Contents of shops are those of their elements, and add to that of the plant."""
    told = {row["shop"]: row["mean"] for row in _table(result, "sim_content").iter_rows(named=True)}
    if not told:
        return
    sums: dict[str, float] = {}
    for table in ("sim_elements", "sim_buffers"):
        for row in _table(result, table).iter_rows(named=True):
            sums[row["shop"]] = sums.get(row["shop"], 0.0) + row["content"]
    for shop, total in sums.items():
        _differs(ledger, rule, shop, "content", told.get(shop), total)
    _differs(ledger, rule, "all", "content", told.get("all"), sum(sums.values()))


def days(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Days follow one another with the plan's counts; sums are sums; all cars left on some day."""
    frame, plan = _table(result, "sim_days"), given.model.plan
    planned, cars = 0, 0.0
    for number, row in enumerate(frame.sort("day").iter_rows(named=True) if frame.height else ()):
        where = f"day {row['day']}"
        due = plan[number] if number < len(plan) else None
        planned, cars = planned + (due or 0), cars + row["cars"]
        _differs(ledger, rule, where, "the number of the day", row["day"], number + 1)
        _differs(ledger, rule, where, "planned", row["planned"], due)
        _differs(ledger, rule, where, "planned up to then", row["planned_sum"],
                 planned if plan else None)  # fmt: skip
        _differs(ledger, rule, where, "cars up to then", row["cars_sum"], cars)
        _within(ledger, rule, where, row["least"], "mean of cars", row["cars"], row["most"])
    told = _table(result, "sim_replications")
    if frame.height and told.height:
        _differs(ledger, rule, "all days", "cars", cars, told["out"].mean())


def stops(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Each failure of the plant stands there once; minutes a stop are minutes over stops."""
    frame, model = _table(result, "sim_stops"), given.model
    if "sim_stops" not in result.tables:
        return
    told = sorted((r["element"], r["cause"], r["place"]) for r in frame.iter_rows(named=True)
                  if r["cause"] not in _HALTS)  # fmt: skip
    due = sorted((model.elements[f.element].name, f.name, f.place) for f in model.failures)
    ledger.checked[rule] += 1
    if told != due:
        message = f"sim_stops should have the failures {due[:5]}, has {told[:5]}"
        ledger.add(rule, "sim_stops", message, len(told), len(due))
    for row in frame.iter_rows(named=True):
        where = f"{row['cause']} of {row['element']}"
        each = row["minutes"] / row["stops"] if row["stops"] else None
        _within(ledger, rule, where, 0.0, "minutes", row["minutes"], None)
        _differs(ledger, rule, where, "minutes a stop", row["each"], each)


def order(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """Shares are shares; where all are in order, none is displaced by overtaking."""
    for row in _table(result, "sim_order").iter_rows(named=True):
        where = f"behind {row['element']}"
        _within(ledger, rule, where, 0.0, "share in order", row["in_order"], 100.0)
        _within(ledger, rule, where, 0.0, "displacement", row["displaced"], row["displaced_most"])
        most = max(row["cars"] - 1.0, 0.0)
        _within(ledger, rule, where, 0.0, "changes of colour", row["colour_changes"], most)
        ledger.checked[rule] += 1
        if row["in_order"] == 100.0 and (row["displaced_most"] or 0.0) > 0.0:
            message = f"{where}: all cars are in order, yet one is displaced"
            ledger.add(rule, where, message, row["displaced_most"], 0.0)


def oee(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """The index is the product of its three shares; production time lies in planned busy time."""
    working = {row["element"]: row for row in _table(result, "sim_elements").iter_rows(named=True)}
    spans = {row["end"] - row["warmup"] for row in _table(result, "sim_replications").to_dicts()}
    for row in _table(result, "sim_oee").iter_rows(named=True):
        where = f"shop {row['shop']}"
        shares = [row[name] for name in ("availability", "effectiveness", "quality")]
        if None not in shares:
            _differs(ledger, rule, where, "oee", row["oee"], math.prod(shares) / 1e4)
        _differs(ledger, rule, where, "availability", row["availability"],
                 100.0 * row["producing"] / row["planned"])  # fmt: skip
        _within(ledger, rule, where, 0.0, "availability", row["availability"], 100.0)
        _within(ledger, rule, where, 0.0, "quality", row["quality"], 100.0)
        own = working.get(row["element"])
        if own is None or len(spans) > 1:
            continue  # of spans that differ, a mean of shares is no share of means
        busy = 100.0 - own["breaks"] - own["maintenance"]
        due = 100.0 * own["working"] / busy if busy > 0.0 else None
        if row["planned"] > 0.0:
            _differs(ledger, rule, where, "availability by its states", row["availability"], due)


def _cut(given: Given, result: SimulationResult) -> float:
    """Minutes cut off at the start; a slotted line begins to count with its next whole slot."""
    minutes = result.warmup.minutes
    if result.simulated.engine != "slots":
        return minutes
    slot = next(one.time_min[0] for one in given.model.elements if isinstance(one, Station))
    return min(math.ceil(minutes / slot - EXACT) * slot, result.settings["until_min"] or math.inf)


def warmup(ledger: Ledger, rule: str, given: Given, result: SimulationResult) -> None:
    """The cut is where MSER-5 is least, worked out again from the rates that are told."""
    frame = _table(result, "sim_warmup")
    for row in _table(result, "sim_replications").iter_rows(named=True):
        if not result.settings["warmup_cars"]:
            where = f"replication {row['replication']}"
            due = _cut(given, result)
            _differs(ledger, rule, where, "warm-up", row["warmup"], due)
    if not frame.height:
        return
    rates = frame["rate"].to_numpy()
    batches = rates[: len(rates) // 5 * 5].reshape(-1, 5).mean(axis=1)
    marks = [
        float(np.var(batches[cut:]) / (len(batches) - cut))
        for cut in range(len(batches) // 2 + 1)
    ]  # fmt: skip
    told = frame["statistic"].to_list()[::5][: len(marks)]
    scale = max([*marks, 1e-30])
    for cut, (mark, value) in enumerate(zip(marks, told, strict=True)):
        ledger.checked[rule] += 1
        if value is None or abs(value - mark) > EXACT * scale:
            message = f"MSER-5 of a cut of {5 * cut} stretches is {mark:,.6g}, told is {value}"
            ledger.add(rule, f"stretch {5 * cut + 1}", message, value, mark)
    kept = frame.filter(pl.col("kept"))
    cut = frame.height - kept.height
    ledger.checked[rule] += 1
    if cut % 5 or cut // 5 >= len(marks) or marks[cut // 5] > min(marks) + EXACT * scale:
        message = f"{cut} stretches are cut, which is not where MSER-5 is least"
        ledger.add(rule, "sim_warmup", message, cut)
    else:
        _differs(ledger, rule, "warm-up", "the cut", result.warmup.minutes, kept["begin"][0])


TABLE_RULES: dict[str, Callable[[Ledger, str, Given, SimulationResult], None]] = {
    "complete": complete, "states": states, "conservation": conservation, "rates": rates,
    "intervals": intervals, "precision": precision, "quantiles": quantiles, "room": room,
    "content": content, "days": days, "stops": stops, "order": order, "oee": oee,
    "warmup": warmup,
}  # fmt: skip
"""Rules on the tables."""
