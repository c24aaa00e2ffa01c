"""Gains of small changes, told apart on the same random numbers."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import Buffer, Carriers, Crew, Failure, Law, PlantModel, Station
from motorworks.simulate.gains import (
    Change,
    Gain,
    find_gains,
    told_gain,
    told_left_out,
    worth_trying,
)
from tests.unit.simulate.lines import line, tally, with_failures

LINE = with_failures(line([1.0, 1.1, 1.0], [3, 3]), 50.0, 5.0)


def paces(model: PlantModel) -> np.ndarray:
    """A make-believe plant: its slowest station sets the pace, a few places help a little."""
    slowest = max(one.time_min[0] for one in model.elements if isinstance(one, Station))
    places = sum(one.capacity for one in model.elements if isinstance(one, Buffer))
    luck = np.array([-3.0, 0.0, 1.0, 2.0])  # the same for every plant
    return 1000.0 / slowest + 0.5 * places + luck * (1.0 + 0.01 * places)


def changes() -> list[Change]:
    """One change at each station and buffer."""
    return [
        Change("faster", "m1", 1, "shop", 1.0),
        Change("faster", "m2", 3, "shop", 1.0),
        Change("place", "b1", 2, "shop", 1.0),
    ]


def test_gains_are_ranked_and_their_intervals_are_of_differences() -> None:
    """Luck that all plants share does not blur a gain."""
    found = find_gains(LINE, paces, changes())
    assert [one.change.name for one in found.gains] == ["m2", "b1", "m1"]
    first, second, third = found.gains
    assert first.gain == pytest.approx(0.01 * 1000.0 / 1.1)
    assert (first.low, first.high) == pytest.approx((first.gain, first.gain))
    assert second.gain == pytest.approx(0.5)
    assert 0.45 < second.low < second.gain < second.high < 0.55
    assert (third.gain, third.low, third.high) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)
    assert first.seen
    assert found.cars_a_day == pytest.approx(1000.0 / 1.1 + 3.0)
    assert found.complete


def test_ctrl_c_keeps_the_gains_done() -> None:
    """The search for gains ends early and says so."""
    calls = []

    def stopped(model: PlantModel) -> np.ndarray:
        calls.append(model)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return paces(model)

    found = find_gains(LINE, stopped, changes())
    assert [one.change.name for one in found.gains] == ["m1"]
    assert not found.complete


def test_progress_counts_the_plants_simulated() -> None:
    """The plant as it is, and one for each change."""
    told: list[tuple[int, int]] = []
    find_gains(LINE, paces, changes(), on_progress=lambda done, count: told.append((done, count)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_only_what_may_help_is_tried() -> None:
    """A buffer that nothing waits at, and a failure that never came, are left out."""
    states = {
        "m1": {"blocked": 20.0}, "m2": {"blocked": 1.0, "repair": 10.0},
        "m3": {"starved": 15.0},
    }  # fmt: skip
    seen = tally(LINE, states, stop_min=[0.0, 10.0, 3.0])
    tried, rest = worth_trying(LINE, [seen])
    assert [(one.kind, one.name) for one in tried] == [
        ("faster", "m2"), ("faster", "m3"), ("faster", "m1"),
        ("repair", "m2 stop"), ("repair", "m3 stop"), ("place", "b2"),
    ]  # fmt: skip
    assert [(one.kind, one.name) for one in rest] == [("repair", "m1 stop"), ("place", "b1")]
    fewer, more_rest = worth_trying(LINE, [seen], most=1)
    assert [one.name for one in fewer] == ["m2", "m2 stop", "b2"]
    assert len(fewer) + len(more_rest) == len(tried) + len(rest)


def test_crews_are_tried_where_they_are_waited_for() -> None:
    """A crew that comes at once cannot help more; a pool is a crew as well."""
    elements = list(LINE.elements)
    elements[1] = Station("m1", "shop", (1.0,), pool=2, operators=1)
    failures = (
        Failure("a", 1, Law(), Law(), crew=0), Failure("b", 3, Law(), Law(), crew=1),
        Failure("c", 5, Law(), Law(), crew=1),
    )  # fmt: skip
    model = replace(
        LINE, elements=tuple(elements), failures=failures,
        crews=(Crew("idle", 2), Crew("busy", 1), Crew("pool", 1)),
        carriers=(Carriers("skids", 1, 5, 9),),
    )  # fmt: skip
    seen = tally(model, {"m1": {"operators": 3.0}, "m2": {"failed": 2.0}, "m3": {"failed": 9.0}})
    tried, _ = worth_trying(model, [seen])
    names = [one.name for one in tried if one.kind in ("crew", "carrier")]
    assert names == ["busy", "pool", "skids"]
    assert next(one for one in tried if one.name == "busy").hope == pytest.approx(0.09)


@pytest.mark.parametrize("kind", ["faster", "repair", "place", "crew", "carrier"])
def test_every_change_says_what_it_is_and_makes_it(kind: str) -> None:
    """Words and plant belong together."""
    model = replace(LINE, crews=(Crew("x", 1),), carriers=(Carriers("y", 1, 5, 9),))
    number = {"faster": 1, "place": 2}.get(kind, 0)
    change = Change(kind, "x", number, "", 0.0)  # type: ignore[arg-type]
    assert change.made(model) != model
    assert "x" in change.words


def test_gains_are_told_with_as_many_digits_as_they_bear() -> None:
    """Small gains keep two digits; what does not show is said not to."""
    change = Change("place", "white body store", 1, "body", 0.0)
    told = str(Gain(change, 1.2, 0.8, 1.6))
    assert told == "One more place in white body store: +1.2 cars a day (0.8 to 1.6)"
    assert told_gain(0.05, 0.04, 0.06) == "+0.05 cars a day (0.04 to 0.06)"
    assert told_gain(-2.0, -2.5, -1.5) == "-2.0 cars a day (-2.5 to -1.5)"
    assert told_gain(0.0, 0.0, 0.0) == "no effect seen (0.0 to 0.0 cars a day)"
    assert "no interval" in told_gain(1.0, float("-inf"), float("inf"))


def test_what_was_left_out_is_said_in_numbers() -> None:
    """One sentence counts it by kind."""
    states = {"m1": {"blocked": 20.0}, "m2": {}, "m3": {"starved": 1.0}}
    seen = tally(LINE, states, stop_min=[0.0, 0.0, 0.0])
    tried, rest = worth_trying(LINE, [seen])
    found = find_gains(LINE, paces, tried, left_out=rest)
    assert told_left_out(found).endswith(": 3 failures, 2 buffers.")
    assert told_left_out(replace(found, left_out=())) == ""
