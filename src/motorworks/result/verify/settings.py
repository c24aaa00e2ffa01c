"""The settings of a plan: those of the case, or the defaults of the model page."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from motorworks.errors import CaseError, Problem
from motorworks.result.verify.findings import Ledger

OBJECTIVES = ("agreements", "demand", "margin", "carbon", "smoothness")


@dataclass(frozen=True)
class Settings:
    """The settings of the plan that the model pages name, with their defaults there."""

    lost_penalty: float = 1000.0
    late_penalty: float = 200.0
    late_months: float = 2
    capital_rate_pct: float = 8.0
    end_value_pct: float = 90.0
    end_cover_months: float = 0.0
    objectives: tuple[str, ...] = ("margin",)
    tolerance_pct: float = 0.1
    freeze_months: float = 0
    change_penalty: float = 0.0
    carbon_price: float = 0.0
    gap_pct: float = 0.1
    time_limit_s: float | None = None


def read_settings(
    stated: Mapping[str, Any], in_case: Mapping[str, Any], ledger: Ledger
) -> Settings:
    """Settings as ``case.toml`` has them, or else their defaults.

    The result must state the same: a plan cannot bring its own rules. Raises CaseError where
    the case has something that cannot be.
    """
    defaults = vars(Settings())
    due = {name: in_case.get(name, default) for name, default in defaults.items()}
    problems = [
        Problem("case.toml", message, None, name, str(value))
        for name, value in due.items()
        if (message := _fault(name, value))
    ]
    if problems:
        raise CaseError(problems)
    due["objectives"] = tuple(due["objectives"])
    for name, value in due.items():
        said = stated.get(name)
        ledger.checked["settings"] += 1
        if not (name in stated and _same(said, value)):
            message = f"the plan states {name} = {said}, but the case says {_text(value)}"
            amounts = (x if _is_amount(x) else None for x in (said, value))
            ledger.add("settings", name, message, *amounts)
    return Settings(**due)


def _fault(name: str, value: object) -> str | None:
    """What is wrong with a setting of the case."""
    if name == "objectives":
        known = isinstance(value, list | tuple) and set(value) <= set(OBJECTIVES) and len(value) > 0
        return None if known else f"is not a list of some of {', '.join(OBJECTIVES)}"
    if name == "time_limit_s" and value is None:
        return None
    return None if _is_amount(value) else "is not a number of at least 0"


def _same(said: object, value: object) -> bool:
    if isinstance(value, tuple):
        return isinstance(said, list | tuple) and tuple(said) == value
    if value is None or not _is_amount(said) or not _is_amount(value):
        return said is None and value is None
    return math.isclose(said, value)


def _text(value: object) -> str:
    return f"{value:g}" if _is_amount(value) else str(value)


def _is_amount(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value) and value >= 0
