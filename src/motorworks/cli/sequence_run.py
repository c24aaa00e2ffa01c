"""What ``motorworks sequence`` does: read a day, search or score, show, write."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import current_thread, main_thread

import typer

from motorworks import __version__
from motorworks.case.line_day import LineDay
from motorworks.cli.day_source import Source
from motorworks.cli.outputs import refuse_unwritable
from motorworks.cli.sequence_tell import as_json, tell_result, tell_score
from motorworks.cli.tell import console
from motorworks.errors import CaseError, Problem
from motorworks.io.sequence_csv import csv_of, read_order, sequence_sheet
from motorworks.io.workbook import save
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_score import Score
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order, verify_sequence

GIVEN = "given"


@dataclass(frozen=True)
class Search:
    """How to search."""

    seed: int
    threads: int
    time_limit: float | None
    iterations: int | None
    target: float | None
    prove: float | None = None


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    source: Source
    score: str | None
    search: Search
    out: Path | None
    violations: Path | None
    report: Path | None
    json: bool

    @property
    def files(self) -> tuple[Path, ...]:
        """Files to be written."""
        return tuple(path for path in (self.out, self.violations, self.report) if path)


def sequence_day(asked: Asked) -> bool:
    """Sequence or score a day, print and write; whether all hard rules hold."""
    day = asked.source.read()
    refuse_unwritable(asked.files, asked.source.files)
    if asked.score is None:
        result: SequenceResult | None = (found := searched(day, asked.search))
        order = found.order
    else:
        result, order = None, _order(asked.score, day)
    score = score_order(day, order)
    # before anything is printed: who pipes that into `head` gets the files all the same
    problems = _write(asked, day, score, result or _as_result(day, order, score))
    if asked.json:
        typer.echo(as_json(day, score, result))
    elif result is None:
        tell_score(console(), day, score)
    else:
        tell_result(console(), day, result, score)
    sound = result is None or _told_check(day, result, quiet=asked.json)
    if problems:
        raise CaseError(problems)
    for path in () if asked.json else asked.files:
        console().print(str(path), soft_wrap=True, markup=False)
    return score.broken == 0 and sound


def _order(said: str, day: LineDay) -> tuple[int, ...]:
    """The order to be scored."""
    return tuple(range(day.count)) if said == GIVEN else read_order(said, day)


def searched(day: LineDay, search: Search) -> SequenceResult:
    """Search for an order, with a progress line."""
    from motorworks.cli.search_line import SearchLine
    from motorworks.cli.sequence_watch import told
    from motorworks.sequence.params import SequenceParams
    from motorworks.sequence.solve import solve_sequence

    params = SequenceParams(
        seed=search.seed,
        threads=search.threads,
        time_limit_s=search.time_limit,
        iterations=search.iterations,
        target=search.target,
        prove_s=search.prove or 0.0,
    )
    with SearchLine(told) as watch, ended_as_by_ctrl_c():
        return solve_sequence(day, params, on_progress=watch)


def _as_result(day: LineDay, order: tuple[int, ...], score: Score) -> SequenceResult:
    """An order that was only scored, in the form of one that was found."""
    proofs = tuple(
        Proof(one.name, one.weight, score.values[one.name], 0.0, 0.0, "nothing counts below 0")
        for one in day.objectives
    )
    given = Searched(0, 1, 0, 0, 0.0, "scored", "none", __version__)
    tables = sequence_tables(day, order, score, proofs=proofs)
    return SequenceResult(order, score.mark, score.broken, proofs, given, tables)


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Let the signals by which others end a process keep the best order too, as Ctrl-C does."""
    if current_thread() is not main_thread():
        yield  # Python takes signals in the main thread alone
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {
        number: signal.signal(number, _interrupt)
        for number in numbers
        if signal.getsignal(number) != signal.SIG_IGN  # nohup means to go on
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _write(asked: Asked, day: LineDay, score: Score, result: SequenceResult) -> list[Problem]:
    """Write what was asked for, each file all of it or nothing; what stood in the way of some."""
    tables = result.tables or sequence_tables(day, result.order, score, proofs=result.proofs)
    pages: dict[Path, Callable[[], str]] = {}
    if asked.out is not None:
        pages[asked.out] = lambda: csv_of(sequence_sheet(tables["sequence"]))
    if asked.violations is not None:
        pages[asked.violations] = lambda: csv_of(tables["violations"].drop("day", "line"))
    if asked.report is not None:
        from motorworks.report.sequence_page import render_sequence_page

        pages[asked.report] = lambda: render_sequence_page(day, replace(result, tables=tables))
    problems: list[Problem] = []
    for path, page in pages.items():
        try:
            save(path, page().encode())
        except CaseError as error:
            problems += error.problems
    return problems


def _told_check(day: LineDay, result: SequenceResult, *, quiet: bool) -> bool:
    """Hold the result against the written rules; a search that errs must not go unseen."""
    check = verify_sequence(day, result)
    if not check.clean:
        console(err=True).print(f"check: {check}", style="bold red", soft_wrap=True, markup=False)
    elif not quiet:
        console().print(f"check: {check}", soft_wrap=True, markup=False)
    return check.clean
