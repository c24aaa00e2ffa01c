"""Settings of the stage sequence."""

from pydantic import BaseModel, ConfigDict, Field


class SequenceParams(BaseModel):
    """What may be tuned in the search for an order.

    With ``iterations`` and no time limit the result depends on the day and the seed alone.

    Examples
    --------
    >>> SequenceParams().seed
    1
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    seed: int = Field(1, ge=0, description="Seed of all random numbers")
    time_limit_s: float | None = Field(None, gt=0, description="Most seconds for the search")
    iterations: int | None = Field(
        None, ge=0, description="Moves to evaluate; 20 million where no time limit is given"
    )
    target: float | None = Field(None, description="Stop at an order with this mark or less")
    threads: int = Field(1, ge=1, le=64, description="Walks side by side, a core each")

    bound_effort: float = Field(
        10.0, ge=0, le=3600, description="Work spent on bounds, about in seconds"
    )
    prove_s: float = Field(
        0.0, ge=0, le=30 * 86_400, description="Most seconds after the search to close what is open"
    )

    @property
    def moves(self) -> int | None:
        """Moves to evaluate; None where time alone ends the search."""
        if self.iterations is None and self.time_limit_s is None:
            return 20_000_000
        return self.iterations
