"""What may be tuned when bodies are given out of a store."""

from pydantic import BaseModel, ConfigDict, Field


class StoreParams(BaseModel):
    """Settings of the search; the defaults suit a few lanes and days of a thousand cars."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = Field(
        60, ge=1, description="States kept of those with as many bodies come and given out"
    )
    look_ahead: int | None = Field(
        None, ge=0, description="Bodies known that are still to come; all where not given"
    )
    strict: bool = Field(
        False, description="The body next in the wanted order goes whenever it can be reached"
    )
