"""Bar charts with ranges, written as SVG text: the same figures give the same file."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP, _BOTTOM = 760, 250, 84, 34, 34, 30
_INK, _SOFT, _LINE, _BAR, _RANGE = "#1d2433", "#5b6475", "#dfe3ea", "#5c72b8", "#b3263c"
_FONT = "font-family='system-ui, Segoe UI, Roboto, sans-serif'"


@dataclass(frozen=True)
class Bar:
    """A bar with its value, and the range of that value where it is known."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


def bars(title: str, unit: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars from zero, with a thin line over the range of each.

    Examples
    --------
    >>> svg = bars("Worth", "M USD", [Bar("at 15 %", 72.8, 21.1, 142.0)])
    >>> svg.startswith("<svg"), "72.8" in svg
    (True, True)
    """
    height = _TOP + _ROW * len(rows) + _BOTTOM
    ends = [0.0]
    for row in rows:
        ends += [end for end in (row.value, row.low, row.high) if end is not None]
    ticks = _ticks(min(ends), max(ends))
    low, high = min(ticks[0], min(ends)), max(ticks[-1], max(ends))
    scale = (_WIDTH - _LEFT - _RIGHT) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return _LEFT + (value - low) * scale

    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {height}' role='img' "
        f"aria-label='{escape(title, quote=True)}' {_FONT} font-size='13'>",
        f"<rect width='{_WIDTH}' height='{height}' fill='#ffffff'/>",
        f"<text x='12' y='20' fill='{_INK}' font-weight='600'>{escape(title)}</text>",
    ]
    parts += [
        f"<line x1='{x(tick):.1f}' x2='{x(tick):.1f}' y1='{_TOP}' y2='{height - _BOTTOM}' "
        f"stroke='{_LINE}'/><text x='{x(tick):.1f}' y='{height - 12}' fill='{_SOFT}' "
        f"font-size='11' text-anchor='middle'>{_said(tick)}</text>"
        for tick in ticks
    ]
    parts.append(
        f"<text x='{_WIDTH - 10}' y='20' fill='{_SOFT}' font-size='11' text-anchor='end'>"
        f"{escape(unit)}</text>"
    )
    for place, row in enumerate(rows):
        middle = _TOP + _ROW * place + _ROW / 2
        left, right = sorted((x(0.0), x(row.value)))
        parts.append(
            f"<text x='{_LEFT - 10}' y='{middle + 4:.1f}' fill='{_INK}' text-anchor='end'>"
            f"{escape(row.label)}</text><rect x='{left:.1f}' y='{middle - 9:.1f}' "
            f"width='{max(right - left, 1.0):.1f}' height='18' fill='{_BAR}' rx='2'/>"
        )
        if row.low is not None and row.high is not None:
            parts.append(_whisker(x(row.low), x(row.high), middle))
        end = max([x(0.0), right, *([x(row.high)] if row.high is not None else [])])
        parts.append(
            f"<text x='{end + 6:.1f}' y='{middle + 4:.1f}' fill='{_INK}' font-weight='600'>"
            f"{_said(row.value)}</text>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _whisker(left: float, right: float, middle: float) -> str:
    ends = "".join(
        f"<line x1='{at:.1f}' x2='{at:.1f}' y1='{middle - 5:.1f}' y2='{middle + 5:.1f}' "
        f"stroke='{_RANGE}' stroke-width='1.5'/>"
        for at in (left, right)
    )
    return (
        f"<line x1='{left:.1f}' x2='{right:.1f}' y1='{middle:.1f}' y2='{middle:.1f}' "
        f"stroke='{_RANGE}' stroke-width='1.5'/>{ends}"
    )


def _ticks(low: float, high: float) -> list[float]:
    """Round values from below ``low`` to above ``high``, five or so."""
    span = (high - low) or 1.0
    step = 10.0 ** len(str(int(span))) / 100.0
    while span / step > 6:
        step *= 2.0 if str(step)[0] in "15" else 2.5
    first = int(low // step)
    return [place * step for place in range(first, int(-(-high // step)) + 1)]


def _said(value: float) -> str:
    digits = 0 if abs(value) >= 100 or value == round(value) else 1
    return f"{value:,.{digits}f}".replace("-", "\u2212")
