"""The headlines of a case, and what the vehicle and plant it is about are worth."""

from dataclasses import dataclass, replace

import numpy as np

from motorworks.case.case import Case
from motorworks.engines.lp.model import Solution
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, Solved, margin_of, optimise, read_plan, write_program
from motorworks.result.headlines import TABLES_READ, Figure, figures, focus_names

WORTH = "focus_worth"


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
    found = {
        figure.key: figure for figure in figures(case, read_plan(program, solution, TABLES_READ))
    }
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
