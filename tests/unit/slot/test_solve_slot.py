"""Days for orders: small months worked out by hand, and against every schedule there is."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from motorworks.case.month_of_orders import LEFT_OUT, Limit, MonthOfOrders, Weights
from motorworks.result.verify.slot import verify_slot
from motorworks.slot import solve as stage
from motorworks.slot.bound import price_bound
from motorworks.slot.decode import parts_of, used_of
from motorworks.slot.encode import encode
from motorworks.slot.params import SlotParams
from motorworks.slot.search import cost_of, first_come
from motorworks.slot.solve import solve_slot
from tests.small_months import MONDAY, month_of, random_month

WALK = SlotParams(exact_size=0, iterations=20_000, bound_rounds=100)


def cost(month: MonthOfOrders, at: tuple[int, ...]) -> float:
    """What a schedule costs."""
    parts = parts_of(month, at, used_of(month, at))
    return sum(count * getattr(month.weights, name) for name, count in parts.items())


def cheapest(month: MonthOfOrders) -> float:
    """The lowest cost of all schedules that keep hard limits, each one tried."""
    own = encode(month)
    places = [
        [slot for slot in range(-1, len(month.slots)) if np.isfinite(own.own[profile, slot])]
        for profile in own.profile
    ]
    most = own.limit["most"]
    hard = own.limit["hard"] == 1
    best = np.inf
    for at in itertools.product(*places):
        if (used_of(month, at)[hard] <= most[hard] + 1e-9).all():
            best = min(best, cost(month, at))
    return float(best)


def test_orders_are_built_when_they_are_due() -> None:
    """With room on every day each order has its own, at no cost."""
    result = solve_slot(month_of(3, [0, 0, 1, 1, 2, None]))
    assert result.slot_of[:5] == (0, 0, 1, 1, 2)
    assert (result.cost, result.bound, result.proven) == (0.0, 0.0, True)


def test_the_order_of_less_rank_is_late() -> None:
    """Three orders are due on a day that has room for two: the last in rank waits a day."""
    month = month_of(2, [0, 0, 0])
    ranks = (3, 5, 3)
    orders = tuple(
        order.model_copy(update={"priority": rank})
        for order, rank in zip(month.orders, ranks, strict=True)
    )
    result = solve_slot(replace(month, orders=orders))
    assert result.slot_of == (0, 1, 0)
    assert result.cost == 10 * 5  # a day late of priority 5 counts as 5 orders


def test_what_held_a_late_order_is_named() -> None:
    """Capacity, a part that comes later, an option's quota and a fixed day are told apart."""
    full = solve_slot(month_of(2, [0, 0, 0]))
    assert full.tables["late_orders"]["held_by"].to_list() == ["capacity"]
    part = tuple(Limit("pack", "part", 1, 0, day, most=float(day)) for day in range(2))
    late = solve_slot(month_of(2, [0, 1], roof=[0], more=part)).tables["late_orders"]
    assert late.select("order", "held_by", "limit", "days_late").rows() == [
        ("o0", "part", "pack", 1)
    ]
    assert late["reason"].to_list() == ["too few of pack by then"]
    quota = tuple(Limit("roof", "option", 1, day, day, most=1.0, weight=9) for day in range(2))
    late = solve_slot(month_of(2, [0, 0], roof=[0, 1], more=quota)).tables["late_orders"]
    assert late.select("held_by", "limit").rows() == [("option", "roof")]
    ramp = tuple(Limit("suv", "ramp", 1, day, day, most=float(day)) for day in range(2))
    late = solve_slot(month_of(2, [0, 1], roof=[0], more=ramp)).tables["late_orders"]
    assert late["reason"].to_list() == ["the launch curve of suv allows no more in time"]
    fixed = solve_slot(month_of(2, [0, 1], fixed=(1, LEFT_OUT))).tables["late_orders"]
    assert fixed["held_by"].to_list() == ["fixed"]


def test_days_that_are_no_way_out_are_told_apart() -> None:
    """Due before the first day, due on a frozen day, or not built on any day in time."""
    early = solve_slot(month_of(2, [-3])).tables["late_orders"]
    assert early["reason"].to_list() == ["due before the first day"]
    month = month_of(2, [0])
    slots = (replace(month.slots[0], frozen=True), month.slots[1])
    frozen = solve_slot(replace(month, slots=slots)).tables["late_orders"]
    assert frozen["reason"].to_list() == ["the days in time are frozen"]
    closed = solve_slot(replace(month, open=np.array([[False, True]]))).tables["late_orders"]
    assert closed["held_by"].to_list() == ["no open day"]


def test_a_sailing_draws_its_batch_forward() -> None:
    """An order due later is built first, since a ship closes; who has to wait is told why."""
    ship = (Limit("ship 1", "sailing", 1, 0, 0, least=2.0, weight=9),)
    result = solve_slot(month_of(2, [0, 0, 1], roof=[1, 2], more=ship))
    assert result.slot_of == (1, 0, 0)
    assert result.tables["late_orders"].select("held_by", "limit").rows() == [("sailing", "ship 1")]


