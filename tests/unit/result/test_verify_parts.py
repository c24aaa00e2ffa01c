"""Hours, launch curves, work and duties as verify works them out, against figures by hand."""

import ast
import math
from pathlib import Path

import pytest

import motorworks.result.verify as package
from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo
from motorworks.case.records import programme as pg
from motorworks.case.records import sites as st
from motorworks.case.records.products import Vehicle, WorkContent
from motorworks.case.records.trade import Tariff
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.verify.agreement_rules import agreement_share
from motorworks.result.verify.books import Books
from motorworks.result.verify.chosen import Chosen
from motorworks.result.verify.expected import expected
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.given import Given, Lag
from motorworks.result.verify.launch import Limits, curve
from motorworks.result.verify.money import Money
from motorworks.result.verify.options import Options
from motorworks.result.verify.regimes import Regimes
from motorworks.result.verify.said import Said
from motorworks.result.verify.settings import Settings


def plant_case(*rows: Record, start: str = "2024-02", months: int = 1, dates: str = "mid") -> Case:
    """A German plant with one pattern of one 8-hour shift on five days, and what else is given."""
    info = CaseInfo(
        name="small", title="Small", start=start, months=months, currency="EUR", dates=dates
    )
    frame: list[Record] = [
        st.Country(country="DE", name="Germany", customs_area="EU"),
        st.Plant(plant="ulm", name="Ulm", organisation="o", country="DE"),
        st.ShiftPattern(pattern="one", name="One", shifts_per_day=1, minutes_per_shift=480),
        st.ShiftPattern(pattern="six", name="Six", shifts_per_day=1, minutes_per_shift=480,
                        days_per_week=6),
        Vehicle(vehicle="arc", name="Arc", brand="b", platform="p", drivetrain="ICE",
                stock_value=1, currency="EUR"),
    ]  # fmt: skip
    return Case.of(info, [*frame, *rows])


def books_of(case: Case) -> Books:
    """What verify knows of a case when a plan says nothing."""
    given, ledger = Given(case), Ledger()
    options, regimes = Options(given), Regimes(given)
    nothing = PlanResult(0.0, {}, {}, Solver("none", "0", "none", 0, 0, 0, 0.0, 0.0, 0))
    said = Said(given, expected(given, options, regimes), nothing, ledger)
    chosen = Chosen(given, options, said)
    limits, settings = Limits(given, chosen), Settings()
    return Books(given, options, regimes, Money(given), said, chosen, limits, settings, ledger)


def hours_of(case: Case) -> float:
    """Staffed hours of the plant over the whole horizon."""
    return sum(Given(case).hours["ulm"].values())


ONE = st.ShiftCalendar(plant="ulm", start="2024-01-01", pattern="one")


def closure(kind: str, start: str, end: str, share: float = 0.0, country: bool = False) -> Record:
    """A closure of the plant, or of its country."""
    return st.Closure(
        closure=f"{kind}-{start}", plant=None if country else "ulm",
        country="DE" if country else None, start=start, end=end, kind=kind, worked_share=share,
    )  # fmt: skip


@pytest.mark.parametrize(("rows", "hours"), [
    # February 2024 has 29 days, from a Thursday: 21 weekdays, 4 Saturdays.
    ([], 0.0),
    ([ONE], 21 * 8.0),
    ([st.ShiftCalendar(plant="ulm", start="2024-06-01", pattern="one")], 21 * 8.0),
    ([ONE, st.ShiftCalendar(plant="ulm", start="2024-02-26", pattern="six", overtime_min=30)],
     17 * 8 + 4 * 8.5),
    ([ONE, closure("holiday", "2024-02-01", "2024-02-04", country=True)], 19 * 8.0),
    ([ONE, closure("extra", "2024-02-03", "2024-02-04", 1.0)], 23 * 8.0),
    ([ONE, closure("extra", "2024-02-03", "2024-02-03", 0.25)], 21 * 8 + 2.0),
    # A Saturday of a six-day week under a strike of half a day, then a holiday as well.
    ([ONE, closure("strike", "2024-02-05", "2024-02-06", 0.5),
      closure("holiday", "2024-02-06", "2024-02-06")], 19 * 8 + 4.0),
    # The middle of February is the 15th: 15, 16, 19 and 20 are closed.
    ([ONE, closure("retool", "2024-02", "2024-02-20")], 17 * 8.0),
])  # fmt: skip
def test_staffed_hours(rows: list[Record], hours: float) -> None:
    """Patterns, weekdays, overtime, closures and extra days of February 2024."""
    assert hours_of(plant_case(*rows)) == pytest.approx(hours)


