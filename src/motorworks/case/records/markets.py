"""Who buys: markets, demand, prices, incentives, currencies."""

from typing import ClassVar, Literal

from motorworks.case.column import Month, Record, col


class Currency(Record):
    """A currency used in the tables."""

    TABLE: ClassVar[str] = "currencies"
    currency: str = col("ISO 4217 code of three letters", key=True)
    name: str = col("Name in English")


class CurrencyRate(Record):
    """What one unit of a currency is worth from a month on."""

    TABLE: ClassVar[str] = "currency_rates"
    currency: str = col("Currency", key=True, ref="currencies.currency")
    start: Month = col("First month of this rate", key=True)
    rate: float = col("Worth of one unit", unit="reporting currency/unit", gt=0)


class Market(Record):
    """A group of customers that is served and priced as one."""

    TABLE: ClassVar[str] = "markets"
    market: str = col("Short name of the market", key=True)
    name: str = col("Full name")
    country: str = col("Country whose duties hold", ref="countries.country")
    lat: float | None = col("Latitude of its port", default=None, unit="deg", ge=-90, le=90)
    lon: float | None = col("Longitude of its port", default=None, unit="deg", ge=-180, le=180)
    port: str | None = col("UN/LOCODE of its port", default=None)
    yard_slots: float | None = col("Cars its yards can hold", default=None, unit="vehicles", ge=0)
    yard_cost: float = col(
        "Cost of a car standing in a yard", default=0.0, unit="currency/vehicle/month", ge=0
    )
    currency: str = col("Currency of yard_cost", ref="currencies.currency")
    stock_age_months: int | None = col(
        "Longest a car may stand in the market", default=None, unit="months", ge=1
    )


class Demand(Record):
    """Cars that customers of a market would take in a month."""

    TABLE: ClassVar[str] = "demand"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    market: str = col("Market", key=True, ref="markets.market")
    month: Month = col("Month", key=True)
    units: float = col("Cars wanted", unit="vehicles", ge=0)


class Price(Record):
    """Price of a vehicle in a market from a month on."""

    TABLE: ClassVar[str] = "prices"
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    market: str = col("Market", key=True, ref="markets.market")
    start: Month = col("First month of this price", key=True)
    price: float = col("List price", unit="currency/vehicle", ge=0)
    currency: str = col("Currency of price", ref="currencies.currency")
    net_share_pct: float = col(
        "Share of the list price left after sales tax, dealer and discounts",
        default=100.0, unit="%", ge=0, le=100,
    )  # fmt: skip
    customs_share_pct: float = col(
        "Share of the net price declared at customs", default=100.0, unit="%", ge=0, le=200
    )


class Incentive(Record):
    """State money for buyers of a drivetrain."""

    TABLE: ClassVar[str] = "incentives"
    market: str = col("Market", key=True, ref="markets.market")
    drivetrain: Literal["ICE", "MHEV", "HEV", "PHEV", "BEV"] = col("Drivetrain", key=True)
    start: Month = col("First month", key=True)
    end: Month | None = col("Last month", default=None)
    amount: float = col("Amount per car", unit="currency/vehicle", ge=0)
    currency: str = col("Currency of amount", ref="currencies.currency")
    rule: str | None = col("Condition in words", default=None)
