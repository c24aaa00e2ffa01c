"""What a plan may be optimised for, each as weights on the columns of the program."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import OBJECTIVES, Objective
from motorworks.plan.variables import Variables

UNITS: dict[Objective, str] = {
    "agreements": "vehicles",
    "demand": "vehicles",
    "margin": "reporting currency",
    "carbon": "t",
    "smoothness": "vehicles",
}


@dataclass(frozen=True)
class Aim:
    """An objective to be minimised: ``weights @ x + constant``; ``sign`` times that is its value.

    Only the margin is to be made as large as possible, so its sign is -1.
    """

    name: Objective
    weights: Floats
    constant: float = 0.0
    sign: float = 1.0

    def value(self, x: Floats) -> float:
        """The objective as planners know it, in the unit of :data:`UNITS`."""
        return self.sign * (float(self.weights @ x) + self.constant) + 0.0


def aim_of(name: Objective, data: PlanData, var: Variables, model: Model) -> Aim:
    """Write an objective over the columns of a program whose costs are those of the margin."""
    if name == "margin":
        return Aim(name, model.cost, model.offset, -1.0)
    weights = np.zeros(len(model.cost))
    if name == "agreements":
        weights[var.short] = 1.0
    elif name == "demand":
        weights[var.lost] = 1.0
        weights[var.late] = 1.0
    elif name == "carbon":
        weights[var.make] = data.carbon.made
        weights[var.ship] = data.carbon.lane[:, None]
        return Aim(name, weights, float(data.carbon.base.sum()))
    elif name == "smoothness":
        weights[var.smooth.rise] = 1.0
        weights[var.smooth.fall] = 1.0
    return Aim(name, weights)


def values_of(
    order: Iterable[Objective], data: PlanData, var: Variables, model: Model, x: Floats
) -> dict[Objective, float]:
    """Every objective in this plan: those in ``order`` first, then the others."""
    found = {
        name: aim_of(name, data, var, model).value(x)
        for name in dict.fromkeys((*order, *OBJECTIVES))
    }
    # rises and falls have columns only where they are an objective
    steps = np.abs(np.diff(x[var.make], axis=1)).sum()
    return {**found, "smoothness": float(steps)}
