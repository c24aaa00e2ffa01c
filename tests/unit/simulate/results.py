"""A small simulation result built by hand, with every table it has in a run."""

from dataclasses import replace

import numpy as np

from motorworks.case.case import table_of
from motorworks.case.plant_model import Calendar, PlantModel, Station
from motorworks.result.simulation import Estimate, Simulated, SimulationResult, WarmUp
from motorworks.result.simulation_records import (
    SIMULATION_RECORDS,
    SimBuffer,
    SimDay,
    SimElement,
    SimReplication,
    SimSummary,
)
from motorworks.simulate.active_periods import active_shares
from motorworks.simulate.bottleneck import state_shares, turning_points
from motorworks.simulate.gains import Change, Gain, Gains
from motorworks.simulate.holdups import Holdups, with_holdups
from motorworks.simulate.improve import Improvement, Place
from motorworks.simulate.paces import shop_paces
from tests.unit.simulate.lines import line, tally, visits


def plant() -> PlantModel:
    """Three stations in two shops, open for eight hours."""
    model = line([1.0, 1.1, 1.0], [3, 4], name="site")
    shops = dict(zip(("m1", "b1", "m2", "b2", "m3"), ("body", "body", "body", "final", "final"),
                     strict=True))  # fmt: skip
    elements = tuple(
        replace(one, shop=shops.get(one.name, ""), **({"calendar": 0} if isinstance(one, Station)
                                                      else {}))
        for one in model.elements
    )  # fmt: skip
    hours = Calendar("day", np.array([[0.0, 480.0]]), np.zeros(1), np.zeros(1, dtype=np.int64),
                     np.ones(1, dtype=np.bool_))  # fmt: skip
    return replace(model, elements=elements, calendars=(hours,), net_rate=55.0)


def holdups(model: PlantModel) -> Holdups:
    """The second station holds the line."""
    states = {
        "m1": {"blocked": 30.0}, "m2": {"repair": 10.0, "starved": 1.0}, "m3": {"starved": 40.0},
    }  # fmt: skip
    seen = visits([(1, 0, 0.0, 0.0, 90.0, 95.0), (3, 0, 60.0, 60.0, 480.0, 480.0),
                   (2, 0, 95.0, 95.0, 95.0, 120.0)])  # fmt: skip
    one = tally(model, states, exits=[10.0, 11.0, 12.0], visits=seen, end=480.0)
    one = replace(one, passed=np.array([500, 420, 420, 410, 405, 400, 400]))
    gains = Gains(400.0, (
        Gain(Change("faster", "m2", 3, "body", 1.0), 4.0, 3.0, 5.0),
        Gain(Change("place", "b1", 2, "body", 0.2), 0.1, -0.1, 0.3),
    ), (Change("place", "b2", 4, "final", 0.0),))  # fmt: skip
    return Holdups(
        model, 400.0, 395.0, 405.0, tuple(turning_points(model, state_shares([one]))),
        tuple(active_shares(model, one)), tuple(shop_paces(model, [one])), (one,), gains,
    )  # fmt: skip


def improvement() -> Improvement:
    """Five places, most of them before the second station."""
    places = (Place("b1", 2, 3), Place("b2", 4, 4))
    return Improvement("buffers", places, (4, 1), 400.0, 412.0, 12.0, 10.0, 14.0, 9)


def result(model: PlantModel) -> SimulationResult:
    """A result with figures in the tables that are shown."""
    rows = {
        "sim_summary": [SimSummary(measure="jph_net", unit="vehicles/h", mean=50.0, half=1.0,
                                   low=49.0, high=51.0, spread=2.0, replications=2,
                                   assumed=55.0)],
        "sim_elements": [
            SimElement(element=name, shop=shop, kind="station", servers=1, working=40.0,
                       blocked=blocked, starved=10.0 - blocked, breaks=50.0, content=0.8,
                       left=400.0, worked=400.0, setups=0.0, utility=0.0)
            for name, shop, blocked in (("m1", "body", 9.0), ("m2", "body", 1.0),
                                        ("m3", "final", 0.0))
        ],
        "sim_buffers": [SimBuffer(element="b1", shop="body", places=3, content=2.0, p95=3.0,
                                  most=3, empty=1.0, full=40.0, left=400.0)],
        "sim_days": [SimDay(day=number, planned=420, cars=400.0, half=5.0, least=390, most=410,
                            planned_sum=420 * number, cars_sum=400.0 * number)
                     for number in (1, 2)],
        "sim_replications": [
            SimReplication(replication=number, cars=400, days=1.0, open_hours=8.0,
                           cars_a_day=400.0, jph_net=49.0 + number, jph_gross=60.0,
                           lead_time=10.0, content=8.0, came_in=410, out=400, inside=10,
                           scrapped=0, warmup=0.0, end=480.0, events=5000)
            for number in (0, 1, 2)
        ],
    }  # fmt: skip
    tables = {r.TABLE: table_of(r, rows.get(r.TABLE, [])) for r in SIMULATION_RECORDS}
    return SimulationResult(
        "site", Estimate(400.0, 5.0, 2), Estimate(50.0, 1.0, 2), Estimate(60.0, 0.5, 2),
        Estimate(17.0, float("inf"), 2), WarmUp(0.0, "none", "none: given"),
        Simulated(1, 2, 10_000, 0.5, 2, "replications", "events", "events: any plant", "0.1"),
        tables, {"seed": 1},
    )  # fmt: skip


def whole() -> SimulationResult:
    """The result with bottlenecks, gains and the picture."""
    model = plant()
    return with_holdups(result(model), holdups(model), improvement())
