"""A whole day solved by CP-SAT: the optimum of small days, a bound for others."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

from motorworks.case.line_day import LineDay
from motorworks.engines.cp.solver import solve
from motorworks.sequence.bounds.program import write


@dataclass(frozen=True)
class FullResult:
    """Best order found (None if there is none), its mark, and a bound of the mark of any order.

    Where the day has rules beside ratios, colours, batches and fixed cars, the order may break
    them and the mark leaves out what they count; the bound holds.
    """

    order: tuple[int, ...] | None
    mark: float
    bound: float
    proven: bool
    effort: float


def solve_full(
    day: LineDay,
    *,
    start: Collection[int] | None = None,
    effort: float | None = None,
    time_limit_s: float | None = None,
    workers: int = 1,
    seed: int = 1,
    on_found: Callable[[float, float], None] | None = None,
) -> FullResult:
    """Sequence a day by CP-SAT alone, over classes of cars and positions.

    Parameters
    ----------
    start
        An order to start from.
    effort, time_limit_s, workers, seed, on_found
        As in :func:`motorworks.engines.cp.solver.solve`.

    Examples
    --------
    Four cars, two of them with a roof, which may not follow each other:

    >>> import numpy as np
    >>> from motorworks.case.line_day import Objective, Ratio
    >>> roof = np.array([[True], [True], [False], [False]])
    >>> day = LineDay("d", ("a", "b", "c", "d"), 0, ("roof",), roof, ("white",),
    ...               np.zeros(4, np.int64), (Objective("high", 1),), ratios=(Ratio("r", 0, 1, 3),))
    >>> found = solve_full(day, effort=1.0)
    >>> found.mark, found.proven
    (0.0, True)
    """
    if not day.count:
        return FullResult((), 0.0, 0.0, proven=True, effort=0.0)
    program = write(day)
    hint = None if start is None else program.hint(start)
    found = solve(program.model, hint=hint, effort=effort, time_limit_s=time_limit_s,
                  workers=workers, seed=seed, on_found=on_found)  # fmt: skip
    order = program.order(found.x) if len(found.x) else None
    mark = found.objective if order is not None else math.inf
    return FullResult(order, mark, found.bound, found.proven, found.effort)
