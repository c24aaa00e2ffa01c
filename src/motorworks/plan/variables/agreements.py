"""Ends of agreements, month by month."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData


@dataclass(frozen=True)
class AgreementChoices:
    """``exit`` (E, T): 1 where an agreement no longer covers a month and those after it."""

    exit: NDArray[Any]


def add_agreements(lp: Builder, data: PlanData) -> AgreementChoices:
    """Add the choice to end an agreement from a month on."""
    given = data.agreements
    shape = given.exit_cost.shape
    upper = given.exit_allowed
    return AgreementChoices(
        exit=lp.columns("exit", shape, upper=upper, cost=given.exit_cost, integer=True)
    )
