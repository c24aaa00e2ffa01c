"""What ``motorworks simulate`` does: build the plant, simulate, look closer, show, write."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from motorworks.case.case import Case
from motorworks.case.dates import add_months, first_day, last_day, resolve_when
from motorworks.case.day_on_line import plant_of, sequenced_lines
from motorworks.case.plant_model import PlantModel
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Plant
from motorworks.case.volumes import working_days
from motorworks.cli.outputs import refuse_unwritable
from motorworks.cli.simulate_found import Found
from motorworks.cli.simulate_tell import as_json, tell_simulation
from motorworks.cli.simulate_watch import Watching
from motorworks.cli.tell import console
from motorworks.cli.typed_spans import spans_of
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import find_case
from motorworks.io.run_folder import RunFiles, read_run
from motorworks.io.scenarios import resolve
from motorworks.io.tables import write_tables
from motorworks.io.visits import write_event_log, write_visits
from motorworks.io.workbook import save
from motorworks.pipeline import read_sound, refuse_bad
from motorworks.result.days import DaySequence
from motorworks.result.verify.simulation import verify_simulation
from motorworks.simulate.holdups import find_holdups, with_holdups
from motorworks.simulate.improve import improve_buffers, improve_crews
from motorworks.simulate.measure import day_edges
from motorworks.simulate.run import simulate
from motorworks.simulate.settings import SimulateSettings
from motorworks.simulate.trial import Trial

Span = tuple[dt.date, dt.date]

_FOUR_WEEKS = 28
_TRIED = 10
"""Replications of a plant that is only tried."""


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    case: str
    scenarios: tuple[str, ...]
    settings: Mapping[str, Any]
    days: str | None
    run: Path | None
    gains: bool
    improve: str | None
    budget: int
    visits: Path | None
    ocel: Path | None
    report: Path | None
    out: Path | None
    json: bool

    @property
    def files(self) -> tuple[Path, ...]:
        """Files to be written."""
        return tuple(path for path in (self.visits, self.ocel, self.report) if path)

    def settings_of(self, case: Case) -> SimulateSettings:
        """Settings of the case, with what was given on the command line."""
        given = {name: value for name, value in self.settings.items() if value is not None}
        settings = SimulateSettings(**{**case.info.simulate, **given})
        kept = settings.replications if self.visits else 1 if self.ocel else 0
        return settings.model_copy(update={"visits": max(settings.visits, kept)})


def simulate_case(asked: Asked) -> bool:
    """Simulate, print and write; whether the result holds."""
    refuse_unwritable(asked.files)
    case, files = _read(asked)
    settings = asked.settings_of(case)
    plant = settings.plant or _usual_plant(case)
    span = _span(asked, settings, case, plant, files)
    cars = None if files is None else _in_sequence(case, plant, span, files)
    mix = _mix(case, plant, span, files) if files is not None and cars is None else None
    model = plant_of_case(
        case, plant, first=span[0], days=(span[1] - span[0]).days + 1, level=settings.level,
        cars=cars, mix=mix,
    )  # fmt: skip
    found = _found(asked, settings, model, span)
    check = verify_simulation(model, found.result)
    if asked.json:
        typer.echo(as_json(found, check))
    else:
        tell_simulation(console(), found, check)
    _write(asked, case, found)
    return check.clean


def _read(asked: Asked) -> tuple[Case, RunFiles | None]:
    """The resolved case, and the run whose plan it is to be simulated for."""
    files = None if asked.run is None else read_run(asked.run)
    folder = find_case(asked.case)
    case, _ = resolve(read_sound(folder), folder, list(asked.scenarios))
    refuse_bad(case, as_given=not asked.scenarios)
    return case, files


def _usual_plant(case: Case) -> str:
    """The plant that the case is about, else the first with a line in sequence, else the first."""
    if case.info.focus is not None:
        return case.info.focus.plant
    lines = sequenced_lines(case)
    return plant_of(case, lines[0]) if lines else case.rows(Plant)[0].plant


def _span(
    asked: Asked, settings: SimulateSettings, case: Case, plant: str, files: RunFiles | None
) -> Span:
    """First and last day: asked for, else those in sequence, else as the settings say."""
    if asked.days is not None:
        return spans_of([asked.days])[0]
    if files is not None and files.days is not None:
        own = [one.date for one in files.days.days if plant_of(case, one.line) == plant]
        if own:
            return _chain(own)
    first = (
        _first_day(case, plant) if settings.first is None else dt.date.fromisoformat(settings.first)
    )
    last = first + dt.timedelta(days=(settings.days or _FOUR_WEEKS) - 1)
    return first, max(first, min(last, _end(case)))


def _end(case: Case) -> dt.date:
    """Last day of the horizon."""
    return last_day(case.info.month_names[-1])


def _first_day(case: Case, plant: str) -> dt.date:
    """First of the first full month of the vehicle that the case is about, or of the case."""
    first = first_day(case.info.start)
    focus = case.info.focus
    if focus is not None and focus.plant == plant:
        starts = [r.start for r in case.rows(Allocation)
                  if (r.vehicle, r.plant) == (focus.vehicle, plant)]  # fmt: skip
        first = max(first, *(resolve_when(start, case.info.dates) for start in starts))
    return first if first.day == 1 else first_day(add_months(f"{first:%Y-%m}", 1))


def _chain(days: Sequence[dt.date]) -> Span:
    """The first days that follow each other, weekends between them allowed."""
    ordered = sorted(days)
    last = ordered[0]
    for day in ordered[1:]:
        if (day - last).days > 7:
            break
        last = day
    return ordered[0], last


def _in_sequence(case: Case, plant: str, span: Span, files: RunFiles) -> list[DaySequence] | None:
    """The days of a run in sequence where it has them for all working days of the span."""
    if files.days is None:
        return None
    working = [day for day in working_days(case, plant) if span[0] <= day <= span[1]]
    own = {one.date: one for one in files.days.days if plant_of(case, one.line) == plant}
    return [own[day] for day in working] if working and set(working) <= set(own) else None


def _mix(case: Case, plant: str, span: Span, files: RunFiles) -> Mapping[str, float]:
    """Cars of each vehicle that the plan builds in a span, months spread over working days."""
    days = working_days(case, plant)
    units: dict[str, float] = {}
    for row in files.result.table("production").iter_rows(named=True):
        month = [day for day in days if f"{day:%Y-%m}" == row["month"]]
        inside = sum(span[0] <= day <= span[1] for day in month)
        if row["plant"] == plant and inside:
            more = row["units"] * inside / len(month)
            units[row["vehicle"]] = units.get(row["vehicle"], 0.0) + more
    if not any(units.values()):
        message = f"plans no car at {plant} from {span[0]} to {span[1]}"
        raise CaseError([Problem(str(files.folder), message)])
    return units


def _found(asked: Asked, settings: SimulateSettings, model: PlantModel, span: Span) -> Found:
    """Simulate, then look for bottlenecks, gains and improvements."""
    days = (span[1] - span[0]).days + 1
    params = settings.simulation.model_copy(update={"days": days})
    with Watching() as watch:
        result = simulate(model, params, on_progress=watch.replications)
        trial = Trial(
            seed=params.seed, replications=min(_TRIED, params.replications),
            until_min=float(day_edges(model, days)[-1]), warmup_min=result.warmup.minutes,
            engine=params.engine, workers=params.workers,
        )  # fmt: skip
        watch.says("bottlenecks")
        holdups = find_holdups(model, trial, gains=asked.gains, on_progress=watch.gains)
        improvement = None
        if asked.improve is not None:
            search = improve_buffers if asked.improve == "buffers" else improve_crews
            improvement = search(holdups.model, asked.budget, trial, watch.split)
    result = with_holdups(result, holdups, improvement)
    return Found(model, span, settings.level, result, holdups, improvement)


def _write(asked: Asked, case: Case, found: Found) -> None:
    """Write what was asked for."""
    if asked.visits is not None:
        write_visits(asked.visits, found.result)
    if asked.ocel is not None:
        write_event_log(asked.ocel, found.model, found.result, first=found.span[0])
    if asked.out is not None:
        write_tables(asked.out, found.result.tables)
    if asked.report is not None:
        from motorworks.report.simulate_page import render_simulation_page

        page = render_simulation_page(case, found.result, found.span[0])
        save(asked.report, page.encode())
    for path in () if asked.json else (*asked.files, *([asked.out] if asked.out else [])):
        console().print(str(path), soft_wrap=True, markup=False)
