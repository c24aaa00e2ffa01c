"""What a plan chooses: launches, sites, shifts, exits, origin, carbon, objectives."""

from typing import ClassVar

from motorworks.case.column import Month, Record, col

_MONEY = "reporting currency"


class LaunchChoice(Record):
    """Start and end of an allocation with a launch window."""

    TABLE: ClassVar[str] = "launches"
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    start: Month | None = col("First month of production; blank: never")
    end: Month | None = col("Last month, where one was chosen")
    decided: Month | None = col("Month of the decision")
    capex: float = col("Investment", unit=_MONEY)
    fixed_cost: float = col("Cost of the months it runs", unit=_MONEY)


class SiteMonth(Record):
    """Whether a site that may open or close is open."""

    TABLE: ClassVar[str] = "sites"
    site: str = col("Site", key=True)
    month: Month = col("Month", key=True)
    up: int = col("1 if open")


class ConversionChoice(Record):
    """When a plant stands still for a conversion."""

    TABLE: ClassVar[str] = "conversions"
    conversion: str = col("Conversion", key=True)
    start: Month | None = col("Month on whose first day it begins; blank: never")
    cost: float = col("Cost", unit=_MONEY)


class ShiftMonth(Record):
    """How a plant with a choice of shifts, or extra hours, works."""

    TABLE: ClassVar[str] = "shifts"
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    pattern: str | None = col("Shift pattern; blank where the plant is closed")
    hours: float = col("Hours of the pattern", unit="h")
    heads: float = col("People", unit="people")
    overtime: float = col("Overtime", unit="h")
    weekend: float = col("Weekend work", unit="h")
    plus: float = col("Hours put into the time account", unit="h")
    minus: float = col("Hours taken from it", unit="h")
    balance: float = col("Time account at the month's end", unit="h")
    hired: float = col("People taken on", unit="people")
    freed: float = col("People let go", unit="people")
    cost: float = col("Labour", unit=_MONEY)


class ExitChoice(Record):
    """Whether an agreement that may be ended early is ended."""

    TABLE: ClassVar[str] = "exits"
    agreement: str = col("Agreement", key=True)
    exit: Month | None = col("First month it no longer covers; blank: kept")
    cost: float = col("Paid for it", unit=_MONEY)


class SpotMonth(Record):
    """Space taken on a lane beyond what is held."""

    TABLE: ClassVar[str] = "spot"
    lane: str = col("Lane", key=True)
    month: Month = col("Month", key=True)
    ceu: float = col("Space taken", unit="CEU")


class ComponentSold(Record):
    """Components sold to others."""

    TABLE: ClassVar[str] = "component_sales"
    component: str = col("Component", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Units sold", unit="units")


class OriginClaim(Record):
    """A group of cars under a rule of origin in a month or year."""

    TABLE: ClassVar[str] = "origin"
    regime: str = col("Agreement", key=True)
    method: str = col("Way of counting", key=True)
    plant: str = col("Plant", key=True)
    group: str = col("Vehicle, drivetrain or 'all'", key=True)
    period: str = col("Month or calendar year", key=True)
    claimed: int = col("1 if origin is claimed")
    content: float = col("Originating value of the cars built", unit=_MONEY)
    needed: float = col("What the rule asks for", unit=_MONEY)


class OriginPart(Record):
    """Originating components counted for a vehicle."""

    TABLE: ClassVar[str] = "origin_parts"
    source: str = col("Component source", key=True)
    regime: str = col("Agreement", key=True)
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Units", unit="units")


class Preferred(Record):
    """Cars shipped under preference."""

    TABLE: ClassVar[str] = "preferred"
    vehicle: str = col("Vehicle", key=True)
    lane: str = col("Lane", key=True)
    regime: str = col("Agreement", key=True)
    month: Month = col("Month of departure", key=True)
    units: float = col("Cars", unit="vehicles")
    saved: float = col("Duty saved", unit=f"{_MONEY}/vehicle")


class CarbonYear(Record):
    """Carbon of a calendar year."""

    TABLE: ClassVar[str] = "carbon"
    year: int = col("Calendar year", key=True)
    part: str = col("materials, plant or lane", key=True)
    tonnes: float = col("Carbon dioxide equivalent", unit="t")


class CarbonGoal(Record):
    """By how much a carbon goal is missed."""

    TABLE: ClassVar[str] = "carbon_goals"
    year: int = col("Calendar year", key=True)
    over: float = col("Above the goal", unit="t")


class PlanChange(Record):
    """A month of the published plan and what became of it."""

    TABLE: ClassVar[str] = "changes"
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    published: float = col("Cars in the published plan", unit="vehicles")
    units: float = col("Cars in this plan", unit="vehicles")


class ObjectiveRank(Record):
    """An objective, its value in this plan and how good it could be."""

    TABLE: ClassVar[str] = "objectives"
    objective: str = col("Objective", key=True)
    rank: int | None = col("Place in the order; blank where it was not optimised")
    value: float = col("Value in this plan", unit="as unit")
    best: float | None = col("Value when it was optimised", unit="as unit")
    bound: float | None = col("Proven limit when it was optimised", unit="as unit")
    unit: str = col("Unit")


class AgreementSide(Record):
    """What an agreement's cars leave to the two parties in a calendar year."""

    TABLE: ClassVar[str] = "agreement_sides"
    agreement: str = col("Agreement", key=True)
    year: int = col("Calendar year", key=True)
    units: float = col("Cars built under it", unit="vehicles")
    fee: float = col("Fee and shortfall paid by the principal", unit=_MONEY)
    maker: float = col("Left to the maker: fee less conversion", unit=_MONEY)
    principal: float = col("Left to the principal: the rest", unit=_MONEY)
    total: float = col("Margin of its cars", unit=_MONEY)


CHOICE_RECORDS: tuple[type[Record], ...] = (
    LaunchChoice, SiteMonth, ConversionChoice, ShiftMonth, ExitChoice, SpotMonth, ComponentSold,
    OriginClaim, OriginPart, Preferred, CarbonYear, CarbonGoal, PlanChange, ObjectiveRank,
    AgreementSide,
)  # fmt: skip
