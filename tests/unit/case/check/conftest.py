"""A small case in which every table has rows and nothing is wrong, and ways to spoil it.

Two plants: ``east`` in Korea builds ``car`` (petrol) and ``ev`` for a partner; ``west`` in the
United States builds ``ev``. Two markets, ``kr`` and ``us``; January to June 2025, in dollars.
Two shifts of 8 h on 5 days and a pace of 30 an hour give about 125,000 cars a year at ``east``.
"""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo, Focus
from motorworks.case.records import choices as c
from motorworks.case.records import energy, evidence, line, products, supply
from motorworks.case.records import markets as m
from motorworks.case.records import plant as minute
from motorworks.case.records import programme as p
from motorworks.case.records import sites as s
from motorworks.case.records import trade as t

INFO = CaseInfo(
    name="sound", title="Sound", start="2025-01", months=6, currency="USD",
    focus=Focus(vehicle="ev", plant="east"),
)  # fmt: skip

SITES: list[Record] = [
    s.Organisation(organisation="brandco", name="Brand", role="oem"),
    s.Organisation(organisation="maker", name="Maker", role="oem", parent="brandco"),
    s.Brand(brand="badge", name="Badge", organisation="brandco"),
    s.Country(country="KR", name="Korea", customs_area="KR"),
    s.Country(country="US", name="United States", customs_area="US"),
    s.Plant(
        plant="east", name="East", organisation="maker", country="KR", nameplate=100_000,
        lat=35.1, lon=128.9, port="KRPUS", models_max=2, platforms_max=1,
    ),
    s.Plant(plant="west", name="West", organisation="brandco", country="US"),
    s.Shop(shop="body", plant="east", kind="body", drivetrains="ICE BEV", mass_max_kg=2500),
    s.Shop(shop="final", plant="east", kind="final", mass_max_kg=2500),
    s.Shop(shop="engines", plant="east", kind="engine"),
    s.Shop(shop="west-line", plant="west", kind="line"),
    s.ShopRate(shop="body", start="2025-01-01", jph=30),
    s.ShopRate(shop="final", start="2025-01-01", jph=30),
    s.ShopRate(shop="west-line", start="2025-01-01", jph=20),
    s.ShopRate(shop="engines", start="2025-01-01", jph=30),
    s.ShiftPattern(
        pattern="two", name="Two", shifts_per_day=2, minutes_per_shift=480, overtime_max_min=60,
        heads=900,
    ),
    s.ShiftPattern(
        pattern="one", name="One", shifts_per_day=1, minutes_per_shift=480, heads=500,
        volume_min=20_000,
    ),
    s.ShiftCalendar(plant="east", start="2025-01-01", pattern="two", overtime_min=30),
    s.ShiftCalendar(plant="west", start="2025-01-01", pattern="two"),
    s.Closure(closure="new-year", country="KR", start="2025-01-28", end="2025-01-30",
              kind="holiday"),
    s.Closure(closure="saturday", plant="east", start="2025-03-08", end="2025-03-08",
              kind="extra", worked_share=0.5),
]  # fmt: skip

PRODUCTS: list[Record] = [
    products.Platform(platform="base", name="Base"),
    products.Vehicle(
        vehicle="car", name="Car", brand="badge", platform="base", drivetrain="ICE",
        mass_kg=1500, stock_value=15_000, currency="USD",
    ),
    products.Vehicle(
        vehicle="ev", name="EV", brand="badge", platform="base", drivetrain="BEV",
        mass_kg=2200, battery_kwh=100, stock_value=30_000, currency="USD",
    ),
    products.WorkContent(vehicle="ev", shop="body", factor=1.1),
    products.Option(option="w18", name="18 inch", group="wheels"),
    products.Option(option="w19", name="19 inch", group="wheels"),
    products.Option(option="roof", name="Glass roof"),
    products.TakeRate(vehicle="ev", option="w18", share_pct=60),
    products.TakeRate(vehicle="ev", option="w19", share_pct=40),
    products.TakeRate(vehicle="ev", market="us", option="w18", share_pct=0),
    products.TakeRate(vehicle="ev", market="us", option="w19", share_pct=100),
    products.OptionRule(rule="r1", option="roof", kind="needs", other="w19"),
    products.OptionRule(rule="r2", option="roof", kind="not_market", market="kr"),
    products.OptionRule(rule="r3", option="roof", kind="excludes", other="w18"),
    products.OptionRule(rule="r4", option="w19", kind="only_market", market="us"),
    products.Colour(colour="red", name="Red", batch_max=10),
    products.Colour(colour="white", name="White"),
    products.ColourMix(vehicle="ev", colour="white", share_pct=100),
]  # fmt: skip

