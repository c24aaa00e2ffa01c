"""The command ``motorworks``: one verb per file, and what happens when a verb fails.

Exit codes: 0 all is well; 1 the work could not be done (no plan is possible, a check of a result
failed, a solver gave up); 2 the input or the command line is wrong; 130 stopped by Ctrl-C.
"""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from motorworks import __version__
from motorworks.cli import (
    check,
    compare,
    describe,
    excel,
    front,
    new,
    plan,
    publish,
    repair,
    run_case,
    schema,
    sequence,
    simulate,
    slot,
    store,
    trace,
    verify,
)
from motorworks.errors import CaseError, MotorworksError

_WRONG_INPUT, _NOT_DONE, _INTERRUPTED = 2, 1, 130
_DEBUG = "--debug"

_EXAMPLES = {
    "motorworks run busan": "plan the shipped case, end with a report",
    "motorworks describe busan": "what is in the shipped case",
    "motorworks new mine --from busan": "a copy to work on",
    "motorworks check mine": "every problem in it, at once",
    "motorworks excel mine mine.xlsx": "the case as a workbook ...",
    "motorworks excel mine.xlsx mine-2": "... and back",
}
_EPILOG = "\n".join(
    [
        "\b",  # keeps the lines as they stand
        "Examples:",
        *(f"  {line:<36}{about}" for line, about in _EXAMPLES.items()),
        "",
        "CASE is a folder, else the name of a shipped case. `motorworks VERB --help` says more.",
    ]
)


class Verbs(TyperGroup):
    """The verbs; turns the errors of Motorworks into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; no traceback unless asked for."""
        try:
            return super().invoke(ctx)
        except MotorworksError as error:
            if ctx.params.get("debug"):
                raise
            _tell(error)
            raise typer.Exit(_WRONG_INPUT if isinstance(error, CaseError) else _NOT_DONE) from None
        except KeyboardInterrupt:
            typer.echo("\nstopped", err=True)
            raise typer.Exit(_INTERRUPTED) from None
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if ctx.params.get("debug"):
                raise
            typer.echo(f"{error.filename or 'motorworks'}: {error.strerror or error}", err=True)
            raise typer.Exit(_NOT_DONE) from None
        except Exception as error:
            if ctx.params.get("debug") or _is_usage(error):
                raise
            _tell_bug(error)
            raise typer.Exit(_NOT_DONE) from None


def _tell(error: MotorworksError) -> None:
    from motorworks.cli.tell import tell_error

    tell_error(error)


def _is_usage(error: Exception) -> bool:
    """Whether the command line itself was wrong; Typer says so in its own words."""
    return hasattr(error, "exit_code")


def _tell_bug(error: Exception) -> None:
    typer.echo(f"motorworks went wrong: {type(error).__name__}: {error}", err=True)
    typer.echo(f"This is a fault of the program; {_DEBUG} shows where it is.", err=True)


app = typer.Typer(
    cls=Verbs,
    name="motorworks",
    no_args_is_help=True,
    rich_markup_mode=None,  # the boxes of Rich would take half of the time that help may take
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"motorworks {__version__}")
        raise typer.Exit


@app.callback()
def motorworks(
    *,
    debug: Annotated[bool, typer.Option(_DEBUG, help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Plan, balance, sequence and simulate vehicle production, from one folder of data."""
    del debug, version


app.command("run", short_help="Plan a case, check the plan, write a report.")(run_case.run)
app.command("plan", short_help="Plan only; explain conflicts, wishes, alternatives.")(plan.plan)
app.command("slot", short_help="Give the orders of months their production days.")(slot.slot)
app.command("sequence", short_help="Put a day's cars in order, or score an order.")(
    sequence.sequence
)
app.command("simulate", short_help="Simulate a plant minute by minute: what holds it back.")(
    simulate.simulate
)
app.command("front", short_help="Colour changes against violations, order by order.")(front.front)
app.command("store", short_help="Restore an order, form paint batches, size a body store.")(
    store.store
)
app.command("repair", short_help="Put an order right that cannot be built.")(repair.repair)
app.command("trace", short_help="Follow one car from its facts to its minutes.")(trace.trace)
app.command("verify", short_help="Recompute a plan from the files of its run.")(verify.verify)
app.command("publish", short_help="Give a plan out, for the next to keep to.")(publish.publish)
app.command("compare", short_help="Put runs side by side.")(compare.compare)
app.command("new", short_help="Copy a case, to work on it.")(new.new)
app.command("check", short_help="List every problem of a case at once.")(check.check)
app.command("describe", short_help="Show what is in a case.")(describe.describe)
app.command("excel", short_help="A case as a workbook, and back.")(excel.excel)
app.command("schema", short_help="Show what the tables may hold.")(schema.schema)


def run() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:]
    if _DEBUG in arguments:  # before the verb or after it, as it comes to mind
        arguments = [_DEBUG, *(word for word in arguments if word != _DEBUG)]
    try:
        app(args=arguments, prog_name="motorworks")
    except KeyboardInterrupt:
        typer.echo("\nstopped", err=True)
        # what is still in the way of a clean end, such as a solver's thread, need not be waited for
        os._exit(_INTERRUPTED)
