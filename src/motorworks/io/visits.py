"""Visits of cars to elements as files: a Parquet table, or an event log for process mining.

The event log is in the JSON form of OCEL 2.0 (https://www.ocel-standard.org, A. Berti and others,
https://doi.org/10.48550/arXiv.2403.01975). Its objects are cars, pieces and elements; its events
are ``arrived``, ``started``, ``ended`` and ``left`` at each element, each with its car and element.
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import polars as pl

from motorworks.case.plant_model import PlantModel
from motorworks.errors import CaseError, Problem
from motorworks.result.simulation import SimulationResult

EVENTS = ("arrived", "started", "ended", "left")

_ROWS = 100_000
"""Visits written at a time, so that memory stays bounded."""

_ALWAYS = "1970-01-01T00:00:00Z"
"""OCEL's time of an attribute that never changes."""


def write_visits(path: Path, result: SimulationResult) -> None:
    """Write the visits that were kept as a Parquet file, all of it or nothing.

    Raises
    ------
    CaseError
        If no visits were kept, or the file cannot be written.
    """
    visits = _kept(result)
    _put(path, lambda fresh: visits.write_parquet(fresh, compression="zstd"))


def write_event_log(
    path: Path,
    model: PlantModel,
    result: SimulationResult,
    *,
    first: dt.date,
    replication: int = 1,
) -> None:
    """Write the visits of a replication as an event log in the JSON form of OCEL 2.0.

    Parameters
    ----------
    path
        The file.
    model
        The plant that was simulated.
    result
        Its simulation, with visits kept.
    first
        First day of the span, whose midnight is minute 0. Times are written as UTC.
    replication
        Number of the replication.

    Raises
    ------
    CaseError
        If its visits were not kept, or the file cannot be written.
    """
    visits = _kept(result).filter(pl.col("replication") == replication)
    if not visits.height:
        known = ", ".join(map(str, _kept(result)["replication"].unique().sort().to_list()))
        message = f"visits of this replication were not kept; there are those of {known}"
        raise CaseError([Problem("simulate", message, None, "replication", str(replication))])

    def write(fresh: Path) -> None:
        with fresh.open("w", encoding="utf-8", newline="\n") as stream:
            _write_log(stream, model, visits, first)

    _put(path, write)


def _kept(result: SimulationResult) -> pl.DataFrame:
    visits = result.tables.get("sim_visits")
    if visits is None or not visits.height:
        message = "no visits were kept; set visits to the number of replications to keep them of"
        raise CaseError([Problem("simulate", message, None, "visits")])
    return visits


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name, which it changes once it is whole."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        write(fresh)
        fresh.replace(path)
    except (OSError, pl.exceptions.ComputeError) as error:
        message = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise CaseError([Problem(str(path), message)]) from None
    finally:
        fresh.unlink(missing_ok=True)


def _write_log(stream: TextIO, model: PlantModel, visits: pl.DataFrame, first: dt.date) -> None:
    seen = set(visits["element"].unique().to_list())
    elements = [one for one in model.elements if one.name in seen]
    stream.write('{"objectTypes":')
    stream.write(_json([
        _kind("car", number="integer", order="string", vehicle="string", colour="string"),
        _kind("piece", number="integer"),
        _kind("element", shop="string", kind="string"),
    ]))  # fmt: skip
    stream.write(',\n"eventTypes":')
    more = {"left": {"blocked": "float", "failed": "float"}}
    stream.write(_json([
        _kind(f"{one.name}: {event}", server="integer", **more.get(event, {}))
        for one in elements
        for event in EVENTS
    ]))  # fmt: skip
    stream.write(',\n"objects":[\n')
    _write_all(stream, _objects(model, elements, visits))
    stream.write('],\n"events":[\n')
    _write_all(stream, _events(visits, first))
    stream.write("]}\n")


