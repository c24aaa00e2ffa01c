"""How far the headlines move: the plan solved again with each uncertain fact changed."""

import math
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.fact_scenarios import Variant, fact_scenario
from motorworks.case.records.evidence import Fact
from motorworks.case.scenario import apply_scenario
from motorworks.engines.lp.model import Solution
from motorworks.errors import CaseError, InfeasibleError
from motorworks.plan.break_even import find_break_even
from motorworks.plan.params import PlanParams
from motorworks.plan.reads import is_read
from motorworks.plan.solve import Program, Solved, margin_of, optimise, read_plan, write_program
from motorworks.result.headlines import Figure, figures, focus_names
from motorworks.result.ranges import BreakEven, Headline, Move, Ranges

WORTH = "focus_worth"

_WORTH_FOLLOWING = 0.25
"""Least share by which a fact must lower a headline to be followed to its break-even."""

_FEW_SECONDS = 6.0
"""Work that is not worth the start of other processes."""

Progress = Callable[[int, int], None]
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True)
class Trial:
    """A fact to be set to its low, its high or, if it was not chosen, its own value."""

    fact_id: str
    variant: Variant
    input: str


@dataclass(frozen=True)
class Outcome:
    """Headlines under a trial; None where no plan meets all rules then."""

    trial: Trial
    values: Mapping[str, float] | None


@dataclass(frozen=True)
class Search:
    """A headline to be followed to zero over a fact, with its values at the fact's ends."""

    fact: Fact
    headline: str
    at_chosen: float
    at_ends: tuple[float, float]


def trials_of(case: Case) -> list[Trial]:
    """List what can be tried of the facts the plan reads: low, high, and every disputed value."""
    trials = []
    for fact in case.rows(Fact):
        if not is_read(fact):
            continue
        if not fact.chosen:
            trials.append(Trial(fact.fact_id, "value", fact.value or ""))
            continue
        for variant, figure in (("low", fact.low), ("high", fact.high)):
            if figure is not None and figure != fact.value:
                trials.append(Trial(fact.fact_id, "low" if variant == "low" else "high", figure))
    return trials


@dataclass(frozen=True)
class Start:
    """Solutions of the base case, from which trials start: with the focus and without it."""

    whole: Solved
    without: Solved | None


def solve_base(case: Case) -> Start:
    """Solve the base once, for its solutions as starting points."""
    program = write_program(case, PlanParams(**case.info.plan))
    whole = Solved(program.model, optimise(program))
    bare = without_focus(case, program)
    return Start(whole, None if bare is None else Solved(bare.model, optimise(bare, whole)))


def headline_values(case: Case, start: Start | None = None) -> dict[str, Figure]:
    """Solve a case and read its headlines, the worth of its focus included."""
    program = write_program(case, PlanParams(**case.info.plan))
    solution = optimise(program, None if start is None else start.whole)
    found = {figure.key: figure for figure in figures(case, read_plan(program, solution))}
    worth = focus_worth(case, program, solution, start)
    if worth is not None:
        label = "{} at {}: worth before investment".format(*focus_names(case))
        found[WORTH] = Figure(WORTH, label, case.info.currency, worth)
    return found


def focus_worth(
    case: Case, program: Program, solution: Solution, start: Start | None = None
) -> float | None:
    """Margin with the focus less margin without it; None for a case without a focus."""
    bare = without_focus(case, program)
    if bare is None:
        return None
    near = None if start is None else start.without
    return margin_of(program, solution) - margin_of(bare, optimise(bare, near))


def without_focus(case: Case, program: Program) -> Program | None:
    """The plan as if its focus had never been thought of: nothing built, promised or pinned."""
    focus, sets = case.info.focus, program.data.sets
    if focus is None or focus.vehicle not in sets.vehicles or focus.plant not in sets.plants:
        return None
    pair = sets.vehicles.index(focus.vehicle), sets.plants.index(focus.plant)
    if pair not in sets.allocation_number:
        return None
    allocation = sets.allocation_number[pair]
    upper, lower = program.model.col_upper.copy(), program.model.row_lower.copy()
    upper[program.variables.make[allocation]] = 0.0
    bound = {
        "agreement_minimum": [promise.allocation for promise in program.data.promises],
        "pins": [pin.allocation for pin in program.data.pins],
    }
    for family, allocations in bound.items():
        if family in program.builder.row_blocks:
            rows = program.builder.row_blocks[family].index
            lower[rows[np.array(allocations, dtype=np.int64) == allocation]] = -np.inf
    return replace(program, model=replace(program.model, col_upper=upper, row_lower=lower))


