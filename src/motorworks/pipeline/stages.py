"""The stages of a run, each on the results of those before it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motorworks.case.case import Case
from motorworks.case.records.line import Order
from motorworks.case.records.sites import ShopRate
from motorworks.errors import CaseError, Problem
from motorworks.pipeline.asked import Asked, Span
from motorworks.pipeline.kept import Kept
from motorworks.pipeline.marks import CaseMarks, tables_mark
from motorworks.pipeline.watch import Watch
from motorworks.plan.ranges import solve_ranges
from motorworks.plan.solve import solve_plan
from motorworks.result.bottleneck_records import SimTurn
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.ranges import Ranges
from motorworks.result.simulated_days import SimulatedDays
from motorworks.result.slotted import SlottedMonths

_CUT_SHORT = ("interrupted", "time")


@dataclass(frozen=True)
class Chain:
    """The results of a run from the plan to the minute; those of stages left out are None."""

    plan: PlanResult
    slotted: SlottedMonths | None = None
    days: DaysResult | None = None
    simulated: SimulatedDays | None = None


class Stages:
    """The stages of a run on a case, each taken over or made anew.

    Parameters
    ----------
    asked
        What the run is asked for.
    kept
        Where results go as they come, and come from where nothing has changed.
    marks
        Hashes of the case.
    watch
        Told of the progress.
    """

    def __init__(self, asked: Asked, kept: Kept, marks: CaseMarks, watch: Watch) -> None:
        self._asked, self._kept, self._marks, self._watch = asked, kept, marks, watch

    def plan(self, case: Case, start: PlanResult | None) -> PlanResult:
        """The plan; ``start`` is one from whose choices the search for this one begins."""
        before = None if start is None else tables_mark(start.tables)
        return self._kept.stage(
            "plan", self._marks.stage("plan", before),
            lambda files: files.result,
            lambda: solve_plan(
                case, start=None if start is None else start.tables, on_found=self._watch.search
            ),
            cut_short=lambda plan: "limit" in plan.solver.status,
        )  # fmt: skip

    def slot(self, case: Case, plan: PlanResult) -> SlottedMonths:
        """The orders of the months asked for, each with its day."""
        mark = self._marks.stage("slot", tables_mark(plan.tables), self._asked.slot_spans)
        return self._kept.stage(
            "slot", mark, lambda files: files.slotted,
            lambda: slotted(case, plan, self._asked.slot_spans, self._watch),
            cut_short=lambda found: any(
                one.result.searched.stopped in _CUT_SHORT for one in found.months
            ),
        )  # fmt: skip

    def sequence(self, case: Case, plan: PlanResult, months: SlottedMonths | None) -> DaysResult:
        """The cars of each day in their order."""
        before = tables_mark(plan.tables if months is None else months.tables)
        spans = spans_to_sequence(self._asked, months)
        return self._kept.stage(
            "sequence", self._marks.stage("sequence", before, spans, months is None),
            lambda files: files.days,
            lambda: sequenced(case, plan, spans, months, self._asked.workers, self._watch),
            cut_short=lambda found: any(
                one.result.searched.stopped in _CUT_SHORT for one in found.days
            ),
        )  # fmt: skip

    def simulate(self, case: Case, days: DaysResult) -> SimulatedDays:
        """The days minute by minute."""
        asked = [one.asked for one in days.days]
        return self._kept.stage(
            "simulate", self._marks.stage("simulate", tables_mark(days.tables), asked),
            lambda files: files.simulated,
            lambda: simulate_days(case, days, self._watch),
            cut_short=lambda found: any(
                span.result.simulated.stopped in _CUT_SHORT for span in found.spans
            ),
        )  # fmt: skip

    def ranges(self, case: Case, plan: PlanResult) -> Ranges | None:
        """How sure the plan is; Ctrl-C before there are any ranges leaves the run without."""
        try:
            return self._kept.stage(
                "ranges", self._marks.stage("ranges", tables_mark(plan.tables)),
                lambda files: files.ranges,
                lambda: solve_ranges(
                    case, plan=plan, workers=self._asked.workers, progress=self._watch.step
                ),
                cut_short=lambda found: not found.complete,
            )  # fmt: skip
        except KeyboardInterrupt:
            return None


def spans_to_sequence(asked: Asked, months: SlottedMonths | None) -> list[Span]:
    """Days to put in order: those asked for, else all of the months that were slotted."""
    if asked.days or months is None:
        return list(asked.days or asked.slot_spans)
    return months.spans


def slotted(case: Case, plan: PlanResult, spans: Sequence[Span], watch: Watch) -> SlottedMonths:
    """Slot the orders of a plan."""
    from motorworks.slot.months import slot_months

    found = []
    for done, span in enumerate(spans or [None]):
        watch.step(done, len(spans) or 1)
        found.append(slot_months(case, plan.tables, span))
    return replace(found[0], months=tuple(month for one in found for month in one.months))


def sequenced(
    case: Case,
    plan: PlanResult,
    spans: Sequence[Span],
    months: SlottedMonths | None,
    workers: int,
    watch: Watch,
) -> DaysResult:
    """Sequence days of a plan."""
    from motorworks.sequence.days import sequence_days

    orders: Mapping[tuple[str, dt.date], Sequence[Order]] | None
    orders = None if months is None else months.days
    return sequence_days(
        case, plan.tables, spans, slotted=orders, progress=watch.step, workers=workers
    )


def simulate_days(case: Case, days: DaysResult, watch: Watch) -> SimulatedDays:
    """Simulate days in sequence."""
    from motorworks.simulate.days import simulate_days as simulated_days

    return simulated_days(case, days, progress=watch.step)


def loop_closed(case: Case, asked: Asked, chain: Chain, watch: Watch) -> tuple[Case, Chain]:
    """Plan with measured paces, simulate, measure again, until the volume stays as it is.

    What is simulated is always the plant as its tables describe it. The months that were slotted
    first stay the same.
    """
    from motorworks.simulate.close_loop import MOST_TURNS, closed, turn_of, with_measured

    if chain.days is None or chain.simulated is None:
        message = "needs days in sequence to simulate: rules or colours for a line"
        raise CaseError([Problem("--close-loop", message)])
    plan, months, days, simulated = chain.plan, chain.slotted, chain.days, chain.simulated
    described, turns = case, list[SimTurn]()
    spans = spans_to_sequence(asked, months)
    for number in range(1, MOST_TURNS + 1):
        turn = turn_of(number, case, plan, days, simulated, turns)
        turns += turn
        if closed(turn) or number == MOST_TURNS:
            break
        case = with_measured(case, turn)
        plan = solve_plan(case, start=plan.tables, on_found=watch.search)
        if months is not None:
            months = slotted(case, plan, months.spans, watch)
        days = sequenced(case, plan, spans, months, asked.workers, watch)
        simulated = simulate_days(described, days, watch)
    rates = tuple(described.rows(ShopRate))
    simulated = replace(simulated, turns=tuple(turns), rates=rates)
    return case, Chain(plan, months, days, simulated)
