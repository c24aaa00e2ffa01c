"""Progress of a search as a falling line: best mark over moves evaluated."""

import math

import polars as pl

from motorworks.report.blocks import Drawing
from motorworks.report.numbers import grouped, plain

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 1000, 170, 8, 14, 24


def draw_walk(progress: pl.DataFrame) -> Drawing:
    """Draw the best mark so far over the moves evaluated, both from the first order found on.

    Moves are drawn by their logarithm: most is gained at the beginning.

    Parameters
    ----------
    progress
        The table ``sequence_progress``, two rows or more.
    """
    table = progress.sort("moves")
    moves, marks = table["moves"].to_list(), table["mark"].to_list()
    last = max(moves[-1], 10)
    low, high = min(marks), max(max(marks), min(marks) + 1e-9)
    # the first orders are drawn from ten moves on, where logarithms are tame
    x = [_LEFT + (_WIDTH - 2 * _LEFT) * _log(count) / _log(last) for count in moves]
    floor = _HEIGHT - _BOTTOM
    y = [floor - (floor - _TOP) * (mark - low) / (high - low) for mark in marks]
    steps = f"M{x[0]:.1f} {y[0]:.1f}"
    steps += "".join(f"H{right:.1f}V{down:.1f}" for right, down in zip(x[1:], y[1:], strict=True))
    powers = [10**power for power in range(1, int(math.log10(last)) + 1)]
    ticks = "".join(
        f'<path class="hair" d="M{at:.1f} {_TOP}V{floor}"/>'
        f'<text x="{max(at, 20):.1f}" y="{_HEIGHT - 8}">{grouped(count)}</text>'
        for count in powers
        for at in [_LEFT + (_WIDTH - 2 * _LEFT) * _log(count) / _log(last)]
    )
    markup = (
        f'<div class="strip"><svg class="walk" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="Best mark over moves evaluated">{ticks}<path class="path" d="{steps}"/>'
        "</svg></div>"
    )
    caption = (
        f"Best mark over moves evaluated (moves by their logarithm): from {plain(marks[0])} to "
        f"{plain(marks[-1])} in {grouped(len(marks) - 1)} steps."
    )
    return Drawing(markup, caption)


def _log(moves: float) -> float:
    return math.log10(max(moves, 10.0)) - 1.0 + 1e-9
