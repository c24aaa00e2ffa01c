"""Published optima of the OR-Library's capacitated facility location."""

from pathlib import Path

import pytest

from motorworks.io.formats.orlib_cap import read_orlib_cap
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan

pytestmark = pytest.mark.data

# a small, a middling and a large instance of each number of sites (capopt.txt)
OPTIMA = {
    "cap41": 1040444.375, "cap64": 1045650.250, "cap74": 1034976.975, "cap92": 855733.500,
    "cap101": 796648.437, "cap103": 893782.112, "cap121": 793439.563, "cap131": 793439.562,
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIMA)
def test_the_plan_reaches_the_published_optimum(data_folder: Path, name: str) -> None:
    """Minus the margin is the published cost, proven, and every rule holds."""
    case = read_orlib_cap(data_folder / "orlib_cap" / "instances" / f"{name}.txt")
    plan = solve_plan(case)
    assert -plan.margin == pytest.approx(OPTIMA[name], abs=1e-2)
    assert plan.solver.gap <= 1e-6
    assert verify_plan(case, plan).clean
    assert sum(plan.table("market")["lost"]) == 0.0