@pytest.mark.parametrize(("dates", "days"), [("early", 0), ("mid", 10), ("late", 20)])
def test_rough_dates_fall_as_the_case_says(dates: str, days: int) -> None:
    """A retooling that starts in "2024-02" and ends on the 29th leaves 0, 10 or 20 days."""
    case = plant_case(ONE, closure("retool", "2024-02", "2024-02-29"), dates=dates)
    assert hours_of(case) == days * 8.0


@pytest.mark.parametrize(("form", "weeks", "share"), [
    ("step", 0, 1.0),
    ("linear", 0, 0.0), ("linear", 8, 0.5), ("linear", 16, 1.0), ("linear", 40, 1.0),
    ("logistic", 8, 0.5), ("logistic", 10, 1 / (1 + math.exp(-1))),
    ("gompertz", 8, 0.5), ("gompertz", 10, math.exp(-math.log(2) * math.exp(-1))),
])  # fmt: skip
def test_launch_curves(form: str, weeks: float, share: float) -> None:
    """Half the full rate after eight weeks, steepness a half."""
    ramp = pg.Ramp(ramp="r", curve=form, t50_weeks=8, slope_per_week=0.5)
    assert curve(ramp, weeks) == pytest.approx(share)


def test_a_very_steep_curve_does_not_overflow() -> None:
    """Far before the half rate a steep curve is nothing."""
    assert curve(pg.Ramp(ramp="r", curve="gompertz", t50_weeks=90, slope_per_week=90), 0) == 0.0


SHOPS = ("press", "body", "paint", "chassis", "final", "engine")


@pytest.mark.parametrize(("depth", "passed"), [
    ("full", {"press", "body", "paint", "chassis", "final"}),
    ("CKD", {"body", "paint", "chassis", "final"}),
    ("SKD", {"chassis", "final"}),
    ("DKD", {"final"}),
])  # fmt: skip
def test_kits_pass_only_some_shops(depth: str, passed: set[str]) -> None:
    """The less is done at the plant, the fewer shops have work; engines are no work of cars."""
    shops = [st.Shop(shop=kind, plant="ulm", kind=kind) for kind in SHOPS]
    row = pg.Allocation(vehicle="arc", plant="ulm", start="2024", depth=depth)
    work = books_of(plant_case(ONE, row, *shops)).limits.work
    assert {shop for (_, _, shop), factor in work.items() if factor == 1.0} == passed
    assert set(work.values()) == {0.0, 1.0}


def test_engine_shop_works_where_a_row_says_so() -> None:
    """A row in work_content goes before the rule that engine shops have no work."""
    rows = [ONE, st.Shop(shop="engines", plant="ulm", kind="engine"),
            WorkContent(vehicle="arc", shop="engines", factor=0.5),
            pg.Allocation(vehicle="arc", plant="ulm", start="2024")]  # fmt: skip
    assert books_of(plant_case(*rows)).limits.work["arc", "ulm", "engines"] == 0.5


