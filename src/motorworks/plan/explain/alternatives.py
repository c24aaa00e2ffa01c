"""Plans almost as good as the best that differ most from it, and what all of them share.

Plans are told apart by the cars of each allocation in each calendar year, and by what is chosen
(starts, shifts, sites, exits). A linear program is asked for the least and the most of every such
figure: that gives the ranges, and plans in many directions, of which those farthest apart are
taken, each pushed farther away along the line on which it lies. A program with integers is pushed
away from the plans found so far, choices first. At last each alternative keeps its figures and
choices and is given the best margin that goes with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Floats, Model, Solution, Status, fix_integers, with_row
from motorworks.errors import EngineError
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.explain.rules import Bools
from motorworks.plan.explain.ways import Effort
from motorworks.plan.objectives import aim_of
from motorworks.plan.optimum import Optimum, Rank, usable
from motorworks.plan.solve import Program
from motorworks.plan.variables import Variables

_PUSHES = 3
_CLOSE = 1e-6
_APART = 0.5
"""Least distance in cars at which two plans count as different."""

_STEPS = 5
_FACTOR = 5.0
"""Most tries in a direction, and by how much more is paid from one to the next."""

_PROVEN = 1e-2
_CELLS = 24
_LOOSE = 0.25
"""Gap of a search with integers, as a share of what may be given up."""


@dataclass(frozen=True)
class Cells:
    """Figures that tell plans apart: cars of an allocation in a year.

    ``allocation``, ``year`` (C,); ``sums`` (C, columns) adds up the columns of each.
    """

    allocation: Ints
    year: Ints
    sums: csr_array

    def of(self, x: Floats) -> Floats:
        """Cars of each cell in a plan; (C,)."""
        cars: Floats = self.sums @ x
        return cars


@dataclass(frozen=True)
class Alternatives:
    """Alternatives with the figures of each cell, and the ranges over all plans almost as good.

    ``plans`` are solutions of the program, farthest from the best first. ``least``, ``most`` (C,)
    are the ranges of the cells over all plans looked at, ``proven`` (C,) where no plan can go
    beyond.
    """

    cells: Cells
    plans: tuple[Optimum, ...]
    least: Floats
    most: Floats
    proven: Bools


def alternatives(
    program: Program, best: Optimum, count: int, within_pct: float, effort: Effort | None = None
) -> Alternatives:
    """Plans within ``within_pct`` of the best margin that lie as far apart as can be found.

    Parameters
    ----------
    program, best
        A program and its best plan.
    count
        How many alternatives to look for; fewer are given where no more can be told apart.
    within_pct
        What they may give up of the margin, in percent of its amount.
    effort
        Gap and time limit of each solve with integers.
    """
    effort = effort or Effort()
    cells = cells_of(program.data, program.variables, len(program.model.cost))
    held = held_before(program, best)
    space = _Space(held, cells, best, within_pct / 100.0, effort)
    if held.has_integers:
        space.spread(count)
        proven = np.zeros(len(cells.year), np.bool_)
    else:
        proven = space.ranges()
    chosen = space.farthest(count)
    plans = [_polished(program, held, cells, x, best) for x in chosen]
    seen = np.array([cells.of(x) for x in [*space.pool, *(plan.x for plan in plans)]])
    plans.sort(key=lambda plan: -space.apart(plan.x, best.x))
    return Alternatives(cells, tuple(plans), seen.min(axis=0), seen.max(axis=0), proven)


def cells_of(data: PlanData, var: Variables, columns: int) -> Cells:
    """Every allocation in every calendar year."""
    years = np.array([int(month[:4]) for month in data.sets.months])
    known = np.unique(years)
    allocations = data.sets.n_allocations
    number = np.searchsorted(known, years)
    cell = (np.arange(allocations)[:, None] * len(known) + number).ravel()
    at = var.make.ravel()
    sums = csr_array((np.ones(len(at)), (cell, at)), shape=(allocations * len(known), columns))
    return Cells(np.repeat(np.arange(allocations), len(known)), np.tile(known, allocations), sums)


def held_before(program: Program, best: Optimum) -> Model:
    """The program of the margin, with what ranks before the margin held as it was."""
    model, tolerance = program.model, program.params.tolerance_pct / 100.0
    for rank in best.ranks:
        if rank.aim.name == "margin":
            break
        most = rank.best + tolerance * abs(rank.best) + _CLOSE
        model = with_row(model, rank.aim.weights, -np.inf, most - rank.aim.constant)
    return model


class _Space:
    """The plans almost as good as the best: asks for some, keeps them all in ``pool``.

    A plan far in some direction is found by paying for each car (or choice) in it: the more is
    paid, the farther the plan goes and the more margin it gives up. In a linear program, the mix
    of one that gives up too little and one that gives up too much is a plan that gives up exactly
    what it may; with integers, the last that gives up little enough is taken.
    """

    def __init__(
        self, held: Model, cells: Cells, best: Optimum, share: float, effort: Effort
    ) -> None:
        self.held, self.cells, self.effort = held, cells, effort
        self.pool: list[Floats] = [best.x]
        self.cost = float(held.cost @ best.x)
        self.budget = share * abs(self.cost + held.offset)
        self.share = share
        whole = held.integer
        self.choices = np.zeros(0, np.int64) if whole is None else np.flatnonzero(whole)
        cars = max(float(cells.of(best.x).sum()), 1.0)
        # a choice weighs as much as the cars that go with it on average
        self.weight = cars / max(float(np.abs(best.x[self.choices]).sum()), 1.0)
        self._pay = self.budget / max(float(cells.of(best.x).max()), 1.0)
        self._first = self._basis = None if held.has_integers else best.basis

    def apart(self, one: Floats, two: Floats) -> float:
        """Distance of two plans, in cars: differences by cell, and by choice."""
        cars = np.abs(self.cells.of(one) - self.cells.of(two)).sum()
        chosen = np.abs(np.round(one[self.choices]) - np.round(two[self.choices])).sum()
        return float(cars + self.weight * chosen)

    def ask(self, direction: Floats) -> tuple[Floats, float]:
        """The farthest plan found in a direction of the columns, and how far any could go."""
        inside, lost, outside = self.pool[0], 0.0, None
        bound, best, pay = np.inf, inside, self._pay
        self._basis = self._first
        for _ in range(_STEPS):
            x = self._paid(direction, pay)
            if x is None:
                break
            loss, goes = float(self.held.cost @ x) - self.cost, float(direction @ x)
            bound = min(bound, goes + (self.budget - loss) / pay)
            if loss > self.budget:
                outside = x
            elif goes >= float(direction @ inside):
                inside, lost = x, loss
            best = self._mix(inside, lost, outside)
            if bound - float(direction @ best) <= _PROVEN * max(abs(bound), 1.0):
                break
            if outside is None:
                pay *= _FACTOR
                continue
            # where both go equally far for what they give up, less is paid
            given = float(self.held.cost @ outside) - self.cost - lost
            slope = given / max(float(direction @ (outside - inside)), _CLOSE)
            if abs(slope / pay - 1.0) < _CLOSE:
                break
            pay = slope
        self._pay = pay
        self.pool.append(best)
        return best, bound

    def _mix(self, inside: Floats, lost: float, outside: Floats | None) -> Floats:
        """What lies between two plans where just as much is given up as may be."""
        if outside is None or self.held.has_integers:
            return inside
        loss = float(self.held.cost @ outside) - self.cost
        return inside + (self.budget - lost) / (loss - lost) * (outside - inside)

    def _paid(self, direction: Floats, pay: float) -> Floats | None:
        aimed = replace(self.held, cost=self.held.cost - pay * direction)
        if self.held.has_integers:
            solution = highs.solve(
                aimed, start=self.pool[-1], gap=_LOOSE * self.share,
                time_limit_s=self.effort.time_limit_s,
            )  # fmt: skip
        else:
            solution = self._ask_linear(aimed)
        return solution.x if usable(solution) and solution.x.size else None

    def _ask_linear(self, aimed: Model) -> Solution:
        """From the best plan, since only costs differ; from scratch where that fails."""
        try:
            solution = highs.solve(aimed, basis=self._basis, primal=self._basis is not None)
        except EngineError:
            solution = highs.solve(aimed)
        self._basis = solution.basis
        return solution

    def ranges(self) -> Bools:
        """Ask for the least and the most of every cell; whether both were proven, by cell."""
        proven = np.zeros(len(self.cells.year), np.bool_)
        asked = 0
        for cell in np.argsort(-self.cells.of(self.pool[0]), kind="stable"):
            weights = self.cells.sums[[int(cell)]].toarray()[0]
            if not self.held.col_upper[weights > 0].any():
                proven[cell] = True
                continue
            if asked >= _CELLS:
                break
            asked += 1
            proven[cell] = self._reaches(weights) and (
                min(float(weights @ x) for x in self.pool) <= _CLOSE or self._reaches(-weights)
            )
        return proven

    def _reaches(self, direction: Floats) -> bool:
        """Whether the plan found goes as far as any could, give or take a hundredth."""
        x, bound = self.ask(direction)
        return bound - float(direction @ x) <= _PROVEN * max(abs(bound), 1.0)

    def spread(self, count: int) -> None:
        """Push away from all plans found so far, a few times for each alternative wanted."""
        for _ in range(count):
            found = list(self.pool)
            for direction in self._ways_off(found):
                self.ask(direction)

    def _ways_off(self, found: list[Floats]) -> Iterator[Floats]:
        """Away from what was chosen; then away from where cars were built."""
        away = np.zeros(len(found[0]))
        for x in found:
            away[self.choices] += np.where(np.round(x[self.choices]) > 0, -1.0, 1.0)
        yield away
        used = np.sum([self.cells.of(x) > _APART for x in found], axis=0)
        cars = self.cells.sums.T @ (1.0 - 2.0 * used / len(found))
        yield cars
        yield self.weight * away + cars

    def farthest(self, count: int) -> list[Floats]:
        """Plans far from the best and from each other, each pushed on from where it stands."""
        taken = [self.pool[0]]
        while len(taken) <= count:
            x = max(self.pool, key=lambda one: self._least_apart(one, taken))
            x = self._pushed(x, taken)
            if self._least_apart(x, taken) < _APART:
                break
            taken.append(x)
        return taken[1:]

    def _least_apart(self, x: Floats, taken: list[Floats]) -> float:
        return min(self.apart(x, other) for other in taken)

    def _pushed(self, x: Floats, taken: list[Floats]) -> Floats:
        """Follow the distance uphill: it is convex, so that a push never leads back."""
        for _ in range(_PUSHES):
            signs = np.sum([np.sign(self.cells.of(x) - self.cells.of(y)) for y in taken], axis=0)
            direction = self.cells.sums.T @ signs
            for y in taken:
                direction[self.choices] += self.weight * np.where(
                    np.round(y[self.choices]) > 0, -1.0, 1.0
                )
            farther, _ = self.ask(direction)
            if self._least_apart(farther, taken) <= self._least_apart(x, taken) + _APART:
                return x
            x = farther
        return x


def _polished(program: Program, held: Model, cells: Cells, x: Floats, best: Optimum) -> Optimum:
    """The best margin with the cells and choices of a plan; what is not told apart is tidied up."""
    cars = cells.of(x)
    model = fix_integers(held, x)
    for cell in np.flatnonzero(np.diff(cells.sums.indptr)):
        weights = cells.sums[[int(cell)]].toarray()[0]
        slack = _CLOSE * max(abs(cars[cell]), 1.0)
        model = with_row(model, weights, cars[cell] - slack, cars[cell] + slack)
    solution = highs.solve(model)
    rows, columns, _ = program.model.size
    objective = float(program.model.cost @ x) + program.model.offset
    if solution.status is Status.OPTIMAL:
        x, objective = solution.x, solution.objective
    aim = aim_of("margin", program.data, program.variables, program.model)
    return replace(
        best, objective=objective, x=x, dual=np.zeros(rows), reduced=np.zeros(columns),
        seconds=solution.seconds, row_until=None, column_until=None,
        ranks=(Rank(aim, objective, objective),),
    )  # fmt: skip
