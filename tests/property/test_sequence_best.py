"""Orders of tiny days under the planner's rules, held against the best of all orders."""

from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import Levelled, LineDay, Objective
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.solve import solve_sequence
from tests.subjects.line_days import FAMILIES, Family, drawn_day

QUICK = SequenceParams(iterations=20_000, bound_effort=0)

MIXES = st.lists(st.sampled_from(FAMILIES), min_size=1, unique=True).map(tuple)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 5), before=st.integers(0, 3), mix=MIXES)
def test_the_search_finds_the_best_of_all_orders_of_a_tiny_day(
    seed: int, count: int, before: int, mix: tuple[Family, ...]
) -> None:
    """Fewest broken hard rules, then the lowest mark; and bounds that no order is below."""
    day = drawn_day(seed, count, before, mix)
    scores = [score_order(day, order) for order in permutations(range(count))]
    best = min(scores, key=lambda score: (score.broken, score.mark))
    found = solve_sequence(day, QUICK)
    assert found.broken == best.broken
    assert found.mark == pytest.approx(best.mark, abs=1e-6)
    for proof in found.proofs:
        assert proof.bound <= min(score.values[proof.name] for score in scores) + 1e-9


def least_unevenness(demand: tuple[int, ...]) -> float:
    """Optimal goal chasing by dynamic programming over the cars built so far of each product."""
    total = sum(demand)
    least: dict[tuple[int, ...], float] = {(0,) * len(demand): 0.0}
    for position in range(1, total + 1):
        after: dict[tuple[int, ...], float] = {}
        for built, cost in least.items():
            for product, most in enumerate(demand):
                if built[product] < most:
                    now = (*built[:product], built[product] + 1, *built[product + 1 :])
                    off = [b - position * d / total for b, d in zip(now, demand, strict=True)]
                    sum_now = cost + sum(x * x for x in off)
                    after[now] = min(after.get(now, np.inf), sum_now)
        least = after
    return least[demand]


@pytest.mark.parametrize("demand", [(3, 5), (7, 2, 4), (6, 6, 1), (5, 4, 3, 2)])
def test_levelled_products_reach_the_optimum_of_dynamic_programming(
    demand: tuple[int, ...],
) -> None:
    """Two to four products mixed as evenly as can be, against an exact method."""
    products = [product for product, cars in enumerate(demand) for _ in range(cars)]
    Random(3).shuffle(products)
    count = len(products)
    day = LineDay(
        "levelled",
        tuple(map(str, products)),
        0,
        (),
        np.zeros((count, 0), dtype=bool),
        ("red",),
        np.zeros(count, dtype=np.int64),
        (Objective("levelling", 1),),
        levelled=tuple(
            Levelled(str(one), tuple(float(product == one) for product in products))
            for one in range(len(demand))
        ),
    )
    found = solve_sequence(day, SequenceParams(iterations=200_000, bound_effort=0))
    assert found.mark == pytest.approx(least_unevenness(demand))
