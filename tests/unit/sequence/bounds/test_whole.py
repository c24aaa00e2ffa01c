"""Orders that whole flows stand for."""

import numpy as np

from motorworks.sequence.bounds.flow import Layers
from motorworks.sequence.bounds.net import first_net
from motorworks.sequence.bounds.whole import order_of

LAYERS = Layers(np.array([1, 0, 1, 0]), (1, 1), (9, 9), -1, 0, False)
"""Two red cars and two blue ones; a net of a seam and two colours."""

# arcs: into red, into blue, on in red, on in blue, out of red, out of blue


def test_a_walk_takes_each_arc_as_often_as_the_flow_says() -> None:
    """A run of one colour, then one of the other; cars of a class in their order."""
    order = order_of(first_net(LAYERS), np.array([1, 1, 1, 1, 1, 1]))
    assert order in ([1, 3, 0, 2], [0, 2, 1, 3])


def test_three_runs_are_one_walk() -> None:
    """Blue, red, blue: the blue cars are entered one by one."""
    order = order_of(first_net(LAYERS), np.array([1, 2, 1, 0, 1, 2]))
    assert sorted(order) == [0, 1, 2, 3]
    assert order.index(3) == order.index(1) + 1


def test_a_circle_that_the_walk_does_not_meet_is_put_in() -> None:
    """Blue cars go round within blue, which is never entered: they come last."""
    assert order_of(first_net(LAYERS), np.array([1, 0, 1, 2, 1, 0])) == [1, 3, 0, 2]


def test_arcs_may_be_mixed_and_are_still_all_taken() -> None:
    """Two runs of each colour: blue or red may come first; cars of a class keep their order."""
    flow = np.array([2, 2, 0, 0, 2, 2])
    orders = [order_of(first_net(LAYERS), flow, mixed) for mixed in range(20)]
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    assert {order[0] for order in orders} == {0, 1}
    assert orders[5] == order_of(first_net(LAYERS), flow, 5)