def test_launch_takes_the_tightest_shop_of_each_day() -> None:
    """Without a plateau the slowest shop for this car rules, and its pace may change in a month."""
    rows = [
        ONE,
        st.Shop(shop="body", plant="ulm", kind="body"),
        st.Shop(shop="paint", plant="ulm", kind="paint"),
        st.ShopRate(shop="body", start="2024-01-01", jph=10),
        st.ShopRate(shop="body", start="2024-02-26", jph=2),
        st.ShopRate(shop="paint", start="2024-01-01", jph=10, availability_pct=80),
        WorkContent(vehicle="arc", shop="body", factor=0.5),
        WorkContent(vehicle="arc", shop="paint", factor=2),
        pg.Allocation(vehicle="arc", plant="ulm", start="2024-02-19"),
    ]
    # 19 to 23 February: body 20/h, paint 4/h; 26 to 29: body 4/h, paint 4/h: 9 days × 8 h × 4.
    limits = books_of(plant_case(*rows)).limits
    assert limits.launch["arc", "ulm"] == [pytest.approx(9 * 8 * 4)]
    assert limits.capacity["body"] == [pytest.approx(17 * 8 * 10 + 4 * 8 * 2)]


def test_launch_without_plateau_or_shop_is_unlimited_inside_its_dates() -> None:
    """Blank means no limit in months that the allocation touches, and 0 in the others."""
    row = pg.Allocation(vehicle="arc", plant="ulm", start="2024-03-31", end="2024-04-01")
    limits = books_of(plant_case(ONE, row, months=4)).limits
    assert limits.launch["arc", "ulm"] == [0.0, None, None, 0.0]


@pytest.mark.parametrize(("start", "end", "share"), [
    ("2020", None, 60 / 366),  # February 29 days and March 31
    ("2024-03-01", "2024-03-10", 10 / 366),
    ("2024-01-01", "2024-02-10", 10 / 366),
])  # fmt: skip
def test_agreements_count_days_of_a_leap_year(start: str, end: str | None, share: float) -> None:
    """The year's volume goes by the days inside both agreement and horizon."""
    case = plant_case(months=2)
    row = pg.Agreement(agreement="a", name="a", principal="o", maker="o", vehicle="arc",
                       plant="ulm", start=start, end=end, status="firm")  # fmt: skip
    assert agreement_share(books_of(case), row, 2024) == pytest.approx(share)


def test_whole_and_broken_months_on_the_way() -> None:
    """A month is 30.4375 days; what is left over is the share that arrives a month later."""
    assert Lag.of(0) == Lag(0, 0.0)
    assert Lag.of(30.4375) == Lag(1, 0.0)
    assert Lag.of(35).whole == 1
    assert Lag.of(35).late_share == pytest.approx(35 / 30.4375 - 1)


def test_duty_of_another_drivetrain_does_not_count(case: Case) -> None:
    """Rows for battery cars replace those for any goods, for these cars alone."""
    given = Given(case)
    electric = Money(given).duty.rates(("ion", "ulm-us"))
    assert electric == pytest.approx([0.10, 0.10, 5.2 / 31])
    petrol = Money(given).duty.rates(("arc", "ulm-us"))
    assert petrol == pytest.approx([0.025] * 3)
    assert Money(given).duty.rates(("arc", "ulm-de")) == [0.0] * 3


def test_first_rate_on_record_holds_before_it(case: Case) -> None:
    """A tariff that starts after the horizon still says what duty is, where it is the first."""
    late = [Tariff(importer="US", exporter="EU", start="2030-01-01", rate_pct=7)]
    table = Case.of(case.info, late).table("tariffs")
    given = Given(case.replace(tariffs=table))
    assert Money(given).duty.rates(("ion", "ulm-us")) == pytest.approx([0.07] * 3)


def test_nothing_is_shared_with_the_planner() -> None:
    """Only the case's records, columns and dates, errors and results are imported here."""
    allowed = (
        "motorworks.case.case", "motorworks.case.column", "motorworks.case.dates",
        "motorworks.case.records", "motorworks.errors", "motorworks.result",
        "motorworks.case.line_day", "motorworks.case.day_on_line", "motorworks.case.body_store",
        "motorworks.case.plant_model", "motorworks.case.month_of_orders",
    )  # fmt: skip
    files = sorted(Path(package.__file__).parent.glob("*.py"))
    imports = [
        (file.name, node.module)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("motorworks")
    ]
    assert len(imports) > len(files)
    assert [found for found in imports if not found[1].startswith(allowed)] == []
