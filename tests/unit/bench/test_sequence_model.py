"""The peer's CP-SAT model counts what the written rules count."""

import pytest

pytest.importorskip("ortools")

from bench.sequence_days import DaySize, generate
from bench.sequence_model import DayModel
from bench.sequence_windows import improve
from motorworks.result.verify.sequence_score import score_order

DAY = generate(DaySize(10, 4, 3, before=5))
GIVEN = list(range(DAY.count))


def hinted(model: DayModel) -> float:
    """Cost of the hint by the model's own terms."""
    value = {variable.index: number for variable, number in model.hints}
    return float(sum(weight * value[variable.index] for variable, weight in model.terms))


def test_the_hint_costs_what_the_order_costs() -> None:
    """The terms of the whole day, at the order hinted, add up to its mark."""
    assert hinted(DayModel(DAY, GIVEN)) == score_order(DAY, GIVEN).mark


def test_what_is_found_is_an_order_with_its_mark() -> None:
    """CP-SAT solves a small day, and the rules give its order the mark that it reached."""
    found = DayModel(DAY, GIVEN).solve(20.0, 1, seed=1, hint=True)
    score = score_order(DAY, found.order)
    assert found.status == "OPTIMAL"
    assert (found.mark, score.broken) == (score.mark, 0)
    assert score.mark < score_order(DAY, GIVEN).mark


@pytest.mark.parametrize(("first", "last"), [(0, 5), (3, 8), (6, 10)])
def test_a_stretch_counts_all_that_it_can_change(first: int, last: int) -> None:
    """The model of a stretch falls by as much as the mark when the order in it gets better."""
    model = DayModel(DAY, GIVEN, first, last)
    before = hinted(model)
    found = model.solve(20.0, 1, seed=1, hint=True)
    assert found.status == "OPTIMAL"
    assert found.mark is not None
    gained = score_order(DAY, GIVEN).mark - score_order(DAY, found.order).mark
    assert before - found.mark == gained
    assert found.order[:first] + found.order[last:] == GIVEN[:first] + GIVEN[last:]


def test_stretches_in_turn_never_make_it_worse() -> None:
    """Improving part by part keeps all cars, breaks no batch limit and lowers the mark."""
    found = improve(DAY, GIVEN, 0.5, 1, seed=1)
    score = score_order(DAY, found.order)
    assert score.mark < score_order(DAY, GIVEN).mark
    assert score.broken == 0
