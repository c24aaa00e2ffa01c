"""What a plan decides: one record class per result table, declared like the input tables."""

from typing import ClassVar

from motorworks.case.column import Month, Record, col
from motorworks.result.choice_records import CHOICE_RECORDS


class Production(Record):
    """Cars built."""

    TABLE: ClassVar[str] = "production"
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Cars built", unit="vehicles")
    limit: float | None = col("Most the launch allows; blank for no limit", unit="vehicles")


class PlantStock(Record):
    """Finished cars at the plant at the month's end."""

    TABLE: ClassVar[str] = "plant_stock"
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Cars in stock", unit="vehicles")


class Shipment(Record):
    """Cars leaving a plant on a lane, with what one of them earns and costs."""

    TABLE: ClassVar[str] = "shipments"
    vehicle: str = col("Vehicle", key=True)
    lane: str = col("Lane", key=True)
    month: Month = col("Month of departure", key=True)
    units: float = col("Cars shipped", unit="vehicles")
    plant: str = col("Plant it leaves")
    market: str = col("Market it goes to")


class MarketMonth(Record):
    """Demand of a vehicle in a market, and what became of it."""

    TABLE: ClassVar[str] = "market"
    vehicle: str = col("Vehicle", key=True)
    market: str = col("Market", key=True)
    month: Month = col("Month", key=True)
    demand: float = col("Cars wanted", unit="vehicles")
    sold: float = col("Cars sold", unit="vehicles")
    late: float = col("Cars owed at the month's end", unit="vehicles")
    lost: float = col("Sales lost", unit="vehicles")
    stock: float = col("Cars in stock at the month's end", unit="vehicles")


class ComponentSupply(Record):
    """Components received by source."""

    TABLE: ClassVar[str] = "components"
    source: str = col("Component source", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Units received", unit="units")


class ComponentStock(Record):
    """Components in store at the month's end."""

    TABLE: ClassVar[str] = "component_stock"
    component: str = col("Component", key=True)
    plant: str = col("Plant", key=True)
    month: Month = col("Month", key=True)
    units: float = col("Units in store", unit="units")


class AgreementYear(Record):
    """A firm agreement in a calendar year."""

    TABLE: ClassVar[str] = "agreements"
    agreement: str = col("Agreement", key=True)
    year: int = col("Calendar year", key=True)
    units: float = col("Cars built under it", unit="vehicles")
    minimum: float | None = col("Least owed in the year", unit="vehicles")
    maximum: float | None = col("Most allowed in the year", unit="vehicles")
    shortfall: float = col("Cars below the minimum", unit="vehicles")


class EndValue(Record):
    """Cars unsold or at sea at the end that keep a value."""

    TABLE: ClassVar[str] = "end_value"
    vehicle: str = col("Vehicle", key=True)
    market: str = col("Market", key=True)
    units: float = col("Cars", unit="vehicles")


class ObjectivePart(Record):
    """A part of the margin, money in positive, and their sum as ``margin``."""

    TABLE: ClassVar[str] = "objective"
    part: str = col("Part of the margin", key=True)
    amount: float = col("Amount", unit="reporting currency")


class ShopMonth(Record):
    """Load of a shop, and what one more slot would earn."""

    TABLE: ClassVar[str] = "capacity"
    shop: str = col("Shop", key=True)
    plant: str = col("Plant")
    month: Month = col("Month", key=True)
    hours: float = col("Staffed hours", unit="h")
    capacity: float = col("Standard vehicles it can build", unit="standard vehicles")
    used: float = col("Standard vehicles built", unit="standard vehicles")


class Marginal(Record):
    """What one more unit of something that is tight would add to the margin."""

    TABLE: ClassVar[str] = "marginals"
    family: str = col("Constraint family", key=True)
    what: str = col("What is tight: shop, lane, source, agreement, ...", key=True)
    month: str = col("Month or year; blank for the whole horizon", key=True)
    limit: float = col("The limit that holds", unit="as unit")
    value: float = col("Margin per unit more", unit="reporting currency/unit")
    unit: str = col("Unit of the limit")
    until: float | None = col("Limit up to which that worth holds; blank: no end", unit="as unit")


class Landed(Record):
    """What a car earns and costs on its way from factory to market, per car."""

    TABLE: ClassVar[str] = "landed"
    vehicle: str = col("Vehicle", key=True)
    lane: str = col("Lane", key=True)
    month: Month = col("Month of departure", key=True)
    plant: str = col("Plant it leaves")
    market: str = col("Market it goes to")
    units: float = col("Cars shipped", unit="vehicles")
    net_price: float = col("Net price in the month of arrival", unit="reporting currency/vehicle")
    material: float = col("Parts and materials", unit="reporting currency/vehicle")
    conversion: float = col("Labour, energy, consumables", unit="reporting currency/vehicle")
    freight: float = col("Freight, port and handling", unit="reporting currency/vehicle")
    duty: float = col("Duty", unit="reporting currency/vehicle")
    transit_capital: float = col("Capital bound on the way", unit="reporting currency/vehicle")
    margin: float = col("Net price less all of these", unit="reporting currency/vehicle")


RESULT_RECORDS: tuple[type[Record], ...] = (
    Production, PlantStock, Shipment, MarketMonth, ComponentSupply, ComponentStock,
    AgreementYear, EndValue, ObjectivePart, ShopMonth, Marginal, Landed,
    *CHOICE_RECORDS,
)  # fmt: skip

RESULT_TABLES: dict[str, type[Record]] = {record.TABLE: record for record in RESULT_RECORDS}
