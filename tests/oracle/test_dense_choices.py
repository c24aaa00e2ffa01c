"""The plan's optimum with choices against brute force over all of them, subject by subject."""

import polars as pl
import pytest

from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan
from tests.oracle import dense_choices
from tests.oracle.dense_objectives import best_in_order
from tests.oracle.planned import margin_of
from tests.random_choices import SUBJECTS, random_case, random_subjects

EACH, TOGETHER, MOST = 8, 40, 60
# Subjects of which a case without alternatives shows nothing.
CHOSEN = {"launches", "line_rules", "models", "sites", "conversions", "shift_options", "exits",
          "lots", "origin"}  # fmt: skip


def near(dense: float | None) -> object:
    """What equals a dense optimum; where parts cancel out, rounding is that of the parts."""
    return None if dense is None else pytest.approx(dense, rel=1e-6, abs=0.1)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_cases_of_a_subject_have_the_optimum_of_brute_force(subject: str) -> None:
    """Builder and dense formulation agree on the margin, and verification finds nothing wrong."""
    least = 2 if subject in CHOSEN else 1
    possible = 0
    for seed in range(EACH):
        case = random_case(
            seed, subject, fits=lambda case: least <= dense_choices.size(case) <= MOST
        )
        dense = dense_choices.best_margin(case)
        assert margin_of(case) == near(dense), f"seed {seed}"
        possible += dense is not None
    assert possible > EACH // 4


@pytest.mark.parametrize("seed", range(TOGETHER))
def test_cases_of_many_subjects_have_the_optimum_of_brute_force(seed: int) -> None:
    """Subjects also agree where they meet: a start under a site, lots with ports, and so on."""
    subjects = random_subjects(seed)
    case = random_case(seed, *subjects, fits=lambda case: dense_choices.size(case) <= MOST)
    assert margin_of(case) == near(dense_choices.best_margin(case)), subjects


ORDERS = (
    ["margin"],
    ["agreements", "margin"],
    ["demand", "margin"],
    ["agreements", "demand", "margin", "carbon"],
    ["margin", "carbon"],
    ["margin", "smoothness"],
    ["carbon", "agreements"],
    ["demand", "carbon", "margin", "smoothness", "agreements"],
)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("subject", ["exits", "carbon", "launches"])
def test_objectives_in_order_are_those_of_brute_force(subject: str, order: list[str]) -> None:
    """Each objective's best, with those before it held within the tolerance."""
    seed = ORDERS.index(order)
    case = random_case(
        seed, *sorted({subject, "carbon"}), fits=lambda case: dense_choices.size(case) <= 8
    )
    settings = {"objectives": order, "tolerance_pct": 5.0 if seed % 2 else 0.1}
    case = case.with_info(plan={**case.info.plan, **settings})
    dense = best_in_order(case)
    if dense is None:
        with pytest.raises(InfeasibleError):
            solve_plan(case)
        return
    result = solve_plan(case)
    assert verify_plan(case, result).clean
    ranked = result.table("objectives").drop_nulls("rank").sort("rank")
    assert ranked["objective"].to_list() == order
    best = dict(ranked.select("objective", "best").rows())
    assert best == pytest.approx(dense, rel=1e-5, abs=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_cars_that_a_shop_does_not_take_are_not_built(seed: int) -> None:
    """A case that the check would refuse: what does not fit is not built, in either."""
    case = random_case(seed, "launches", fits=lambda case: dense_choices.size(case) <= MOST)
    shops = case.table("shops").with_columns(pl.lit("BEV").alias("drivetrains"))
    vehicles = case.table("vehicles").with_columns(pl.lit("ICE").alias("drivetrain"))
    case = case.replace(shops=shops, vehicles=vehicles)
    assert margin_of(case) == near(dense_choices.best_margin(case))
