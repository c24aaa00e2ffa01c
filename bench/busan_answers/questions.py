"""Each question: the plans that answer it, a table, and an answer with its range."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bench.busan_answers.chart import Bar, bars
from bench.busan_answers.study import Spread, Study
from bench.busan_pages.blocks import table
from motorworks.case.case import Case
from motorworks.plan.focus import WORTH, headline_values
from motorworks.result.plan import PlanResult

MILLION = 1e6
DUTIES = {"0 %": ("us-duty-0",), "15 % (base)": (), "25 %": ("us-duty-25",)}


@dataclass(frozen=True)
class Answer:
    """Blocks of the page by name, and a chart."""

    blocks: dict[str, str]
    charts: dict[str, str]


def start(study: Study) -> Answer:
    """The second quarter of 2025 or its second half, and what each costs the others."""
    cases = {"second quarter (Q2)": ("sop-2025-q2",), "second half (H2, base)": (),
             "not before 2026": ("sop-2026",)}  # fmt: skip
    rows, chart = [], []
    for label, names in cases.items():
        plan = study.plan(*names)
        own = plan.table("production").filter(pl.col("vehicle") == "polestar-4", plant="busan")
        first = own.filter(pl.col("units") > 0.5)["month"]
        worth = headline_values(study.program(study.given, names)[0])[WORTH].value
        rows.append((
            label, first.min(), _sum(own, "2025"), _sum(own, "2026"),
            _others(plan, "2025"), _others_lost(plan, "2025"), round(_load(plan, "2025")),
            f"{worth / MILLION:,.1f}", f"{plan.margin / MILLION:,.1f}",
        ))  # fmt: skip
        chart.append(Bar(label, worth / MILLION))
    head = (
        "start", "first cars", "Polestar 4 built 2025", "2026", "others built at Busan 2025",
        "their sales lost 2025", "load of the line 2025, %", "worth of the Polestar 4, M USD",
        "margin of all, M USD",
    )  # fmt: skip
    spread = study.spread(lambda given: study.margin(given, "sop-2025-q2") - study.margin(given))
    return Answer(
        {"start": table(head, rows), "start-range": _range(study, spread, "earlier start")},
        {"busan-start": bars("Worth of the Polestar 4 at Busan by its start", "M USD", chart)},
    )


def shifts(study: Study) -> Answer:
    """One shift or two from June 2024."""
    rows, chart = [], []
    cases = {"two shifts from June 2024": ("people-paid",),
             "one shift throughout": ("people-paid", "one-shift"),
             "as the plan chooses": ("free-choices",)}  # fmt: skip
    for label, names in cases.items():
        plan = study.plan(*names)
        labour = -_part(plan, "labour")
        built = plan.table("production").filter(plant="busan")
        lost = plan.table("market").filter(pl.col("month") >= "2024-06")["lost"].sum()
        rows.append((
            label, _sum(built, "2024"), _sum(built, "2025"), _sum(built, "2026"),
            _sum(built, "2027"), lost, f"{labour / MILLION:,.1f}",
            f"{abs(_part(plan, 'capex')) / MILLION:,.1f}", f"{plan.margin / MILLION:,.1f}",
        ))  # fmt: skip
        chart.append(Bar(label, plan.margin / MILLION))
    head = (
        "shifts", "built 2024", "2025", "2026", "2027", "sales lost from June 2024",
        "people, M USD", "investment, M USD", "margin after both, M USD",
    )  # fmt: skip
    spread = study.spread(
        lambda given: (
            study.margin(given, "people-paid") - study.margin(given, "people-paid", "one-shift")
        )
    )
    return Answer(
        {"shifts": table(head, rows), "shifts-range": _range(study, spread, "second shift")},
        {"busan-shifts": bars("Margin after people", "M USD", chart)},
    )


def agreement(study: Study) -> Answer:
    """What 10,000 a year are worth at three duties, for both sides."""
    rows, chart = [], []
    for label, names in DUTIES.items():
        all_names = ("ten-thousand-a-year", *names)
        worth = _worth(study.given, study, all_names) / MILLION
        sides = study.plan(*all_names).table("agreement_sides").filter(agreement="polestar-4-busan")
        for year in ("2026", "2027"):
            row = sides.filter(year=int(year)).row(0, named=True)
            rows.append((
                label, year, row["units"], *(f"{row[name] / MILLION:,.1f}"
                for name in ("fee", "maker", "principal", "total")),
                f"{(row['fee'] - row['maker']) / row['units']:,.0f}", f"{worth:,.1f}",
            ))  # fmt: skip
        chart.append(Bar(f"US duty {label}", worth))
    head = (
        "US duty on Korean cars", "year", "cars", "fee paid, M USD",
        "left to Renault Korea, M USD", "left to Polestar, M USD", "both, M USD",
        "fee at which Renault Korea earns nothing, USD a car",
        "worth to the network, to 2027, M USD",
    )  # fmt: skip
    spread = study.spread(lambda given: _worth(given, study, ("ten-thousand-a-year",)))
    return Answer(
        {"agreement": table(head, rows), "agreement-range": _range(study, spread, "agreement")},
        {"busan-agreement": bars("Worth of 10,000 Polestar 4 a year at Busan", "M USD", chart)},
    )


def plants(study: Study) -> Answer:
    """Polestar's plants when Chinese cars cannot go to North America."""
    open_, shut = study.plan(), study.plan("no-chinese-cars-in-north-america")
    rows, chart = [], []
    names = ("polestar-2", "polestar-3", "polestar-4", "polestar-5")
    both = (
        open_.table("production")
        .join(shut.table("production"), on=["vehicle", "plant", "month"], suffix="_shut")
        .filter(pl.col("vehicle").is_in(names))
    )
    for (vehicle, plant), own in both.group_by("vehicle", "plant", maintain_order=True):
        rows.append((vehicle, plant, *(
            float(own.filter(pl.col("month").str.starts_with(year))[column].sum())
            for year in ("2025", "2026", "2027") for column in ("units", "units_shut")
        )))  # fmt: skip
    head = ("vehicle", "plant", "2025 open", "shut", "2026 open", "shut", "2027 open", "shut")
    america = []
    for label, plan in (("open", open_), ("shut", shut)):
        there = plan.table("market").filter(
            pl.col("market").is_in(["united-states", "canada"]),
            pl.col("vehicle").is_in(names),
            pl.col("month") >= "2025",
        )
        america.append((label, there["sold"].sum(), there["lost"].sum(),
                        f"{plan.margin / MILLION:,.1f}"))  # fmt: skip
        chart.append(Bar(f"sold in North America, {label}", float(there["sold"].sum())))
    america_head = ("ships from China", "sold in North America 2025 to 2027", "lost",
                    "margin of all, M USD")  # fmt: skip
    spread = study.spread(
        lambda given: study.margin(given, "no-chinese-cars-in-north-america") - study.margin(given)
    )
    return Answer(
        {"plants": table(head, rows), "plants-america": table(america_head, america),
         "plants-range": _range(study, spread, "closing")},
        {"busan-plants": bars("Polestars sold in North America, 2025 to 2027", "cars", chart)},
    )  # fmt: skip


