"""A run in plain rows, for the terminal."""

from motorworks.report.headline import ranged
from motorworks.report.numbers import in_unit, signed, with_unit
from motorworks.report.story import Story


def summary_table(story: Story) -> list[list[str]]:
    """Headlines as rows of text, the heads of the columns first.

    Returns
    -------
    list
        Headline, value, range over the facts, change against the base; the last two columns only
        where the story has ranges or a base.
    """
    items = ranged(story)
    spans = any(item.low is not None for item in items)
    changes = any(item.change is not None for item in items)
    heads = ["headline", "value"]
    heads += ["over the facts"] if spans else []
    heads += ["against the base"] if changes else []
    rows = [heads]
    for item in items:
        unit = item.figure.unit
        row = [item.figure.label, with_unit(item.figure.value, unit)]
        if spans:
            row.append(_span(item.low, item.high, unit))
        if changes:
            row.append("" if item.change is None else signed(item.change, unit))
        rows.append(row)
    return rows


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is None or high is None:
        return ""
    return f"{in_unit(low, unit)} to {in_unit(high, unit)}"
