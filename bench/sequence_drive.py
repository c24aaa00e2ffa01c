"""Do many runs, some at a time, each on cores of its own; go on where an earlier call stopped."""

import argparse
import datetime as dt
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from bench.sequence_days import SMALL
from bench.sequence_run import command
from bench.sequence_store import RESULTS, ROOT, Job, Run, Store, revision

OVERHEAD_S = 8.0
"""Seconds of a run beside its search: start, reading, bounds, scoring; for the estimate alone."""

_TINY = Job("generated", str(SMALL), seconds=2.0, iterations=1_000)

Do = Callable[[Job, list[int]], Run]


class Failed(Exception):
    """Runs did not end as they should."""


class Changed(Failed):
    """The code that is measured changed between runs."""


def in_process(job: Job, cores: list[int]) -> Run:
    """Do a job in a new process; raises :class:`Failed` with what it said."""
    threads = {
        name: str(job.threads)
        for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS")
    }
    done = subprocess.run(
        command(job, cores), cwd=ROOT, env={**os.environ, **threads}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        message = f"{job.source} {job.instance} ended with {done.returncode}:\n{done.stderr}"
        raise Failed(message)
    return Run.read(done.stdout.splitlines()[-1])


def run_all(
    jobs: Iterable[Job], store: Store, at_once: int = 2, do: Do = in_process, quiet: bool = False
) -> list[Run]:
    """Do the jobs that are not on file, and give the runs of all, in their order.

    Parameters
    ----------
    jobs
        All of one engine.
    store
        Where finished runs stand and are put.
    at_once
        Runs side by side; each keeps to as many cores as it has threads.
    do
        What does a job.
    quiet
        Say nothing.

    Raises
    ------
    Failed
        If runs fail, after all others are done; or at once as :class:`Changed`.
    """
    jobs = list(dict.fromkeys(jobs))
    revisions = {job.engine: revision(job.engine) for job in jobs}
    missing = [job for job in jobs if store.get(job, revisions[job.engine]) is None]
    if at_once > 1 and len(missing) > 1 and do is in_process:
        in_process(_TINY, [])  # compiles kernels once, before two processes do so side by side
    said = _Say(missing, len(jobs), at_once, quiet)
    free = _cores(at_once, max((job.threads for job in missing), default=1))
    lock = threading.Lock()
    failures: list[str] = []

    def one(job: Job) -> None:
        cores = free.get()
        try:
            _same(job, revision(job.engine), revisions)
            run = do(job, cores)
            _same(job, run.revision, revisions)
            with lock:
                store.add(run)
                said.done(run)
        except Changed:
            raise
        except Failed as failure:
            failures.append(str(failure))
            print(failure, file=sys.stderr, flush=True)
        finally:
            free.put(cores)

    with ThreadPoolExecutor(at_once) as pool:
        futures = [pool.submit(one, job) for job in missing]
        try:
            for future in futures:
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if failures:
        ends = [" ".join(text.split("\n", 1)[0:1] + text.splitlines()[-1:]) for text in failures]
        raise Failed("\n".join(ends))
    found = (store.get(job, revisions[job.engine]) for job in jobs)
    return [run for run in found if run is not None]


def _same(job: Job, now: str, revisions: dict[str, str]) -> None:
    if now != revisions[job.engine]:
        message = "the code that is measured changed; run again to measure it as it is"
        raise Changed(message)


def _cores(at_once: int, threads: int) -> "Queue[list[int]]":
    """Sets of cores for runs side by side; all share all where there are too few."""
    there = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    sets: Queue[list[int]] = Queue()
    for number in range(at_once):
        own = there[number * threads : (number + 1) * threads]
        sets.put(own if len(own) == threads else there)
    return sets


class _Say:
    """A line for each finished run, with the time at which all will be done."""

    def __init__(self, missing: Sequence[Job], count: int, at_once: int, quiet: bool) -> None:
        self.left = [_planned(job) for job in missing]
        self.at_once, self.quiet, self.count = at_once, quiet, len(missing)
        self.planned = sum(self.left)
        self.began, self.ran = time.monotonic(), 0
        if not quiet:
            print(f"{count - len(missing)} of {count} runs on file; {self._end()}", flush=True)

    def done(self, run: Run) -> None:
        self.ran += 1
        self.left.remove(_planned(run.job))
        if self.quiet:
            return
        values = ", ".join(f"{name} {value:,.0f}" for name, value in run.values.items())
        wrong = "" if run.sound else "  NOT SOUND"
        print(
            f"[{self.ran}/{self.count}] {run.job.instance} {run.job.way} seed {run.job.seed}: "
            f"{run.mark:,.0f} ({values}), {run.moves_a_second / 1e6:.2f} M moves/s, "
            f"{run.stopped} after {run.wall_s:.0f} s{wrong}; {self._end()}",
            flush=True,
        )

    def _end(self) -> str:
        """When all will be done, at the pace so far."""
        left, done = sum(self.left), self.planned - sum(self.left)
        seconds = left / self.at_once
        if done:
            seconds = left * (time.monotonic() - self.began) / done
        end = dt.datetime.now() + dt.timedelta(seconds=seconds)
        return f"all done by about {end:%H:%M}"


def _planned(job: Job) -> float:
    """Most seconds of a run, about."""
    return job.seconds + job.prove + OVERHEAD_S


def bench_parser(name: str, doc: str | None, kept: bool = True) -> argparse.ArgumentParser:
    """What every bench of sequences takes; ``kept``: its runs are kept, in a file to be chosen."""
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=doc)
    parser.add_argument("--smoke", action="store_true", help="a small day; writes nothing")
    if kept:
        parser.add_argument("--results", type=Path, default=RESULTS, help="file of finished runs")
    parser.add_argument("--no-section", action="store_true", help="leave RESULTS.md as it is")
    return parser


def stop_on_failure(do: Callable[[], None]) -> None:
    """Run a bench's main part and end with a plain message where a run fails."""
    try:
        do()
    except Failed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit("interrupted; finished runs are kept")
