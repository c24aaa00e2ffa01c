"""Count what the case busan holds and hold its plan against the years on record."""

import polars as pl

from bench.busan_pages.blocks import table
from motorworks.case.case import Case
from motorworks.case.facts import BACKGROUND
from motorworks.case.records.evidence import Fact
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import list_scenarios, scenario_of
from motorworks.plan.solve import solve_plan

YEARS = ("2024", "2025")


def counts_block(case: Case) -> str:
    """Rows of the tables that the plan reads."""
    shown = (
        "plants", "shops", "closures", "vehicles", "allocations", "markets", "demand", "prices",
        "costs", "agreements", "pins", "lanes", "lane_rates", "sailings", "tariffs", "components",
        "component_sources", "cell_supplies", "actuals", "sources",
    )  # fmt: skip
    return table(("table", "rows"), [(name, case.table(name).height) for name in shown])


def evidence_block(case: Case) -> str:
    """Facts by status: how many there are, with a range, and set aside."""
    facts = case.rows(Fact)
    rows = []
    for status in ("reported", "derived", "assumed"):
        own = [fact for fact in facts if fact.status == status]
        ranged = [fact for fact in own if fact.low is not None and fact.table != BACKGROUND]
        aside = [fact for fact in own if not fact.chosen]
        rows.append((status, len(own), len(ranged), len(aside)))
    total = [sum(int(row[place]) for row in rows) for place in (1, 2, 3)]
    head = ("status", "facts", "with low and high", "set aside in a dispute")
    return table(head, [*rows, ("all", *total)])


def disputes_block(case: Case) -> str:
    """Every dispute: what was chosen and why, and the others."""
    facts = case.rows(Fact)
    rows = []
    for fact in facts:
        others = [
            other for other in facts
            if not other.chosen
            and (other.table, other.key, other.field) == (fact.table, fact.key, fact.field)
        ]  # fmt: skip
        if fact.chosen and others:
            place = f"{fact.key} {fact.field}".replace("|", " ")
            values = ", ".join(str(other.value) for other in others)
            rows.append((place, fact.value, values, fact.reason))
    return table(("what", "chosen", "set aside", "why"), rows)


def scenarios_block() -> str:
    """Name and title of every scenario."""
    rows = []
    for name, path in list_scenarios(find_case("busan")).items():
        scenario = scenario_of(path.read_text("utf-8"), path.name)
        rows.append((f"`{name}`", scenario.title))
    return table(("scenario", "what if"), rows)


def plan_block(case: Case) -> str:
    """The plan's shipments from Busan beside the real ones."""
    result = solve_plan(case)
    shipped = result.table("shipments").join(case.table("lanes"), on="lane", suffix="_of_lane")
    shipped = shipped.filter(pl.col("plant") == "busan")
    facts = {
        fact.fact_id: float(fact.value or 0) for fact in case.rows(Fact) if "year-" in fact.fact_id
    }
    rows = []
    for year in YEARS:
        inside = shipped.filter(pl.col("month").str.starts_with(year))
        home = sum(inside.filter(pl.col("market") == "korea")["units"])
        abroad = sum(inside["units"]) - home
        rows.append(
            (year, home, facts[f"year-{year}-domestic"], abroad, facts[f"year-{year}-export"])
        )
    head = ("year", "Korea, plan", "Korea, real", "export, plan", "export, real")
    return table(head, rows)


def blocks() -> dict[str, str]:
    """All measured blocks of the page."""
    case = read_case(find_case("busan"))
    return {
        "counts": counts_block(case), "evidence": evidence_block(case),
        "disputes": disputes_block(case), "scenarios": scenarios_block(), "plan": plan_block(case),
    }  # fmt: skip
