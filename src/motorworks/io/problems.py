"""Long lists of problems made short enough to read."""

from collections import Counter
from collections.abc import Sequence

from motorworks.case.parse import LISTED
from motorworks.case.wording import counted
from motorworks.errors import Problem


def in_short(problems: Sequence[Problem], listed: int = LISTED) -> list[Problem]:
    """The first problems of each column of each file; the rest is counted.

    Examples
    --------
    >>> many = [Problem("cars.csv", "must be 0 or 1", row, "roof", "2") for row in (2, 3, 4)]
    >>> for problem in in_short(many, listed=1):
    ...     print(problem)
    cars.csv row 2, roof = '2': must be 0 or 1
    cars.csv, roof: and 2 more problems
    """
    said: Counter[tuple[str, str | None]] = Counter()
    kept = []
    for problem in problems:
        said[problem.file, problem.column] += 1
        if said[problem.file, problem.column] <= listed:
            kept.append(problem)
    for (file, column), many in said.items():
        if many > listed:
            more = f"and {counted(many - listed, 'more problem')}"
            kept.append(Problem(file, more, column=column))
    return kept
