"""What one step of the planner's rules costs: how far apart orders are in their eyes."""

from motorworks.sequence.rules.others import Others
from motorworks.sequence.rules.weights import HARD


def unit_costs(others: Others) -> set[float]:
    """Cost of one violation of each rule, hard ones left out.

    Of a levelled use it is that of being off by a typical difference of two cars at one position;
    of a station, that of a typical difference of two cars as overload.
    """
    families = (others.runs, others.places, others.stretches, others.links)
    costs = {float(cost) for family in families for cost in family.cost if cost < HARD}
    spread = others.levelled.use.std(axis=0)
    costs |= {float(cost) for cost in others.levelled.cost * spread**2}
    if len(others.stations.cost):
        costs |= {float(c) for c in others.stations.cost * others.stations.time.std(axis=1)}
    return {cost for cost in costs | {others.wanted.cost} if cost > 0}
