"""Bands round the published plan, ends of agreements, letters of intent, both sides' money."""

import pytest

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.case.records.programme import FlexBand
from motorworks.case.scenario import Change, Scenario, apply_scenario
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, agreement, published, small_case


def _solved(case: Case) -> PlanResult:
    assert check_case(case) == []
    return solve_plan(case)


def _built(result: PlanResult) -> list[float]:
    return [round(units, 6) for units in result.table("production")["units"]]


def _amount(result: PlanResult, part: str) -> float:
    return float(dict(result.table("objective").iter_rows())[part])


def test_a_band_widens_with_the_time_ahead() -> None:
    """Of 200 cars wanted a month, 100 published: none more when frozen, then 10 %, then 50 %."""
    bands = [
        FlexBand(agreement="deal", months_ahead=1, down_pct=10, up_pct=10),
        FlexBand(agreement="deal", months_ahead=3, down_pct=50, up_pct=50),
    ]
    case = small_case([200] * 4, agreement(freeze_months=1), *bands, *published(100, 100, 100, 100))
    assert _built(_solved(case)) == [100, 110, 110, 150]


def test_a_band_holds_from_below() -> None:
    """Cars that nobody wants are built as far as the band leaves no way out."""
    case = small_case([0, 0], agreement(flex_pct=37.5), *published(80, 80))
    assert _built(_solved(case)) == [50, 50]


def test_no_step_reached_and_no_flexibility_mean_no_band() -> None:
    """A step that begins later leaves the months before it free, here to build ahead."""
    step = FlexBand(agreement="deal", months_ahead=1, down_pct=0, up_pct=0)
    case = small_case([200, 200], agreement(flex_pct=10), step, *published(100, 100))
    assert _built(_solved(case)) == [300, 100]
    free = small_case([200], agreement(), *published(100))
    assert _built(_solved(free)) == [200]


def test_a_band_holds_only_where_the_agreement_runs() -> None:
    """Months before and after it are free, published or not, here to build ahead."""
    deal = agreement(start="2025-02-10", end="2025-02-20", flex_pct=0)
    assert _built(_solved(small_case([200] * 3, deal, *published(1, 1, 1)))) == [399, 1, 200]


def test_leaving_pays_where_the_minimum_costs_more() -> None:
    """2,400 a year owed at 1,000 each, 100 sold: to end it after its notice saves ten months."""
    deal = agreement(
        end="2025-12-31", min_per_year=2400, shortfall_cost=1000, exit_cost=500000, notice_months=2
    )
    result = _solved(small_case([50, 50] + [0] * 10, deal))
    chosen = result.table("exits").row(0, named=True)
    assert (chosen["exit"], chosen["cost"]) == ("2025-03", 500000)
    owed = 2400 * (31 + 28) / 365
    year = result.table("agreements").row(0, named=True)
    assert year["minimum"] == pytest.approx(owed)
    assert year["shortfall"] == pytest.approx(owed - 100)
    assert _amount(result, "agreement_exit") == -500000
    assert result.margin == pytest.approx(100 * PROFIT - 1000 * (owed - 100) - 500000)


def test_staying_pays_where_leaving_costs_more() -> None:
    """The same agreement is kept where its end costs more than what it would save."""
    deal = agreement(
        end="2025-12-31", min_per_year=2400, shortfall_cost=1000, exit_cost=2.1e6, notice_months=2
    )
    result = _solved(small_case([50, 50] + [0] * 10, deal))
    assert result.table("exits")["exit"].to_list() == [None]
    assert result.table("agreements")["minimum"].to_list() == [2400]
    assert result.margin == pytest.approx(100 * PROFIT - 1000 * 2300)


def test_an_agreement_that_has_ended_builds_nothing() -> None:
    """Cars that are wanted after the end are lost, and bands and maxima go with the agreement."""
    deal = agreement(
        end="2025-06-30", min_per_year=80 * 365, max_per_year=80 * 365, shortfall_cost=9000,
        exit_cost=0, flex_pct=0,
    )  # fmt: skip
    result = _solved(small_case([100] * 8, deal, *published(*[100] * 8)))
    assert result.table("exits")["exit"].to_list() == ["2025-02"]
    assert _built(result) == [100, 0, 0, 0, 0, 0, 100, 100]
    year = result.table("agreements").row(0, named=True)
    assert year["minimum"] == pytest.approx(80 * 31)
    assert year["maximum"] == pytest.approx(80 * 31)


def test_no_agreement_ends_before_its_second_month() -> None:
    """Without a notice the first month still counts: the plan begins with it."""
    deal = agreement(min_per_year=3650, shortfall_cost=1000, exit_cost=0)
    result = _solved(small_case([0, 0], deal))
    assert result.table("exits")["exit"].to_list() == ["2025-02"]
    assert _amount(result, "agreement_shortfall") == pytest.approx(-310 * 1000)


def test_a_letter_of_intent_binds_once_a_scenario_makes_it_firm() -> None:
    """Neither minimum, band nor end of a letter counts; with the status firm they all do."""
    terms = {"min_per_year": 3650, "shortfall_cost": 1000, "flex_pct": 0, "exit_cost": 1e9}
    deal = agreement(status="letter_of_intent", **terms)
    case = small_case([0, 100], deal, *published(70, 70))
    letter = _solved(case)
    assert _built(letter) == [0, 100]
    assert [letter.table(name).height for name in ("agreements", "exits", "agreement_sides")] == [
        0, 0, 0,
    ]  # fmt: skip
    signed = Change(
        action="set", table="agreements", where={"agreement": "deal"}, field="status", value="firm"
    )
    firm = _solved(apply_scenario(case, Scenario(title="The letter is signed", change=[signed])))
    assert _built(firm) == [70, 70]
    assert _amount(firm, "agreement_shortfall") == pytest.approx(-1000 * (590 - 140))


def test_both_sides_of_an_agreement_share_the_margin_of_its_cars() -> None:
    """The maker keeps fee and shortfall less conversion, the principal the rest of the margin."""
    deal = agreement(min_per_year=3650, shortfall_cost=500, take_or_pay_pct=50, fee=4000)
    result = _solved(small_case([200], deal))
    sides = result.table("agreement_sides").row(0, named=True)
    fee = 200 * 4000 + 110 * 250
    assert sides == {
        "agreement": "deal", "year": 2025, "units": 200.0, "fee": fee,
        "maker": fee - 200 * 3000.0, "principal": 200 * PROFIT - fee + 200 * 3000.0,
        "total": 200 * PROFIT,
    }  # fmt: skip
