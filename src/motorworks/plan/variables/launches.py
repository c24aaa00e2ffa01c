"""When production starts and ends."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Launches, Mix
from motorworks.plan.variables.state import State, fixed_state, switched_state


@dataclass(frozen=True)
class LaunchVariables:
    """Columns by launch window and month (W, T), fixed at 0 outside the window.

    ``begin``: production starts on the first day of the month; ``finish``: the month is the
    last. ``present`` (groups, T): a model (or platform) is at a place that limits them.
    """

    begin: NDArray[Any]
    finish: NDArray[Any]
    present: NDArray[Any]


def add_launches(lp: Builder, launches: Launches, mix: Mix) -> LaunchVariables:
    """Add the columns; the cost of running falls on the start, and is given back by the end."""
    shape = launches.fixed.shape
    later = np.arange(shape[1])
    running = np.where(later <= launches.through[:, None], launches.fixed, 0.0)
    from_here = np.cumsum(running[:, ::-1], axis=1)[:, ::-1]
    groups = sum(len(limit.groups) for limit in mix.limits)
    return LaunchVariables(
        begin=lp.columns(
            "begin", shape, upper=launches.may_begin, integer=True,
            cost=np.where(launches.may_begin, launches.capex + from_here, 0.0),
        ),
        finish=lp.columns(
            "finish", shape, upper=launches.may_finish, integer=True,
            cost=np.where(launches.may_finish, running - from_here, 0.0),
        ),
        present=lp.columns("present", (groups, shape[1]), upper=1.0),
    )  # fmt: skip


def on_state(launches: Launches, begin: Indices, finish: Indices, allocation: int) -> State:
    """``on[a,t]``, 1 while an allocation runs: chosen where it has a window, else given."""
    window = launches.window_of(allocation)
    given = launches.given[allocation]
    if window is None:
        return fixed_state(given)
    return switched_state(
        given,
        begin[window],
        launches.may_begin[window],
        finish[window],
        launches.may_finish[window],
        int(launches.through[window]),
    )
