"""What ``motorworks plan`` does and prints: the plan, a wish, alternatives, their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from motorworks.case.case import Case
from motorworks.cli.tell import console, tell_chosen, tell_moved
from motorworks.cli.watching import Watching
from motorworks.io.case_folder import find_case
from motorworks.io.scenarios import resolve
from motorworks.io.tables import write_tables
from motorworks.pipeline import read_sound, refuse_bad
from motorworks.plan.explain.alternatives import alternatives
from motorworks.plan.explain.answer import Answer, Refusal, answer_wish, planned
from motorworks.plan.explain.conflict import conflict_lines
from motorworks.plan.explain.tables import alternative_tables, conflict_table, ways_table
from motorworks.plan.explain.ways import Way
from motorworks.plan.explain.wish import read_wish
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import read_plan
from motorworks.report import changes
from motorworks.report.chosen import chosen
from motorworks.result.headlines import figures
from motorworks.result.plan import PlanResult
from motorworks.result.verify import verify_plan

_MOST_ROWS = 8
_MOST_WAYS = 8
_SURE = 0.1
"""Share of a cost by which it may be wrong without a word."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    scenarios: list[str]
    why_not: str | None
    alternatives: int
    within: float
    out: Path | None
    time_limit: float | None
    gap: float | None


def tell_plan(name: str, options: Options) -> bool:
    """Plan, explain, print and write; whether there is a plan and it holds."""
    out = console()
    case = case_of(name, options)
    params = PlanParams(**case.info.plan)
    wish = None if options.why_not is None else read_wish(options.why_not, case)
    with Watching() as watch:
        watch.phase("plan")
        found = planned(case, params, watch.search)
    tables: dict[str, pl.DataFrame] = {}
    if isinstance(found, Refusal):
        tables |= _tell_refusal(out, found, case, None)
        _write(out, options, tables)
        return False
    sound = _tell_result(out, case, found.result, options.scenarios)
    tables |= found.result.tables
    if wish is not None:
        tables |= _tell_answer(
            out,
            case,
            answer_wish(case, params, wish, found.result, found.solution.x),
            found.result,
        )
    if options.alternatives:
        others = alternatives(found.program, found.solution, options.alternatives, options.within)
        plans = [read_plan(found.program, one) for one in others.plans]
        sound &= all(verify_plan(case, one).clean for one in plans)
        more = alternative_tables(others, found.program.data, plans, found.result)
        _tell_alternatives(out, case, plans, more, options.within)
        tables |= more
    _write(out, options, tables)
    return sound


def case_of(name: str, options: Options) -> Case:
    """The case as its scenarios and the settings given on the command line change it."""
    folder = find_case(name)
    case, _ = resolve(read_sound(folder), folder, options.scenarios)
    said = {"time_limit_s": options.time_limit, "gap_pct": options.gap}
    given = {key: value for key, value in said.items() if value is not None}
    if given:
        case = case.with_info(plan={**case.info.plan, **given})
    refuse_bad(case, as_given=not options.scenarios)
    return case


def _write(out: Console, options: Options, tables: dict[str, pl.DataFrame]) -> None:
    if options.out is not None:
        write_tables(options.out, tables)
        out.print(str(options.out), soft_wrap=True, markup=False)


def _grid(heads: Sequence[str], left: int = 1) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        grid.add_column(head, justify="left" if number < left else "right", no_wrap=number > 0)
    return grid


def _tell_result(out: Console, case: Case, result: PlanResult, scenarios: Sequence[str]) -> bool:
    grid = Table.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column(justify="right" if len(grid.columns) == 1 else "left")
    for one in figures(case, result):
        exact = 1 if abs(one.value) < 1000 and one.unit != "vehicles" else 0
        grid.add_row(Text(one.label), f"{one.value:,.{exact}f}", Text(one.unit))
    out.print(case.info.title, style="bold", markup=False)
    if scenarios:
        out.print(f"scenario: {', '.join(scenarios)}", markup=False)
    out.print(grid)
    tell_chosen(out, chosen(case, result))
    tell_moved(out, changes.words(result))
    check, solver = verify_plan(case, result), result.solver
    out.print(f"plan {solver.status}, gap {solver.gap:.2%}; check: {check}", soft_wrap=True)
    return check.clean


def _tell_refusal(
    out: Console, refusal: Refusal, case: Case, margin: float | None
) -> dict[str, pl.DataFrame]:
    if margin is None:
        out.print("no plan meets all rules", style="bold red")
    for line in conflict_lines(refusal.conflicts):
        out.print(line, soft_wrap=True, markup=False)
    if refusal.ways:
        out.print("ways out, the best margin first:", style="bold")
    for number, way in enumerate(refusal.ways[:_MOST_WAYS], 1):
        out.print(f"  {number}. {way.text}: {_worth(way, case, margin)}",
                  soft_wrap=True, markup=False)  # fmt: skip
    return {"conflicts": conflict_table(refusal.conflicts), "ways_out": ways_table(refusal.ways)}


def _worth(way: Way, case: Case, margin: float | None) -> str:
    if way.margin is None:
        return "the search for a plan with it was stopped"
    money = case.info.currency
    if margin is None:
        return f"margin {way.margin:,.0f} {money}"
    return _difference(margin - way.margin, margin, money)


def _difference(cost: float, margin: float, money: str) -> str:
    """What is given up of a margin, or gained."""
    part = f", {abs(cost) / abs(margin):.2%} of the margin" if margin else ""
    if round(cost) == 0:
        return "costs nothing"
    return f"{'costs' if cost > 0 else 'earns'} {abs(cost):,.0f} {money}{part}"


