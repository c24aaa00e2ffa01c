"""Where no plan meets all rules, the smallest sets of rules in conflict are named and checked."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, table_of
from motorworks.case.records.energy import CarbonLimit, Meter
from motorworks.errors import EngineError, InfeasibleError
from motorworks.plan.explain.conflict import Conflict, conflict_lines, find_conflicts, irreducible
from motorworks.plan.explain.rules import System
from motorworks.plan.solve import solve_plan
from tests.unit.plan.explain.over_pinned import TINY, has_a_plan, pin, pinned, system_of


def assert_irreducible(system: System, conflict: Conflict) -> None:
    """Solves of the test's own: no plan with the set alone, one without any member."""
    assert conflict.checked
    assert not has_a_plan(system.model_with(conflict.limits))
    for number in range(len(conflict.limits)):
        assert has_a_plan(system.model_with(np.delete(conflict.limits, number)))


def named(case: Case) -> list[list[str]]:
    """The rules of each conflict of a case, each set checked."""
    system = system_of(case)
    conflicts = find_conflicts(system)
    for conflict in conflicts:
        assert_irreducible(system, conflict)
    return [sorted(map(str, conflict.rules)) for conflict in conflicts]


def test_a_case_with_a_plan_has_no_conflict() -> None:
    """Nothing is named, and all limits together are the program itself."""
    system = system_of(TINY)
    assert find_conflicts(system) == []
    assert system.model_with(system.every).same_limits(system.full)


def test_a_pin_before_the_start_conflicts_with_the_launch() -> None:
    """Gamma cannot be built in February; its packs, which come in March, are not blamed."""
    assert named(pinned([pin("gamma", "south", "2025-02", 5)])) == [
        ["launch: gamma at south in 2025-02, at most 0 vehicles",
         "pins: gamma at south in 2025-02, at least 5 vehicles"]
    ]  # fmt: skip


def test_two_pins_and_the_shop_that_they_overfill_are_named() -> None:
    """130 of each in a month of 230 slots; any one of the three may give way."""
    pins = [pin(vehicle, "north", "2025-01", 130) for vehicle in ("alpha", "beta")]
    assert named(pinned(pins)) == [
        ["pins: alpha at north in 2025-01, at least 130 vehicles",
         "pins: beta at north in 2025-01, at least 130 vehicles",
         "shop_capacity: north-line in 2025-01, at most 230 standard vehicles"]
    ]  # fmt: skip


def test_a_pin_on_what_is_shipped_runs_up_against_every_month_before() -> None:
    """No Gamma can leave in March unless one was built in January, February or March."""
    (rules,) = named(pinned([pin("gamma", "south", "2025-03", 5, market="home")]))
    assert [rule.split(",")[0] for rule in rules] == [
        "launch: gamma at south in 2025-01",
        "launch: gamma at south in 2025-02",
        "launch: gamma at south in 2025-03",
        "pins: gamma at south to home in 2025-03",
    ]


def test_conflicts_without_a_rule_in_common_are_all_found() -> None:
    """A pin too many on the line in January, one on a lane in April."""
    pins = [pin("alpha", "north", "2025-01", 500), pin("beta", "north", "2025-04", 90, "away")]
    found = named(pinned(pins))
    assert len(found) == 2
    texts = sorted(" + ".join(rule.split(",")[0] for rule in rules) for rules in found)
    assert texts[0].startswith("lane_space: north-away in 2025-04 + pins: beta at north to away")
    assert "pins: alpha at north in 2025-01" in texts[1]


def test_an_agreement_and_a_lane_are_named_with_their_figures() -> None:
    """Not only pins: the most that the partner takes, and what two ships hold."""
    agreed = TINY.table("agreements").with_columns(min_per_year=10.0, max_per_year=40.0)
    gamma = pinned([pin("gamma", "south", "2025-05", 60)]).replace(agreements=agreed)
    assert any("agreement_maximum: gamma-for-partner in 2025, at most 9.97" in rule
               for rule in named(gamma)[0])  # fmt: skip
    lane = pinned([pin("beta", "north", "2025-02", 90, market="away")])
    assert "lane_space: north-away in 2025-02, at most 50 CEU" in named(lane)[0]


