"""Everything that a rule needs in one hand: the case's side, the plan's side, the ledger."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from motorworks.errors import CaseError, Problem
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.given import Given
from motorworks.result.verify.launch import Limits
from motorworks.result.verify.money import Money
from motorworks.result.verify.said import Said


@dataclass(frozen=True)
class Settings:
    """The settings of the plan that the model page names, with their defaults there."""

    lost_penalty: float = 1000.0
    late_penalty: float = 200.0
    late_months: float = 2
    capital_rate_pct: float = 8.0
    end_value_pct: float = 90.0
    end_cover_months: float = 0.0


@dataclass(frozen=True)
class Books:
    """What the case gives and allows, what the plan says, and where findings go."""

    given: Given
    limits: Limits
    money: Money
    said: Said
    settings: Settings
    ledger: Ledger


def read_settings(
    stated: Mapping[str, Any], in_case: Mapping[str, Any], ledger: Ledger
) -> Settings:
    """Settings as ``case.toml`` has them, or else their defaults.

    The result must state the same: a plan cannot bring its own rules. Raises CaseError where
    the case has something that is no amount.
    """
    defaults = vars(Settings())
    due = {name: in_case.get(name, default) for name, default in defaults.items()}
    wrong = [name for name, value in due.items() if not _is_amount(value)]
    if wrong:
        message = "is not a number of at least 0"
        raise CaseError(
            [Problem("case.toml", message, None, name, str(due[name])) for name in wrong]
        )
    for name, value in due.items():
        said = stated.get(name)
        ledger.checked["settings"] += 1
        if not _is_amount(said) or not math.isclose(float(said), value):
            message = f"the plan states {name} = {said}, but the case says {value:g}"
            ledger.add("settings", name, message, said if _is_amount(said) else None, value)
    return Settings(**due)


def _is_amount(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value) and value >= 0
