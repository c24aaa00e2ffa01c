"""Runs of the sequence benches: what one is, and a file of finished ones that outlives a crash.

A line of JSON for each finished run is appended and flushed to the disk. A run that stands there is
never done again for the same revision of the code that it measures; a bench that was killed goes
on where it stopped.
"""

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

RESULTS = ROOT / "runs" / "bench" / "sequence.jsonl"
"""Where finished runs are kept unless said otherwise; the folder is ignored by git."""

CODE = {
    "motorworks": ("src/motorworks/sequence", "src/motorworks/engines"),
    "cpsat": ("bench/sequence_model.py", "bench/sequence_windows.py"),
    "given": (),
}
"""Files whose content is the revision of each engine."""


@dataclass(frozen=True)
class Job:
    """One run to be done; its fields and the revision of the code are its key.

    ``source`` and ``instance`` say which day: ``roadef`` and ``A/022_3_4_EP_RAF_ENP``, ``csplib``
    and ``gravel/pb_200_01``, ``generated`` and ``5000x40x30``. ``engine`` is ``motorworks``,
    ``cpsat`` (its ``way`` says with which start) or ``given``, the order as given. ``target`` is a
    mark at which to stop, ``iterations`` a limit beside the time; ``bound_effort`` is the stage's
    setting where it is not left as it stands; ``prove`` are seconds for proofs after the search.
    """

    source: str
    instance: str
    engine: str = "motorworks"
    way: str = ""
    seed: int = 1
    seconds: float = 20.0
    threads: int = 1
    target: float | None = None
    iterations: int | None = None
    bound_effort: float | None = None
    prove: float = 0.0

    def key(self, revision: str) -> str:
        """What makes two runs the same, as text."""
        return json.dumps([*asdict(self).values(), revision])


@dataclass(frozen=True)
class Run:
    """A finished run.

    ``mark`` and ``values`` are those of :mod:`motorworks.result.verify`, never of the engine;
    ``said`` is what the engine thought. ``bounds`` has for each objective its bound alone, its
    bound given the values before it, and how they were found. ``order`` are places as given, from
    0. ``search_s`` is what the engine says, ``wall_s`` the whole of the call by the clock, both
    without reading; ``first_s`` when the first order stood, ``best_s`` when the last did.
    """

    job: Job
    revision: str
    mark: float
    said: float
    values: dict[str, float]
    broken: int
    order: list[int]
    bounds: dict[str, tuple[float, float, str]] = field(default_factory=dict)
    moves: int = 0
    accepted: int = 0
    search_s: float = 0.0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    first_s: float | None = None
    best_s: float | None = None
    peak_mb: float = 0.0
    stopped: str = ""
    load: float = 0.0
    commit: str = ""
    versions: str = ""
    when: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 of the order: places as given from 1, one a line."""
        text = "".join(f"{place + 1}\n" for place in self.order)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def sound(self) -> bool:
        """Whether the order may be built and the engine thought of it as the scorer does."""
        return self.broken == 0 and self.mark == self.said

    @property
    def moves_a_second(self) -> float:
        """Evaluated moves a second of the engine's search."""
        return self.moves / self.search_s if self.search_s > 0 else 0.0

    def proven(self, name: str) -> bool:
        """Whether an objective is at its bound, given those before it."""
        return name in self.bounds and self.values[name] <= self.bounds[name][1] + 1e-9

    def written(self) -> str:
        """The run as a line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, line: str) -> "Run":
        """A run from its line; raises ValueError, KeyError or TypeError where it is broken."""
        found: dict[str, Any] = json.loads(line)
        found["job"] = Job(**found["job"])
        found["bounds"] = {name: (a, b, how) for name, (a, b, how) in found["bounds"].items()}
        return cls(**found)


@contextmanager
def scratch_store() -> Iterator["Store"]:
    """A file of finished runs that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        yield Store(Path(folder) / "runs.jsonl")


class Store:
    """Finished runs in a file.

    Parameters
    ----------
    path
        The file; made with its folder at the first run that is added.
    """

    def __init__(self, path: Path = RESULTS) -> None:
        self.path = path
        self._runs = {run.job.key(run.revision): run for run in _read(path)}

    def __len__(self) -> int:
        """Runs on file."""
        return len(self._runs)

    def get(self, job: Job, revision: str) -> Run | None:
        """The finished run of a job at a revision, if there is one."""
        return self._runs.get(job.key(revision))

    def missing(self, jobs: Iterable[Job], revision: str) -> list[Job]:
        """Jobs not done yet at a revision, in their order, each once."""
        return [job for job in dict.fromkeys(jobs) if self.get(job, revision) is None]

    def add(self, run: Run) -> None:
        """Append a run and wait until it is on the disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0, 2)
            if file.tell():  # a writer that was killed may have left half a line
                file.seek(-1, 2)
                if file.read() != b"\n":
                    file.write(b"\n")
            file.write(run.written().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._runs[run.job.key(run.revision)] = run


def revision(engine: str) -> str:
    """Twelve digits of the SHA-256 of all Python files of an engine, names and content."""
    digest = hashlib.sha256()
    for place in CODE[engine]:
        top = ROOT / place
        for file in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            if file.exists():
                digest.update(f"{file.relative_to(ROOT).as_posix()}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _read(path: Path) -> Iterator[Run]:
    if not path.exists():
        return
    with path.open("r", encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                yield Run.read(line)
            except (ValueError, KeyError, TypeError):  # half a line of a killed writer
                continue
