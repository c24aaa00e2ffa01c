"""What a fact speaks of, in words."""

from collections.abc import Mapping
from typing import Any

from motorworks.case.column import Column, columns_of
from motorworks.case.tables import TABLES
from motorworks.report.story import Story
from motorworks.report.theme import month_words

_FIELDS = {
    ("tariffs", "rate_pct"): "duty",
    ("currency_rates", "rate"): "exchange rate",
    ("demand", "units"): "demand",
    ("prices", "price"): "list price",
    ("prices", "net_share_pct"): "net share of price",
    ("prices", "customs_share_pct"): "customs share of price",
    ("shop_rates", "jph"): "pace, jobs per hour",
    ("allocations", "start"): "start of production",
    ("allocations", "end"): "end of production",
    ("ramps", "t50_weeks"): "weeks of ramp-up to half rate",
    ("ramps", "slope_per_week"): "steepness of ramp-up",
    ("agreements", "min_per_year"): "agreed minimum a year",
    ("agreements", "max_per_year"): "agreed maximum a year",
    ("sailings", "allotment_ceu"): "space on a sailing",
    ("sailings", "sailings_per_month"): "sailings a month",
    ("vehicles", "stock_value"): "stock value",
    ("shift_patterns", "minutes_per_shift"): "minutes in a shift",
}


def fact_words(story: Story, fact: Mapping[str, Any], fact_id: str) -> str:
    """Field of a fact, then the rows it stands in; a fact without a place by its name."""
    if not fact:
        return fact_id
    table, field = str(fact["table"]), str(fact["field"])
    said = _FIELDS.get((table, field), field.removesuffix("_pct").replace("_", " "))
    if table not in TABLES:
        return f"{said} ({str(fact['key']).replace('|', ', ')})"
    heads = [column for column in columns_of(TABLES[table]) if column.key]
    parts = str(fact["key"]).split("|")
    # a fact may leave out the last parts of a key
    rows = [_part(story, column, part) for column, part in zip(heads, parts, strict=False)]
    where = ", ".join(row for row in rows if row)
    return f"{said} ({where})" if where else f"{said} (all {table.replace('_', ' ')})"


def _part(story: Story, column: Column, part: str) -> str:
    if part in ("", "*", "any"):
        return ""
    if column.kind == "month":
        said = month_words(part)
        return f"from {said}" if column.name == "start" else said
    if column.kind in ("day", "when"):
        return f"from {part}"
    noun = column.ref.split(".")[1] if column.ref else column.name
    if noun in ("importer", "exporter"):
        noun = "customs_area"
    return story.names.of(noun, part)
