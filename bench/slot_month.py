"""Days for a month of orders: cost, bound, time and memory, and what the days do to the sequence.

``python -m bench.slot_month [--seconds 95] [--sampled 3]``: a generated month of 30 days with
1,000 orders a day and 40 options, and smaller ones. Against plain first-come slotting (each order
in turn on its due day, else on the nearest with room) and CP-SAT with the same time and two
workers; the largest month would give it 900,000 whole numbers, for which 2 GB are not enough. The
smallest is solved exactly by both. Sampled days of each are sequenced with as many moves.
"""

import argparse
import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.results import made_with, table, write_section
from bench.slot_months import Generated, MonthSize, generate, line_day_of
from motorworks.case.month_of_orders import LEFT_OUT
from motorworks.result.verify.slot import verify_slot
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.solve import solve_sequence
from motorworks.slot.decode import parts_of, used_of
from motorworks.slot.encode import encode
from motorworks.slot.exact import alike
from motorworks.slot.params import SlotParams
from motorworks.slot.search import first_come
from motorworks.slot.solve import solve_slot

FULL, LARGE = MonthSize(), MonthSize(20, 200, 20)
MIDDLE, SMALL = MonthSize(10, 50, 10), MonthSize(4, 8, 3)
MOVES = 3_000
"""Moves in the sequence of a sampled day, for each car."""


@dataclass(frozen=True)
class Row:
    """What a way to slot comes to on a month."""

    month: str
    way: str
    cost: float
    bound: float | None
    late: float
    over: float
    violations: float | None
    seconds: float
    cpu: float


