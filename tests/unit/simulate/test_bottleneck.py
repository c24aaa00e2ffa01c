"""The turning point of a line, from what its servers wait for."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Buffer, Exit, Flow, Join, PlantModel, Source, Station
from motorworks.simulate.bottleneck import neighbours, state_shares, turning_points
from motorworks.simulate.tally import STATES
from tests.unit.simulate.lines import line, tally

LINE = line([1.0] * 4, [2, 2, 2])
STATES_OF_A_LINE = {
    "m1": {"blocked": 20.0},
    "m2": {"blocked": 14.0, "starved": 3.0},
    "m3": {"blocked": 2.0, "starved": 3.0},
    "m4": {"starved": 18.0},
}


def test_the_line_turns_where_blocked_gives_way_to_starved() -> None:
    """A line of four as in a textbook: the third is waited for and waits the least."""
    shares = state_shares([tally(LINE, STATES_OF_A_LINE)])
    (point,) = turning_points(LINE, shares)
    assert LINE.elements[point.element].name == "m3"
    assert point.waited_for == pytest.approx((0.14 + 0.18) / 2)
    assert point.waits == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("states", "name"),
    [
        ({"m1": {"blocked": 0.5}, "m2": {"starved": 10.0}, "m3": {"starved": 11.0},
          "m4": {"starved": 12.0}}, "m1"),
        ({"m1": {"blocked": 20.0}, "m2": {"blocked": 19.0}, "m3": {"blocked": 18.0},
          "m4": {"starved": 1.0}}, "m4"),
    ],
)  # fmt: skip
def test_a_line_may_turn_at_its_ends(states: dict[str, dict[str, float]], name: str) -> None:
    """The first holds all others where they starve, the last where they are blocked."""
    (point,) = turning_points(LINE, state_shares([tally(LINE, states)]))
    assert LINE.elements[point.element].name == name


def test_a_line_short_of_cars_has_no_turning_point() -> None:
    """Where all starve, the first most of all, no server holds the others back."""
    states = {f"m{number}": {"starved": 30.0 - number} for number in (1, 2, 3, 4)}
    assert turning_points(LINE, state_shares([tally(LINE, states)])) == []


def test_of_two_turning_points_the_stronger_comes_first() -> None:
    """A long line may turn twice; the one that is waited for more leads."""
    model = line([1.0] * 6, [2] * 5)
    states = {
        "m1": {"blocked": 6.0}, "m2": {"blocked": 1.0, "starved": 1.0}, "m3": {"starved": 9.0},
        "m4": {"blocked": 12.0}, "m5": {"blocked": 1.0}, "m6": {"starved": 15.0},
    }  # fmt: skip
    found = turning_points(model, state_shares([tally(model, states)]))
    assert [model.elements[point.element].name for point in found] == ["m5", "m2"]
    assert found[0].strength == pytest.approx(0.135 - 0.01)


def test_shares_are_of_open_time() -> None:
    """Breaks and maintenance do not count as time."""
    given = tally(LINE, {"m1": {"blocked": 20.0, "break": 40.0, "maintenance": 20.0}})
    shares = state_shares([given, given])
    assert shares[1, STATES.index("blocked")] == pytest.approx(0.5)
    assert shares[1, STATES.index("working")] == pytest.approx(0.5)
    assert shares[1].sum() == pytest.approx(1.0)
    assert not shares[2].any()


def test_neighbours_are_found_through_buffers_merges_and_joins() -> None:
    """Buffers between do not hide a neighbour; ways for rework are no neighbourhood."""
    elements = (
        Source("s"), Station("left", "", (1.0,)), Station("right", "", (1.0,)),
        Buffer("b", "", 5), Station("marry", "", (1.0,)), Buffer("engines", "", 5),
        Station("dress", "", (1.0,)), Exit("out"),
    )  # fmt: skip
    flows = (
        Flow(0, 1), Flow(0, 2), Flow(1, 3), Flow(2, 3), Flow(3, 4), Flow(6, 5), Flow(4, 7),
        Flow(4, 1, kind="rework"),
    )  # fmt: skip
    model = PlantModel("p", ("car",), elements, flows, joins=(Join(4, 5, (1,)),))
    before, behind = neighbours(model)
    assert before[4] == [1, 2, 6]
    assert behind[1] == behind[2] == behind[6] == [4]
    assert behind[4] == before[1] == []


def test_a_server_that_waits_as_much_as_its_neighbour_is_no_turning_point() -> None:
    """The bottleneck waits strictly less than those around it."""
    states = {**STATES_OF_A_LINE, "m3": {"blocked": 7.0, "starved": 10.0}}
    assert turning_points(LINE, state_shares([tally(LINE, states)])) == []


def test_a_plant_of_one_server_has_it_as_its_bottleneck_unless_it_starves() -> None:
    """Nobody waits for it, yet nothing else can hold the plant back."""
    model = replace(line([1.0], []))
    assert [one.element for one in turning_points(model, state_shares([tally(model, {"m1": {}})]))]
    starving = np.asarray(state_shares([tally(model, {"m1": {"starved": 10.0}})]))
    assert turning_points(model, starving) == []
