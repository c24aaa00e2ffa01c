"""``motorworks sequence``: an order for the cars of a day, or the score of one."""

import math
from pathlib import Path
from typing import Annotated

import typer

from motorworks.cli.day_source import Csplib, Orders, Roadef, Rules, Source

_LONGEST_S = 30 * 86_400.0
_MOST_MOVES = 10**15
_SECONDS = 60.0


def sequence(
    *,
    roadef: Roadef = None,
    csplib: Csplib = None,
    orders: Orders = None,
    rules: Rules = None,
    score: Annotated[
        str | None,
        typer.Option(
            "--score", metavar="FILE", help="Score this order, or `given`, instead of searching."
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=0.001, max=_LONGEST_S, metavar="S",
            help=f"Most seconds; {_SECONDS:g} where --iterations says nothing.",
        ),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(min=1, max=_MOST_MOVES, metavar="N", help="Most moves to evaluate."),
    ] = None,
    target: Annotated[
        float | None, typer.Option(metavar="MARK", help="Stop at this mark or a better one.")
    ] = None,
    prove: Annotated[
        float | None,
        typer.Option(
            min=0.001, max=_LONGEST_S, metavar="S",
            help="Most seconds after the search to prove the order the best, or better it.",
        ),
    ] = None,
    threads: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Searches side by side, a core each.")
    ] = 1,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers.")
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write the order there, as CSV."),
    ] = None,
    violations: Annotated[
        Path | None,
        typer.Option("--violations", metavar="FILE", help="Write every broken window, as CSV."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write a page with the order as a strip."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:  # fmt: skip
    """Put the cars of a day in order, or score an order that there is.

    The search ends when no order can be better, at the target, at a limit, or by Ctrl-C; the best
    order found is written in any case. With --iterations and no --time-limit, the same input and
    seed give the same order. --score takes a sheet as --out writes it, or the word `given` for the
    order in which the cars stand in the input.

    Exit code 0 done, 1 hard rules stay broken, 2 bad input.

    Examples: motorworks sequence --roadef A/022_3_4_EP_RAF_ENP --time-limit 20 --out sequence.csv;
    motorworks sequence --roadef A/022_3_4_EP_RAF_ENP --score sequence.csv --json;
    motorworks sequence --orders orders.csv --rules rules.csv --report monday.html
    """
    source = Source(roadef, csplib, orders, rules)
    source.refuse_unclear()
    numbers = {"--time-limit": time_limit, "--target": target, "--prove": prove}
    _refuse_endless(numbers)
    searching = {
        **numbers,
        "--iterations": iterations,
        "--threads": None if threads == 1 else threads,
        "--seed": None if seed == 1 else seed,
    }
    given = [name for name, value in searching.items() if value is not None]
    if score is not None and given:
        msg = "goes with a search, not with --score"
        raise typer.BadParameter(msg, param_hint=given[0])
    if score is not None and not score.strip():
        msg = "names no file; `given` scores the order in which the cars stand"
        raise typer.BadParameter(msg, param_hint="--score")
    if time_limit is None and iterations is None:
        time_limit = _SECONDS

    from motorworks.cli.sequence_run import Asked, Search, sequence_day

    search = Search(seed, threads, time_limit, iterations, target, prove)
    asked = Asked(source, score, search, out, violations, report, json)
    if not sequence_day(asked):
        raise typer.Exit(1)


def _refuse_endless(numbers: dict[str, float | None]) -> None:
    """Numbers that are none, or have no end."""
    for name, value in numbers.items():
        if value is not None and not math.isfinite(value):
            msg = f"must be a finite number, not {value}"
            raise typer.BadParameter(msg, param_hint=name)