def main() -> None:
    """Measure, print, and write the section unless told not to."""
    parser = argparse.ArgumentParser(prog="python -m bench.slot_month", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a small month; writes nothing")
    parser.add_argument("--seconds", type=float, default=95.0, help="time limit of a search")
    parser.add_argument("--sampled", type=int, default=3, help="days that are sequenced")
    parser.add_argument("--no-section", action="store_true", help="leave RESULTS.md as it is")
    asked = parser.parse_args()
    sizes = [SMALL] if asked.smoke else [SMALL, MIDDLE, LARGE, FULL]
    seconds = 2.0 if asked.smoke else asked.seconds
    sampled = 1 if asked.smoke else asked.sampled
    rows = [row for size in sizes for row in measure(size, seconds, sampled)]
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    body = (
        f"{report(rows)}\n\nMemory at most {gigabytes:.2f} GB, CP-SAT's included. Two cores, "
        f"under a load of {os.getloadavg()[0]:.1f} at the end."
    )
    print(body)
    if not (asked.smoke or asked.no_section):
        command = f"python -m bench.slot_month --seconds {seconds:g}"
        told = made_with(command, ["motorworks", "highspy", "numba", "ortools"])
        write_section("slot_month", "Days for a month of orders", f"{told}\n\n{body}")


def measure(size: MonthSize, seconds: float, sampled: int) -> list[Row]:
    """Slot a month in every way."""
    given = generate(size)
    month = encode(given.month)
    rows = []
    began = _clocks()
    plain = _slots(first_come(month, weigh=False).tolist(), len(given.month.slots))
    rows.append(_row(given, "first come", plain, None, began, sampled))
    began = _clocks()
    result = solve_slot(given.month, SlotParams(time_limit_s=seconds))
    assert verify_slot(given.month, result).clean
    way = f"slot ({result.searched.engine})"
    rows.append(_row(given, way, result.slot_of, result.bound, began, sampled))
    if size != FULL:
        began = _clocks()
        at, bound = cpsat(given, seconds, plain)
        rows.append(_row(given, "CP-SAT", at, bound, began, sampled))
    return rows


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _slots(at: Sequence[int], slots: int) -> tuple[int, ...]:
    return tuple(LEFT_OUT if slot == slots else int(slot) for slot in at)


def _row(
    given: Generated, way: str, at: tuple[int, ...], bound: float | None,
    began: tuple[float, float], sampled: int,
) -> Row:  # fmt: skip
    month = given.month
    wall, cpu = (now - then for now, then in zip(_clocks(), began, strict=True))
    parts = parts_of(month, at, used_of(month, at))
    cost = sum(count * getattr(month.weights, name) for name, count in parts.items())
    return Row(
        month.name, way, cost, bound, parts["late"], parts["option"],
        _violations(given, at, sampled), wall, cpu,
    )  # fmt: skip


def _violations(given: Generated, at: tuple[int, ...], sampled: int) -> float | None:
    """Broken ratios a day, over some days that are sequenced with a few moves."""
    if not sampled:
        return None
    days = np.linspace(0, len(given.month.slots) - 1, sampled).astype(int)
    cars = len(at) // len(given.month.slots)
    params = SequenceParams(iterations=MOVES * cars, bound_effort=0.0)
    found = [
        solve_sequence(line_day_of(given, at, int(day)), params).values["high"] for day in days
    ]
    return float(np.mean(found))


def cpsat(given: Generated, seconds: float, plain: Sequence[int]) -> tuple[tuple[int, ...], float]:
    """The exact program of the stage, stated for CP-SAT: its schedule and bound.

    It begins, as the stage does, with a schedule that there is; where it ends without one of its
    own, that is what it has.
    """
    from ortools.sat.python import cp_model

    month = encode(given.month)
    classes = alike(month)
    model = cp_model.CpModel()
    own = month.own[month.profile[classes.example]]
    x = [
        [model.new_int_var(0, int(size) if np.isfinite(cost) else 0, "") for cost in row]
        for size, row in zip(classes.size, own, strict=True)
    ]
    for size, row in zip(classes.size, x, strict=True):
        model.add(sum(row) == int(size))
    begun = np.where(np.array(plain) == LEFT_OUT, month.slots, plain)
    for number, row in enumerate(x):
        here = np.bincount(begun[classes.of == number], minlength=len(row))
        for var, count in zip(row, here.tolist(), strict=True):
            model.add_hint(var, count)
    terms = [
        int(cost) * var for costs, row in zip(own, x, strict=True)
        for cost, var in zip(costs, row, strict=True) if np.isfinite(cost) and cost
    ]  # fmt: skip
    has = given.month.has[classes.example]
    for limit, row in zip(given.month.limits, month.limit, strict=True):
        used = sum(
            int(has[c, limit.trait]) * x[c][slot]
            for c in np.flatnonzero(has[:, limit.trait])
            for slot in range(limit.first, limit.last + 1)
        )
        if limit.hard:
            model.add(used <= int(row["most"]))
            continue
        lack, excess = (model.new_int_var(0, len(given.month.orders), "") for _ in range(2))
        if limit.least > 0.0:
            model.add(used + lack >= int(limit.least))
        if np.isfinite(limit.most):
            model.add(used - excess <= int(limit.most))
        terms += [int(row["weight"]) * lack, int(row["weight"]) * excess]
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # it would leave Ctrl-C to end the process
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return tuple(plain), max(solver.best_objective_bound, 0.0)
    at = np.zeros(month.orders, dtype=np.int64)
    for number, row in enumerate(x):
        counts = [solver.value(var) for var in row]
        at[classes.of == number] = np.repeat(np.arange(len(row)), counts)
    return _slots(at.tolist(), month.slots), max(solver.best_objective_bound, 0.0)


def report(rows: Sequence[Row]) -> str:
    """The rows as a table."""
    head = ("month", "way", "cost", "bound", "gap", "days late, by rank", "cars over quotas",
            "broken windows a day", "s", "CPU s")  # fmt: skip
    return table(
        head,
        [
            (
                row.month, row.way, f"{row.cost:,.0f}",
                "" if row.bound is None else f"{row.bound:,.0f}",
                "" if row.bound is None else f"{(row.cost - row.bound) / max(row.cost, 1):.1%}",
                f"{row.late:,.0f}", f"{row.over:,.0f}",
                "" if row.violations is None else f"{row.violations:,.1f}", f"{row.seconds:,.1f}",
                f"{row.cpu:,.1f}",
            )
            for row in rows
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
