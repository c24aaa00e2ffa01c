"""Marks: hashes that tell whether what goes into a stage is what went into it before."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import motorworks
from motorworks.case.case import Case
from motorworks.case.cells import text_of
from motorworks.case.info import STAGES
from motorworks.io.case_folder import csv_text, info_text
from motorworks.io.run_folder import versions

SIMULATED_ONLY = frozenset(
    {"segments", "flows", "quality", "arrivals", "arrival_mix", "joins", "carriers", "breaks"}
    | {"maintenance", "ramp_effects", "buffers", "routings", "failures", "crews"}
)
"""Tables of the case that no stage before ``simulate`` reads."""

AFTER_THE_PLAN = SIMULATED_ONLY | frozenset(
    {"stations", "station_times", "shift_times", "part_arrivals", "sequence_rules", "orders"}
    | {"order_rules", "options", "take_rates", "option_rules", "colours", "colour_mix"}
)
"""Tables of the case that the plan does not read."""

PASSED_OVER: Mapping[str, frozenset[str]] = {
    "plan": AFTER_THE_PLAN,
    "ranges": AFTER_THE_PLAN,
    "slot": SIMULATED_ONLY,
    "sequence": SIMULATED_ONLY,
    "simulate": frozenset(),
}
"""Tables of the case that a stage does not read."""

_FRAME = {"name", "title", *STAGES}
"""What stands in ``case.toml`` and is read by one stage, or by none."""


class CaseMarks:
    """Hashes of a resolved case, whole and by stage; each table is hashed once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._tables = {
            name: hashlib.sha256(csv_text(name, table).encode()).hexdigest()
            for name, table in case.tables.items()
            if table.height
        }

    @property
    def whole(self) -> str:
        """SHA-256 of all of it."""
        return mark(info_text(self._case.info), self._tables)

    def stage(self, name: str, *more: Any) -> str:
        """SHA-256 of all that goes into a stage: the case as it reads it, versions, and more.

        Parameters
        ----------
        name
            The stage.
        more
            What else goes into it: marks of tables before it, days asked for.
        """
        frame = self._case.info.model_dump(mode="json", exclude=_FRAME)
        settings = getattr(self._case.info, "plan" if name == "ranges" else name)
        read = {table: it for table, it in self._tables.items() if table not in PASSED_OVER[name]}
        return mark(name, frame, settings, read, versions(), code_mark(), *more)


@cache
def code_mark() -> str:
    """SHA-256 of the program itself: what another version found is not taken over.

    Examples
    --------
    >>> len(code_mark())
    64
    """
    digest = hashlib.sha256()
    home = Path(motorworks.__file__).parent
    for path in sorted(home.rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def mark(*parts: Any) -> str:
    """SHA-256 of plain values, in hexadecimal digits.

    Examples
    --------
    >>> mark("plan", 1)[:8] == mark("plan", 1)[:8] != mark("plan", 2)[:8]
    True
    """
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def tables_mark(tables: Mapping[str, pl.DataFrame]) -> str:
    """SHA-256 of result tables by their content, whatever they were read from.

    Examples
    --------
    >>> one = pl.DataFrame({"month": ["2025-10"], "units": [1.5]})
    >>> tables_mark({"a": one}) == tables_mark({"a": one.clone()})
    True
    """
    digest = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name]
        digest.update(f"{name} {table.columns}\n".encode())
        digest.update(table.select(text_of(column) for column in table).write_csv().encode())
    return digest.hexdigest()
