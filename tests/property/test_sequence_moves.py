"""Whatever the day and the move: the change it tells is that of a full count before and after."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.engines.random import stream
from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.kinds import KINDS, STRETCHES
from motorworks.sequence.line import Line
from motorworks.sequence.moves import double, insert, rewrite, swap
from motorworks.sequence.rules.colours import too_long
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.rules.ratios import violations
from motorworks.sequence.state import State, new_state, total
from motorworks.sequence.walk import new_walker, walk
from tests.small_days import drawn_day
from tests.subjects.doors import opened

swap_change, swap_fits = opened(swap.swap_change), opened(swap.swap_fits)
insert_change, insert_fits = opened(insert.insert_change), opened(insert.insert_fits)
rewrite_change, rewrite_fits = opened(rewrite.rewrite_change), opened(rewrite.rewrite_fits)
apply_swap, apply_insert = opened(swap.apply_swap), opened(insert.apply_insert)
apply_rewrite = opened(rewrite.apply_rewrite)
hurt_most = double.hurt_most

# Sizes on both sides of the borders of words of 64 bits, and windows longer than a word.
SIZES = st.sampled_from([(5, 0, 4), (9, 3, 6), (63, 2, 9), (64, 0, 70), (140, 20, 130)])


def drawn_state(seed: int, size: tuple[int, int, int]) -> tuple[Line, State]:
    """A day of that size at an order drawn at random."""
    cars, before, widest = size
    day = drawn_day(seed, cars, before, widest=widest)
    classes = classes_of(day)
    line, seq = encode(day, classes), classes.of.copy()
    np.random.default_rng(seed).shuffle(seq[line.first :])
    return line, new_state(line, seq)


def assert_counted_right(line: Line, state: State, before: float, change: float) -> None:
    """The state equals one counted afresh, and the cost has changed as told."""
    fresh = new_state(line, state.seq)
    assert change == total(line, fresh) - before
    for name in ("present", "gain", "lose"):
        assert (getattr(state, name) == getattr(fresh, name)).all(), name


@given(seed=st.integers(0, 10**6), size=SIZES)
@settings(max_examples=60, deadline=None)
def test_a_swap_changes_what_it_tells(seed: int, size: tuple[int, int, int]) -> None:
    """The change of a swap, its bits and its look at runs agree with a full count."""
    line, state = drawn_state(seed, size)
    rng = np.random.default_rng(seed)
    for _ in range(8):
        i, j = (int(p) for p in sorted(rng.choice(np.arange(line.first, line.cars), 2, False)))
        before, runs = total(line, state), too_long(line, state.seq)
        change, fits = swap_change(line, state, i, j, np.inf), swap_fits(line, state.seq, i, j)
        apply_swap(line, state, i, j)
        assert_counted_right(line, state, before, change)
        assert not fits or too_long(line, state.seq) <= runs


@given(seed=st.integers(0, 10**6), size=SIZES)
@settings(max_examples=60, deadline=None)
def test_an_insertion_changes_what_it_tells(seed: int, size: tuple[int, int, int]) -> None:
    """The change of an insertion, either way and any distance, agrees with a full count."""
    line, state = drawn_state(seed, size)
    rng = np.random.default_rng(seed)
    for _ in range(8):
        i, j = (int(p) for p in rng.choice(np.arange(line.first, line.cars), 2, False))
        before, runs = total(line, state), too_long(line, state.seq)
        change, fits = insert_change(line, state, i, j, np.inf), insert_fits(line, state.seq, i, j)
        apply_insert(line, state, i, j)
        assert_counted_right(line, state, before, change)
        assert not fits or too_long(line, state.seq) <= runs


@given(seed=st.integers(0, 10**6), size=SIZES)
@settings(max_examples=60, deadline=None)
def test_a_stretch_written_anew_changes_what_it_tells(
    seed: int, size: tuple[int, int, int]
) -> None:
    """The change of any rewriting agrees with a full count."""
    line, state = drawn_state(seed, size)
    rng = np.random.default_rng(seed)
    for _ in range(8):
        first = int(rng.integers(line.first, line.cars))
        length = int(rng.integers(1, line.cars - first + 1))
        new = rng.permutation(state.seq[first : first + length]).astype(np.int32)
        before, runs = total(line, state), too_long(line, state.seq)
        change = rewrite_change(line, state, first, new, length, np.inf)
        fits = rewrite_fits(line, state.seq, first, new, length)
        apply_rewrite(line, state, first, new, length)
        assert_counted_right(line, state, before, change)
        assert not fits or too_long(line, state.seq) <= runs


@given(seed=st.integers(0, 10**6), limit=st.integers(-30, 30))
@settings(max_examples=60, deadline=None)
def test_weighing_ends_early_only_for_moves_above_the_limit(seed: int, limit: int) -> None:
    """With a limit, the change told is exact up to the limit, and above it otherwise."""
    line, state = drawn_state(seed, (63, 2, 9))
    rng = np.random.default_rng(seed)
    for _ in range(20):
        i, j = (int(p) for p in sorted(rng.choice(np.arange(line.first, line.cars), 2, False)))
        new = rng.permutation(state.seq[i : j + 1]).astype(np.int32)
        for move, what in (
            (swap_change, (i, j)), (insert_change, (i, j)), (rewrite_change, (i, new, j - i + 1)),
        ):  # fmt: skip
            exact = move(line, state, *what, np.inf)
            told = move(line, state, *what, float(limit))
            assert told == exact if exact <= limit else told > limit


@given(seed=st.integers(0, 10**6), size=SIZES)
@settings(max_examples=40, deadline=None)
def test_the_rule_hurt_most_by_a_swap_is_found(seed: int, size: tuple[int, int, int]) -> None:
    """No rule costs more by the swap than the one named, which is none where none costs more."""
    line, state = drawn_state(seed, size)
    rng = np.random.default_rng(seed)
    for _ in range(8):
        i, j = (int(p) for p in sorted(rng.choice(np.arange(line.first, line.cars), 2, False)))
        named, before = hurt_most(line, state, i, j), costs_by_rule(line, state)
        apply_swap(line, state, i, j)
        more = costs_by_rule(line, state) - before
        assert more.max(initial=0.0) == (more[named] if named >= 0 else 0.0)


def costs_by_rule(line: Line, state: State) -> np.ndarray:
    """Cost of each rule, counted from scratch."""
    counts = [violations(line, state.present, rule) for rule in range(len(line.ratio))]
    return np.array(counts) * line.ratio["weight"]


@given(seed=st.integers(0, 10**6), size=SIZES)
@settings(max_examples=40, deadline=None)
def test_two_swaps_at_once_change_what_they_tell(seed: int, size: tuple[int, int, int]) -> None:
    """After many of them, made and taken back, cost and bits are those of a full count."""
    cars, before, widest = size
    day = drawn_day(seed, cars, before, widest=widest)
    classes = classes_of(day)
    line, rules = encode(day, classes), encode_others(day, classes.of, len(classes.example))
    walker = new_walker(line, rules, classes.of, stream(seed, "double"))
    cost, runs = float(walker.walk.cost[0]), too_long(line, walker.state.seq)
    only = (np.arange(len(KINDS)) >= STRETCHES).astype(float)
    walk(line, walker.state, None, walker.walk, only, 2.0, 300)
    assert_counted_right(line, walker.state, cost, float(walker.walk.cost[0]) - cost)
    assert too_long(line, walker.state.seq) <= runs


def test_a_move_of_a_wide_rule_counts_alike_in_every_word() -> None:
    """A window of 310 cars, as in real plants, spans five words and is still exact."""
    line, state = drawn_state(3, (400, 310, 310))
    before = total(line, state)
    i, j = line.first + 70, line.first + 260
    change = swap_change(line, state, i, j, np.inf)
    apply_swap(line, state, i, j)
    assert change == pytest.approx(total(line, new_state(line, state.seq)) - before)