MARKETS: list[Record] = [
    m.Currency(currency="USD", name="Dollar"),
    m.Currency(currency="KRW", name="Won"),
    m.CurrencyRate(currency="KRW", start="2025-01", rate=0.00075),
    m.Market(market="kr", name="Korea", country="KR", currency="KRW"),
    m.Market(market="us", name="United States", country="US", currency="USD", port="USLGB"),
    m.Demand(vehicle="car", market="kr", month="2025-01", units=100),
    m.Demand(vehicle="ev", market="us", month="2025-03", units=100),
    m.Demand(vehicle="ev", market="us", month="2027-03", units=100),
    m.Price(vehicle="car", market="kr", start="2025-01", price=30_000_000, currency="KRW"),
    m.Price(vehicle="ev", market="us", start="2025-01", price=50_000, currency="USD"),
    m.Incentive(
        market="us", drivetrain="BEV", start="2025-01", end="2025-09", amount=7_500,
        currency="USD",
    ),
]  # fmt: skip

PROGRAMME: list[Record] = [
    p.Ramp(ramp="slow", curve="linear", first_pass_start_pct=60, first_pass_end_pct=95),
    p.Allocation(vehicle="car", plant="east", start="2020"),
    p.Allocation(vehicle="ev", plant="east", start="2025-01", ramp="slow", end="2030"),
    p.Allocation(vehicle="ev", plant="west", start="2024-H1", depth="SKD", plateau_jph=5),
    *(
        p.VehicleCost(vehicle=vehicle, plant=plant, start="2025-01", material_cost=10_000,
                      conversion_cost=1_000, currency="USD")
        for vehicle, plant in (("car", "east"), ("ev", "east"), ("ev", "west"))
    ),
    p.Agreement(
        agreement="deal", name="Deal", principal="brandco", maker="maker", vehicle="ev",
        plant="east", start="2025-02", end="2027", status="firm", min_per_year=1_000,
        max_per_year=20_000, shortfall_cost=500, currency="USD",
    ),
    p.Pin(vehicle="ev", plant="east", month="2025-03", minimum=10, maximum=500, reason="x"),
    p.Pin(vehicle="ev", plant="east", market="us", month="2025-03", maximum=400, reason="x"),
    p.PublishedPlan(vehicle="car", plant="east", month="2025-02", units=900),
    p.PublishedPlan(vehicle="ev", plant="east", month="2025-03", units=90),
    p.FlexBand(agreement="deal", months_ahead=1, down_pct=20, up_pct=10),
    p.Actual(kind="built", plant="east", month="2024-12", units=900),
    p.OpeningStock(vehicle="ev", plant="west", units=10),
    p.OpeningStock(vehicle="car", market="kr", units=10),
    p.InTransit(vehicle="ev", lane="east-us", arrives="2025-01", units=10),
    p.OpeningBacklog(vehicle="car", market="kr", units=5),
]  # fmt: skip

TRADE: list[Record] = [
    t.Tariff(importer="US", exporter="KR", start="2020-01-01", rate_pct=0, regime="KORUS"),
    t.OriginRule(regime="KORUS", method="build_up", threshold_pct=35),
    t.Preference(regime="KORUS", importer="US", exporter="KR", start="2020-01-01", rate_pct=0),
    t.RegimeArea(regime="KORUS", area="KR"),
    t.LocalContent(vehicle="ev", plant="east", regime="KORUS", start="2025-01", local_pct=40),
    t.Lane(lane="east-kr", plant="east", market="kr", mode="truck", transit_days=3),
    t.Lane(lane="east-us", plant="east", market="us", mode="roro", transit_days=30),
    t.Lane(lane="west-us", plant="west", market="us", mode="rail", transit_days=5),
    t.LaneRate(lane="east-kr", start="2025-01", freight=100_000, currency="KRW"),
    t.LaneRate(lane="east-us", start="2025-01", freight=1_500, currency="USD"),
    t.LaneRate(lane="west-us", start="2025-01", freight=500, currency="USD"),
    t.Sailing(lane="east-us", start="2025-01", sailings_per_month=2, allotment_ceu=500),
    t.SpotSpace(lane="east-us", start="2025-01", ceu=100, premium=200, currency="USD"),
    t.Port(port="KRPUS", name="Busan", slots=2_000, dwell_days=5),
    t.Port(port="USLGB", name="Long Beach", slots=3_000, dwell_days=7),
]

