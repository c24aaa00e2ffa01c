"""Paint batch limits that no order of a day can keep."""

from collections import Counter
from collections.abc import Iterable, Mapping

from motorworks.case.wording import counted


def never_met(colours: Iterable[str], most: Mapping[str, int]) -> dict[str, str]:
    """Colours with more cars than batches within their limit can hold, and a word on each.

    Batches of a colour are parted by other cars, so that a day with k other cars has k + 1 of them
    at most.

    Parameters
    ----------
    colours
        Colour of each car of the day.
    most
        Most cars in a batch, by colour.

    Examples
    --------
    >>> never_met(["red", "red", "blue", "red"], {"red": 2, "blue": 2})
    {}
    >>> never_met(["red", "red", "blue", "red"], {"red": 1, "blue": 2})["red"]
    'cannot be met: 3 cars of colour red in a day with 1 other car, and so with 2 batches at most'
    """
    cars = Counter(colours)
    found = {}
    for colour, many in cars.items():
        others = cars.total() - many
        if many > most[colour] * (others + 1):
            found[colour] = (
                f"cannot be met: {counted(many, 'car')} of colour {colour} in a day with "
                f"{counted(others, 'other car')}, and so with {others + 1:,} "
                f"{'batches' if others else 'batch'} at most"
            )
    return found
