"""The map: outlines, ways across the date line, names without overlap."""

import pytest

from motorworks.report import map as flow_map
from motorworks.report.labels import Label, box, placed
from motorworks.report.land import cut, filled, outlines
from motorworks.report.story import Story


def test_outlines_are_small_and_cover_the_world() -> None:
    """All continents but Antarctica, in degrees."""
    land = outlines()["land"]
    assert len(land) > 100
    assert max(y for ring in land for _, y in ring) > 80
    assert min(y for ring in land for _, y in ring) > -60


@pytest.mark.parametrize("west", [-180.0, -30.0, 60.0])
def test_land_stays_between_the_edges_of_the_map(west: float) -> None:
    """Whatever the meridian of the cut, nothing sticks out and nothing is left out."""
    xs, _ = filled("land", west, west + 360)
    some = [x for x in xs if x is not None]
    assert min(some) >= west
    assert max(some) <= west + 360
    assert max(some) - min(some) > 330


def test_a_ring_over_the_edge_shows_on_both_sides() -> None:
    """A square across the cut becomes two parts of the same area."""
    square = [(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0)]
    parts = cut(square, -180.0, 180.0)
    assert sorted(max(x for x, _ in part) - min(x for x, _ in part) for part in parts) == [10, 10]


def test_a_way_over_the_pacific_crosses_the_date_line() -> None:
    """Busan to America runs east over 180° and is not drawn around the other side."""
    points = flow_map.way((129.0, 35.0), (-122.0, 38.0))
    xs = [x for x, _ in points]
    assert xs == sorted(xs)
    assert xs[-1] == pytest.approx(238.0)


def test_a_way_that_leaves_the_map_enters_at_the_other_edge() -> None:
    """The pen is lifted once, and all points lie inside."""
    points = flow_map.way((-80.0, 33.0), (3.0, 50.0))
    path = flow_map.shown(points, -30.0)
    assert path.count(None) == 1
    assert all(-30 <= p[0] <= 330 for p in path if p is not None)


def test_the_cut_spares_the_ways_of_the_pacific() -> None:
    """With ways over Pacific and Indian Ocean the map is cut in the Atlantic."""
    assert flow_map.best_west([(129.0, -80.0, 10.0), (129.0, 3.0, 5.0)]) == -30.0
    assert flow_map.best_west([(-80.0, 3.0, 10.0)]) != -30.0


def test_names_on_the_map_do_not_cover_each_other() -> None:
    """Of a crowd some names are left to the hover; the rest have room."""
    crowd = [Label(f"Market {n}", 5.0 + n, 50.0 + n % 2) for n in range(9)]
    out = placed(crowd, -30.0, 330.0)
    boxes = [box(label, label.side, 360.0) for label in out if label.side]
    assert 2 <= len(boxes) < 9
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or one[3] <= other[2] or other[3] <= one[2]


def test_each_way_of_the_plan_is_drawn(story: Story) -> None:
    """One line for each pair of plant and market that carries cars."""
    lines = [trace for trace in flow_map.spec(story, flow_map.frame_of(story), "")["data"]
             if trace["mode"] == "lines"]  # fmt: skip
    assert len(lines) == len(flow_map.lanes(story))
