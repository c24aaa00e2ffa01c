"""Wishes are read in every form, forced, priced and held against the plan without them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case
from motorworks.errors import CaseError
from motorworks.plan.explain.answer import Answer, Planned, Refusal, answer_wish, planned
from motorworks.plan.explain.wish import FORMS, moved, read_wish
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan
from tests.unit.plan.explain.choosing import choosing_shifts, choosing_start
from tests.unit.plan.explain.over_pinned import TINY, pin, pinned


def ask(text: str, case: Case = TINY) -> Answer:
    """The answer to a wish; its plan, where there is one, is verified."""
    params = PlanParams(**case.info.plan)
    answer = answer_wish(case, params, read_wish(text, case), solve_plan(case))
    if answer.plan is not None:
        assert verify_plan(answer.case, answer.plan).clean
    return answer


def cars(answer: Answer, table: str, **where: str) -> float:
    """Cars of the plan with the wish, in rows with these values."""
    assert answer.plan is not None
    column = "sold" if table == "market" else "units"
    rows = answer.plan.table(table).filter(*(pl.col(key) == value for key, value in where.items()))
    return float(rows[column].sum())


def problems(text: str, case: Case = TINY) -> list[str]:
    """What is said of a wish that cannot be read."""
    with pytest.raises(CaseError) as caught:
        ask(text, case)
    return [str(problem) for problem in caught.value.problems]


def test_a_start_that_the_case_gives_is_moved() -> None:
    """Gamma from May: April's cars are late, 35 x 200, and five packs wait longer."""
    answer = ask("gamma at south from 2025-05")
    assert cars(answer, "production", vehicle="gamma", month="2025-04") == 0
    assert answer.cost == pytest.approx(7175)
    assert answer.changes is not None
    built = answer.changes.filter(pl.col("kind") == "built")
    assert built.select("what", "place", "period", "change").rows() == [
        ("gamma", "south", "2025-04", pytest.approx(-35)),
        ("gamma", "south", "2025-05", pytest.approx(35)),
    ]


def test_a_rough_start_resolves_as_the_case_says() -> None:
    """The second half of 2025 begins after the horizon; the second quarter in April."""
    assert read_wish("gamma at south from 2025-Q2", TINY).first == 3
    assert "lies outside the horizon, 2025-01 to 2025-06" in problems(
        "gamma at south from 2025-H2")[0]  # fmt: skip


def test_a_start_that_is_chosen_is_held_to_its_month() -> None:
    """The launch window of the case stays; another month of it is taken."""
    answer = ask("gamma at south from 2025-05", choosing_start())
    assert answer.plan is not None
    assert answer.plan.table("launches")["start"].to_list() == ["2025-05"]
    assert answer.cost == pytest.approx(7175)


def test_a_start_outside_the_window_conflicts_with_it() -> None:
    """The nearest month that the window has is offered."""
    answer = ask("gamma at south from 2025-06", choosing_start())
    assert answer.refusal is not None
    assert [str(rule) for rule in answer.refusal.conflicts[0].rules] == [
        "wish: gamma at south from 2025-06",
        "launch_window: gamma at south in 2025-06 is left out",
    ]
    assert answer.refusal.ways[0].text == (
        "gamma at south from 2025-05, 1 month earlier than wished"
    )


def test_so_many_cars_in_a_month_or_a_quarter_are_built() -> None:
    """At least so many; in a quarter, whenever it suits."""
    assert cars(ask("40 gamma at south in 2025-05"), "production", vehicle="gamma",
                month="2025-05") >= 40 - 1e-6  # fmt: skip
    answer = ask("120 gamma at south in 2025-Q2")
    assert cars(answer, "production", vehicle="gamma") == pytest.approx(120)
    assert answer.cost is not None
    assert answer.cost > 0


def test_a_wish_that_the_plan_grants_costs_nothing() -> None:
    """The plan builds 35 Gamma in May as it is."""
    answer = ask("30 gamma at south in 2025-05")
    assert answer.cost == pytest.approx(0, abs=1e-3)
    assert answer.changes is not None
    assert answer.changes.height == 0


def test_so_many_cars_leave_for_a_market() -> None:
    """30 Gamma for home in May, on whatever lane goes there."""
    answer = ask("gamma to home in 2025-05: 30")
    assert cars(answer, "shipments", vehicle="gamma", market="home", month="2025-05") >= 30 - 1e-6


def test_a_vehicle_is_not_built_at_a_plant() -> None:
    """Not at all, or not from a month on; what that pushes out is in the table."""
    assert cars(ask("no gamma at south"), "production", vehicle="gamma") == 0
    later = ask("no gamma at south from 2025-06")
    assert cars(later, "production", vehicle="gamma", month="2025-06") == 0
    assert cars(later, "production", vehicle="gamma", month="2025-05") > 0
    assert later.changes is not None
    assert {"built", "margin"} <= set(later.changes["kind"])


def test_a_shift_pattern_is_worked_by_choice_or_by_calendar() -> None:
    """Where the plant chooses, it chooses so; else the calendar is another."""
    answer = ask("two-shifts at north from 2025-03", choosing_shifts())
    assert answer.plan is not None
    assert (
        answer.plan.table("shifts")["pattern"].to_list() == ["one-shift"] * 2 + ["two-shifts"] * 4
    )
    assert answer.cost == pytest.approx(4 * 90 * 2000)
    given = choosing_shifts().replace(shift_options=TINY.table("shift_options"),
                                      workforces=TINY.table("workforces"))  # fmt: skip
    doubled = ask("two-shifts at north from 2025-03", given)
    assert doubled.plan is not None
    hours = doubled.plan.table("capacity").filter(pl.col("shop") == "north-line")["hours"]
    assert hours.to_list() == pytest.approx([184, 160, 336, 352, 352, 336])


