"""Marks: what changes them, and that no stage reads what they pass over."""

from collections.abc import Iterator, Mapping

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.tables import TABLES
from motorworks.io.case_folder import find_case, read_case
from motorworks.pipeline.marks import PASSED_OVER, CaseMarks, tables_mark
from motorworks.plan.solve import solve_plan
from motorworks.sequence.days import sequence_days
from motorworks.slot.months import slot_months
from motorworks.slot.params import SlotParams


class Guarded(Mapping[str, pl.DataFrame]):
    """Tables of which some must not be read."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], closed: frozenset[str]) -> None:
        self._tables, self._closed = tables, closed

    def __getitem__(self, name: str) -> pl.DataFrame:
        assert name not in self._closed, f"{name} is read"
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def guarded(case: Case, stage: str) -> Case:
    """The case, failing where a table is read that marks of the stage pass over."""
    found = case.replace()
    object.__setattr__(found, "tables", Guarded(case.tables, PASSED_OVER[stage]))
    return found


@pytest.fixture(scope="module")
def busan() -> Case:
    """The shipped case with most tables, and short searches."""
    return read_case(find_case("busan")).with_info(sequence={"iterations": 1000})


def test_no_stage_reads_a_table_that_its_mark_passes_over(busan: Case) -> None:
    """Else a change there would go unseen."""
    assert all(name in TABLES for names in PASSED_OVER.values() for name in names)
    plan = solve_plan(guarded(busan, "plan"))
    params = SlotParams(iterations=1000)
    months = slot_months(guarded(busan, "slot"), plan.tables, params=params)
    assert months.months
    first = months.months[0].month.slots[0].date
    days = sequence_days(
        guarded(busan, "sequence"), plan.tables, [(first, first)], slotted=months.days
    )
    assert days.asked


def test_each_stage_has_a_mark_that_its_settings_and_inputs_change(busan: Case) -> None:
    """Settings of other stages, names and titles do not."""
    first, other = CaseMarks(busan), CaseMarks(busan.with_info(slot={"seed": 2}, title="T"))
    assert first.stage("slot", "plan") != other.stage("slot", "plan")
    assert first.stage("plan") == other.stage("plan")
    assert first.stage("plan") != first.stage("ranges")
    assert first.stage("slot", "plan") != first.stage("slot", "other plan")
    assert first.whole != other.whole


def test_a_mark_of_tables_is_that_of_their_content() -> None:
    """Names, columns and cells count; the order in which tables are told does not."""
    one, two = pl.DataFrame({"a": [1.5, None]}), pl.DataFrame({"b": ["x"]})
    assert tables_mark({"one": one, "two": two}) == tables_mark({"two": two, "one": one.clone()})
    assert tables_mark({"one": one}) != tables_mark({"one": one.fill_null(0.0)})
    assert tables_mark({"one": one}) != tables_mark({"one": one.rename({"a": "b"})})
    assert tables_mark({"one": one}) != tables_mark({"two": one})
