"""``motorworks plan``: the plan alone, why it is as it is, and what else would do."""

from pathlib import Path
from typing import Annotated

import typer

from motorworks.cli.arguments import CaseName, Scenarios


def plan(
    case: CaseName,
    scenario: Scenarios = None,
    why_not: Annotated[
        list[str] | None,
        typer.Option(
            "--why-not", metavar="WISH", help="What it would cost to have a wish come true; once."
        ),
    ] = None,
    alternatives: Annotated[
        int,
        typer.Option(
            "--alternatives",
            "-a",
            min=0,
            max=20,
            metavar="N",
            help="Also N plans almost as good that differ most.",
        ),
    ] = 0,
    within: Annotated[
        float,
        typer.Option(min=0.001, max=100, metavar="PCT", help="What those may give up, %."),
    ] = 1.0,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Write all tables there."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.001, metavar="S", help="Most seconds for each search of the solver."),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(min=0, max=100, metavar="PCT", help="Stop when proven this near, %."),
    ] = None,
) -> None:
    """Plan a case and explain the plan: conflicts, wishes, alternatives. No ranges, no report.

    Where no plan meets all rules, the rules that conflict are named and the cheapest ways out are
    listed. A WISH is one of: "VEHICLE at PLANT from MONTH", "N VEHICLE at PLANT in MONTH",
    "VEHICLE to MARKET in MONTH: N", "no VEHICLE at PLANT", "PATTERN at PLANT from MONTH",
    "agreement AGREEMENT ended in MONTH". With --out, every table is written as Parquet and CSV.

    Exit code 0 done, 1 no plan is possible or the plan fails its check, 2 bad input.

    Examples: motorworks plan busan; motorworks plan busan --why-not "polestar-4 at busan from
    2025-05"; motorworks plan busan --alternatives 3 --within 1 --out near-best
    """
    from motorworks.cli.plan_answers import Options, tell_plan

    if why_not and len(why_not) > 1:
        msg = f"one wish at a time, {len(why_not)} were given; ask for each in a run of its own"
        raise typer.BadParameter(msg, param_hint="--why-not")
    wish = why_not[0] if why_not else None
    options = Options(scenario or [], wish, alternatives, within, out, time_limit, gap)
    if not tell_plan(case, options):
        raise typer.Exit(1)
