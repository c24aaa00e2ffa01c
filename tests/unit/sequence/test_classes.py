"""Classes: cars are put together only if no rule can tell them apart."""

from dataclasses import replace

import numpy as np

from motorworks.case.line_day import Levelled, Link, Places
from motorworks.sequence.classes import classes_of
from tests.small_days import drawn_day


def test_cars_alike_in_traits_and_colour_form_a_class() -> None:
    """Two cars share a class exactly if their flags and colours agree."""
    day = drawn_day(1, 30, 3)
    of = classes_of(day).of
    for one in range(33):
        for other in range(33):
            alike = (day.has[one] == day.has[other]).all() and day.colour[one] == day.colour[other]
            assert (of[one] == of[other]) == alike


def test_a_rule_about_single_cars_parts_them_from_the_others() -> None:
    """Cars of places, links and different use of a part stand in classes of their own."""
    day = replace(drawn_day(1, 4, 0), has=np.zeros((4, 4), dtype=bool), colour=np.zeros(4, int))
    assert len(classes_of(day).example) == 1
    assert len(classes_of(replace(day, places=(Places("p", (1, 2), 0, 1),))).example) == 2
    assert len(classes_of(replace(day, links=(Link("l", 0, 3),))).example) == 3
    assert len(classes_of(replace(day, levelled=(Levelled("u", (1, 2, 3, 3)),))).example) == 3
