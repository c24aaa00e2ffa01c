"""How far the search for an order has come, for the progress line."""

from motorworks.cli.sequence_tell import number
from motorworks.sequence.progress import Progress


def told(found: Progress) -> str:
    """How far a search has come, in a line.

    Examples
    --------
    >>> values = {"high": 0.0, "colour": 34.0}
    >>> told(Progress(2.5, 5_000_000, 34001.0, 0, values, 32000.0, searched_s=2.0))
    'mark 34,001 (high 0, colour 34), at least 32,000; 5 million moves, 2.5 million a second'
    """
    values = ", ".join(f"{name} {number(value)}" for name, value in found.values.items())
    hard = f", {found.broken:,} hard rules broken" if found.broken else ""
    pace = found.moves_a_second / 1e6
    return (
        f"mark {number(found.mark)} ({values}{hard}), at least {number(found.bound)}; "
        f"{found.moves / 1e6:,.0f} million moves, {pace:,.1f} million a second"
    )
