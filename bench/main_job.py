"""The main job as a user meets it: ``motorworks`` in a new process, by the clock.

``python -m bench.main_job [--smoke] [--repeat N]``. *cached* has the bytecode of a former run;
*uncached* starts with none, as after an installation that did not compile.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.results import made_with, table, write_section


@dataclass(frozen=True)
class Job:
    """A command, what it may take in seconds, and whether a smoke run runs it too."""

    title: str
    arguments: tuple[str, ...]
    target_s: float


HELP = Job("`motorworks --help`", ("--help",), 0.4)


def jobs(case: str) -> list[Job]:
    """The commands measured, on a case."""
    return [
        HELP,
        Job(f"`motorworks check {case}`", ("check", case), 1.5),
        Job(f"`motorworks run {case} --stages plan`", ("run", case, "--stages", "plan"), 20.0),
        Job(f"`motorworks run {case}`, the whole chain", ("run", case), 90.0),
    ]


def main() -> None:
    """Measure every job cached and uncached; in full also write the results page."""
    parser = argparse.ArgumentParser(prog="python -m bench.main_job", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="the tiny case, once; writes nothing")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each job")
    arguments = parser.parse_args()
    rows = []
    for job in jobs("tiny" if arguments.smoke else "busan"):
        repeat = 1 if arguments.smoke else arguments.repeat
        rows.append(_row(job, repeat))
        print(" | ".join(rows[-1]), flush=True)
    if not arguments.smoke:
        body = (
            "Seconds by the clock in a new process, median (least to most). *cached* finds the "
            "bytecode of a former run, *uncached* none at all, that of its libraries included. "
            "The kernels of the later stages are compiled and cached in both.\n\n"
            + table(("job", "to reach, s", "cached, s", "its CPU s", "uncached, s"), rows)
        )
        packages = ("motorworks", "polars", "highspy", "pydantic", "typer")
        write_section(
            "main_job",
            "The main job",
            f"{body}\n\n{made_with('python -m bench.main_job', packages)}",
        )


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and CPU seconds of the process and its own processes."""

    wall_s: float
    cpu_s: float


def _row(job: Job, repeat: int) -> list[str]:
    with tempfile.TemporaryDirectory() as cache:
        uncached = [_took(job, cache)]  # everything is compiled, and then kept
        cached = [_took(job, cache) for _ in range(repeat)]
    for _ in range(min(repeat, 3) - 1):
        with tempfile.TemporaryDirectory() as cache:
            uncached.append(_took(job, cache))
    figures = [_spread([one.wall_s for one in cached]), _spread([one.cpu_s for one in cached])]
    return [job.title, f"{job.target_s:g}", *figures, _spread([one.wall_s for one in uncached])]


def _took(job: Job, cache: str) -> Took:
    """Run a job once in an empty folder, its bytecode kept in ``cache``."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        command = [_motorworks(), *job.arguments]
        cpu, began = _cpu_of_children(), time.perf_counter()
        done = subprocess.run(
            command, cwd=folder, env=environment, check=False, capture_output=True, text=True
        )
        took = Took(time.perf_counter() - began, _cpu_of_children() - cpu)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return took


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _motorworks() -> str:
    beside = Path(sys.executable).with_name("motorworks")
    found = str(beside) if beside.exists() else shutil.which("motorworks")
    if found is None:
        sys.exit("the command motorworks is not installed")
    return found


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    main()
