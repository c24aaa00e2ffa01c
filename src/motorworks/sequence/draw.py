"""Orders of a day drawn from a month's plan."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from motorworks.case.case import Case
from motorworks.case.drawing import Share, draw_colours, draw_options, order_of, plain_cars
from motorworks.case.records.line import Order
from motorworks.case.volumes import Tables, day_volumes
from motorworks.engines.random import stream


@dataclass(frozen=True)
class DrawnDay:
    """Orders of a day in the order as given, and how near they come to the shares wanted."""

    orders: tuple[Order, ...]
    shares: tuple[Share, ...]


def draw_day(case: Case, plan: Tables, plant: str, day: dt.date, seed: int) -> DrawnDay:
    """Draw the orders of a day of a plant from the month's plan.

    The volumes of the day are met exactly. The same case, plan, day and seed give the same orders.

    Parameters
    ----------
    case
        The resolved case: take rates, rules between options, colour mix.
    plan
        Result tables of its plan.
    plant, day
        Where and when the cars are built.
    seed
        Seed of the draw; each plant and day has a stream of its own.

    Raises
    ------
    CaseError
        If the rules leave some car none of a group of which it must have one.
    """
    rng = np.random.default_rng(stream(seed, f"orders/{plant}/{day}"))
    cells = plain_cars(day_volumes(case, plan, plant, day))
    shares = draw_options(case, cells, rng) + draw_colours(case, cells, rng)
    cars = [car for _, own in cells for car in own]
    orders = [
        order_of(cars[place], f"{plant}-{day}-{number:04d}")
        for number, place in enumerate(rng.permutation(len(cars)), 1)
    ]
    return DrawnDay(tuple(orders), tuple(shares))
