"""A day of cars as a CP-SAT model, the peer that the search is held against.

Cars that no rule can tell apart make a class; a boolean says whether a class stands at a
position. Options and colours at positions are booleans of their own, as equal to sums of these
(the layers make the rows short). A window's excess, a colour's starts and the batch limit are
linear. Redundant rows say how many batches each colour needs at least.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from motorworks.case.line_day import LineDay, ObjectiveName, Ratio

Literal = cp_model.IntVar | int


@dataclass(frozen=True)
class Found:
    """What CP-SAT came to: an order, its bound of the mark, and seconds of building and solving."""

    order: list[int]
    mark: float | None
    bound: float
    build_s: float
    solve_s: float
    status: str
    size: str


class DayModel:
    """The model of the positions ``first`` to before ``last``; cars elsewhere stay in ``order``.

    Parameters
    ----------
    day
        Ratios, colours and batch limits are modelled; nothing else may be in it.
    order
        Cars of the day by position; the cars of the free positions may be put there anew.
    first, last
        Free positions; by default all.
    """

    def __init__(
        self, day: LineDay, order: Sequence[int], first: int = 0, last: int | None = None
    ) -> None:
        if day.in_a_row or day.places or day.stretches or day.links or day.levelled or day.stations:
            message = "the peer's model knows ratios, colours and batch limits only"
            raise ValueError(message)
        self.day, self.order = day, list(order)
        self.first, self.last = first, day.count if last is None else last
        self.model = cp_model.CpModel()
        self.terms: list[tuple[cp_model.IntVar, int]] = []
        self.hints: list[tuple[cp_model.IntVar, int]] = []
        self._columns = np.array([*range(day.before), *(day.before + c for c in order)])
        self._classes()
        self._colours()
        for ratio in day.ratios:
            if weight := day.weight(_objective(ratio)) * ratio.weight:
                self._ratio(ratio, weight)
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum([v for v, _ in self.terms], [w for _, w in self.terms])
        )

    def solve(self, seconds: float, workers: int, seed: int, hint: bool) -> Found:
        """Search for a time; the mark is that of what is free in the model."""
        if hint:
            for variable, value in self.hints:
                self.model.add_hint(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.1, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        # else it leaves the process with Ctrl-C answered by its end, not by Python
        solver.parameters.catch_sigint_signal = False
        began = time.perf_counter()
        status = solver.solve(self.model)
        took = time.perf_counter() - began
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Found(
            self._read(solver) if found else list(self.order),
            solver.objective_value if found else None,
            solver.best_objective_bound,
            0.0,
            took,
            solver.status_name(status),
            f"{len(self.model.proto.variables):,} variables",
        )

    # What stands where -----------------------------------------------------------------------

    def _classes(self) -> None:
        day, span = self.day, range(self.first, self.last)
        cars = np.array(self.order[self.first : self.last], dtype=np.int64)
        used = sorted({r.trait for r in day.ratios if day.weight(_objective(r))})
        self.traits = used
        kinds = np.c_[day.has[day.before + cars][:, used], day.colour[day.before + cars]]
        values, of_car = np.unique(kinds, axis=0, return_inverse=True)
        self._of_car = of_car.ravel()
        self._cars_of = [cars[self._of_car == c].tolist() for c in range(len(values))]
        new = self.model.new_bool_var
        self.at = [[new("") for _ in span] for _ in values]
        for place in range(len(cars)):
            self.model.add_exactly_one(row[place] for row in self.at)
        for number, row in enumerate(self.at):
            self.model.add(cp_model.LinearExpr.sum(row) == len(self._cars_of[number]))
            self.hints += [(v, int(self._of_car[p] == number)) for p, v in enumerate(row)]
        configs, config = np.unique(values[:, :-1], axis=0, return_inverse=True)
        layer = self._layer(config.ravel(), len(configs))
        self._flags = {
            trait: self._sums(layer, configs[:, k].astype(bool), config.ravel())
            for k, trait in enumerate(used)
        }
        palette, colour = np.unique(values[:, -1], return_inverse=True)
        self._painted = dict(
            zip(palette.tolist(), self._layer(colour.ravel(), len(palette)), strict=True)
        )

    def _layer(self, group: NDArray[np.int64], count: int) -> list[list[cp_model.IntVar]]:
        """Booleans by group of classes and place, equal to the sum of the group's."""
        rows = []
        for number in range(count):
            members = np.flatnonzero(group == number).tolist()
            if len(members) == 1:
                rows.append(self.at[members[0]])
                continue
            stands = np.isin(self._of_car, members)
            rows.append(self._sum_row([self.at[m] for m in members], stands))
        return rows

    def _sums(
        self, layer: list[list[cp_model.IntVar]], chosen: NDArray[np.bool_], of: NDArray[np.int64]
    ) -> list[cp_model.IntVar] | None:
        members = np.flatnonzero(chosen).tolist()
        if not members:
            return None
        stands = np.isin(of[self._of_car], members)
        return self._sum_row([layer[m] for m in members], stands)

    def _sum_row(
        self, parts: list[list[cp_model.IntVar]], stands: NDArray[np.bool_]
    ) -> list[cp_model.IntVar]:
        if len(parts) == 1:
            return parts[0]
        row = []
        for place, value in enumerate(stands.tolist()):
            total = self.model.new_bool_var("")
            self.model.add(cp_model.LinearExpr.sum([part[place] for part in parts]) == total)
            self.hints.append((total, int(value)))
            row.append(total)
        return row

    def _car(self, position: int) -> int:
        """Row of the car now at a position, -1 and back in the day before."""
        return int(self._columns[self.day.before + position])

    def _flag(self, trait: int, position: int) -> Literal:
        """Whether the trait stands at a position: a variable, or what is known."""
        if self.first <= position < self.last:
            row = self._flags[trait]
            return 0 if row is None else row[position - self.first]
        if -self.day.before <= position < self.day.count:
            return int(self.day.has[self._car(position), trait])
        return 0

    def _colour_at(self, colour: int, position: int) -> Literal:
        if self.first <= position < self.last:
            row = self._painted.get(colour)
            return 0 if row is None else row[position - self.first]
        if -self.day.before <= position < self.day.count:
            return int(self.day.colour[self._car(position)] == colour)
        return 0

    # What it costs ---------------------------------------------------------------------------

    def _ratio(self, ratio: Ratio, weight: int) -> None:
        day, width = self.day, ratio.window
        low, high = (1 - width, day.count - 1) if ratio.past_ends else (0, day.count - width)
        low = max(low, -day.before) if ratio.past_ends else low
        for start in range(max(low, self.first - width + 1), min(high, self.last - 1) + 1):
            cells = [self._flag(ratio.trait, p) for p in range(start, start + width)]
            known = sum(c for c in cells if isinstance(c, int))
            free = [c for c in cells if not isinstance(c, int)]
            if not free or known + len(free) <= ratio.most:
                continue
            now = sum(
                int(day.has[self._car(p), ratio.trait])
                for p in range(max(start, -day.before), min(start + width, day.count))
            )
            over = now - ratio.most
            total = cp_model.LinearExpr.sum(free) + (known - ratio.most)
            if ratio.counting == "once":
                cost = self.model.new_bool_var("")
                self.model.add(total <= width * cost)
                value = int(over > 0)
            else:
                cost = self.model.new_int_var(0, known + len(free) - ratio.most, "")
                self.model.add(total <= cost)
                value = max(0, over)
            self.terms.append((cost, weight))
            self.hints.append((cost, value))

    def _colours(self) -> None:
        weight = self.day.weight("colour")
        paint = self.day.paint
        after = min(self.last, self.day.count - 1)  # the car behind the free positions
        for colour in self._painted:
            starts = []
            for position in range(self.first, after + 1):
                if position == 0 and self.day.before == 0:
                    continue
                here, left = (self._colour_at(colour, p) for p in (position, position - 1))
                if weight and not (isinstance(here, int) and here == 0):
                    starts.append(self._start(here, left, position, colour, weight))
            if paint is not None:
                self._batches(colour, paint.most[colour], paint.with_before)
                self._enough(colour, paint.most[colour], starts)

    def _start(
        self, here: Literal, left: Literal, position: int, colour: int, weight: int
    ) -> cp_model.IntVar:
        start = self.model.new_bool_var("")
        self.model.add(here - left <= start)
        stands = [int(self.day.colour[self._car(p)] == colour) for p in (position, position - 1)]
        self.terms.append((start, weight))
        self.hints.append((start, int(stands[0] > stands[1])))
        return start

    def _batches(self, colour: int, most: int, with_before: bool) -> None:
        """No run of more than ``most``: of any ``most + 1`` in a row one has another colour."""
        begin = -self.day.before if with_before else 0
        for start in range(max(begin, self.first - most), min(self.last, self.day.count - most)):
            cells = [self._colour_at(colour, p) for p in range(start, start + most + 1)]
            fixed = [c for c in cells if isinstance(c, int)]
            if len(fixed) == len(cells) or 0 in fixed:
                continue
            self.model.add(sum(cells) <= most)

    def _enough(self, colour: int, most: int, starts: list[cp_model.IntVar]) -> None:
        """A colour needs as many batches as its limit says; one may go on from before."""
        if self.first == 0 and self.last == self.day.count and starts:
            before = self.day.before
            cars = int((self.day.colour[before:] == colour).sum())
            goes_on = before == 0 or int(self.day.colour[before - 1]) == colour
            self.model.add(cp_model.LinearExpr.sum(starts) >= -(-cars // most) - int(goes_on))

    def _read(self, solver: cp_model.CpSolver) -> list[int]:
        left = [list(cars) for cars in self._cars_of]
        order = list(self.order)
        for place in range(self.last - self.first):
            number = next(c for c, row in enumerate(self.at) if solver.boolean_value(row[place]))
            order[self.first + place] = left[number].pop(0)
        return order


def _objective(ratio: Ratio) -> ObjectiveName:
    if ratio.priority == "hard":
        message = "the peer's model has no hard ratios"
        raise ValueError(message)
    return ratio.priority
