"""The order of one day as a page of its own."""

from motorworks.case.line_day import LineDay
from motorworks.report import shell
from motorworks.report.blocks import Chip
from motorworks.report.numbers import counted, plain
from motorworks.report.sequence import NAMES, day_sections
from motorworks.result.sequence import SequenceResult


def render_sequence_page(day: LineDay, result: SequenceResult, *, title: str = "") -> str:
    """Write the order of a day as one HTML page that opens offline.

    Parameters
    ----------
    day
        The day.
    result
        Its order, with its tables.
    title
        Heading; the name of the day if not given.

    Returns
    -------
    str
        The page; it makes no request when opened.
    """
    subtitle = (
        f"{counted(day.count, 'car')} in their order, after {counted(day.before, 'car')} of the "
        f"day before; mark {plain(result.mark)}"
    )
    return shell.render(
        title or day.name, "Motorworks sequence", subtitle, sequence_chips(result),
        day_sections(day, result),
    )  # fmt: skip


def sequence_chips(result: SequenceResult) -> list[Chip]:
    """State of an order in a few words."""
    chips = []
    if result.broken:
        chips.append(Chip(f"{counted(result.broken, 'violation')} of hard rules", "bad"))
    for proof in result.proofs:
        name = NAMES.get(proof.name, proof.name)
        word = " (proven)" if proof.proven else ""
        chips.append(Chip(f"{plain(proof.value)} {name}{word}", "good" if proof.proven else "calm"))
    return chips
