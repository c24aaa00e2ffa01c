"""A tint for every body colour: the one its name says, else one of a set that tells them apart."""

import colorsys
from collections.abc import Iterable

_NAMED = {
    "white": "#f7f5ee", "silver": "#c9ced4", "grey": "#858c96", "gray": "#858c96",
    "black": "#23262b", "blue": "#2f5fa8", "red": "#b3263c", "green": "#2f7d4f",
    "gold": "#c9a227", "yellow": "#e6c830", "orange": "#d97a27", "brown": "#7a5236",
    "beige": "#d9c7a3", "purple": "#6d3f8f", "pink": "#d98aa6",
}  # fmt: skip
_GOLDEN = 0.618033988749895
_REDS = 0.07
"""Share of the hues at either end that are red."""
_LEVELS = ((0.58, 0.45), (0.42, 0.72), (0.68, 0.60))


def paint_tints(colours: Iterable[str]) -> dict[str, str]:
    """A tint for each colour, all different.

    Examples
    --------
    >>> paint_tints(["pearl-white", "7"])
    {'pearl-white': '#f7f5ee', '7': '#9ab1d6'}
    """
    tints: dict[str, str] = {}
    for number, colour in enumerate(colours):
        words = colour.lower().replace("-", " ").replace("_", " ").split()
        named = next((_NAMED[word] for word in reversed(words) if word in _NAMED), None)
        tints[colour] = named if named and named not in tints.values() else _hue(number)
    return tints


def _hue(number: int) -> str:
    """The n-th of a row of tints; steps of the golden ratio keep neighbours apart.

    Reds are left out: they mark what is broken.
    """
    saturation, value = _LEVELS[number % len(_LEVELS)]
    hue = _REDS + (1.0 - 2.0 * _REDS) * (number * _GOLDEN % 1.0)
    red, green, blue = colorsys.hls_to_rgb(hue, value, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
