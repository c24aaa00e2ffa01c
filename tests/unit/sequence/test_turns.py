"""Walk, beams, walk: when they are taken, what they find, how they end."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.sequence import turns
from motorworks.sequence.beam import outlook
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.progress import Progress
from motorworks.sequence.prove import Prover
from motorworks.sequence.solve import solve_sequence
from tests.small_days import drawn_day
from tests.unit.sequence.beam.classic import tight_day

ENOUGH = SequenceParams(iterations=10_000_000, bound_effort=0)


@pytest.fixture
def beams(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Widths of the beams that are built."""
    widths: list[int] = []
    build = turns.build

    def noted(*arguments: object) -> object:
        widths.append(int(arguments[2]))  # type: ignore[call-overload]
        return build(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(turns, "build", noted)
    return widths


def test_beams_grow_wider_as_long_as_there_is_work(beams: list[int]) -> None:
    """Each five times as wide as the one before it, and the last as wide as the work left lets."""
    found = solve_sequence(tight_day(), ENOUGH)
    assert not found.proven
    assert beams[:2] == [2_000, 10_000]
    assert max(beams[2:], default=0) < 50_000
    assert found.searched.moves <= 10_000_000


def test_the_same_seed_and_iterations_give_the_same_result(beams: list[int]) -> None:
    """Also where beams are told apart by chance."""
    one, other = solve_sequence(tight_day(), ENOUGH), solve_sequence(tight_day(), ENOUGH)
    assert beams
    assert one.order == other.order
    assert one.searched.moves == other.searched.moves


def test_days_with_too_little_work_are_walked_alone(beams: list[int]) -> None:
    """No work is lost on prices where no beam could follow."""
    found = solve_sequence(tight_day(), ENOUGH.model_copy(update={"iterations": 20_000}))
    assert not beams
    assert found.searched.moves == 20_000
    assert found.searched.stopped == "iterations"


def test_a_target_ends_beams(beams: list[int]) -> None:
    """No beam is built once the mark is enough."""
    best = solve_sequence(tight_day(), ENOUGH).mark
    beams.clear()
    found = solve_sequence(tight_day(), ENOUGH.model_copy(update={"target": best + 1000}))
    assert found.searched.stopped == "target"
    assert not beams


def test_an_interrupt_while_prices_are_found_keeps_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The order of the first walk is what is told."""
    seen: list[Progress] = []

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outlook, "_back", interrupted)
    monkeypatch.setattr(turns, "warm_up", lambda: None)
    found = solve_sequence(tight_day(), ENOUGH, on_progress=seen.append)
    assert found.searched.stopped == "interrupted"
    assert found.mark == min(one.mark for one in seen)


def test_a_bound_of_all_orders_is_told(beams: list[int]) -> None:
    """Prices give a bound, which is in the units of the objective."""
    day = replace(tight_day(), has=np.ones_like(tight_day().has))
    found = solve_sequence(day, ENOUGH)
    assert found.proven
    assert found.proofs[0].bound == found.values["high"]


def test_between_two_walks_it_is_asked_for_a_better_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a time limit, of days not too large; the second walk goes on from the answer."""
    asked: list[float] = []
    ask = Prover.ask

    def noted(prover: Prover, first: np.ndarray, seconds: float) -> np.ndarray:
        asked.append(seconds)
        return ask(prover, first, seconds)

    monkeypatch.setattr(Prover, "ask", noted)
    monkeypatch.setattr(turns, "ASK_FROM_S", 0.5)
    day, told = drawn_day(5, 60, 5), list[Progress]()
    found = solve_sequence(day, SequenceParams(time_limit_s=1.0), on_progress=told.append)
    assert found.proven or asked == [pytest.approx(turns.ASK * 1.0, rel=0.5)]
    assert found.mark == min(one.mark for one in told)
    limited = SequenceParams(iterations=20_000, bound_effort=0)
    asked.clear()
    solve_sequence(day, limited)
    monkeypatch.setattr(turns, "ASK_CARS", 60)
    solve_sequence(day, SequenceParams(time_limit_s=1.0))
    assert not asked


def test_an_interrupt_of_a_question_keeps_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of the first walk is what is told."""
    told = list[Progress]()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Prover, "ask", interrupted)
    monkeypatch.setattr(turns, "ASK_FROM_S", 0.5)
    day = drawn_day(5, 60, 5)
    found = solve_sequence(day, SequenceParams(time_limit_s=1.0), on_progress=told.append)
    assert found.searched.stopped in {"interrupted", "proven"}
    assert found.mark == min(one.mark for one in told)
