"""A three-month plan of one plant, every figure of it worked out by hand."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case, dtype_of
from motorworks.case.column import Record, columns_of
from motorworks.case.info import CaseInfo
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites as st
from motorworks.case.records import supply as sp
from motorworks.case.records import trade as td
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.records import RESULT_TABLES
from motorworks.result.verify import Verification
from motorworks.result.verify.findings import FAMILIES

MONTHS = ("2025-01", "2025-02", "2025-03")

SETTINGS = {
    "lost_penalty": 1000.0,
    "late_penalty": 200.0,
    "late_months": 2,
    "capital_rate_pct": 8.0,
    "end_value_pct": 90.0,
    "end_cover_months": 2.0,
    "objectives": ("margin",),
    "tolerance_pct": 0.1,
    "freeze_months": 0,
    "change_penalty": 0.0,
    "carbon_price": 0.0,
    "gap_pct": 0.1,
    "time_limit_s": None,
}


def ulm_case() -> Case:
    """One plant that builds a petrol car for home and launches an electric one for overseas.

    Working days: January 23 less New Year = 22, February 20, March 21 of which one is a half =
    20.5. Two shifts of 8 h: 352, 320 and 328 h. The line runs 1 car/h × 50 % = 0.5: capacity 176,
    160 and 164.

    The electric car starts on Monday 10 February, plateau 0.4/h, straight ramp over two weeks:
    share d/14 on day d. Week 1: (0+1+2+3+4)/14, week 2: (7+8+9+10+11)/14, week 3: 5, together
    55/14 + 5; × 16 h × 0.4 = 57.142857. March 328 h × 0.4 = 131.2.
    """
    info = CaseInfo(
        name="ulm",
        title="Ulm",
        start="2025-01",
        months=3,
        currency="EUR",
        plan={name: value for name, value in SETTINGS.items() if value is not None},
    )
    rows: list[Record] = [
        mk.Currency(currency="EUR", name="Euro"),
        mk.Currency(currency="USD", name="US dollar"),
        mk.CurrencyRate(currency="USD", start="2025-01", rate=0.9),
        mk.CurrencyRate(currency="USD", start="2025-03", rate=0.8),
        st.Country(country="DE", name="Germany", customs_area="EU"),
        st.Country(country="US", name="United States", customs_area="US"),
        st.Plant(plant="ulm", name="Ulm", organisation="maker", country="DE",
                 nameplate=2000, yard_slots=60, yard_cost=10, currency="EUR"),
        st.Shop(shop="ulm-line", plant="ulm", kind="line"),
        st.ShopRate(shop="ulm-line", start="2024-01-01", jph=1, availability_pct=50),
        st.ShiftPattern(pattern="two", name="Two", shifts_per_day=2, minutes_per_shift=480),
        st.ShiftCalendar(plant="ulm", start="2024-01-01", pattern="two"),
        st.Closure(closure="new-year", country="DE", start="2025-01-01", end="2025-01-01",
                   kind="holiday"),
        st.Closure(closure="meeting", plant="ulm", start="2025-03-03", end="2025-03-03",
                   kind="other", worked_share=0.5),
        pr.Vehicle(vehicle="arc", name="Arc", brand="b", platform="p", drivetrain="ICE",
                   stock_value=20000, currency="USD"),
        pr.Vehicle(vehicle="ion", name="Ion", brand="b", platform="p", drivetrain="BEV", ceu=1.2,
                   stock_value=30000, currency="EUR"),
        pr.WorkContent(vehicle="ion", shop="ulm-line", factor=1.25),
        mk.Market(market="de", name="Germany", country="DE", currency="EUR"),
        mk.Market(market="us", name="USA", country="US", yard_slots=12, yard_cost=20,
                  currency="USD"),
        *(mk.Demand(vehicle="arc", market="de", month=month, units=150) for month in MONTHS),
        mk.Demand(vehicle="ion", market="us", month="2025-03", units=40),
        mk.Demand(vehicle="ion", market="us", month="2025-04", units=900),
        mk.Price(vehicle="arc", market="de", start="2025-01", price=25000, currency="EUR",
                 net_share_pct=80),
        mk.Price(vehicle="ion", market="us", start="2025-02", price=50000, currency="USD",
                 net_share_pct=90, customs_share_pct=60),
        pg.Ramp(ramp="slow", curve="linear", t50_weeks=1),
        pg.Allocation(vehicle="arc", plant="ulm", start="2020"),
        pg.Allocation(vehicle="ion", plant="ulm", start="2025-02-10", plateau_jph=0.4, ramp="slow"),
        pg.VehicleCost(vehicle="arc", plant="ulm", start="2025-01", material_cost=12000,
                       conversion_cost=3000, currency="EUR"),
        pg.VehicleCost(vehicle="ion", plant="ulm", start="2025-01", material_cost=20000,
                       conversion_cost=5000, currency="EUR"),
        pg.Agreement(agreement="ion-deal", name="Deal", principal="p", maker="m", vehicle="ion",
                     plant="ulm", start="2025-03-01", status="firm", min_per_year=600,
                     max_per_year=1200, take_or_pay_pct=80, shortfall_cost=1000, currency="EUR"),
        pg.Agreement(agreement="hope", name="Hope", principal="p", maker="m", vehicle="arc",
                     plant="ulm", start="2025-01-01", status="letter_of_intent",
                     min_per_year=90000),
        pg.Pin(vehicle="arc", plant="ulm", month="2025-01", minimum=100, reason="promised"),
        pg.Pin(vehicle="ion", plant="ulm", market="us", month="2025-02", maximum=50,
               reason="one ship"),
        pg.Pin(vehicle="arc", plant="ulm", month="2026-01", minimum=9999, reason="far away"),
        pg.OpeningStock(vehicle="arc", plant="ulm", units=20),
        pg.OpeningStock(vehicle="ion", market="us", units=5),
        pg.InTransit(vehicle="ion", lane="ulm-us", arrives="2025-02", units=6),
        pg.InTransit(vehicle="ion", lane="ulm-us", arrives="2025-04", units=4),
        pg.OpeningBacklog(vehicle="arc", market="de", units=8),
        td.Tariff(importer="US", exporter="EU", start="2024-01-01", rate_pct=2.5),
        td.Tariff(importer="US", exporter="EU", goods="BEV", start="2025-01-15", rate_pct=10),
        td.Tariff(importer="US", exporter="EU", goods="BEV", start="2025-03-11", rate_pct=20),
        td.Lane(lane="ulm-de", plant="ulm", market="de", mode="truck", transit_days=0),
        td.Lane(lane="ulm-us", plant="ulm", market="us", mode="roro", transit_days=45.65625),
        td.LaneRate(lane="ulm-de", start="2025-01", freight=300, currency="EUR"),
        td.LaneRate(lane="ulm-us", start="2025-01", freight=1000, currency="USD"),
        td.Sailing(lane="ulm-us", start="2025-01", sailings_per_month=2, allotment_ceu=40),
        sp.Supplier(supplier="packer", name="Packer", country="DE"),
        sp.Component(component="pack", name="Pack", kind="battery_pack", kwh=80, holding_cost=50,
                     currency="EUR"),
        sp.Component(component="radio", name="Radio", kind="other"),
        sp.ComponentUse(vehicle="ion", component="pack", quantity=1),
        sp.ComponentUse(vehicle="ion", component="radio", quantity=1),
        sp.CellSupply(cell_supply="cells", supplier="packer", gwh_per_year=0.06),
        sp.ComponentSource(source="pack-in", component="pack", plant="ulm", supplier="packer",
                           capacity=90, premium=100, currency="USD", cell_supply="cells"),
        sp.OpeningComponent(component="pack", plant="ulm", units=10),
    ]  # fmt: skip
    return Case.of(info, rows)


# Duty of March: 10 days at 10 %, 21 at 20 %: 520/31 %, on 60 % of a net price of 36,000.
DUTY = 520 / 31 / 100 * 0.6 * 36000
# Capital on the way: 30,000 at 8 % for 45.65625 days (1.5 months: half arrive after 1, half 2).
BOUND = 30000 * 0.08 * 45.65625 / 365
# The agreement holds 31 of 365 days: 600 a year make 50.96, of which 48 are built.
LEAST, MOST = 600 * 31 / 365, 1200 * 31 / 365


PARTS_OF_CHOICES = (
    "programme_fixed", "capex", "site_fixed", "site_capex", "halt_cost", "labour",
    "agreement_exit", "spot_freight", "component_sales", "component_duty", "duty_preference",
    "carbon_goal", "carbon_price", "plan_change",
)  # fmt: skip


def monthly(*key: str, **columns: tuple[Any, Any, Any]) -> list[dict[str, Any]]:
    """Three rows of a table, the key's parts first, then a column for each month's values."""
    rows = []
    for t, month in enumerate(MONTHS):
        rows.append({"key": (*key, month), **{name: got[t] for name, got in columns.items()}})
    return rows


def same(value: Any) -> tuple[Any, Any, Any]:
    """The same value in each month."""
    return (value, value, value)


PLAN: dict[str, list[dict[str, Any]]] = {
    # February: 40 × 1.25 + 110 = 160, all the line can do. March: 48 × 1.25 + 104 = 164, again.
    "production": [
        *monthly("arc", "ulm", units=(150, 110, 104), limit=(176, 160, 164)),
        *monthly("ion", "ulm", units=(0, 40, 48), limit=(0, (55 / 14 + 5) * 6.4, 131.2)),
    ],
    # arc: 20 + 150 - 158 = 12, 12 + 110 - 122 = 0, 0 + 104 - 100 = 4; ion: 40 - 36 = 4, + 48 - 50.
    "plant_stock": [
        *monthly("arc", "ulm", units=(12, 0, 4)),
        *monthly("ion", "ulm", units=(0, 4, 2)),
    ],
    "shipments": [
        *monthly("arc", "ulm-de", units=(158, 122, 100), plant=same("ulm"), market=same("de")),
        *monthly("ion", "ulm-us", units=(0, 36, 50), plant=same("ulm"), market=same("us")),
    ],
    # arc: 150 + 8 owed = 158; 150 = 122 + 20 late + 8 lost; 150 + 20 = 100 + 30 late + 40 lost.
    # ion: 5, + 6 landed = 11, + half of 36 - 24 sold = 5; 40 = 24 + 10 late + 6 lost.
    "market": [
        *monthly("arc", "de", demand=same(150), sold=(158, 122, 100), late=(0, 20, 30),
                 lost=(0, 8, 40), stock=same(0)),
        *monthly("ion", "us", demand=(0, 0, 40), sold=(0, 0, 24), late=(0, 0, 10),
                 lost=(0, 0, 6), stock=(5, 11, 5)),
    ],
    "components": monthly("pack-in", units=(0, 45, 50)),
    "component_stock": monthly("pack", "ulm", units=(10, 15, 17)),
    "agreements": [{"key": ("ion-deal", 2025), "units": 48, "minimum": LEAST, "maximum": MOST,
                    "shortfall": LEAST - 48}],
    # ion: 5 left, 18 of February and 50 of March at sea, 4 landing in April, 77 in all; 45 are
    # kept, the cover is (2 + 1.5 on the way) × 40/3 = 46.7.
    "end_value": [{"key": ("arc", "de"), "units": 0}, {"key": ("ion", "us"), "units": 45}],
    "objective": [{"key": (part,), "amount": amount} for part, amount in {
        "revenue": 20000 * (158 + 122 + 100) + 36000 * 24,
        "material": -(12000 * 364 + 20000 * 88),
        "conversion": -(3000 * 364 + 5000 * 88),
        "freight": -(300 * 380 + 1.2 * 36 * 900 + 1.2 * 50 * 800),
        "duty": -DUTY * 86,
        "transit_capital": -BOUND * 86,
        # arc: 10 + 20,000 USD × 8 %/12 = 10 + 120 (January) or 10 + 106.67 (March); ion: 10 + 200.
        "plant_stock": -(12 * 130 + 4 * (10 + 320 / 3) + (4 + 2) * 210),
        "market_stock": -(5 * 218 + 11 * 218 + 5 * 216),
        "component_premium": -(45 * 90 + 50 * 80),
        "component_stock": -50 * (10 + 15 + 17),
        "agreement_shortfall": -800 * (LEAST - 48),
        "lost_sales": -1000 * (8 + 40 + 6 + 30 + 10),
        "late_sales": -200 * (20 + 30 + 10),
        "end_value": 0.9 * (36000 * 45 + 15000 * 4 + 25000 * 2),
        **dict.fromkeys(PARTS_OF_CHOICES, 0.0),
    }.items()],
    "capacity": monthly("ulm-line", plant=same("ulm"), hours=(352, 320, 328),
                        capacity=(176, 160, 164), used=(150, 160, 164)),
    "marginals": [{"key": ("shop_capacity", "ulm-line", "2025-02"), "limit": 160, "value": 1.0,
                   "unit": "standard vehicles", "until": 170}],
    # ion of January: half arrives in February (40,500 net; 10 % of 24,300), half in March.
    "landed": [
        *monthly("arc", "ulm-de", plant=same("ulm"), market=same("de"), units=(158, 122, 100),
                 net_price=same(20000), material=same(12000), conversion=same(3000),
                 freight=same(300), duty=same(0), transit_capital=same(0), margin=same(4700)),
        *monthly("ion", "ulm-us", plant=same("ulm"), market=same("us"), units=(0, 36, 50),
                 net_price=(38250, 36000, 36000), material=same(20000), conversion=same(5000),
                 freight=(1080, 1080, 960), duty=(1215 + DUTY / 2, DUTY, DUTY),
                 transit_capital=same(BOUND),
                 margin=(12170 - 1215 - DUTY / 2 - BOUND, 9920 - DUTY - BOUND,
                         10040 - DUTY - BOUND)),
    ],
    # No fee is agreed: the principal pays 80 % of 1,000 for each of the cars short, and the maker
    # bears the conversion of 48 cars. Of the months that count, cars leave in March alone.
    "agreement_sides": [{"key": ("ion-deal", 2025), "units": 48, "fee": 800 * (LEAST - 48),
                         "maker": 800 * (LEAST - 48) - 5000 * 48,
                         "principal": 50 * (10040 - DUTY - BOUND)
                         - 800 * (LEAST - 48) + 5000 * 48,
                         "total": 50 * (10040 - DUTY - BOUND)}],
}  # fmt: skip

# Cars: short of the agreement; lost and late; March against January in production.
VALUES = {
    "agreements": (LEAST - 48, "vehicles"),
    "demand": (8 + 40 + 6 + 20 + 30 + 10, "vehicles"),
    "carbon": (0.0, "t"),
    "smoothness": (40 + 6 + 40 + 8, "vehicles"),
}


def objectives(margin: float) -> list[dict[str, Any]]:
    """The rows of ``objectives`` where the margin alone is optimised, as good as can be."""
    first = {"key": ("margin",), "rank": 1, "value": margin, "best": margin, "bound": margin,
             "unit": "reporting currency"}  # fmt: skip
    others = ({"key": (name,), "rank": None, "value": value, "best": None, "bound": None,
               "unit": unit} for name, (value, unit) in VALUES.items())  # fmt: skip
    return [first, *others]


FILLED = tuple(name for name in RESULT_TABLES if name in PLAN or name == "objectives")
"""Tables that have rows in the plan of Ulm."""


def result_of(plan: Mapping[str, list[dict[str, Any]]], settings: Mapping[str, Any]) -> PlanResult:
    """Typed result tables from rows; the margin is added up, and tables not named are empty."""
    margin = sum(row["amount"] for row in plan["objective"])
    plan = {"objectives": objectives(margin), **plan}
    tables = {}
    for name, record in RESULT_TABLES.items():
        columns = columns_of(record)
        keys = [column.name for column in columns if column.key]
        rows = [{**dict(zip(keys, r["key"], strict=True)), **r} for r in plan.get(name, [])]
        schema = {column.name: dtype_of(column) for column in columns}
        data = {column: [row[column] for row in rows] for column in schema}
        tables[name] = pl.DataFrame(data, schema=schema, strict=False)
    total = pl.DataFrame({"part": ["margin"], "amount": [float(margin)]})
    tables["objective"] = pl.concat([tables["objective"], total])
    solver = Solver("by hand", "0", "optimal", 0, 0, 0, margin, 0.0, 0)
    return PlanResult(margin, tables, settings, solver)


@pytest.fixture(scope="session")
def case() -> Case:
    """The case of Ulm."""
    return ulm_case()


@pytest.fixture(scope="session")
def plan() -> PlanResult:
    """A plan for Ulm that keeps every rule."""
    return result_of(PLAN, SETTINGS)


Change = Callable[..., PlanResult]


@pytest.fixture
def changed(plan: PlanResult) -> Change:
    """Give the plan of Ulm with single cells of a table changed."""

    def change(
        table: str, where: Mapping[str, Any], on: PlanResult | None = None, **cells: Any
    ) -> PlanResult:
        return with_cells(on or plan, table, where, **cells)

    return change


def with_cells(plan: PlanResult, table: str, where: Mapping[str, Any], **cells: Any) -> PlanResult:
    """A plan with cells of the rows that match changed; at least one row must match."""
    frame = plan.tables[table]
    hit = pl.all_horizontal([pl.col(name) == value for name, value in where.items()])
    assert frame.filter(hit).height > 0, f"nothing in {table} matches {where}"
    set_to = [pl.when(hit).then(pl.lit(v)).otherwise(pl.col(n)).alias(n) for n, v in cells.items()]
    changed = frame.with_columns(set_to).cast(dict(frame.schema))
    return PlanResult(plan.margin, {**plan.tables, table: changed}, plan.settings, plan.solver)


def families(verification: Verification) -> set[str]:
    """Constraint families that object."""
    return set(verification.broken) & set(FAMILIES)


def with_case_cells(case: Case, table: str, where: Mapping[str, Any], **cells: Any) -> Case:
    """The case with cells of matching rows changed; at least one row must match."""
    frame = case.table(table)
    hit = pl.all_horizontal([pl.col(name) == value for name, value in where.items()])
    assert frame.filter(hit).height > 0, f"nothing in {table} matches {where}"
    set_to = [pl.when(hit).then(pl.lit(v)).otherwise(pl.col(n)).alias(n) for n, v in cells.items()]
    return case.replace(**{table: frame.with_columns(set_to).cast(dict(frame.schema))})
