"""The slotted month of Busan in sequence: day after day, and in blocks with mended borders.

``python -m bench.sequence_month [--smoke] [--seeds 3]``
"""

import argparse
import datetime as dt
import resource
import sys
import time
from dataclasses import dataclass

from bench.results import made_with, table, write_section
from motorworks.case.case import Case
from motorworks.case.volumes import Tables
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.slotted import SlottedMonth
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence import days as stage
from motorworks.slot.months import slot_months

TITLE = "A month of Busan in sequence"

_ALL = 1000
"""Days of a block that no month fills."""

_INTRO = """
The default month of the case `busan`: {days} days, {cars:,} cars, slotted from its plan; settings
of the case, {seeds} seeds. *One after the other*: each day is searched for once that before it is
known. *Borders as found*: the blocks before their borders are mended. What is kept small is summed
over the month, mean of the seeds; seconds for a month by the clock, and CPU seconds of all
processes.
"""


@dataclass(frozen=True)
class Month:
    """What is sequenced."""

    case: Case
    plan: Tables
    slotted: SlottedMonth
    orders: stage.Slotted

    def sequenced(self, seed: int, block: int, workers: int = 1) -> DaysResult:
        """All its days, in blocks of so many."""
        settings = {**self.case.info.sequence, "seed": seed}
        case = self.case.with_info(sequence=settings)
        stage.BLOCK = block
        return stage.sequence_days(
            case, self.plan, [self.slotted.span], slotted=self.orders, workers=workers
        )


@dataclass
class Row:
    """Sums over all days and runs."""

    values: dict[str, float]
    proven: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0

    def add(self, values: dict[str, float]) -> None:
        """Add those of a day."""
        for name, value in values.items():
            self.values[name] = self.values.get(name, 0.0) + value


def main() -> None:
    """Measure, print; write the section unless it is a smoke run."""
    parser = argparse.ArgumentParser(prog="python -m bench.sequence_month", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="few moves; writes nothing")
    parser.add_argument("--seeds", type=int, default=3, help="runs of each way")
    arguments = parser.parse_args()
    seeds = 1 if arguments.smoke else arguments.seeds
    month = _month(smoke=arguments.smoke)
    block = stage.BLOCK
    rows = {
        "one after the other": _measured(month, seeds, _ALL),
        f"blocks of {block} days": _measured(month, seeds, block),
        f"blocks of {block} days, two processes": _measured(month, seeds, block, workers=2),
        "the same, borders as found": _as_found(month, seeds, block),
    }
    days = month.slotted.month
    intro = _INTRO.format(days=len(month.orders), cars=len(days.orders), seeds=seeds).strip()
    names = list(rows["one after the other"].values)
    text = table(
        ("", *names, "days proven", "seconds", "CPU s"),
        (
            [way, *(f"{row.values[name] / seeds:.1f}" for name in names),
             *((f"{row.proven / seeds:.1f}", f"{row.wall_s / seeds:.1f}",
                f"{row.cpu_s / seeds:.1f}") if row.wall_s else ("", "", ""))]
            for way, row in rows.items()
        ),
    )  # fmt: skip
    print(f"{intro}\n\n{text}")
    if not arguments.smoke:
        command = " ".join(["python -m bench.sequence_month", *sys.argv[1:]])
        said = made_with(command, ("motorworks", "numba", "numpy", "polars"))
        write_section("sequence_month", TITLE, f"{intro}\n\n{text}\n\n{said}")


def _month(*, smoke: bool) -> Month:
    """Plan and slot the month."""
    case = read_case(find_case("busan"))
    if smoke:
        case = case.with_info(
            sequence={**case.info.sequence, "iterations": 10_000, "bound_effort": 0.0},
            slot={**case.info.slot, "iterations": 10_000, "bound_rounds": 1},
        )
    plan = solve_plan(case).tables
    slotted = slot_months(case, plan)
    return Month(case, plan, slotted.months[0], slotted.days)


def _measured(month: Month, seeds: int, block: int, workers: int = 1) -> Row:
    """Sequence the month for each seed."""
    row = Row({})
    for seed in range(1, seeds + 1):
        wall, cpu = time.perf_counter(), _cpu_s()
        found = month.sequenced(seed, block, workers)
        row.wall_s += time.perf_counter() - wall
        row.cpu_s += _cpu_s() - cpu
        for one in found.days:
            row.add(one.result.values)
            row.proven += one.result.proven
    return row


def _as_found(month: Month, seeds: int, block: int) -> Row:
    """Score the days of blocks that know nothing of each other, one after the other."""
    row, keys = Row({}), list(month.orders)
    for seed in range(1, seeds + 1):
        alone: dict[dt.date, DaySequence] = {}
        for begin in range(0, len(keys), block):
            part = {key: month.orders[key] for key in keys[begin : begin + block]}
            found = Month(month.case, month.plan, month.slotted, part).sequenced(seed, _ALL)
            alone |= {one.date: one for one in found.days}
        for one in month.sequenced(seed, block).days:
            score = score_order(one.day, alone[one.date].result.order)
            row.add({str(name): float(value) for name, value in score.values.items()})
    return row


def _cpu_s() -> float:
    """CPU seconds of this process and of those that it waited for."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(one) for one in whose]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
