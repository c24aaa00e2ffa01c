"""The plant drawn with what its servers do: a card for each element, states as coloured bars."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from motorworks.report.numbers import plain
from motorworks.report.simulate_layout import GAP_X, HIGH, LEFT, WIDE, Drawn, Place, Way

STATES = {
    "working": "#4a8f7d", "setup": "#a8a23c", "overload": "#332288", "repair": "#c45a6a",
    "failed": "#7c1d4e", "operators": "#a855a0", "parts": "#8a5a2b", "blocked": "#e0b548",
    "starved": "#a9d3ee",
}  # fmt: skip
"""States of open time in the order drawn, with their colours."""

_WORDS = {
    "working": "working", "setup": "set-up", "overload": "overload", "repair": "repair",
    "failed": "waits for repair", "operators": "waits for people", "parts": "waits for parts",
    "blocked": "blocked", "starved": "starved",
}  # fmt: skip
_INSET, _BAR_Y, _BAR = 7, 30, 12
_MOST_LETTERS, _BEND = 15, 13


@dataclass(frozen=True)
class Gauge:
    """How full a buffer is: mean and 95th percentile of its cars."""

    mean: float
    high: float | None


def draw_states(
    drawn: Drawn,
    states: Mapping[str, Mapping[str, float]],
    gauges: Mapping[str, Gauge],
    bottlenecks: Collection[str] = (),
    key: str = "states",
) -> str:
    """The plant as markup.

    Parameters
    ----------
    drawn
        Where everything stands.
    states
        Per cent of time in each state, by element; breaks and maintenance are left out of bars.
    gauges
        How full buffers are.
    bottlenecks
        Elements to mark.
    key
        Of the drawing, unique on the page.
    """
    cards = [
        _card(place, drawn.at[place.name], _inner(place, states, gauges), place.name in bottlenecks)
        for place in drawn.places
    ]
    used = [
        state for state in STATES if any(row.get(state, 0.0) >= 0.05 for row in states.values())
    ]
    said = f"The plant, {drawn.said}: what each does, and how full each buffer is"
    return f'<div class="plant">{_legend(used)}{frame(drawn, cards, said, key)}</div>'


def frame(drawn: Drawn, cards: Sequence[str], said: str, key: str) -> str:
    """The drawing with bands and ways behind its cards; ``key`` is unique on the page."""
    bands = "".join(
        f'<rect class="band" x="2" y="{band.y - 20}" width="{drawn.width - 4}" '
        f'height="{band.height + 28}" rx="8"/>'
        f'<text class="shop" x="{LEFT}" y="{band.y - 7}">{escape(band.shop)}</text>'
        for band in drawn.bands
    )
    tip = f"tip-{escape(key)}"
    ways = "".join(_way(drawn, way, tip) for way in drawn.ways)
    return (
        f'<div class="scroll-x"><svg class="layout" width="{drawn.width}" height="{drawn.height}" '
        f'viewBox="0 0 {drawn.width} {drawn.height}" role="img" aria-label="{escape(said)}">'
        f'<defs><marker id="{tip}" viewBox="0 0 6 6" refX="5.4" refY="3" markerWidth="6" '
        'markerHeight="6" orient="auto"><path d="M0 .4L6 3L0 5.6z"/></marker></defs>'
        f"{bands}{ways}{''.join(cards)}</svg></div>"
    )


def _legend(used: Sequence[str]) -> str:
    chips = "".join(
        f'<li><i style="background:{STATES[state]}"></i>{_WORDS[state]}</li>' for state in used
    )
    fill = '<li><i class="fill"></i>cars in a buffer, mean (line: 95 % of the time below)</li>'
    return f'<ul class="paints">{chips}{fill}<li><i class="held"></i>bottleneck</li></ul>'


def _card(place: Place, at: tuple[int, int], inner: str, marked: bool) -> str:
    x, y = at
    return card(place, x, y, inner, f"{place.kind}{' held' if marked else ''}")


def card(place: Place, x: int, y: int, inner: str, look: str, letters: int = _MOST_LETTERS) -> str:
    """A card at a place: its name, and what is drawn in it."""
    name = escape(short(place.name, letters))
    return (
        f'<g class="place {look}" transform="translate({x} {y})">'
        f'<rect class="card" width="{WIDE}" height="{HIGH}" rx="{_round(place)}"/>'
        f'<text x="{_INSET}" y="17">{name}</text>{inner}</g>'
    )


def _round(place: Place) -> int:
    return HIGH // 2 if place.kind in ("source", "exit") else 3 if place.kind == "buffer" else 7


def short(name: str, letters: int = _MOST_LETTERS) -> str:
    """A name that fits on a card.

    Examples
    --------
    >>> short("painted-body-store-2")
    'painted-body-s…'
    """
    return name if len(name) <= letters else f"{name[: letters - 1]}…"


def _inner(
    place: Place, states: Mapping[str, Mapping[str, float]], gauges: Mapping[str, Gauge]
) -> str:
    if place.name in states:
        return _bar(place, states[place.name])
    if place.name in gauges:
        return _gauge(place, gauges[place.name])
    return f"<title>{escape(place.name)}</title>"


def _bar(place: Place, states: Mapping[str, float]) -> str:
    """States side by side, each as wide as its share of open time."""
    total = sum(states.get(state, 0.0) for state in STATES) or 1.0
    room = WIDE - 2 * _INSET
    x, parts, lines = float(_INSET), [], [_titled(place)]
    for state, colour in STATES.items():
        share = states.get(state, 0.0) / total
        if share >= 0.0005:
            lines.append(f"{_WORDS[state]} {plain(100.0 * share)} %")
            width = share * room
            parts.append(f'<rect x="{x:.1f}" y="{_BAR_Y}" width="{width:.1f}" height="{_BAR}" '
                         f'fill="{colour}"/>')  # fmt: skip
            x += width
    return f"{''.join(parts)}<title>{escape(chr(10).join(lines))}</title>"


def _titled(place: Place) -> str:
    noun = {"station": "servers", "segment": "slots", "buffer": "places"}.get(place.kind)
    if noun is None or place.room in (None, 1):
        return place.name
    return f"{place.name} ({place.room} {noun})"


def _gauge(place: Place, gauge: Gauge) -> str:
    """A buffer's mean content in its places, and where 95 % of the time lies below."""
    most = place.room or max(1.0, gauge.high or gauge.mean)
    room = WIDE - 2 * _INSET
    width = min(1.0, gauge.mean / most) * room
    line = ""
    if gauge.high is not None:
        x = _INSET + min(1.0, gauge.high / most) * room
        line = f'<path class="high" d="M{x:.1f} {_BAR_Y - 2}v{_BAR + 4}"/>'
    of = "" if place.room is None else f" of {place.room}"
    high = "" if gauge.high is None else f"\n95 % of the time at most {plain(gauge.high)}"
    said = f"{place.name}: {plain(gauge.mean)}{of} cars on average{high}"
    return (
        f'<rect class="rail" x="{_INSET}" y="{_BAR_Y}" width="{room}" height="{_BAR}"/>'
        f'<rect class="fill" x="{_INSET}" y="{_BAR_Y}" width="{width:.1f}" height="{_BAR}"/>'
        f"{line}<title>{escape(said)}</title>"
    )


def _way(drawn: Drawn, way: Way, tip: str) -> str:
    """A line from card to card through the gaps between them."""
    (x1, y1), (x2, y2) = drawn.at[way.origin], drawn.at[way.target]
    start, end = y1 + HIGH // 2, y2 + HIGH // 2
    into = f"H{x2 - _BEND}V{end}H{x2 - 1}"
    if way.kind == "rework" and x1 == x2 and y2 > y1:
        path = f"M{x1 + WIDE // 2} {y1 + HIGH}V{y2 - 1}"
    elif x1 < x2 <= x1 + WIDE + GAP_X:
        path = f"M{x1 + WIDE} {start}{into}"
    else:
        below = any(band.y == y2 for band in drawn.bands)
        between = y2 - (24 if below and y2 != y1 else 8)
        path = f"M{x1 + WIDE} {start}h8V{between}{into}"
    said = escape(f"{way.origin} to {way.target}")
    return (
        f'<path class="way {way.kind}" d="{path}" marker-end="url(#{tip})">'
        f"<title>{said}</title></path>"
    )
