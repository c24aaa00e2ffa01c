"""The plant of Busan, a month of two shifts: both levels, and the first call of a fresh process.

``python -m bench.simulate_busan [--smoke]``: replications on all cores, as ``motorworks simulate``
does them. Nothing compiles while the clock runs; the first call is in a process of its own, with
the kernels in the cache.
"""

import argparse
import datetime as dt
import subprocess
import sys
import time

from bench.results import made_with, table, write_section
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.line import Level
from motorworks.io.case_folder import find_case, read_case
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.run import simulate

FIRST, DAYS = dt.date(2025, 10, 1), 28
RUNS: tuple[tuple[Level, int], ...] = (("shop", 100), ("station", 10))

_FRESH = """
from bench.simulate_busan import run
print(run("shop", 1)[0])
"""


def main() -> None:
    """Measure; in full also write the section."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulate_busan", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a short run; writes nothing")
    smoke = parser.parse_args().smoke
    run("shop", 1)
    rows = []
    for level, most in RUNS:
        replications = 2 if smoke else most
        seconds, cpu, events = run(level, replications)
        rows.append(
            (level, str(replications), f"{events:,}", f"{seconds:.2f}", f"{cpu:.2f}",
             f"{cpu / replications:.3f}")
        )  # fmt: skip
    head = ("level", "replications", "events", "s", "CPU s", "CPU s a replication")
    fresh = subprocess.run(
        [sys.executable, "-c", _FRESH], check=True, capture_output=True, text=True
    )  # fmt: skip
    body = (
        f"{DAYS} days of two shifts:\n\n{table(head, rows)}\n\n"
        f"First simulation of a fresh process, kernels in the cache: {float(fresh.stdout):.2f} s."
    )
    print(body)
    if not smoke:
        body += "\n\n" + made_with("python -m bench.simulate_busan", ("motorworks", "numba"))
        write_section("simulate_busan", "The plant of Busan", body)


def run(level: Level, replications: int) -> tuple[float, float, int]:
    """Seconds, CPU seconds and events of some replications."""
    model = plant_of_case(read_case(find_case("busan")), "busan", first=FIRST, days=DAYS,
                          level=level)  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    result = simulate(model, SimulateParams(days=DAYS, replications=replications))
    return time.perf_counter() - wall, time.process_time() - cpu, result.simulated.events


if __name__ == "__main__":
    main()