def test_colours_gather_to_whole_batches() -> None:
    """Of four blue cars, two due on each day, three and one would lack more than four and none."""
    paint = tuple(Limit("blue", "batch", 1, day, day, size=4) for day in range(2))
    due = [1] * 8
    month = month_of(2, due, capacity=4.0, roof=range(4), more=paint)
    result = solve_slot(month)
    blue = [slot for order, slot in enumerate(result.slot_of) if order < 4]
    assert len(set(blue)) == 1
    assert result.parts["batch"] == 0.0


def test_orders_that_do_not_fit_are_carried_over() -> None:
    """Five orders for four places leave one out; it is late and costs what being left out costs."""
    month = month_of(2, [1, 1, 1, 1, 1])
    result = solve_slot(month)
    assert result.slot_of.count(LEFT_OUT) == 1
    assert result.cost == 7 * (1000 + 10) + 2 * 1  # two are a day early
    assert len(result.carried_over(month)) == 1


def test_yesterdays_schedule_is_kept_where_it_costs_nothing() -> None:
    """An order stays where it stood if only a day's earliness speaks against it."""
    month = month_of(3, [2, 2], before=(1, LEFT_OUT))
    result = solve_slot(month)
    assert result.slot_of == (1, 2)
    free = replace(month, weights=Weights(changed=0))
    assert solve_slot(free).slot_of == (2, 2)


def test_fixed_orders_may_exceed_a_limit_and_no_other_comes_on_top() -> None:
    """Three orders fixed to a day for two stay; an order due then is built on another day."""
    month = month_of(2, [0, 0, 0, 0], fixed=(0, 0, 0, LEFT_OUT))
    result = solve_slot(month)
    assert result.slot_of == (0, 0, 0, 1)
    assert verify_slot(month, result).clean


@pytest.mark.parametrize("seed", range(4))
def test_the_exact_program_finds_the_cheapest_of_all_schedules(seed: int) -> None:
    """On random small months the optimum, the bound and the walk agree with trying everything."""
    month = random_month(seed, days=3, orders=7)
    least = cheapest(month)
    exact, walked = solve_slot(month, SlotParams(iterations=1_000)), solve_slot(month, WALK)
    assert exact.cost == exact.bound == least
    assert walked.cost == least
    assert walked.bound <= least


@pytest.mark.parametrize("seed", range(3))
def test_the_walk_counts_what_the_tables_count(seed: int) -> None:
    """The cost that the kernels keep is that of the definition."""
    month = random_month(seed, days=6, orders=60)
    result = solve_slot(month, WALK)
    assert cost_of(encode(month), np.array(result.slot_of) % 7) == result.cost
    assert result.cost == cost(month, result.slot_of)
    assert verify_slot(month, result).clean


def test_the_bound_stays_below_any_schedule() -> None:
    """However many rounds, prices never claim more than a schedule that there is."""
    month = encode(random_month(5, days=5, orders=40))
    reached = cost_of(month, first_come(month, weigh=True))
    bounds = [price_bound(month, reached, rounds) for rounds in (0, 10, 200)]
    assert bounds[0] == 0.0 < bounds[2] <= reached


def test_the_same_seed_gives_the_same_days() -> None:
    """Without a time limit the result depends on orders, settings and seed alone."""
    month = random_month(2, days=6, orders=60)
    first, again = solve_slot(month, WALK), solve_slot(month, WALK)
    assert first.slot_of == again.slot_of
    assert first.bound == again.bound


def test_days_of_the_month_are_dates() -> None:
    """Late days are counted as a calendar does."""
    month = month_of(2, [0, 0, 0])
    assert (
        solve_slot(month).tables["slotted_orders"]["day"].to_list().count(MONDAY.isoformat()) == 2
    )


def test_an_interrupted_search_keeps_its_best_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while prices are sought, or while the walk goes on, ends with a sound schedule."""
    month = random_month(3, days=6, orders=60)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    walked = solve_slot(month, WALK, on_progress=stop)
    assert walked.searched.stopped == "interrupted"
    assert walked.bound > 0.0
    assert verify_slot(month, walked).clean
    monkeypatch.setattr(stage, "price_bound", stop)
    first = solve_slot(month, WALK)
    assert (first.searched.stopped, first.searched.moves) == ("interrupted", 0)
    assert verify_slot(month, first).clean
    assert walked.cost <= first.cost


def test_a_proof_that_is_given_up_leaves_a_gap() -> None:
    """Without nodes the exact program says how far from the optimum the schedule may be."""
    month = random_month(8, days=6, orders=60)
    result = solve_slot(month, SlotParams(iterations=100, exact_nodes=0, exact_size=10_000))
    assert result.searched.engine == "exact"
    assert result.bound <= result.cost
    assert verify_slot(month, result).clean


def test_a_search_begins_from_yesterday_where_that_is_better() -> None:
    """Without a move the days of yesterday's search stay, and hard limits are kept on the way."""
    month = random_month(4, days=6, orders=60)
    found = solve_slot(month, WALK)
    again = replace(month, before=found.slot_of)
    none = SlotParams(exact_size=0, iterations=0, bound_rounds=0)
    kept = solve_slot(again, none)
    assert kept.parts["changed"] <= 60 * 0.1
    assert kept.cost <= found.cost
    assert verify_slot(again, kept).clean
