"""What may be chosen: launches, sites, conversions, shifts, and the rules between them."""

from typing import ClassVar, Literal

from motorworks.case.column import Month, Record, col


class LaunchWindow(Record):
    """An allocation whose start, and maybe end, the plan chooses."""

    TABLE: ClassVar[str] = "launch_windows"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    earliest: Month = col("First month in which production may start")
    latest: Month | None = col("Last such month; blank for no last", default=None)
    optional: bool = col("Whether it may never start", default=False)
    end_earliest: Month | None = col("First month that may be the last", default=None)
    end_latest: Month | None = col("Last month that may be the last", default=None)
    min_run_months: int = col("Least time from start to end", default=0, unit="months", ge=0)
    min_per_month: float | None = col(
        "Least built in a month once started, as far as the ramp allows",
        default=None, unit="vehicles/month", ge=0,
    )  # fmt: skip
    fixed_cost: float = col("Cost of each month it runs", default=0.0, unit="currency/month", ge=0)
    currency: str | None = col("Currency of fixed_cost", default=None, ref="currencies.currency")


class LineRule(Record):
    """Two vehicles that must, or must not, run at a plant together."""

    TABLE: ClassVar[str] = "line_rules"
    rule: str = col("Short name of the rule", key=True)
    plant: str = col("Plant", ref="plants.plant")
    vehicle: str = col("Vehicle", ref="vehicles.vehicle")
    other: str = col("The other vehicle", ref="vehicles.vehicle")
    kind: Literal["apart", "together"] = col("What the rule says")


class SiteWindow(Record):
    """A plant, or a shop of it, that the plan may open or close."""

    TABLE: ClassVar[str] = "site_windows"
    site: str = col("Short name of the choice", key=True)
    plant: str = col("Plant", ref="plants.plant")
    shop: str | None = col("Shop; blank for the whole plant", default=None, ref="shops.shop")
    open_at_start: bool = col("Whether it is there already", default=False)
    optional: bool = col("Whether it may never open", default=True)
    closable: bool = col("Whether it may close", default=False)
    earliest: Month | None = col("First month in which it may open", default=None)
    latest: Month | None = col("Last such month; blank for no last", default=None)
    lead_months: int = col("Months from decision to opening", default=0, unit="months", ge=0)
    capex: float = col("Investment to open it", default=0.0, unit="currency", ge=0)
    fixed_cost: float = col(
        "Cost of each month it is open", default=0.0, unit="currency/month", ge=0
    )
    close_cost: float = col("Cost of closing it", default=0.0, unit="currency", ge=0)
    currency: str | None = col("Currency of its amounts", default=None, ref="currencies.currency")


class Conversion(Record):
    """A standstill of a plant for so many weeks, within a window."""

    TABLE: ClassVar[str] = "conversions"
    conversion: str = col("Short name of the conversion", key=True)
    plant: str = col("Plant that stands still", ref="plants.plant")
    vehicle: str | None = col(
        "Vehicle whose start it must precede", default=None, ref="vehicles.vehicle"
    )
    weeks: float = col("Length, from the first day of a month", unit="weeks", gt=0, le=52)
    earliest: Month | None = col("First month in which it may begin", default=None)
    latest: Month | None = col("Last month in which it may begin", default=None)
    cost: float = col("Cost of it", default=0.0, unit="currency", ge=0)
    currency: str | None = col("Currency of cost", default=None, ref="currencies.currency")


class ShiftOption(Record):
    """A shift pattern that a plant may choose, month by month."""

    TABLE: ClassVar[str] = "shift_options"
    plant: str = col("Plant", key=True, ref="plants.plant")
    pattern: str = col("Shift pattern", key=True, ref="shift_patterns.pattern")


class Workforce(Record):
    """How a plant may change shifts and work extra hours."""

    TABLE: ClassVar[str] = "workforces"
    plant: str = col("Plant", key=True, ref="plants.plant")
    notice_months: int = col(
        "Months before the first change of pattern", default=0, unit="months", ge=0
    )
    min_stay_months: int = col(
        "Least time in a pattern once changed to", default=1, unit="months", ge=1
    )
    head_cost: float = col("Pay of one head", default=0.0, unit="currency/person/month", ge=0)
    hire_cost: float = col("Cost of taking on", default=0.0, unit="currency/person", ge=0)
    release_cost: float = col("Cost of letting go", default=0.0, unit="currency/person", ge=0)
    overtime_hours_max: float = col("Most overtime", default=0.0, unit="h/month", ge=0)
    overtime_cost: float = col("Cost of an hour of overtime", default=0.0, unit="currency/h", ge=0)
    weekend_hours_max: float = col("Most weekend work", default=0.0, unit="h/month", ge=0)
    weekend_cost: float = col("Cost of a weekend hour", default=0.0, unit="currency/h", ge=0)
    account_hours: float = col(
        "Most that the time account may hold or owe", default=0.0, unit="h", ge=0
    )
    currency: str | None = col("Currency of its amounts", default=None, ref="currencies.currency")
