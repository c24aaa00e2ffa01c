"""What is tight, when, and what one more unit of it is worth."""

import math
from dataclasses import dataclass

import polars as pl

from motorworks.report.blocks import Chart, Column, Number, Row, Section, Spec, Table, single
from motorworks.report.numbers import compact, counted, grouped, listed, plain, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import WORTH_SCALE, axis, layout, month_axis, month_words, scale

MOST_ROWS = 18
FAMILIES = {
    "extra_hours": ("working hour of {what}", "{what}: working hours"),
    "port_space": ("place in the port {what}", "{what}: port"),
    "carbon_cap": ("tonne of the cap on {what}", "{what}: cap"),
    "shop_capacity": ("slot at {what}", "{what}: slots"),
    "launch": ("car that {what} may launch", "{what}: launch"),
    "nameplate": ("car of the nameplate of {what}", "{what}: nameplate"),
    "plant_yard": ("place in the yard of {what}", "{what}: yard"),
    "lane_space": ("space (CEU) on {what}", "{what}: space"),
    "market_yard": ("place in the yard of {what}", "{what}: yard"),
    "component_capacity": ("unit of {what}", "{what}"),
    "cell_supply": ("GWh of {what}", "{what}"),
    "agreement_minimum": ("car in the minimum of {what}", "{what}: agreed minimum"),
    "agreement_maximum": ("car in the maximum of {what}", "{what}: agreed maximum"),
    "pins": ("car in the pin of {what}", "{what}: pin"),
}
"""What one more unit is, in a sentence and beside an axis."""


@dataclass(frozen=True)
class Tight:
    """A limit that holds in some months, with the worth of one more unit of it."""

    family: str
    what: str
    unit: str
    months: tuple[str, ...]
    least: float
    most: float
    most_month: str
    limit: float
    until: float | None
    weight: float

    @property
    def reach(self) -> str:
        """In the month in which it is worth most: from which limit to which that worth holds."""
        if self.until is None:
            return ""
        digits = 0 if abs(self.until - self.limit) >= 1 else 3
        when = f" in {month_words(self.most_month)}" if self.most_month else ""
        ends = f"{grouped(self.limit, digits)} to {grouped(self.until, digits)}"
        some = f"{self.unit}s" if self.unit.endswith(("vehicle", "unit")) else self.unit
        return f"{ends} {some}{when}"

    def name(self, story: Story) -> str:
        """What one more unit is, in words."""
        return self._words()[0].format(what=story.names.any(self.what))

    def label(self, story: Story) -> str:
        """The limit, as short as an axis needs it."""
        text = self._words()[1].format(what=story.names.any(self.what))
        text = text[:1].upper() + text[1:]
        return text if len(text) <= 60 else f"{text[:58]}…"

    def _words(self) -> tuple[str, str]:
        family = self.family.replace("_", " ")
        return FAMILIES.get(self.family, (f"unit of {family} of {{what}}", f"{{what}}: {family}"))


def tights(story: Story) -> list[Tight]:
    """Tight limits, those first of which one per cent more, in all their months, is worth most.

    One more GWh and one more car cannot be compared; one per cent of each can. A limit of zero
    counts by one unit.
    """
    table = story.table("marginals").filter(pl.col("value").abs() >= 0.5)
    out = []
    for (family, what), rows in table.sort("month").group_by(["family", "what"]):
        strongest = rows.sort(pl.col("value").abs(), descending=True).row(0, named=True)
        values = rows["value"].to_list()
        weakest = min(values, key=abs)
        months = tuple(rows["month"].to_list())
        out.append(Tight(str(family), str(what), str(rows["unit"][0]), months, weakest,
                         strongest["value"], strongest["month"], strongest["limit"],
                         strongest["until"], _weight(rows)))  # fmt: skip
    return sorted(out, key=lambda item: (-item.weight, item.family, item.what))


def _weight(rows: pl.DataFrame) -> float:
    """Worth of one per cent more of a limit, over its months."""
    limit = pl.when(pl.col("limit").abs() > 0).then(0.01 * pl.col("limit").abs()).otherwise(1.0)
    return float(rows.select((pl.col("value").abs() * limit).sum()).item())


