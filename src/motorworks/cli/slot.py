"""``motorworks slot``: a production day for each order of a month to a quarter."""

from pathlib import Path
from typing import Annotated

import typer

from motorworks.cli.arguments import CaseName, Scenarios


def slot(
    case: CaseName,
    scenario: Scenarios = None,
    orders: Annotated[
        Path | None,
        typer.Option("--orders", metavar="FILE",
                     help="Orders, .csv or .xlsx; else the case's, else drawn from its plan."),
    ] = None,
    days: Annotated[
        str | None,
        typer.Option("--days", "-d", metavar="A..B",
                     help="First and last day; drawn orders are those of the whole months there."),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="RUN", help="Run folder of the case, for its plan."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="RUN",
                     help="Yesterday's schedule: a folder or sheet as --out writes it."),
    ] = None,
    freeze: Annotated[
        int | None,
        typer.Option("--freeze", min=0, max=400, metavar="N",
                     help="Working days from the first that stay as in --since."),
    ] = None,
    shifts: Annotated[
        bool, typer.Option("--shifts", help="Give orders shifts of their days, too.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers."),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(min=0, max=10**15, metavar="N",
                     help="Moves to weigh; 500 an order if blank."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.001, max=30 * 86_400.0, metavar="S", help="Most seconds."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Write every table there."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write a page with days, limits, lateness."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:  # fmt: skip
    """Give orders their production days, within what lines, parts, options and ships allow.

    Orders come from --orders, else from the case's table of orders, else they are drawn from its
    plan by take rates. What a day late, a car over a quota or an order moved since yesterday costs
    stands below [slot] in case.toml. Late orders are told with what held them. Ctrl-C ends the
    search with the best days so far; without --time-limit, the same input and seed give the same
    days.

    Exit code 0 done, 1 a check of the result failed, 2 bad input.

    \b
    Examples:
      motorworks slot busan --out october --report october.html
      motorworks slot busan --days 2025-10-01..2025-12-31 --json
      motorworks slot busan --since october --freeze 5 --out october-2
      motorworks slot mine --orders orders.xlsx --days 2026-01-01..2026-01-31
    """  # noqa: D301
    from motorworks.cli.slot_run import Asked, slot_case

    settings = {
        "freeze_days": freeze, "by_shift": shifts or None, "seed": seed,
        "iterations": iterations, "time_limit_s": time_limit,
    }  # fmt: skip
    given = {key: value for key, value in settings.items() if value is not None}
    asked = Asked(case, tuple(scenario or ()), orders, days, plan, since, given, out, report, json)
    if freeze and since is None:
        msg = "there is nothing to keep without --since"
        raise typer.BadParameter(msg, param_hint="--freeze")
    if not slot_case(asked):
        raise typer.Exit(1)
