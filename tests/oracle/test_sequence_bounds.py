"""Bounds of a day against every order there is: none is below, and counting is exact."""

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bench.sequence_best import read_best
from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.io.formats.roadef import read_roadef
from motorworks.result.sequence_score import Score
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.bounds import InTurn
from motorworks.sequence.bounds.closing import close_gap
from motorworks.sequence.bounds.colours import colour_without_room, least_changes
from motorworks.sequence.bounds.given import bound_given, known_of
from motorworks.sequence.bounds.known import fixed_cars
from motorworks.sequence.bounds.memories import LAST, memories_of
from motorworks.sequence.bounds.net import finer, first_net
from motorworks.sequence.bounds.paths import bound_together
from motorworks.sequence.bounds.ratio import least_broken
from motorworks.sequence.bounds.succession import no_succession
from motorworks.sequence.bounds.tighten import tightened
from motorworks.sequence.bounds.work import Work
from tests.all_orders import all_scores, few_kinds, orders

SEEDS = st.integers(0, 10**6)
SLACK = st.sampled_from([0.0, 0.0, 1.0])


def in_turn(
    day: LineDay, scores: list[Score], slack: float
) -> Iterator[tuple[ObjectiveName, dict[ObjectiveName, float], float]]:
    """Each objective, values of those of more importance, and its least among such orders.

    The first is left ``slack`` above its least.
    """
    known: dict[ObjectiveName, float] = {}
    for item in day.objectives:
        least = min(score.values[item.name] for score in scores)
        yield item.name, dict(known), least
        known[item.name] = least + (slack if not known else 0.0)
        scores = [one for one in scores if one.values[item.name] <= known[item.name]]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_single_rules_and_colours_are_bound_exactly(seed: int) -> None:
    """The least of each rule alone and of colour changes alone is that of some order."""
    day = few_kinds(seed, 7)
    scores = [score_order(day, order) for order in orders(day)]
    for rule in day.ratios:
        counts = [
            sum(one.cost for one in score.violations if one.rule == rule.name) for score in scores
        ]
        weight = 1 if rule.priority == "hard" else rule.weight
        assert weight * least_broken(day, rule, fixed_cars(day)).value == min(counts)
    kept = [
        score.values["colour"]
        for score in scores
        if not any(batch_rule(one.rule) for one in score.violations)
    ]
    if kept:
        assert colour_without_room(day) is None
        assert least_changes(day).value == min(kept)
    elif not day.frozen:
        assert colour_without_room(day) in day.colours


def batch_rule(name: str) -> bool:
    """Whether a violation is none of the ratio rules'."""
    return not name.startswith("rule ")


@example(seed=8743, slack=1.0)  # a rule whose window is longer than the day
@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, slack=SLACK)
def test_no_order_is_below_the_bounds(seed: int, slack: float) -> None:
    """Neither alone nor given what matters more is an objective ever below its bound."""
    day = few_kinds(seed)
    scores = all_scores(day)
    assume(scores)
    for name, bound in single_bounds(day).items():
        assert bound.value <= min(score.values[name] for score in scores)
    for name, known, least in in_turn(day, scores, slack):
        for worse in (0.0, 1.0, 3.0):  # orders that are worse than best are looked at too
            bound = bound_given(day, name, {**known, name: least + worse}, Work(0.5))
            assert bound is None or bound.value <= least
        if known:
            together = bound_together(day, name, known, Work(0.5))
            assert together is None or together.value <= least


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, slack=SLACK)
def test_a_gap_is_closed_by_a_better_order_or_by_a_bound_that_holds(
    seed: int, slack: float
) -> None:
    """The bound told is not above the least of any order, and the order told is better."""
    day = few_kinds(seed)
    scores = all_scores(day)
    assume(scores)
    for name, known, least in in_turn(day, scores, slack):
        for value in (least, least + 2.0):

            def told(
                order: Sequence[int],
                name: ObjectiveName = name,
                most: dict[ObjectiveName, float] = {**known, name: value - 1.0},  # noqa: B006
            ) -> bool:
                score = score_order(day, order)
                return not score.broken and all(score.values[n] <= v for n, v in most.items())

            closed = close_gap(day, name, {**known, name: value}, 60.0, told)
            assert closed is not None
            assert closed.bound <= least
            assert not closed.better or value > least


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, slack=SLACK, more=st.integers(0, 2), remembered=st.integers(0, 2))
def test_what_is_left_to_each_rule_holds_for_all_orders_asked_for(
    seed: int, slack: float, more: int, remembered: int
) -> None:
    """Whatever the net remembers, each order asked for breaks each rule within what is told."""
    day = few_kinds(seed)
    scores = all_scores(day)
    assume(scores)
    for name, before, least in in_turn(day, scores, slack):
        most = {**before, name: least + more}
        asked = known_of(day, name, most, Work(100.0))
        assert asked is not None
        net = first_net(asked.layers)
        for memory in memories_of(day, asked.entries, asked.layers)[:remembered]:
            net = finer(net, memory, 10_000) or net
        entries = tightened(asked, net, 60.0)
        assert entries is not None
        good = [one for one in scores if all(one.values[n] <= v for n, v in most.items())]
        for entry in entries:
            broken = [sum(b.cost for b in one.violations if b.rule == entry.rule.name)
                      for one in good]  # fmt: skip
            weight = 1 if entry.rule.priority == "hard" else entry.rule.weight
            assert entry.least * weight <= min(broken)
            assert max(broken) <= entry.most * weight


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, slack=SLACK, remembered=st.integers(0, 2))
def test_values_that_an_order_has_are_not_said_to_have_no_order_of_colours(
    seed: int, slack: float, remembered: int
) -> None:
    """Whatever the net remembers; with one less than the least it may be said, or not."""
    day = few_kinds(seed)
    scores = all_scores(day)
    assume(scores and len(set(day.colour[day.before :].tolist())) > 1)
    for name, before, least in in_turn(day, scores, slack):
        if "colour" not in (name, *before):
            continue
        asked = known_of(day, name, {**before, name: least}, Work(100.0))
        assert asked is not None
        memories = memories_of(day, asked.entries, asked.layers)
        net = first_net(asked.layers)
        for memory in [*memories[:remembered], *(one for one in memories if one.name == LAST)]:
            net = finer(net, memory, 10_000) or net
        until = time.perf_counter() + 60.0
        assert LAST in net.known
        assert not no_succession(asked, net, memories, until)


