"""A case of six months with every subject switched on, so that each rule has something to hold."""

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo
from motorworks.case.records import choices as ch
from motorworks.case.records import energy as en
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites as st
from motorworks.case.records import supply as sp
from motorworks.case.records import trade as td

MONTHS = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02")

SETTINGS = {
    "objectives": ["agreements", "margin"],
    "tolerance_pct": 1.0,
    "freeze_months": 1,
    "change_penalty": 150.0,
    "carbon_price": 60.0,
    "end_cover_months": 0.5,
    "gap_pct": 0.0,
}


def full_case() -> Case:
    """Ulm builds a petrol car and launches an electric one; Rio may open and build the petrol car.

    The van only has stock that is sold. Ulm may work one shift or two, makes its own engines from
    castings that are bought, and stands still for two weeks before the launch.
    """
    info = CaseInfo(name="full", title="Full", start=MONTHS[0], months=len(MONTHS),
                    currency="EUR", plan=SETTINGS)  # fmt: skip
    parts = (_money(), _places(), _work(), _vehicles(), _markets(), _programme(), _choices(),
             _trade(), _components(), _origin(), _carbon())  # fmt: skip
    return Case.of(info, [row for part in parts for row in part])


def _money() -> list[Record]:
    return [
        mk.Currency(currency="EUR", name="Euro"),
        mk.Currency(currency="USD", name="US dollar"),
        mk.CurrencyRate(currency="USD", start="2025-01", rate=0.9),
        mk.CurrencyRate(currency="USD", start="2025-12", rate=0.85),
    ]


def _places() -> list[Record]:
    return [
        st.Organisation(organisation="maker", name="Maker", role="oem"),
        st.Organisation(organisation="partner", name="Partner", role="oem"),
        st.Brand(brand="b", name="B", organisation="maker"),
        st.Country(country="DE", name="Germany", customs_area="EU"),
        st.Country(country="US", name="United States", customs_area="US"),
        st.Country(country="BR", name="Brazil", customs_area="BR"),
        st.Country(country="KR", name="Korea", customs_area="KR"),
        st.Plant(plant="ulm", name="Ulm", organisation="maker", country="DE", nameplate=6000,
                 models_max=2, platforms_max=2, port="DEBRV", yard_slots=400, yard_cost=10,
                 currency="EUR", stock_age_months=2),
        st.Plant(plant="rio", name="Rio", organisation="maker", country="BR", nameplate=3000,
                 currency="USD"),
        st.Shop(shop="ulm-body", plant="ulm", kind="body", models_max=2, mass_max_kg=2600,
                drivetrains="ICE BEV"),
        st.Shop(shop="ulm-final", plant="ulm", kind="final"),
        st.Shop(shop="ulm-engines", plant="ulm", kind="engine"),
        st.Shop(shop="rio-line", plant="rio", kind="line"),
        st.ShopRate(shop="ulm-body", start="2024-01-01", jph=1.6),
        st.ShopRate(shop="ulm-final", start="2024-01-01", jph=1.25),
        st.ShopRate(shop="ulm-engines", start="2024-01-01", jph=2),
        st.ShopRate(shop="rio-line", start="2024-01-01", jph=0.5),
    ]  # fmt: skip


def _work() -> list[Record]:
    return [
        st.ShiftPattern(pattern="one", name="One", shifts_per_day=1, minutes_per_shift=480,
                        heads=300, cost_per_hour=900, currency="EUR"),
        st.ShiftPattern(pattern="two", name="Two", shifts_per_day=2, minutes_per_shift=480,
                        heads=560, volume_min=1800, cost_per_hour=1000, currency="USD"),
        st.ShiftCalendar(plant="ulm", start="2024-01-01", pattern="one"),
        st.ShiftCalendar(plant="rio", start="2024-01-01", pattern="one"),
        st.Closure(closure="christmas", plant="ulm", start="2025-12-22", end="2025-12-31",
                   kind="holiday"),
        ch.ShiftOption(plant="ulm", pattern="one"),
        ch.ShiftOption(plant="ulm", pattern="two"),
        ch.Workforce(plant="ulm", notice_months=1, min_stay_months=2, head_cost=1200,
                     hire_cost=600, release_cost=900, overtime_hours_max=24, overtime_cost=1500,
                     weekend_hours_max=16, weekend_cost=2500, account_hours=20, currency="USD"),
        ch.Workforce(plant="rio", weekend_hours_max=10, weekend_cost=500, currency="USD"),
    ]  # fmt: skip


