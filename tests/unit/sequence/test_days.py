"""Days of a case in sequence: which days, what stands before them, and back from their tables."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records.line import SequenceRule
from motorworks.case.records.products import Option
from motorworks.errors import CaseError
from motorworks.result.days import DaysResult, read_days
from motorworks.sequence import days as stage
from motorworks.sequence.days import sequence_days
from tests.unit.sequence.drawn import MONTH, RULES, backwards, plan_of, two_cars

BUILT = {("car", "city", MONTH): 31.0 * 6, ("car", "city", "2025-02"): 28.0 * 6}


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the search finds is proven elsewhere."""
    monkeypatch.setattr(stage, "solve_sequence", backwards)


def case_of(*rows: Record, focus: str | None = None, start: str = "2020-01") -> Case:
    """The case with two cars and the rules, about one of its vehicles."""
    case = two_cars(*(rows or RULES), start=start)
    return case.with_info(focus=focus and {"vehicle": focus, "plant": "works"})


def days_of(case: Case, *spans: tuple[str, str], built: Any = None) -> DaysResult:
    """Days of the plan."""
    asked = [(dt.date.fromisoformat(a), dt.date.fromisoformat(b)) for a, b in spans]
    return sequence_days(case, plan_of(built or BUILT), asked)


def told(days: DaysResult) -> list[tuple[str, bool, str | None]]:
    """Which days, whether asked for, after which."""
    return [(one.day.name, one.asked, one.after) for one in days.days]


def test_a_day_stands_after_the_last_cars_of_the_day_before_it() -> None:
    """The day before is drawn and sequenced first, on nothing."""
    days = days_of(case_of(), ("2025-01-10", "2025-01-10"))
    assert told(days) == [("2025-01-09", False, None), ("2025-01-10", True, "2025-01-09")]
    first, second = days.days
    assert second.day.cars[: second.day.before] == tuple(
        order.order for order in reversed(first.orders)
    )
    assert (first.day.before, second.day.before, second.day.count) == (0, 6, 6)


def test_days_in_a_row_stand_after_each_other() -> None:
    """A day asked for and the day before another one are sequenced once."""
    days = days_of(case_of(), ("2025-01-31", "2025-02-01"), ("2025-01-30", "2025-01-30"))
    assert told(days) == [
        ("2025-01-29", False, None),
        ("2025-01-30", True, "2025-01-29"),
        ("2025-01-31", True, "2025-01-30"),
        ("2025-02-01", True, "2025-01-31"),
    ]


@pytest.mark.parametrize(
    ("focus", "start", "expected"),
    [
        (None, "2020-01", "2025-01-01"),
        ("car", "2020-01", "2025-01-01"),
        ("suv", "2025-01-20", "2025-02-01"),
        ("suv", "2025-02-01", "2025-02-01"),
    ],
)
def test_the_day_by_default_begins_the_first_full_month_of_what_the_case_is_about(
    focus: str | None, start: str, expected: str
) -> None:
    """Without such a vehicle, or where it runs from the beginning, it is the first day of all."""
    built = {**BUILT, ("suv", "town", MONTH): 3.0, ("suv", "town", "2025-02"): 28.0}
    days = days_of(case_of(focus=focus, start=start), built=built)
    assert [one.day.name for one in days.asked] == [expected]


def test_a_span_without_a_working_day_is_refused() -> None:
    """March is after the horizon; the other span is sound."""
    with pytest.raises(CaseError, match=r"colours builds then; days are from 2025-01-01"):
        days_of(case_of(), ("2025-03-01", "2025-03-05"), ("2025-01-01", "2025-01-01"))


def test_a_case_without_rules_and_colours_has_nothing_to_sequence() -> None:
    """Options alone make no order better than another."""
    assert days_of(case_of(Option(option="roof", name="Roof"))).days == ()


def test_days_of_a_case_without_rules_and_colours_are_refused() -> None:
    """Who asks for a day expects one."""
    with pytest.raises(CaseError, match="--days: the case has no sequence rules and no colours"):
        days_of(case_of(Option(option="roof", name="Roof")), ("2025-01-10", "2025-01-10"))


def test_a_day_without_a_car_is_passed_over() -> None:
    """Three cars in a month: none on the first, and the sixth has no day before it."""
    days = days_of(case_of(), ("2025-01-01", "2025-01-31"), built={("car", "city", MONTH): 3.0})
    assert [(one.day.name, one.day.count, one.after) for one in days.days] == [
        ("2025-01-06", 1, None), ("2025-01-16", 1, None), ("2025-01-26", 1, None),
    ]  # fmt: skip


def test_colours_alone_make_an_order() -> None:
    """Every line of the case is sequenced for few changes of colour."""
    rows = [row for row in RULES if not isinstance(row, SequenceRule)]
    assert [one.line for one in days_of(case_of(*rows)).days] == ["line"]


def test_the_seed_of_the_case_draws_the_orders() -> None:
    """Another one draws others."""
    case = case_of()
    other = case.with_info(sequence={"seed": 5})
    assert days_of(case).tables["day_orders"].equals(days_of(case).tables["day_orders"])
    assert not days_of(case).tables["day_orders"].equals(days_of(other).tables["day_orders"])
    assert days_of(other).settings["seed"] == 5


def test_days_can_be_put_together_again_from_their_tables() -> None:
    """Nothing is lost that a check or a report needs, but the seconds."""
    case = case_of()
    days = days_of(case, ("2025-01-10", "2025-01-11"))
    again = read_days(case, days.tables, days.stated)
    assert told(again) == told(days)
    assert all(a.equals(again.tables[name]) for name, a in days.tables.items())
    for one, two in zip(days.days, again.days, strict=True):
        assert (one.orders, one.result.order, one.day.cars) == (
            two.orders, two.result.order, two.day.cars,
        )  # fmt: skip
        assert (one.result.proofs, one.day.ratios, one.day.paint) == (
            two.result.proofs, two.day.ratios, two.day.paint,
        )  # fmt: skip


def test_progress_is_told_by_block() -> None:
    """Nothing of two days, then both: they are one block."""
    seen: list[Sequence[int]] = []
    sequence_days(case_of(), plan_of(BUILT), [(dt.date(2025, 1, 5), dt.date(2025, 1, 5))],
                  progress=lambda *done: seen.append(done))  # fmt: skip
    assert seen == [(0, 2), (2, 2)]
