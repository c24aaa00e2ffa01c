"""A case without rows of a subject builds the linear program without it."""

import pytest

from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import write_program
from tests.unit.plan.small_case import small_case

COLUMNS = ("begin", "finish", "present", "open", "shut", "halt")
RULES = (
    "one_start", "one_end", "launch_choice", "least_run", "line_rules", "models_limit",
    "platforms_limit", "site_once", "site_capacity", "halt_once", "halt_capacity",
    "halt_before_start",
)  # fmt: skip


@pytest.mark.parametrize("name", ["tiny", "small"])
def test_no_launch_site_or_conversion_leaves_a_linear_program(name: str) -> None:
    """No column and no row of them, no integer, no bound on cars that fit their shops."""
    case = read_case(find_case(name)) if name == "tiny" else small_case([100, 100])
    program = write_program(case, PlanParams(**case.info.plan))
    columns, rows = program.builder.column_blocks, program.builder.row_blocks
    assert [columns[block].index.size for block in COLUMNS] == [0] * len(COLUMNS)
    assert {block.rule for block in rows.values()}.issuperset(RULES)
    assert [block.name for block in rows.values() if block.rule in RULES and block.index.size] == []
    assert not program.model.has_integers
    assert "shop_fit" not in {bound.rule for bound in program.builder.bounds}
