"""Trials: the plan with one fact set to another value."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from motorworks.case.case import Case
from motorworks.case.fact_scenarios import Variant, fact_scenario
from motorworks.case.records.evidence import Fact
from motorworks.case.scenario import apply_scenario
from motorworks.errors import MotorworksError
from motorworks.plan.focus import WORTH, Start, focus_worth, headline_values
from motorworks.plan.params import PlanParams
from motorworks.plan.reads import is_read
from motorworks.plan.solve import margin_of, optimise, write_program


@dataclass(frozen=True)
class Trial:
    """A fact to be set to its low, its high or, if it was not chosen, its own value."""

    fact_id: str
    variant: Variant
    input: str


@dataclass(frozen=True)
class Outcome:
    """Headlines under a trial; none, and why, where there is no plan then."""

    trial: Trial
    values: Mapping[str, float]
    why_not: str = ""


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


def attempt(case: Case, start: Start, trial: Trial) -> Outcome:
    """Solve a case under one trial."""
    try:
        changed = under(case, trial)
        values = {key: figure.value for key, figure in headline_values(changed, start).items()}
    except MotorworksError as error:
        return Outcome(trial, {}, str(error))
    return Outcome(trial, values)


def under(case: Case, trial: Trial) -> Case:
    """The case with the fact of a trial set as it says."""
    return apply_scenario(case, fact_scenario(case, trial.fact_id, trial.variant))


def with_fact_at(case: Case, fact_id: str, value: float) -> Case:
    """The case with a fact at any value, inside its range or not."""
    facts = case.table("facts")
    low = pl.when(fact_id=fact_id).then(pl.lit(repr(float(value)))).otherwise("low").alias("low")
    edited = case.replace(facts=facts.with_columns(low))
    return under(edited, Trial(fact_id, "low", repr(float(value))))


def headline_at(
    case: Case, start: Start, fact_id: str, headline: str, value: float
) -> float | None:
    """The margin or the worth of the focus with a fact at ``value``; None without a plan."""
    try:
        changed = with_fact_at(case, fact_id, value)
        program = write_program(changed, PlanParams(**changed.info.plan))
        solution = optimise(program, start.whole, explain=False)
        if headline == WORTH:
            return focus_worth(changed, program, solution, start)
        return margin_of(program, solution)
    except MotorworksError:
        return None
