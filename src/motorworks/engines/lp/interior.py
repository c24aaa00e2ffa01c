"""Marginal values of a linear program by interior points, without a corner in the end.

On programs of tens of thousands of columns with many optimal corners this takes seconds where the
simplex takes minutes. The marginal values are near to optimal ones only; a bound made of them as
in :func:`least` holds whatever they are.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csc_array

from motorworks.engines.lp.highs import check, pass_model
from motorworks.engines.lp.model import Floats, Indices, Model

_STEPS = 150
"""Steps after which interior points give up; a few dozen are usual."""


def interior_duals(model: Model) -> Floats:
    """Marginal values of the rows, near to optimal; all 0 where there are none.

    Raises
    ------
    EngineError
        If HiGHS refuses the model or an option.
    """
    highs = highspy.Highs()
    options = {
        "output_flag": False, "threads": 1, "solver": "ipm", "run_crossover": "off",
        "ipm_iteration_limit": _STEPS,
    }  # fmt: skip
    for name, value in options.items():
        check(highs.setOptionValue(name, value), f"option {name}")
    check(pass_model(highs, model), "model")
    highs.run()
    dual = np.array(highs.getSolution().row_dual, dtype=np.float64)
    if len(dual) != len(model.row_lower) or not np.isfinite(dual).all():
        return np.zeros(len(model.row_lower))
    return dual


def least(model: Model, dual: Floats, totals: Sequence[tuple[Indices, float]]) -> float:
    """Value that no point of a program is below, from any marginal values of its rows.

    Parameters
    ----------
    model
        The program; columns that stand in no total have finite limits.
    dual
        One for each row. Where a row has no limit on the side that its sign asks for, 0 is taken.
    totals
        Groups of columns that are not below 0, and what each group comes to at most in all.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> x = lp.columns("x", (2,), cost=[1.0, 2.0])
    >>> lp.terms(lp.rows("need", (1,), lower=3.0), x, 1.0)
    >>> least(lp.model(), np.array([1.0]), [(x, 5.0)])
    3.0
    >>> least(lp.model(), np.array([1.5]), [(x, 5.0)])
    2.0
    """
    price = _prices(model, dual)
    side = np.where(price > 0, model.row_lower, model.row_upper)
    value = float(price[price != 0] @ side[price != 0]) + model.offset
    reduced = reduced_costs(model, dual)
    rest = np.ones(len(reduced), np.bool_)
    for columns, total in totals:
        value += total * min(0.0, float(reduced[columns].min(initial=0.0)))
        rest[columns] = False
    at = np.where(reduced[rest] > 0, model.col_lower[rest], model.col_upper[rest])
    return value + float(np.where(reduced[rest] == 0, 0.0, reduced[rest] * at).sum())


def reduced_costs(model: Model, dual: Floats) -> Floats:
    """What each column costs above its worth under marginal values as :func:`least` has them."""
    matrix = csc_array((model.value, model.index, model.start), shape=model.size[:2])
    reduced: Floats = model.cost - matrix.T @ _prices(model, dual)
    return reduced


def _prices(model: Model, dual: Floats) -> Floats:
    """Marginal values, 0 where a row has no limit on the side that the sign asks for."""
    lower, upper = model.row_lower, model.row_upper
    free = (dual > 0) & np.isinf(lower) | (dual < 0) & np.isinf(upper)
    return np.where(free, 0.0, dual)