def test_a_yard_too_small_for_what_stands_in_it_is_a_conflict_of_one() -> None:
    """150 cars that nobody wants stand in a market with 100 slots; the balance is not a rule."""
    markets = TINY.table("markets").with_columns(
        pl.when(pl.col("market") == "home").then(100.0).alias("yard_slots")
    )
    stock = pl.DataFrame(
        {"vehicle": ["gamma"], "plant": [None], "market": ["home"], "units": [150.0]},
        schema=TINY.table("opening_stock").schema,
    )
    found = named(TINY.replace(markets=markets, opening_stock=stock))
    assert found[0] == ["market_yard: home in 2025-01, at most 100 slots"]


def test_a_cap_below_the_base_load_is_told_as_it_was_set() -> None:
    """A megawatt-hour a day of a tonne each is 181 t by June, whatever is built."""
    meter = Meter(meter="m", plant="south", carrier="heat", base_mwh_per_day=1, kg_per_mwh=1000)
    cap = CarbonLimit(year=2025, kind="cap", tonnes=100)
    found = named(
        TINY.replace(meters=table_of(Meter, [meter]), carbon_limits=table_of(CarbonLimit, [cap]))
    )
    assert found == [["carbon_cap: all plants and lanes in 2025, at most 50 t"]]


def test_the_message_of_an_infeasible_plan_tells_the_conflict() -> None:
    """One line a rule; months of one rule stand together."""
    with pytest.raises(InfeasibleError) as caught:
        solve_plan(pinned([pin("gamma", "south", "2025-03", 5, market="home")]))
    assert str(caught.value).splitlines() == [
        "no plan meets all rules",
        "conflict (checked): these cannot all be met",
        "  • pins: gamma at south to home in 2025-03, at least 5 vehicles",
        "  • launch: gamma at south in 3 periods from 2025-01 to 2025-03, at most 0 vehicles "
        "together",
    ]


def test_a_conflict_that_no_solve_confirms_is_told_as_such() -> None:
    """The reader is never left to believe that a set was checked when it was not."""
    (line, *_) = conflict_lines([Conflict(np.array([0]), (), checked=False)])
    assert line == "conflict (not confirmed by a solve of its own): these cannot all be met"


@settings(deadline=None, max_examples=60)
@given(st.sets(st.integers(0, 29), min_size=1, max_size=5), st.integers(6, 30))
def test_leaving_out_ends_at_the_members_that_matter(core: set[int], size: int) -> None:
    """Whatever the order, only the members without which there is no conflict are left."""
    members = np.unique([*core, *range(size)])

    def conflict(active: np.ndarray) -> np.ndarray | None:
        return active if core <= set(active.tolist()) else None

    assert set(irreducible(members, conflict).tolist()) == core
    assert set(irreducible(members[::-1], conflict).tolist()) == core


_PINS = st.lists(
    st.tuples(
        st.sampled_from([("alpha", "north"), ("beta", "north"), ("gamma", "south")]),
        st.sampled_from(TINY.info.month_names),
        st.sampled_from([None, "home", "away"]),
        st.integers(20, 400),
    ),
    min_size=1, max_size=8, unique_by=lambda row: row[:3],
)  # fmt: skip


@settings(deadline=None, max_examples=20)
@given(_PINS)
def test_every_conflict_of_an_over_pinned_case_is_infeasible_and_minimal(
    pins: list[tuple[tuple[str, str], str, str | None, int]],
) -> None:
    """There is a conflict exactly where there is no plan, and each set stands on its own."""
    system = system_of(
        pinned([pin(*pair, month, least, market) for pair, month, market, least in pins])
    )
    conflicts = find_conflicts(system, most=3)
    assert bool(conflicts) is not has_a_plan(system.full)
    for conflict in conflicts:
        assert_irreducible(system, conflict)
    chosen = [number for conflict in conflicts for number in conflict.limits]
    assert len(chosen) == len(set(chosen))


def test_a_time_limit_too_short_says_what_to_raise() -> None:
    """The error names the setting and where it stands."""
    hurried = TINY.with_info(plan={**TINY.info.plan, "time_limit_s": 1e-9})
    with pytest.raises(EngineError, match=r"raise time_limit_s in \[plan\] of case\.toml"):
        solve_plan(hurried)
