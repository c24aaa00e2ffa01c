"""The outcome of the stage sequence for one day on one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Searched:
    """How an order was found.

    ``stopped`` says why the search ended: ``proven``, ``target``, ``iterations``, ``time`` or
    ``interrupted``. ``moves`` were evaluated, ``accepted`` of them made, in ``seconds``; bounds
    took ``bound_seconds`` beside these.
    """

    seed: int
    threads: int
    moves: int
    accepted: int
    seconds: float
    stopped: str
    engine: str
    version: str
    bound_seconds: float = 0.0


@dataclass(frozen=True)
class Proof:
    """What is known of one objective: its value, and a value below which no order can come.

    ``bound`` holds for any order; ``given_better`` for orders that are as good as this one in all
    objectives of more importance (never below ``bound``). ``how`` says how it was found, in words.
    """

    name: str
    weight: int
    value: float
    bound: float
    given_better: float
    how: str

    @property
    def proven(self) -> bool:
        """Whether no order that is as good in what matters more is better in this."""
        return self.value <= self.given_better + 1e-9


@dataclass(frozen=True)
class SequenceResult:
    """An order of the cars of a day.

    Parameters
    ----------
    order
        Numbers of the cars of the day (0 is the first as given), in their order on the line.
    mark
        Weighted sum of the objectives.
    broken
        Violations of hard rules; 0 in an order that may be built.
    proofs
        One for each objective, in their order.
    searched
        How it was found.
    tables
        ``sequence``, ``violations``, ``batches``, ``sequence_objectives``, ``sequence_progress``;
        declared in :mod:`motorworks.result.sequence_records`.
    settings
        The resolved settings of the stage.
    """

    order: tuple[int, ...]
    mark: float
    broken: int
    proofs: tuple[Proof, ...]
    searched: Searched
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, float]:
        """Value of each objective."""
        return {proof.name: proof.value for proof in self.proofs}

    @property
    def proven(self) -> bool:
        """Whether no order is better: each objective in its turn is at its bound."""
        return all(proof.proven for proof in self.proofs)
