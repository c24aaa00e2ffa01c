"""How far the headlines move: the plan solved again with each uncertain fact changed."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.records.evidence import Fact
from motorworks.engines.processes import spread
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
        with spread((case, start), workers, chunk=2) as over:
            for outcome in over(_attempt_from, trials):
                outcomes.append(outcome)
                progress(len(outcomes), len(trials))
            searches = _searches(case, base, outcomes)
            for break_even in over(_search_from, searches):
                found.append(break_even)
                progress(len(found), len(searches))
    except KeyboardInterrupt:
        complete = False
    return Ranges(_tables(base, outcomes, found), complete)


def _attempt_from(held: tuple[Case, Start], trial: Trial) -> Outcome:
    return attempt(*held, trial)


def _search_from(held: tuple[Case, Start], search: Search) -> BreakEven:
    return search_break_even(*held, search)


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