def times(months: tuple[str, ...]) -> str:
    r"""Months in words, runs of them as spans.

    Examples
    --------
    >>> times(("2025-01", "2025-02", "2025-03", "2026-07")).replace("\u00a0", " ")
    'Jan 2025 to Mar 2025 and Jul 2026'
    """
    runs: list[list[str]] = []
    for month in months:
        if runs and _next(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = [month_words(run[0]) + (f" to {month_words(run[-1])}" if len(run) > 1 else "")
            for run in runs]  # fmt: skip
    if len(said) > 4:
        return f"{', '.join(said[:3])} and {len(said) - 3} spans more"
    return listed(said)


def _next(month: str) -> str:
    if len(month) != len("2025-01"):
        return str(int(month) + 1) if month.isdigit() else ""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def sentence(story: Story, item: Tight) -> str:
    """What one more unit is worth, in words."""
    verb = "adds" if item.most > 0 else "costs"
    low, high = sorted((abs(item.least), abs(item.most)))
    money = story.currency
    amount = with_unit(high, money)
    if len(item.months) > 1 and high - low > 0.01 * high:
        amount = f"{grouped(low)} to {amount}"
    when = times(item.months) if any(item.months) else "the whole horizon"
    return f"One more {item.name(story)} {verb} {amount}, in {when}."


def caption(story: Story) -> str:
    """The limit of which one per cent more is worth most."""
    found = tights(story)
    if not found:
        return "Nothing is tight: more of any capacity would add nothing to the margin."
    item = found[0]
    verb = "adds" if item.most > 0 else "costs"
    when = f" in {month_words(item.most_month)}" if item.most_month else ""
    return (
        f"{counted(len(found), 'limit')} hold the plan back, ordered by what one per cent more of "
        f"each is worth. At the top, one more {item.name(story)} {verb} "
        f"{with_unit(abs(item.most), story.currency)}{when}."
    )


def figure(story: Story) -> Spec:
    """Worth of one more unit by month, one row for each limit."""
    found = tights(story)[:MOST_ROWS]
    months = story.months
    values = {(row["family"], row["what"], row["month"]): row["value"]
              for row in story.table("marginals").iter_rows(named=True)}  # fmt: skip
    labels = _labels(story, found)
    cells: list[list[float | None]] = []
    texts: list[list[str]] = []
    for item, label in zip(found, labels, strict=True):
        row = [_value(values, item, month) for month in months]
        cells.append([None if value is None else round(squeezed(value), 3) for value in row])
        texts.append([
            "" if value is None else f"<b>{label}</b><br>{month_words(month)}: "
            f"{with_unit(value, story.currency)} per {item.unit}"
            for month, value in zip(months, row, strict=True)
        ])  # fmt: skip
    worth = [value for row in cells for value in row if value is not None]
    low, high = min([0.0, *worth]), max([0.0, *worth]) or 1.0
    trace = {
        "type": "heatmap", "x": list(months), "y": labels, "z": cells, "text": texts,
        "hovertemplate": "%{text}<extra></extra>", "hoverongaps": False,
        "colorscale": worth_scale(low, high),
        "zmin": low, "zmax": high, "xgap": 1.5, "ygap": 3,
        "colorbar": {"title": {"text": f"{story.currency} per unit", "side": "right",
                               "font": {"size": 12}},
                     "thickness": 10, "outlinewidth": 0, **_ticks(low, high)},
    }  # fmt: skip
    return {
        "data": [trace],
        "layout": layout(
            max(200, 96 + 30 * len(labels)),
            xaxis=month_axis(months),
            yaxis=axis(autorange="reversed", showgrid=False, ticks="", tickfont={"size": 12}),
            margin={"l": 10, "r": 10, "t": 10, "b": 44},
        ),
    }


def squeezed(value: float) -> float:
    """A worth on a scale of powers of ten, so that a car and a GWh stand on one chart.

    Examples
    --------
    >>> squeezed(99.0), squeezed(-999.0)
    (2.0, -3.0)
    """
    return math.copysign(math.log10(1 + abs(value)), value)


def _ticks(low: float, high: float) -> dict[str, object]:
    marks = [0.0, *(sign * 10.0**power for power in range(1, 10) for sign in (1, -1))]
    shown = sorted(mark for mark in marks if low <= squeezed(mark) <= high)
    return {"tickvals": [squeezed(mark) for mark in shown],
            "ticktext": [compact(mark) for mark in shown]}  # fmt: skip


def worth_scale(low: float, high: float) -> list[list[object]]:
    """Orange above zero; where some limits cost money, blue below zero.

    Examples
    --------
    >>> [place for place, _ in worth_scale(-1.0, 3.0)]
    [0.0, 0.25, 0.475, 0.7, 0.8875, 1.0]
    """
    if low >= 0:
        return scale(WORTH_SCALE)
    zero = -low / (high - low)
    above = [(zero + (1 - zero) * place, colour) for place, colour in WORTH_SCALE]
    return scale([(0.0, "#6f8fd1"), *above])


def _labels(story: Story, found: list[Tight]) -> list[str]:
    """Names short enough for an axis, kept apart."""
    out: list[str] = []
    for item in found:
        name = item.label(story)
        out.append(name if name not in out else f"{name} ({len(out) + 1})")
    return out


def _value(values: dict[tuple[str, str, str], float], item: Tight, month: str) -> float | None:
    """A limit of a year holds in all its months, one without a month in all."""
    for when in (month, month[:4], ""):
        value = values.get((item.family, item.what, when))
        if value is not None:
            return value if abs(value) >= 0.5 else None
    return None


def table(story: Story, found: list[Tight]) -> Table:
    """All tight limits in words."""
    money = story.currency
    heads = [
        Column("What one more unit does"),
        Column("Months", number=True),
        Column("Least", f"{money}/unit", number=True),
        Column("Most", f"{money}/unit", number=True),
        Column("Unit"),
        Column("The most holds from … to"),
    ]
    rows: list[Row] = [
        [sentence(story, item), Number(plain(len(item.months)), len(item.months)),
         Number(grouped(item.least), item.least), Number(grouped(item.most), item.most), item.unit,
         item.reach]
        for item in found
    ]  # fmt: skip
    note = (
        "Worth of one unit more while everything else stays, starts and shifts included. The last "
        "column says how far it reaches in the month in which it is largest."
    )
    return Table(note, heads, rows, search=True, folded="" if len(rows) <= 8 else "Show all limits")


def section(story: Story) -> Section:
    """The section on what is tight."""
    found = tights(story)
    title, short = "What is tight, and what one more unit is worth", "Tight limits"
    lead = (
        "Where the plan would earn more if it had one unit more, month by month: the shadow prices "
        "of the linear program. The colours step by powers of ten."
    )
    if not found:
        return Section("tight", title, caption(story), short=short)
    alt = "Heat-map of the worth of one more unit of each tight limit by month."
    blocks: list[Chart | Table] = [single("tight", alt, caption(story), figure(story))]
    blocks.append(table(story, found))
    return Section("tight", title, lead, blocks, short)
