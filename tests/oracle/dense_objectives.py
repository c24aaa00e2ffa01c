"""Objectives in order, by brute force: each is best over all combinations, then held."""

from typing import Any

from motorworks.case.case import Case
from tests.oracle import dense_carbon
from tests.oracle.dense_choices import ChoicePlan
from tests.oracle.dense_figures import INF
from tests.oracle.dense_program import Name, Terms

SLACK = 1e-6
MOST_IS_BEST = ("margin",)


def best_in_order(case: Case) -> dict[str, float] | None:
    """The best value of each objective of the setting, those before it held near theirs."""
    plan = ChoicePlan(case)
    tolerance = case.info.plan["tolerance_pct"] / 100
    bests: dict[str, float] = {}
    for objective in case.info.plan["objectives"]:
        found = [_best(plan, chosen, objective, bests, tolerance) for chosen in plan.combinations()]
        values = [value for value in found if value is not None]
        if not values:
            return None
        bests[objective] = max(values) if objective in MOST_IS_BEST else min(values)
    return bests


def _best(
    plan: ChoicePlan,
    chosen: dict[Name, Any],
    objective: str,
    held: dict[str, float],
    tolerance: float,
) -> float | None:
    """The best value of an objective for choices made, with others held."""
    plan.chosen = dict(chosen)
    plan.write()
    if "smoothness" in (objective, *held):
        _add_steps(plan)
    for name, best in held.items():
        terms, constant = _goal(plan, name)
        slack = tolerance * abs(best) + SLACK
        if name in MOST_IS_BEST:
            plan.program.row(terms, best - slack - constant, INF)
        else:
            plan.program.row(terms, -INF, best + slack - constant)
    terms, constant = _goal(plan, objective)
    sign = 1.0 if objective in MOST_IS_BEST else -1.0
    best_value = plan.program.best({name: sign * factor for name, factor in terms.items()})
    return None if best_value is None else sign * best_value + constant


def _goal(plan: ChoicePlan, objective: str) -> tuple[Terms, float]:
    """An objective as a sum of variables and a constant."""
    program = plan.program
    if objective == "margin":
        return dict(zip(program.place, program.gain, strict=True)), program.constant
    if objective == "carbon":
        return dense_carbon.emitted(plan, list(range(plan.count)))
    kinds = {"agreements": ("short",), "demand": ("lost", "late"), "smoothness": ("rise", "fall")}
    return {name: 1.0 for name in program.place if name[0] in kinds[objective]}, 0.0


def _add_steps(plan: ChoicePlan) -> None:
    """Rises and falls of what is made from month to month."""
    for a in plan.made:
        for t in range(1, plan.count):
            plan.program.add(("rise", *a, t))
            plan.program.add(("fall", *a, t))
            terms = {("rise", *a, t): 1.0, ("fall", *a, t): -1.0,
                     ("make", *a, t): -1.0, ("make", *a, t - 1): 1.0}  # fmt: skip
            plan.program.row(terms, 0.0, 0.0)
