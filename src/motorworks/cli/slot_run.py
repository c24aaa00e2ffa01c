"""What ``motorworks slot`` does: read a case and its orders, slot, check, show, write."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from motorworks.case.case import Case
from motorworks.case.volumes import Tables
from motorworks.cli.outputs import refuse_unwritable
from motorworks.cli.search_line import SearchLine
from motorworks.cli.slot_tell import as_json, tell_month, told
from motorworks.cli.tell import console
from motorworks.cli.typed_spans import spans_of
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import find_case
from motorworks.io.formats.slot_sheets import read_schedule, with_orders
from motorworks.io.run_reading import read_run
from motorworks.io.scenarios import resolve
from motorworks.io.tables import write_tables
from motorworks.io.workbook import save
from motorworks.pipeline import read_sound, refuse_bad
from motorworks.plan.solve import solve_plan
from motorworks.result.slotted import SlottedMonths
from motorworks.result.verify.slot import verify_slot
from motorworks.slot.months import slot_months
from motorworks.slot.params import SlotParams, setting_problems

_SHEETS = (".csv", ".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    case: str
    scenarios: tuple[str, ...]
    orders: Path | None
    days: str | None
    plan: Path | None
    since: Path | None
    settings: Mapping[str, float]
    out: Path | None
    report: Path | None
    json: bool


def slot_case(asked: Asked) -> bool:
    """Slot the orders of a case, print and write; whether the check finds nothing."""
    refuse_unwritable([asked.report] if asked.report is not None else [])
    case = _case(asked)
    span = spans_of([asked.days])[0] if asked.days is not None else None
    yesterday = read_schedule(asked.since) if asked.since is not None else None
    params = SlotParams(**{**case.info.slot, **asked.settings})
    plan = _plan(case, asked.plan)
    with SearchLine(told) as watch:
        found = slot_months(case, plan, span, params=params, yesterday=yesterday, on_progress=watch)
    if asked.json:
        typer.echo(as_json(found))
    for one in () if asked.json else found.months:
        tell_month(console(), one)
    _write(asked, case, found)
    return _checked(found, quiet=asked.json)


def _write(asked: Asked, case: Case, found: SlottedMonths) -> None:
    """Write what was asked for, and say where."""
    if asked.out is not None:
        write_tables(asked.out, found.tables)
    if asked.report is not None:
        from motorworks.report.slots_page import render_slots_page

        save(asked.report, render_slots_page(case, found).encode())
    for path in () if asked.json else (asked.out, asked.report):
        if path is not None:
            console().print(str(path), soft_wrap=True, markup=False)


def _case(asked: Asked) -> Case:
    """The case with its scenarios and the orders of a sheet."""
    if Path(asked.case).is_file() and Path(asked.case).suffix.lower() in _SHEETS:
        message = f"is a sheet, not a case; name a case, and the sheet with --orders {asked.case}"
        raise CaseError([Problem(asked.case, message)])
    folder = find_case(asked.case)
    case, _ = resolve(read_sound(folder), folder, list(asked.scenarios))
    if problems := setting_problems(case.info):
        raise CaseError(problems)
    refuse_bad(case, as_given=not asked.scenarios)
    return case if asked.orders is None else with_orders(case, asked.orders)


def _plan(case: Case, run: Path | None) -> Tables:
    """Tables of the plan: those of a run, or of one that is made now."""
    return (solve_plan(case) if run is None else read_run(run).result).tables


def _checked(found: SlottedMonths, *, quiet: bool) -> bool:
    """Hold every month against the written rules; a search that errs must not go unseen."""
    sound = True
    for one in found.months:
        check = verify_slot(one.month, one.result)
        sound &= check.clean
        if not check.clean:
            console(err=True).print(
                f"check: {check}", style="bold red", soft_wrap=True, markup=False
            )
        elif not quiet:
            console().print(f"check: {check}", soft_wrap=True, markup=False)
    return sound
