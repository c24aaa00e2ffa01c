"""The stage as a whole: best orders of tiny days, limits, seeds, proofs."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from motorworks.case.line_day import LineDay, Objective, Paint, Places, Ratio
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.progress import Progress
from motorworks.sequence.solve import solve_sequence
from tests.small_days import drawn_day


def best_by_trying(day: LineDay) -> tuple[int, float]:
    """Fewest broken hard rules, and the lowest mark among orders that break so few."""
    orders = permutations(range(day.frozen, day.count))
    scores = (score_order(day, (*range(day.frozen), *order)) for order in orders)
    return min((score.broken, score.mark) for score in scores)


@pytest.mark.parametrize("seed", range(8))
def test_the_best_order_of_a_tiny_day_is_found(seed: int) -> None:
    """The order found is as good as the best of all orders, scored by the written rules."""
    day = drawn_day(seed, 6, 2)
    day = replace(day, ratios=tuple(replace(r, priority="high") for r in day.ratios))
    result = solve_sequence(day, SequenceParams(iterations=30_000, bound_effort=0))
    score = score_order(day, result.order)
    assert (score.broken, score.mark) == best_by_trying(day)
    assert (result.broken, result.mark) == (score.broken, score.mark)
    assert result.values == {item.name: score.values[item.name] for item in day.objectives}


def test_the_same_seed_and_iterations_give_the_same_result() -> None:
    """Two runs agree in everything but the clock, with one walk and with two."""
    day = drawn_day(5, 60, 5)
    for threads in (1, 2):
        params = SequenceParams(seed=3, iterations=20_000, threads=threads, bound_effort=0)
        one, other = solve_sequence(day, params), solve_sequence(day, params)
        assert one.order == other.order
        assert one.mark == other.mark
        assert one.searched.accepted == other.searched.accepted


def test_batch_limits_hold_in_every_order_found() -> None:
    """However tight the limits, the search does not leave them."""
    day = replace(drawn_day(2, 40, 4), ratios=(), frozen=0, paint=Paint((2, 3, 2)))
    result = solve_sequence(day, SequenceParams(iterations=20_000, bound_effort=0))
    score = score_order(day, result.order)
    assert result.broken == score.broken == 0


def test_a_search_stops_at_once_where_its_order_is_proven() -> None:
    """An order at its bounds ends the search, and says that nothing is better."""
    day = replace(
        drawn_day(1, 20, 0),
        ratios=(Ratio("A", 0, 1, 2),),
        objectives=(Objective("high", 1),),
        has=np.arange(80).reshape(20, 4) % 12 == 0,
        frozen=0,
    )
    result = solve_sequence(day, SequenceParams(bound_effort=0))
    assert result.searched.stopped == "proven"
    assert result.proven
    assert result.mark == 0


def test_a_target_ends_the_search() -> None:
    """The search ends at the first order with the mark that is enough."""
    day = drawn_day(5, 60, 5)
    best = solve_sequence(day, SequenceParams(iterations=50_000, bound_effort=0)).mark
    params = SequenceParams(target=best + 300, bound_effort=0)
    result = solve_sequence(day, params)
    assert result.searched.stopped in {"target", "proven"}
    assert result.mark <= best + 300


def test_hard_rules_of_the_planner_are_met_before_anything_else() -> None:
    """A car that must stand last does so, whatever that costs in the mark."""
    day = replace(drawn_day(4, 30, 3), places=(Places("last", (7,), 29, 29),), frozen=0)
    day = replace(day, ratios=tuple(replace(r, priority="high") for r in day.ratios))
    result = solve_sequence(day, SequenceParams(iterations=30_000, bound_effort=0))
    assert result.broken == 0
    assert result.order[29] == 7


def test_the_first_order_is_told_before_bounds_and_kept_on_ctrl_c() -> None:
    """Ctrl-C as soon as the first order is told: it is the result, and nothing is claimed of it."""
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        told.append(progress)
        raise KeyboardInterrupt

    day = drawn_day(5, 60, 5)
    result = solve_sequence(day, SequenceParams(iterations=10**9), on_progress=stop)
    assert result.searched.stopped == "interrupted"
    assert (result.searched.moves, told[0].moves, told[0].bound) == (0, 0, 0.0)
    assert result.mark == told[0].mark == score_order(day, result.order).mark
    assert all(proof.bound == proof.given_better == 0.0 for proof in result.proofs)


def test_a_search_ends_where_bounds_in_turn_are_reached() -> None:
    """Three red cars, each with a roof, 1 in 3: they stand apart, and colours change for each.

    Colours alone would change once. Nothing is left to be searched for once that is known.
    """
    day = LineDay(
        "day", tuple("abcdefgh"), 0, ("roof",), np.array([[n < 3] for n in range(8)]),
        ("red", "blue"), np.array([0, 0, 0, 1, 1, 1, 1, 1]),
        (Objective("high", 1000), Objective("colour", 1)),
        ratios=(Ratio("roof", 0, 1, 3),), paint=Paint((9, 9)),
    )  # fmt: skip
    result = solve_sequence(day, SequenceParams(iterations=300_000))
    assert result.searched.stopped == "proven"
    assert result.values == {"high": 0.0, "colour": best_by_trying(day)[1]}
    assert result.proven
    assert result.proofs[1].bound < result.proofs[1].given_better
