"""What a car earns where it arrives, and what it costs on the way."""

import numpy as np

from motorworks.plan.data import Floats, PlanData


def landed_columns(data: PlanData) -> dict[str, Floats]:
    """Per car by flow and month of departure: price, costs and margin; shape (F, T) each."""
    sets, money = data.sets, data.money
    made = np.minimum(sets.flow_store, max(sets.n_allocations - 1, 0))
    built = (sets.flow_store < sets.n_allocations)[:, None]
    empty = np.zeros((1, sets.n_months))
    material = np.where(built, (money.material if sets.n_allocations else empty)[made], 0.0)
    conversion = np.where(built, (money.conversion if sets.n_allocations else empty)[made], 0.0)
    net = _net_at_arrival(data)
    costs = material + conversion + money.freight + money.duty + money.transit_capital
    return {
        "net_price": net, "material": material, "conversion": conversion,
        "freight": money.freight, "duty": money.duty, "transit_capital": money.transit_capital,
        "margin": net - costs,
    }  # fmt: skip


def _net_at_arrival(data: PlanData) -> Floats:
    sets, last = data.sets, data.sets.n_months - 1
    arrival = np.minimum(np.arange(last + 1) + data.logistics.lag[sets.flow_lane][:, None], last)
    part = data.logistics.lag_part[sets.flow_lane][:, None]
    net = data.money.net[sets.flow_pair]
    at_once = np.take_along_axis(net, arrival, axis=1)
    later = np.take_along_axis(net, np.minimum(arrival + 1, last), axis=1)
    mean: Floats = (1.0 - part) * at_once + part * later
    return mean
