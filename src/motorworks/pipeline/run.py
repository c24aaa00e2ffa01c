"""A run from its case to its folder, on one screen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motorworks.case.case import Case
from motorworks.case.day_on_line import sequenced_lines
from motorworks.case.info import STAGES
from motorworks.io.run_folder import read_run, versions, write_run
from motorworks.io.scenarios import resolve
from motorworks.pipeline.asked import Asked, Span, refuse_odd
from motorworks.pipeline.kept import Kept, earlier_runs
from motorworks.pipeline.marks import CaseMarks
from motorworks.pipeline.reading import read_sound, refuse_bad, told
from motorworks.pipeline.stages import Chain, Stages, loop_closed
from motorworks.pipeline.watch import Clock, Watch
from motorworks.plan.focus import WORTH, headline_values
from motorworks.plan.solve import solve_plan
from motorworks.report.page import render_page
from motorworks.report.story import Story
from motorworks.result.plan import PlanResult
from motorworks.result.verify import Verification
from motorworks.result.verify.whole_run import verify_run


@dataclass(frozen=True)
class Run:
    """A finished run: where it stands, what it tells, and whether it holds."""

    folder: Path
    story: Story
    verification: Verification
    seconds: dict[str, float] = field(default_factory=dict)


def run(
    folder: Path,
    scenarios: Sequence[str] = (),
    *,
    out: Path | None = None,
    stages: Collection[str] = STAGES,
    months: Sequence[tuple[str, str]] = (),
    days: Sequence[Span] = (),
    ranges: bool = True,
    close_loop: bool = False,
    workers: int = 2,
    start_from: Path | None = None,
    take_from: Path | None = None,
    watch: Watch | None = None,
) -> Run:
    """Read a case, go through the stages, check all, say how sure it is, and report.

    Each stage works on what the one before it found: the plan's volumes become orders with days,
    these become the order of the cars of each day, and that is simulated. Where the case has no
    rules and no colours for a line, there is only a plan.

    Parameters
    ----------
    folder, scenarios, stages, months, days, ranges, close_loop, workers
        What is asked for, see :class:`motorworks.pipeline.asked.Asked`.
    out
        Run folder to write; ``runs/CASE-SCENARIOS-HASH`` if not given, where the hash is of the
        resolved case, so that the same input always lands in the same place.
    start_from
        Run folder of an earlier plan, from whose choices the search for this one begins.
    take_from
        Run folder of an earlier run, whose stages are taken over where nothing that goes into
        them has changed; so are those of this very run, if it was cut short.
    watch
        Told of the progress.

    Raises
    ------
    CaseError
        If anything is wrong with the input; lists all of it.
    InfeasibleError
        If no plan meets all hard rules.
    """
    asked = Asked(folder, scenarios, stages, months, days, ranges, close_loop, workers)
    watch = watch or Watch()
    clock = Clock(watch)
    with clock.phase("read and check"):
        refuse_odd(asked)
        given = read_sound(folder)
        case, applied = resolve(given, folder, scenarios)
        refuse_bad(case, as_given=not scenarios)
        marks = CaseMarks(case)
        home = out or Path("runs") / asked.run_name(case, marks.whole)
        earlier = earlier_runs(take_from, home)
        start = None if start_from is None else read_run(start_from).result
    with Kept(home, earlier, case, applied, clock, watch) as kept:
        do = Stages(asked, kept, marks, watch)
        plan = do.plan(case, start)
        base, before = None, dict[str, float]()
        if scenarios:
            with clock.phase("plan"):
                base = given, solve_plan(given, on_found=watch.search)
                before = worth_of(given) if ranges else {}
        chain = Chain(plan)
        if "sequence" in stages and (days or months or sequenced_lines(case)):
            chain = down_the_line(case, asked, plan, do)
        if close_loop:
            with clock.phase("close loop"):
                case, chain = loop_closed(case, asked, chain, watch)
        with clock.phase("verify"):
            verification = verify_run(case, chain.plan, chain.slotted, chain.days, chain.simulated)
        spread = do.ranges(case, chain.plan) if ranges else None
        with clock.phase("report"):
            story = Story(
                case=case, result=chain.plan, base=base, base_figures=before, ranges=spread,
                scenarios=told(applied), manifest=manifest_of(asked, marks, kept, chain),
                verification=verification, slotted=chain.slotted, days=chain.days,
                simulated=chain.simulated,
            )  # fmt: skip
            page = render_page(story)
        with clock.phase("write"):
            write_run(
                home, case=case, scenarios=applied, result=chain.plan, ranges=spread,
                slotted=chain.slotted, days=chain.days, simulated=chain.simulated,
                manifest=story.manifest, timings=clock.seconds, page=page,
            )  # fmt: skip
    return Run(home, story, verification, clock.seconds)


def down_the_line(case: Case, asked: Asked, plan: PlanResult, do: Stages) -> Chain:
    """From the plan of a month to the minutes of its days, as far as is asked for."""
    slotted = do.slot(case, plan) if "slot" in asked.stages else None
    days = do.sequence(case, plan, slotted)
    simulated = do.simulate(case, days) if "simulate" in asked.stages else None
    return Chain(plan, slotted, days, simulated)


def manifest_of(asked: Asked, marks: CaseMarks, kept: Kept, chain: Chain) -> dict[str, Any]:
    """What ``run.json`` says of how the run was made."""
    drawn = "none: the plan draws no random numbers"
    if chain.days is not None:
        seed = chain.days.settings["seed"]
        drawn = f"{seed} for orders, slots and sequences; the plan draws no random numbers"
    # what a closed loop ends with is no result of its case as given
    stages = [] if asked.close_loop else kept.stages
    return {
        "command": asked.command, "versions": versions(), "inputs_sha256": marks.whole,
        "seed": drawn, "stages": stages, "finished": True,
    }  # fmt: skip


def worth_of(case: Case) -> dict[str, float]:
    """The worth of what a case is about, which needs a solve of its own."""
    figures = headline_values(case)
    return {WORTH: figures[WORTH].value} if WORTH in figures else {}
