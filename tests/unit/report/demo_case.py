"""A case of four plants on three continents, with everything a report can tell of."""

import itertools

import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo
from motorworks.case.records import evidence, markets, products, programme, sites, supply, trade
from motorworks.result.ranges import BreakEven, Headline, Move, Ranges

HOSTILE = "Zoë <script>alert(1)</script> & 'Co'"

PLANTS = (
    ("busan", "Busan", "maker", "KR", 35.1, 128.9, 45.0, 300_000.0),
    ("hangzhou", "Hangzhou", "owner", "CN", 30.2, 120.2, 30.0, None),
    ("charleston", "Charleston", "owner", "US", 32.9, -80.0, 25.0, 90_000.0),
    ("douai", "Douai", "maker", "FR", 50.4, 3.1, 20.0, None),
)
VEHICLES = (
    ("arkana", "Arkana", "marque", "HEV", 21_000.0),
    ("koleos", "Grand Koleos", "marque", "HEV", 27_000.0),
    ("qm6", "QM6", "marque", "ICE", 20_000.0),
    ("star4", "Star 4", "star", "BEV", 42_000.0),
    ("star3", "Star 3", "star", "BEV", 55_000.0),
    ("zoe", HOSTILE, "marque", "BEV", 24_000.0),
)
MARKETS = (
    ("kr", "Korea", "KR", 37.5, 126.6, 0.2, 9_500.0),
    ("us", "United States", "US", 40.7, -74.0, 1.0, 9_000.0),
    ("ca", "Canada", "CA", 49.3, -123.1, 1.0, 1_800.0),
    ("cn", "China", "CN", 31.2, 121.5, 1.0, 1_400.0),
    ("fr", "France", "FR", 49.5, 0.1, 1.0, 4_200.0),
    ("de", "Germany", "DE", 53.5, 8.6, 1.0, 3_600.0),
    ("gb", "United Kingdom", "GB", 50.9, -1.4, 1.0, 2_100.0),
    ("row", "Rest of the world", "AU", -33.9, 151.2, 1.0, 900.0),
)
SHARES = {
    "arkana": 0.34, "koleos": 0.26, "qm6": 0.16, "star4": 0.10, "star3": 0.06, "zoe": 0.08,
}  # fmt: skip
BUILT = (
    ("arkana", "busan", "2023-01", None, None),
    ("koleos", "busan", "2024-Q3", None, "slow"),
    ("qm6", "busan", "2023-01", "2025-06", None),
    ("star4", "busan", "2025-H2", None, "slow"),
    ("star4", "hangzhou", "2023-06", None, None),
    ("star3", "charleston", "2024-08", None, "slow"),
    ("zoe", "douai", "2023-01", "2026-03", None),
)


def _sites() -> list[Record]:
    rows: list[Record] = [
        sites.Organisation(organisation="owner", name="Star Cars", role="oem"),
        sites.Organisation(organisation="maker", name="Marque Korea", role="contract_manufacturer"),
        sites.Brand(brand="marque", name="Marque", organisation="maker"),
        sites.Brand(brand="star", name="Star", organisation="owner"),
        products.Platform(platform="one", name="One"),
        sites.ShiftPattern(pattern="two", name="two shifts", shifts_per_day=2,
                           minutes_per_shift=465.0),
        programme.Ramp(ramp="slow", curve="logistic", t50_weeks=9.0, slope_per_week=0.35),
        markets.Currency(currency="USD", name="US dollar"),
        sites.Closure(closure="retool", plant="busan", start="2024-12-30", end="2025-02-02",
                      kind="retool", note="Conversion to electric cars"),
        sites.Closure(closure="summer", country="FR", start="2025-07-28", end="2025-08-31",
                      kind="holiday"),
        sites.Closure(closure="strike", plant="busan", start="2025-09-08", end="2025-09-19",
                      kind="strike", worked_share=0.5),
    ]  # fmt: skip
    for country in ("KR", "CN", "US", "CA", "FR", "DE", "GB", "AU"):
        area = "EU" if country in ("FR", "DE") else country
        rows.append(sites.Country(country=country, name=country, customs_area=area))
    for plant, name, who, country, lat, lon, jph, nameplate in PLANTS:
        rows += [
            sites.Plant(plant=plant, name=name, organisation=who, country=country, lat=lat,
                        lon=lon, nameplate=nameplate, yard_cost=20.0, currency="USD"),
            sites.Shop(shop=f"{plant}-line", plant=plant, kind="line"),
            sites.ShopRate(shop=f"{plant}-line", start="2020-01-01", jph=jph),
            sites.ShiftCalendar(plant=plant, start="2020-01-01", pattern="two"),
        ]  # fmt: skip
    rows += [
        sites.Shop(shop="busan-body", plant="busan", kind="body"),
        sites.ShopRate(shop="busan-body", start="2020-01-01", jph=50.0, availability_pct=96.0),
        sites.ShiftCalendar(plant="hangzhou", start="2026-10-01", pattern="none"),
        sites.ShiftPattern(pattern="none", name="no shift", shifts_per_day=0,
                           minutes_per_shift=0.0),
    ]  # fmt: skip
    return rows


