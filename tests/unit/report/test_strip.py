"""The order of a day's cars as a strip, and the page around it."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest

from motorworks.case.line_day import InARow, LineDay, Objective, Paint, Places, Ratio
from motorworks.report.paints import paint_tints
from motorworks.report.sequence_page import render_sequence_page
from motorworks.report.strip import MOST_CARS, draw_strip, strip_of
from motorworks.report.walk import draw_walk
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order


def day_of(count: int = 230, before: int = 4, names: str = "car") -> LineDay:
    """A day on which every third car has a roof, in runs of five of two colours."""
    cars = before + count
    has = np.zeros((cars, 2), dtype=np.bool_)
    has[::3, 0] = True
    has[before : before + 3, 1] = True
    return LineDay(
        "Monday", tuple(f"{names}-{n}" for n in range(cars)), before, ("roof", "hitch"), has,
        ("red", "blue"), np.arange(cars) // 5 % 2, (Objective("high", 1000), Objective("low", 1)),
        vehicles=("suv",) * cars,
        ratios=(Ratio("roofs", 0, 1, 3), Ratio("hitches", 1, 1, 2, "low")), paint=Paint((9, 9)),
    )  # fmt: skip


def given(day: LineDay, moves: int = 0) -> SequenceResult:
    """The cars in the order as given."""
    order = tuple(range(day.count))
    score = score_order(day, order)
    proofs = tuple(
        Proof(one.name, one.weight, score.values[one.name], 0.0, 0.0, "nought")
        for one in day.objectives
    )
    tables = sequence_tables(day, order, score, proofs=proofs, progress=[(0, 9.0), (500, 2.0)])
    searched = Searched(1, 1, moves, moves // 2, 0.5, "iterations", "none", "0")
    return SequenceResult(order, score.mark, score.broken, proofs, searched, tables)


def drawings(day: LineDay) -> list[ET.Element]:
    """The lines of a day's strip, as a browser would read them."""
    markup = draw_strip(strip_of(day, given(day)))
    return [ET.fromstring(svg) for svg in re.findall("<svg.*?</svg>", markup, re.DOTALL)]


def titles(svg: ET.Element, kind: str) -> list[str]:
    """Hover texts of the parts of a kind."""
    return [part[0].text or "" for part in svg if part.get("class") == kind]


def test_cars_stand_in_lines_of_a_hundred_after_those_of_the_day_before() -> None:
    """Every car is there once, in its place."""
    lines = drawings(day_of())
    assert [len(titles(line, "car")) for line in lines] == [4, 100, 100, 30]
    places = [int(text.split(".")[0]) for line in lines for text in titles(line, "car")]
    assert places == list(range(-3, 231))


def test_hover_text_says_what_a_car_is() -> None:
    """Place, name, vehicle, colour, and what it has."""
    assert titles(drawings(day_of())[1], "car")[2] == "3. car-6\nsuv\nblue\nroof, hitch"


def test_a_filled_cell_stands_for_every_car_that_has_an_option() -> None:
    """Two roofs are among the four cars of the day before."""
    before, first, *_ = drawings(day_of())
    cells = [part.get("d", "").count("M") for part in before if part.get("class") == "has"]
    assert cells == [2]
    cells = [part.get("d", "").count("M") for part in first if part.get("class") == "has"]
    assert cells == [33, 3]


def test_a_bar_of_paint_stands_for_every_batch() -> None:
    """It is as long as its cars."""
    before = drawings(day_of())[0]
    assert [part.get("width") for part in before if part.get("class") == "batch"] == ["40"]
    first = drawings(day_of())[1]
    widths = [int(part.get("width", "0")) for part in first if part.get("class") == "batch"]
    assert (widths[0], widths[1], sum(widths)) == (10, 50, 1000)


def test_windows_of_a_rule_that_overlap_are_one_mark_in_the_row_of_its_option() -> None:
    """Three hitches in a row break two windows of two."""
    marks = [text for line in drawings(day_of()) for text in titles(line, "mark")]
    assert marks == ["hitches, places 1 to 3: 2\u00a0violations, cost 2"]


def test_a_single_broken_window_says_what_was_found() -> None:
    """And a rule of no option has a row of its own."""
    day = replace(day_of(), ratios=(), places=(Places("first stays", (0,), 4, 4, weight=1),))
    markup = draw_strip(strip_of(day, given(day)))
    assert "first stays, place 1: 1 where 0 is the limit" in markup
    assert ">first stays</span>" in markup