def _kind(name: str, **attributes: str) -> dict[str, Any]:
    kinds = [{"name": key, "type": kind} for key, kind in attributes.items()]
    return {"name": name, "attributes": kinds}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _write_all(stream: TextIO, lines: Iterable[str]) -> None:
    for number, line in enumerate(lines):
        stream.write(f",\n{line}" if number else line)
    stream.write("\n")


def _objects(
    model: PlantModel, elements: Sequence[Any], visits: pl.DataFrame
) -> Iterator[str]:  # fmt: skip
    for one in elements:
        kind = type(one).__name__.lower()
        yield _json(_one(f"element:{one.name}", "element", {"shop": one.shop, "kind": kind}))
    own = visits.group_by("piece", "car").agg(pl.col("vehicle").drop_nulls().first())
    cars = model.cars
    for row in own.sort("piece", "car").iter_rows(named=True):
        number = row["car"]
        if row["piece"]:
            yield _json(_one(f"piece:{number}", "piece", {"number": number}))
            continue
        listed = cars is not None and number < len(cars.type)
        told: dict[str, object] = {"number": number, "vehicle": row["vehicle"]}
        if cars is not None and listed:
            told["order"] = cars.name[number] if cars.name else None
            told["colour"] = model.colours[cars.colour[number]] or None
        yield _json(_one(f"car:{number}", "car", told))


def _one(name: str, kind: str, attributes: dict[str, object]) -> dict[str, Any]:
    """An object; what is not known of it is left out."""
    told = [
        {"name": key, "time": _ALWAYS, "value": value}
        for key, value in attributes.items()
        if value is not None
    ]
    return {"id": name, "type": kind, "attributes": told, "relationships": []}


def _events(visits: pl.DataFrame, first: dt.date) -> Iterator[str]:
    """Events in the order of time, those of a car in the order in which they come about."""
    begin = dt.datetime.combine(first, dt.time())
    names = visits["element"].unique().to_list()
    escaped = {name: _json(name)[1:-1] for name in names}
    wide = visits.with_row_index("visit").select(
        "visit", "car", "piece", "server", "blocked", "failed",
        pl.col("element").replace_strict(escaped), *EVENTS,
    )  # fmt: skip
    steps = {event: step for step, event in enumerate(EVENTS)}
    long = (
        wide.unpivot(EVENTS, index=wide.columns[:7], variable_name="event", value_name="minute")
        .drop_nulls("minute")
        .with_columns(step=pl.col("event").replace_strict(steps))
        .sort("minute", "visit", "step")
        .with_row_index("number", offset=1)
    )
    for part in long.iter_slices(_ROWS):
        yield from part.select(_event(begin))["line"].to_list()


def _event(begin: dt.datetime) -> pl.Expr:
    """An event as a line of JSON, made by column: there may be millions."""
    since = pl.duration(microseconds=(pl.col("minute") * 60e6).round().cast(pl.Int64))
    moment = (pl.lit(begin) + since).dt.strftime("%Y-%m-%dT%H:%M:%S%.6f")
    waited = _spelt(
        ',{"name":"blocked","value":@},{"name":"failed","value":@}',
        pl.col("blocked"), pl.col("failed"),
    )  # fmt: skip
    return _spelt(
        '{"id":"e@","type":"@: @","time":"@Z","attributes":[{"name":"server","value":@}@],'
        '"relationships":[{"objectId":"@:@","qualifier":"of"},'
        '{"objectId":"element:@","qualifier":"at"}]}',
        pl.col("number"), pl.col("element"), pl.col("event"), moment, pl.col("server"),
        pl.when(pl.col("event") == "left").then(waited).otherwise(pl.lit("")),
        pl.when("piece").then(pl.lit("piece")).otherwise(pl.lit("car")), pl.col("car"),
        pl.col("element"),
    ).alias("line")  # fmt: skip


def _spelt(pattern: str, *values: pl.Expr) -> pl.Expr:
    """A pattern with a value in place of each @."""
    begin, *texts = pattern.split("@")
    parts = [pl.lit(begin)]
    for value, text in zip(values, texts, strict=True):
        parts += [value.cast(pl.String), pl.lit(text)]
    return pl.concat_str(parts)
