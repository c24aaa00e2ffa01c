"""The measured pace of shops goes back to the plan."""

from collections.abc import Sequence

from motorworks.case.case import Case, table_of
from motorworks.case.day_on_line import plant_of
from motorworks.case.records.products import WorkContent
from motorworks.case.records.sites import ShopRate
from motorworks.result.bottleneck_records import SimTurn
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.simulated_days import SimulatedDays

CLOSE_PCT = 0.5
"""Change of the volume, in per cent, below which the loop is closed."""

MOST_TURNS = 8


def turn_of(
    number: int,
    case: Case,
    plan: PlanResult,
    days: DaysResult,
    simulated: SimulatedDays,
    before: Sequence[SimTurn],
) -> list[SimTurn]:
    """What a turn assumed and measured, shop by shop.

    Parameters
    ----------
    number
        Of the turn, from 1.
    case, plan
        The case as it was planned, and its plan.
    days, simulated
        Days in sequence, and their simulations.
    before
        Rows of the turns before.
    """
    rows: list[SimTurn] = []
    for span in simulated.spans:
        volume = _volume(plan, span.plant)
        known = [row.volume for row in before if row.turn == number - 1 and row.plant == span.plant]
        change = 100.0 * (volume / known[0] - 1.0) if known and known[0] > 0.0 else None
        for pace in span.result.tables["sim_paces"].iter_rows(named=True):
            rate = _rate(case, pace["shop"], span.first.isoformat())
            if rate is None or any(row.shop == pace["shop"] for row in rows):
                continue
            content = _mean_content(case, days, span.plant, pace["shop"])
            rows.append(SimTurn(
                turn=number, shop=pace["shop"], plant=span.plant,
                assumed=rate.jph * rate.availability_pct / 100.0,
                measured=min(pace["pace"] * content, rate.jph), volume=volume, change_pct=change,
            ))  # fmt: skip
    return rows


def closed(turn: Sequence[SimTurn]) -> bool:
    """Whether no plant's volume changes any more."""
    return bool(turn) and all(
        row.change_pct is not None and abs(row.change_pct) < CLOSE_PCT for row in turn
    )


def with_measured(case: Case, turn: Sequence[SimTurn]) -> Case:
    """The case with the measured paces of shops: as availability of their rows of ``shop_rates``.

    A shop's rate itself stays, and no availability exceeds 100 %: what a simulation shows beyond
    the rate of a shop is not promised to the plan.
    """
    measured = {row.shop: row.measured for row in turn}
    rows = [
        row.model_copy(
            update={"availability_pct": min(100.0, 100.0 * measured[row.shop] / row.jph)}
        )
        if row.shop in measured
        else row
        for row in case.rows(ShopRate)
    ]
    return case.replace(shop_rates=table_of(ShopRate, rows))


def _volume(plan: PlanResult, plant: str) -> float:
    """Cars that a plan builds at a plant over its horizon."""
    return float(sum(
        row["units"] for row in plan.table("production").iter_rows(named=True)
        if row["plant"] == plant
    ))  # fmt: skip


def _rate(case: Case, shop: str, day: str) -> ShopRate | None:
    """The row of ``shop_rates`` in force on a day."""
    own = sorted((r for r in case.rows(ShopRate) if r.shop == shop), key=lambda row: row.start)
    begun = [row for row in own if row.start <= day]
    return begun[-1] if begun else own[0] if own else None


def _mean_content(case: Case, days: DaysResult, plant: str, shop: str) -> float:
    """Standard vehicles that a car of the days counts as in a shop."""
    factor = {row.vehicle: row.factor for row in case.rows(WorkContent) if row.shop == shop}
    cars = [
        order.vehicle
        for one in days.days
        if plant_of(case, one.line) == plant
        for order in one.orders
    ]
    return sum(factor.get(vehicle, 1.0) for vehicle in cars) / len(cars) if cars else 1.0
