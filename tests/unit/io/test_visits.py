"""Visits as files: a Parquet table, and an event log as OCEL 2.0 wants it."""

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from motorworks.case.plant_model import Exit, Flow, Source, Station
from motorworks.errors import CaseError
from motorworks.io.visits import write_event_log, write_visits
from tests.subjects.hand_line import hand_model, hand_result

FIRST = dt.date(2025, 10, 1)
KINDS = {"string", "time", "integer", "float", "boolean"}
PLAIN = {"string": str, "integer": int, "float": (int, float), "boolean": bool, "time": str}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def is_ocel(log: dict[str, Any]) -> None:
    """Hold a log against the rules of the JSON form of OCEL 2.0.

    Types have names and attributes of known kinds; objects and events have an id of their own, a
    type that is declared, values of declared attributes in their kind, moments in ISO 8601; each
    event has objects, all objects that are named are there, each with a qualifier.
    """
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    for types, items in (("objectTypes", "objects"), ("eventTypes", "events")):
        names = [one["name"] for one in log[types]]
        assert len(set(names)) == len(names)
        declared = {
            one["name"]: {item["name"]: item["type"] for item in one["attributes"]}
            for one in log[types]
        }
        assert all(set(kinds.values()) <= KINDS for kinds in declared.values())
        ids = [one["id"] for one in log[items]]
        assert len(set(ids)) == len(ids)
        for one in log[items]:
            assert set(one) - {"time"} == {"id", "type", "attributes", "relationships"}
            for item in one["attributes"]:
                assert isinstance(item["value"], PLAIN[declared[one["type"]][item["name"]]])
                assert ("time" in item) == (items == "objects")
                assert items == "events" or MOMENT.fullmatch(item["time"])
    objects = {one["id"] for one in log["objects"]}
    for event in log["events"]:
        assert MOMENT.fullmatch(event["time"])
        assert event["relationships"]
        assert all(set(one) == {"objectId", "qualifier"} for one in event["relationships"])
        assert {one["objectId"] for one in event["relationships"]} <= objects


def test_the_event_log_is_ocel_and_tells_every_visit(tmp_path: Path) -> None:
    """Each moment of each visit of the replication is an event, in the order of time."""
    path = tmp_path / "log.json"
    write_event_log(path, hand_model(), hand_result(), first=FIRST)
    log = json.loads(path.read_text("utf-8"))
    is_ocel(log)
    counts = Counter(event["type"] for event in log["events"])
    assert counts["first: arrived"] == 8
    assert counts["first: ended"] == counts["first: left"] == 7
    assert counts["second: left"] == 5
    times = [event["time"] for event in log["events"]]
    assert times == sorted(times)
    assert times[0] == "2025-10-01T00:00:00.000000Z"
    assert times[-1] == "2025-10-01T00:17:00.000000Z"


def test_the_way_of_a_car_is_told_in_its_order(tmp_path: Path) -> None:
    """Also where it goes through a place in no time."""
    path = tmp_path / "log.json"
    write_event_log(path, hand_model(), hand_result(), first=FIRST, replication=2)
    log = json.loads(path.read_text("utf-8"))
    own = [
        event["type"]
        for event in log["events"]
        if {"objectId": "car:0", "qualifier": "of"} in event["relationships"]
    ]
    steps = ("arrived", "started", "ended", "left")
    assert own == [f"{name}: {step}" for name in ("first", "place", "second") for step in steps]
    car = next(one for one in log["objects"] if one["id"] == "car:3")
    told = {item["name"]: item["value"] for item in car["attributes"]}
    assert told == {"number": 3, "order": "order 3", "vehicle": "van", "colour": "blue"}
    left = next(event for event in log["events"] if event["type"] == "place: left")
    assert {item["name"] for item in left["attributes"]} == {"server", "blocked", "failed"}


def test_names_may_hold_anything(tmp_path: Path) -> None:
    """Quotes and signs of other alphabets; a car of which no more is known than its number."""
    odd = 'weld "A" \\ 조립'
    plain = hand_result()
    visits = plain.tables["sim_visits"].filter(pl.col("element") == "first")
    visits = visits.with_columns(
        pl.lit(odd).alias("element"), pl.lit(None, dtype=pl.String).alias("vehicle"),
        (pl.col("car") == 3).alias("piece"),
    )  # fmt: skip
    model = replace(
        hand_model(), cars=None, flows=(Flow(0, 1), Flow(1, 2)),
        elements=(Source("in"), Station(odd, "body", (2.0, 2.0)), Exit("out")),
    )  # fmt: skip
    path = tmp_path / "log.json"
    result = replace(plain, tables={"sim_visits": visits})
    write_event_log(path, model, result, first=FIRST)
    log = json.loads(path.read_text("utf-8"))
    is_ocel(log)
    assert f"{odd}: left" in {event["type"] for event in log["events"]}
    assert {one["id"] for one in log["objects"]} >= {f"element:{odd}", "piece:3", "car:4"}


def test_visits_come_back_from_parquet(tmp_path: Path) -> None:
    """All of them, with their types."""
    path = tmp_path / "visits.parquet"
    write_visits(path, hand_result())
    assert pl.read_parquet(path).equals(hand_result().tables["sim_visits"])
    assert [file.name for file in tmp_path.iterdir()] == ["visits.parquet"]


def test_what_was_not_kept_cannot_be_written(tmp_path: Path) -> None:
    """Said in words; nor can a file where no folder is."""
    result = hand_result()
    none = replace(result, tables={"sim_visits": result.tables["sim_visits"].clear()})
    with pytest.raises(CaseError, match="no visits were kept"):
        write_visits(tmp_path / "visits.parquet", none)
    with pytest.raises(CaseError, match="those of 1, 2"):
        write_event_log(tmp_path / "log.json", hand_model(), result, first=FIRST, replication=3)
    with pytest.raises(CaseError, match="cannot be written"):
        write_event_log(tmp_path / "none" / "log.json", hand_model(), result, first=FIRST)
    with pytest.raises(CaseError, match="cannot be written"):
        write_visits(tmp_path / "none" / "visits.parquet", result)
    assert list(tmp_path.iterdir()) == []
