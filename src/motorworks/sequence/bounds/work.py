"""How much work may be spent on bounds, counted so that the same work gives the same bounds."""

from dataclasses import dataclass


@dataclass
class Work:
    """Work that is ``left``, in units near to seconds; what is spent is estimated from sizes.

    Examples
    --------
    >>> work = Work(3.0)
    >>> part = work.part(0.5)
    >>> part.spend(1.0)
    >>> work.left, part.left
    (2.0, 0.5)
    """

    left: float
    whole: "Work | None" = None

    def spend(self, units: float) -> None:
        """Take note of work that is done."""
        self.left -= units
        if self.whole is not None:
            self.whole.spend(units)

    def part(self, share: float) -> "Work":
        """A share of what is left, spent from the whole as well."""
        return Work(max(0.0, self.left) * share, self)
