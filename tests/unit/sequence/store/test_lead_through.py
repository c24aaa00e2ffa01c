"""Bodies led through a store: optimal on small stores, legal on all."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.body_store import BodyStore, StoreTask, wanted_positions
from motorworks.case.line_day import LineDay, Objective, Paint, Places, Ratio
from motorworks.errors import CaseError
from motorworks.result.verify.body_store import verify_body_store
from motorworks.sequence.store.free import in_wanted_order
from motorworks.sequence.store.params import StoreParams
from motorworks.sequence.store.solve import form_batches, lead_through
from tests.unit.sequence.store.store_oracle import HARD, cost_of, least_cost, orders_through


@st.composite
def stores(draw: st.DrawFn) -> BodyStore:
    """Stores of one to three lanes of one to three places, filled as they like."""
    lanes = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    most = draw(st.integers(1, sum(lanes)))
    return BodyStore(lanes, draw(st.integers(1, most)), most)


@st.composite
def lines(draw: st.DrawFn, count: int) -> LineDay:
    """Lines with ratios of all kinds, colours and limits of batches, after some cars."""
    before = draw(st.integers(0, 3))
    flags = st.lists(st.booleans(), min_size=2, max_size=2)
    has = draw(st.lists(flags, min_size=before + count, max_size=before + count))
    colour = draw(st.lists(st.integers(0, 2), min_size=before + count, max_size=before + count))
    ratios = tuple(
        Ratio(
            f"rule {trait}", trait, draw(st.integers(0, 2)), draw(st.integers(3, 4)),
            draw(st.sampled_from(["high", "low", "hard"])), draw(st.integers(1, 3)),
            draw(st.sampled_from(["excess", "once"])), draw(st.booleans()),
        )
        for trait in range(2)
    )  # fmt: skip
    return LineDay(
        "line", tuple(f"c{n}" for n in range(before + count)), before, ("x", "y"),
        np.array(has, dtype=np.bool_).reshape(-1, 2), ("a", "b", "c"),
        np.array(colour, dtype=np.int64),
        (Objective("high", 100), Objective("colour", 10), Objective("low", 1)), ratios=ratios,
        paint=draw(st.sampled_from([None, Paint((2, 2, 3)), Paint((2, 1, 3), with_before=True)])),
    )  # fmt: skip


@st.composite
def tasks(draw: st.DrawFn) -> StoreTask:
    """Tasks of up to six bodies in which places, a line, or both count."""
    count = draw(st.integers(1, 6))
    names = tuple(f"b{n}" for n in range(count))
    wanted = tuple(draw(st.permutations(range(count))))
    weights = draw(st.sampled_from([(1, 0, 0), (0, 1, 0), (3, 1, 0), (0, 0, 1), (5, 2, 1)]))
    day = draw(lines(count)) if weights[2] else None
    return StoreTask(draw(stores()), names, wanted, *weights, day)


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_no_way_through_a_small_store_costs_less(task: StoreTask) -> None:
    """What the search finds is the least of all ways, and every rule of the store holds."""
    result = lead_through(task, StoreParams(width=2000))
    cost = result.cost + HARD * result.broken
    assert cost == least_cost(task)
    assert verify_body_store(task, result).clean
    assert result.bound <= result.cost or result.broken


@settings(max_examples=40, deadline=None)
@given(tasks(), st.integers(1, 3), st.sampled_from([None, 0, 2]), st.booleans())
def test_a_narrow_search_keeps_every_rule_of_the_store(
    task: StoreTask, width: int, look_ahead: int | None, strict: bool
) -> None:
    """A beam of few states or bodies known gives an order that the store can give."""
    params = StoreParams(width=width, look_ahead=look_ahead, strict=strict)
    result = lead_through(task, params)
    assert result.order in orders_through(task)
    assert result.cost + HARD * result.broken == cost_of(task, result.order)
    assert verify_body_store(task, result).clean


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)), st.integers(1, 4))
def test_the_rule_for_random_access_is_optimal_in_all_that_is_claimed(
    wanted: list[int], places: int
) -> None:
    """Bodies overtaken, sums of distances and of their squares, the greatest: none can be less."""
    store = BodyStore.random_access(places)
    task = StoreTask(store, tuple("abcde"), tuple(wanted), overtaken=1)

    def marks(order: tuple[int, ...]) -> tuple[float, ...]:
        apart = [abs(at - wanted[body]) for at, body in enumerate(order)]
        return cost_of(task, order), sum(apart), sum(d * d for d in apart), max(apart)

    ruled = marks(tuple(in_wanted_order(wanted, places)))
    every = [marks(order) for order in orders_through(replace(task, store=replace(store, least=1)))]
    assert ruled == tuple(min(column) for column in zip(*every, strict=True))


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)), st.integers(1, 3))
def test_endless_lanes_sort_what_has_no_longer_fall(wanted: list[int], lanes: int) -> None:
    """Queues side by side put bodies in order if no more come in falling order than there are."""
    falls = (
        len(chosen)
        for size in range(1, 7)
        for chosen in itertools.combinations(wanted, size)
        if list(chosen) == sorted(chosen, reverse=True)
    )
    task = StoreTask(BodyStore((6,) * lanes), tuple("abcdef"), tuple(wanted), overtaken=1)
    assert (lead_through(task).cost == 0) == (max(falls) <= lanes)


def test_a_body_pulled_off_lets_others_by() -> None:
    """One place beside the line lets one body wait, and not two."""
    wanted = wanted_positions("cdab", "abcd")
    one = StoreTask(BodyStore.pull_off(1), tuple("cdab"), wanted, overtaken=1)
    two = replace(one, store=BodyStore.pull_off(2))
    assert lead_through(one).figures["overtaken"] > 0
    assert [one.bodies[body] for body in lead_through(two).order] == list("abcd")


def test_strict_release_takes_the_body_that_is_next_though_it_costs() -> None:
    """The next in the wanted order goes first, where the mark alone would have it wait."""
    has = np.array([[True], [True], [False]])
    rule = Ratio("x", 0, 1, 2, past_ends=False)
    day = LineDay(
        "line", ("p", "q", "r"), 0, ("x",), has, ("a",), np.zeros(3, dtype=np.int64),
        (Objective("high", 1),), ratios=(rule,),
    )  # fmt: skip
    task = StoreTask(BodyStore.random_access(3), ("p", "q", "r"), (0, 1, 2), mark=1, day=day)
    assert lead_through(task).cost == 0
    strict = lead_through(task, StoreParams(strict=True))
    assert (strict.order, strict.cost) == ((0, 1, 2), 1)


def test_more_known_arrivals_cost_no_more_here() -> None:
    """Known in advance, the early body is kept back in a lane of its own."""
    wanted = (3, 1, 4, 0, 2, 5)
    task = StoreTask(BodyStore((3, 3), 3, 4), tuple("abcdef"), wanted, overtaken=1)
    costs = [lead_through(task, StoreParams(look_ahead=n)).cost for n in (0, 6)]
    assert costs[1] == least_cost(task) <= costs[0]


def test_batches_end_at_their_limit() -> None:
    """Four of one colour are parted by the limit; the change after the day before counts."""
    result = form_batches(
        BodyStore.random_access(6), "123456", ["red"] * 4 + ["blue"] * 2, most=2, before="white"
    )
    assert (result.figures["colour_changes"], result.broken) == (3.0, 0)
    assert result.proven


def test_batches_beyond_the_limit_are_told_where_no_other_colour_is_there() -> None:
    """A limit that cannot be met is broken and counted, not hidden."""
    result = form_batches(BodyStore.random_access(2), "123", ["red"] * 3, most=2)
    assert result.broken == 1
    assert not result.proven


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"wanted": (0, 0)}, "each once"),
        ({"wanted": ()}, "the wanted order must be known"),
        ({"bodies": (), "wanted": ()}, "no body comes"),
        ({"store": BodyStore(())}, "at least one lane"),
        ({"store": BodyStore((2,), 2, 1)}, "2 to 1 were asked for"),
        ({"mark": 1}, "the line must be known"),
    ],
)
def test_a_task_that_contradicts_itself_is_refused(change: dict[str, object], words: str) -> None:
    """Each fault is told in words."""
    task = StoreTask(BodyStore((2,)), ("a", "b"), (0, 1), overtaken=1)
    with pytest.raises(CaseError, match=words):
        lead_through(replace(task, **change))


def test_a_search_too_large_for_memory_is_refused() -> None:
    """The width that would do is named, before anything is allocated."""
    store = BodyStore((50,) * 20, 900, 950)
    task = StoreTask(store, ("a", "b"), (1, 0), overtaken=1)
    with pytest.raises(CaseError, match="too wide for so large a store; at most"):
        lead_through(task, StoreParams(width=10_000))


def test_rules_that_a_store_cannot_count_are_refused() -> None:
    """A line with fixed places behind the store is told so, not scored without them."""
    day = LineDay(
        "line", ("a", "b"), 0, (), np.zeros((2, 0), dtype=np.bool_), ("x",),
        np.zeros(2, dtype=np.int64), (), places=(Places("p", (0,), 0, 0),),
    )  # fmt: skip
    with pytest.raises(CaseError, match="only ratios and paint"):
        lead_through(StoreTask(BodyStore((2,)), ("a", "b"), mark=1, day=day))


FAULTS = {
    "comes_in_order": lambda r: replace(r, events=(r.events[1], r.events[0], *r.events[2:])),
    "head_of_lane": lambda r: replace(r, events=(*r.events[:-1], (True, 0, 0))),
    "order": lambda r: replace(r, order=r.order[::-1]),
    "cost": lambda r: replace(r, cost=r.cost + 1),
    "broken": lambda r: replace(r, broken=1),
    "figures": lambda r: replace(r, figures={**r.figures, "overtaken": 9.0}),
    "bound": lambda r: replace(r, bound=r.cost + 1),
    "released": lambda r: replace(r, tables={}),
    "each_body_once": lambda r: replace(r, events=r.events[:-1]),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_in_a_result_is_named(rule: str) -> None:
    """What was tampered with is found by the rule that speaks of it."""
    task = StoreTask(BodyStore((2, 2), 2, 3), tuple("abcd"), (3, 0, 2, 1), overtaken=1)
    result = lead_through(task)
    assert verify_body_store(task, result).clean
    assert rule in verify_body_store(task, FAULTS[rule](result)).broken


@pytest.mark.parametrize(
    ("store", "rule"),
    [
        (BodyStore((1, 3), 1, 4), "lane_room"),
        (BodyStore((3, 3), 1, 2), "store_room"),
        (BodyStore((3, 3), 4, 6), "least_held"),
    ],
)
def test_events_of_another_store_are_refused(store: BodyStore, rule: str) -> None:
    """A store with less room, or that must be fuller, does not allow the same events."""
    task = StoreTask(BodyStore((3, 3), 3, 3), tuple("abcdef"), (0, 1, 2, 3, 4, 5), overtaken=1)
    result = lead_through(task)
    assert rule in verify_body_store(replace(task, store=store), result).broken
