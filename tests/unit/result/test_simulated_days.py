"""Simulations of a run, written as tables and read again."""

import datetime as dt
import json
import math
from dataclasses import replace

import polars as pl

from motorworks.case.records.sites import ShopRate
from motorworks.result.bottleneck_records import SimTurn
from motorworks.result.simulated_days import (
    SIMULATED_RECORDS,
    SimulatedDays,
    SimulatedSpan,
    read_simulated,
)
from tests.unit.simulate.results import whole

TURN = SimTurn(turn=1, shop="body", plant="site", assumed=54.0, measured=48.0, volume=10.0)


def two() -> SimulatedDays:
    """Two simulations, the second a week later, with a turn and rates."""
    first = SimulatedSpan("site", dt.date(2024, 1, 8), 2, "shop", whole())
    later = replace(first, first=dt.date(2024, 1, 15), days=1)
    rate = ShopRate(shop="body", start="2020-01-01", jph=60, availability_pct=90)
    return SimulatedDays((first, later), (TURN,), (rate,), {"level": "shop"})


def test_simulations_survive_being_written_and_read() -> None:
    """Tables, turns and what is stated say all that a report needs."""
    stated = json.loads(json.dumps(_no_infinity(two().stated)))
    found = read_simulated(two().tables, stated)
    assert [span.name for span in found.spans] == ["site 2024-01-08", "site 2024-01-15"]
    assert found.tables.keys() == two().tables.keys()
    for name, table in two().tables.items():
        assert found.tables[name].equals(table), name
    assert found.turns == (TURN,)
    assert found.rates == two().rates
    one = found.spans[0].result
    assert one.jph_net == whole().jph_net
    assert math.isinf(one.lead_time.half)
    assert one.warmup == whole().warmup


def test_every_table_of_a_run_says_which_simulation_it_is_of() -> None:
    """Rows of the second stand behind those of the first."""
    tables = two().tables
    assert set(tables) == {record.TABLE for record in SIMULATED_RECORDS}
    names = tables["sim_elements"]["simulation"].to_list()
    assert names == ["site 2024-01-08"] * 3 + ["site 2024-01-15"] * 3
    assert not {"sim_visits", "sim_levels"} & set(tables)


def test_what_differs_from_machine_to_machine_is_not_stated() -> None:
    """Seconds and cores are left out, so that the same run writes the same."""
    for entry in two().stated["simulations"]:
        assert (entry["simulated"]["seconds"], entry["simulated"]["workers"]) == (0.0, 0)


def test_a_run_without_simulations_has_empty_tables() -> None:
    """They have their columns all the same."""
    tables = SimulatedDays(()).tables
    assert all(isinstance(table, pl.DataFrame) and not table.height for table in tables.values())


def _no_infinity(value: object) -> object:
    """As run.json is written: what is not finite becomes nothing."""
    if isinstance(value, dict):
        return {key: _no_infinity(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_no_infinity(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
