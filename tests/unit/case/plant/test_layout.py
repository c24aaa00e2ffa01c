"""Which elements a plant has and how cars go from one to the next."""

from motorworks.case.plant.layout import Layout
from motorworks.case.records import line, plant, programme, sites
from tests.subjects.plants import SITE, case_of, station, store

THREE = [
    sites.Shop(shop="body", plant="site", kind="body"),
    *SITE,
    sites.Shop(shop="engines", plant="site", kind="engine"),
]
BUILT = [
    programme.Allocation(vehicle=name, plant="site", start="2024-01") for name in ("car", "van")
]


def ways(layout: Layout) -> list[str]:
    """Ways by name, with the vehicles that take them."""
    return [
        f"{way.origin}>{way.target}" + (f":{'+'.join(way.vehicles)}" if way.vehicles else "")
        for way in layout.ways
    ]


def test_shops_without_stations_are_one_element_each_in_the_order_of_the_routing() -> None:
    """A feeder shop that nothing names is left out; without a routing the table's order holds."""
    case = case_of(site=THREE)
    assert ways(Layout.of(case, "site", "shop")) == ["cars>body", "body>line", "line>out"]
    turned = case_of(
        line.RoutingStep(plant="site", step=1, shop="line"),
        line.RoutingStep(plant="site", step=2, shop="body"),
        site=THREE,
    )
    assert ways(Layout.of(turned, "site", "shop")) == ["cars>line", "line>body", "body>out"]


def test_a_vehicle_takes_the_steps_of_all_and_its_own() -> None:
    """The van leaves after the body shop, the car goes on; the store is on the car's way."""
    case = case_of(
        *BUILT,
        line.RoutingStep(plant="site", step=1, shop="body"),
        line.RoutingStep(plant="site", vehicle="car", step=2, shop="line"),
        line.Buffer(buffer="store", from_shop="body", to_shop="line", capacity=5),
        site=THREE,
    )
    assert sorted(ways(Layout.of(case, "site", "shop"))) == [
        "body>out:van", "body>store:car", "cars>body", "line>out:car", "store>line",
    ]  # fmt: skip


def test_stations_at_one_position_are_alternatives() -> None:
    """Both stand between the one before and the one after, behind a store they share."""
    case = case_of(
        station("a", 1), station("b", 2), station("c", 2), station("d", 3),
        line.Buffer(buffer="store", from_station="a", capacity=2),
    )  # fmt: skip
    assert sorted(ways(Layout.of(case, "site", "station"))) == [
        "a>store", "b>d", "c>d", "cars>a", "d>out", "store>b", "store>c",
    ]  # fmt: skip


def test_a_level_of_detail_has_its_own_stations_and_those_of_both() -> None:
    """Rows of the other level are passed over, with the stores that name their stations."""
    case = case_of(
        station("whole", 1, level="shop"),
        station("first", 1, level="station"), station("second", 2, level="station"),
        station("test", 9),
        store("between", "first", "second", 3), store("end", None, "test", 4),
    )  # fmt: skip
    assert ways(Layout.of(case, "site", "shop")) == [
        "cars>whole", "whole>end", "end>test", "test>out",
    ]  # fmt: skip
    assert list(Layout.of(case, "site", "station").nodes) == [
        "cars", "first", "between", "second", "end", "test", "out",
    ]  # fmt: skip


def test_sub_lines_end_in_stores_of_pieces_and_begin_with_sources_of_them() -> None:
    """A branch, a feeder shop, and a store that nobody fills: pieces are at hand at each."""
    case = case_of(
        station("framing", 1), station("doors-1", 1, branch="doors"),
        station("doors-2", 2, branch="doors"),
        store("door-store", "doors-2", "framing", 6),
        line.Buffer(buffer="engine-store", from_shop="engines", to_station="framing", capacity=3),
        store("rack", None, "framing", 2),
        *(plant.JoinRow(station="framing", buffer=name)
          for name in ("door-store", "engine-store", "rack")),
        site=THREE,
    )  # fmt: skip
    layout = Layout.of(case, "site", "station")
    assert sorted(ways(layout)) == [
        "body>framing", "cars>body", "doors-1>doors-2", "doors-2>door-store",
        "engines>engine-store", "for doors-1>doors-1", "for engines>engines", "for rack>rack",
        "framing>out",
    ]  # fmt: skip
    assert layout.car_sources == {"cars"}
    assert [name for name, node in layout.nodes.items() if node.kind == "shop"] == [
        "body", "engines",
    ]  # fmt: skip


def test_rework_is_a_way_of_its_own_kind_beside_the_way_on() -> None:
    """Bad cars go through a store to a branch that a row leads out of again."""
    case = case_of(
        station("test", 1), station("mend", 1, branch="mend"),
        store("wait", "test", "mend", 5),
        plant.FlowStep(origin="test", target="mend", kind="rework"),
        plant.FlowStep(origin="mend", target="test"),
    )  # fmt: skip
    found = {(way.origin, way.target): way.kind for way in Layout.of(case, "site", "shop").ways}
    assert found == {
        ("cars", "test"): "pass", ("test", "out"): "pass", ("test", "wait"): "rework",
        ("wait", "mend"): "pass", ("mend", "test"): "pass",
    }  # fmt: skip


def test_stations_of_a_segment_are_one_element_in_their_place() -> None:
    """The segment stands where its first station does; ways lead to it by any of its stations."""
    case = case_of(
        station("in", 1), station("p", 2, segment="belt"), station("q", 3, segment="belt"),
        station("end", 4), plant.Segment(segment="belt", shop="line", takt_s=60),
        plant.Segment(segment="slope", shop="line", position=9, takt_s=60, slots=4),
        store("gap", "q", "end", 2),
    )  # fmt: skip
    assert ways(Layout.of(case, "site", "shop")) == [
        "cars>in", "in>belt", "belt>gap", "gap>end", "end>slope", "slope>out",
    ]  # fmt: skip
