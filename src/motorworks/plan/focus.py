"""The headlines of a case, and what the vehicle and plant it is about are worth."""

from dataclasses import dataclass, replace

import numpy as np

from motorworks.case.case import Case
from motorworks.engines.lp.model import Floats, Indices, Model, Solution, fix_integers
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, Solved, margin_of, optimise, read_plan, write_program
from motorworks.result.headlines import TABLES_READ, Figure, figures, focus_names

WORTH = "focus_worth"

_GIVE_WAY = frozenset({"agreement_minimum", "agreement_flex", "pins", "freeze", "one_start"})
"""Families that demand something of the focus, which nobody asks for once it is gone."""


@dataclass(frozen=True)
class Start:
    """Solutions of the base case, from which trials start: with the focus and without it."""

    whole: Solved
    without: Solved | None


def solve_base(case: Case, chosen: Floats | None = None) -> Start:
    """Solve the base once, for its solutions as starting points.

    With ``chosen``, values of all columns, starts, shifts and other choices stand as they are
    there; without the focus they are chosen anew.
    """
    program = write_program(case, PlanParams(**case.info.plan))
    whole = _solved(program, chosen, None)
    bare = without_focus(case, program)
    if bare is None:
        return Start(whole, None)
    return Start(whole, _solved(bare, None, whole))


def _solved(program: Program, chosen: Floats | None, near: Solved | None) -> Solved:
    """Solve with the choices given, or else from the basis of a program nearby."""
    if program.model.has_integers:
        near = None  # a program without its focus may choose otherwise
    if chosen is not None:
        program = replace(program, model=fix_integers(program.model, chosen))
    return Solved(program.model, optimise(program, near))


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
    model = program.model
    upper, lower, row_upper = (
        model.col_upper.copy(), model.row_lower.copy(), model.row_upper.copy()
    )  # fmt: skip
    var = program.variables
    upper[var.make[allocation]] = 0.0
    begin = var.launches.begin[program.data.launches.allocation == allocation]
    upper[begin] = 0.0
    flows = np.flatnonzero(sets.flow_store == allocation)
    concerned = np.concatenate([var.make[allocation], var.ship[flows].ravel(), begin.ravel()])
    rows = np.unique(np.concatenate([_rows_of(model, int(column)) for column in concerned]))
    for family in _GIVE_WAY & program.builder.row_blocks.keys():
        own = np.intersect1d(rows, program.builder.row_blocks[family].index)
        lower[own] = np.minimum(lower[own], 0.0) if family == "freeze" else -np.inf
        row_upper[own] = np.maximum(row_upper[own], 0.0)
    changed = replace(model, col_upper=upper, row_lower=lower, row_upper=row_upper)
    return replace(program, model=changed)


def _rows_of(model: Model, column: int) -> Indices:
    return model.index[model.start[column] : model.start[column + 1]]
