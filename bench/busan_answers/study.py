"""Plans of the case under scenarios, and how far an answer moves over the facts it hangs on."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from motorworks.case.case import Case
from motorworks.case.records.evidence import Fact
from motorworks.errors import MotorworksError
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.break_even import find_break_even
from motorworks.plan.optimum import Optimum
from motorworks.plan.params import PlanParams
from motorworks.plan.ranges import is_number
from motorworks.plan.solve import (
    Program,
    Solved,
    margin_of,
    optimise,
    read_plan,
    write_program,
)
from motorworks.plan.trials import Trial, trials_of, under, with_fact_at
from motorworks.result.plan import PlanResult

Names = tuple[str, ...]
Value = Callable[[Case], float]

_FAR = 0.25
"""A fact must move an answer by this share for its break-even to be looked for."""


@dataclass(frozen=True)
class Move:
    """An answer with one fact at its low and its high; None where there is no plan."""

    fact: Fact
    at_low: float | None
    at_high: float | None

    @property
    def ends(self) -> list[float]:
        """The values known."""
        return [value for value in (self.at_low, self.at_high) if value is not None]


@dataclass(frozen=True)
class Spread:
    """An answer, how far each fact moves it, and where a fact turns it round."""

    value: float
    moves: tuple[Move, ...]
    break_evens: tuple[tuple[Fact, float, bool], ...]

    @property
    def low(self) -> float:
        """The least over all facts, one at a time."""
        return min([self.value, *(end for move in self.moves for end in move.ends)])

    @property
    def high(self) -> float:
        """The most over all facts, one at a time."""
        return max([self.value, *(end for move in self.moves for end in move.ends)])

    def largest(self, count: int) -> list[Move]:
        """The facts that move it most."""

        def width(move: Move) -> float:
            ends = [self.value, *move.ends]
            return max(ends) - min(ends)

        return sorted(self.moves, key=width, reverse=True)[:count]


class Study:
    """The case busan; every plan starts from the one solved before under the same scenarios."""

    def __init__(self) -> None:
        self.folder = find_case("busan")
        self.given = read_case(self.folder)
        self._near: dict[Names, Solved] = {}

    def program(self, given: Case, names: Names) -> tuple[Case, Program]:
        """A case under scenarios, and its program."""
        case, _ = resolve(given, self.folder, list(names))
        return case, write_program(case, PlanParams(**case.info.plan))

    def plan(self, *names: str) -> PlanResult:
        """The plan of the case as it is, under scenarios."""
        return self.plan_of(self.given, *names)

    def plan_of(self, given: Case, *names: str) -> PlanResult:
        """The plan of a case under scenarios."""
        _, program = self.program(given, names)
        return read_plan(program, self._best(program, names))

    def margin(self, given: Case, *names: str) -> float:
        """The margin of a case under scenarios."""
        _, program = self.program(given, names)
        return margin_of(program, self._best(program, names))

    def _best(self, program: Program, names: Names) -> Optimum:
        best = optimise(program, self._near.get(names))
        self._near.setdefault(names, Solved(program.model, best))
        return best

    def spread(self, value: Value) -> Spread:
        """Work out an answer with every fact at its low and high, and where it turns round."""
        chosen = value(self.given)
        ends: dict[str, dict[str, float | None]] = {}
        for trial in trials_of(self.given):
            if trial.variant != "value":
                ends.setdefault(trial.fact_id, {})[trial.variant] = self._under(trial, value)
        facts = {fact.fact_id: fact for fact in self.given.rows(Fact)}
        moves = tuple(
            Move(facts[fact_id], found.get("low"), found.get("high"))
            for fact_id, found in ends.items()
        )
        return Spread(chosen, moves, tuple(self._turning(chosen, moves, value)))

    def _under(self, trial: Trial, value: Value) -> float | None:
        try:
            return value(under(self.given, trial))
        except MotorworksError:
            return None

    def _turning(
        self, chosen: float, moves: tuple[Move, ...], value: Value
    ) -> list[tuple[Fact, float, bool]]:
        """Facts that bring the answer to zero, nearest first; whether inside their range."""
        sign = math.copysign(1.0, chosen)
        found = []
        for move in moves:
            if len(move.ends) < 2 or not is_number(move.fact.value):
                continue
            ends = (sign * move.ends[0], sign * move.ends[1])
            if min(ends) > (1.0 - _FAR) * abs(chosen):
                continue
            at = find_break_even(
                move.fact, "answer", abs(chosen), ends,
                lambda point, fact=move.fact: self._at(fact, point, value, sign),
            )  # fmt: skip
            if at.break_even is not None:
                found.append((move.fact, at.break_even, at.inside))
        return sorted(found, key=lambda item: (not item[2], item[0].fact_id))

    def _at(self, fact: Fact, point: float, value: Value, sign: float) -> float | None:
        """The answer with a fact at any value, with the sign that makes it positive as chosen."""
        try:
            return sign * value(with_fact_at(self.given, fact.fact_id, point))
        except MotorworksError:
            return None
