"""Alternatives are almost as good, differ, hold, and say what they share."""

import numpy as np
import pytest

from motorworks.case.case import Case
from motorworks.plan.explain.alternatives import Alternatives, alternatives
from motorworks.plan.explain.answer import Planned, Refusal, planned
from motorworks.plan.explain.tables import alternative_tables, conflict_table, ways_table
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import read_plan
from motorworks.result.plan import PlanResult
from motorworks.result.verify import verify_plan
from tests.unit.plan.explain.choosing import choosing_start
from tests.unit.plan.explain.over_pinned import TINY, pin, pinned


def found_in(
    case: Case, count: int, within: float
) -> tuple[Planned, Alternatives, list[PlanResult]]:
    """Alternatives of a case, each verified and within what it may give up."""
    best = planned(case, PlanParams(**case.info.plan))
    assert isinstance(best, Planned)
    found = alternatives(best.program, best.solution, count, within)
    plans = [read_plan(best.program, one) for one in found.plans]
    for plan in plans:
        assert verify_plan(case, plan).clean
        assert plan.margin >= best.result.margin * (1 - within / 100) - 1
        assert plan.margin <= best.result.margin + 1
    return best, found, plans


def test_alternatives_differ_from_the_best_and_from_each_other() -> None:
    """By more than a rounding: at least half a car or a choice."""
    best, found, plans = found_in(TINY, 3, 1.0)
    assert len(plans) == 3
    built = [found.cells.of(x) for x in [best.solution.x, *(one.x for one in found.plans)]]
    for number, one in enumerate(built):
        for other in built[number + 1 :]:
            assert np.abs(one - other).sum() > 0.5


def test_ranges_hold_every_plan_and_are_proven_in_a_small_linear_program() -> None:
    """Gamma by hand: 95 in the best plan; up to 120, since only 120 packs come from March on."""
    best, found, _ = found_in(TINY, 2, 1.0)
    names = [best.program.data.sets.vehicles[v] for v in
             best.program.data.sets.store_vehicle[found.cells.allocation]]  # fmt: skip
    gamma = names.index("gamma")
    assert found.proven.all()
    assert found.most[gamma] == pytest.approx(120, abs=0.5)
    for x in [best.solution.x, *(one.x for one in found.plans)]:
        assert (found.cells.of(x) >= found.least - 1e-3).all()
        assert (found.cells.of(x) <= found.most + 1e-3).all()


def test_giving_up_more_widens_the_ranges() -> None:
    """What can be had within 1 % can be had within 2 %, too."""
    _, narrow, _ = found_in(TINY, 1, 0.5)
    _, wide, _ = found_in(TINY, 1, 2.0)
    assert (wide.most >= narrow.most - 1).all()
    assert (wide.least <= narrow.least + 1).all()
    assert (wide.most - wide.least).sum() > (narrow.most - narrow.least).sum()


def test_choices_differ_where_they_may() -> None:
    """Gamma may start in March, April or May for nearly the same margin."""
    case = choosing_start()
    best, found, plans = found_in(case, 3, 1.0)
    starts = {plan.table("launches")["start"][0] for plan in [best.result, *plans]}
    assert len(starts) >= 2
    tables = alternative_tables(found, best.program.data, plans, best.result)
    told = tables["alternative_choices"]
    assert set(told["kind"]) == {"start"}
    assert set(told["value"]) == starts
    assert not found.proven.any()


def test_tables_tell_every_plan_with_its_margin() -> None:
    """A row for every allocation and year of each plan, the best one first."""
    best, found, plans = found_in(TINY, 2, 1.0)
    tables = alternative_tables(found, best.program.data, plans, best.result)
    rows = tables["alternatives"]
    assert rows["plan"].unique().to_list() == [0, 1, 2]
    assert rows.height == 3 * 3
    assert rows["margin"].max() == pytest.approx(best.result.margin)
    shared = tables["shared"]
    assert (shared["least"] <= shared["best"]).all()
    assert (shared["best"] <= shared["most"]).all()
    assert tables["alternative_choices"].height == 0


def test_conflicts_and_ways_stand_in_tables_with_their_figures() -> None:
    """What is printed can be read by a program, too."""
    case = pinned([pin("gamma", "south", "2025-02", 5)])
    refused = planned(case, PlanParams(**case.info.plan))
    assert isinstance(refused, Refusal)
    conflicts = conflict_table(refused.conflicts)
    assert set(conflicts["rule"]) == {"pins", "launch"}
    assert conflicts["checked"].all()
    ways = ways_table(refused.ways)
    assert ways["rank"].unique().to_list() == list(range(1, len(refused.ways) + 1))
    cut = ways.filter(ways["way"] == "5 fewer gamma at south in February 2025")
    assert cut.select("rule", "period", "limit", "amount").rows() == [("pins", "2025-02", 5, 5)]
