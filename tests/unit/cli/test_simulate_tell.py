"""A simulation in the terminal."""

import datetime as dt
import json
from dataclasses import replace
from io import StringIO

from rich.console import Console

from motorworks.cli.simulate_found import Found
from motorworks.cli.simulate_tables import state_rows
from motorworks.cli.simulate_tell import against, as_json, tell_simulation
from motorworks.result.verify.findings import Verification
from motorworks.simulate.gains import Gains
from motorworks.simulate.holdups import with_holdups
from tests.unit.simulate.results import holdups, improvement, plant, result

CHECK = Verification((), {"rule": 3})
SPAN = (dt.date(2024, 1, 8), dt.date(2024, 1, 9))


def found() -> Found:
    """All that a simulation may find."""
    model = plant()
    seen = holdups(model)
    return Found(model, SPAN, "shop", with_holdups(result(model), seen, improvement()), seen,
                 improvement())  # fmt: skip


def told(one: Found) -> str:
    """What is printed."""
    out = Console(file=StringIO(), width=160, highlight=False)
    tell_simulation(out, one, CHECK)
    text: str = out.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_a_planner_reads_pace_bottleneck_gains_and_split() -> None:
    """Most important first, each with its interval."""
    text = told(found())
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0].startswith("site from 2024-01-08 to 2024-01-09, shop level: 7 elements")
    assert "50.0 (49.0 to 51.0)" in text
    assert "the plan assumes 55.0: 6.8 % less" in text
    assert "800 of 840 planned" in text
    assert any(line.startswith("m2: its neighbours wait for it") for line in lines)
    assert "m2 1 % faster: +4.0 cars a day (3.0 to 5.0)" in lines
    assert "b1: 4 more places, 7 in all" in lines
    assert "check: nothing wrong: 3 checks by 1 rules" in lines
    assert text.index("what holds it back") < text.index("states, %")


def test_states_are_told_in_per_cent_of_open_time() -> None:
    """Half of the time is a break and does not count."""
    row = state_rows(found().result.tables["sim_elements"].to_dicts())[0]
    assert (row["working"], row["blocked"]) == (80.0, 18.0)


def test_what_was_stopped_by_hand_is_said() -> None:
    """Gains and the split are what they are so far."""
    one = found()
    gains = one.holdups.gains
    assert isinstance(gains, Gains)
    half = replace(one.holdups, gains=replace(gains, complete=False), turning=())
    assert one.improvement is not None
    text = told(replace(one, holdups=half, improvement=replace(one.improvement, complete=False)))
    assert "Stopped by hand before all had been tried." in text
    assert "the best split so far" in text
    assert "no place for whom its neighbours wait" in text


def test_json_holds_all_but_the_longest_tables() -> None:
    """It reads back, without numbers that JSON does not know."""
    data = json.loads(as_json(found(), CHECK), parse_constant=_refuse)
    assert data["tables"]["sim_gains"][0]["gain"] == 4.0
    assert data["improvement"]["after"] == 412.0
    assert data["cars_always_at_hand"] == {"cars_a_day": 400.0, "low": 395.0, "high": 405.0}
    assert data["headlines"]["lead_time"]["half"] is None
    assert "sim_scene" not in data["tables"]


def _refuse(constant: str) -> None:
    raise AssertionError(constant)


def test_a_pace_is_held_against_the_plan_in_words() -> None:
    """More, less or as much."""
    assert against(46.0, 45.0).endswith("2.2 % more")
    assert against(45.0, 45.0).endswith("as much")
