"""The main job: every stage wired, on one screen."""

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.check import check_case, check_rest, in_order
from motorworks.case.day_on_line import sequenced_lines
from motorworks.case.records.sites import ShopRate
from motorworks.case.scenario import Scenario
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import csv_text, info_text, read_parts
from motorworks.io.run_folder import read_run, versions, write_run
from motorworks.io.scenarios import resolve, scenario_of
from motorworks.plan.focus import WORTH, headline_values
from motorworks.plan.optimum import Found
from motorworks.plan.params import setting_problems
from motorworks.plan.ranges import solve_ranges
from motorworks.plan.solve import solve_plan
from motorworks.report.page import render_page
from motorworks.report.story import Scenario as Told
from motorworks.report.story import Story
from motorworks.result.bottleneck_records import SimTurn
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.ranges import Ranges
from motorworks.result.simulated_days import SimulatedDays
from motorworks.result.verify import Verification, verify_plan
from motorworks.result.verify.days import together, verify_days
from motorworks.result.verify.simulated_days import verify_simulated
from motorworks.sequence import settings as sequence_settings
from motorworks.simulate import settings as simulate_settings


@dataclass(frozen=True)
class Watch:
    """What an onlooker is told: the phase that begins, steps done and plans found within it."""

    phase: Callable[[str], None] = lambda name: None
    step: Callable[[int, int], None] = lambda done, count: None
    search: Callable[[Found], None] = lambda found: None


@dataclass(frozen=True)
class Run:
    """A finished run: where it stands, what it tells, and whether the plan holds."""

    folder: Path
    story: Story
    verification: Verification
    seconds: dict[str, float] = field(default_factory=dict)


def run(
    folder: Path,
    scenarios: Sequence[str] = (),
    *,
    out: Path | None = None,
    start_from: Path | None = None,
    ranges: bool = True,
    workers: int = 2,
    sequence: bool = True,
    days: Sequence[tuple[dt.date, dt.date]] = (),
    simulate: bool = True,
    close_loop: bool = False,
    watch: Watch | None = None,
) -> Run:
    """Read a case, plan it, sequence and simulate days, check all, say how sure it is, and report.

    Parameters
    ----------
    folder
        The case.
    scenarios
        Names of scenarios to apply, in order.
    out
        Run folder to write; ``runs/CASE-SCENARIOS-HASH`` if not given, where the hash is of the
        resolved case, so that the same input always lands in the same place.
    start_from
        Run folder of an earlier plan, from whose choices the search for this one begins.
    ranges
        Whether to solve the plan again under every uncertain fact.
    workers
        Processes to use for that.
    sequence
        Whether to sequence days of the plan, where the case has rules or colours for a line.
    days
        Days to sequence, by first and last; one where none are given, see
        :func:`motorworks.sequence.days.sequence_days`.
    simulate
        Whether to simulate the days in sequence.
    close_loop
        Whether to plan again with the paces that the simulation measured, until the volume changes
        by less than half a per cent.
    watch
        Told of the progress.

    Raises
    ------
    CaseError
        If anything is wrong with the input; lists all of it.
    InfeasibleError
        If no plan meets all hard rules.
    """
    watch = watch or Watch()
    clock = Clock(watch)
    with clock.phase("read and check"):
        given = read_sound(folder)
        case, applied = resolve(given, folder, scenarios)
        refuse_bad(case, as_given=not scenarios)
    with clock.phase("plan"):
        base = (given, solve_plan(given, on_found=watch.search)) if scenarios else None
        before = worth_of(given) if scenarios and ranges else {}
        start = None if start_from is None else read_run(start_from).result.tables
        result = solve_plan(case, start=start, on_found=watch.search)
    mark = input_hash(case)
    days_result, simulated = None, None
    if sequence and (days or sequenced_lines(case)):
        with clock.phase("sequence"):
            days_result = sequenced(case, result, days, watch)
        if simulate or close_loop:
            with clock.phase("simulate"):
                simulated = simulate_days(case, days_result, watch)
    if close_loop:
        with clock.phase("close loop"):
            case, result, days_result, simulated = loop_closed(
                case, result, days, days_result, simulated, watch
            )
    with clock.phase("verify"):
        verification = verified(case, result, days_result, simulated)
    spread = None
    if ranges:
        with clock.phase("ranges"):
            spread = ranges_or_none(case, result, workers, watch)
    with clock.phase("report"):
        said = command(
            folder, scenarios, ranges=ranges, sequence=sequence, days=days, simulate=simulate,
            close_loop=close_loop,
        )  # fmt: skip
        manifest = {
            "command": said,
            "versions": versions(),
            "inputs_sha256": mark,
            "seed": seed_words(days_result),
        }
        story = Story(
            case=case, result=result, base=base, base_figures=before, ranges=spread,
            scenarios=told(applied),
            manifest=manifest, verification=verification, days=days_result, simulated=simulated,
        )  # fmt: skip
        page = render_page(story)
        home = out or Path("runs") / run_name(case, scenarios, mark, close_loop=close_loop)
    with clock.phase("write"):
        write_run(
            home, case=case, scenarios=applied, result=result, ranges=spread, days=days_result,
            simulated=simulated, manifest=manifest, timings=clock.seconds, page=page,
        )  # fmt: skip
    return Run(home, story, verification, clock.seconds)


