"""Cars may start at once, from their day on, or at the pace of the plan."""

import datetime as dt

import numpy as np
import pytest

from motorworks.case.plant.releases import at_pace
from motorworks.case.plant_model import Calendar, Cars
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records import plant, sites
from tests.subjects.plants import VEHICLES, allocated, case_of, station

MONDAY = dt.date(2024, 1, 8)


def cars_of(release: str) -> Cars:
    """Cars of two days of a shift of two hours, of which the plan has six."""
    case = case_of(
        station("a", 1, 600),
        sites.ShiftPattern(
            pattern="short", name="Short", shifts_per_day=1, minutes_per_shift=120, days_per_week=5
        ),
        sites.ShiftCalendar(plant="site", start="2024-01-01", pattern="short"),
        sites.ShopRate(shop="line", start="2024-01-01", jph=6, availability_pct=50),
        plant.Arrival(arrival="in", shop="line", release=release),
        *VEHICLES,
        allocated("car"),
    )
    made = plant_of_case(case, "site", first=MONDAY, days=2, mix={"car": 6.0}).cars
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("release", "minutes"),
    [
        ("day", [0.0] * 13 + [1860.0] * 13),
        ("pace", [420.0, 460.0, 500.0, 1860.0, 1900.0, 1940.0]),
    ],
)
def test_cars_start_as_arrivals_say(release: str, minutes: list[float]) -> None:
    """More than could be built from each day on; or the three of a day, forty minutes apart."""
    assert cars_of(release).release.tolist() == minutes


def test_a_day_without_open_hours_lets_its_cars_start_as_it_begins() -> None:
    """Sunday is closed."""
    open_on_saturday = Calendar("line", np.array([[420.0, 540.0]]))
    assert at_pace(np.array([0, 1]), (0.0, 1440.0, 2880.0), open_on_saturday).tolist() == [
        420.0, 1440.0,
    ]  # fmt: skip
