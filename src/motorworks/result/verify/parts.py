"""Sums of money with the size of what they are made of."""

import numpy as np

from motorworks.result.verify.findings import Array


class Part:
    """A running sum, with the sum of the amounts' sizes beside it."""

    def __init__(self) -> None:
        self.amount = 0.0
        self.gross = 0.0

    def add(self, amount: Array | float) -> None:
        """Add an amount, or each of an array."""
        self.amount += float(np.sum(amount))
        self.gross += float(np.sum(np.abs(amount)))
