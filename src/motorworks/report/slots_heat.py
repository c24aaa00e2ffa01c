"""Heat-maps of orders and their days: colours, and how full limits are."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from motorworks.report.blocks import Chart, Select, Spec, single
from motorworks.report.numbers import counted, grouped, plain
from motorworks.report.slots_axis import built_orders, day_axis, day_label, labelled_slots
from motorworks.report.theme import LOAD_SCALE, axis, layout, scale
from motorworks.result.slotted import SlottedMonth

Names = Mapping[str, Mapping[str, str]]

_SIGNED = ((0.0, "#b5651d"), (0.5, "#f6f4ee"), (1.0, "#332288"))
_KINDS = {"option": "Options against their quotas", "mix": "Even mix", "part": "Parts",
          "capacity": "Capacity", "ramp": "Ramps"}  # fmt: skip


def colours_chart(key: str, one: SlottedMonth) -> Chart | None:
    """Cars of each colour by day; None where orders have no colour."""
    built = built_orders(one).filter(pl.col("colour").is_not_null())
    if not built.height:
        return None
    slots = labelled_slots(one)
    built = built.join(slots, on=["day", "shift"], how="left", maintain_order="left")
    order = built.group_by("colour").len().sort(["len", "colour"], descending=[True, False])
    keys, labels = order["colour"].to_list(), slots["label"].to_list()
    said = {(c, d): n for c, d, n in built.group_by("colour", "label").len().iter_rows()}
    cars = [[float(said.get((name, label), 0)) for label in labels] for name in keys]
    hover = [
        [f"<b>{name}</b>, {label}<br>{counted(n, 'car')}" for label, n in zip(labels, row,
         strict=True)] for name, row in zip(keys, cars, strict=True)
    ]  # fmt: skip
    spec = _heat(labels, keys, cars, hover, LOAD_SCALE, (0.0, max(map(max, cars))), "Cars")
    spec["data"][0]["texttemplate"] = "%{z}" if len(labels) <= 31 else ""
    days = sum(n > 0 for row in cars for n in row)
    caption = (
        f"Cars of each colour by day: {plain(days / max(len(labels), 1))} of "
        f"{counted(len(keys), 'colour')} on an average day."
    )
    limits = one.result.tables["slot_limits"].filter(pl.col("kind") == "batch")
    if limits.height:
        lacking = counted(float(limits["missed"].sum()), "car")
        caption += f" To be whole, the paint batches of all days lack {lacking}."
    return single(key, "Cars of each colour by day, as a heat-map", caption, spec)


def _heat(
    labels: Sequence[str], rows: Sequence[str], z: Sequence[Sequence[float | None]],
    hover: Sequence[Sequence[str]], steps: Sequence[tuple[float, str]],
    ends: tuple[float, float], title: str,
) -> Spec:  # fmt: skip
    trace: dict[str, Any] = {
        "type": "heatmap", "x": list(labels), "y": list(rows), "z": [list(row) for row in z],
        "text": [list(row) for row in hover], "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": False, "colorscale": scale(steps), "zmin": ends[0], "zmax": ends[1],
        "xgap": 1.5, "ygap": 3, "textfont": {"size": 10},
        "colorbar": {"title": {"text": title, "side": "right", "font": {"size": 12}},
                     "thickness": 10, "outlinewidth": 0},
    }  # fmt: skip
    return {
        "data": [trace],
        "layout": layout(
            max(190, 110 + 26 * len(rows)),
            xaxis=day_axis(labels),
            yaxis=axis(autorange="reversed", showgrid=False, ticks="", type="category"),
            margin={"l": 10, "r": 10, "t": 10, "b": 70},
        ),
    }


def limits_chart(key: str, one: SlottedMonth, names: Names) -> Chart | None:
    """Load of limits by day; of the mix, cars too few or too many. None where none covers a day."""
    table = one.result.tables["slot_limits"]
    shown = [kind for kind in _KINDS if kind in set(table["kind"])]
    if not shown:
        return None
    labels = labelled_slots(one)["label"].to_list()
    variants = {kind: _limit_heat(table, kind, labels, names) for kind in shown}
    option = table.filter(pl.col("kind") == "option")
    over = int((option["missed"] > 0.0).sum())
    caption = (
        "No quota of an option is exceeded."
        if not over
        else (
            f"{counted(over, 'quota')} of {grouped(option.height)} are exceeded, by "
            f"{counted(float(option['missed'].sum()), 'car')} in all; such days break their ratios."
        )
    )
    if not option.height:
        caption = "No rule of the sequence gives quotas of options."
    if len(shown) == 1:
        return single(key, "Limits by day, as a heat-map", caption, variants[shown[0]])
    selects = [Select("Limits", [(kind, _KINDS[kind]) for kind in shown])]
    return Chart(key, "Limits by day, as a heat-map", caption, variants, selects)


def _limit_heat(table: pl.DataFrame, kind: str, labels: Sequence[str], names: Names) -> Spec:
    own = table.filter(pl.col("kind") == kind)
    value = _off if kind == "mix" else _load
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for row in own.iter_rows(named=True):
        cells[_row_name(row, names), day_label(row["last"], row["shift"])] = row
    totals: dict[str, float] = {}
    for (name, _), row in cells.items():
        totals[name] = totals.get(name, 0.0) + abs(value(row) or 0.0)
    keys = sorted(totals, key=lambda name: (-totals[name], name))
    found = [[cells.get((name, label)) for label in labels] for name in keys]
    z = [[None if row is None else value(row) for row in line] for line in found]
    hover = [["" if row is None else _hover(row, names) for row in line] for line in found]
    if kind == "mix":
        far = max((abs(n) for line in z for n in line if n is not None), default=0.0)
        return _heat(labels, keys, z, hover, _SIGNED, (-max(far, 1.0), max(far, 1.0)), "Cars off")
    return _heat(labels, keys, z, hover, LOAD_SCALE, (0.0, 100.0), "Used, %")


def _row_name(row: Mapping[str, Any], names: Names) -> str:
    for noun in ("component", "vehicle", "market", "shop"):
        if row["limit"] in names.get(noun, {}):
            return names[noun][row["limit"]]
    return str(row["limit"])


def _load(row: Mapping[str, Any]) -> float | None:
    most, used = row["most"], float(row["used"])
    if not most:
        return 100.0 if used else None
    return float(round(100.0 * used / most, 1))


def _off(row: Mapping[str, Any]) -> float | None:
    return float(row["missed"] if row["used"] > row["least"] else -row["missed"])


def _hover(row: Mapping[str, Any], names: Names) -> str:
    head = f"<b>{_row_name(row, names)}</b>, {day_label(row['last'], row['shift'])}"
    if row["kind"] == "mix":
        return f"{head}<br>{plain(row['used'])} of {plain(row['least'])} to {plain(row['most'])}"
    told = f"{plain(row['used'])} of {plain(row['most'] or 0.0)}"
    over = f", {plain(row['missed'])} too many" if row["missed"] else ""
    return f"{head}<br>{told}{over}"