def _vehicles() -> list[Record]:
    return [
        pr.Platform(platform="old", name="Old"),
        pr.Platform(platform="new", name="New"),
        pr.Vehicle(vehicle="arc", name="Arc", brand="b", platform="old", drivetrain="ICE",
                   mass_kg=1500, stock_value=18000, currency="EUR"),
        pr.Vehicle(vehicle="ion", name="Ion", brand="b", platform="new", drivetrain="BEV",
                   mass_kg=2300, ceu=1.2, stock_value=30000, currency="EUR"),
        pr.Vehicle(vehicle="van", name="Van", brand="b", platform="old", drivetrain="ICE",
                   mass_kg=2000, stock_value=20000, currency="EUR"),
    ]  # fmt: skip


def _markets() -> list[Record]:
    demand = {("arc", "de"): (170, 170, 220, 320, 300, 300), ("arc", "us"): (0, 20, 20, 20, 20, 20),
              ("ion", "us"): (0, 0, 0, 60, 90, 120), ("ion", "de"): (0, 0, 20, 40, 60, 80),
              ("van", "de"): (0, 10, 15, 15, 0, 0)}  # fmt: skip
    prices = {("arc", "de"): (26000, "EUR"), ("arc", "us"): (30000, "USD"),
              ("ion", "us"): (56000, "USD"), ("ion", "de"): (46000, "EUR"),
              ("van", "de"): (28000, "EUR")}  # fmt: skip
    return [
        mk.Market(market="de", name="Germany", country="DE", yard_slots=500, yard_cost=15,
                  currency="EUR"),
        mk.Market(market="us", name="USA", country="US", port="USBAL", yard_cost=20,
                  currency="USD", stock_age_months=2),
        *(mk.Demand(vehicle=vehicle, market=market, month=month, units=many)
          for (vehicle, market), units in demand.items()
          for month, many in zip(MONTHS, units, strict=True)),
        *(mk.Price(vehicle=vehicle, market=market, start="2025-01", price=price, currency=currency,
                   net_share_pct=85, customs_share_pct=80)
          for (vehicle, market), (price, currency) in prices.items()),
    ]  # fmt: skip


def _programme() -> list[Record]:
    return [
        pg.Ramp(ramp="slow", curve="linear", t50_weeks=3),
        pg.Allocation(vehicle="arc", plant="ulm", start="2020"),
        pg.Allocation(vehicle="ion", plant="ulm", start="2025-11-01", ramp="slow", capex=250000,
                      currency="USD", lead_months=1),
        pg.Allocation(vehicle="van", plant="ulm", start="2020", plateau_jph=0.5),
        pg.Allocation(vehicle="arc", plant="rio", start="2020"),
        *(pg.VehicleCost(vehicle=vehicle, plant=plant, start="2025-01", material_cost=material,
                         conversion_cost=1500, currency="EUR")
          for vehicle, plant, material in (("arc", "ulm", 12000), ("ion", "ulm", 20000),
                                           ("van", "ulm", 15000), ("arc", "rio", 9000))),
        pg.Agreement(agreement="ion-deal", name="Deal", principal="partner", maker="maker",
                     vehicle="ion", plant="ulm", start="2025-09-01", status="firm",
                     min_per_year=900, max_per_year=4000, take_or_pay_pct=80, shortfall_cost=1000,
                     fee=3000, currency="USD", notice_months=2, exit_cost=90000000),
        pg.Agreement(agreement="arc-deal", name="Arc deal", principal="partner", maker="maker",
                     vehicle="arc", plant="ulm", start="2025-09-15", status="firm",
                     freeze_months=1),
        pg.Agreement(agreement="van-deal", name="Van deal", principal="partner", maker="maker",
                     vehicle="van", plant="ulm", start="2025-09-01", status="firm", fee=2000,
                     min_per_year=2000, take_or_pay_pct=50, shortfall_cost=4000, currency="EUR",
                     exit_cost=20000),
        pg.FlexBand(agreement="arc-deal", months_ahead=1, down_pct=10, up_pct=15),
        pg.FlexBand(agreement="arc-deal", months_ahead=3, down_pct=60, up_pct=80),
        *(pg.PublishedPlan(vehicle="arc", plant="ulm", month=month, units=units)
          for month, units in zip(MONTHS, (180, 190, 210, 210, 230, 230), strict=True)),
        pg.PublishedPlan(vehicle="arc", plant="rio", month="2026-01", units=20),
        pg.OpeningStock(vehicle="van", plant="ulm", units=40),
        pg.OpeningStock(vehicle="arc", market="us", units=12),
    ]  # fmt: skip


