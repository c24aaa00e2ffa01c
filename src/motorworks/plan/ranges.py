"""How far the headlines move: the plan solved again with each uncertain fact changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

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
from motorworks.plan.solve import Program, margin_of, optimise, read_plan, write_program
from motorworks.result.headlines import Figure, figures, focus_names
from motorworks.result.ranges import BreakEven, Headline, Move, Ranges

WORTH = "focus_worth"

Progress = Callable[[int, int], None]


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

    whole: Solution
    without: Solution | None


def solve_base(case: Case) -> Start:
    """Solve the base once, for its solutions as starting points."""
    program = write_program(case, PlanParams(**case.info.plan))
    whole = optimise(program)
    bare = without_focus(case, program)
    return Start(whole, None if bare is None else optimise(bare, whole))


def headline_values(case: Case, start: Start | None = None) -> dict[str, Figure]:
    """Solve a case and read its headlines, the worth of its focus included."""
    program = write_program(case, PlanParams(**case.info.plan))
    solution = optimise(program, None if start is None else start.whole)
    found = {figure.key: figure for figure in figures(case, read_plan(program, solution))}
    bare = without_focus(case, program)
    if bare is not None:
        label = "{} at {}: worth before investment".format(*focus_names(case))
        near = solution if start is None or start.without is None else start.without
        worth = margin_of(program, solution) - margin_of(bare, optimise(bare, near))
        found[WORTH] = Figure(WORTH, label, case.info.currency, worth)
    return found


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
    base = headline_values(case, start)
    trials = trials_of(case)
    outcomes: list[Outcome] = []
    complete = True
    try:
        for outcome in _run(case, start, trials, workers):
            outcomes.append(outcome)
            progress(len(outcomes), len(trials))
    except KeyboardInterrupt:
        complete = False
    return Ranges(_tables(case, start, base, outcomes), complete)


def _run(case: Case, start: Start, trials: list[Trial], workers: int) -> Iterator[Outcome]:
    if workers <= 1 or len(trials) < 2 * workers:
        yield from (attempt(case, start, trial) for trial in trials)
        return
    # Polars keeps threads, which a forked child would not have
    context = get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_keep, initargs=(case,)
    ) as pool:
        try:
            yield from pool.map(_attempt_kept, trials, chunksize=4)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_KEPT: list[tuple[Case, Start]] = []


def _keep(case: Case) -> None:
    """Hold the case and its solution in a worker process, so that it is solved there once."""
    _KEPT[:] = [(case, solve_base(case))]


def _attempt_kept(trial: Trial) -> Outcome:
    return attempt(*_KEPT[0], trial)


def attempt(case: Case, start: Start, trial: Trial) -> Outcome:
    """Solve a case under one trial."""
    try:
        changed = apply_scenario(case, fact_scenario(case, trial.fact_id, trial.variant))
        values = {key: figure.value for key, figure in headline_values(changed, start).items()}
    except (InfeasibleError, CaseError):
        return Outcome(trial, None)
    return Outcome(trial, values)


def _tables(
    case: Case, start: Start, base: Mapping[str, Figure], outcomes: Iterable[Outcome]
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
        "break_evens": table_of(BreakEven, _break_evens(case, start, base, moves)),
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


def _break_evens(
    case: Case, start: Start, base: Mapping[str, Figure], moves: list[Move]
) -> list[BreakEven]:
    """Break-even of the focus's worth (without a focus: of the margin) over each fact."""
    headline = WORTH if WORTH in base else "margin"
    facts = {fact.fact_id: fact for fact in case.rows(Fact)}
    found = []
    for fact_id in dict.fromkeys(move.fact_id for move in moves if move.headline == headline):
        ends = {m.variant: m for m in moves if m.fact_id == fact_id and m.headline == headline}
        fact = facts[fact_id]
        if {"low", "high"} <= set(ends) and _number(fact.value) is not None:
            values = ends["low"].value, ends["high"].value
            worth = partial(_worth_at, case, start, fact, headline)
            found.append(find_break_even(fact, headline, base[headline].value, values, worth))
    return found


def _worth_at(case: Case, start: Start, fact: Fact, headline: str, value: float) -> float | None:
    """The headline with the fact at ``value``; None where no plan meets all rules."""
    column = case.table("facts")
    at = pl.col("fact_id") == fact.fact_id
    edited = column.with_columns(
        pl.when(at).then(pl.lit(repr(value))).otherwise("low").alias("low")
    )
    outcome = attempt(case.replace(facts=edited), start, Trial(fact.fact_id, "low", repr(value)))
    return None if outcome.values is None else outcome.values.get(headline)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
