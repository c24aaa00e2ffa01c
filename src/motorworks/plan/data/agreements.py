"""Agreements beyond their yearly volumes: how far a month may move, and how one ends early."""

from dataclasses import dataclass

import numpy as np

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class Agreements:
    """Bands round the published plan, and the firm agreements that may be ended.

    Bands (N,): ``band_agreement`` names, ``band_allocation``, ``band_month``, ``band_exit`` (the
    place of the agreement among ``exits``, or -1), ``band_least``, ``band_most`` cars.
    Exits (E,): names, ``exit_allocation``; ``exit_covers`` (E, T) is 1 in the months that the
    agreement touches, ``exit_allowed`` (E, T) 1 in those from which on it may be ended,
    ``exit_cost`` (E, T). Promises (Y,), in the order of ``PlanData.promises``: ``promise_exit``
    as ``band_exit``; ``minimum_freed``, ``maximum_freed`` (Y, T) the part of the year's volume
    that an end in month ``u`` takes away; ``fee`` per car.
    """

    band_agreement: list[str]
    band_allocation: Ints
    band_month: Ints
    band_exit: Ints
    band_least: Floats
    band_most: Floats
    exits: list[str]
    exit_allocation: Ints
    exit_covers: Floats
    exit_allowed: Floats
    exit_cost: Floats
    promise_exit: Ints
    minimum_freed: Floats
    maximum_freed: Floats
    fee: Floats

    @property
    def closable(self) -> tuple[Ints, Ints]:
        """Exit and month of every month in which an agreement may have been ended."""
        exits, months = np.nonzero(
            (np.cumsum(self.exit_allowed, axis=1) > 0) & (self.exit_covers > 0)
        )
        return exits, months
