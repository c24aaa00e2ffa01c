"""The tables of a case become the model of a plant."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import pytest

from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Carriers,
    Crew,
    Exit,
    Failure,
    Flow,
    Join,
    Law,
    Place,
    PlantModel,
    Segment,
    Source,
    Station,
)
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records import line, plant, products, programme, sites, supply
from motorworks.errors import CaseError
from tests.subjects.plants import VEHICLES, allocated, case_of, station, store


def ways(model: PlantModel) -> list[str]:
    """Flows by name."""
    names = [element.name for element in model.elements]
    return [f"{names[flow.origin]}>{names[flow.target]}" for flow in model.flows]


def test_a_queue_takes_two_rows_beside_the_site() -> None:
    """A source with a law, a place with a law, no calendar, one type of car: M/M/1."""
    case = case_of(
        plant.Arrival(arrival="in", shop="line", every_s=75, law="exponential"),
        station("place", 1, 60, law="exponential"),
    )
    model = plant_of_case(case, "site")
    assert model == PlantModel(
        "site", ("car",),
        (Source("in", "line", "law", Law("exponential", 1.25), (1.0,)),
         Station("place", "line", (1.0,), Law("exponential", 1.0)), Exit("out")),
        (Flow(0, 1), Flow(1, 2)),
    )  # fmt: skip


def test_a_serial_line_has_its_stores_failures_and_a_car_always_waiting() -> None:
    """Stations by position, a buffer between two of them, failures with laws of their own."""
    case = case_of(
        station("b", 2, 90, parallel=2, blocking="before"),
        station("a", 1, 60),
        store("ab", "a", "b", 4, transfer_s=30),
        line.Failure(failure="f", station="a", mtbf_min=100, mttr_min=5, down_law="lognormal",
                     down_shape=0.5, resume="repeat"),
    )  # fmt: skip
    model = plant_of_case(case, "site")
    assert ways(model) == ["cars>a", "a>ab", "ab>b", "b>out"]
    assert model.elements[0] == Source("cars", "line", mix=(1.0,))
    assert model.elements[2] == Buffer("ab", "line", 4, 0.5)
    assert model.elements[3] == Station("b", "line", (1.5,), servers=2, blocking="before")
    assert model.failures == (
        Failure("f", 1, Law("exponential", 100.0), Law("lognormal", 5.0, 0.5), resume="repeat"),
    )


def test_stores_of_no_places_are_no_elements_and_blank_ones_never_fill() -> None:
    """Capacity 0 leaves stations face to face; blank is endless."""
    case = case_of(
        station("a", 1), station("b", 2), station("c", 3),
        store("ab", "a", "b", 0), line.Buffer(buffer="bc", from_station="b", to_station="c"),
    )  # fmt: skip
    model = plant_of_case(case, "site")
    assert ways(model) == ["cars>a", "a>b", "b>bc", "bc>c", "c>out"]
    assert model.elements[3] == Buffer("bc", "line", ENDLESS)


def test_a_network_sends_cars_by_shares_back_and_out() -> None:
    """Rows of flows replace the way to the next position; a blank target is out of the plant."""
    case = case_of(
        station("a", 1), station("b", 2),
        line.Buffer(buffer="queue-a", to_station="a"),
        line.Buffer(buffer="queue-b", to_station="b"),
        plant.FlowStep(origin="b", target="a", share_pct=30),
        plant.FlowStep(origin="b", share_pct=70),
    )  # fmt: skip
    model = plant_of_case(case, "site")
    assert sorted(ways(model)) == sorted(
        ["cars>queue-a", "queue-a>a", "a>queue-b", "queue-b>b", "b>queue-a", "b>out"]
    )
    assert [flow.share for flow in model.flows if flow.share is not None] == [0.3, 0.7]


def test_a_plant_that_is_not_there_is_told() -> None:
    """The names that do stand in the table are listed."""
    with pytest.raises(CaseError, match="does not stand in plants; it holds site"):
        plant_of_case(case_of(station("a", 1)), "sight")


SHIFTS = [
    sites.ShiftPattern(pattern="day", name="Day", shifts_per_day=1, minutes_per_shift=480),
    sites.ShiftCalendar(plant="site", start="2024-01-01", pattern="day"),
]
MONDAY = dt.date(2024, 1, 8)


def test_a_shop_without_stations_is_one_at_its_pace() -> None:
    """Work content scales it; net of stops, unless a failure of the whole shop says them."""
    rows = [
        sites.ShopRate(shop="line", start="2024-01-01", jph=40, availability_pct=75),
        products.WorkContent(vehicle="van", shop="line", factor=1.5),
        allocated("car"), allocated("van"), *VEHICLES,
    ]  # fmt: skip
    model = plant_of_case(case_of(*rows), "site", level="shop")
    assert model.elements[1] == Station("line", "line", (2.0, 3.0))
    stop = line.Failure(failure="f", shop="line", mtbf_min=60, mttr_min=20)
    model = plant_of_case(case_of(*rows, stop), "site", level="shop")
    assert model.elements[1] == Station("line", "line", (1.5, 2.25))
    assert model.failures == (Failure("f", 1, Law("exponential", 60.0), Law("exponential", 20.0)),)


def test_places_of_a_segment_know_their_drift_in_minutes() -> None:
    """A takt of 90 s over 6 m: 2 m of drift are half a minute; failures name their place."""
    case = case_of(
        station("p", 1, 60, segment="belt", length_m=6, drift_m=2),
        station("q", 2, 80, segment="belt", law="uniform", shape=0.1),
        plant.Segment(segment="belt", shop="line", takt_s=90, slots=5, overload="utility"),
        line.Failure(failure="f", station="q", mtbf_min=50, mttr_min=2),
        line.Failure(failure="g", segment="belt", mtbf_min=90, mttr_min=4, clock="time"),
    )
    model = plant_of_case(case, "site")
    places = (Place("p", (1.0,), drift_min=0.5), Place("q", (80 / 60,), Law("uniform", 1.0, 0.1)))
    assert model.elements[1] == Segment("belt", "line", 1.5, 5, places, "utility")
    assert [(f.element, f.place) for f in model.failures] == [(1, "q"), (1, "")]


def test_people_carriers_quality_and_joins_name_their_elements() -> None:
    """Crews by number, quantities by type, shares by type, carriers from first to last."""
    case = case_of(
        station("a", 1, crew="hands", operators=2, setup_s=30, setup_on="type", loops_max=2),
        station("b", 2),
        store("rack", None, "b", 4),
        line.Crew(crew="fix", plant="site", kind="repair", heads=1),
        line.Crew(crew="hands", plant="site", kind="operator", heads=3, absence_pct=10),
        plant.Quality(station="b", vehicle="van", first_pass_pct=80, scrap_pct=5),
        plant.JoinRow(station="b", buffer="rack", quantity=1, match="type"),
        plant.JoinRow(station="b", buffer="rack", vehicle="van", quantity=1, match="type"),
        plant.CarrierLoop(carrier="skids", shop="line", last_station="a", count=7, return_s=90,
                          vehicles="van"),
        allocated("car"), allocated("van"), *VEHICLES,
    )  # fmt: skip
    model = plant_of_case(case, "site")
    number = {element.name: place for place, element in enumerate(model.elements)}
    assert model.types == ("car", "van")
    a, b = model.elements[number["a"]], model.elements[number["b"]]
    assert isinstance(a, Station)
    assert isinstance(b, Station)
    assert (a.pool, a.operators, a.setup_min, a.setup_on, a.loops_max) == (1, 2, 0.5, "type", 2)
    assert (b.first_pass, b.scrap) == ((1.0, 0.8), (0.0, 0.05))
    assert model.crews == (Crew("fix", 1), Crew("hands", 3, 0.1))
    assert model.carriers == (Carriers("skids", number["a"], number["a"], 7, 1.5, (1,)),)
    assert model.joins == (Join(number["b"], number["rack"], (1, 1), "type"),)
    pieces = model.elements[number["for rack"]]
    assert isinstance(pieces, Source)
    assert pieces.pieces


def test_a_span_has_calendars_cars_and_a_plan_by_day() -> None:
    """Enough cars for the fastest pace on days that are worked; the plan is spread over them."""
    rate = sites.ShopRate(shop="line", start="2024-01-01", jph=10, availability_pct=90)
    case = case_of(station("a", 1, 300), rate, *SHIFTS, allocated("van"), *VEHICLES)
    model = plant_of_case(case, "site", first=MONDAY, days=7, mix={"van": 201.0})
    assert model.plan == (40, 40, 41, 40, 40, 0, 0)
    assert model.cars is not None
    assert len(model.cars.type) == 5 * 84
    assert model.net_rate == 9.0
    heavy = products.WorkContent(vehicle="van", shop="line", factor=1.2)
    model = plant_of_case(case_of(station("a", 1, 300), rate, *SHIFTS, allocated("van"), *VEHICLES,
                                  heavy), "site", first=MONDAY, days=7)  # fmt: skip
    assert model.net_rate == pytest.approx(7.5)  # cars, each 1.2 standard vehicles
    assert [calendar.name for calendar in model.calendars] == ["line"]
    assert model.elements[0] == Source("cars", "line", "cars", mix=(1.0,))


@dataclass(frozen=True)
class Day:
    """A day with its cars in order."""

    date: dt.date
    built: list[line.Order]


@pytest.mark.parametrize(
    ("release", "first", "second"),
    [(None, True, True), ("pace", True, True), ("day", False, True), ("at_once", False, False)],
)
def test_cars_put_in_order_start_at_the_pace_of_the_plan_unless_told(
    release: Any, first: bool, second: bool
) -> None:
    """``first``: one after the other within a day; ``second``: those of the second day on it."""
    days = [
        Day(MONDAY + dt.timedelta(days=n),
            [line.Order(order=f"{n}{m}", vehicle="van", market="m") for m in range(2)])
        for n in range(2)
    ]  # fmt: skip
    row = plant.Arrival(arrival="cars", shop="line", release=release)
    case = case_of(station("a", 1, 300), *SHIFTS, allocated("van"), *VEHICLES, row)
    model = plant_of_case(case, "site", first=MONDAY, days=2, cars=days)
    assert model.cars is not None
    one, two, three, _ = model.cars.release.tolist()
    assert (two > one) is first
    assert (three >= 1440.0) is second


def test_a_launch_fades_with_its_curve() -> None:
    """Half-way up the curve half of the extra time is left; bad results by their own curve."""
    case = case_of(
        station("a", 1), *SHIFTS, allocated("van", ramp="slow"), *VEHICLES,
        programme.Ramp(ramp="slow", curve="linear", t50_weeks=2, first_pass_start_pct=60,
                       first_pass_end_pct=90, first_pass_tau_weeks=1),
        plant.RampEffect(ramp="slow", slow_pct=40, stops_pct=20),
    )  # fmt: skip
    model = plant_of_case(case, "site", first=dt.date(2024, 1, 8), days=8)
    (ramp,) = model.ramps
    assert ramp.slow[[0, 7]] == pytest.approx([1.3, 1.2])
    assert ramp.wear[[0, 7]] == pytest.approx([1.15, 1.1])
    assert ramp.bad[0] == pytest.approx((0.1 + 0.3 * math.exp(-1.0)) / 0.1)
    assert plant_of_case(case, "site").ramps == ()


def test_stops_and_parts_come_at_their_minutes() -> None:
    """Those before the span are over, or in stock; those that come again do."""
    case = case_of(
        station("a", 1), *SHIFTS, allocated("van"), *VEHICLES,
        plant.MaintenanceRow(maintenance="oil", station="a", start="2024-01-01", every_days=3,
                             at_min=60, minutes=30),
        plant.MaintenanceRow(maintenance="once", station="a", start="2024-01-02", at_min=60,
                             minutes=30),
        supply.Part(part="seat", name="Seat"),
        supply.BomLine(vehicle="van", part="seat", quantity=5),
        plant.PartArrival(part="seat", station="a", pieces=10),
        plant.PartArrival(part="seat", station="a", day="2024-01-05", pieces=20),
        plant.PartArrival(part="seat", station="a", day="2024-01-09", at_min=30, pieces=40),
    )  # fmt: skip
    model = plant_of_case(case, "site", first=MONDAY, days=7)
    (oil,) = model.maintenance
    assert oil.spans.tolist() == [[2940.0, 2970.0], [7260.0, 7290.0]]
    (parts,) = model.parts
    assert (parts.need, parts.initial, parts.arrivals.tolist()) == ((5.0,), 30.0, [[1470.0, 40.0]])


def test_a_model_that_contradicts_itself_is_refused_with_all_that_is_wrong() -> None:
    """A misspelt station, a store that feeds nothing and a place that nobody reaches at once."""
    case = case_of(
        station("a", 1), station("b", 2), station("c", 1, branch="aside"),
        line.Failure(failure="f", station="x", mtbf_min=50, mttr_min=2),
        store("ba", "b", "a", 3),
    )  # fmt: skip
    with pytest.raises(CaseError) as told:
        plant_of_case(case, "site")
    assert [str(problem).split(":")[0] for problem in told.value.problems] == [
        "stations.csv row 4, station = 'c'", "buffers.csv row 2, buffer = 'ba'",
        "failures.csv row 2, station = 'x'",
    ]  # fmt: skip
