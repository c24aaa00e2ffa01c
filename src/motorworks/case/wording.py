"""Small turns of phrase shared by the messages about bad input."""

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A suggestion to append to a message, or nothing if no name is near.

    Examples
    --------
    >>> did_you_mean("vehicel", ["vehicle", "market"])
    "; did you mean 'vehicle'?"
    >>> did_you_mean("xyz", ["vehicle", "market"])
    ''
    """
    by_lower = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f"; did you mean '{by_lower[near[0]]}'?" if near else ""


def counted(number: int, noun: str) -> str:
    """A number and its noun, with an s where it needs one.

    Examples
    --------
    >>> counted(1, "row"), counted(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def default_text(default: str | float | bool | None) -> str:
    """A default as it would be written in a cell; nothing where the cell stays blank.

    Examples
    --------
    >>> default_text(True), default_text(100.0), default_text(None)
    ('yes', '100', '')
    """
    if default is None:
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"{default:g}" if isinstance(default, float) else str(default)
