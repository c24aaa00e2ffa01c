"""Who may build what, from when, under which agreement, and how fast it ramps up."""

from typing import ClassVar, Literal

from motorworks.case.column import Month, Record, When, col


class Allocation(Record):
    """A vehicle that may be built at a plant between two dates."""

    TABLE: ClassVar[str] = "allocations"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    start: When = col("Start of production (SOP)")
    end: When | None = col("End of production (EOP), last day", default=None)
    depth: Literal["full", "CKD", "SKD", "DKD"] = col("How much is done here", default="full")
    plateau_jph: float | None = col(
        "Most of this vehicle an hour once ramped up; blank leaves the shops as limit",
        default=None, unit="vehicles/h", gt=0,
    )  # fmt: skip
    ramp: str | None = col(
        "Launch curve; blank for full rate at once", default=None, ref="ramps.ramp"
    )
    lot_size: int | None = col("Cars in a kit lot", default=None, unit="vehicles", ge=1)
    capex: float | None = col("Investment to build it here", default=None, unit="currency", ge=0)
    currency: str | None = col("Currency of capex", default=None, ref="currencies.currency")
    lead_months: int | None = col(
        "Months from decision to start", default=None, unit="months", ge=0
    )


class Ramp(Record):
    """A launch curve: share of the full rate against weeks since the start of production.

    With ``w`` weeks since the start: *step* is 1; *linear* is ``min(1, w / (2 t50))``; *logistic*
    is ``1 / (1 + exp(-slope (w - t50)))``; *gompertz* is ``exp(-ln 2 exp(-slope (w - t50)))``.
    """

    TABLE: ClassVar[str] = "ramps"
    ramp: str = col("Short name of the curve", key=True)
    curve: Literal["step", "linear", "logistic", "gompertz"] = col("Form of the curve")
    t50_weeks: float = col("Weeks to half the full rate", default=8.0, unit="weeks", gt=0)
    slope_per_week: float = col("Steepness", default=0.4, unit="1/week", gt=0)
    first_pass_start_pct: float | None = col(
        "Share of good cars at the start", default=None, unit="%", ge=0, le=100
    )
    first_pass_end_pct: float | None = col(
        "Share of good cars in the end", default=None, unit="%", ge=0, le=100
    )
    first_pass_tau_weeks: float | None = col(
        "Weeks to close 63 % of that gap", default=None, unit="weeks", gt=0
    )


class VehicleCost(Record):
    """Variable cost of building a vehicle at a plant from a month on."""

    TABLE: ClassVar[str] = "costs"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    start: Month = col("First month of this cost", key=True)
    material_cost: float = col("Parts and materials", unit="currency/vehicle", ge=0)
    conversion_cost: float = col("Labour, energy, consumables", unit="currency/vehicle", ge=0)
    currency: str = col("Currency of both", ref="currencies.currency")


class Agreement(Record):
    """A manufacturing agreement: one party builds a vehicle for another."""

    TABLE: ClassVar[str] = "agreements"
    agreement: str = col("Short name of the agreement", key=True)
    name: str = col("Full name")
    principal: str = col("Who orders", ref="organisations.organisation")
    maker: str = col("Who builds", ref="organisations.organisation")
    vehicle: str = col("Vehicle", ref="vehicles.vehicle")
    plant: str = col("Plant", ref="plants.plant")
    start: When = col("First day")
    end: When | None = col("Last day", default=None)
    status: Literal["firm", "letter_of_intent"] = col("A letter of intent does not bind the plan")
    min_per_year: float | None = col(
        "Least volume of a full calendar year", default=None, unit="vehicles/year", ge=0
    )
    max_per_year: float | None = col(
        "Most volume of a full calendar year", default=None, unit="vehicles/year", ge=0
    )
    take_or_pay_pct: float = col(
        "Share of the minimum owed if not taken", default=100.0, unit="%", ge=0, le=100
    )
    shortfall_cost: float = col(
        "Owed per car below the minimum", default=0.0, unit="currency/vehicle", ge=0
    )
    fee: float | None = col(
        "Paid per car between the parties", default=None, unit="currency/vehicle", ge=0
    )
    currency: str | None = col("Currency of its amounts", default=None, ref="currencies.currency")
    flex_pct: float | None = col("Change allowed at short notice", default=None, unit="%", ge=0)
    freeze_months: int | None = col("Months that are firm", default=None, unit="months", ge=0)
    notice_months: int | None = col("Notice to end it", default=None, unit="months", ge=0)
    exit_cost: float | None = col(
        "Paid to end it early; blank if it cannot be", default=None, unit="currency", ge=0
    )


class FlexBand(Record):
    """How far a firm agreement's month may move from the published plan, by time ahead."""

    TABLE: ClassVar[str] = "flex_bands"
    agreement: str = col("Agreement", key=True, ref="agreements.agreement")
    months_ahead: int = col(
        "From so many months after the first month on", key=True, unit="months", ge=0
    )
    down_pct: float = col("Most below the published figure", unit="%", ge=0, le=100)
    up_pct: float = col("Most above it", unit="%", ge=0)


class Pin(Record):
    """What a planner has fixed: bounds on a vehicle's cars in a month."""

    TABLE: ClassVar[str] = "pins"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    market: str | None = col(
        "Market: bounds what is shipped there; blank: what is built",
        key=True, default=None, ref="markets.market",
    )  # fmt: skip
    month: Month = col("Month", key=True)
    minimum: float | None = col("Least", default=None, unit="vehicles", ge=0)
    maximum: float | None = col("Most", default=None, unit="vehicles", ge=0)
    reason: str = col("Why it is fixed")


class PublishedPlan(Record):
    """The last plan that was given out."""

    TABLE: ClassVar[str] = "published_plan"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    month: Month = col("Month", key=True)
    units: float = col("Cars planned", unit="vehicles", ge=0)


class Actual(Record):
    """What really happened."""

    TABLE: ClassVar[str] = "actuals"
    kind: Literal["built", "shipped", "sold"] = col("What was counted", key=True)
    vehicle: str | None = col(
        "Vehicle; blank for all", key=True, default=None, ref="vehicles.vehicle"
    )
    plant: str | None = col("Plant; blank for all", key=True, default=None, ref="plants.plant")
    market: str | None = col("Market; blank for all", key=True, default=None, ref="markets.market")
    month: Month = col("Month", key=True)
    units: float = col("Cars counted", unit="vehicles", ge=0)


class OpeningStock(Record):
    """Finished cars that stand at a plant or in a market when the plan starts."""

    TABLE: ClassVar[str] = "opening_stock"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str | None = col(
        "Plant where they stand, else blank", key=True, default=None, ref="plants.plant"
    )
    market: str | None = col(
        "Market where they stand, else blank", key=True, default=None, ref="markets.market"
    )
    units: float = col("Cars", unit="vehicles", ge=0)


class InTransit(Record):
    """Cars under way when the plan starts."""

    TABLE: ClassVar[str] = "in_transit"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    lane: str = col("Lane they travel on", key=True, ref="lanes.lane")
    arrives: Month = col("Month of arrival", key=True)
    units: float = col("Cars", unit="vehicles", ge=0)


class OpeningBacklog(Record):
    """Cars promised and not yet delivered when the plan starts."""

    TABLE: ClassVar[str] = "opening_backlog"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    market: str = col("Market", key=True, ref="markets.market")
    units: float = col("Cars owed", unit="vehicles", ge=0)
