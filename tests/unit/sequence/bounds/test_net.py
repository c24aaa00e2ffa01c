"""Nets whose nodes remember what is asked for, counted by hand."""

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio
from motorworks.sequence.bounds.given import known_of
from motorworks.sequence.bounds.memories import memories_of
from motorworks.sequence.bounds.net import Memory, Net, finer, first_net, pruned
from motorworks.sequence.bounds.work import Work


def two_colours(batch: int = 2) -> tuple[Net, dict[str, Memory]]:
    """Three red cars and three blue ones after a red one; one of each has a roof, 1 in 2."""
    has = np.array([[False], [True], [False], [False], [False], [False], [True]])
    day = LineDay(
        "day", tuple("-abcdef"), 1, ("roof",), has, ("red", "blue"), np.array([0] * 4 + [1] * 3),
        (Objective("colour", 1000), Objective("high", 1)), ratios=(Ratio("roof", 0, 1, 2),),
        paint=Paint((batch, 9)),
    )  # fmt: skip
    asked = known_of(day, "high", {"colour": 9.0, "high": 9.0}, Work(9.0))
    assert asked is not None
    found = memories_of(day, asked.entries, asked.layers)
    return first_net(asked.layers), {one.name: one for one in found}


def test_a_net_begins_with_a_seam_and_a_node_for_each_colour() -> None:
    """Into each colour, on within it, and out again."""
    net, memories = two_colours()
    assert net.layer_at.tolist() == [-1, 0, 1]
    assert len(net.source) == 6
    assert set(memories) == {"rule 0", "batches", "last colour"}


def test_a_rule_parts_cars_and_nodes_by_its_trait() -> None:
    """A roof just before or not, at the seam and in both colours; from each with a roof or not."""
    net, memories = two_colours()
    wider = finer(net, memories["rule 0"], 99)
    assert wider is not None
    assert len(wider.layer_at) == 6
    assert wider.members.tolist() == [2, 1, 2, 1]
    assert len(wider.source) == 2 * 4 + 4 * 2 + 4  # first cars, further ones, ends of runs
    dear = wider.cost[:, 0] > 0
    assert dear.sum() == 2 + 2  # a roof after a roof: from the seam into a colour, and within it
    assert finer(net, memories["rule 0"], 10) is None


def test_batches_end_where_they_must() -> None:
    """Red runs have one or two cars; blue ones, of fewer cars than a batch, are not counted.

    The day begins within a red run, of which none of its own cars stands yet.
    """
    net, memories = two_colours(batch=2)
    counted = finer(net, memories["batches"], 99)
    assert counted is not None
    red = counted.layer == 0
    assert (red & (counted.klass >= 0)).sum() == 3  # the first, the one of the begin, the second
    assert np.flatnonzero(counted.layer_at == 0).size == 3
    assert np.flatnonzero(counted.layer_at == 1).size == 1


def test_a_run_follows_one_of_another_colour() -> None:
    """After red only blue, after blue only red."""
    net, memories = two_colours()
    wider = finer(net, memories["last colour"], 99)
    assert wider is not None
    assert (wider.sort == 0).sum() == 2


def test_what_leads_nowhere_is_left_out() -> None:
    """Without the way out of a colour no walk through it ends."""
    net, _ = two_colours()
    left = pruned(net, ~((net.sort == 2) & (net.layer == 1)))
    assert left.layer_at.tolist() == [-1, 0]
    assert (left.layer == 0).all()
