"""Cases in which too much is asked, for the tests of explanations."""

from collections.abc import Iterable

import numpy as np

from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Pin
from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Model, Status
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.explain.rules import System
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, write_program

TINY = read_case(find_case("tiny"))


def pin(vehicle: str, plant: str, month: str, least: float, market: str | None = None) -> Pin:
    """A least number of cars, for no good reason."""
    return Pin(vehicle=vehicle, plant=plant, month=month, minimum=least, market=market, reason="-")


def pinned(pins: Iterable[Pin], case: Case = TINY) -> Case:
    """A case with pins in place of its own."""
    return case.replace(pins=table_of(Pin, pins))


def program_of(case: Case) -> Program:
    """The program of a case with its own settings."""
    return write_program(case, PlanParams(**case.info.plan))


def system_of(case: Case) -> System:
    """The limits of a case."""
    program = program_of(case)
    return System(program.builder, program.data, program.model)


def has_a_plan(model: Model) -> bool:
    """Whether a program can be met: a solve of its own, on the plain program without costs."""
    free = Model(**{**vars(model), "cost": np.zeros(len(model.cost)), "offset": 0.0})
    return highs.solve(free).status is Status.OPTIMAL
