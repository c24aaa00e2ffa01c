"""Working days of a plant as slots: hours, what its lines can build, and which vehicles when."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from motorworks.case.calendar import Days, launch_curve, shifts_worked, shop_pace
from motorworks.case.case import Case
from motorworks.case.month_of_orders import Flags, Floats, Slot
from motorworks.case.records.products import Vehicle, WorkContent
from motorworks.case.records.programme import Allocation, Ramp
from motorworks.case.records.sites import Shop
from motorworks.case.volumes import Tables, days_built, start_of, worked_hours

_ALMOST = 1e-9


def rounded_up(value: float) -> float:
    """Up to the next whole number, unless only the last digits are over.

    Examples
    --------
    >>> rounded_up(2.2), rounded_up(0.1 + 0.7 + 0.2 + 1e-12), rounded_up(0.0)
    (3.0, 1.0, 0.0)
    """
    return float(np.ceil(value - _ALMOST)) + 0.0


@dataclass(frozen=True)
class Horizon:
    """Slots of the lines of a plant on its working days; arrays run over the slots.

    Parameters
    ----------
    plant, days
        Where, and the calendar of the case.
    slots
        By date, shift, line.
    hours
        Staffed hours.
    capacity
        What is built at the rate of the line, in standard vehicles; infinite without a rate.
    share
        Share of all work; 1 in all.
    runs
        For each vehicle that is ordered, its launch curve: 0 where it is not built, 1 at full rate.
    """

    plant: str
    days: Days
    slots: tuple[Slot, ...]
    hours: Floats
    capacity: Floats
    share: Floats
    runs: Mapping[str, Floats]

    @property
    def months(self) -> list[str]:
        """Month of each slot."""
        return [f"{slot.date:%Y-%m}" for slot in self.slots]

    @property
    def ends(self) -> list[int]:
        """Last slot of each day, or of each shift where slots are shifts."""
        keys = [(slot.date, slot.shift) for slot in self.slots]
        return [n for n, key in enumerate(keys) if n + 1 == len(keys) or keys[n + 1] != key]

    def first_of(self, end: int) -> int:
        """First slot of the day or shift of which a slot is one."""
        key = (self.slots[end].date, self.slots[end].shift)
        return next(n for n, one in enumerate(self.slots) if (one.date, one.shift) == key)


def horizon_of(
    case: Case,
    plan: Tables | None,
    plant: str,
    span: tuple[dt.date, dt.date],
    vehicles: Iterable[str],
    *,
    freeze_days: int = 0,
    by_shift: bool = False,
) -> Horizon:
    """Slots of the lines of a plant on its working days, and what each can build."""
    days, lines = Days.of(case.info), lines_of(case, plant)
    slots, hours = _slots(case, days, plant, span, lines, freeze_days, by_shift=by_shift)
    at = np.array([days.number(slot.date) for slot in slots], dtype=np.int64)
    pace = shop_pace(case, days, lines)
    at_line = np.array([lines.index(slot.line) for slot in slots], dtype=np.int64)
    rate = pace[at_line, at]
    capacity = np.where(np.isnan(rate), np.inf, rate) * hours
    work = np.where(np.isfinite(capacity), capacity, hours)
    runs = {name: run_of(case, plan, plant, name, days)[at] for name in sorted(set(vehicles))}
    fits = _fitting(case, lines, runs)
    runs = {
        name: curve * np.array([fits[name, slot.line] for slot in slots], dtype=np.float64)
        for name, curve in runs.items()
    }
    share = work / max(float(work.sum()), _ALMOST)
    return Horizon(plant, days, tuple(slots), hours, capacity, share, runs)


def _slots(
    case: Case, days: Days, plant: str, span: tuple[dt.date, dt.date], lines: list[str],
    freeze_days: int, *, by_shift: bool,
) -> tuple[list[Slot], Floats]:  # fmt: skip
    """Days of a span that are worked, or their shifts, for each line; and their hours."""
    inside = np.zeros(len(days), dtype=np.bool_)
    inside[days.span(*span)] = True
    hours = worked_hours(case, days, plant)
    patterns, minutes = shifts_worked(case, days, plant)
    slots: list[Slot] = []
    staffed: list[float] = []
    for place, day in enumerate(np.flatnonzero(inside & (hours > 0.0)).tolist()):
        date, pattern = days.first + dt.timedelta(days=day), patterns[day]
        shifts = pattern.shifts_per_day if by_shift and pattern and minutes[day] > 0.0 else 1
        for shift in range(shifts):
            number = shift + 1 if by_shift else 0
            slots += [Slot(line, date, number, frozen=place < freeze_days) for line in lines]
            staffed += [hours[day] / shifts] * len(lines)
    return slots, np.array(staffed)


def lines_of(case: Case, plant: str) -> list[str]:
    """Lines of a plant, by name."""
    return sorted(row.shop for row in case.rows(Shop) if row.plant == plant and row.kind == "line")


def run_of(case: Case, plan: Tables | None, plant: str, vehicle: str, days: Days) -> Floats:
    """Launch curve of a vehicle on days on which it is built, 0 on others; shape (n_days,).

    Starts that were chosen are read from the plan.
    """
    row = _allocation(case, plant, vehicle)
    if row is None:
        return np.zeros(len(days))
    built = days_built(case, plan or {}, plant, vehicle, days)
    ramp = next((one for one in case.rows(Ramp) if one.ramp == row.ramp), None)
    if ramp is None:
        return built
    start = start_of(case, plan or {}, vehicle, plant)
    weeks = np.maximum((np.arange(len(days)) - days.number(start)) / 7.0, 0.0)
    curve: Floats = built * launch_curve(ramp.curve, ramp.t50_weeks, ramp.slope_per_week, weeks)
    return curve


def ramped(case: Case, horizon: Horizon, vehicle: str) -> Floats:
    """Most cars of a vehicle in each slot by its launch curve; infinite where nothing limits it.

    That is hours x the full rate x the curve, where the full rate is ``plateau_jph``, or else what
    the line could build of this vehicle alone. At full rate the line's own capacity is the limit.
    """
    row, curve = _allocation(case, horizon.plant, vehicle), horizon.runs[vehicle]
    found = np.full(len(horizon.slots), np.inf)
    if row is None or (row.plateau_jph is None and row.ramp is None):
        return found
    content = {one.shop: one.factor for one in case.rows(WorkContent) if one.vehicle == vehicle}
    for number, slot in enumerate(horizon.slots):
        full = horizon.capacity[number] / max(content.get(slot.line, 1.0), _ALMOST)
        if row.plateau_jph is not None:
            full = row.plateau_jph * horizon.hours[number]
        if np.isfinite(full) and (row.plateau_jph is not None or curve[number] < 1.0 - 1e-3):
            found[number] = full * curve[number]
    return found


def _allocation(case: Case, plant: str, vehicle: str) -> Allocation | None:
    rows = (row for row in case.rows(Allocation) if (row.vehicle, row.plant) == (vehicle, plant))
    return next(rows, None)


def _fitting(case: Case, lines: list[str], vehicles: Iterable[str]) -> dict[tuple[str, str], bool]:
    """Whether each line takes each vehicle's drivetrain and mass."""
    shops = {row.shop: row for row in case.rows(Shop)}
    cars = {row.vehicle: row for row in case.rows(Vehicle)}
    return {(name, line): _fits(shops[line], cars[name]) for name in vehicles for line in lines}


def _fits(line: Shop, vehicle: Vehicle) -> bool:
    drives = (line.drivetrains or vehicle.drivetrain).split()
    most, mass = line.mass_max_kg, vehicle.mass_kg
    return vehicle.drivetrain in drives and (most is None or mass is None or mass <= most)


def open_slots(horizon: Horizon, vehicles: Iterable[str]) -> Flags:
    """Whether each of some vehicles may be built in each slot; shape (vehicles, slots)."""
    rows = [horizon.runs[name] > 0.0 for name in vehicles]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(horizon.slots))
