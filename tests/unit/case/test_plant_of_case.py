"""The tables of a case become the model of a plant."""

import pytest

from motorworks.case.plant_model import (
    ENDLESS,
    Buffer,
    Exit,
    Failure,
    Flow,
    Law,
    PlantModel,
    Source,
    Station,
)
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records import line, plant
from motorworks.errors import CaseError
from tests.subjects.plants import case_of, station, store


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
