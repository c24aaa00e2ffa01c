"""How each headline moves when one fact is changed at a time."""

import polars as pl

from motorworks.report.blocks import Chart, Select, Spec
from motorworks.report.facts import fact_words
from motorworks.report.numbers import is_money, plain, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import INK, PALETTE, axis, layout, titled

MOST_FACTS = 15
COLOURS = {"low": PALETTE[1], "high": PALETTE[0], "alternative": PALETTE[2]}
WORDS = {
    "low": "fact at its low",
    "high": "fact at its high",
    "alternative": "fact as another source has it",
}


def moves(story: Story, headline: str) -> pl.DataFrame:
    """Moves of one headline, the facts with the widest swing first."""
    assert story.ranges is not None
    table = story.ranges.tables["moves"].filter(pl.col("headline") == headline)
    swing = table.group_by("fact_id").agg(
        (pl.max_horizontal(pl.col("change").max(), pl.lit(0.0))
         - pl.min_horizontal(pl.col("change").min(), pl.lit(0.0))).alias("swing")
    )  # fmt: skip
    joined = table.join(swing, on="fact_id").filter(pl.col("swing") > 1e-9)
    return joined.sort(["swing", "fact_id", "variant"], descending=[True, False, False])


def _kind(variant: str) -> str:
    return variant if variant in ("low", "high") else "alternative"


def spec(story: Story, headline: str, unit: str, value: float) -> Spec:
    """Bars from the headline with the figures chosen to the headline under each change."""
    table = moves(story, headline)
    facts = {fact["fact_id"]: fact for fact in story.case.table("facts").iter_rows(named=True)}
    ids = list(dict.fromkeys(table["fact_id"].to_list()))[:MOST_FACTS]
    labels = _labels(story, ids, facts)
    share = 1e-6 if is_money(unit) and "/" not in unit and abs(value) >= 1e6 else 1.0
    shown = f"M {unit}" if share != 1.0 else unit
    traces = []
    for kind, colour in COLOURS.items():
        rows = [row for row in table.iter_rows(named=True)
                if row["fact_id"] in labels and _kind(row["variant"]) == kind]  # fmt: skip
        if not rows:
            continue
        traces.append({
            "type": "bar", "orientation": "h", "name": WORDS[kind].capitalize(),
            "y": [labels[row["fact_id"]] for row in rows],
            "x": [row["change"] * share for row in rows],
            "base": [value * share] * len(rows),
            "marker": {"color": colour},
            "customdata": [_hover(row, unit, facts.get(row["fact_id"])) for row in rows],
            "hovertemplate": "<b>%{y}</b><br>%{customdata}<extra></extra>",
        })  # fmt: skip
    line = {"type": "line", "xref": "x", "yref": "paper", "x0": value * share, "x1": value * share,
            "y0": 0, "y1": 1, "line": {"color": INK, "width": 1.5}}  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            max(240, 120 + 30 * len(ids)),
            barmode="overlay",
            bargap=0.3,
            shapes=[line],
            showlegend=True,
            xaxis=axis(title=titled(shown), tickformat=",.3~f"),
            yaxis=axis(type="category", categoryorder="array",
                       categoryarray=[labels[key] for key in ids],
                       autorange="reversed", showgrid=False, tickfont={"size": 12}),
            margin={"l": 10, "r": 16, "t": 16, "b": 48},
        ),
    }  # fmt: skip


def _labels(story: Story, ids: list[str], facts: dict[str, dict[str, object]]) -> dict[str, str]:
    """Names short enough for an axis, kept apart by the fact's own name."""
    out: dict[str, str] = {}
    for key in ids:
        text = fact_words(story, facts.get(key, {}), key)
        text = text if len(text) <= 62 else f"{text[:60]}…"
        out[key] = text if text not in out.values() else f"{text[:30]}… [{key}]"
    return out


def _hover(row: dict[str, object], unit: str, fact: dict[str, object] | None) -> str:
    chosen = f" instead of {fact['value']}" if fact and fact.get("value") else ""
    change, value = float(str(row["change"])), float(str(row["value"]))
    sign = "+" if change > 0 else ""
    return (
        f"{row['input']}{chosen} ({WORDS[_kind(str(row['variant']))]})<br>"
        f"{with_unit(value, unit)}, {sign}{with_unit(change, unit)}"
    )


def caption(story: Story) -> str:
    """Which fact moves the first headline most."""
    assert story.ranges is not None
    first = story.ranges.tables["headlines"].row(0, named=True)
    table = moves(story, first["headline"])
    if table.height == 0:
        return f"No fact moves the headline '{first['label']}'."
    facts = {fact["fact_id"]: fact for fact in story.case.table("facts").iter_rows(named=True)}
    top = table.row(0, named=True)
    mine = table.filter(pl.col("fact_id") == top["fact_id"])
    low = min(mine["value"].min(), first["value"])
    high = max(mine["value"].max(), first["value"])
    return (
        f"{first['label']} moves most with "
        f"{fact_words(story, facts.get(top['fact_id'], {}), top['fact_id'])}: from "
        f"{with_unit(low, first['unit'])} to {with_unit(high, first['unit'])}. "
        f"{plain(table['fact_id'].n_unique())} facts move it at all; one is changed at a time."
    )


def figure(story: Story) -> Spec:
    """The first headline."""
    assert story.ranges is not None
    row = story.ranges.tables["headlines"].row(0, named=True)
    return spec(story, row["headline"], row["unit"], row["value"])


def chart(story: Story) -> Chart | None:
    """The tornado of every headline, or None where no range was computed."""
    if story.ranges is None:
        return None
    heads = story.ranges.tables.get("headlines")
    if heads is None or heads.height == 0 or story.ranges.tables["moves"].height == 0:
        return None
    rows = list(heads.iter_rows(named=True))
    variants = {
        row["headline"]: spec(story, row["headline"], row["unit"], row["value"]) for row in rows
    }
    choices = [(row["headline"], row["label"]) for row in rows]
    alt = "Tornado chart of a headline figure with one fact changed at a time."
    return Chart("tornado", alt, caption(story), variants, [Select("Headline", choices)])
