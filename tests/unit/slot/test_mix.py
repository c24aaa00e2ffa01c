"""Whether take rates can be met together: against every trim there is, and by hand."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from motorworks.case.option_rules import Group, Rules
from motorworks.case.records.products import OptionRule
from motorworks.slot.collide import colliding, in_words
from motorworks.slot.mix import best_mix

GROUPS = [Group(("w18", "w19"), True), Group(("roof",), False), Group(("rail",), False),
          Group(("hitch",), False)]  # fmt: skip
OPTIONS = [option for group in GROUPS for option in group.options]
RULES = Rules(
    [
        OptionRule(rule="r1", option="rail", kind="needs", other="roof"),
        OptionRule(rule="r2", option="hitch", kind="excludes", other="w19"),
        OptionRule(rule="r3", option="hitch", kind="not_market", market="us"),
    ]
)


def least_miss(rates: dict[str, float], market: str) -> float:
    """The lowest miss of a mix of all trims that the rules allow, each one listed."""
    trims = []
    for has in itertools.product((0, 1), repeat=len(OPTIONS)):
        own = [option for option, one in zip(OPTIONS, has, strict=True) if one]
        wheels = sum(option in ("w18", "w19") for option in own)
        if wheels == 1 and all(RULES.allow(option, "car", market, own) for option in own):
            trims.append(has)
    table = np.array(trims, dtype=float).T
    count = len(OPTIONS)
    cost = np.concatenate([np.zeros(len(trims)), np.ones(2 * count)])
    met = np.hstack([table, np.eye(count), -np.eye(count)])
    one = np.concatenate([np.ones(len(trims)), np.zeros(2 * count)])
    wanted = [rates.get(option, 0.0) for option in OPTIONS]
    return float(linprog(cost, A_eq=np.vstack([met, one]), b_eq=[*wanted, 1.0]).fun)


@pytest.mark.parametrize("market", ["kr", "us"])
@pytest.mark.parametrize("seed", range(4))
def test_the_mix_misses_as_little_as_any_mix_of_all_trims(seed: int, market: str) -> None:
    """Making trims one by one finds the optimum over all of them."""
    rng = np.random.default_rng(seed)
    rates = dict(zip(OPTIONS, rng.random(5).tolist(), strict=True))
    rates["w19"] = 1.0 - rates["w18"]
    found = best_mix(rates, GROUPS, RULES, "car", market)
    assert found.miss == pytest.approx(least_miss(rates, market), abs=1e-4)
    assert found.shares.sum() == pytest.approx(1.0)
    for trim in found.trims:
        assert all(RULES.allow(option, "car", market, trim) for option in trim)


def test_no_trim_is_found_where_the_rules_allow_no_car() -> None:
    """A group of which every option is for another market leaves nothing to draw."""
    rule = OptionRule(rule="r", option="only", kind="only_market", market="us")
    found = best_mix({"only": 1.0}, [Group(("only",), True)], Rules([rule]), "car", "kr")
    assert found.trims == ()


@pytest.mark.parametrize("seed", range(6))
def test_without_any_of_the_rules_named_the_rates_could_be_met(seed: int) -> None:
    """The rules named collide by themselves, and none of them is there for nothing."""
    rng = np.random.default_rng(seed)
    rates = {"w18": 0.5, "w19": 0.5, **dict(zip(OPTIONS[2:], rng.random(3).tolist(), strict=True))}
    named = colliding(rates, GROUPS, RULES, "car", "kr")
    misses = [
        best_mix(rates, GROUPS, Rules([one for one in named if one is not left]), "car", "kr").miss
        for left in named
    ]
    met = best_mix(rates, GROUPS, RULES, "car", "kr").miss < 1e-5
    assert met == (named == [])
    assert all(miss < 1e-5 for miss in misses)
    assert met or best_mix(rates, GROUPS, Rules(named), "car", "kr").miss > 1e-5


def test_groups_that_add_up_to_more_than_all_cars_collide_without_rules() -> None:
    """Then no rule is named, and every kind of rule has words."""
    group = [Group(("w18", "w19"), True)]
    assert colliding({"w18": 0.8, "w19": 0.8}, group, RULES, "car", "kr") == []
    assert [in_words(row) for row in RULES.rows] == [
        "r1: rail needs roof", "r2: hitch excludes w19", "r3: hitch is not for us",
    ]  # fmt: skip
