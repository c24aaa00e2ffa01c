"""What is built: platforms, vehicles, options, colours."""

from typing import ClassVar, Literal

from motorworks.case.column import Record, col

Drivetrain = Literal["ICE", "MHEV", "HEV", "PHEV", "BEV"]


class Platform(Record):
    """A shared underbody and its modules."""

    TABLE: ClassVar[str] = "platforms"
    platform: str = col("Short name of the platform", key=True)
    name: str = col("Full name")


class Vehicle(Record):
    """A model with one drivetrain, the unit of the month plan."""

    TABLE: ClassVar[str] = "vehicles"
    vehicle: str = col("Short name of the vehicle", key=True)
    name: str = col("Full name")
    brand: str = col("Badge it carries", ref="brands.brand")
    platform: str = col("Platform it stands on", ref="platforms.platform")
    model: str | None = col("Model it belongs to, where one has several drivetrains", default=None)
    drivetrain: Drivetrain = col("Kind of drive")
    mass_kg: float | None = col("Kerb mass", default=None, unit="kg", gt=0)
    length_mm: float | None = col("Length", default=None, unit="mm", gt=0)
    width_mm: float | None = col("Width", default=None, unit="mm", gt=0)
    ceu: float = col("Car equivalent units on a ship", default=1.0, unit="CEU/vehicle", gt=0)
    battery_kwh: float | None = col("Energy of its battery", default=None, unit="kWh", ge=0)
    stock_value: float = col(
        "Value at which a finished car is carried", unit="currency/vehicle", ge=0
    )
    currency: str = col("Currency of stock_value", ref="currencies.currency")


class WorkContent(Record):
    """Work of a vehicle in a shop, relative to the standard vehicle; 1 where no row stands."""

    TABLE: ClassVar[str] = "work_content"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    shop: str = col("Shop", key=True, ref="shops.shop")
    factor: float = col("Work relative to the standard vehicle", unit="standard vehicles", ge=0)


class Option(Record):
    """An equipment that a customer may choose."""

    TABLE: ClassVar[str] = "options"
    option: str = col("Short name of the option", key=True)
    name: str = col("Full name")
    group: str | None = col("Group of which a car has exactly one", default=None)


class TakeRate(Record):
    """Share of a vehicle's cars in a market that carry an option."""

    TABLE: ClassVar[str] = "take_rates"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    market: str | None = col("Market; blank for all", key=True, default=None, ref="markets.market")
    option: str = col("Option", key=True, ref="options.option")
    share_pct: float = col("Share of cars with it", unit="%", ge=0, le=100)


class OptionRule(Record):
    """A rule between options of a vehicle: needs, excludes, or only for a market."""

    TABLE: ClassVar[str] = "option_rules"
    rule: str = col("Short name of the rule", key=True)
    vehicle: str | None = col("Vehicle; blank for all", default=None, ref="vehicles.vehicle")
    option: str = col("Option the rule speaks of", ref="options.option")
    kind: Literal["needs", "excludes", "only_market", "not_market"] = col("What the rule says")
    other: str | None = col("Option needed or excluded", default=None, ref="options.option")
    market: str | None = col(
        "Market it is only for, or not for", default=None, ref="markets.market"
    )


class Colour(Record):
    """A body colour."""

    TABLE: ClassVar[str] = "colours"
    colour: str = col("Short name of the colour", key=True)
    name: str = col("Full name")
    batch_max: int | None = col(
        "Most cars in a row before the guns are cleaned", default=None, unit="vehicles", ge=1
    )
    change_cost: float | None = col(
        "Cost of changing to it", default=None, unit="currency/change", ge=0
    )
    currency: str | None = col("Currency of change_cost", default=None, ref="currencies.currency")


class ColourMix(Record):
    """Share of a colour among a vehicle's cars."""

    TABLE: ClassVar[str] = "colour_mix"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    colour: str = col("Colour", key=True, ref="colours.colour")
    share_pct: float = col("Share of cars in it", unit="%", ge=0, le=100)
