"""The stage from plant to result: the same whatever the workers, as long as asked for."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.plant_model import (
    Buffer,
    Exit,
    Failure,
    Flow,
    Law,
    PlantModel,
    Source,
    Station,
)
from motorworks.result.verify import verify_simulation
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.progress import Progress
from motorworks.simulate.run import simulate, throughputs
from tests.subjects.hand_line import PARAMS, hand_model, hand_result

LINE = PlantModel(
    "line", ("car",),
    (
        Source("in"), Station("weld", "body", (1.0,)), Buffer("store", "body", 5),
        Station("paint", "paint", (1.0,)), Exit("out"),
    ),
    (Flow(0, 1), Flow(1, 2), Flow(2, 3), Flow(3, 4)),
    failures=(Failure("jam", 1, Law("exponential", 50.0), Law("exponential", 5.0)),),
)  # fmt: skip
SHORT = SimulateParams(until_min=2000.0, replications=4, warmup=100.0)


def test_a_line_by_hand_comes_out_as_by_hand() -> None:
    """All tables, from engine to decoding; visits in the same order but for ties."""
    result, due = simulate(hand_model(), PARAMS), hand_result()
    for name in set(due.tables) - {"sim_visits"}:
        own = result.tables[name].drop("events", strict=False)
        assert own.equals(due.tables[name].drop("events", strict=False)), name
    key = ["replication", "car", "arrived", "element"]
    told = result.tables["sim_visits"].sort(key)
    assert told.equals(due.tables["sim_visits"].sort(key))
    assert verify_simulation(hand_model(), result).clean


def test_workers_do_not_change_the_result() -> None:
    """Each replication has numbers of its own, and they are taken in their order."""
    params = SHORT.model_copy(update={"replications": 7, "visits": 2})
    one = simulate(LINE, params.model_copy(update={"workers": 1}))
    four = simulate(LINE, params.model_copy(update={"workers": 4}))
    assert one.cars_a_day == four.cars_a_day
    assert all(one.tables[name].equals(four.tables[name]) for name in one.tables)
    assert verify_simulation(LINE, one).clean
    other = simulate(LINE, params.model_copy(update={"seed": 2}))
    assert other.cars_a_day != one.cars_a_day


def test_replications_go_on_until_the_precision_asked_for() -> None:
    """No more than needed: one fewer would not have done; and no more than allowed."""
    params = SHORT.model_copy(update={"precision_pct": 2.0, "most_replications": 200})
    result = simulate(LINE, params)
    count = result.simulated.replications
    assert result.simulated.stopped == "precision"
    assert result.cars_a_day.half <= 0.02 * result.cars_a_day.mean
    assert 4 < count < 200
    assert verify_simulation(LINE, result).clean
    few = simulate(LINE, params.model_copy(update={"precision_pct": 0.01, "most_replications": 6}))
    assert (few.simulated.stopped, few.simulated.replications) == ("most", 6)
    assert verify_simulation(LINE, few).clean


def test_the_warm_up_of_a_line_that_goes_on_for_ever_is_found() -> None:
    """By pilots of their own, and cut off in every replication."""
    told: list[Progress] = []
    params = SimulateParams(until_min=3000.0, replications=2, pilots=3)
    result = simulate(LINE, params, on_progress=told.append)
    assert (result.warmup.how, result.warmup.settled) == ("mser5", True)
    assert result.tables["sim_replications"]["warmup"].to_list() == [result.warmup.minutes] * 2
    assert verify_simulation(LINE, result).clean
    assert verify_simulation(LINE, result).checked["warmup"] > 10
    assert [(one.phase, one.done, one.planned) for one in told] == [
        ("warm-up", 1, 3), ("warm-up", 2, 3), ("warm-up", 3, 3),
        ("replications", 1, 2), ("replications", 2, 2),
    ]  # fmt: skip
    assert told[-1].seconds_left == 0.0
    assert told[-1].cars_a_day == result.cars_a_day


def test_ctrl_c_keeps_the_replications_done() -> None:
    """The result is that of as many replications as were done."""

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            raise KeyboardInterrupt

    many = SHORT.model_copy(update={"replications": 50})
    result = simulate(LINE, many, on_progress=stop)
    assert (result.simulated.stopped, result.simulated.replications) == ("interrupted", 3)
    whole = simulate(LINE, SHORT.model_copy(update={"replications": 3}))
    assert result.tables["sim_summary"].equals(whole.tables["sim_summary"])
    assert verify_simulation(LINE, result).clean


def test_ctrl_c_before_the_first_replication_is_over_leaves_nothing() -> None:
    """It goes on to the caller."""

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(LINE, SHORT.model_copy(update={"warmup": "mser5"}), on_progress=stop)


def test_throughputs_share_their_random_numbers() -> None:
    """Each replication has the figure it has in a simulation, whatever else is asked for."""
    rows = simulate(LINE, SHORT).tables["sim_replications"]["cars_a_day"].to_list()
    assert throughputs(LINE, SHORT).tolist() == rows
    assert throughputs(LINE, SHORT, replications=(3, 1)).tolist() == [rows[2], rows[0]]
    wide = replace(LINE, elements=tuple(
        replace(one, capacity=9) if isinstance(one, Buffer) else one for one in LINE.elements
    ))  # fmt: skip
    assert np.all(throughputs(wide, SHORT) >= throughputs(LINE, SHORT))


def test_a_span_may_end_with_a_count_of_cars() -> None:
    """Ten cars of the warm-up, and ninety more."""
    params = SimulateParams(until_cars=100, warmup_cars=10, replications=2)
    result = simulate(LINE, params)
    assert result.tables["sim_replications"]["cars"].to_list() == [90, 90]
    assert result.tables["sim_replications"]["out"].to_list() == [100, 100]
    assert result.tables["sim_days"].height == 0
    assert verify_simulation(LINE, result).clean
