"""How far the headlines move: the plan solved again with each uncertain fact changed."""

import math
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from threading import current_thread, main_thread
from typing import Any

import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.records.evidence import Fact
from motorworks.plan.break_even import find_break_even
from motorworks.plan.focus import WORTH, Start, headline_values, solve_base
from motorworks.plan.trials import Outcome, Trial, attempt, headline_at, trials_of
from motorworks.result.headlines import Figure
from motorworks.result.plan import PlanResult
from motorworks.result.ranges import BreakEven, Failure, Headline, Move, Ranges

_WORTH_FOLLOWING = 0.25
"""Least share by which a fact must lower a headline to be followed to its break-even."""

_FEW_SECONDS = 6.0
"""Work that is not worth the start of other processes."""

Progress = Callable[[int, int], None]
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True)
class Search:
    """A headline to be followed to zero over a fact, with its values at the fact's ends."""

    fact: Fact
    headline: str
    at_chosen: float
    at_ends: tuple[float, float]


def solve_ranges(
    case: Case,
    *,
    plan: PlanResult | None = None,
    workers: int = 2,
    progress: Progress = lambda done, count: None,
) -> Ranges:
    """Solve the plan under every trial, and look for the values at which headlines reach zero.

    Trials keep what the plan chose (starts, shifts, sites ...): they tell what happens to this
    plan, not what another one would be.

    Parameters
    ----------
    case
        The resolved case.
    plan
        The plan whose choices are kept, as it was just solved; searched for if not given.
    workers
        Processes to use; 1 stays in this one.
    progress
        Called with the number of trials done and their count.

    Returns
    -------
    Ranges
        Tables of headlines, moves and break-evens; those done so far after Ctrl-C.
    """
    start = solve_base(case, None if plan is None else plan.columns)
    began = time.perf_counter()
    base = headline_values(case, start)
    trials = trials_of(case)
    if (time.perf_counter() - began) * len(trials) < _FEW_SECONDS:
        workers = 1
    outcomes: list[Outcome] = []
    found: list[BreakEven] = []
    complete = True
    try:
        with _spread(case, start, workers) as over:
            for outcome in over(_attempt_kept, trials):
                outcomes.append(outcome)
                progress(len(outcomes), len(trials))
            searches = _searches(case, base, outcomes)
            for break_even in over(_search_kept, searches):
                found.append(break_even)
                progress(len(found), len(searches))
    except KeyboardInterrupt:
        complete = False
    return Ranges(_tables(base, outcomes, found), complete)


@contextmanager
def _spread(case: Case, start: Start, workers: int) -> Iterator[Spread]:
    """A ``map`` over processes that each hold the case, or over this one alone."""
    if workers <= 1:
        _KEPT[:] = [(case, start)]
        yield map
        return
    # Polars keeps threads, which a forked child would not have
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _keep, (case, start)) as pool:
        try:
            yield partial(_hand_out, pool)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _hand_out(
    pool: ProcessPoolExecutor, work: Callable[[Any], Any], items: Iterable[Any]
) -> Iterator[Any]:
    """``map`` over processes, which start with Ctrl-C blocked: only their parent answers to it."""
    with _without_ctrl_c():
        return pool.map(work, items, chunksize=2)


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; threads and processes that start in it never see one.

    A solver's thread may still receive it, and Python then interrupts the main thread all the
    same, maybe between the start of a process and its entry in the pool: so it is noted only.
    """
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield  # Windows, or a thread that Ctrl-C never interrupts
        return
    pressed: list[int] = []
    answer = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, answer)
    if pressed:
        raise KeyboardInterrupt


_KEPT: list[tuple[Case, Start]] = []


def _keep(case: Case, start: Start) -> None:
    """Hold the case and its solution in a worker process, which leaves Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _KEPT[:] = [(case, start)]


def _attempt_kept(trial: Trial) -> Outcome:
    return attempt(*_KEPT[0], trial)


def _search_kept(search: Search) -> BreakEven:
    return search_break_even(*_KEPT[0], search)


def _tables(
    base: Mapping[str, Figure], outcomes: Iterable[Outcome], found: list[BreakEven]
) -> dict[str, pl.DataFrame]:
    moves = [
        Move(
            fact_id=outcome.trial.fact_id,
            variant=_said(outcome.trial.variant),
            headline=key,
            input=outcome.trial.input,
            value=outcome.values[key],
            change=outcome.values[key] - base[key].value,
        )
        for outcome in outcomes
        for key in base
        if key in outcome.values
    ]
    failures = [
        Failure(
            fact_id=outcome.trial.fact_id,
            variant=_said(outcome.trial.variant),
            input=outcome.trial.input,
            why=outcome.why_not,
        )
        for outcome in outcomes
        if outcome.why_not
    ]
    return {
        "headlines": table_of(Headline, _headlines(base, moves)),
        "moves": table_of(Move, moves),
        "break_evens": table_of(BreakEven, found),
        "failures": table_of(Failure, failures),
    }


def _said(variant: str) -> str:
    return "alternative" if variant == "value" else variant


def _headlines(base: Mapping[str, Figure], moves: list[Move]) -> list[Headline]:
    reached = {key: [figure.value] for key, figure in base.items()}
    for move in moves:
        reached[move.headline].append(move.value)
    return [
        Headline(
            headline=key, label=figure.label, unit=figure.unit, value=figure.value,
            low=min(reached[key]), high=max(reached[key]),
        )
        for key, figure in base.items()
    ]  # fmt: skip


def _searches(case: Case, base: Mapping[str, Figure], outcomes: list[Outcome]) -> list[Search]:
    """Facts that lower the margin, or the worth of the focus, far enough to be followed."""
    facts = {fact.fact_id: fact for fact in case.rows(Fact) if is_number(fact.value)}
    searches = []
    for headline in (name for name in (WORTH, "margin") if name in base):
        at = base[headline].value
        for fact_id, ends in _ends(outcomes, headline).items():
            values = [ends.get("low"), ends.get("high")]
            if fact_id in facts and None not in values:
                low, high = (float(value or 0.0) for value in values)
                if min(low, high) <= (1.0 - _WORTH_FOLLOWING) * at:
                    searches.append(Search(facts[fact_id], headline, at, (low, high)))
    return searches


def _ends(outcomes: list[Outcome], headline: str) -> dict[str, dict[str, float]]:
    """A headline by fact and variant."""
    ends: dict[str, dict[str, float]] = {}
    for outcome in outcomes:
        if headline in outcome.values:
            value = outcome.values[headline]
            ends.setdefault(outcome.trial.fact_id, {})[outcome.trial.variant] = value
    return ends


def search_break_even(case: Case, start: Start, search: Search) -> BreakEven:
    """Find the value of one fact at which the headline reaches zero."""
    return find_break_even(
        search.fact, search.headline, search.at_chosen, search.at_ends,
        lambda value: headline_at(case, start, search.fact.fact_id, search.headline, value),
    )  # fmt: skip


def is_number(text: str | None) -> bool:
    """Whether the value of a fact is a figure, which can be moved."""
    try:
        return text is not None and math.isfinite(float(text))
    except ValueError:
        return False
