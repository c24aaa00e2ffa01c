"""Everything that a rule needs in one hand: the case's side, the plan's side, the ledger."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    """Take the settings that the result states; object where the case has others.

    A setting that the result does not state, or not as a number of at least 0, is a finding,
    and the case's value or the default is used.
    """
    used: dict[str, float] = {}
    for name, default in vars(Settings()).items():
        expected, said = in_case.get(name, default), stated.get(name)
        ledger.checked["settings"] += 1
        if not isinstance(said, int | float) or not math.isfinite(said) or said < 0:
            message = f"the result states no usable {name}: {said!r}"
            ledger.add("settings", name, message, None, float(expected))
            used[name] = expected
            continue
        used[name] = said
        if name in in_case and not math.isclose(said, expected):
            message = f"the plan was made with {name} = {said:g}, the case says {expected:g}"
            ledger.add("settings", name, message, float(said), float(expected))
    return Settings(**used)
