"""What goes into a car: components, battery cells, parts and who supplies them."""

from typing import ClassVar, Literal

from motorworks.case.column import Month, Record, When, col


class Supplier(Record):
    """A site that delivers parts, components or cells."""

    TABLE: ClassVar[str] = "suppliers"
    supplier: str = col("Short name of the site", key=True)
    name: str = col("Full name")
    organisation: str | None = col("Who runs it", default=None, ref="organisations.organisation")
    country: str = col("Where it stands", ref="countries.country")
    lat: float | None = col("Latitude", default=None, unit="deg", ge=-90, le=90)
    lon: float | None = col("Longitude", default=None, unit="deg", ge=-180, le=180)
    plant: str | None = col(
        "Plant it is a shop of, for parts made in house", default=None, ref="plants.plant"
    )


class Component(Record):
    """A major unit with a capacity of its own: engine, battery pack, casting."""

    TABLE: ClassVar[str] = "components"
    component: str = col("Short name of the component", key=True)
    name: str = col("Full name")
    kind: Literal["engine", "battery_pack", "casting", "motor", "gearbox", "other"] = col("Kind")
    kwh: float | None = col("Energy, for battery packs", default=None, unit="kWh/unit", ge=0)
    holding_cost: float = col(
        "Cost of a unit in store", default=0.0, unit="currency/unit/month", ge=0
    )
    currency: str | None = col("Currency of holding_cost", default=None, ref="currencies.currency")


class ComponentUse(Record):
    """How many of a component a vehicle needs."""

    TABLE: ClassVar[str] = "component_use"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    component: str = col("Component", key=True, ref="components.component")
    quantity: float = col("Units in a car", unit="units/vehicle", gt=0)


class CellSupply(Record):
    """Battery cells that a supplier can deliver."""

    TABLE: ClassVar[str] = "cell_supplies"
    cell_supply: str = col("Short name of the supply", key=True)
    supplier: str = col("Site that makes the cells", ref="suppliers.supplier")
    chemistry: str | None = col("Cell chemistry", default=None)
    gwh_per_year: float = col("Energy a calendar year, spread by month", unit="GWh/year", ge=0)
    start: When | None = col("First day", default=None)
    end: When | None = col("Last day", default=None)


class ComponentSource(Record):
    """A way to get a component to a plant."""

    TABLE: ClassVar[str] = "component_sources"
    source: str = col("Short name of the way", key=True)
    component: str = col("Component", ref="components.component")
    plant: str = col("Plant it is delivered to", ref="plants.plant")
    supplier: str = col("Site it comes from", ref="suppliers.supplier")
    capacity: float | None = col(
        "Most in a month; blank for no limit", default=None, unit="units/month", ge=0
    )
    premium: float = col(
        "Extra cost over what the vehicle's material cost already holds",
        default=0.0, unit="currency/unit", ge=0,
    )  # fmt: skip
    currency: str | None = col(
        "Currency of premium and value", default=None, ref="currencies.currency"
    )
    value: float | None = col(
        "Customs value, for duty and origin", default=None, unit="currency/unit", ge=0
    )
    shop: str | None = col(
        "Shop that makes it, for components made in house", default=None, ref="shops.shop"
    )
    work: float = col(
        "Work of a unit in that shop", default=1.0, unit="standard vehicles/unit", ge=0
    )
    cell_supply: str | None = col(
        "Cells it is made from", default=None, ref="cell_supplies.cell_supply"
    )
    start: When | None = col("First day", default=None)
    end: When | None = col("Last day", default=None)


class OpeningComponent(Record):
    """Components in store at a plant when the plan starts."""

    TABLE: ClassVar[str] = "opening_components"
    component: str = col("Component", key=True, ref="components.component")
    plant: str = col("Plant", key=True, ref="plants.plant")
    units: float = col("Units in store", unit="units", ge=0)


