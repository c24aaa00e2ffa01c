"""One look for all charts: colours told apart by the colour-blind, quiet grids, system fonts."""

from collections.abc import Iterable, Sequence
from typing import Any

INK = "#1d2433"
SOFT = "#5b6475"
LINE = "#dfe3ea"
GROUND = "#ffffff"
QUIET = "#b9c0cc"
GOOD = "#117733"
BAD = "#b3263c"
ACCENT = "#332288"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif"

PALETTE = (
    "#332288", "#44aa99", "#ddb74a", "#cc6677", "#88ccee",
    "#882255", "#117733", "#999933", "#aa4499",
)  # fmt: skip
"""Paul Tol's muted scheme (sand darkened for white paper); safe for all colour blindness."""

OTHER = "#b9bec8"
LOAD_SCALE = (
    (0.0, "#f4f6fb"), (0.25, "#d3dcef"), (0.5, "#9db1dc"),
    (0.75, "#5c72b8"), (0.95, "#37419a"), (1.0, "#241a66"),
)  # fmt: skip
WORTH_SCALE = (
    (0.0, "#fdf6e7"), (0.3, "#f3d798"), (0.6, "#e0a13d"), (0.85, "#b9651c"), (1.0, "#7d3410"),
)  # fmt: skip


def colours_of(keys: Sequence[str]) -> dict[str, str]:
    """Colours by rank: the largest get the palette, the rest are grey."""
    return {key: PALETTE[rank] if rank < len(PALETTE) else OTHER for rank, key in enumerate(keys)}


def scale(steps: Iterable[tuple[float, str]]) -> list[list[Any]]:
    """A colour scale as Plotly wants it."""
    return [[place, colour] for place, colour in steps]


def axis(**changes: Any) -> dict[str, Any]:
    """An axis with a quiet grid."""
    return {
        "gridcolor": LINE,
        "linecolor": QUIET,
        "zerolinecolor": QUIET,
        "tickcolor": QUIET,
        "automargin": True,
        "title": {"standoff": 10, "font": {"size": 12, "color": SOFT}},
        "tickfont": {"size": 12},
        **changes,
    }


def titled(text: str) -> dict[str, Any]:
    """Title of an axis."""
    return {"text": text, "standoff": 10, "font": {"size": 12, "color": SOFT}}


def layout(height: int, **changes: Any) -> dict[str, Any]:
    """The layout that all charts share."""
    return {
        "height": height,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 56, "r": 16, "t": 16, "b": 40},
        "separators": ".\u202f",
        "colorway": list(PALETTE),
        "modebar": {"bgcolor": "rgba(255,255,255,0.8)", "color": QUIET, "activecolor": ACCENT},
        "hoverlabel": {
            "bgcolor": GROUND,
            "bordercolor": QUIET,
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left",
            "y": 1.02, "yanchor": "bottom",
            "traceorder": "normal", "font": {"size": 12},
        },
        "xaxis": axis(),
        "yaxis": axis(),
        **changes,
    }  # fmt: skip


def month_axis(months: Sequence[str], **changes: Any) -> dict[str, Any]:
    """A category axis of months with a tick a quarter (a month when few, a year when many)."""
    step = 1 if len(months) <= 14 else 3 if len(months) <= 60 else 12
    ticks = [month for month in months if (int(month[5:]) - 1) % step == 0] or list(months[:1])
    return axis(
        type="category",
        categoryorder="array",
        categoryarray=list(months),
        tickmode="array",
        tickvals=ticks,
        ticktext=[month_label(month, first=month == ticks[0]) for month in ticks],
        tickangle=0,
        showgrid=False,
        **changes,
    )


_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_label(month: str, first: bool = False) -> str:
    """A tick's text: the month, with the year below in January and at the first tick.

    Examples
    --------
    >>> month_label("2025-01"), month_label("2025-04")
    ('Jan<br><b>2025</b>', 'Apr')
    """
    name = _SHORT[int(month[5:]) - 1]
    return f"{name}<br><b>{month[:4]}</b>" if first or month.endswith("-01") else name


def month_words(month: str) -> str:
    r"""A month in a sentence.

    Examples
    --------
    >>> month_words("2026-10")
    'Oct\xa02026'
    """
    if len(month) != len("2026-10"):
        return month
    return f"{_SHORT[int(month[5:]) - 1]}\u00a0{month[:4]}"
