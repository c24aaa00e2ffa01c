"""Solve a large linear program to moderate accuracy without factorising anything.

The primal-dual hybrid gradient method with reflection, anchored to where it last restarted
(Halpern), diagonally scaled, with the step of rows against columns set anew at each restart. Two
products with the matrix make an iteration, so that its cost grows with the entries alone. The
point reached misses rows by a little; who knows the structure of the program repairs it, and
says when it is good enough.

References
----------
D. Applegate et al., "Practical large-scale linear programming using primal-dual hybrid gradient",
NeurIPS 2021, arXiv:2106.04756.
H. Lu, J. Yang, "Restarted Halpern PDHG for linear programming", 2024, arXiv:2407.16144.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array

from motorworks.engines.lp.model import Floats, Model

Judge = Callable[[Floats, Floats], bool]
"""Told the values of the columns and the duals of the rows; true where they are good enough."""

_LOOK = 64
"""Iterations between looks at whether to restart."""

_ROWS = 32_768
"""Rows of a matrix that are worked on at a time."""

_THREADS = 2

Blocks = list[tuple[slice, Any]]

_SUFFICIENT, _NECESSARY, _ARTIFICIAL = 0.2, 0.8, 0.36
"""When to restart: the step has shrunk to this share, or to this and grows, or this share of all
iterations has passed since the last restart."""

_FAITH = 0.5
"""How far a restart moves the weight to what the moves since the last one suggest."""


@dataclass(frozen=True)
class Reached:
    """Where the method has stopped, and whether the judge was content."""

    x: Floats
    dual: Floats
    iterations: int
    seconds: float
    content: bool
    weight: float


def approach(
    model: Model,
    judge: Judge,
    *,
    start: tuple[Floats, Floats] | None = None,
    weight: float = 1.0,
    judge_every: int = 320,
    iteration_limit: int = 100_000,
    time_limit_s: float | None = None,
) -> Reached:
    """Come ever nearer to an optimum of a linear program until the judge is content.

    Parameters
    ----------
    model
        The program; whole numbers are not asked for.
    judge
        Called every ``judge_every`` iterations.
    start
        Values of the columns and duals of the rows to begin from.
    weight
        Step of the rows against that of the columns to begin with: that which a like program ended
        with.
    iteration_limit, time_limit_s
        Where to stop in any case.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> x = lp.columns("x", (2,), cost=[1.0, 2.0])
    >>> lp.terms(lp.rows("need", (1,), lower=3.0), x, 1.0)
    >>> near = lambda x, dual: abs(x[0] - 3.0) < 1e-4 and abs(dual[0] - 1.0) < 1e-4
    >>> approach(lp.model(), near).content
    True
    """
    began = time.perf_counter()
    scaled = _Scaled.of(model)
    state = _State.at(scaled, start, weight)
    looks = max(1, judge_every // _LOOK)
    content = False
    with scaled.pool:
        while not content and state.iterations < iteration_limit:
            for _ in range(looks):
                scaled.advance(state)
            content = bool(judge(*scaled.plain(state)))
            if time_limit_s is not None and time.perf_counter() - began > time_limit_s:
                break
    x, dual = scaled.plain(state)
    return Reached(x, dual, state.iterations, time.perf_counter() - began, content, state.weight)


@dataclass
class _State:
    """Where the method is.

    ``x``, ``y`` the point; ``next_x``, ``next_y`` what the last step proposed from ``from_x``,
    ``from_y``; ``weight`` the step of the rows against that of the columns; ``since`` iterations
    since the restart at the anchor, ``first`` the length of the first step after it, ``last`` of
    that at the look before.
    """

    x: Floats
    y: Floats
    anchor_x: Floats
    anchor_y: Floats
    next_x: Floats
    next_y: Floats
    from_x: Floats
    from_y: Floats
    weight: float = 1.0
    since: int = 0
    iterations: int = 0
    first: float = np.inf
    last: float = np.inf

    @classmethod
    def at(cls, scaled: "_Scaled", start: tuple[Floats, Floats] | None, weight: float) -> "_State":
        x, y = np.zeros(len(scaled.cost)), np.zeros(len(scaled.row_lower))
        if start is not None:
            x = start[0] / scaled.columns * scaled.of_limits
            y = start[1] / scaled.rows * scaled.of_cost
        x = np.clip(x, scaled.lower, scaled.upper)
        return cls(x, y, x, y, x, y, x, y, weight)

    def restart(self) -> None:
        """Begin anew where the last step led, with the weight at which both sides move alike."""
        by_x = float(np.linalg.norm(self.next_x - self.anchor_x))
        by_y = float(np.linalg.norm(self.next_y - self.anchor_y))
        if by_x > 0.0 and by_y > 0.0:
            self.weight *= (by_y / by_x / self.weight) ** _FAITH
        self.x = self.anchor_x = self.next_x
        self.y = self.anchor_y = self.next_y
        self.since, self.last = 0, np.inf


@dataclass(frozen=True)
class _Scaled:
    """The program with its rows and columns scaled, and costs and limits of size one."""

    matrix: Any
    blocks: Blocks
    turned_blocks: Blocks
    pool: ThreadPoolExecutor
    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    rows: Floats
    columns: Floats
    of_cost: float
    of_limits: float
    step: float

    @classmethod
    def of(cls, model: Model) -> "_Scaled":
        """Scale: ten rounds of Ruiz, one of Pock and Chambolle; then find the longest step."""
        matrix = csc_array((model.value, model.index, model.start), shape=model.size[:2]).tocsr()
        matrix.data = matrix.data.copy()
        rows, columns = _scale(matrix)
        turned = matrix.T.tocsr()
        cost = model.cost * columns
        limits = [model.row_lower * rows, model.row_upper * rows]
        sizes = [np.where(np.isfinite(side), np.abs(side), 0.0) for side in limits]
        of_cost = 1.0 / (1.0 + float(np.linalg.norm(cost)))
        of_limits = 1.0 / (1.0 + float(np.linalg.norm(np.maximum(*sizes))))
        return cls(
            matrix, _blocks(matrix), _blocks(turned), ThreadPoolExecutor(_THREADS), cost * of_cost,
            model.col_lower / columns * of_limits, model.col_upper / columns * of_limits,
            limits[0] * of_limits, limits[1] * of_limits, rows, columns, of_cost, of_limits,
            0.998 / _norm(matrix, turned),
        )  # fmt: skip

    def plain(self, state: _State) -> tuple[Floats, Floats]:
        """Columns and duals in the program's own units."""
        return (
            state.next_x * self.columns / self.of_limits,
            state.next_y * self.rows / self.of_cost,
        )

    def advance(self, state: _State) -> None:
        """Take the iterations between two looks, then restart where it is time."""
        along, across = self.step / state.weight, self.step * state.weight
        lower, upper = across * self.row_lower, across * self.row_upper
        for _ in range(_LOOK):
            self._step(state, along, across, lower, upper)
            if state.since == 1:
                state.first = self._length(state)
        now = self._length(state)
        if (
            now <= _SUFFICIENT * state.first
            or (now <= _NECESSARY * state.first and now > state.last)
            or state.since >= _ARTIFICIAL * state.iterations
        ):
            state.restart()
        else:
            state.last = now

    def _step(
        self, state: _State, along: float, across: float, lower: Floats, upper: Floats
    ) -> None:
        """One iteration.

        The proposal is ``x' = clip(x - along (c - A'y))``, ``w = y - across A (2x' - x)``,
        ``y' = w + clip(-w)``, clipped at the limits of the rows times ``across``. The next point
        is the proposal reflected, ``2z' - z``, drawn to the anchor by one part in ``since + 2``.
        """
        share = (state.since + 1.0) / (state.since + 2.0)
        x, y = state.x, state.y
        next_x, beyond = np.empty_like(x), np.empty_like(x)
        next_y, after_y = np.empty_like(y), np.empty_like(y)
        reflected = np.empty_like(x)

        def columns(at: slice, block: Any) -> None:
            new = block @ y
            new -= self.cost[at]
            new *= along
            new += x[at]
            np.maximum(new, self.lower[at], out=new)
            np.minimum(new, self.upper[at], out=next_x[at])
            twice = np.multiply(next_x[at], 2.0, out=beyond[at])
            twice -= x[at]
            _draw(twice, state.anchor_x[at], share, reflected[at])

        def rows(at: slice, block: Any) -> None:
            new = block @ beyond
            new *= -across
            new += y[at]
            held = np.negative(new)
            np.maximum(held, lower[at], out=held)
            np.minimum(held, upper[at], out=held)
            np.add(new, held, out=next_y[at])
            twice = np.multiply(next_y[at], 2.0, out=held)
            twice -= y[at]
            _draw(twice, state.anchor_y[at], share, after_y[at])

        self._each(columns, self.turned_blocks)
        self._each(rows, self.blocks)
        state.from_x, state.from_y = x, y
        state.next_x, state.next_y = next_x, next_y
        state.x, state.y = reflected, after_y
        state.since += 1
        state.iterations += 1

    def _each(self, work: Callable[[slice, Any], None], blocks: Blocks) -> None:
        """Do each block, two at a time where there are many; no block reads what another writes."""
        if len(blocks) < 2 * _THREADS:
            for at, block in blocks:
                work(at, block)
        else:
            list(self.pool.map(lambda pair: work(*pair), blocks))

    def _length(self, state: _State) -> float:
        """Length of the last step in the norm in which no step leads away from an optimum."""
        by_x, by_y = state.next_x - state.from_x, state.next_y - state.from_y
        square = (
            state.weight * float(by_x @ by_x)
            + float(by_y @ by_y) / state.weight
            - 2.0 * self.step * float(by_y @ (self.matrix @ by_x))
        )
        return float(max(square, 0.0) ** 0.5)


