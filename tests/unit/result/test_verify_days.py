"""Sequenced days held against their case and plan: what is wrong is named."""

from dataclasses import replace

import polars as pl
import pytest

from motorworks.case.records.products import Option, OptionRule
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.verify import Verification
from motorworks.result.verify.days import DAY_RULES, verify_days
from motorworks.result.verify.whole_run import together
from tests.unit.sequence.drawn import MONTH, RULES, plan_of, two_cars, two_days

PLAN = plan_of({("car", "city", MONTH): 31.0 * 6})
GROUP = [
    *(Option(option=name, name=name) for name in ("hitch", "rail", "plug", "lamp", "bar")),
    Option(option="w18", name="Small wheels", group="wheels"),
    Option(option="w20", name="Large wheels", group="wheels"),
    OptionRule(rule="dry", option="roof", kind="excludes", other="hitch"),
    OptionRule(rule="rails", option="rail", kind="needs", other="roof"),
    OptionRule(rule="here", option="plug", kind="only_market", market="town"),
    OptionRule(rule="there", option="lamp", kind="not_market", market="city"),
    OptionRule(rule="suvs", vehicle="suv", option="bar", kind="needs", other="roof"),
]
CASE = two_cars(*RULES, *GROUP)


@pytest.fixture(scope="module")
def days() -> DaysResult:
    """Two days of six cars."""
    return two_days(CASE, PLAN)


def verified(days: DaysResult, plan: dict[str, pl.DataFrame] = PLAN) -> Verification:
    """What is found, given a plan with these tables."""
    solver = Solver("none", "0", "optimal", 0, 0, 0, None, 0.0, 0)
    return verify_days(CASE, PlanResult(0.0, plan, {}, solver), days)


def with_options(days: DaysResult, options: str) -> DaysResult:
    """The same days, with other options of the first order of the last."""
    last = days.days[-1]
    first = last.orders[0].model_copy(update={"options": options})
    changed = replace(last, orders=(first, *last.orders[1:]))
    return DaysResult((*days.days[:-1], changed), days.settings)


def test_sound_days_are_clean_and_every_rule_looks_at_them(days: DaysResult) -> None:
    """Nothing wrong is worth something only where something was looked at."""
    found = verified(days)
    assert found.clean, str(found)
    assert set(found.checked) == set(DAY_RULES)
    assert found.checked["option_rules"] == 12


def test_more_cars_than_the_plan_are_named(days: DaysResult) -> None:
    """Twelve cars of ten; eleven would be within the rounding to whole cars."""
    assert verified(days, plan_of({("car", "city", MONTH): 11.0})).clean
    found = verified(days, plan_of({("car", "city", MONTH): 10.0}))
    assert found.broken == ("day_volumes",)
    assert "days of 2025-01 at works hold 12 car, the plan 10.0" in str(found)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ("w18 w20", "two of group wheels"),
        ("roof hitch", "dry"),
        ("rail", "rails"),
        ("plug", "here"),
        ("lamp", "there"),
    ],
)
def test_an_order_that_breaks_a_rule_between_options_is_named(
    days: DaysResult, options: str, what: str
) -> None:
    """Each kind of rule, and groups."""
    found = verified(with_options(days, options))
    assert found.broken == ("option_rules",)
    assert f"order works-2025-01-10-0001 of 2025-01-10 breaks {what}" in str(found)


@pytest.mark.parametrize("options", ["w18 rail roof", "bar", "hitch"])
def test_an_order_that_keeps_the_rules_is_sound(days: DaysResult, options: str) -> None:
    """A rule for another vehicle says nothing of it."""
    assert verified(with_options(days, options)).clean


def test_a_sequence_that_was_changed_is_named(days: DaysResult) -> None:
    """The table of the first day says another order than its violations."""
    first = days.days[0]
    table = first.result.tables["violations"].clear()
    tables = {**first.result.tables, "violations": table}
    changed = replace(first, result=replace(first.result, tables=tables))
    found = verified(DaysResult((changed, *days.days[1:]), days.settings))
    assert found.broken == ("violations",)


def test_the_checks_of_a_plan_and_its_days_are_one(days: DaysResult) -> None:
    """Checks and findings of both stand in it."""
    of_plan, of_days = Verification((), {"launch": 3}), verified(days)
    both = together([of_plan, of_days])
    assert both.total == 3 + of_days.total
    assert both.clean
