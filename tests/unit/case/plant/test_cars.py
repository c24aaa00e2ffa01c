"""The cars of a span are those of given days, or as even as whole cars allow."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from motorworks.case.plant.car_types import Demands
from motorworks.case.plant.cars import cars_of_days, drawn_cars
from motorworks.case.plant.rows import PlantRows
from motorworks.case.records import line, plant, products, programme, supply
from motorworks.case.records.line import Order
from tests.subjects.plants import case_of, station

FIRST = dt.date(2024, 1, 8)
CASE = case_of(
    station("a", 1, 60),
    line.StationTime(station="a", vehicle="van", time_s=70),
    line.StationTime(station="a", vehicle="van", option="roof", time_s=5),
    products.TakeRate(vehicle="van", option="roof", share_pct=25),
    products.Colour(colour="red", name="Red", batch_max=4),
    products.Colour(colour="white", name="White", batch_max=4),
    *(products.ColourMix(vehicle=name, colour=colour, share_pct=share)
      for name in ("car", "van") for colour, share in (("red", 25), ("white", 75))),
    *(programme.Allocation(vehicle=name, plant="site", start="2024-01") for name in ("car", "van")),
    supply.BomLine(vehicle="car", option="tow", part="hook", quantity=2),
    plant.PartArrival(part="hook", station="a", pieces=1),
)  # fmt: skip
DEMANDS = Demands(CASE, PlantRows.of(CASE, "site", "station"))


@dataclass(frozen=True)
class Day:
    """A day with its cars in order."""

    date: dt.date
    built: list[Order]


def test_types_are_vehicles_with_the_options_that_change_times_or_parts() -> None:
    """A roof counts on the van and a hook on the car; other options make no type."""
    orders = [
        Order(order="1", vehicle="van", market="kr", options="roof tow", colour="red"),
        Order(order="2", vehicle="car", market="kr", options="roof"),
        Order(order="3", vehicle="car", market="kr", options="awd tow", colour="white"),
    ]
    days = [Day(FIRST, orders[:2]), Day(FIRST + dt.timedelta(days=1), orders[2:])]
    made = cars_of_days(days, FIRST, DEMANDS)
    assert [str(name) for name in made.types] == ["car", "car+tow", "van+roof"]
    assert made.colours == ("", "red", "white")
    assert made.cars.type.tolist() == [2, 0, 1]
    assert made.cars.colour.tolist() == [1, 0, 2]
    assert made.cars.day.tolist() == [0, 0, 1]
    assert made.cars.name == ("1", "2", "3")
    assert [DEMANDS.seconds("a", name) for name in made.types] == [60.0, 60.0, 75.0]
    assert [DEMANDS.pieces("hook", name) for name in made.types] == [0.0, 2.0, 0.0]


def test_drawn_cars_keep_the_mix_of_vehicles_options_and_colours() -> None:
    """Of 80 cars 20 are vans, 5 of them with a roof, and 20 are red, in batches."""
    mix = {"van": 1.0, "car": 3.0}
    made = drawn_cars(CASE, "site", FIRST, [80], DEMANDS, mix=mix)
    names = Counter(str(made.types[number]) for number in made.cars.type)
    assert names == {"car": 60, "van": 15, "van+roof": 5}
    assert Counter(made.colours[number] for number in made.cars.colour) == {"white": 60, "red": 20}
    changes = sum(a != b for a, b in zip(made.cars.colour, made.cars.colour[1:], strict=False))
    assert changes <= 10


def test_vehicles_come_alike_without_a_mix() -> None:
    """Both are allocated on the days; each day is numbered."""
    made = drawn_cars(CASE, "site", FIRST, [10, 0, 4], DEMANDS)
    vans = sum(made.types[number].vehicle == "van" for number in made.cars.type)
    assert vans == 7
    assert made.cars.day.tolist() == [0] * 10 + [2] * 4
    assert made.cars.day.tolist() == [0] * 10 + [2] * 4
