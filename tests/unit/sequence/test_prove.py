"""Gaps that are closed after a search: a proof, or a better order."""

import numpy as np
import pytest

from motorworks.case.line_day import LineDay, Objective, Ratio
from motorworks.sequence.bounds.bounds import InTurn
from motorworks.sequence.classes import classes_of
from motorworks.sequence.measure import Measure
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.prove import Prover
from motorworks.sequence.solve import solve_sequence


def day(cars: str, *, frozen: int = 0) -> LineDay:
    """Red and blue cars after one; a capital has a roof, 1 in 2. First rules, then colours."""
    has = np.array([[letter.isupper()] for letter in cars])
    colour = np.array([int(letter.lower() == "b") for letter in cars])
    return LineDay(
        "day", tuple(cars), 1, ("roof",), has, ("red", "blue"), colour,
        (Objective("high", 1000), Objective("colour", 1)), ratios=(Ratio("roof", 0, 1, 2),),
        frozen=frozen,
    )  # fmt: skip


def test_what_a_search_leaves_is_closed_after_it() -> None:
    """Without a search and bounds on the way the order is bad; the time after makes it the best."""
    given = day("rRRRRbbbbBBrr")
    short = SequenceParams(iterations=0, bound_effort=0)
    before = solve_sequence(given, short, start=range(12))
    assert before.searched.stopped != "proven"
    after = solve_sequence(given, short.model_copy(update={"prove_s": 20.0}), start=range(12))
    assert after.mark < before.mark
    assert after.searched.stopped == "proven"
    assert all(one.value == one.given_better for one in after.proofs)


def test_a_proof_at_the_last_look_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red cars with roofs need blue ones between them, and nothing was known of that before."""
    given = day("rRbRbR")
    classes, bounds = classes_of(given), InTurn(given, 0.0)
    monkeypatch.setattr(bounds, "afresh", lambda _: None)
    prover = Prover(given, classes, Measure(given, classes), bounds, 1, lambda seq, _: seq)
    assert prover.prove(classes.of, 20.0)
    assert prover.best.tolist() == classes.of.tolist()


def test_a_frozen_beginning_stays_while_gaps_are_closed() -> None:
    """The first three cars stay, though the best of all orders begins otherwise."""
    given = day("rRRRrrrbbbbb", frozen=3)
    settings = SequenceParams(iterations=0, bound_effort=0, prove_s=3.0)
    found = solve_sequence(given, settings)
    assert found.order[:3] == (0, 1, 2)
    assert found.broken == 0


def test_a_question_finds_a_better_order_where_the_first_objective_is_settled() -> None:
    """Roofs keep apart as given, but colours change at every car; no search helps."""
    given = day("rRbRbrbrb")
    classes = classes_of(given)
    measure, bounds = Measure(given, classes), InTurn(given, 5.0)
    prover = Prover(given, classes, measure, bounds, 1, lambda seq, _: seq)
    asked = prover.ask(classes.of, 20.0)
    assert measure(classes.of).values == {"high": 0.0, "colour": 7.0}
    assert measure(asked).values["high"] == 0.0
    assert measure(asked).values["colour"] < 7.0


def test_no_question_is_asked_of_the_first_objective() -> None:
    """Two roofs side by side: it is the first that is open, and the order stays."""
    given = day("rRRrrrr")
    classes = classes_of(given)
    bounds = InTurn(given, 5.0)
    prover = Prover(given, classes, Measure(given, classes), bounds, 1, lambda seq, _: seq)
    assert prover.ask(classes.of, 20.0).tolist() == classes.of.tolist()
