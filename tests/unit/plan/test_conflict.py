"""Where no plan meets all rules, the message names the rules that stand in each other's way."""

from collections.abc import Iterable

import polars as pl
import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Pin
from motorworks.errors import EngineError, InfeasibleError
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan

TINY = read_case(find_case("tiny"))


def conflict(case: Case) -> list[str]:
    """Rules that must give way where a case has no plan, as the message lists them."""
    return both_sides(case)[0]


def both_sides(case: Case) -> tuple[list[str], list[str]]:
    """Rules that must give way, and the limits that stand in their way."""
    with pytest.raises(InfeasibleError) as caught:
        solve_plan(case)
    first, *lines = str(caught.value).splitlines()
    assert first == "no plan meets all rules; the nearest one breaks:"
    halfway = "what stands in the way:"
    place = lines.index(halfway) if halfway in lines else len(lines)
    return lines[:place], lines[place + 1 :]


def pinned(pins: Iterable[Pin]) -> Case:
    """The tiny case with pins."""
    return TINY.replace(pins=table_of(Pin, pins))


def test_a_pin_before_the_start_is_named_with_what_it_is_short() -> None:
    """Gamma cannot be built in February: the pin must give way by all of its 5 cars."""
    pin = Pin(vehicle="gamma", plant="south", month="2025-02", minimum=5, reason="show cars")
    assert conflict(pinned([pin])) == ["  • pins: gamma at south in 2025-02 by 5.0"]


def test_a_pin_above_the_line_names_the_pin_or_the_line() -> None:
    """260 cars where the line builds 230: the launch limit cannot give way, so the pin must."""
    pin = Pin(vehicle="alpha", plant="north", month="2025-01", minimum=260, reason="big order")
    lines = conflict(pinned([pin]))
    assert lines == ["  • pins: alpha at north in 2025-01 by 30.0"]


def test_two_pins_that_overfill_a_shop_are_short_by_what_is_missing() -> None:
    """130 of each in a month of 230 slots: 30 are missing, in the shop or between the pins."""
    pins = [
        Pin(vehicle=vehicle, plant="north", month="2025-01", minimum=130, reason="promised")
        for vehicle in ("alpha", "beta")
    ]
    lines = conflict(pinned(pins))
    places = ("shop_capacity: north-line", "pins: alpha at north", "pins: beta at north")
    told = [line.removeprefix("  • ").split(" in 2025-01 by ") for line in lines]
    assert {place for place, _ in told} <= set(places)
    assert sum(float(units) for _, units in told) == pytest.approx(30, abs=0.1)


def test_a_pin_to_a_market_names_vehicle_plant_and_market() -> None:
    """No Gamma can leave for home in March, since none is built before April."""
    pin = Pin(vehicle="gamma", plant="south", market="home", month="2025-03", minimum=2,
              reason="launch event")  # fmt: skip
    assert conflict(pinned([pin])) == ["  • pins: gamma at south to home in 2025-03 by 2.0"]


def test_many_conflicts_are_counted_beyond_the_first_ten() -> None:
    """Twelve impossible pins: ten are shown and the rest counted."""
    pins = [
        Pin(vehicle=vehicle, plant="north", month=month, minimum=1000, reason="dream")
        for vehicle in ("alpha", "beta")
        for month in TINY.info.month_names
    ]
    lines = conflict(pinned(pins))
    assert len(lines) == 11
    assert lines[-1] == "  • and 2 more"


def test_a_yard_too_small_for_what_stands_in_it_is_named() -> None:
    """150 cars that nobody wants stand in a market with 100 slots."""
    markets = TINY.table("markets").with_columns(
        pl.when(pl.col("market") == "home").then(100.0).alias("yard_slots")
    )
    stock = pl.DataFrame(
        {"vehicle": ["gamma"], "plant": [None], "market": ["home"], "units": [150.0]},
        schema=TINY.table("opening_stock").schema,
    )
    lines = conflict(TINY.replace(markets=markets, opening_stock=stock))
    assert all(line.startswith(("  • market_yard: ", "  • market_balance: ")) for line in lines)
    assert any("2025-01" in line for line in lines)


def test_the_limits_that_pins_run_up_against_are_named() -> None:
    """Not only the pin, also the line, the lane, the agreement or the other pin."""
    pair = {"plant": "north", "month": "2025-02", "reason": "promised"}
    line = [Pin(vehicle=vehicle, minimum=150, **pair) for vehicle in ("alpha", "beta")]
    assert both_sides(pinned(line))[1] == ["  • shop_capacity: north-line in 2025-02"]
    lane = [Pin(vehicle="beta", market="away", minimum=90, **pair)]
    assert both_sides(pinned(lane))[1] == ["  • lane_space: north-away in 2025-02"]
    most = Pin(vehicle="alpha", maximum=10, **pair)
    least = Pin(vehicle="alpha", market="home", minimum=120, **pair)
    assert "  • pins: alpha at north in 2025-02" in both_sides(pinned([most, least]))[1]
    agreed = TINY.table("agreements").with_columns(min_per_year=10.0, max_per_year=40.0)
    gamma = Pin(vehicle="gamma", plant="south", month="2025-05", minimum=60, reason="promised")
    against = both_sides(pinned([gamma]).replace(agreements=agreed))[1]
    assert against == ["  • agreement_maximum: gamma-for-partner in 2025"]


def test_a_pin_on_what_is_shipped_runs_up_against_what_is_built() -> None:
    """500 cars to leave in the first month, where 230 can be built."""
    pin = Pin(vehicle="alpha", plant="north", market="home", month="2025-01", minimum=500,
              reason="promised")  # fmt: skip
    assert both_sides(pinned([pin])) == (
        ["  • pins: alpha at north to home in 2025-01 by 270.0"],
        ["  • launch: alpha at north in 2025-01"],
    )


def test_a_time_limit_too_short_says_what_to_raise() -> None:
    """The error names the setting and where it stands."""
    hurried = TINY.with_info(plan={**TINY.info.plan, "time_limit_s": 1e-9})
    with pytest.raises(EngineError, match=r"raise time_limit_s in \[plan\] of case\.toml"):
        solve_plan(hurried)
