"""Organisations, plants, shops, and when they work."""

from typing import ClassVar, Literal

from motorworks.case.column import Day, Record, When, col

ShopKind = Literal[
    "press", "body", "paint", "pbs", "trim", "chassis", "final", "eol", "rework",
    "engine", "foundry", "battery", "line",
]  # fmt: skip


class Organisation(Record):
    """A company, supplier, carrier, utility, university or authority."""

    TABLE: ClassVar[str] = "organisations"
    organisation: str = col("Short name of the organisation", key=True)
    name: str = col("Full name")
    role: Literal[
        "oem", "contract_manufacturer", "supplier", "battery", "carrier",
        "utility", "university", "authority",
    ] = col("What it does in the network")  # fmt: skip
    parent: str | None = col(
        "Organisation that owns most of it", default=None, ref="organisations.organisation"
    )
    share_pct: float | None = col("Share of the parent", default=None, unit="%", ge=0, le=100)


class Brand(Record):
    """A badge under which vehicles are sold."""

    TABLE: ClassVar[str] = "brands"
    brand: str = col("Short name of the brand", key=True)
    name: str = col("Full name")
    organisation: str = col("Who owns the brand", ref="organisations.organisation")


class Country(Record):
    """A country and the customs area to which it belongs."""

    TABLE: ClassVar[str] = "countries"
    country: str = col("ISO 3166 code of two letters", key=True)
    name: str = col("Name in English")
    customs_area: str = col("Customs area; its code where it is a country alone")


class Plant(Record):
    """A site that builds vehicles."""

    TABLE: ClassVar[str] = "plants"
    plant: str = col("Short name of the plant", key=True)
    name: str = col("Full name")
    organisation: str = col("Who runs it", ref="organisations.organisation")
    country: str = col("Where it stands", ref="countries.country")
    lat: float | None = col("Latitude", default=None, unit="deg", ge=-90, le=90)
    lon: float | None = col("Longitude", default=None, unit="deg", ge=-180, le=180)
    nameplate: float | None = col(
        "Most it may build in a calendar year", default=None, unit="vehicles/year", gt=0
    )
    heads: int | None = col("People employed", default=None, unit="people", ge=0)
    models_max: int | None = col("Most models at a time", default=None, unit="models", ge=1)
    platforms_max: int | None = col(
        "Most platforms at a time", default=None, unit="platforms", ge=1
    )
    port: str | None = col("UN/LOCODE of the port it ships from", default=None)
    port_km: float | None = col("Distance to that port", default=None, unit="km", ge=0)
    yard_slots: float | None = col("Cars the yard can hold", default=None, unit="vehicles", ge=0)
    yard_cost: float = col(
        "Cost of a car standing in the yard", default=0.0, unit="currency/vehicle/month", ge=0
    )
    currency: str | None = col("Currency of yard_cost", default=None, ref="currencies.currency")
    stock_age_months: int | None = col(
        "Longest a car may stand at the plant", default=None, unit="months", ge=1
    )


class Shop(Record):
    """A part of a plant with a pace of its own: body, paint, final, or the whole line."""

    TABLE: ClassVar[str] = "shops"
    shop: str = col("Short name of the shop", key=True)
    plant: str = col("Plant it belongs to", ref="plants.plant")
    kind: ShopKind = col("What it does; 'line' stands for the whole line as one")
    mass_max_kg: float | None = col(
        "Heaviest vehicle its hangers carry", default=None, unit="kg", gt=0
    )
    drivetrains: str | None = col(
        "Drivetrains it can build, separated by blanks; blank means all", default=None
    )
    first_pass_pct: float | None = col(
        "Share of cars through without repair", default=None, unit="%", ge=0, le=100
    )
    models_max: int | None = col("Most models at a time", default=None, unit="models", ge=1)
    platforms_max: int | None = col(
        "Most platforms at a time", default=None, unit="platforms", ge=1
    )


class ShopRate(Record):
    """The pace of a shop from a day on."""

    TABLE: ClassVar[str] = "shop_rates"
    shop: str = col("Shop", key=True, ref="shops.shop")
    start: Day = col("First day of this pace", key=True)
    jph: float = col("Jobs per staffed hour, standard vehicle", unit="vehicles/h", gt=0)
    availability_pct: float = col(
        "Share of staffed time the shop runs; 100 where jph is a net rate",
        default=100.0, unit="%", ge=0, le=100,
    )  # fmt: skip


class ShiftPattern(Record):
    """A way to staff a day."""

    TABLE: ClassVar[str] = "shift_patterns"
    pattern: str = col("Short name of the pattern", key=True)
    name: str = col("Full name")
    shifts_per_day: int = col("Shifts a day", unit="shifts/day", ge=0)
    minutes_per_shift: float = col("Net working time of a shift", unit="min/shift", ge=0, le=1440)
    days_per_week: int = col("Working days a week from Monday", default=5, unit="days", ge=1, le=7)
    overtime_max_min: float = col(
        "Most overtime a shift", default=0.0, unit="min/shift", ge=0, le=1440
    )
    heads: int | None = col("People needed", default=None, unit="people", ge=0)
    volume_min: float | None = col(
        "Volume that justifies the pattern", default=None, unit="vehicles/year", ge=0
    )
    cost_per_hour: float | None = col(
        "Cost of a staffed hour", default=None, unit="currency/h", ge=0
    )
    currency: str | None = col("Currency of cost_per_hour", default=None, ref="currencies.currency")


class ShiftCalendar(Record):
    """Which pattern a plant works from a day on."""

    TABLE: ClassVar[str] = "shift_calendar"
    plant: str = col("Plant", key=True, ref="plants.plant")
    start: Day = col("First day of this pattern", key=True)
    pattern: str = col("Shift pattern worked", ref="shift_patterns.pattern")
    overtime_min: float = col(
        "Overtime worked on top, every shift", default=0.0, unit="min/shift", ge=0, le=1440
    )


class Closure(Record):
    """Days on which a plant works less than its pattern says, or more (kind extra).

    Where several rows meet on a day, the smallest ``worked_share`` holds.
    """

    TABLE: ClassVar[str] = "closures"
    closure: str = col("Short name of the closure", key=True)
    plant: str | None = col(
        "Plant; blank for all plants of the country", default=None, ref="plants.plant"
    )
    country: str | None = col(
        "Country; blank where a plant is named", default=None, ref="countries.country"
    )
    start: When = col("First day")
    end: When = col("Last day, included")
    kind: Literal["holiday", "retool", "strike", "shortage", "inventory", "other", "extra"] = col(
        "Why; 'extra' makes days outside the pattern working days"
    )
    worked_share: float = col("Share of a full day still worked", default=0.0, ge=0, le=1)
    note: str | None = col("What happened", default=None)