def _trade() -> list[Record]:
    rows: list[Record] = []
    areas = ("KR", "CN", "US", "CA", "EU", "GB", "AU")
    for importer, exporter in itertools.permutations(areas, 2):
        rate = 100.0 if (importer, exporter) == ("US", "CN") else 8.0
        rows.append(trade.Tariff(importer=importer, exporter=exporter, start="2020-01-01",
                                 rate_pct=rate))  # fmt: skip
    rows.append(trade.Tariff(importer="US", exporter="KR", start="2025-04-03", rate_pct=25.0))
    for plant, market in itertools.product(PLANTS, MARKETS):
        if (plant[0], market[0]) == ("douai", "kr"):
            continue
        near = plant[3] == market[2] or {plant[3], market[2]} <= {"FR", "DE", "GB"}
        lane = f"{plant[0]}-{market[0]}"
        rows += [
            trade.Lane(lane=lane, plant=plant[0], market=market[0],
                       mode="truck" if near else "roro", transit_days=4.0 if near else 38.0),
            trade.LaneRate(lane=lane, start="2020-01", freight=250.0 if near else 1_400.0,
                           currency="USD"),
        ]  # fmt: skip
    rows.append(trade.Sailing(lane="busan-us", start="2024-01", sailings_per_month=3.0,
                              allotment_ceu=900.0))  # fmt: skip
    return rows


def _products(months: tuple[str, ...]) -> list[Record]:
    rows: list[Record] = []
    for market, name, country, lat, lon, _, size in MARKETS:
        rows.append(markets.Market(market=market, name=name, country=country, lat=lat, lon=lon,
                                   yard_cost=30.0, currency="USD"))  # fmt: skip
        for vehicle, share in SHARES.items():
            net = next(row[4] for row in VEHICLES if row[0] == vehicle) * 1.22
            rows.append(markets.Price(vehicle=vehicle, market=market, start="2020-01",
                                      price=net / 0.7, net_share_pct=70.0,
                                      currency="USD"))  # fmt: skip
            for place, month in enumerate(months):
                season = 1 + 0.18 * ((place * 5) % 7 - 3) / 3
                rows.append(markets.Demand(vehicle=vehicle, market=market, month=month,
                                           units=round(size * share * season)))  # fmt: skip
    for vehicle, name, brand, drive, cost in VEHICLES:
        rows.append(products.Vehicle(vehicle=vehicle, name=name, brand=brand, platform="one",
                                     drivetrain=drive, stock_value=cost, currency="USD",
                                     ceu=1.1))  # fmt: skip
    for vehicle, plant, start, end, ramp in BUILT:
        cost = next(row[4] for row in VEHICLES if row[0] == vehicle)
        rows += [
            programme.Allocation(vehicle=vehicle, plant=plant, start=start, end=end, ramp=ramp,
                                 plateau_jph=8.0 if vehicle == "star4" else None),
            programme.VehicleCost(vehicle=vehicle, plant=plant, start="2020-01",
                                  material_cost=cost * 0.82, conversion_cost=cost * 0.09,
                                  currency="USD"),
        ]  # fmt: skip
    return rows


def _agreements() -> list[Record]:
    def agreement(key: str, name: str, status: str, least: float) -> Record:
        return programme.Agreement(
            agreement=key, name=name, principal="owner", maker="maker", vehicle="star4",
            plant="busan", start="2025-07-01", end="2029-12-31", status=status,
            min_per_year=least, max_per_year=14_000.0, shortfall_cost=900.0, currency="USD",
        )  # fmt: skip

    return [
        agreement("star4-busan", "Star 4 at Busan", "firm", 13_500.0),
        agreement("star5-busan", "Star 5 at Busan", "letter_of_intent", 5_000.0),
        supply.Supplier(supplier="cells", name="Cell maker", country="KR"),
        supply.Component(component="pack", name="Battery pack 100 kWh", kind="battery_pack",
                         kwh=100.0),
        supply.ComponentUse(vehicle="star4", component="pack", quantity=1.0),
        supply.ComponentSource(source="pack-kr", component="pack", plant="busan",
                               supplier="cells", capacity=1_050.0),
    ]  # fmt: skip