def sequenced(
    case: Case, plan: PlanResult, days: Sequence[tuple[dt.date, dt.date]], watch: Watch
) -> DaysResult:
    """Sequence days of a plan; the first use of the stage, whose kernels take a second to load."""
    from motorworks.sequence.days import sequence_days

    return sequence_days(case, plan.tables, days, progress=watch.step)


def simulate_days(case: Case, days: DaysResult, watch: Watch) -> SimulatedDays:
    """Simulate days in sequence; the first use of the stage, whose kernels take time to load."""
    from motorworks.simulate.days import simulate_days as simulated_days

    return simulated_days(case, days, progress=watch.step)


def loop_closed(
    case: Case,
    plan: PlanResult,
    spans: Sequence[tuple[dt.date, dt.date]],
    days: DaysResult | None,
    simulated: SimulatedDays | None,
    watch: Watch,
) -> tuple[Case, PlanResult, DaysResult, SimulatedDays]:
    """Plan with measured paces, simulate, measure again, until the volume stays as it is.

    What is simulated is always the plant as its tables describe it.
    """
    from motorworks.simulate.close_loop import MOST_TURNS, closed, turn_of, with_measured

    if days is None or simulated is None:
        message = "needs days in sequence to simulate: rules or colours for a line"
        raise CaseError([Problem("--close-loop", message)])
    described, turns = case, list[SimTurn]()
    for number in range(1, MOST_TURNS + 1):
        turn = turn_of(number, case, plan, days, simulated, turns)
        turns += turn
        if closed(turn) or number == MOST_TURNS:
            break
        case = with_measured(case, turn)
        plan = solve_plan(case, start=plan.tables, on_found=watch.search)
        days = sequenced(case, plan, spans, watch)
        simulated = simulate_days(described, days, watch)
    rates = tuple(described.rows(ShopRate))
    return case, plan, days, replace(simulated, turns=tuple(turns), rates=rates)


def verified(
    case: Case, plan: PlanResult, days: DaysResult | None, simulated: SimulatedDays | None
) -> Verification:
    """Hold all that was found against the case."""
    of_days = None if days is None else verify_days(case, plan, days)
    found = together(verify_plan(case, plan), of_days)
    if days is None or simulated is None:
        return found
    return together(found, verify_simulated(case, days, simulated))


def seed_words(days: DaysResult | None) -> str:
    """What random numbers were drawn."""
    if days is None:
        return "none: the plan draws no random numbers"
    return f"{days.settings['seed']} for orders and sequences; the plan draws no random numbers"


