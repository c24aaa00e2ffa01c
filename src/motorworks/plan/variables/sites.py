"""When plants and shops open or close, and when a plant stands still."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Conversions, Sites
from motorworks.plan.variables.state import State, switched_state


@dataclass(frozen=True)
class SiteVariables:
    """Columns by site or conversion and month, fixed at 0 in months that may not be chosen.

    ``open`` (W, T): the site opens on the first day; ``shut`` (W, T): the month is its last;
    ``halt`` (C, T): the plant stands still from the first day on.
    """

    open: NDArray[Any]
    shut: NDArray[Any]
    halt: NDArray[Any]


def add_sites(lp: Builder, sites: Sites, conversions: Conversions) -> SiteVariables:
    """Add the columns; the cost of being open falls on the opening, and the closing gives back."""
    from_here = np.cumsum(sites.fixed[:, ::-1], axis=1)[:, ::-1]
    lp.add_offset(float((sites.fixed * sites.open_at_start[:, None]).sum()))
    return SiteVariables(
        open=lp.columns(
            "open", sites.may_open.shape, upper=sites.may_open, integer=True,
            cost=np.where(sites.may_open, sites.capex + from_here, 0.0),
        ),
        shut=lp.columns(
            "shut", sites.may_shut.shape, upper=sites.may_shut, integer=True,
            cost=np.where(sites.may_shut, sites.close_cost + sites.fixed - from_here, 0.0),
        ),
        halt=lp.columns(
            "halt", conversions.may_begin.shape, upper=conversions.may_begin, integer=True,
            cost=np.where(conversions.may_begin, conversions.cost, 0.0),
        ),
    )  # fmt: skip


def up_state(sites: Sites, opened: Indices, shut: Indices, site: int) -> State:
    """``up[w,t]``, 1 while a site is open."""
    months = sites.fixed.shape[1]
    return switched_state(
        np.full(months, float(sites.open_at_start[site])),
        opened[site],
        sites.may_open[site],
        shut[site],
        sites.may_shut[site],
        months - 1,
    )