def contract(study: Study) -> Answer:
    """What the plant needs to live when the contract ends."""
    rows, chart = [], []
    cases = {"Polestar 4 stays, two shifts": ("people-paid",),
             "ends 2026, two shifts": ("people-paid", "contract-ends-2026"),
             "ends 2026, one shift":
             ("people-paid", "one-shift", "contract-ends-2026")}  # fmt: skip
    for label, names in cases.items():
        earned, people, units = _plant_year(study.plan(*names), "2027")
        car = earned / units if units else 0.0
        rows.append((
            label, units, f"{car:,.0f}", f"{earned / MILLION:,.1f}", f"{people / MILLION:,.1f}",
            f"{(earned - people) / MILLION:,.1f}", people / car if car > 0 else None,
        ))  # fmt: skip
        chart.append(Bar(label, (earned - people) / MILLION))
    head = (
        "2027", "built at Busan", "margin of a car before people, USD", "margin of its cars, M USD",
        "people, M USD", "left, M USD", "cars needed to pay the people",
    )  # fmt: skip

    def left(given: Case) -> float:
        earned, people, _ = _plant_year(
            study.plan_of(given, "people-paid", "contract-ends-2026"), "2027"
        )
        return earned - people

    return Answer(
        {"contract": table(head, rows),
         "contract-range": _range(study, study.spread(left), "plant")},
        {"busan-contract": bars("Left at Busan in 2027 after its people", "M USD", chart)},
    )  # fmt: skip


