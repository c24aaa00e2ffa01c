"""What may run side by side, and who fits no shop: answers told by hand."""

from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records import choices, sites
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.errors import InfeasibleError
from motorworks.plan.encode import encode
from motorworks.plan.labels import label_of
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import MONTHS, PROFIT, small_case

VAN_PROFIT = 1900.0
"""Price 17,000 less material 12,000, conversion 3,000 and freight 100."""


def _case(
    *rows: Record,
    van: list[float] | None = None,
    vehicle: dict[str, Any] | None = None,
    allocation: dict[str, Any] | None = None,
    **cells: Any,
) -> Case:
    """The small case with a hundred cars a month, and vans beside them; both may start."""
    wanted = [300.0] if van is None else van
    more = [
        pr.Vehicle(**{"vehicle": "van", "name": "Van", "brand": "badge", "platform": "tall",
                      "drivetrain": "ICE", "stock_value": 20000, "currency": "USD",
                      **(vehicle or {})}),
        pr.Platform(platform="tall", name="Tall"),
        pg.Allocation(vehicle="van", plant="works", start="2020-01", plateau_jph=100.0,
                      **(allocation or {})),
        pg.VehicleCost(vehicle="van", plant="works", start="2025-01", material_cost=12000,
                       conversion_cost=3000, currency="USD"),
        mk.Price(vehicle="van", market="city", start="2025-01", price=17000, currency="USD"),
        *(mk.Demand(vehicle="van", market="city", month=month, units=units)
          for month, units in zip(MONTHS, wanted, strict=False)),
    ]  # fmt: skip
    return small_case([100.0] * len(wanted), *more, *rows, **cells)


def _windows(**cells: Any) -> list[Record]:
    given = {"plant": "works", "earliest": "2025-01", "optional": True, **cells}
    return [choices.LaunchWindow(vehicle=vehicle, **given) for vehicle in ("car", "van")]


def _rule(kind: Any) -> choices.LineRule:
    return choices.LineRule(rule="r", plant="works", vehicle="car", other="van", kind=kind)


def _built(result: PlanResult, vehicle: str) -> list[float]:
    rows = result.table("production").filter(pl.col("vehicle") == vehicle)
    return [float(units) for units in rows["units"]]


def test_of_two_kept_apart_the_one_that_earns_more_runs() -> None:
    """300 vans earn 570,000, 100 cars 490,000; side by side they would earn both."""
    both = solve_plan(_case(*_windows()))
    assert both.margin == pytest.approx(100 * PROFIT + 300 * VAN_PROFIT)
    apart = solve_plan(_case(*_windows(), _rule("apart")))
    assert _built(apart, "car") == pytest.approx([0])
    assert apart.margin == pytest.approx(300 * VAN_PROFIT)


def test_one_may_follow_the_other_on_the_line() -> None:
    """Kept apart and free to end, the cars of two months are built in one, then the vans."""
    case = _case(*_windows(end_earliest="2025-01"), _rule("apart"), van=[0, 300])
    result = solve_plan(case)
    assert _built(result, "car") == pytest.approx([200, 0])
    assert _built(result, "van") == pytest.approx([0, 300])


def test_a_car_without_a_window_keeps_the_other_away() -> None:
    """The car runs in any case, so the van may not."""
    _, van = _windows()
    result = solve_plan(_case(van, _rule("apart")))
    assert _built(result, "van") == pytest.approx([0])
    assert result.table("launches")["start"].item() is None


def test_two_that_belong_together_start_together_or_not_at_all() -> None:
    """The investment for the van is worth the cars' 490,000 and the vans' 570,000, or it is not."""
    for capex, starts in ((1_000_000.0, "2025-01"), (1_100_000.0, None)):
        cells = {"capex": capex, "currency": "USD"}
        result = solve_plan(_case(*_windows(), _rule("together"), allocation=cells))
        assert result.table("launches")["start"].to_list() == [starts, starts]


def test_a_plant_holds_so_many_models() -> None:
    """With room for one model the vans run alone; as one model, both run."""
    one = solve_plan(_case(*_windows(), plant={"models_max": 1}))
    assert one.margin == pytest.approx(300 * VAN_PROFIT)
    same = _case(*_windows(), plant={"models_max": 1}, vehicle={"model": "car"})
    assert solve_plan(same).margin == pytest.approx(100 * PROFIT + 300 * VAN_PROFIT)


def test_a_plant_holds_so_many_platforms() -> None:
    """With room for one platform the vans run alone, unless they stand on that of the car."""
    one = solve_plan(_case(*_windows(), plant={"platforms_max": 1}))
    assert one.margin == pytest.approx(300 * VAN_PROFIT)
    same = _case(*_windows(), plant={"platforms_max": 1}, vehicle={"platform": "base"})
    assert solve_plan(same).margin == pytest.approx(100 * PROFIT + 300 * VAN_PROFIT)


def test_a_shop_counts_only_the_models_with_work_in_it() -> None:
    """A press shop for one model holds both cars if one of them has no work there."""
    press = sites.Shop(shop="press", plant="works", kind="press", models_max=1)
    assert solve_plan(_case(*_windows(), press)).margin == pytest.approx(300 * VAN_PROFIT)
    idle = pr.WorkContent(vehicle="car", shop="press", factor=0)
    both = solve_plan(_case(*_windows(), press, idle))
    assert both.margin == pytest.approx(100 * PROFIT + 300 * VAN_PROFIT)


def test_models_that_run_in_any_case_fill_their_places() -> None:
    """Two cars without a window, and room for one: no plan."""
    with pytest.raises(InfeasibleError):
        solve_plan(_case(plant={"models_max": 1}))


@pytest.mark.parametrize(
    "limit", [{"mass_max_kg": 2000}, {"drivetrains": "BEV HEV"}], ids=["mass", "drivetrain"]
)
def test_a_car_that_fits_no_shop_never_starts(limit: dict[str, Any]) -> None:
    """Too heavy for the press, or of a drivetrain that it does not know: no start is paid for."""
    press = sites.Shop(shop="press", plant="works", kind="press", **limit)
    cells = {"capex": 1.0, "currency": "USD"}
    _, van = _windows()
    light = pr.WorkContent(vehicle="car", shop="press", factor=0)
    case = _case(van, press, light, vehicle={"mass_kg": 2100}, allocation=cells)
    result = solve_plan(case)
    assert result.table("launches")["start"].item() is None
    assert _built(result, "car") == pytest.approx([100])


def test_a_car_without_work_in_the_narrow_shop_fits() -> None:
    """What does not pass the shop may be heavy."""
    press = sites.Shop(shop="press", plant="works", kind="press", mass_max_kg=2000)
    light = pr.WorkContent(vehicle="van", shop="press", factor=0)
    case = _case(press, light, vehicle={"mass_kg": 2100})
    assert _built(solve_plan(case), "van") == pytest.approx([300])


@pytest.mark.parametrize("family", ["models_limit", "platforms_limit"])
def test_the_rows_of_a_full_plant_are_named(family: str) -> None:
    """The plant, and each allocation that counts there, with the month."""
    case = _case(*_windows(), plant={"models_max": 1, "platforms_max": 1})
    data = encode(case, PlanParams(**case.info.plan))
    assert label_of(family, (0, 0), data).what == "works"
    names = [label_of(f"{family}_on", (row, 0), data) for row in (0, 1)]
    assert [name.what for name in names] == ["car at works in works", "van at works in works"]
    assert names[0].when == "2025-01"