def solve_ranges(
    case: Case, *, workers: int = 2, progress: Progress = lambda done, count: None
) -> Ranges:
    """Solve the plan under every trial, and look for the values at which headlines reach zero.

    Parameters
    ----------
    case
        The resolved case.
    workers
        Processes to use; 1 stays in this one.
    progress
        Called with the number of trials done and their count.

    Returns
    -------
    Ranges
        Tables of headlines, moves and break-evens; those done so far after Ctrl-C.
    """
    start = solve_base(case)
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
    with ProcessPoolExecutor(workers, context, _keep, (case,)) as pool:
        try:
            yield partial(pool.map, chunksize=2)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_KEPT: list[tuple[Case, Start]] = []


def _keep(case: Case) -> None:
    """Hold the case and its solution in a worker process, which leaves Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _KEPT[:] = [(case, solve_base(case))]


def _attempt_kept(trial: Trial) -> Outcome:
    return attempt(*_KEPT[0], trial)


def _search_kept(search: Search) -> BreakEven:
    return search_break_even(*_KEPT[0], search)


def attempt(case: Case, start: Start, trial: Trial) -> Outcome:
    """Solve a case under one trial."""
    try:
        changed = _under(case, trial)
        values = {key: figure.value for key, figure in headline_values(changed, start).items()}
    except (InfeasibleError, CaseError):
        return Outcome(trial, None)
    return Outcome(trial, values)


def _under(case: Case, trial: Trial) -> Case:
    return apply_scenario(case, fact_scenario(case, trial.fact_id, trial.variant))


def _tables(
    base: Mapping[str, Figure], outcomes: Iterable[Outcome], found: list[BreakEven]
) -> dict[str, pl.DataFrame]:
    moves = [
        Move(
            fact_id=outcome.trial.fact_id,
            variant="alternative" if outcome.trial.variant == "value" else outcome.trial.variant,
            headline=key,
            input=outcome.trial.input,
            value=outcome.values[key],
            change=outcome.values[key] - base[key].value,
        )
        for outcome in outcomes
        if outcome.values is not None
        for key in base
        if key in outcome.values
    ]
    return {
        "headlines": table_of(Headline, _headlines(base, moves)),
        "moves": table_of(Move, moves),
        "break_evens": table_of(BreakEven, found),
    }


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
    facts = {fact.fact_id: fact for fact in case.rows(Fact) if _is_number(fact.value)}
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
        if outcome.values is not None and headline in outcome.values:
            value = outcome.values[headline]
            ends.setdefault(outcome.trial.fact_id, {})[outcome.trial.variant] = value
    return ends


def search_break_even(case: Case, start: Start, search: Search) -> BreakEven:
    """Find the value of one fact at which the headline reaches zero."""
    return find_break_even(
        search.fact, search.headline, search.at_chosen, search.at_ends,
        lambda value: _headline_at(case, start, search, value),
    )  # fmt: skip


def _headline_at(case: Case, start: Start, search: Search, value: float) -> float | None:
    """The headline with the fact at ``value``; None where no plan meets all rules."""
    facts, fact_id = case.table("facts"), search.fact.fact_id
    low = pl.when(fact_id=fact_id).then(pl.lit(repr(value))).otherwise("low").alias("low")
    edited = case.replace(facts=facts.with_columns(low))
    try:
        changed = _under(edited, Trial(fact_id, "low", repr(value)))
        program = write_program(changed, PlanParams(**changed.info.plan))
        solution = optimise(program, start.whole)
        if search.headline == WORTH:
            return focus_worth(changed, program, solution, start)
        return margin_of(program, solution)
    except (InfeasibleError, CaseError):
        return None


def _is_number(text: str | None) -> bool:
    try:
        return text is not None and math.isfinite(float(text))
    except ValueError:
        return False