def _choices() -> list[Record]:
    return [
        ch.LaunchWindow(vehicle="ion", plant="ulm", earliest="2025-10", latest="2025-12",
                        min_run_months=2, min_per_month=15, fixed_cost=20000, currency="USD"),
        ch.LaunchWindow(vehicle="van", plant="ulm", earliest="2025-09", optional=True,
                        end_earliest="2025-10", end_latest="2026-01", min_run_months=2,
                        min_per_month=5),
        ch.LineRule(rule="one-at-a-time", plant="ulm", vehicle="van", other="ion", kind="apart"),
        ch.SiteWindow(site="rio-site", plant="rio", optional=False, closable=True,
                      earliest="2025-10", latest="2025-12", lead_months=1, capex=150000,
                      fixed_cost=8000, close_cost=5000, currency="USD"),
        ch.SiteWindow(site="body-site", plant="ulm", shop="ulm-engines", open_at_start=True,
                      closable=True, fixed_cost=1000, close_cost=3000, currency="EUR"),
        ch.Conversion(conversion="refit", plant="ulm", vehicle="ion", weeks=2, earliest="2025-10",
                      latest="2025-12", cost=40000, currency="USD"),
    ]  # fmt: skip


def _trade() -> list[Record]:
    lanes = (("ulm-de", "ulm", "de", "truck", 3, 15, 300, None),
             ("ulm-us", "ulm", "us", "roro", 20, 120, 900, None),
             ("ulm-us-box", "ulm", "us", "container", 35, 200, 1100, 30),
             ("rio-us", "rio", "us", "roro", 25, 140, 700, 12),
             ("rio-de", "rio", "de", "roro", 30, 180, 800, None))  # fmt: skip
    return [
        *(td.Lane(lane=name, plant=plant, market=market, mode=mode, transit_days=days,
                  co2_kg_per_ceu=kg, min_lot_ceu=lot)
          for name, plant, market, mode, days, kg, _, lot in lanes),
        *(td.LaneRate(lane=name, start="2025-01", freight=freight, currency="USD")
          for name, _, _, _, _, _, freight, _ in lanes),
        td.Sailing(lane="ulm-us", start="2025-01", sailings_per_month=2, allotment_ceu=15),
        td.Sailing(lane="ulm-us-box", start="2025-01", sailings_per_month=1, allotment_ceu=40),
        td.Sailing(lane="rio-us", start="2025-01", sailings_per_month=2, allotment_ceu=10),
        td.SpotSpace(lane="ulm-us", start="2025-01", ceu=25, premium=400, currency="USD"),
        td.Port(port="DEBRV", name="Bremerhaven", slots=60, dwell_days=12),
        td.Port(port="USBAL", name="Baltimore", slots=90, dwell_days=12),
        td.Tariff(importer="US", exporter="EU", start="2024-01-01", rate_pct=10),
        td.Tariff(importer="US", exporter="EU", start="2026-01-15", rate_pct=15),
        td.Tariff(importer="US", exporter="BR", start="2024-01-01", rate_pct=5),
        td.Tariff(importer="EU", exporter="BR", start="2024-01-01", rate_pct=8),
        td.Tariff(importer="EU", exporter="KR", goods="parts", start="2024-01-01", rate_pct=3),
        td.Tariff(importer="EU", exporter="KR", goods="parts", start="2025-12-11", rate_pct=4),
        pg.InTransit(vehicle="arc", lane="ulm-us", arrives="2025-09", units=6),
    ]  # fmt: skip


