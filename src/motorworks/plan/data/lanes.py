"""Lanes beyond the space held on them: spot space, lots, ports, and how old stock may be."""

from dataclasses import dataclass

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class Lanes:
    """Spot space, least lots, ports and ages.

    ``spot_lane`` (n,) are lanes with held and spot space, ``spot_most`` CEU and ``spot_premium``
    (n, T); ``lot_lane``, ``lot_least`` (k,) lanes with a least lot in CEU; ``ports`` names,
    ``port_slots``, ``port_dwell`` in months (R,), ``port_incoming`` (R, T) cars of before the
    horizon that reach the port; ``port_leaving``, ``port_reaching`` (F,) the port through which a
    flow leaves or arrives, -1 for none; ``plant_age`` (n_plants,) and ``market_age``
    (n_markets,) months, 0 without limit.
    """

    spot_lane: Ints
    spot_most: Floats
    spot_premium: Floats
    lot_lane: Ints
    lot_least: Floats
    ports: list[str]
    port_slots: Floats
    port_dwell: Floats
    port_incoming: Floats
    port_leaving: Ints
    port_reaching: Ints
    plant_age: Ints
    market_age: Ints
