"""Electricity, gas, contracts and carbon."""

from typing import ClassVar, Literal

from motorworks.case.column import Month, Record, When, col


class Meter(Record):
    """Energy use of a plant: a base load and a part that goes with volume."""

    TABLE: ClassVar[str] = "meters"
    meter: str = col("Short name of the meter", key=True)
    plant: str = col("Plant", ref="plants.plant")
    carrier: Literal["electricity", "gas", "heat"] = col("Energy carrier")
    base_mwh_per_day: float = col("Load on any day", default=0.0, unit="MWh/day", ge=0)
    kwh_per_vehicle: float = col("Load per standard vehicle", default=0.0, unit="kWh/vehicle", ge=0)
    kg_per_mwh: float | None = col(
        "Carbon of the carrier; blank takes the grid factor for electricity, else 0",
        default=None, unit="kg/MWh", ge=0,
    )  # fmt: skip


class PowerContract(Record):
    """A contract for electricity."""

    TABLE: ClassVar[str] = "power_contracts"
    contract: str = col("Short name of the contract", key=True)
    name: str = col("Full name")
    country: str = col("Country of the grid it feeds", ref="countries.country")
    kind: Literal["ppa", "own", "grid", "certificates"] = col("Kind")
    source: Literal["sun", "wind", "hydro", "mix"] = col("Where the power comes from")
    mw: float | None = col("Rated power", default=None, unit="MW", ge=0)
    gwh_per_year: float | None = col("Energy a year", default=None, unit="GWh/year", ge=0)
    start: When | None = col("First day", default=None)
    years: float | None = col("Length", default=None, unit="years", gt=0)
    price: float | None = col("Price", default=None, unit="currency/MWh", ge=0)
    currency: str | None = col("Currency of price", default=None, ref="currencies.currency")


class ContractSite(Record):
    """A plant that a power contract serves."""

    TABLE: ClassVar[str] = "contract_sites"
    contract: str = col("Contract", key=True, ref="power_contracts.contract")
    plant: str = col("Plant", key=True, ref="plants.plant")


class GridFactor(Record):
    """Carbon of grid electricity from a month on."""

    TABLE: ClassVar[str] = "grid_factors"
    country: str = col("Country", key=True, ref="countries.country")
    method: Literal["location", "residual"] = col("Scope 2 method", key=True, default="location")
    start: Month = col("First month of this factor", key=True)
    kg_per_mwh: float = col("Carbon dioxide equivalent", unit="kg/MWh", ge=0)


class Footprint(Record):
    """Carbon of a vehicle from cradle to gate, by where it is built (blank: anywhere)."""

    TABLE: ClassVar[str] = "footprints"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    plant: str | None = col("Plant; blank for any", key=True, default=None, ref="plants.plant")
    kg_co2e: float = col("Carbon dioxide equivalent", unit="kg/vehicle", ge=0)


class CarbonLimit(Record):
    """A cap on, or a goal for, the carbon of a calendar year."""

    TABLE: ClassVar[str] = "carbon_limits"
    year: int = col("Calendar year", key=True, ge=1900, le=9999)
    kind: Literal["cap", "goal"] = col("Whether it may never be passed", key=True)
    tonnes: float = col("Carbon dioxide equivalent", unit="t/year", ge=0)
    excess_cost: float = col("Cost of a tonne above a goal", default=0.0, unit="currency/t", ge=0)
    currency: str | None = col("Currency of excess_cost", default=None, ref="currencies.currency")
