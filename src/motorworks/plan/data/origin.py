"""Trade agreements: cars that may count as originating, and the duty that this saves.

Letters in shapes: N flows by regime they fall under, D allocations by regime, H claims (a group
of cars under a rule in its period), M members of claims (an allocation in a month), Q parts (an
originating source counted for an allocation), T months.
"""

from dataclasses import dataclass

import numpy as np

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class Claim:
    """What a claim is called in the table ``origin``."""

    regime: str
    method: str
    plant: str
    group: str
    period: str


@dataclass(frozen=True)
class Origin:
    """Cars under trade agreements; amounts per car or unit, in the reporting currency.

    ``flow``, ``flow_regime`` (N,); ``saved`` (N, T) by month of departure; ``flow_under`` (N,)
    points into ``under_allocation``, ``under_regime`` (D,), -1 for a store without an allocation.
    ``claim_regime`` (H,) goes with ``claims``, and ``claim_most`` (H,), 0 where another claim on
    the same cars never asks for more; ``member_claim``, ``member_allocation``,
    ``member_month`` (M,) say what a claim covers, ``member_local`` what originates in a car apart
    from counted parts and ``member_need`` what the rule asks for. ``part_source``,
    ``part_regime``, ``part_allocation`` (Q,), ``part_value`` (Q, T); ``part_use`` (Q,) points
    into ``use_allocation``, ``use_quantity``: a component, regime and allocation with the units
    in a car.
    """

    regimes: list[str]
    flow: Ints
    flow_regime: Ints
    saved: Floats
    flow_under: Ints
    under_allocation: Ints
    under_regime: Ints
    claims: list[Claim]
    claim_regime: Ints
    claim_most: Floats
    member_claim: Ints
    member_allocation: Ints
    member_month: Ints
    member_local: Floats
    member_need: Floats
    part_source: Ints
    part_regime: Ints
    part_allocation: Ints
    part_value: Floats
    part_use: Ints
    use_allocation: Ints
    use_quantity: Floats

    def members_of(self, allocation: Ints, regime: Ints) -> tuple[Ints, Ints]:
        """Pairs of an item (an allocation under a regime) and a member of a claim on it."""
        count = len(self.regimes)
        key = self.member_allocation * count + self.claim_regime[self.member_claim]
        order = np.argsort(key, kind="stable")
        wanted = allocation * count + regime
        first = np.searchsorted(key[order], wanted, side="left")
        found = np.searchsorted(key[order], wanted, side="right") - first
        item = np.repeat(np.arange(len(wanted)), found)
        within = np.arange(len(item)) - np.repeat(np.cumsum(found) - found, found)
        return item, order[first[item] + within]
