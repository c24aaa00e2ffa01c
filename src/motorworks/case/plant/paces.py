"""The pace that a plan assumes of a plant: gross and net, in standard vehicles and in cars."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping

import numpy as np

from motorworks.case.calendar import shop_pace
from motorworks.case.case import Case
from motorworks.case.plant.calendar import days_of
from motorworks.case.records.products import WorkContent
from motorworks.case.records.sites import ShopRate


def gross_rates(case: Case, shops: Iterable[str], day: dt.date) -> list[float]:
    """Gross pace of each of some shops on a day, standard vehicles an hour."""
    routed, found = set(shops), dict[str, float]()
    for row in sorted(case.rows(ShopRate), key=lambda row: row.start):
        if row.shop in routed and (row.start <= day.isoformat() or row.shop not in found):
            found[row.shop] = row.jph
    return list(found.values())


def net_rate(
    case: Case, shops: Iterable[str], first: dt.date, days: int, vehicles: Mapping[str, float]
) -> float | None:
    """Cars an hour that the plan assumes: those of the slowest shop; None where none has a rate.

    A plan counts standard vehicles: a car with more work than one takes more of a shop's hour.

    Parameters
    ----------
    case
        The resolved case.
    shops
        Shops on the way of cars.
    first, days
        The span.
    vehicles
        How many cars there are of each vehicle.
    """
    names = sorted(set(shops))
    horizon, place = days_of(case, first, days)
    pace = shop_pace(case, horizon, names)[:, place : place + days]
    content = [_mean_content(case, shop, vehicles) for shop in names]
    cars = pace / np.array(content).reshape(-1, 1)
    known = cars[np.isfinite(cars)]
    return float(known.min()) if known.size else None


def _mean_content(case: Case, shop: str, vehicles: Mapping[str, float]) -> float:
    """Standard vehicles that a car counts as in a shop; 1 where there are no cars."""
    factor = {row.vehicle: row.factor for row in case.rows(WorkContent) if row.shop == shop}
    total = math.fsum(vehicles.values())
    own = math.fsum(factor.get(name, 1.0) * cars for name, cars in vehicles.items())
    return own / total if total > 0.0 and own > 0.0 else 1.0
