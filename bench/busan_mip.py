"""Busan with its launch and shifts to choose: seconds to a proven gap.

``python -m bench.busan_mip [--smoke]``. The plan is solved in full for each gap, from nothing and
from the choices of the plan before, and verified.
"""

import argparse
import time
from dataclasses import dataclass

from bench.results import made_with, table, write_section
from motorworks.case.case import Case
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from motorworks.result.verify import verify_plan

SCENARIO = "free-choices"
TARGETS = {1.0: 10.0, 0.1: 60.0}
"""Seconds to reach by proven gap in per cent."""


@dataclass(frozen=True)
class Took:
    """A plan, and the seconds it took by the clock and of the processor."""

    result: PlanResult
    wall_s: float
    cpu_s: float


def main() -> None:
    """Measure every gap; in full also write the results page."""
    parser = argparse.ArgumentParser(prog="python -m bench.busan_mip", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one loose gap; writes nothing")
    smoke = parser.parse_args().smoke
    folder = find_case("busan")
    case, _ = resolve(read_case(folder), folder, [SCENARIO])
    rows = []
    before: PlanResult | None = None
    for gap, target in {5.0: 10.0}.items() if smoke else TARGETS.items():
        took = _took(case, gap, None)
        rows.append(_row(case, gap, "nothing", target, took))
        if before is not None:
            rows.append(_row(case, gap, "the plan before", target, _took(case, gap, before)))
        before = took.result
    for row in rows:
        print(" | ".join(row), flush=True)
    if not smoke:
        _write(before, rows)


def _took(case: Case, gap: float, before: PlanResult | None) -> Took:
    params = PlanParams(**{**case.info.plan, "gap_pct": gap})
    wall, cpu = time.perf_counter(), time.process_time()
    start = None if before is None else before.tables
    result = solve_plan(case, params, start=start)
    return Took(result, time.perf_counter() - wall, time.process_time() - cpu)


def _row(case: Case, gap: float, start: str, target: float, took: Took) -> list[str]:
    solved = case.with_info(plan={**case.info.plan, "gap_pct": gap})
    clean = verify_plan(solved, took.result).clean
    return [
        f"{gap:g}", start, f"{target:g}", f"{took.wall_s:.1f}", f"{took.cpu_s:.1f}",
        f"{100 * took.result.solver.gap:.3f}", f"{took.result.margin / 1e6:,.1f}",
        f"{(took.result.solver.bound or 0.0) / 1e6:,.1f}", "clean" if clean else "NOT CLEAN",
    ]  # fmt: skip


def _write(result: PlanResult | None, rows: list[list[str]]) -> None:
    head = ("gap asked, %", "from", "to reach, s", "s", "CPU s", "gap proven, %", "margin, M USD",
            "bound, M USD", "verify")  # fmt: skip
    size = (
        ""
        if result is None
        else (f"{result.solver.columns:,} columns, {result.solver.rows:,} rows, 48 months")
    )
    body = (
        f"Scenario `{SCENARIO}`: the month in which the Polestar 4 starts and the shifts of Busan "
        f"are free ({size}). Encoding, building, solving, fixing the choices and reading the "
        f"tables, on one thread.\n\n{table(head, rows)}\n\n"
        + made_with("python -m bench.busan_mip", ("motorworks", "highspy"))
    )
    write_section("busan_mip", "Busan with its choices", body)


if __name__ == "__main__":
    main()