def test_a_pattern_before_the_notice_is_offered_a_month_later() -> None:
    """The notice is named, and the first month in which the wish can be had."""
    answer = ask("two-shifts at north from 2025-01", choosing_shifts())
    assert answer.refusal is not None
    assert any("notice: one-shift at north in 2025-01" in str(rule)
               for rule in answer.refusal.conflicts[0].rules)  # fmt: skip
    assert "two-shifts at north from 2025-02, 1 month later than wished" in [
        way.text for way in answer.refusal.ways
    ]


def test_an_agreement_is_ended() -> None:
    """From the month on nothing is owed or built under it; ending it costs what it says."""
    agreements = TINY.table("agreements").with_columns(exit_cost=5000.0)
    answer = ask(
        "agreement gamma-for-partner ended in 2025-05", TINY.replace(agreements=agreements)
    )
    assert answer.plan is not None
    assert answer.plan.table("exits")["exit"].to_list() == ["2025-05"]
    assert cars(answer, "production", vehicle="gamma", month="2025-05") == 0
    assert answer.cost is not None
    assert answer.cost > 0


def test_a_wish_beyond_a_shop_names_it_and_what_would_do() -> None:
    """90 Gamma where 88 fit: two fewer, or four more hours."""
    answer = ask("90 gamma at south in 2025-05")
    assert answer.refusal is not None
    assert sorted(str(rule) for rule in answer.refusal.conflicts[0].rules) == [
        "shop_capacity: south-line in 2025-05, at most 88 standard vehicles",
        "wish: 90 gamma at south in 2025-05",
    ]
    texts = [way.text for way in answer.refusal.ways]
    assert texts[0] == "2 fewer cars than wished"
    assert any(text.startswith("4 more hours at south (south-line) in May 2025") for text in texts)


def test_a_wish_against_a_pin_names_the_pin() -> None:
    """What a planner has fixed stands in the way of none at all."""
    case = pinned([pin("gamma", "south", "2025-05", 10)])
    answer = ask("no gamma at south", case)
    assert answer.refusal is not None
    assert "pins: gamma at south in 2025-05, at least 10 vehicles" in [
        str(rule) for rule in answer.refusal.conflicts[0].rules
    ]


def test_what_is_not_a_wish_lists_the_forms() -> None:
    """Every form is told, so that the next try succeeds."""
    (text,) = problems("make me rich")
    assert all(form in text for form in FORMS)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("gama at south from 2025-05", "did you mean 'gamma'?"),
        ("5 gamma at suth in 2025-05", "did you mean 'south'?; allowed: north, south"),
        ("gamma to hom in 2025-05: 4", "did you mean 'home'?"),
        ("5 gamma at north in 2025-05", "it may be built at south"),
        ("alpha to away in 2025-05: 4", "it goes to home"),
        ("5 gamma at south in 2031", "lies outside the horizon"),
        ("5 gamma at south in May", "is no month as 2025-07"),
        ("agreement gamma-for-partner ended in 2025-05", "its exit_cost is blank"),
        ("agreement none ended in 2025-05", "allowed: gamma-for-partner"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_told_with_what_is_allowed(wish: str, said: str) -> None:
    """Near names first, then all."""
    assert said in " ".join(problems(wish))


def test_a_pattern_that_is_no_option_is_refused() -> None:
    """A plant that chooses its shifts is only offered those it may choose."""
    options = choosing_shifts().table("shift_options").filter(pl.col("pattern") == "one-shift")
    case = choosing_shifts().replace(shift_options=options)
    assert "is no shift option of north; allowed: one-shift" in problems(
        "two-shifts at north from 2025-03", case)[0]  # fmt: skip


def test_a_wish_may_be_moved_within_the_horizon_only() -> None:
    """The time in its words moves with it."""
    wish = read_wish("40 gamma at south in 2025-02..2025-03", TINY)
    later = moved(wish, 2, TINY)
    assert later is not None
    assert later.text == "40 gamma at south in 2025-04..2025-05"
    assert (later.first, later.last) == (3, 4)
    assert moved(wish, 4, TINY) is None
    assert moved(wish, -2, TINY) is None


def test_a_case_without_a_plan_is_refused_with_ways_out() -> None:
    """Instead of an error, the conflicts and what would help."""
    case = pinned([pin("gamma", "south", "2025-02", 5)])
    found = planned(case, PlanParams(**case.info.plan))
    assert isinstance(found, Refusal)
    assert found.conflicts
    assert found.ways
    assert isinstance(planned(TINY, PlanParams(**TINY.info.plan)), Planned)


@settings(deadline=None, max_examples=8)
@given(st.integers(1, 88), st.sampled_from(TINY.info.month_names[3:]))
def test_no_wish_improves_on_the_best_plan(units: int, month: str) -> None:
    """A wish that the case allows is one more rule, so it never earns anything."""
    answer = ask(f"{units} gamma at south in {month}")
    if answer.cost is not None:
        assert answer.cost >= -1e-3
    else:
        assert answer.refusal is not None
        assert answer.refusal.conflicts
