"""Generated days have the sizes asked for, depend on the seed alone, and share their rules."""

import numpy as np
import pytest

from bench.sequence_days import SMALL, DaySize, generate
from motorworks.case.line_day import LineDay
from motorworks.result.verify.sequence_score import score_order


def same(one: LineDay, other: LineDay) -> bool:
    """Whether two days have the same cars and rules."""
    return (
        np.array_equal(one.has, other.has)
        and np.array_equal(one.colour, other.colour)
        and (one.ratios, one.paint, one.cars) == (other.ratios, other.paint, other.cars)
    )


@pytest.mark.parametrize("size", [SMALL, DaySize(300, 20, 15), DaySize(40, 1, 1, before=0)])
def test_a_day_has_the_size_asked_for(size: DaySize) -> None:
    """Cars, options, colours and the day before are as many as asked."""
    day = generate(size)
    assert (day.count, day.before) == (size.cars, size.before)
    assert day.has.shape == (size.cars + size.before, size.options)
    assert len(day.colours) == len(day.paint.most if day.paint else ()) == size.colours
    assert int(day.colour.max()) < size.colours
    assert [ratio.trait for ratio in day.ratios] == list(range(size.options))


def test_the_same_seed_gives_the_same_day() -> None:
    """Two draws with a seed are equal, another seed differs."""
    assert same(generate(SMALL, 3), generate(SMALL, 3))
    assert not same(generate(SMALL, 3), generate(SMALL, 4))


def test_days_of_all_sizes_have_the_same_rules() -> None:
    """More cars come from the same mix: ratios and limits stay, take rates nearly."""
    small, large = generate(DaySize(1_000, 9, 6)), generate(DaySize(20_000, 9, 6))
    assert (small.ratios, small.paint) == (large.ratios, large.paint)
    assert np.abs(small.has.mean(0) - large.has.mean(0)).max() < 0.06


def test_ratios_are_tight_but_can_nearly_be_kept() -> None:
    """Over a large day options use at most 1.1 of what their ratios let through, most over 0.6."""
    day = generate(DaySize(20_000, 40, 30))
    use = [day.has[:, r.trait].mean() * r.window / r.most for r in day.ratios]
    assert max(use) < 1.1
    assert np.median(use) > 0.6
    assert {ratio.priority for ratio in day.ratios} == {"high", "low"}


def test_a_size_is_read_back_from_its_name() -> None:
    """What names a generated day in the file of runs says its size in full."""
    size = DaySize(5_000, 40, 30)
    assert DaySize.parse(str(size)) == size


def test_a_day_can_be_scored() -> None:
    """The written rules take a generated day as given."""
    day = generate(SMALL)
    assert score_order(day, range(day.count)).values["colour"] > 0