@pytest.mark.data
@pytest.mark.parametrize(
    ("instance", "target"),
    [
        ("B/035_ch1_EP_RAF_ENP_S22_J3", "colour"),
        ("A/022_3_4_EP_RAF_ENP", "colour"),
    ],
)
def test_no_proof_says_that_the_best_known_cannot_be(
    data_folder: Path, instance: str, target: ObjectiveName
) -> None:
    """Asked for orders up to one above the best known, no bound is above what is known."""
    day, best = read_roadef(data_folder / "roadef2005" / instance), read_best()[instance]
    names = [item.name for item in day.objectives]
    values = {name: float(best.value(name) or 0) for name in names[: names.index(target) + 1]}
    above = {**values, target: values[target] + 2.0}
    closed = close_gap(day, target, above, 10.0, lambda _: True)
    assert closed is not None
    assert values[target] - 4.0 <= closed.bound <= values[target]


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, worse=st.sampled_from([0, 0, 1, 9]))
def test_a_best_order_is_at_or_above_what_is_said_of_it(seed: int, worse: int) -> None:
    """For any order: no bound is above the least of orders as good in what matters more.

    What is settled cannot be bettered, and no order has a lower mark than is said.
    """
    day = few_kinds(seed, 7)
    scores = all_scores(day)
    assume(scores)
    one = sorted(scores, key=lambda score: score.mark)[min(worse, len(scores) - 1)]
    names = [item.name for item in day.objectives]
    values = {name: float(one.values[name]) for name in names}
    bounds = InTurn(day, 2.0)
    settled = [bounds.settled(values, names[: rank + 1]) for rank in range(len(names))]
    given_ = bounds.given(values)
    kept = scores
    for name, done in zip(names, settled, strict=True):
        least = min(score.values[name] for score in kept)
        assert bounds.alone[name].value <= given_[name].value <= least
        assert bounds.alone[name].value <= min(score.values[name] for score in scores)
        assert not done or values[name] == least
        kept = [score for score in kept if score.values[name] <= values[name]]
    assert bounds.least_mark() <= min(score.mark for score in scores)
    assert not settled[-1] or one.mark == min(score.mark for score in scores)


@pytest.mark.data
def test_simple_bounds_of_renault_s_days_are_met(data_folder: Path) -> None:
    """Of each instance each objective alone has the bound that comes with the data."""
    folder = data_folder / "roadef2005"
    with (folder / "bounds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sheets = {"high": "lb_EP", "low": "lb_ENP", "colour": "lb_RAF"}
    for row in rows:
        day = read_roadef(folder / row["set"] / row["instance"])
        for name, bound in single_bounds(day).items():
            assert bound.value == float(row[sheets[name]]), (row["instance"], name)
