"""One run in a process of its own: read the day, search, score by the written rules, say all.

``python -m bench.sequence_run JOB CORES``: JOB is a :class:`bench.sequence_store.Job` as JSON,
CORES the numbers of the cores that the process keeps to. The last line printed is the run.
"""

import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.sequence_days import DaySize, generate
from bench.sequence_store import ROOT, Job, Run, revision
from motorworks.case.line_day import LineDay
from motorworks.io.formats.csplib import read_csplib
from motorworks.io.formats.roadef import read_roadef
from motorworks.result.verify.sequence_score import score_order

_FOLDERS = {"roadef": "roadef2005", "csplib": "csplib"}


@dataclass
class Outcome:
    """What an engine came to; the fields are those of :class:`bench.sequence_store.Run`."""

    order: list[int]
    said: float | None = None
    bounds: dict[str, tuple[float, float, str]] = field(default_factory=dict)
    moves: int = 0
    accepted: int = 0
    search_s: float = 0.0
    first_s: float | None = None
    best_s: float | None = None
    stopped: str = ""


def public_data(source: str) -> Path:
    """Folder of a family of public instances; ends the bench where there is none."""
    named = os.environ.get("MOTORWORKS_DATA")
    folder = (Path(named) if named else ROOT.parent / "shared" / "data") / _FOLDERS[source]
    if not folder.is_dir():
        sys.exit(f"no {folder}; MOTORWORKS_DATA may name the folder of public instances")
    return folder


def load(job: Job) -> LineDay:
    """The day of a job."""
    if job.source == "generated":
        return generate(DaySize.parse(job.instance))
    if job.source == "roadef":
        return read_roadef(public_data("roadef") / job.instance)
    return read_csplib(public_data("csplib") / f"{job.instance}.txt")


def run(job: Job) -> Run:
    """Do a job and score what comes out."""
    day = load(job)
    load_before = os.getloadavg()[0]
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = _ENGINES[job.engine](day, job)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    score = score_order(day, outcome.order)
    return Run(
        job=job, revision=revision(job.engine), mark=score.mark,
        said=score.mark if outcome.said is None else outcome.said,
        values={item.name: score.values[item.name] for item in day.objectives},
        broken=score.broken, order=outcome.order, bounds=outcome.bounds, moves=outcome.moves,
        accepted=outcome.accepted, search_s=outcome.search_s, wall_s=wall, cpu_s=cpu,
        first_s=outcome.first_s, best_s=outcome.best_s, peak_mb=peak, stopped=outcome.stopped,
        load=load_before, commit=_commit(), versions=_versions(),
        when=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def main() -> None:
    """Do the job of the command line."""
    job = Job(**json.loads(sys.argv[1]))
    cores = [int(core) for core in sys.argv[2].split(",") if core] if len(sys.argv) > 2 else []
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    print(run(job).written(), flush=True)


def command(job: Job, cores: list[int]) -> list[str]:
    """The command that does a job in a new process."""
    told = json.dumps(asdict(job))
    return [sys.executable, "-m", "bench.sequence_run", told, ",".join(map(str, cores))]


def _given(day: LineDay, job: Job) -> Outcome:
    return Outcome(list(range(day.count)), stopped="given")


def _motorworks(day: LineDay, job: Job) -> Outcome:
    from motorworks.sequence.params import SequenceParams
    from motorworks.sequence.progress import Progress
    from motorworks.sequence.solve import solve_sequence

    told: list[Progress] = []
    effort = {} if job.bound_effort is None else {"bound_effort": job.bound_effort}
    params = SequenceParams(
        time_limit_s=job.seconds, iterations=job.iterations, target=job.target,
        threads=job.threads, seed=job.seed, prove_s=job.prove, **effort,
    )  # fmt: skip
    result = solve_sequence(day, params, on_progress=told.append)
    bounds = {one.name: (one.bound, one.given_better, one.how) for one in result.proofs}
    searched = result.searched
    return Outcome(
        list(result.order), result.mark, bounds, searched.moves, searched.accepted,
        searched.seconds, told[0].seconds if told else None, told[-1].seconds if told else None,
        searched.stopped,
    )  # fmt: skip


def _cpsat(day: LineDay, job: Job) -> Outcome:
    """CP-SAT on the whole day (``plain``, ``hint``) or stretch by stretch (``windows``).

    All but ``plain`` begin with the order that our construction gives, whose time is not counted.
    """
    from bench.sequence_model import DayModel
    from bench.sequence_windows import improve

    start = list(range(day.count))
    if job.way != "plain":
        start = _motorworks(day, Job("", "", seconds=60.0, iterations=0, bound_effort=0.0)).order
    began = time.perf_counter()
    if job.way == "windows":
        found = improve(day, start, job.seconds, job.threads, job.seed)
    else:
        model = DayModel(day, start)
        left = job.seconds - (time.perf_counter() - began)
        found = model.solve(left, job.threads, job.seed, hint=job.way == "hint")
    bounds = {"mark": (found.bound, found.bound, f"CP-SAT, {found.size}")}
    stopped = f"{found.status}, {found.size}"
    return Outcome(found.order, None, bounds, search_s=found.solve_s, stopped=stopped)


_ENGINES = {"motorworks": _motorworks, "cpsat": _cpsat, "given": _given}


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    return told.stdout.strip()


def _versions() -> str:
    packages = ("motorworks", "numba", "numpy", "ortools")
    return ", ".join([f"Python {platform.python_version()}", *map(_named, packages)])


def _named(package: str) -> str:
    return f"{package} {version(package)}"


if __name__ == "__main__":
    main()
