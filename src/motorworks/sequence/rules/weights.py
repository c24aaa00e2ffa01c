"""What one violation of a rule costs in the search."""

from motorworks.case.line_day import LineDay, Priority

HARD = 1e10
"""Cost of one violation of a hard rule. It is above what a move can change in Renault's marks
(weights up to 1,000,000), and small enough that sums of it keep a hundredth in double precision."""


def cost_of(day: LineDay, priority: Priority, weight: int) -> float:
    """Cost of one violation of a rule of a priority and weight: in the mark, or :data:`HARD`."""
    return HARD if priority == "hard" else float(day.weight(priority) * weight)