def _draw(point: Floats, anchor: Floats, share: float, out: Floats) -> None:
    """A point drawn to the anchor: ``share`` of the point and the rest of the anchor."""
    np.subtract(point, anchor, out=out)
    out *= share
    out += anchor


def _blocks(matrix: Any) -> Blocks:
    """A matrix by rows, a few at a time, so that what stands beside them stays in the cache."""
    starts = range(0, matrix.shape[0], _ROWS)
    spans = [slice(start, min(start + _ROWS, matrix.shape[0])) for start in starts]
    return [(span, matrix[span]) for span in spans]


def _scale(matrix: Any) -> tuple[Floats, Floats]:
    """Scale a matrix by rows in place, and return the factors of its rows and columns."""
    n_rows, n_columns = matrix.shape
    rows, columns = np.ones(n_rows), np.ones(n_columns)
    row, column = np.repeat(np.arange(n_rows), np.diff(matrix.indptr)), matrix.indices
    size = np.abs(matrix.data)
    for last in [False] * 10 + [True]:
        if last:
            by_row = np.bincount(row, size, minlength=n_rows)
            by_column = np.bincount(column, size, minlength=n_columns)
        else:
            by_row, by_column = np.zeros(n_rows), np.zeros(n_columns)
            np.maximum.at(by_row, row, size)
            np.maximum.at(by_column, column, size)
        row_factor = 1.0 / np.sqrt(np.where(by_row > 0.0, by_row, 1.0))
        column_factor = 1.0 / np.sqrt(np.where(by_column > 0.0, by_column, 1.0))
        size *= row_factor[row] * column_factor[column]
        rows *= row_factor
        columns *= column_factor
    matrix.data *= rows[row] * columns[column]
    return rows, columns


def _norm(matrix: Any, turned: Any) -> float:
    """Largest singular value, by twenty rounds of the power method."""
    vector = np.random.default_rng(0).random(matrix.shape[1])
    size = 1.0
    for _ in range(20):
        vector = turned @ (matrix @ vector)
        size = float(np.linalg.norm(vector)) or 1.0
        vector /= size
    return float(np.sqrt(size))
