"""A story of the demonstration case for all tests of the report."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from motorworks.plan.solve import solve_plan
from motorworks.report.story import Scenario, Story
from motorworks.result.verify import verify_plan


def load(name: str) -> ModuleType:
    """A helper module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


demo: Any = load("demo_case")


@pytest.fixture(scope="session")
def base_story() -> Story:
    """The demonstration case without scenarios, ranges or verification."""
    case = demo.demo_case()
    return Story(case, solve_plan(case))


@pytest.fixture(scope="session")
def story(base_story: Story) -> Story:
    """The demonstration case with everything a report can tell of."""
    more = pl.col("units") * 1.1
    case = base_story.case.replace(demand=base_story.case.table("demand").with_columns(more))
    result = solve_plan(case)
    here = (pl.col("vehicle") == "star4") & (pl.col("plant") == "busan")
    built = float(result.table("production").filter(here)["units"].sum())
    return Story(
        case, result, (base_story.case, base_story.result),
        demo.demo_ranges(result.margin, built),
        (Scenario("volume-up", "Demand up 10 %", "Every market <b>"),),
        {"command": "motorworks run demo --scenario volume-up", "versions": {"highspy": "1.14"},
         "inputs_sha256": "ab" * 32},
        verify_plan(case, result),
    )  # fmt: skip