def _facts() -> list[Record]:
    rows: list[Record] = [
        evidence.Source(source_id="paper", title="A newspaper <b>", url="https://example.org/a"),
        evidence.Source(source_id="odd", title="An odd address", url="javascript:alert(1)"),
    ]

    def fact(key: str, table: str, row: str, field: str, value: str, **more: object) -> None:
        given: dict[str, object] = {"status": "assumed", "unit": "%", **more}
        rows.append(evidence.Fact.model_validate(
            {"fact_id": key, "table": table, "key": row, "field": field, "value": value, **given}
        ))  # fmt: skip

    fact("sop", "allocations", "star4|busan", "start", "2025-H2", status="reported", unit=None,
         source_id="paper", reason="The later report, from the maker itself")  # fmt: skip
    fact("sop-old", "allocations", "star4|busan", "start", "2025-Q2", status="reported", unit=None,
         source_id="odd", chosen=False, reason="Announced two years before")  # fmt: skip
    fact("jph", "shop_rates", "busan-line|2020-01-01", "jph", "45", unit="vehicles/h",
         status="reported", source_id="paper")  # fmt: skip
    fact("us-duty", "tariffs", "US|KR|any|2025-04-03", "rate_pct", "25", low="15", high="25",
         status="reported", source_id="paper")  # fmt: skip
    fact("price-us", "prices", "star4|us|2020-01", "net_share_pct", "70", low="64", high="75")
    fact("material", "costs", "star4|busan|2020-01", "material_cost", "34440", low="31000",
         high="38000", unit="USD/vehicle")  # fmt: skip
    fact("freight", "lane_rates", "busan-us|2020-01", "freight", "1400", low="700", high="2600",
         unit="USD/CEU")  # fmt: skip
    fact("capital", "background", "capital_rate", "value", "8", low="5", high="12")
    return rows


def demo_case(months: int = 36) -> Case:
    """The case of the report's tests."""
    info = CaseInfo.model_validate({
        "name": "demo", "title": "Star 4 at Busan and three plants more", "start": "2024-01",
        "months": months, "currency": "USD", "dates": "mid",
        "focus": {"vehicle": "star4", "plant": "busan"},
    })  # fmt: skip
    rows = [*_sites(), *_trade(), *_products(info.month_names), *_agreements(), *_facts()]
    return Case.of(info, rows)


def demo_ranges(margin: float, built: float) -> Ranges:
    """Ranges as a study would find them, invented."""
    shifts = {
        "material": (0.09, -0.09), "price-us": (-0.05, 0.045), "freight": (0.03, -0.05),
        "us-duty": (0.04, 0.0), "capital": (0.012, -0.016),
    }  # fmt: skip
    moves: list[Record] = []
    for fact, both in shifts.items():
        for variant, share in zip(("low", "high"), both, strict=True):
            for headline, value in (("margin", margin), ("focus_built", built)):
                moves.append(Move(fact_id=fact, variant=variant, headline=headline, input="10",
                                  value=value * (1 + share), change=value * share))  # fmt: skip
    moves.append(Move(fact_id="sop-old", variant="alternative", headline="margin", input="2025-Q2",
                      value=margin * 1.02, change=margin * 0.02))  # fmt: skip
    heads: list[Record] = [
        Headline(headline="margin", label="Margin over the horizon", unit="USD", value=margin,
                 low=margin * 0.91, high=margin * 1.09),
        Headline(headline="focus_built", label="Star 4 built at Busan", unit="vehicles",
                 value=built, low=built * 0.91, high=built * 1.09),
    ]  # fmt: skip
    evens: list[Record] = [
        BreakEven(fact_id="material", headline="margin", chosen=34_440.0, low=31_000.0,
                  high=38_000.0, break_even=37_200.0, inside=True),
        BreakEven(fact_id="capital", headline="margin", chosen=8.0, low=5.0, high=12.0,
                  break_even=None, inside=False),
    ]  # fmt: skip
    tables: dict[str, pl.DataFrame] = {
        "headlines": table_of(Headline, heads),
        "moves": table_of(Move, moves),
        "break_evens": table_of(BreakEven, evens),
    }
    return Ranges(tables)
