"""Settings of a simulation: defaults, bounds, keys that do not exist."""

import pytest
from pydantic import ValidationError

from motorworks.simulate.params import SimulateParams
from motorworks.simulate.settings import SimulateSettings, setting_problems


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 2, "until_min": 90.0},
        {"days": 0},
        {"replications": 0},
        {"replications": "9"},
        {"seed": True},
        {"precision_pct": 0},
        {"confidence_pct": 100},
        {"warmup": "some"},
        {"warmup": -1.0},
        {"warmup": True},
        {"until_min": float("inf")},
        {"engine": "fast"},
        {"replication": 3},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    """Bounds, quotes, and names that do not exist."""
    with pytest.raises(ValidationError):
        SimulateParams(**wrong)  # type: ignore[arg-type]


def test_settings_of_a_case_are_told_as_problems_of_its_file() -> None:
    """Each with its key, all at once."""
    assert setting_problems({"level": "station", "days": 5, "warmup": 60}) == []
    problems = setting_problems({"level": "cell", "first": "soon", "sed": 3})
    assert {problem.column for problem in problems} == {
        "simulate.level", "simulate.first", "simulate.sed",
    }  # fmt: skip
    assert all(problem.file == "case.toml" for problem in problems)


def test_the_simulation_is_told_its_own_settings() -> None:
    """Plant, level and first day stand in the plant it is given."""
    settings = SimulateSettings(plant="busan", level="station", days=3, seed=5, visits=1)
    assert settings.simulation == SimulateParams(days=3, seed=5, visits=1)
