"""What must hold of days for any orders: nothing lost, nothing moved that must stay."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.month_of_orders import LEFT_OUT
from motorworks.result.verify.slot import verify_slot
from motorworks.slot.params import SlotParams
from motorworks.slot.solve import solve_slot
from tests.small_months import random_month

WALK = SlotParams(exact_size=0, iterations=3_000, bound_rounds=20)
EXACT = SlotParams(iterations=500)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), days=st.integers(1, 6), orders=st.integers(0, 30))
def test_volumes_add_up_and_what_is_settled_stays(seed: int, days: int, orders: int) -> None:
    """Days and orders carried over hold all orders; fixed ones and frozen days are unchanged."""
    month = random_month(seed, days=days, orders=orders)
    result = solve_slot(month, WALK)
    built = sum(len(result.orders_of(month, slot)) for slot in range(days))
    assert built + len(result.carried_over(month)) == orders
    for at, must in zip(result.slot_of, month.settled, strict=True):
        assert must in (LEFT_OUT, at)
    frozen = {order for order, at in enumerate(result.slot_of) if at == 0}
    assert frozen == {order for order, must in enumerate(month.settled) if must == 0}
    found = verify_slot(month, result)
    assert found.clean, str(found)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_more_room_never_costs(seed: int) -> None:
    """With more capacity and more parts the best schedule is no dearer."""
    month = random_month(seed, days=3, orders=9)
    roomier = tuple(
        replace(limit, most=limit.most + 1.0) if limit.hard else limit for limit in month.limits
    )
    tight = solve_slot(month, EXACT)
    wide = solve_slot(replace(month, limits=roomier), EXACT)
    assert tight.proven
    assert wide.proven
    assert wide.cost <= tight.cost


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_schedule_planned_again_changes_nothing(seed: int) -> None:
    """From its own best schedule as yesterday's, the stage moves no order."""
    month = random_month(seed, days=3, orders=9)
    first = solve_slot(month, EXACT)
    again = solve_slot(replace(month, before=first.slot_of), EXACT)
    assert again.parts["changed"] == 0
