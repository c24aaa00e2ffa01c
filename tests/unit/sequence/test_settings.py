"""Settings of the sequence in a case: defaults, bounds, keys that do not exist."""

import pytest
from pydantic import ValidationError

from motorworks.case.info import CaseInfo
from motorworks.case.line_day import Objective
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.settings import SequenceSettings, setting_problems


def test_objectives_are_weighed_by_their_order_or_as_stated() -> None:
    """Each is worth a thousand of the next."""
    assert SequenceSettings().ranked == (
        Objective("high", 1_000_000), Objective("low", 1_000), Objective("colour", 1),
    )  # fmt: skip
    stated = SequenceSettings(objectives=("colour", "levelling"), weights=(7, 2))
    assert stated.ranked == (Objective("colour", 7), Objective("levelling", 2))


def test_the_search_is_told_its_own_settings() -> None:
    """What is kept small stands in the day."""
    settings = SequenceSettings(seed=3, iterations=99, objectives=("high",))
    assert settings.search == SequenceParams(seed=3, iterations=99)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iteration": 9},
        {"iterations": -1},
        {"iterations": "9"},
        {"seed": True},
        {"objectives": []},
        {"objectives": "high"},
        {"objectives": ["cost"]},
        {"objectives": ["high", "high"]},
        {"weights": [1, 2]},
        {"weights": [1, 2, 0.5]},
        {"weights": [3, 2, -1]},
        {"weights": 7},
        {"time_limit_s": 0},
    ],
)
def test_unknown_keys_and_impossible_values_are_refused(wrong: dict[str, object]) -> None:
    """A misspelt setting would be passed over in silence."""
    with pytest.raises(ValidationError):
        SequenceSettings.model_validate(wrong)


def test_problems_name_the_file_and_the_key() -> None:
    """They are told like any other problem of a case."""
    info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD",
                    sequence={"objectives": ["cost"], "seeds": 4})  # fmt: skip
    told = [str(problem) for problem in setting_problems(info)]
    assert len(told) == 2
    assert told[0].startswith("case.toml, sequence.objectives")
    assert "cost is none of them" in told[0]
    assert "did you mean 'seed'?" in told[1]
