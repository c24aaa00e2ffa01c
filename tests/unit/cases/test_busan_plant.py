"""The plant of Busan at its two levels of detail."""

import datetime as dt

import pytest

from motorworks.case.case import Case
from motorworks.case.plant_model import Exit, PlantModel, Segment, Source, Station
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.line import Level
from motorworks.io.case_folder import find_case, read_case

FIRST = dt.date(2025, 10, 1)


@pytest.fixture(scope="module")
def given() -> Case:
    """The shipped case."""
    return read_case(find_case("busan"))


@pytest.mark.parametrize(("level", "stations", "places"), [("shop", 15, 0), ("station", 69, 70)])
def test_each_level_holds_the_whole_plant(
    given: Case, level: Level, stations: int, places: int
) -> None:
    """About 15 elements that work, or about 150 places; each leads to another or out."""
    model = plant_of_case(given, "busan", first=FIRST, days=3, level=level)
    work = [e for e in model.elements if isinstance(e, Station)]
    belts = [e for e in model.elements if isinstance(e, Segment)]
    assert (len(work), sum(len(belt.places) for belt in belts)) == (stations, places)
    feeding = {join.feeder for join in model.joins}
    last = [n for n, e in enumerate(model.elements) if isinstance(e, Exit)]
    origins = {flow.origin for flow in model.flows if flow.kind == "pass"}
    assert origins == set(range(len(model.elements))) - feeding - set(last)
    assert {failure.element for failure in model.failures} <= set(range(len(model.elements)))


def test_both_levels_have_the_same_cars_hours_and_takt(given: Case) -> None:
    """Vehicles in the same order; the line moves every 80 s, which is the pace of the plan."""
    models = [plant_of_case(given, "busan", first=FIRST, days=3, level=level)
              for level in ("shop", "station")]  # fmt: skip
    orders = [vehicles_of(model) for model in models]
    assert orders[0] == orders[1]
    assert len(orders[0]) > 2 * 16 * 45  # 3 October is a holiday
    for model in models:
        line = [e for e in model.elements if isinstance(e, Segment) and e.shop == "busan-line"]
        assert [belt.takt_min for belt in line] == [pytest.approx(4 / 3)] * 3
        assert model.net_rate == pytest.approx(45.0, abs=0.2)  # most are standard
        assert {e.calendar for e in line} == {[c.name for c in model.calendars].index("busan-line")}


def vehicles_of(model: PlantModel) -> list[str]:
    """Vehicles in the order of the cars, without their options."""
    assert model.cars is not None
    return [model.types[number].split("+")[0] for number in model.cars.type]


def test_only_the_polestar_4_is_in_its_launch_and_takes_a_pack(given: Case) -> None:
    """In October 2025; the others have an engine."""
    model = plant_of_case(given, "busan", first=FIRST, days=3)
    new = model.types.index("polestar-4")
    assert [ramp.type for ramp in model.ramps] == [new]
    names = [element.name for element in model.elements]
    joins = {names[join.feeder]: join.quantity for join in model.joins}
    assert [n for n, count in enumerate(joins["battery-store"]) if count] == [new]
    assert [n for n, count in enumerate(joins["engine-store"]) if not count] == [new]


def test_pieces_come_from_sources_of_their_own(given: Case) -> None:
    """Cars come from one; press, sides, doors, engines and packs from one each."""
    model = plant_of_case(given, "busan", first=FIRST, days=3)
    sources = [e for e in model.elements if isinstance(e, Source)]
    assert [source.name for source in sources if not source.pieces] == ["cars"]
    assert sorted(source.name for source in sources if source.pieces) == [
        "for battery-join", "for doors", "for engine-dress", "for press", "for sides",
    ]  # fmt: skip
