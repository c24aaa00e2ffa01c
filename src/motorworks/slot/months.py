"""Months of a case in slots: which plants and months, their orders, and the day of each order."""

from collections.abc import Mapping

import polars as pl

from motorworks.case.case import Case
from motorworks.case.dates import first_day, last_day, month_list, months_between
from motorworks.case.day_on_line import plant_of, sequenced_lines
from motorworks.case.month_on_line import Place, month_on_plant
from motorworks.case.records.line import Order
from motorworks.case.volumes import Tables, full_month
from motorworks.errors import CaseError, Problem
from motorworks.result.slotted import SlottedMonth, SlottedMonths
from motorworks.slot.draw import DrawnMonth, draw_month
from motorworks.slot.given import (
    Span,
    due_months,
    in_span,
    orders_by_plant,
    refuse_closed_days,
)
from motorworks.slot.params import SlotParams
from motorworks.slot.progress import OnProgress
from motorworks.slot.solve import solve_slot


def slot_months(
    case: Case,
    plan: Tables,
    span: Span | None = None,
    *,
    params: SlotParams | None = None,
    yesterday: Mapping[str, Place] | None = None,
    on_progress: OnProgress | None = None,
) -> SlottedMonths:
    """Give the orders of a case, or orders drawn from its plan, their days.

    Parameters
    ----------
    case
        The resolved case. Where its table ``orders`` has rows, these are slotted; else orders are
        drawn from the plan.
    plan
        Result tables of its plan.
    span
        First and last day; drawn orders are those of all months that it touches, and so are the
        days, but with a schedule of yesterday: what stands there before the first day is built.
        When None, the months in which given orders are due, or else the first full month of what
        the case is about.
    params
        Settings; those of ``case.toml`` when None.
    yesterday
        Slot of orders, by name, in the schedule that there is.
    on_progress
        Called now and then.

    Raises
    ------
    CaseError
        If there is no plant to slot for, it does not work in the span, a group of options leaves
        some car none, or orders are for vehicles that are not built or fixed to closed days.
    """
    params = params or SlotParams(**case.info.slot)
    found = []
    plants = slotted_plants(case, plan)
    given = orders_by_plant(case, plants) if case.table(Order.TABLE).height else None
    for plant in plants:
        own = None if given is None else given[plant]
        one = _slotted(case, plan, plant, own, span, params, yesterday, on_progress)
        if one is not None:
            found.append(one)
    if not found:
        days = "" if span is None else f" from {span[0]} to {span[1]}"
        raise CaseError([Problem("orders", f"no plant has orders and working days{days}")])
    return SlottedMonths(tuple(found), params.model_dump(mode="json"))


def slotted_plants(case: Case, plan: Tables) -> list[str]:
    """Plants of lines whose cars are sequenced; else that of the focus; else all that build."""
    plants = {plant_of(case, line) for line in sequenced_lines(case)}
    if not plants and case.info.focus is not None:
        plants = {case.info.focus.plant}
    return sorted(plants or set(plan["production"]["plant"]))


def _slotted(
    case: Case,
    plan: Tables,
    plant: str,
    given: list[Order] | None,
    span: Span | None,
    params: SlotParams,
    yesterday: Mapping[str, Place] | None,
    on_progress: OnProgress | None,
) -> SlottedMonth | None:
    """The orders of one plant; None where it has none, or no day to build them on."""
    months = (given and span is None and due_months(case, plant, given)) or _months(
        case, plan, plant, span
    )
    drawn: list[DrawnMonth] = []
    if given is None:
        drawn = [draw_month(case, plan, plant, month, params.seed) for month in months]
    if span is None or (given is None and yesterday is None):
        span = (first_day(months[0]), last_day(months[-1]))
    all_orders = [order for month in drawn for order in month.orders] if given is None else given
    orders = in_span(all_orders, span, yesterday)
    month = month_on_plant(
        case, plan, plant, span, orders, yesterday=yesterday, freeze_days=params.freeze_days,
        by_shift=params.by_shift, planned=given is None, weights=params.weights,
    )  # fmt: skip
    if not month.slots or not orders:
        return None
    refuse_closed_days(month)
    result = solve_slot(month, params, on_progress=on_progress)
    return SlottedMonth(
        plant=plant,
        span=span,
        drawn=given is None,
        month=month,
        result=result,
        shares=tuple(row for one in drawn for row in one.shares),
        least_miss=sum(one.least_miss for one in drawn),
        conflicts=tuple(dict.fromkeys(text for one in drawn for text in one.conflicts)),
    )


def _months(case: Case, plan: Tables, plant: str, span: Span | None) -> list[str]:
    """Months that a span touches; the first full one of what the case is about for none."""
    if span is not None:
        first, last = (f"{day:%Y-%m}" for day in span)
        return list(month_list(first, months_between(first, last) + 1))
    focus = case.info.focus
    rows = plan["production"].filter((pl.col("plant") == plant) & (pl.col("units") > 0.0))
    built = sorted(set(rows["month"]))
    if focus is not None and focus.plant == plant:
        full = full_month(case, plan, focus.vehicle, plant)
        built = [month for month in built if month >= full] or built
    return built[:1] or [case.info.start]