QUESTIONS = (start, shifts, agreement, plants, contract)


def _plant_year(plan: PlanResult, year: str) -> tuple[float, float, float]:
    """Margin of a year's cars of Busan, cost of its people, cars built."""
    landed = plan.table("landed").filter(pl.col("month").str.starts_with(year), plant="busan")
    people = plan.table("shifts").filter(pl.col("month").str.starts_with(year))["cost"].sum()
    units = _sum(plan.table("production").filter(plant="busan"), year)
    return float((landed["margin"] * landed["units"]).sum()), float(people), units


def _worth(given: Case, study: Study, names: Sequence[str]) -> float:
    case, _ = study.program(given, tuple(names))
    return headline_values(case)[WORTH].value


def _sum(production: pl.DataFrame, year: str) -> float:
    return float(production.filter(pl.col("month").str.starts_with(year))["units"].sum())


def _others(plan: PlanResult, year: str) -> float:
    others = plan.table("production").filter(pl.col("vehicle") != "polestar-4", plant="busan")
    return _sum(others, year)


def _others_lost(plan: PlanResult, year: str) -> float:
    """Sales lost of the other vehicles built at Busan."""
    built = plan.table("production").filter(pl.col("vehicle") != "polestar-4", plant="busan")
    market = plan.table("market").filter(
        pl.col("vehicle").is_in(built["vehicle"].unique().to_list()),
        pl.col("month").str.starts_with(year),
    )
    return float(market["lost"].sum())


def _load(plan: PlanResult, year: str) -> float:
    line = plan.table("capacity").filter(pl.col("month").str.starts_with(year), shop="busan-line")
    return 100.0 * float(line["used"].sum()) / float(line["capacity"].sum())


def _part(plan: PlanResult, part: str) -> float:
    return float(plan.table("objective").filter(part=part)["amount"].item())


def _range(study: Study, spread: Spread, what: str) -> str:
    """The answer with its range, the facts it hangs on, and where it turns round."""
    lines = [
        f"The {what}: **{spread.value / MILLION:,.1f} M USD**, from {spread.low / MILLION:,.1f} to "
        f"{spread.high / MILLION:,.1f} with each fact at its low and high.",
        "",
    ]
    rows = [
        (f"`{move.fact.fact_id}`", move.fact.value, move.fact.low, move.fact.high,
         *(None if end is None else f"{end / MILLION:,.1f}" for end in (move.at_low, move.at_high)))
        for move in spread.largest(5)
    ]  # fmt: skip
    head = ("hangs most on", "chosen", "low", "high", "at low, M USD", "at high, M USD")
    lines += [table(head, rows), ""]
    lines.append(_turning(spread))
    return "\n".join(lines)


def _turning(spread: Spread) -> str:
    """Where the answer comes to nothing: facts in whose range that is, else the nearest others."""
    inside = [(fact, point) for fact, point, within in spread.break_evens if within]
    if inside:
        found = "; ".join(f"`{fact.fact_id}` at {point:,.4g}" for fact, point in inside)
        return f"It comes to nothing inside the range of {found}."
    outside = sorted(
        ((fact, point) for fact, point, _ in spread.break_evens),
        key=lambda item: abs(item[1] / float(item[0].value or 1) - 1),
    )
    if not outside:
        return "No single fact that was followed brings it to nothing."
    found = "; ".join(f"`{fact.fact_id}` at {point:,.4g}" for fact, point in outside[:4])
    return f"No fact brings it to nothing inside its range; beyond it, {found} would."