def _components() -> list[Record]:
    return [
        sp.Supplier(supplier="cellar", name="Cellar", country="DE"),
        sp.Supplier(supplier="works", name="Engine works", country="DE", plant="ulm"),
        sp.Supplier(supplier="seoul", name="Seoul", country="KR"),
        sp.Component(component="pack", name="Pack", kind="battery_pack", kwh=80, holding_cost=30,
                     currency="USD"),
        sp.Component(component="engine", name="Engine", kind="engine", holding_cost=10,
                     currency="EUR"),
        sp.Component(component="casting", name="Casting", kind="casting", holding_cost=2,
                     currency="EUR"),
        sp.ComponentUse(vehicle="ion", component="pack", quantity=1),
        sp.ComponentUse(vehicle="arc", component="engine", quantity=1),
        sp.ComponentNeed(component="engine", needs="casting", quantity=2),
        sp.CellSupply(cell_supply="cells", supplier="cellar", gwh_per_year=0.2),
        sp.ComponentSource(source="pack-de", component="pack", plant="ulm", supplier="cellar",
                           capacity=60, premium=700, value=6000, currency="USD",
                           cell_supply="cells"),
        sp.ComponentSource(source="pack-kr", component="pack", plant="ulm", supplier="seoul",
                           capacity=200, premium=100, value=4000, currency="USD"),
        sp.ComponentSource(source="engine-own", component="engine", plant="ulm",
                           supplier="works", shop="ulm-engines", work=0.5, premium=20,
                           currency="EUR"),
        sp.ComponentSource(source="casting-in", component="casting", plant="ulm",
                           supplier="cellar", capacity=900, premium=5, currency="EUR"),
        sp.OpeningComponent(component="engine", plant="ulm", units=25),
        *(sp.ComponentSale(component="engine", plant="ulm", month=month, units=units, price=1500,
                           unit_cost=900, currency="USD")
          for month, units in (("2025-10", 30), ("2025-12", 40), ("2026-04", 10))),
    ]  # fmt: skip


def _origin() -> list[Record]:
    return [
        td.Preference(regime="pact", importer="US", exporter="EU", start="2025-01-01", rate_pct=0),
        td.Preference(regime="pact", importer="US", exporter="EU", goods="BEV",
                      start="2025-01-01", rate_pct=2),
        td.OriginRule(regime="pact", method="build_up", threshold_pct=50, averaging="model"),
        td.OriginRule(regime="pact", method="net_cost", threshold_pct=55, averaging="car"),
        td.RegimeArea(regime="pact", area="EU"),
        td.LocalContent(vehicle="ion", plant="ulm", regime="pact", start="2025-01", local_pct=40),
        td.LocalContent(vehicle="arc", plant="ulm", regime="pact", start="2025-01", local_pct=90),
    ]  # fmt: skip


def _carbon() -> list[Record]:
    return [
        en.Footprint(vehicle="arc", kg_co2e=6000),
        en.Footprint(vehicle="arc", plant="rio", kg_co2e=5000),
        en.Footprint(vehicle="ion", kg_co2e=9000),
        en.Meter(meter="ulm-power", plant="ulm", carrier="electricity", base_mwh_per_day=4,
                 kwh_per_vehicle=500),
        en.Meter(meter="ulm-gas", plant="ulm", carrier="gas", kwh_per_vehicle=300, kg_per_mwh=200),
        en.GridFactor(country="DE", start="2025-01", kg_per_mwh=350),
        en.GridFactor(country="DE", start="2026-01", kg_per_mwh=320),
        en.CarbonLimit(year=2025, kind="cap", tonnes=30000),
        en.CarbonLimit(year=2025, kind="goal", tonnes=12000, excess_cost=40, currency="USD"),
        en.CarbonLimit(year=2026, kind="goal", tonnes=18000, excess_cost=40, currency="USD"),
        en.CarbonLimit(year=2030, kind="goal", tonnes=1, excess_cost=40, currency="USD"),
    ]  # fmt: skip
