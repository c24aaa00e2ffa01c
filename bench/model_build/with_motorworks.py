"""The product's own way: index arrays."""

from motorworks.engines.lp.model import Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program
from motorworks.plan.solve import build as build_program


def build(data: PlanData, params: PlanParams) -> Program:
    """Build the program as ``motorworks run`` does."""
    return build_program(data, params)


def arrays(program: Program) -> Model:
    """The arrays, which are already laid out."""
    return program.model