class ComponentNeed(Record):
    """What a component that is made in house needs of another, as an engine its castings."""

    TABLE: ClassVar[str] = "component_needs"
    component: str = col("Component that is made", key=True, ref="components.component")
    needs: str = col("Component it needs", key=True, ref="components.component")
    quantity: float = col("Units in a unit", unit="units/unit", gt=0)


class ComponentSale(Record):
    """Components that others would take from a plant in a month."""

    TABLE: ClassVar[str] = "component_sales"
    component: str = col("Component", key=True, ref="components.component")
    plant: str = col("Plant it leaves", key=True, ref="plants.plant")
    month: Month = col("Month", key=True)
    units: float = col("Units wanted", unit="units", ge=0)
    price: float = col("Price", unit="currency/unit", ge=0)
    unit_cost: float = col(
        "Cost of one beyond the premium of its source", default=0.0, unit="currency/unit", ge=0
    )
    currency: str | None = col("Currency of both", default=None, ref="currencies.currency")


class Part(Record):
    """A bought or made part."""

    TABLE: ClassVar[str] = "parts"
    part: str = col("Part number", key=True)
    name: str = col("Full name")
    group: str | None = col("Part group", default=None)
    mass_kg: float | None = col("Mass", default=None, unit="kg/unit", ge=0)
    value: float | None = col("Value", default=None, unit="currency/unit", ge=0)
    currency: str | None = col("Currency of value", default=None, ref="currencies.currency")
    hs_code: str | None = col("Customs heading", default=None)
    hazard: bool = col("Whether it is dangerous goods", default=False)


class BomLine(Record):
    """Parts that a vehicle, or one of its options, needs."""

    TABLE: ClassVar[str] = "bom"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    option: str | None = col(
        "Option that brings the part; blank for every car",
        key=True, default=None, ref="options.option",
    )  # fmt: skip
    part: str = col("Part", key=True, ref="parts.part")
    quantity: float = col("Units in a car", unit="units/vehicle", gt=0)
    start: When | None = col("First day", default=None)
    end: When | None = col("Last day", default=None)


class PartSource(Record):
    """Who delivers a part to a plant, how fast and under which terms."""

    TABLE: ClassVar[str] = "part_sources"
    part: str = col("Part", key=True, ref="parts.part")
    plant: str = col("Plant", key=True, ref="plants.plant")
    supplier: str = col("Supplier", key=True, ref="suppliers.supplier")
    share_pct: float = col("Share of the need", default=100.0, unit="%", ge=0, le=100)
    lead_days: float | None = col("Lead time at the supplier", default=None, unit="days", ge=0)
    transit_days: float | None = col("Transit", default=None, unit="days", ge=0)
    transit_sd_days: float | None = col("Spread of transit", default=None, unit="days", ge=0)
    mode: Literal["roro", "container", "rail", "truck", "air"] | None = col("Means", default=None)
    incoterm: str | None = col("Incoterm", default=None)
    capacity: float | None = col("Most in a week", default=None, unit="units/week", ge=0)
    moq: float | None = col("Least quantity of a call-off", default=None, unit="units", ge=0)
    pack: float | None = col("Units in a pack", default=None, unit="units", gt=0)
    call_off: Literal["forecast", "JIT", "JIS"] | None = col("Kind of call-off", default=None)
    safety_days: float | None = col("Safety stock", default=None, unit="days", ge=0)
    recover_days: float | None = col("Time to recover (TTR)", default=None, unit="days", ge=0)


class Localisation(Record):
    """A plan to move a part group to a nearer supplier."""

    TABLE: ClassVar[str] = "localisation"
    group: str = col("Part group", key=True)
    plant: str = col("Plant", key=True, ref="plants.plant")
    supplier: str = col("New supplier", key=True, ref="suppliers.supplier")
    planned: When = col("Planned first day")
    probability_pct: float | None = col(
        "Chance that it happens", default=None, unit="%", ge=0, le=100
    )
    tooling_cost: float | None = col("Tooling", default=None, unit="currency", ge=0)
    currency: str | None = col("Currency of tooling_cost", default=None, ref="currencies.currency")
