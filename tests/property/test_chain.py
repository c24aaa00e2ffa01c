"""Random small cases through the whole chain: no car is lost or made up on the way."""

import datetime as dt

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, table_of
from motorworks.case.records.line import SequenceRule
from motorworks.case.records.markets import Demand
from motorworks.case.records.products import (
    Colour,
    ColourMix,
    Option,
    TakeRate,
    Vehicle,
)
from motorworks.io.case_folder import find_case, read_case
from motorworks.pipeline.stages import simulate_days, slotted
from motorworks.pipeline.watch import Watch
from motorworks.plan.solve import solve_plan
from motorworks.result.verify.whole_run import verify_run
from motorworks.sequence.days import sequence_days

TINY = read_case(find_case("tiny"))
VEHICLES = [row.vehicle for row in TINY.rows(Vehicle)]
MONTH = (dt.date(2025, 4, 1), dt.date(2025, 4, 30))
PALETTE = ("white", "red", "blue")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """The case tiny with other demand, colours, options and rules."""
    factor = draw(st.sampled_from([0.3, 0.7, 1.0, 1.3]))
    demand = [row.model_copy(update={"units": row.units * factor}) for row in TINY.rows(Demand)]
    colours = draw(st.lists(st.sampled_from(PALETTE), max_size=3, unique=True))
    vehicle = draw(st.sampled_from(VEHICLES))
    rules = [
        SequenceRule(rule="few", kind="ratio", vehicle=vehicle,
                     at_most=draw(st.integers(1, 2)), window=draw(st.integers(2, 6)),
                     priority=draw(st.sampled_from(["high", "low"]))),
        SequenceRule(rule="roofs", kind="ratio", option="roof", at_most=1,
                     window=draw(st.integers(2, 4)), priority="low"),
    ]  # fmt: skip
    rate = draw(st.sampled_from([0.0, 12.5, 50.0, 100.0]))
    rows = [TakeRate(vehicle=name, option="roof", share_pct=rate) for name in VEHICLES]
    mix = [ColourMix(vehicle=name, colour=colour, share_pct=100.0 / len(colours))
           for name in VEHICLES for colour in colours]  # fmt: skip
    case = TINY.replace(
        demand=table_of(Demand, demand),
        sequence_rules=table_of(SequenceRule, rules),
        options=table_of(Option, [Option(option="roof", name="Glass roof")]),
        take_rates=table_of(TakeRate, rows),
        colours=table_of(Colour, [Colour(colour=name, name=name) for name in colours]),
        colour_mix=table_of(ColourMix, mix),
    )
    seed = draw(st.integers(0, 3))
    return case.with_info(
        slot={"seed": seed, "iterations": 2000},
        sequence={"seed": seed, "iterations": 2000},
        simulate={"seed": seed, "replications": 1},
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_the_cars_of_the_plan_are_those_of_the_minutes(case: Case) -> None:
    """Plan = orders = slots + carried over, slots = sequenced = simulated; and all checks hold."""
    plan = solve_plan(case)
    months = slotted(case, plan, [MONTH], Watch())
    days = sequence_days(case, plan.tables, [MONTH], slotted=months.days)
    minutes = simulate_days(case, days, Watch())
    found = verify_run(case, plan, months, days, minutes)
    assert found.clean, str(found)
    built = plan.table("production").filter(month="2025-04").group_by("plant").agg(pl.sum("units"))
    for plant, units in built.iter_rows():
        own = [one for one in months.months if one.plant == plant]
        orders = sum(len(one.month.orders) for one in own)
        assert abs(orders - units) < len(VEHICLES)
        over = sum(len(one.result.carried_over(one.month)) for one in own)
        in_order = [one for one in days.days if one.line.startswith(plant)]
        assert orders - over == sum(len(one.built) for one in in_order)
        spans = [span for span in minutes.spans if span.plant == plant]
        counts = [span.result.tables["sim_replications"].row(0, named=True) for span in spans]
        begun = sum(row["came_in"] for row in counts)
        assert begun == sum(row["out"] + row["inside"] + row["scrapped"] for row in counts)
        assert begun <= orders - over
