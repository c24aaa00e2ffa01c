"""Settings of the stage simulate."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from motorworks.case.complaints import written_as_number

DAY_MIN = 1440.0

EngineChoice = Literal["auto", "events", "recursion", "slots"]


class SimulateParams(BaseModel):
    """What may be tuned in a simulation.

    The result depends on the plant and these alone, whatever the number of workers. Where nothing
    says how long to simulate, it is as long as the plan and calendars of the plant reach.

    Examples
    --------
    >>> SimulateParams(days=5).replications
    20
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    seed: int = Field(1, ge=0, description="Seed of all random numbers")
    replications: int = Field(
        20, ge=1, description="Replications; the fewest where a precision is stated"
    )
    precision_pct: float | None = Field(
        None, gt=0, description="Go on until the interval of cars a day is within ± this share"
    )
    most_replications: int = Field(
        1000, ge=1, description="Most replications where a precision is stated"
    )
    confidence_pct: float = Field(95.0, ge=50, lt=100, description="Confidence of all intervals")
    days: int | None = Field(None, ge=1, description="Days to simulate")
    until_min: float | None = Field(None, gt=0, description="Minutes to simulate")
    until_cars: int | None = Field(None, ge=1, description="Stop when so many cars have left")
    warmup: Literal["mser5"] | float = Field(
        "mser5", description="Minutes cut off at the start, or mser5 to have them found"
    )
    warmup_cars: int = Field(0, ge=0, description="Cut off until so many cars have left")
    pilots: int = Field(5, ge=1, description="Replications from which the warm-up is found")
    sample_min: float = Field(
        10.0, ge=0, description="Minutes between samples of contents; 0 for none"
    )
    order_at: tuple[str, ...] | None = Field(
        None, description="Elements behind which the order is looked at; the ends of shops if blank"
    )
    visits: int = Field(0, ge=0, description="Replications of which every visit is kept")
    workers: int | None = Field(None, ge=1, description="Cores to use; all there are if blank")
    engine: EngineChoice = Field("auto", description="Engine; auto takes the fastest that is exact")

    @field_validator(
        "seed", "replications", "precision_pct", "most_replications", "confidence_pct", "days",
        "until_min", "until_cars", "warmup_cars", "pilots", "sample_min", "visits", "workers",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _is_written_as_a_number(cls, value: object) -> object:
        return written_as_number(value)

    @field_validator("warmup", mode="before")
    @classmethod
    def _is_minutes_or_mser5(cls, value: object) -> object:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (value == "mser5" or (number and float(str(value)) >= 0.0)):
            msg = "must be a number of minutes of at least 0, or mser5"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _says_once_how_long(self) -> "SimulateParams":
        if self.days is not None and self.until_min is not None:
            msg = "days and until_min both say how long to simulate; give one"
            raise ValueError(msg)
        return self
