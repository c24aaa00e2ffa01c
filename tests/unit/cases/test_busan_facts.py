"""The evidence of the Busan cases: every figure is vouched for, disputes are kept, sources hold."""

import csv
import math
import re
from collections import defaultdict
from pathlib import Path

import pytest

from motorworks.case.case import Case
from motorworks.case.column import columns_of
from motorworks.case.facts import BACKGROUND, cells_of
from motorworks.case.records.evidence import Fact, Source
from motorworks.case.tables import TABLES
from motorworks.io.case_folder import find_case, read_case

CASES = ("busan", "busan-past")
FIGURES = ("number", "integer")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
SCALES = {"mm": (1000.0,), "min/shift": (60.0,), "days": (7.0,), "KRW": (1e6, 1e9), "USD": (1e6,)}
IN_WORDS = ("start", "end", "worked_share", "pattern")


@pytest.mark.parametrize("name", CASES)
def test_every_figure_in_the_tables_is_covered_by_a_chosen_fact(name: str) -> None:
    """No number stands in a table without saying where it comes from."""
    case = read_case(find_case(name))
    covered: dict[tuple[str, str], set[int]] = defaultdict(set)
    for fact in case.rows(Fact):
        if fact.chosen and fact.table != BACKGROUND:
            covered[fact.table, fact.field] |= set(cells_of(case, fact))
    bare = [
        f"{table} row {place + 2} {column.name}"
        for table, record in TABLES.items()
        if table not in ("facts", "sources")
        for column in columns_of(record)
        if column.kind in FIGURES
        for place, value in enumerate(case.table(table)[column.name])
        if value is not None and place not in covered[table, column.name]
    ]
    assert bare == []


@pytest.mark.parametrize("name", CASES)
def test_every_source_is_cited_and_every_assumption_reasoned(name: str) -> None:
    """The register of sources lists no page that no fact needs; nothing is assumed in silence."""
    case = read_case(find_case(name))
    facts = case.rows(Fact)
    cited = {fact.source_id for fact in facts}
    assert [s.source_id for s in case.rows(Source) if s.source_id not in cited] == []
    assert [f.fact_id for f in facts if f.status == "assumed" and not f.reason] == []


def test_every_dispute_of_the_sources_is_kept_with_one_choice(busan: Case) -> None:
    """The points on which the sources disagree are all there, the chosen value first."""
    sides: dict[tuple[str, str], list[tuple[bool, str | None]]] = defaultdict(list)
    for fact in busan.rows(Fact):
        sides[fact.key, fact.field].append((fact.chosen, fact.value))
    disputes = {
        ("polestar-4|busan", "start"): {
            "2025-H2", "2025", "2025-Q2", "2025-06..2025-07", "2025-06..2025-08", "2025-Q4", "2026",
        },
        ("busan", "nameplate"): {"300000", "250000", "240000", "150000", "200000"},
        ("busan", "heads"): {"2000", "2245"},
        ("pack-polestar-4", "kwh"): {"100", "102"},
        ("pack-arkana", "kwh"): {"1.2", "1.6"},
        ("busan-ev-conversion", "end"): {"2025-02-09", "2025-02-06"},
        ("polestar-4|busan", "markets"): {"South Korea and North America", "North America"},
        ("renault-korea|2021", "total sales"): {"132769", "120041"},
        ("grand-koleos|korea|2024-09", "sold"): {"3900", "1912"},
    }  # fmt: skip
    for place, values in disputes.items():
        assert {value for _, value in sides[place]} == values, place
        assert [chosen for chosen, _ in sides[place]].count(True) == 1, place


@pytest.mark.data
@pytest.mark.parametrize("name", CASES)
def test_reported_figures_stand_on_the_page_they_name(name: str, data_folder: Path) -> None:
    """Each reported number is found among the rows that carry its source's address."""
    case = read_case(find_case(name))
    sources = {source.source_id: source for source in case.rows(Source)}
    told = _numbers_by_place(data_folder / "busan")
    missing = []
    for fact in case.rows(Fact):
        if fact.status != "reported" or fact.field in IN_WORDS or not fact.value:
            continue
        source = sources[fact.source_id or ""]
        place = source.url or source.title
        scales = (1.0, *SCALES.get((fact.unit or "").removesuffix("/vehicle"), ()))
        known = {scale * number for number in told[place] for scale in scales}
        missing += [
            f"{fact.fact_id}: {figure} not in {place}"
            for figure in NUMBER.findall(fact.value)
            if not any(math.isclose(float(figure), number) for number in known)
        ]
    assert missing == []


def _numbers_by_place(folder: Path) -> dict[str, set[float]]:
    """Every number in the rows of the data, by the address or the document they come from."""
    numbers: dict[str, set[float]] = defaultdict(set)
    for path in folder.glob("*.csv"):
        title = ""
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                title = row.get("title") or title
                place = row.get("source_url") or title
                texts = (text for key, text in row.items() if text and key != "source_url")
                found = [t.replace(",", "") for text in texts for t in NUMBER.findall(text)]
                numbers[place] |= {float(text) for text in found}
    return numbers
