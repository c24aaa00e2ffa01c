"""Where the elements of a plant stand in a drawing."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from motorworks.report.simulate_layout import GAP_X, HIGH, WIDE, Place, Way, lay_out
from tests.unit.report.plants import PLACES, WAYS


def test_shops_are_bands_below_each_other() -> None:
    """In the order in which the flow comes to them; ends stand with their neighbours."""
    drawn = lay_out(PLACES, WAYS)
    assert [band.shop for band in drawn.bands] == ["body", "paint", "battery"]
    assert drawn.at["cars"][1] == drawn.at["weld"][1]
    assert drawn.at["out"][1] == drawn.at["polish"][1]
    assert drawn.at["weld"][1] < drawn.at["store"][1] < drawn.at["<b>&pack"][1]


def test_the_flow_goes_from_left_to_right() -> None:
    """Each element stands right of what leads to it; rework stands below its origin."""
    at = lay_out(PLACES, WAYS).at
    assert at["store"][0] < at["coat"][0] < at["polish"][0] < at["out"][0]
    assert at["repaint"][0] == at["polish"][0]
    assert at["repaint"][1] > at["polish"][1]


def test_a_sub_line_ends_where_it_joins() -> None:
    """A short branch stands beside the end of the long one, not at its beginning."""
    places = [Place(name, "station", "body", 1) for name in ("a", "b", "c", "side", "join")]
    ways = [Way("a", "b", "pass"), Way("b", "c", "pass"), Way("c", "join", "pass"),
            Way("side", "join", "pass")]  # fmt: skip
    at = lay_out(places, ways).at
    assert at["side"][0] == at["c"][0] == at["join"][0] - WIDE - GAP_X


def test_a_long_shop_goes_on_in_a_further_row() -> None:
    """Forty stations are no wider than eight."""
    places = [Place(f"s{n}", "station", "trim", 1) for n in range(40)]
    ways = [Way(f"s{n}", f"s{n + 1}", "pass") for n in range(39)]
    drawn = lay_out(places, ways)
    assert drawn.width < 1100
    assert len({y for _, y in drawn.at.values()}) == 5


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.sampled_from(["", "a", "b"]), min_size=n, max_size=n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1),
                               st.sampled_from(["pass", "rework", "join"])), max_size=60),
        )
    )
)  # fmt: skip
def test_no_two_cards_overlap_in_any_plant(
    drawn_from: tuple[int, list[str], list[tuple[int, int, str]]],
) -> None:
    """Random plants, loops and loose ends among them, all inside the drawing."""
    count, shops, edges = drawn_from
    places = [Place(f"e{n}", "station", shops[n], 1) for n in range(count)]
    drawn = lay_out(places, [Way(f"e{a}", f"e{b}", kind) for a, b, kind in edges])
    assert set(drawn.at) == {place.name for place in places}
    for (x1, y1), (x2, y2) in combinations(drawn.at.values(), 2):
        assert abs(x1 - x2) >= WIDE or abs(y1 - y2) >= HIGH
    assert all(x + WIDE <= drawn.width and y + HIGH <= drawn.height for x, y in drawn.at.values())
