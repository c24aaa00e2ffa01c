"""The tiny case with something to choose: when Gamma starts, and how the north works."""

from motorworks.case.case import Case, table_of
from motorworks.case.records.choices import LaunchWindow, ShiftOption, Workforce
from motorworks.case.records.sites import ShiftPattern
from tests.unit.plan.explain.over_pinned import TINY

_PATTERNS = [
    ShiftPattern(pattern=name, name=name, shifts_per_day=shifts, minutes_per_shift=480, heads=heads)
    for name, shifts, heads in (("one-shift", 1, 100), ("two-shifts", 2, 190))
]


def choosing_start(case: Case = TINY, earliest: str = "2025-03", latest: str = "2025-05") -> Case:
    """Gamma may start in a window of months."""
    allocations = case.table("allocations")
    row = LaunchWindow(vehicle="gamma", plant="south", earliest=earliest, latest=latest)
    return case.replace(launch_windows=table_of(LaunchWindow, [row]), allocations=allocations)


def choosing_shifts(case: Case = TINY, notice: int = 1) -> Case:
    """The north may work one shift or two, after some notice."""
    options = [ShiftOption(plant="north", pattern=row.pattern) for row in _PATTERNS]
    force = Workforce(plant="north", notice_months=notice, head_cost=2000.0, currency="USD")
    return case.replace(
        shift_patterns=table_of(ShiftPattern, _PATTERNS),
        shift_options=table_of(ShiftOption, options),
        workforces=table_of(Workforce, [force]),
    )
