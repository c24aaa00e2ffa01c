"""From a day of cars to flat arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay, Ratio
from motorworks.sequence.classes import Classes
from motorworks.sequence.line import RATIO, Line
from motorworks.sequence.rules.weights import cost_of

Ints = NDArray[np.int32]


def encode(day: LineDay, classes: Classes) -> Line:
    """Turn a day into what the search reads; rules that do not count are left out."""
    ratios = sorted(
        (rule for rule in day.ratios if cost_of(day, rule.priority, rule.weight) > 0),
        key=lambda rule: -cost_of(day, rule.priority, rule.weight),
    )
    traits = [rule.trait for rule in ratios]
    table = _table(day, ratios)
    heaviest = [t for t, w in zip(traits, table["weight"], strict=True) if w == table["weight"][0]]
    colour = np.asarray(day.colour, dtype=np.int32)
    most = day.paint.most if day.paint else [len(day.cars) + 1] * len(day.colours)
    run_most = np.array(most, dtype=np.int32)
    return Line(
        before=day.before,
        first=day.before + day.frozen,
        end=len(day.cars),
        cars=len(day.cars),
        ratio=table,
        saves=float((table["weight"] * table["window"]).sum()),
        rules=bits_of(day.has[classes.example][:, traits]),
        group=_groups(day.has[classes.example][:, heaviest]),
        colour=colour[classes.example],
        run_most=run_most,
        colour_weight=float(day.weight("colour")),
        run_begin=0 if day.paint and day.paint.with_before else day.before,
        limited=bool((np.bincount(colour, minlength=len(run_most)) > run_most).any()),
    )


def _table(day: LineDay, ratios: Sequence[Ratio]) -> NDArray[Any]:
    """The ratio rules as records."""
    table = np.zeros(len(ratios), dtype=RATIO)
    for row, rule in zip(table, ratios, strict=True):
        row["window"] = min(rule.window, len(day.cars) + 1)
        row["most"] = rule.most
        row["once"] = rule.counting == "once"
        row["begin"], row["end"] = first_window(day, rule), last_window(day, rule)
        row["weight"] = cost_of(day, rule.priority, rule.weight)
    saved = table["weight"] * table["window"]
    table["rest"] = np.cumsum(saved[::-1])[::-1] - saved
    return table


def first_window(day: LineDay, rule: Ratio) -> int:
    """Where the first window that counts begins, from the first car of the day before."""
    return max(0, day.before - rule.window + 1) if rule.past_ends else day.before


def last_window(day: LineDay, rule: Ratio) -> int:
    """Where the last window that counts begins; below the first where none counts."""
    return len(day.cars) - (1 if rule.past_ends else rule.window)


def bits_of(flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Pack each row of flags into words of 64 bits, the first flag lowest."""
    rows, bits = flags.shape
    padded = np.zeros((rows, max(1, -(-bits // 64)) * 64), dtype=bool)
    padded[:, :bits] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def flags_of(words: NDArray[np.uint64], count: int) -> NDArray[np.bool_]:
    """Take so many flags of each row out of words again, as :func:`bits_of` put them in.

    Examples
    --------
    >>> flags_of(bits_of(np.array([[True, False, True]])), 3).tolist()
    [[True, False, True]]
    """
    octets = np.ascontiguousarray(words).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little", count=count).astype(np.bool_)


def _groups(flags: NDArray[np.bool_]) -> Ints:
    """Give rows that are alike the same number."""
    if not flags.shape[1]:
        return np.zeros(len(flags), dtype=np.int32)
    return np.unique(flags, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int32)
