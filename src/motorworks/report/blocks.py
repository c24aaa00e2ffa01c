"""What a page is made of: sections of cards, charts, tables and notes, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Spec = dict[str, Any]
"""A Plotly figure as plain data: ``data`` and ``layout``."""

Tone = Literal["good", "bad", "calm"]


@dataclass(frozen=True)
class Link:
    """A text that leads to a page elsewhere; only web addresses become links."""

    text: str
    href: str | None

    @property
    def safe(self) -> bool:
        """Whether the address is one of the web, not a script."""
        return bool(self.href) and str(self.href).lower().startswith(("https://", "http://"))


@dataclass(frozen=True)
class Chip:
    """A short word on a coloured ground."""

    text: str
    tone: Tone = "calm"


@dataclass(frozen=True)
class Number:
    """A figure as shown, and the value by which a column sorts."""

    text: str
    value: float


Cell = str | Link | Chip | Number
Row = list[Cell]


@dataclass(frozen=True)
class Column:
    """Head of a table's column."""

    label: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under heads, with a caption; long ones can be searched and sorted."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    search: bool = False
    folded: str = ""
    """Text of the button that unfolds it; empty for a table in plain view."""

    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Select:
    """A choice above a chart: label and options as value and text."""

    label: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Chart:
    """A Plotly figure with what a reader sees in it, and its variants.

    Parameters
    ----------
    key
        Name of the chart, unique on the page.
    alt
        What the chart shows, for those who cannot see it.
    caption
        A sentence computed from the data.
    variants
        Figures by the chosen options' values joined by ``|``; one under ``""`` without selects.
    selects
        The choices, in the order of the key's parts.
    shared
        Traces drawn below every variant's own.
    """

    key: str
    alt: str
    caption: str
    variants: Mapping[str, Spec]
    selects: Sequence[Select] = ()
    shared: Sequence[dict[str, Any]] = ()
    kind: Literal["chart"] = "chart"

    @property
    def first(self) -> str:
        """Key of the figure shown at first."""
        return next(iter(self.variants))

    @property
    def height(self) -> int:
        """Height in pixels of the figure shown at first."""
        return int(self.variants[self.first]["layout"].get("height", 420))


@dataclass(frozen=True)
class Card:
    """A headline figure."""

    label: str
    number: str
    unit: str
    lines: Sequence[str] = ()
    """Further lines: range, change, break-even."""

    tone: Tone = "calm"
    span: tuple[float, float, float] | None = None
    """Low, value and high as shares of the drawn range, for a small bar."""


@dataclass(frozen=True)
class Cards:
    """A row of headline figures."""

    cards: Sequence[Card]
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True)
class Notes:
    """A list of sentences."""

    items: Sequence[str]
    title: str = ""
    kind: Literal["notes"] = "notes"


@dataclass(frozen=True)
class Drawing:
    """A drawing in SVG that needs no script; ``markup`` is put on the page as it is.

    Whoever makes it escapes all names in it.
    """

    markup: str
    caption: str
    folded: str = ""
    """Text of the button that unfolds it; empty for a drawing in plain view."""

    kind: Literal["drawing"] = "drawing"


Block = Chart | Table | Cards | Notes | Drawing


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading and a sentence that says what it shows."""

    key: str
    title: str
    lead: str
    blocks: Sequence[Block] = field(default=())
    short: str = ""
    """Title in the navigation; the full title if empty."""


def single(key: str, alt: str, caption: str, spec: Spec) -> Chart:
    """A chart without choices."""
    return Chart(key, alt, caption, {"": spec})
