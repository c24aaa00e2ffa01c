"""The pages on the Busan cases say what the cases say today."""

import calendar
import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from bench.busan_pages import back_test, case_page
from bench.busan_pages.back_test import BackTest
from bench.busan_pages.blocks import fill, names
from motorworks.case.case import Case
from motorworks.case.records.sites import Closure

BACKGROUND = Path(__file__).parents[3] / "docs" / "background"


@pytest.fixture(scope="module")
def past() -> BackTest:
    """The back-test, solved once."""
    return back_test.back_test()


def test_the_page_on_the_past_is_measured_from_the_case_as_it_is(past: BackTest) -> None:
    """Its tables are those that a new solve gives; else `python -m bench.busan_pages`."""
    page = (BACKGROUND / "busan-back-test.md").read_text("utf-8")
    assert len(names(page)) == 6
    assert fill(page, back_test.blocks(past)) == page


def test_the_page_on_the_case_is_measured_from_the_case_as_it_is() -> None:
    """Its tables are those that a new count gives; else `python -m bench.busan_pages`."""
    page = (BACKGROUND / "busan-case.md").read_text("utf-8")
    assert len(names(page)) == 5
    assert fill(page, case_page.blocks()) == page


def test_capacity_alone_builds_the_output_of_2022(past: BackTest) -> None:
    """45 an hour, two shifts and the calendar give the 168,045 cars of that year within 4 %."""
    alone = sum(units for month, units in past.could_build.items() if month.startswith("2022"))
    assert alone == pytest.approx(168_045, rel=0.04)
    assert alone == pytest.approx(45 * 16 * 240)


def test_the_demand_of_the_past_holds_no_monthly_shipments(past: BackTest) -> None:
    """The test is not circular: a month's demand follows from its year and its working days."""
    free = holidays(past.case)
    for market in ("korea", "export"):
        rows = past.case.table("demand").filter(pl.col("market") == market)
        demand = dict(zip(rows["month"], rows["units"], strict=True))
        for month, units in demand.items():
            year = [name for name in demand if name[:4] == month[:4]]
            share = working_days(month, free) / sum(working_days(name, free) for name in year)
            assert units == pytest.approx(share * sum(demand[name] for name in year), abs=1)


def holidays(case: Case) -> set[dt.date]:
    """Public holidays of the case."""
    found = set()
    for row in case.rows(Closure):
        if row.country is not None:
            first, last = dt.date.fromisoformat(row.start), dt.date.fromisoformat(row.end)
            found |= {first + dt.timedelta(days) for days in range((last - first).days + 1)}
    return found


def working_days(month: str, free: set[dt.date]) -> int:
    """Weekdays of a month that are no public holidays."""
    year, number = int(month[:4]), int(month[5:])
    days = [dt.date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1])]
    return sum(day.weekday() < 5 and day not in free for day in days)


@pytest.mark.parametrize("year", back_test.COMPARED)
def test_the_year_sums_up_though_single_months_miss(past: BackTest, year: str) -> None:
    """Planned and real shipments of a whole year agree within 6 %."""
    months = back_test.months_of(past, year)
    assert sum(m.planned for m in months) == pytest.approx(sum(m.real for m in months), rel=0.06)
    assert sum(m.real for m in months) == pytest.approx(
        back_test.year_total(past.case, year), abs=5
    )


def test_what_the_page_says_in_words_is_so(past: BackTest) -> None:
    """March and April 2022 nearly cancel; in 2020 the launch ran up to half above the plan."""
    by_name = {m.name: m for year in back_test.COMPARED for m in back_test.months_of(past, year)}
    spring = [by_name["2022-03"], by_name["2022-04"]]
    assert sum(m.planned for m in spring) == pytest.approx(sum(m.real for m in spring), rel=0.1)
    launch = [by_name[f"2020-{month:02d}"] for month in (3, 4, 5, 6)]
    assert all(m.planned < m.real < 1.5 * m.planned for m in launch)
    assert by_name["2020-12"].could_build == pytest.approx(6_500, abs=50)
    for name in ("2022-07", "2022-09", "2022-11"):
        assert by_name[name].real > by_name[name].could_build
