"""A scenario: a named list of changes on a case, applied in the order in which they stand."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from motorworks.case import changes
from motorworks.case.case import Case
from motorworks.case.dates import Resolve
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem

Action = Literal["set", "scale", "add", "drop"]

_NEEDS: dict[Action, tuple[str, ...]] = {
    "set": ("field", "value"),
    "scale": ("field", "factor"),
    "add": ("rows",),
    "drop": (),
}
_OPTIONAL: dict[Action, tuple[str, ...]] = {
    "set": ("where",),
    "scale": ("where",),
    "add": (),
    "drop": ("where",),
}


class Change(BaseModel):
    """One change on the rows of a table.

    ``where`` picks the rows: every column named in it must hold the value given, one of a list
    of values, or a value inside ``{ from = ..., to = ... }`` (both included; either may be left
    out). Without ``where`` all rows are changed. An empty text stands for a blank cell.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    action: Action = Field(description="set, scale, add or drop")
    table: str = Field(description="Table to change")
    where: dict[str, Any] = Field(default_factory=dict, description="Which rows")
    field: str | None = Field(None, description="Column to set or scale")
    value: Any = Field(None, description="New value, to set")
    factor: float | None = Field(None, allow_inf_nan=False, description="Factor, to scale")
    rows: tuple[dict[str, Any], ...] = Field((), description="New rows, to add")
    reason: str | None = Field(None, description="Why")

    @model_validator(mode="after")
    def _parts_belong_to_the_action(self) -> "Change":
        given = self.model_fields_set - {"action", "table", "reason"}
        missing = [name for name in _NEEDS[self.action] if name not in given]
        if missing:
            msg = f"'{self.action}' needs {' and '.join(missing)}"
            raise ValueError(msg)
        extra = sorted(given - {*_NEEDS[self.action], *_OPTIONAL[self.action]})
        if extra:
            msg = f"'{self.action}' takes no {' nor '.join(extra)}"
            raise ValueError(msg)
        return self


class Scenario(BaseModel):
    """A what-if on a case.

    Examples
    --------
    >>> half = {"action": "scale", "table": "demand", "field": "units", "factor": 0.5}
    >>> Scenario(title="Half the demand", change=[half]).change[0].factor
    0.5
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str = Field(description="What the scenario is, in a line")
    note: str | None = Field(None, description="Anything else worth knowing")
    dates: Resolve | None = Field(None, description="How rough dates resolve: early, mid or late")
    plan: dict[str, Any] = Field(default_factory=dict, description="Settings of the plan stage")
    slot: dict[str, Any] = Field(default_factory=dict, description="Settings of the slot stage")
    sequence: dict[str, Any] = Field(
        default_factory=dict, description="Settings of the sequence stage"
    )
    change: tuple[Change, ...] = Field((), description="Changes, applied in this order")


_ACTIONS: dict[Action, Callable[[Change, str, pl.DataFrame], pl.DataFrame]] = {
    "set": lambda c, t, frame: changes.set_cells(t, frame, c.where, c.field or "", c.value),
    "scale": lambda c, t, frame: changes.scale_cells(t, frame, c.where, c.field or "", c.factor),
    "add": lambda c, t, frame: changes.add_rows(t, frame, c.rows),
    "drop": lambda c, t, frame: changes.drop_rows(t, frame, c.where),
}


def apply_scenario(case: Case, scenario: Scenario, file: str = "scenario") -> Case:
    """Apply the changes of a scenario in order; the case itself stays as it was.

    Parameters
    ----------
    case
        The case to change.
    scenario
        The changes.
    file
        Name of the scenario's file as the user knows it, for the problems.

    Raises
    ------
    CaseError
        If a change names a table or column that does not exist, matches no row or sets a value
        that the column does not allow; lists all such problems.
    """
    problems: list[Problem] = []
    tables: dict[str, pl.DataFrame] = {}
    for number, change in enumerate(scenario.change, 1):
        try:
            if change.table not in TABLES:
                raise changes.BadChange(_unknown_table(change.table))
            frame = tables.get(change.table, case.table(change.table))
            tables[change.table] = _ACTIONS[change.action](change, change.table, frame)
        except changes.BadChange as bad:
            problems += [
                Problem(file, f"change {number} ({change.action} {change.table}): {message}")
                for message in bad.messages
            ]
    if problems:
        raise CaseError(problems)
    resolved = _with_settings(case, scenario)
    return Case(resolved.info, {**resolved.tables, **tables})


def _unknown_table(name: str) -> str:
    return f"there is no table '{name}'{did_you_mean(name, TABLES)}"


def _with_settings(case: Case, scenario: Scenario) -> Case:
    settings: Mapping[str, Any] = {
        "plan": {**case.info.plan, **scenario.plan},
        "slot": {**case.info.slot, **scenario.slot},
        "sequence": {**case.info.sequence, **scenario.sequence},
    }
    if scenario.dates is not None:
        settings = {**settings, "dates": scenario.dates}
    return case.with_info(**settings)
