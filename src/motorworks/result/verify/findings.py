"""What a verification finds, how much it has looked at, and how exact it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

CARS = 1e-4
"""Most vehicles (or components) by which a rule may be missed."""

RELATIVE = 1e-7
"""Most by which it may be missed relative to the quantities compared."""

FAMILIES = (
    "launch", "shop_capacity", "nameplate", "plant_balance", "plant_yard", "lane_space",
    "market_balance", "market_yard", "lost_limit", "late_limit", "sold", "component_balance",
    "component_capacity", "cell_supply", "agreement_minimum", "agreement_maximum", "pins",
    "end_value",
    "one_start", "one_end", "launch_choice", "least_run", "line_rules", "models_limit",
    "platforms_limit", "shop_fit", "site_once", "site_capacity", "halt_once", "halt_capacity",
    "halt_before_start", "one_pattern", "stay", "heads", "shift_volume", "extra_hours",
    "time_account", "agreement_flex", "agreement_exit", "spot_limit", "lane_lot", "port_space",
    "plant_age", "market_age", "component_sales", "origin_parts", "origin", "preference",
    "carbon_cap", "carbon_goal", "freeze", "plan_change", "objectives",
)  # fmt: skip

PARTS = (
    "revenue", "material", "conversion", "freight", "duty", "transit_capital", "plant_stock",
    "market_stock", "component_premium", "component_stock", "agreement_shortfall", "lost_sales",
    "late_sales", "end_value",
    "programme_fixed", "capex", "site_fixed", "site_capex", "halt_cost", "labour",
    "agreement_exit", "spot_freight", "component_sales", "component_duty", "duty_preference",
    "carbon_goal", "carbon_price", "plan_change",
)  # fmt: skip

RULES = (
    "settings", "table_complete", "non_negative", "stated_limits",
    *FAMILIES, *(f"objective:{part}" for part in PARTS), "objective:margin",
)  # fmt: skip
"""Every rule that can object: the constraint families, the parts of the margin, and more."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a plan.

    Parameters
    ----------
    rule
        Name of the rule that objects, one of :data:`RULES`.
    where
        Where in the plan: vehicle, plant, market, month, or the table.
    message
        What is wrong, in a planner's words.
    value
        What the plan says, in the unit of the rule.
    limit
        What the case allows or what it should be.

    Examples
    --------
    >>> print(Finding("pins", "zoe at ulm, 2025-03", "ulm builds 4.0 zoe too few", 6.0, 10.0))
    pins: ulm builds 4.0 zoe too few
    """

    rule: str
    where: str
    message: str
    value: float | None = None
    limit: float | None = None

    def __str__(self) -> str:
        """Name the rule, then the matter."""
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True)
class Verification:
    """All findings on a plan, and how many times each rule was put to the test.

    ``checked`` has the name of every rule (:data:`RULES` for a plan); 0 means that the rule had
    nothing to look at, so that "nothing wrong" can be read for what it is worth.
    """

    findings: tuple[Finding, ...]
    checked: Mapping[str, int]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def total(self) -> int:
        """How many comparisons were made."""
        return sum(self.checked.values())

    @property
    def broken(self) -> tuple[str, ...]:
        """Names of the rules that object, each once, in the order of ``checked``."""
        names = {finding.rule for finding in self.findings}
        return tuple(rule for rule in self.checked if rule in names)

    def of(self, rule: str) -> tuple[Finding, ...]:
        """The findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def __str__(self) -> str:
        """Say the verdict, then the first findings of each rule that objects."""
        used = sum(1 for count in self.checked.values() if count)
        if self.clean:
            return f"nothing wrong: {self.total:,} checks by {used} rules"
        noun = "finding" if len(self.findings) == 1 else "findings"
        lines = [f"{len(self.findings):,} {noun} in {self.total:,} checks by {used} rules:"]
        for rule in self.broken:
            found = self.of(rule)
            lines += [f"  • {finding}" for finding in found[:_SHOWN]]
            if len(found) > _SHOWN:
                lines.append(f"  • {rule}: and {len(found) - _SHOWN:,} more")
        return "\n".join(lines)


_SHOWN = 5


@dataclass
class Ledger:
    """Collects findings while rules are checked, and counts the checks."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def over(self, rule: str, value: float, limit: float) -> bool:
        """Count a check; whether ``value`` is above ``limit`` by more than the tolerance."""
        self.checked[rule] += 1
        return value - limit > slack(value, limit)

    def differs(self, rule: str, value: float, other: float, gross: float = 0.0) -> bool:
        """Count a check; whether two amounts differ, ``gross`` being the size of what made them."""
        self.checked[rule] += 1
        return abs(value - other) > slack(value, other, gross)

    def each_over(self, rule: str, values: Array, limits: Array) -> list[int]:
        """Count checks of arrays; places where a value is above its limit beyond the tolerance."""
        self.checked[rule] += values.size
        size = np.maximum(np.abs(values), np.abs(limits))
        return [int(n) for n in np.flatnonzero(values - limits > CARS + RELATIVE * size)]

    def each_differs(self, rule: str, values: Array, others: Array, gross: Array) -> list[int]:
        """Count checks of arrays; places where they differ, ``gross`` as in :meth:`differs`."""
        self.checked[rule] += values.size
        size = np.maximum(np.maximum(np.abs(values), np.abs(others)), np.abs(gross))
        return [int(n) for n in np.flatnonzero(np.abs(values - others) > CARS + RELATIVE * size)]

    def add(
        self,
        rule: str,
        where: str,
        message: str,
        value: float | None = None,
        limit: float | None = None,
    ) -> None:
        """Write down a finding."""
        value, limit = (None if x is None else float(x) for x in (value, limit))
        self.findings.append(Finding(rule, where, message, value, limit))

    def close(self, rules: Sequence[str] = RULES) -> Verification:
        """The verification as it stands, findings in the order of the rules."""
        place = {rule: number for number, rule in enumerate(rules)}
        ordered = sorted(self.findings, key=lambda finding: place[finding.rule])
        return Verification(tuple(ordered), {rule: self.checked[rule] for rule in rules})


def slack(*sizes: float) -> float:
    """Tolerance for a comparison of vehicles, given the quantities in it."""
    return CARS + RELATIVE * max(abs(size) for size in sizes)
