"""How far the search for an order has come, for the progress line."""

from motorworks.cli.sequence_tell import number
from motorworks.sequence.progress import Progress


def told(found: Progress) -> str:
    """How far a search has come, in a line.

    Examples
    --------
    >>> values = {"high": 0.0, "colour": 34.0}
    >>> told(Progress(2.5, 5_000_000, 34001.0, 0, values, 32000.0, searched_s=2.0))
    '2.5 M moves/s: mark 34,001 (high 0, colour 34), at least 32,000; 5 M moves'
    """
    values = ", ".join(f"{name} {number(value)}" for name, value in found.values.items())
    hard = f", {found.broken:,} hard rules broken" if found.broken else ""
    # first what changes most: a narrow terminal cuts the end
    return (
        f"{found.moves_a_second / 1e6:,.1f} M moves/s: mark {number(found.mark)} ({values}{hard}), "
        f"at least {number(found.bound)}; {found.moves / 1e6:,.0f} M moves"
    )