SUPPLY: list[Record] = [
    supply.Supplier(supplier="cells", name="Cells", country="KR"),
    supply.Supplier(supplier="house", name="House", country="KR", plant="east"),
    supply.Component(component="petrol", name="Petrol engine", kind="engine"),
    supply.Component(component="pack", name="Pack", kind="battery_pack", kwh=102,
                     holding_cost=5, currency="USD"),
    supply.Component(component="casting", name="Casting", kind="casting"),
    supply.ComponentNeed(component="petrol", needs="casting", quantity=1),
    supply.ComponentSale(component="petrol", plant="east", month="2025-01", units=50, price=900,
                         currency="USD"),
    supply.ComponentUse(vehicle="car", component="petrol", quantity=1),
    supply.ComponentUse(vehicle="ev", component="pack", quantity=1),
    supply.CellSupply(cell_supply="gwh", supplier="cells", gwh_per_year=2, start="2024-Q1"),
    supply.ComponentSource(source="k1", component="petrol", plant="east", supplier="house",
                           shop="engines"),
    supply.ComponentSource(source="k2", component="pack", plant="east", supplier="cells",
                           cell_supply="gwh", premium=50, value=9_000, currency="USD"),
    supply.ComponentSource(source="k3", component="casting", plant="east", supplier="house"),
    supply.OpeningComponent(component="petrol", plant="east", units=50),
    supply.Part(part="seat", name="Seat", group="interior", value=200, currency="USD"),
    supply.BomLine(vehicle="ev", part="seat", quantity=2, start="2025-01", end="2026"),
    supply.PartSource(part="seat", plant="east", supplier="house", share_pct=60, incoterm="FCA"),
    supply.PartSource(part="seat", plant="east", supplier="cells", share_pct=40),
    supply.Localisation(group="interior", plant="east", supplier="house", planned="2026"),
    energy.Meter(meter="e1", plant="east", carrier="electricity"),
    energy.PowerContract(contract="sun", name="Sun", country="KR", kind="ppa", source="sun"),
    energy.ContractSite(contract="sun", plant="east"),
    energy.GridFactor(country="KR", start="2024-01", kg_per_mwh=430),
    energy.Footprint(vehicle="ev", kg_co2e=19_400),
    energy.CarbonLimit(year=2025, kind="goal", tonnes=9_000, excess_cost=100, currency="USD"),
]  # fmt: skip

LINE: list[Record] = [
    line.Station(station="s1", shop="final", position=1, cycle_s=120),
    line.StationTime(station="s1", vehicle="ev", time_s=110),
    line.Buffer(buffer="store", from_shop="body", to_shop="final", capacity=80, initial=40),
    line.RoutingStep(plant="east", step=1, shop="body"),
    line.RoutingStep(plant="east", vehicle="ev", step=2, shop="final"),
    line.Crew(crew="fix", plant="east", kind="repair", heads=2),
    line.Failure(failure="f1", shop="final", station="s1", mtbf_min=500, mttr_min=5, crew="fix"),
    minute.Segment(segment="belt", shop="final", position=2, takt_s=110, slots=3),
    minute.FlowStep(origin="s1", target="s1", kind="rework"),
    minute.Quality(station="s1", first_pass_pct=95),
    minute.Arrival(arrival="bodies", shop="body"),
    minute.ArrivalMix(arrival="bodies", vehicle="ev", share_pct=60),
    minute.ArrivalMix(arrival="bodies", vehicle="car", share_pct=40),
    line.Buffer(buffer="rack", to_station="s1", capacity=5),
    minute.JoinRow(station="s1", buffer="rack"),
    minute.CarrierLoop(carrier="hangers", shop="final", count=4),
    minute.ShiftTime(pattern="two", shift=1, start_min=360),
    minute.Break(plant="east", after_min=120, minutes=15),
    minute.MaintenanceRow(
        maintenance="oil", station="s1", start="2025-03-08", at_min=0, minutes=60
    ),
    minute.PartArrival(part="seat", station="s1", pieces=1_000),
    minute.RampEffect(ramp="slow", slow_pct=20),
    line.SequenceRule(rule="q1", shop="final", kind="ratio", option="roof", at_most=1, window=3),
    line.SequenceRule(rule="q2", shop="body", kind="batch", at_most=20),
    line.Order(order="o1", vehicle="ev", market="us", colour="white", options="w19"),
    line.Order(order="o2", vehicle="ev", market="us", colour="white"),
    line.OrderRule(rule="r1", order="o2", kind="after", other="o1", gap=2),
]