def test_many_rules_of_no_option_share_a_row() -> None:
    """Forty fixed cars would make forty rows."""
    wanted = tuple(Places(f"car {n} stays", (n,), n + 1, n + 1) for n in range(40))
    strip = strip_of(day := replace(day_of(), places=wanted), given(day))
    assert strip.rows == ["roof", "hitch", "other rules"]


def test_few_cars_are_wider_and_each_has_its_place_below() -> None:
    """A day of four would else be a speck."""
    order = given(day := day_of())
    strip = strip_of(day, order)
    few = replace(strip, cars=[car for car in strip.cars if 1 <= car.place <= 4])
    assert few.cell > strip.cell == 10
    assert [text for text in ("1", "2", "3", "4") if f">{text}</text>" in draw_strip(few)] == [
        "1", "2", "3", "4",
    ]  # fmt: skip


def test_no_colour_without_a_name_of_its_own_looks_like_a_mark() -> None:
    """Red is what is broken."""
    for tint in paint_tints(map(str, range(60))).values():
        red, green, blue = (int(tint[at : at + 2], 16) for at in (1, 3, 5))
        assert not red > 1.9 * max(green, blue)


def test_a_mark_that_reaches_over_a_line_is_drawn_in_both() -> None:
    """The row of three that lacks seven ends one line and begins the next."""
    day = day_of()
    has = np.zeros_like(day.has)
    has[4 + 98 : 4 + 103, 0] = True
    day = replace(day, has=has, ratios=(Ratio("roofs", 0, 1, 5),))
    counts = [len(titles(line, "mark")) for line in drawings(day)]
    assert counts == [0, 1, 1, 0]


def test_names_from_outside_stay_text() -> None:
    """A car called like a tag is no tag."""
    day = day_of(count=3, names="<b>&\"x'")
    page = render_sequence_page(day, given(day), title="<script>")
    assert "<b>&" not in page
    assert "&lt;b&gt;" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_long_day_is_cut_off_and_the_page_says_so() -> None:
    """Fifty thousand cars would be fifty megabytes."""
    day = day_of(count=MOST_CARS + 50)
    assert sum(len(titles(line, "car")) for line in drawings(day)) == MOST_CARS + 4
    assert "the first 2\u202f000 are drawn" in render_sequence_page(day, given(day))


def test_the_page_tells_of_objectives_rules_batches_and_search() -> None:
    """It carries no script of charts, as it has none."""
    page = render_sequence_page(day_of(), given(day_of(), moves=1000))
    for heading in ("Sequence of Monday", "The strip", "Broken rules", "Paint batches",
                    "Progress of the search"):  # fmt: skip
        assert f">{heading}</h2>" in page
    assert "<td>hitches</td>" in page
    assert "1\u202f000 moves were evaluated and 500 made" in page
    assert len(page) < 200_000


def test_a_day_without_colours_or_broken_rules_has_a_short_page() -> None:
    """Nothing is said of what is not there; runs that lack nothing are not marked."""
    day = replace(day_of(), colours=("",), colour=np.zeros(234, dtype=np.int64), paint=None,
                  ratios=(), in_a_row=(InARow("runs", 0, 1),))  # fmt: skip
    page = render_sequence_page(day, given(day))
    assert "No rule is broken." in page
    assert "Paint batches" not in page
    assert "Progress of the search" not in page


def test_hard_rules_that_are_broken_stand_first() -> None:
    """Such an order may not be built."""
    day = replace(day_of(), paint=Paint((3, 9)))
    page = render_sequence_page(day, given(day))
    first = page.index("violations of hard rules")
    assert first < page.index("broken rules of high priority")
    assert "may not be built like this" in page


@pytest.mark.parametrize("count", [1, 9, 40])
def test_tints_are_all_different(count: int) -> None:
    """However many colours there are, and whatever they are called."""
    names = ["white", "pearl white", "blue", *map(str, range(count))]
    assert len(set(paint_tints(names).values())) == len(names)


def test_progress_is_a_line_that_falls_from_the_first_order_to_the_last() -> None:
    """Left to right by moves, top to bottom by mark."""
    table = pl.DataFrame({"moves": [0, 100, 10_000], "mark": [50.0, 20.0, 10.0]})
    drawing = draw_walk(table)
    assert "from 50 to 10 in 2 steps" in drawing.caption
    path = re.search(r'class="path" d="M([\d.]+) ([\d.]+)(.*?)"', drawing.markup)
    assert path is not None
    downs = [float(path[2]), *map(float, re.findall(r"V([\d.]+)", path[3]))]
    rights = [float(path[1]), *map(float, re.findall(r"H([\d.]+)", path[3]))]
    assert downs == sorted(downs)
    assert rights == sorted(rights)
    assert rights[-1] == pytest.approx(992.0)
