"""The verification of a simulation names every fault that is seeded into one without any."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from motorworks.case.plant_model import (
    Calendar,
    Carriers,
    Crew,
    Failure,
    Law,
    Parts,
    PlantModel,
    Segment,
)
from motorworks.result.simulation import Estimate, SimulationResult, WarmUp
from motorworks.result.verify import SIMULATION_RULES, verify_simulation
from tests.subjects.hand_line import hand_model, hand_result

Fault = Callable[[SimulationResult], SimulationResult]


def cell(table: str, column: str, value: Any, **where: Any) -> Fault:
    """A fault: other values in a column, in the rows that have certain values elsewhere."""

    def spoil(result: SimulationResult) -> SimulationResult:
        frame = result.tables[table]
        rows = pl.all_horizontal(pl.lit(True), *(pl.col(name) == v for name, v in where.items()))
        assert frame.filter(rows).height, f"no row of {table} has {where}"
        changed = pl.when(rows).then(pl.lit(value, dtype=frame.schema[column]))
        return with_table(
            result, table, frame.with_columns(changed.otherwise(column).alias(column))
        )

    return spoil


def with_table(result: SimulationResult, name: str, frame: pl.DataFrame) -> SimulationResult:
    """The result with another table in place of one of its own."""
    return replace(result, tables={**result.tables, name: frame})


def without_row(table: str, **where: Any) -> Fault:
    """A fault: rows that are not there."""

    def spoil(result: SimulationResult) -> SimulationResult:
        rows = pl.all_horizontal(*(pl.col(name) == v for name, v in where.items()))
        return with_table(result, table, result.tables[table].filter(~rows))

    return spoil


def visit(column: str, value: Any, *, car: int, element: str) -> Fault:
    """A fault in a visit of the first replication."""
    return cell("sim_visits", column, value, replication=1, car=car, element=element)


FAULTS: dict[str, list[Fault]] = {
    "complete": [
        without_row("sim_elements", element="first"),
        without_row("sim_replications", replication=2),
        cell("sim_lead_times", "vehicle", "tram", vehicle="van"),
    ],
    "states": [
        cell("sim_elements", "starved", 1.0, element="first"),
        cell("sim_elements", "working", 120.0, element="first"),
    ],
    "conservation": [
        cell("sim_replications", "inside", 2, replication=1),
        cell("sim_replications", "cars", 6),
        cell("sim_replications", "warmup", 19.0),
    ],
    "rates": [
        cell("sim_replications", "cars_a_day", 401.0, replication=1),
        cell("sim_replications", "jph_net", 16.0, replication=2),
    ],
    "intervals": [
        cell("sim_summary", "mean", 17.0, measure="jph_net"),
        cell("sim_summary", "half", 1.0, measure="lead_time"),
        cell("sim_summary", "low", None, measure="content"),
        cell("sim_summary", "replications", 3, measure="content"),
        cell("sim_summary", "measure", "speed", measure="content"),
        lambda result: replace(result, jph_net=Estimate(17.0, 0.0, 2)),
        lambda result: replace(result, lead_time=Estimate(7.0, 0.5, 2)),
    ],
    "precision": [
        lambda result: replace(result, simulated=replace(result.simulated, stopped="precision")),
        lambda result: replace(result, simulated=replace(result.simulated, stopped="tired")),
        lambda result: replace(result, settings={**result.settings, "replications": 5}),
    ],
    "quantiles": [
        cell("sim_lead_times", "p05", 8.0, vehicle="all"),
        cell("sim_content", "most", 1.0, shop="all"),
        cell("sim_order", "displaced_p50", 1.0, element="place"),
    ],
    "room": [
        cell("sim_buffers", "most", 2, element="place"),
        cell("sim_levels", "content", 2, minute=6.0),
        cell("sim_levels", "content", -1, minute=6.0),
        cell("sim_elements", "content", 1.5, element="first"),
    ],
    "content": [
        cell("sim_content", "mean", 2.0, shop="body"),
        without_row("sim_content", shop="all"),
    ],
    "days": [
        cell("sim_days", "planned", 7),
        cell("sim_days", "cars_sum", 6.0),
        cell("sim_days", "least", 6),
        cell("sim_days", "day", 2),
        lambda result: cell("sim_days", "cars", 4.0)(cell("sim_days", "cars_sum", 4.0)(result)),
    ],
    "order": [
        cell("sim_order", "in_order", 101.0, element="place"),
        cell("sim_order", "displaced_most", 2.0, element="place"),
        cell("sim_order", "colour_changes", 6.0, element="place"),
    ],
    "oee": [
        cell("sim_oee", "oee", 80.0, shop="final"),
        cell("sim_oee", "producing", 0.2, shop="final"),
        cell("sim_oee", "element", "first", shop="final"),
    ],
    "warmup": [
        lambda result: replace(result, warmup=WarmUp(3.0, "given", "as the settings say")),
        cell("sim_replications", "warmup", 1.0),
    ],
    "visit_times": [
        visit("started", 5.0, car=1, element="first"),
        visit("ended", None, car=1, element="first"),
        visit("left", 18.5, car=4, element="second"),
    ],
    "visit_waits": [
        visit("blocked", 1.0, car=1, element="first"),
        visit("blocked", -1.0, car=4, element="first"),
        visit("failed", 3.0, car=1, element="first"),
    ],
    "visit_way": [
        visit("arrived", 2.5, car=0, element="second"),
        visit("left", None, car=2, element="first"),
        visit("element", "second", car=3, element="place"),
        visit("element", "place", car=7, element="first"),
    ],
    "visit_room": [
        visit("left", 7.0, car=2, element="first"),
        visit("left", 10.0, car=2, element="place"),
    ],
    "visit_servers": [
        visit("left", 7.0, car=2, element="first"),
        visit("server", 1, car=2, element="first"),
    ],
    "visit_fifo": [visit("left", 4.5, car=2, element="place")],
    "visit_work": [
        visit("ended", 9.5, car=4, element="first"),
        visit("failed", 1.0, car=4, element="first"),
    ],
    "visit_conservation": [
        visit("left", 18.0, car=7, element="first"),
        without_row("sim_visits", replication=1, car=7),
        cell("sim_replications", "out", 4, replication=1),
    ],
    "visit_figures": [
        cell("sim_replications", "lead_time", 7.5, replication=1),
        cell("sim_replications", "content", 2.5, replication=1),
        cell("sim_replications", "cars", 4, replication=1),
    ],
    "visit_levels": [
        cell("sim_levels", "content", 0, minute=15.0),
        cell("sim_levels", "content", 1, minute=3.0),
    ],
    "visits_elements": [
        cell("sim_elements", "left", 6.0, element="first"),
        cell("sim_buffers", "content", 0.5, element="place"),
        cell("sim_elements", "working", 80.0, element="first"),
    ],
    "visits_lead_times": [
        cell("sim_lead_times", "p95", 8.9, vehicle="all"),
        cell("sim_lead_times", "cars", 3.0, vehicle="van"),
    ],
    "visits_order": [
        cell("sim_order", "in_order", 90.0, element="second"),
        cell("sim_order", "colour_changes", 3.0, element="second"),
        cell("sim_order", "cars", 5.0, element="place"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "number"), [(rule, n) for rule, faults in FAULTS.items() for n in range(len(faults))]
)
def test_a_seeded_fault_is_named(rule: str, number: int) -> None:
    """The rule that the fault breaks is among those that object."""
    spoilt = FAULTS[rule][number](hand_result())
    assert rule in verify_simulation(hand_model(), spoilt).broken


def test_a_simulation_by_hand_has_no_fault() -> None:
    """Nothing is found, and every rule that has something to look at has looked."""
    verification = verify_simulation(hand_model(), hand_result())
    assert str(verification).startswith("nothing wrong")
    idle = {rule for rule, count in verification.checked.items() if count == 0}
    assert idle == {
        "visit_hours",
        "visit_operators",
        "visit_carriers",
        "visit_parts",
        "visits_days",
    }


def with_element(model: PlantModel, place: int, **changes: Any) -> PlantModel:
    """The plant with something else said of an element."""
    elements = list(model.elements)
    elements[place] = replace(elements[place], **changes)
    return replace(model, elements=tuple(elements))


LINE = hand_model()
POOLED = replace(
    with_element(with_element(LINE, 1, pool=0, operators=1), 3, pool=0, operators=2),
    crews=(Crew("welders", 3),),
)  # fmt: skip
TIMED = with_element(LINE, 1, calendar=0)
SHIFT = Calendar("shift", np.array([[0.0, 5.0]]))
LONGER = replace(SHIFT, overtime=np.array([13.0]), count=np.array([9]))
LATE = np.array([0.0, 0.0, 4.0, 6.0, 8.0, 11.0, 14.0, 17.0])
DOORS = Parts("doors", 3, (2.0, 2.0), 4.0, np.array([[5.0, 8.0]]))


def released(at: np.ndarray[Any, Any]) -> PlantModel:
    """The line with other dates of release."""
    assert LINE.cars is not None
    return replace(LINE, cars=replace(LINE.cars, release=at))


PLANTS: dict[str, tuple[PlantModel, PlantModel]] = {
    "visit_release": (released(LATE), released(LATE + 0.5)),
    "visit_work": (
        with_element(LINE, 3, time_min=(3.2, 3.2), law=Law("uniform", 1.0, 0.1)),
        with_element(LINE, 3, time_min=(3.4, 3.4), law=Law("uniform", 1.0, 0.1)),
    ),
    "visit_transfer": (LINE, with_element(LINE, 2, transfer_min=1.0)),
    "visit_hours": (replace(TIMED, calendars=(LONGER,)), replace(TIMED, calendars=(SHIFT,))),
    "visit_operators": (POOLED, replace(POOLED, crews=(Crew("welders", 2),))),
    "visit_carriers": (
        replace(LINE, carriers=(Carriers("skids", 1, 2, 2),)),
        replace(LINE, carriers=(Carriers("skids", 1, 2, 2, return_min=3.0),)),
    ),
    "visit_parts": (
        replace(LINE, parts=(DOORS,)),
        replace(LINE, parts=(replace(DOORS, arrivals=np.array([[8.5, 8.0]])),)),
    ),
}


@pytest.mark.parametrize("rule", PLANTS)
def test_what_a_plant_allows_is_held_against_the_visits(rule: str) -> None:
    """The same visits in a plant that allows them, and in one that does not."""
    result = hand_result()
    allowed, forbidden = PLANTS[rule]
    assert rule not in verify_simulation(allowed, result).broken
    assert rule in verify_simulation(forbidden, result).broken


def test_in_a_store_of_lanes_as_many_may_overtake_as_there_are_lanes() -> None:
    """One car may go before another by a second lane; a third needs a third."""
    once = visit("left", 4.5, car=2, element="place")(hand_result())
    twice = visit("left", 4.2, car=3, element="place")(once)
    wide = with_element(LINE, 2, capacity=4, layout="lanes", lanes=2)
    assert "visit_fifo" in verify_simulation(LINE, once).broken
    assert "visit_fifo" not in verify_simulation(wide, once).broken
    assert "visit_fifo" in verify_simulation(wide, twice).broken
    assert "visit_fifo" not in verify_simulation(
        with_element(LINE, 2, capacity=6, layout="lanes", lanes=3), twice
    ).broken  # fmt: skip
    free = with_element(LINE, 2, capacity=4, layout="random_access")
    assert "visit_fifo" not in verify_simulation(free, twice).broken


def test_a_car_that_comes_again_keeps_its_carrier() -> None:
    """It rides on from its first arrival to where it leaves the loop."""
    rows = hand_result().tables["sim_visits"]
    again = rows.filter((pl.col("replication") == 1) & (pl.col("car") == 1)).head(1)
    again = again.with_columns(arrived=pl.lit(3.0), started=pl.lit(3.0))
    result = with_table(hand_result(), "sim_visits", pl.concat([again, rows]))
    one = replace(LINE, carriers=(Carriers("skids", 1, 1, 1),))
    long = replace(LINE, carriers=(Carriers("skids", 1, 3, 3),))
    assert "visit_carriers" not in verify_simulation(long, result).broken
    assert "visit_carriers" not in verify_simulation(one, hand_result()).broken
    few = replace(LINE, carriers=(Carriers("skids", 1, 3, 2),))
    assert "visit_carriers" in verify_simulation(few, result).broken


def test_a_car_that_a_failure_scraps_need_not_be_done() -> None:
    """Its work is cut short, and no visit follows."""
    gone = hand_result().tables["sim_visits"].filter(
        (pl.col("car") != 4) | (pl.col("element") == "first")
    )  # fmt: skip
    result = with_table(hand_result(), "sim_visits", gone)
    result = visit("ended", 9.5, car=4, element="first")(result)
    scraps = replace(LINE, failures=(Failure("jam", 1, Law(), Law(), resume="scrap"),))
    assert "visit_work" in verify_simulation(LINE, result).broken
    assert "visit_work" not in verify_simulation(scraps, result).broken


def test_a_segment_takes_a_takt_for_each_slot() -> None:
    """A car is not through sooner, nor before the one ahead of it."""
    elements = list(LINE.elements)
    elements[2] = Segment("place", "body", 1.0, 2)
    model = replace(LINE, elements=tuple(elements))
    assert {"visit_transfer"} <= set(verify_simulation(model, hand_result()).broken)


def test_a_warm_up_is_found_again() -> None:
    """Statistic, cut and minutes follow from the rates that are told."""
    result = hand_result()
    rates = [0.0] * 5 + [6.0, 5.0, 4.0, 5.0, 5.0] * 5
    batches = [0.0, *[5.0] * 5]
    marks = [float(np.var(batches[cut:]) / (6 - cut)) for cut in range(4)]
    statistic = [marks[n // 5] if n % 5 == 0 and n // 5 < 4 else None for n in range(30)]
    rows: Mapping[str, Any] = {
        "stretch": list(range(1, 31)), "begin": [0.5 * n for n in range(30)], "rate": rates,
        "statistic": statistic, "kept": [n >= 5 for n in range(30)],
    }  # fmt: skip
    told = pl.DataFrame(rows)
    result = with_table(replace(result, warmup=WarmUp(2.5, "mser5", "found")), "sim_warmup", told)
    result = cell("sim_replications", "warmup", 2.5)(result)
    assert "warmup" not in verify_simulation(LINE, result).broken
    for fault in (
        cell("sim_warmup", "rate", 9.0, stretch=8),
        cell("sim_warmup", "statistic", 1.0, stretch=6),
        cell("sim_warmup", "kept", True),
        cell("sim_warmup", "begin", 3.5, stretch=6),
    ):
        assert "warmup" in verify_simulation(LINE, fault(result)).broken


def test_days_are_counted_again_from_visits() -> None:
    """A day that lies in the span as a whole."""
    result = hand_result()
    for number in (1, 2):
        result = cell("sim_replications", "end", 1440.0, replication=number)(result)
    assert "visits_days" not in verify_simulation(LINE, result).broken
    spoilt = cell("sim_days", "cars", 4.0)(result)
    assert "visits_days" in verify_simulation(LINE, spoilt).broken


def test_failures_of_the_plant_and_of_the_table_are_the_same() -> None:
    """Each once; minutes a stop are minutes over stops."""
    model = replace(LINE, failures=(Failure("jam", 1, Law(), Law()),))
    row = {"element": "first", "cause": "jam", "place": "", "shop": "body", "stops": 2.0,
           "stops_half": 0.0, "minutes": 5.0, "minutes_half": 0.0, "each": 2.5}  # fmt: skip
    schema = hand_result().tables["sim_stops"].schema
    result = with_table(hand_result(), "sim_stops", pl.DataFrame([row], schema=schema))
    assert "stops" not in verify_simulation(model, result).broken
    for column, value in (("each", 2.0), ("minutes", -5.0), ("cause", "fire")):
        assert "stops" in verify_simulation(model, cell("sim_stops", column, value)(result)).broken


def test_every_rule_has_a_fault_that_it_names() -> None:
    """No rule is there that cannot object."""
    assert set(SIMULATION_RULES) == set(FAULTS) | set(PLANTS) | {"stops", "visits_days"}