ABOUT_PACE = {
    "table": "shop_rates",
    "key": "final|2025-01-01",
    "field": "jph",
    "status": "reported",
}

SHIFTS: list[Record] = [
    c.ShiftOption(plant="west", pattern="two"),
    c.ShiftOption(plant="west", pattern="one"),
    c.Workforce(
        plant="west", notice_months=3, min_stay_months=3, head_cost=3_000, overtime_hours_max=40,
        account_hours=80, currency="USD",
    ),
]  # fmt: skip

LAUNCHES: list[Record] = [
    c.LaunchWindow(
        vehicle="ev", plant="west", earliest="2025-02", latest="2025-04", end_earliest="2025-05",
        min_run_months=2, fixed_cost=1_000, currency="USD",
    ),
    c.LineRule(rule="pair", plant="east", vehicle="car", other="ev", kind="together"),
    c.SiteWindow(site="engines", plant="east", shop="engines", open_at_start=True, closable=True),
    c.Conversion(conversion="summer", plant="east", weeks=3, earliest="2025-05"),
    c.Conversion(conversion="for-ev", plant="west", vehicle="ev", weeks=6, latest="2025-02"),
]  # fmt: skip

EVIDENCE: list[Record] = [
    evidence.Source(source_id="paper", title="Paper"),
    evidence.Fact(fact_id="a", value="30", unit="vehicles/h", low="28", high="32",
                  source_id="paper", as_of="2025-H1", reason="later", **ABOUT_PACE),
    evidence.Fact(fact_id="b", value="28", unit="vehicles/h", source_id="paper", chosen=False,
                  reason="earlier", **ABOUT_PACE),
    evidence.Fact(fact_id="c", table="demand", key="ev|*|2025-*", field="units", value="1",
                  unit="factor", status="assumed", low="0.8", high="1.2"),
    evidence.Fact(fact_id="d", table="prices", key="*|kr|*", field="price", value="30000000",
                  unit="KRW/vehicle", status="derived"),
    evidence.Fact(fact_id="e", table="allocations", key="ev|east", field="start",
                  value="2025-01", status="assumed", low="2025-01", high="2025-H2"),
    evidence.Fact(fact_id="f", table="background", key="", field="story", status="assumed"),
]  # fmt: skip


@pytest.fixture(scope="session")
def sound() -> Case:
    """The case in which nothing is wrong."""
    rows = [
        *SITES, *SHIFTS, *LAUNCHES, *PRODUCTS, *MARKETS, *PROGRAMME, *TRADE, *SUPPLY, *LINE,
        *EVIDENCE,
    ]  # fmt: skip
    return Case.of(INFO, rows)


Edit = tuple[str, str, int, dict[str, Any]]


def spoil(case: Case, edits: list[Edit]) -> Case:
    """Set cells of a row, add a copy of a row with other cells, or drop a row (from 0)."""
    for action, table, place, cells in edits:
        frame = case.table(table)
        rows = frame.to_dicts()
        if action == "drop":
            del rows[place]
        elif action == "add":
            rows.append({**rows[place], **cells})
        else:
            rows[place] |= cells
        case = case.replace(**{table: pl.DataFrame(rows, schema=frame.schema, orient="row")})
    return case


@pytest.fixture(scope="session")
def spoiled(sound: Case) -> Callable[[list[Edit]], Case]:
    """Spoils a copy of the sound case."""
    return lambda edits: spoil(sound, edits)
