"""How cars cross the world: duties, rules of origin, lanes, freight, sailings."""

from typing import ClassVar, Literal

from motorworks.case.column import Day, Month, Record, col


class Tariff(Record):
    """Duty between two customs areas from a day on.

    Rows that name the vehicle's drivetrain go before rows for ``any``. Inside an area no duty is
    due; a pair without a row is unknown, which is an error where a lane needs it.
    """

    TABLE: ClassVar[str] = "tariffs"
    importer: str = col("Customs area that levies it", key=True)
    exporter: str = col("Customs area the car comes from", key=True)
    goods: Literal["any", "ICE", "MHEV", "HEV", "PHEV", "BEV", "parts"] = col(
        "Drivetrain it is levied on, or parts", key=True, default="any"
    )
    start: Day = col("First day of this rate", key=True)
    rate_pct: float = col("Rate on the customs value", unit="%", ge=0)
    regime: str | None = col("Agreement or law behind it", default=None)


class OriginRule(Record):
    """When a car counts as originating under a trade agreement."""

    TABLE: ClassVar[str] = "origin_rules"
    regime: str = col("Agreement", key=True)
    method: Literal["build_up", "build_down", "net_cost"] = col("Way of counting", key=True)
    threshold_pct: float = col("Least regional value", unit="%", ge=0, le=100)
    averaging: Literal["car", "model", "class", "plant"] = col("Over what", default="car")
    note: str | None = col("Article and remarks", default=None)


class Lane(Record):
    """A way from a plant to a market."""

    TABLE: ClassVar[str] = "lanes"
    lane: str = col("Short name of the lane", key=True)
    plant: str = col("Plant it starts from", ref="plants.plant")
    market: str = col("Market it serves", ref="markets.market")
    mode: Literal["roro", "container", "rail", "truck"] = col("Means of transport")
    transit_days: float = col("Door to door, days", unit="days", ge=0, le=365)
    distance_km: float | None = col("Length of the way", default=None, unit="km", ge=0)
    co2_kg_per_ceu: float | None = col("Carbon", default=None, unit="kg/CEU", ge=0)
    min_lot_ceu: float | None = col(
        "Least shipped in a month in which anything is", default=None, unit="CEU/month", ge=0
    )


class LaneRate(Record):
    """Freight on a lane from a month on."""

    TABLE: ClassVar[str] = "lane_rates"
    lane: str = col("Lane", key=True, ref="lanes.lane")
    start: Month = col("First month of this freight", key=True)
    freight: float = col("Freight, port and handling", unit="currency/CEU", ge=0)
    currency: str = col("Currency of freight", ref="currencies.currency")


class Sailing(Record):
    """Space on a lane from a month on; a lane without rows has no limit."""

    TABLE: ClassVar[str] = "sailings"
    lane: str = col("Lane", key=True, ref="lanes.lane")
    start: Month = col("First month of this service", key=True)
    sailings_per_month: float = col("Departures a month", unit="sailings/month", ge=0)
    allotment_ceu: float = col("Space held on each", unit="CEU/sailing", ge=0)


class SpotSpace(Record):
    """Space that can be had on a lane beyond what is held, from a month on."""

    TABLE: ClassVar[str] = "spot_space"
    lane: str = col("Lane", key=True, ref="lanes.lane")
    start: Month = col("First month of this offer", key=True)
    ceu: float = col("Most a month", unit="CEU/month", ge=0)
    premium: float = col("Charge on top of the lane's freight", unit="currency/CEU", ge=0)
    currency: str | None = col("Currency of premium", default=None, ref="currencies.currency")


class Port(Record):
    """A port with room for so many cars; plants and markets name it by its UN/LOCODE."""

    TABLE: ClassVar[str] = "ports"
    port: str = col("UN/LOCODE", key=True)
    name: str = col("Full name")
    slots: float = col("Cars that may stand there", unit="vehicles", ge=0)
    dwell_days: float = col("Usual stay of a car", unit="days", ge=0)


class Preference(Record):
    """Duty on originating cars under a trade agreement, from a day on."""

    TABLE: ClassVar[str] = "preferences"
    regime: str = col("Agreement", key=True)
    importer: str = col("Customs area that levies it", key=True)
    exporter: str = col("Customs area the car comes from", key=True)
    goods: Literal["any", "ICE", "MHEV", "HEV", "PHEV", "BEV"] = col(
        "Drivetrain it is levied on", key=True, default="any"
    )
    start: Day = col("First day of this rate", key=True)
    rate_pct: float = col("Rate on the customs value", unit="%", ge=0)


class RegimeArea(Record):
    """A customs area whose parts count as originating under an agreement."""

    TABLE: ClassVar[str] = "regime_areas"
    regime: str = col("Agreement", key=True)
    area: str = col("Customs area", key=True)


class LocalContent(Record):
    """Originating share of a vehicle's material from a month on, listed parts apart.

    Units from an originating component source with a ``value`` count on top of it.
    """

    TABLE: ClassVar[str] = "local_content"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str = col("Plant", key=True, ref="plants.plant")
    regime: str = col("Agreement", key=True)
    start: Month = col("First month of this share", key=True)
    local_pct: float = col("Share of the material cost", unit="%", ge=0, le=100)
