"""A serial line by five ways: SimPy, cimba, our events, our recursion, 16 replications of it.

``python -m bench.simulate_line [--cars 101000] [--repeat 5] [--cimba PYTHON]``: 20 stations of a
minute, buffers of 5, saturated, blocking after service, failures of operation (100 minutes up, 5
down, exponential), start empty and up. All ways draw the same random numbers. Each runs once
before the clock, so that nothing is compiled while it runs; CPU seconds, all in one process but
cimba, which may be installed elsewhere: ``--cimba`` names its Python. Without cimba its row is
left out. Also: lines of 10 to 1,000 stations, and memory over 10,000 replications.
"""

import argparse
import importlib.util
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.results import made_with, table, write_section
from bench.simulate_line_model import SEED, bench_line, failure_times
from bench.simulate_line_simpy import last_departure
from motorworks.case.plant_model import PlantModel
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import EngineChoice, replicate
from motorworks.simulate.recursion import line_of, side_by_side
from motorworks.simulate.tally import Tally

STATIONS, LANES = 20, 16
WARMUP = 1000


@dataclass(frozen=True)
class Timed:
    """A way and what it took, best of its runs."""

    way: str
    seconds: float
    """CPU seconds of a replication."""
    last: float
    """Minute of the last departure of replication 0."""
    note: str = ""


def main() -> None:
    """Measure all ways; in full also write the section."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulate_line", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a short run; writes nothing")
    parser.add_argument("--cars", type=int, default=101_000, help="cars, warm-up included")
    parser.add_argument("--repeat", type=int, default=5, help="runs of the quick ways")
    parser.add_argument("--cimba", default=sys.executable, help="Python that has cimba")
    arguments = parser.parse_args()
    cars = 2 * WARMUP if arguments.smoke else arguments.cars
    ways = _ways(cars, 1 if arguments.smoke else arguments.repeat, arguments.cimba)
    body = _report(ways, cars)
    sizes = (10, 100) if arguments.smoke else (10, 100, 1000)
    body += "\n\n" + _sizes(sizes, 20_000 if arguments.smoke else 1_000_000)
    body += "\n\n" + _memory(200 if arguments.smoke else 10_000)
    print(body)
    if not arguments.smoke:
        command = f"python -m bench.simulate_line --cars {cars} --repeat {arguments.repeat}"
        body += "\n\n" + made_with(command, ("motorworks", "numba", "numpy", "simpy"))
        write_section("simulate_line", "A serial line", body)


def _ways(cars: int, repeat: int, cimba: str) -> list[Timed]:
    model = bench_line(STATIONS)
    times = failure_times(model, cars, 0)
    began = time.process_time()
    last = last_departure(times, cars)
    found = [Timed("SimPy", time.process_time() - began, last)]
    if (one := _cimba(times, cars, repeat, cimba)) is not None:
        found.append(one)
    found.append(_of_engine(model, "events", cars, repeat))
    found.append(_of_engine(model, "recursion", cars, repeat))
    found.append(_together(model, cars, repeat))
    for one in found:
        assert math.isclose(one.last, last, rel_tol=1e-9), f"{one.way} ends at {one.last}"
    return found


def _best(run: Callable[[], Tally], repeat: int) -> tuple[float, Tally]:
    """Least CPU seconds of several runs, after one that compiles."""
    took, tally = [], run()
    for _ in range(repeat):
        began = time.process_time()
        tally = run()
        took.append(time.process_time() - began)
    return min(took), tally


def _of_engine(model: PlantModel, engine: EngineChoice, cars: int, repeat: int) -> Timed:
    encoded = encode(model)
    seconds, tally = _best(
        lambda: replicate(
            encoded, seed=SEED, replication=0, until_cars=cars, warmup_cars=WARMUP, engine=engine
        ),
        repeat,
    )
    return Timed(
        engine, seconds, tally.end, f"{tally.events:,} events" if engine == "events" else ""
    )


def _together(model: PlantModel, cars: int, repeat: int) -> Timed:
    line = line_of(model)
    assert not isinstance(line, str)
    seconds, tally = _best(
        lambda: side_by_side(
            line, seed=SEED, replications=range(LANES), until_cars=cars, warmup_cars=WARMUP
        )[0],
        max(1, repeat // 2),
    )
    return Timed(f"recursion, {LANES} side by side", seconds / LANES, tally.end, "a replication")


def _cimba(
    times: list[tuple[np.ndarray, np.ndarray]], cars: int, repeat: int, python: str
) -> Timed | None:
    if python == sys.executable and importlib.util.find_spec("cimba") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "times.npz"
        np.savez(path, times=np.array(times))
        script = Path(__file__).with_name("simulate_line_cimba.py")
        ran = subprocess.run(
            [python, str(script), str(path), str(cars), str(repeat)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    told = json.loads(ran.stdout.splitlines()[-1])
    return Timed("cimba", min(told["s"][1:]), told["last"], f"cimba {told['version']}")


def _report(ways: list[Timed], cars: int) -> str:
    visits, simpy_s = cars * STATIONS, ways[0].seconds
    rows = [
        (one.way, f"{one.seconds:.4f}", f"{simpy_s / one.seconds:,.0f}",
         f"{1e9 * one.seconds / visits:,.1f}", f"{one.last:.6f}", one.note)
        for one in ways
    ]  # fmt: skip
    head = ("way", "CPU s", "times SimPy", "ns a car and station", "last departure", "")
    return f"{cars:,} cars through {STATIONS} stations, one replication:\n\n" + table(head, rows)


def _sizes(sizes: tuple[int, ...], visits: int) -> str:
    rows = []
    for stations in sizes:
        cars = max(200, visits // stations)
        cells = [_cell(stations, cars, "events"), _cell(stations, cars, "recursion")]
        rows.append((f"{stations:,}", f"{cars:,}", *cells))
    return table(("stations", "cars", "events: ns an event", "recursion: ns a piece of work"), rows)


def _cell(stations: int, cars: int, engine: EngineChoice) -> str:
    encoded = encode(bench_line(stations))
    seconds, tally = _best(
        lambda: replicate(encoded, seed=SEED, replication=0, until_cars=cars, engine=engine), 3
    )
    done = tally.events if engine == "events" else int(tally.worked.sum())
    return f"{1e9 * seconds / done:,.1f}"


def _memory(replications: int) -> str:
    model = bench_line(STATIONS)
    encoded, marks = encode(model), (replications // 10, replications)
    rows = []
    engines: tuple[EngineChoice, ...] = ("events", "recursion")
    for engine in engines:
        held = []
        for number in range(1, replications + 1):
            replicate(encoded, seed=SEED, replication=number, until_cars=100, engine=engine)
            if number in marks:
                held.append(_resident_mb())
        rows.append((engine, *(f"{mb:.0f}" for mb in held)))
    head = ("engine", *(f"MB after {mark:,} replications" for mark in marks))
    return "Memory of the process, libraries and compiled code in it:\n\n" + table(head, rows)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
