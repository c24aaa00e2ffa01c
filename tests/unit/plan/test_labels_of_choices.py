"""Every row of launches, sites, conversions and what runs side by side has a name in words."""

import numpy as np
import pytest

from motorworks.case.column import Record
from motorworks.case.records import choices, sites
from motorworks.plan.labels import LABELS, label_of
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import write_program
from tests.unit.plan.small_case import small_case

RULES = {
    "one_start", "one_end", "launch_choice", "least_run", "line_rules", "models_limit",
    "platforms_limit", "site_once", "site_capacity", "halt_once", "halt_capacity",
    "halt_before_start",
}  # fmt: skip


@pytest.mark.parametrize("chosen", [False, True], ids=["calendar", "hours chosen"])
def test_every_row_of_a_choice_has_a_name_and_its_month(chosen: bool) -> None:
    """No row is called by its number, and a row by month says which."""
    rows: list[Record] = [
        sites.ShopRate(shop="line", start="2025-01-01", jph=10),
        choices.LaunchWindow(
            vehicle="car", plant="works", earliest="2025-01", end_earliest="2025-01",
            end_latest="2025-03", min_per_month=1,
        ),
        choices.SiteWindow(site="works", plant="works", closable=True),
        choices.Conversion(conversion="new line", plant="works", vehicle="car", weeks=1),
    ]  # fmt: skip
    if chosen:
        rows.append(choices.Workforce(plant="works", overtime_hours_max=10))
    case = small_case([100] * 3, *rows)
    program = write_program(case, PlanParams(**case.info.plan))
    blocks = [block for block in program.builder.row_blocks.values() if block.rule in RULES]
    assert {block.name for block in blocks if block.index.size} <= LABELS.keys()
    for block in blocks:
        for place in np.ndindex(block.index.shape):
            label = label_of(block.name, place, program.data)
            assert any(word in label.what for word in ("works", "line"))
            assert len(place) == 1 or label.when == case.info.month_names[place[1]]
