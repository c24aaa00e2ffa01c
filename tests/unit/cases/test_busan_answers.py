"""The page that answers the questions of Busan says what the plans say."""

from pathlib import Path

import pytest

from bench.busan_answers.chart import Bar, bars
from bench.busan_answers.questions import QUESTIONS, plants
from bench.busan_answers.study import Spread, Study
from bench.busan_pages.blocks import held
from motorworks.case.case import Case

DOCS = Path(__file__).parents[3] / "docs"
PAGE = DOCS / "background" / "busan-answers.md"


def test_the_tables_of_the_plants_are_those_of_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both plans solved anew, without the ranges, give the page's tables and chart."""
    monkeypatch.setattr(Study, "spread", lambda self, value: Spread(value(self.given), (), ()))
    answer, page = plants(Study()), held(PAGE.read_text("utf-8"))
    for name in ("plants", "plants-america"):
        assert answer.blocks[name].strip() == page[name]
    closing = page["plants-range"].splitlines()[0].split("**")[1]
    assert answer.blocks["plants-range"].splitlines()[0].split("**")[1] == closing
    for name, svg in answer.charts.items():
        assert (DOCS / "images" / f"{name}.svg").read_text("utf-8") == svg


def test_every_question_has_its_place_on_the_page() -> None:
    """Each writes a table and a range, and none stands empty."""
    page = held(PAGE.read_text("utf-8"))
    for question in QUESTIONS:
        assert page[question.__name__]
        assert "**" in page[f"{question.__name__}-range"]


def test_an_answer_moves_with_the_facts_it_hangs_on() -> None:
    """An answer that is a fact itself ranges from its low to its high, and turns at zero."""
    study = Study()
    one = study.given.table("facts").filter(fact_id="pace-45")
    study.given = study.given.replace(facts=one)

    def pace(given: Case) -> float:
        line = given.table("shop_rates").filter(shop="busan-line", start="2019-10-07")
        return float(line["jph"].item()) - 44.0

    spread = study.spread(pace)
    assert (spread.low, spread.value, spread.high) == (-2.0, 1.0, 6.0)
    ((fact, point, inside),) = spread.break_evens
    assert (fact.fact_id, inside) == ("pace-45", True)
    assert point == pytest.approx(44.0, abs=0.1)


def test_a_chart_has_a_bar_for_each_value() -> None:
    """Bars to the left of zero, too, and the range of a value as a line."""
    svg = bars("Left", "M USD", [Bar("a", 10.0, 5.0, 12.0), Bar("b", -4.0)])
    assert svg.count("<rect") == 3
    assert "−4" in svg