def ranges_or_none(case: Case, plan: PlanResult, workers: int, watch: Watch) -> Ranges | None:
    """Solve the ranges; Ctrl-C before there are any leaves the plan to be reported without."""
    try:
        return solve_ranges(case, plan=plan, workers=workers, progress=watch.step)
    except KeyboardInterrupt:
        return None


def read_sound(folder: Path) -> Case:
    """Read a case; where cells or files cannot be read, say what else is wrong, too."""
    case, unread = read_parts(folder)
    if unread or case is None:
        raise CaseError(in_order(unread + ([] if case is None else check_rest(case, unread))))
    return case


def worth_of(case: Case) -> dict[str, float]:
    """The worth of what a case is about, which needs a solve of its own."""
    figures = headline_values(case)
    return {WORTH: figures[WORTH].value} if WORTH in figures else {}


def refuse_bad(case: Case, *, as_given: bool = True) -> None:
    """Raise with everything that is wrong with a case, its settings included."""
    problems = settings_problems(case) + check_case(case, as_given=as_given)
    if problems:
        raise CaseError(problems)


def settings_problems(case: Case) -> list[Problem]:
    """What is wrong with the settings of all stages."""
    return (
        setting_problems(case.info)
        + sequence_settings.setting_problems(case.info)
        + simulate_settings.setting_problems(case.info.simulate)
    )


def read_story(folder: Path) -> Story:
    """Read a run folder back for reports and comparisons."""
    files = read_run(folder)
    return Story(
        case=files.case, result=files.result, ranges=files.ranges, scenarios=told(files.scenarios),
        manifest=files.manifest, days=files.days, simulated=files.simulated,
    )  # fmt: skip


def told(applied: Sequence[tuple[str, str]]) -> list[Told]:
    """Scenarios as the report tells of them, from name and TOML text."""
    read: list[tuple[str, Scenario]] = [(name, scenario_of(text, name)) for name, text in applied]
    return [Told(name, scenario.title, scenario.note or "") for name, scenario in read]


def run_name(case: Case, scenarios: Sequence[str], mark: str, *, close_loop: bool = False) -> str:
    """Name of a run folder: case, scenarios, first digits of the input's hash.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> case = Case(CaseInfo(name="busan", title="B", start="2024-01", months=1, currency="USD"))
    >>> run_name(case, ["fact:pack:high"], "0123456789abcdef")
    'busan-fact-pack-high-01234567'
    """
    names = [Path(name).stem.replace(":", "-") for name in scenarios] or ["base"]
    return "-".join([case.info.name, *names, *(["closed"] if close_loop else []), mark[:8]])


def command(
    folder: Path,
    scenarios: Sequence[str],
    *,
    ranges: bool = True,
    sequence: bool = True,
    days: Sequence[tuple[dt.date, dt.date]] = (),
    simulate: bool = True,
    close_loop: bool = False,
) -> str:
    """The command that makes a run again, without the folders of this machine."""
    words = ["motorworks run", folder.name]
    words += [f"--scenario {name}" for name in scenarios]
    words += [f"--days {first}..{last}" for first, last in days]
    words += [] if sequence else ["--no-sequence"]
    words += [] if ranges else ["--no-ranges"]
    words += [] if simulate else ["--no-simulate"]
    return " ".join([*words, "--close-loop"] if close_loop else words)


def input_hash(case: Case) -> str:
    """SHA-256 of the resolved case as it would be written to files."""
    digest = hashlib.sha256(info_text(case.info).encode())
    for name, table in case.tables.items():
        if table.height:
            digest.update(csv_text(name, table).encode())
    return digest.hexdigest()


class Clock:
    """Seconds by named phase, told to an onlooker as they begin."""

    def __init__(self, watch: Watch) -> None:
        self.seconds: dict[str, float] = {}
        self._watch = watch

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a block under a name."""
        self._watch.phase(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began