def _tell_answer(
    out: Console, case: Case, answer: Answer, plan: PlanResult
) -> dict[str, pl.DataFrame]:
    out.print()
    out.print(f"wish: {answer.wish.text}", style="bold", markup=False)
    if answer.refusal is not None:
        out.print("cannot be had")
        return _tell_refusal(out, answer.refusal, case, plan.margin)
    assert answer.plan is not None
    assert answer.changes is not None
    assert answer.cost is not None
    check = verify_plan(answer.case, answer.plan)
    money = case.info.currency
    out.print(f"can be had: {_difference(answer.cost, plan.margin, money)}; check: {check}",
              soft_wrap=True)  # fmt: skip
    doubt = max(plan.solver.gap, answer.plan.solver.gap) * abs(plan.margin)
    if doubt > max(_SURE * abs(answer.cost), 1.0):
        out.print(f"both plans are proven to {doubt:,.0f} {money} only: a smaller --gap tells more",
                  style="yellow", soft_wrap=True)  # fmt: skip
    _tell_objectives(out, plan, answer.plan)
    for kind in answer.changes["kind"].unique(maintain_order=True):
        _tell_changes(out, kind, answer.changes.filter(pl.col("kind") == kind))
    return {"wish_changes": answer.changes}


def _tell_objectives(out: Console, before: PlanResult, after: PlanResult) -> None:
    """Where more than the margin is optimised, what the wish does to every objective."""
    ranked = before.table("objectives").drop_nulls("rank")
    if ranked.height < 2:
        return
    values = dict(after.table("objectives").select("objective", "value").rows())
    grid = _grid(("objective, in their order", "before", "after", "unit"))
    for row in ranked.iter_rows(named=True):
        now = values[row["objective"]]
        grid.add_row(row["objective"], f"{row['value']:,.0f}", f"{now:,.0f}", row["unit"])
    out.print(grid)


def _tell_changes(out: Console, kind: str, changes: pl.DataFrame) -> None:
    grid = _grid((kind, "", "", "before", "after", "change"), left=3)
    for row in changes.head(_MOST_ROWS).iter_rows(named=True):
        change = "" if row["change"] is None else f"{row['change']:+,.0f}"
        grid.add_row(
            Text(row["what"]), Text(row["place"]), Text(row["period"]),
            *(Text(_cell(row[name])) for name in ("before", "after")), change,
        )  # fmt: skip
    out.print(grid)
    if changes.height > _MOST_ROWS:
        out.print(f"and {changes.height - _MOST_ROWS:,} smaller ones", style="dim")


def _cell(value: str | None) -> str:
    try:
        return f"{float(value or ''):,.0f}"
    except ValueError:
        return value or "never"


def _called(number: int) -> str:
    """How a plan is called beside its alternatives."""
    return f"plan {number}" if number else "best"


def _tell_alternatives(
    out: Console,
    case: Case,
    plans: list[PlanResult],
    tables: dict[str, pl.DataFrame],
    within: float,
) -> None:
    out.print()
    many = "1 plan" if len(plans) == 1 else f"{len(plans)} plans"
    out.print(f"{many} within {within:g} % of the best margin", style="bold")
    margins = tables["alternatives"].group_by("plan", maintain_order=True).first()["margin"]
    out.print(", ".join(f"{_called(number)}: {margin:,.0f} {case.info.currency}"
                        for number, margin in enumerate(margins)), soft_wrap=True)  # fmt: skip
    built = tables["alternatives"].pivot(
        on="plan", index=["vehicle", "plant", "year"], values="units"
    )
    shared = built.join(tables["shared"], on=["vehicle", "plant", "year"])
    moving = shared.filter(pl.col("most") > pl.col("least") + 0.5).sort(
        pl.col("most") - pl.col("least"), descending=True
    )
    others = [f"plan {number}" for number in range(1, len(plans) + 1)]
    grid = _grid(["built", "best", *others, "least", "most"])
    for row in moving.head(2 * _MOST_ROWS).iter_rows(named=True):
        cars = [row[str(number)] for number in range(len(plans) + 1)]
        sure = "" if row["proven"] else " *"
        grid.add_row(
            Text(f"{row['vehicle']}, {row['plant']} {row['year']}"),
            *(f"{units:,.0f}" for units in [*cars, row["least"]]), f"{row['most']:,.0f}{sure}",
        )  # fmt: skip
    out.print(grid)
    if moving.height > 2 * _MOST_ROWS:
        out.print(f"and {moving.height - 2 * _MOST_ROWS:,} that move less", style="dim")
    if not moving.head(2 * _MOST_ROWS)["proven"].all():
        out.print("* of the plans looked at; others may go beyond", style="dim")
    fixed = pl.col("proven") & (pl.col("most") <= pl.col("least") + 0.5)
    still = shared.filter(fixed & (pl.col("best") > 0.5))
    if still.height:
        names = ", ".join(
            f"{v} at {p} in {y}" for v, p, y in still.select("vehicle", "plant", "year").rows()
        )
        out.print(f"the same in every plan within that: {names}", soft_wrap=True, markup=False)
    _tell_choices(out, tables["alternative_choices"])


def _tell_choices(out: Console, choices: pl.DataFrame) -> None:
    """Choices that differ between the plans, in short."""
    if not choices.height:
        out.print("starts, shifts, sites and exits are the same in all")
        return
    for (kind, what, place), rows in choices.group_by("kind", "what", "place", maintain_order=True):
        where = f" at {place}" if place else ""
        months = rows["month"].n_unique()
        if months > 1 or rows["month"][0] is not None:
            out.print(f"{kind} of {what}{where} differs in {months} months", markup=False)
        else:
            said = ", ".join(f"{_called(n)}: {value or 'never'}"
                             for n, value in rows.select("plan", "value").rows())  # fmt: skip
            out.print(f"{kind} of {what}{where}: {said}", markup=False)
