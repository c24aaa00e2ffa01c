"""The stage simulate: replications on all cores, until what is asked for is known well enough."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

import motorworks
from motorworks.case.plant_model import PlantModel
from motorworks.engines.cores import cores
from motorworks.result.simulation import Simulated, SimulationResult, WarmUp
from motorworks.simulate.decode import decode
from motorworks.simulate.digest import Digest, digest
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import choose, replicate
from motorworks.simulate.gathered import Gathered
from motorworks.simulate.layout import layout_of
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.progress import OnProgress, Progress
from motorworks.simulate.tally import Tally
from motorworks.simulate.warmup import find_warmup, no_warmup

Floats = NDArray[np.float64]
Rows = list[tuple[int, float, float, float | None, bool]]
T = TypeVar("T")

BATCH = 64
"""Most replications between two looks at the precision."""


def simulate(
    model: PlantModel,
    params: SimulateParams | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> SimulationResult:
    """Simulate a plant, replication after replication.

    The same plant, settings and seed give the same result, whatever the number of workers. Ctrl-C
    ends it with the replications done by then, if there is one.

    Parameters
    ----------
    model
        The plant.
    params
        Settings; as they stand when None.
    on_progress
        Called after each replication.

    Raises
    ------
    CaseError
        Where the plant or the settings make no sense.
    InfeasibleError
        Where cars wait for one another in a circle, for ever; or where only a count of cars says
        when to end, and a thousand and more are scrapped while none leaves.
    EngineError
        Where the engine asked for cannot simulate this plant.
    """
    params = params or SimulateParams()
    run = _Run(model, params, on_progress or (lambda progress: None))
    warmup, rows = run.find_warmup()
    stopped = run.replications(warmup)
    return run.result(warmup, rows, stopped)


def throughputs(
    model: PlantModel, params: SimulateParams | None = None, *, replications: Sequence[int] = ()
) -> Floats:
    """Cars a working day in each replication of these numbers, in their order.

    Two plants simulated with the same seed, numbers and warm-up share their random numbers, so
    that the difference of the two says more than either. Where the warm-up has to be found, it is
    found for each plant: give it in minutes to compare.

    Parameters
    ----------
    model
        The plant.
    params
        Settings; as they stand when None.
    replications
        Numbers of the replications; 1 to as many as the settings say if empty.
    """
    params = params or SimulateParams()
    run = _Run(model, params, lambda progress: None)
    warmup, _ = run.find_warmup()
    numbers = list(replications) or list(range(1, params.replications + 1))
    with run.pool() as pool:
        rows = [one.row["cars_a_day"] for one in run.digests(pool, numbers, warmup)]
    return np.array([np.nan if row is None else row for row in rows])


class _Run:
    """A plant in simulation: what all replications share."""

    def __init__(self, model: PlantModel, params: SimulateParams, tell: OnProgress) -> None:
        self._began = time.perf_counter()
        self._params, self._tell = params, tell
        self._layout = layout_of(model, params)
        self._encoded = encode(model)
        self._engine = params.engine
        self._reason = "asked for"
        if params.engine == "auto":
            self._engine, self._reason = choose(self._encoded)
        self._workers = params.workers or cores()
        self._gathered = Gathered(self._layout, params.confidence_pct)
        self._pilot_events = 0

    def pool(self) -> ThreadPoolExecutor:
        """Threads for replications: kernels let go of the interpreter's lock."""
        return ThreadPoolExecutor(self._workers)

    def find_warmup(self) -> tuple[WarmUp, Rows]:
        """The warm-up, from pilots with replication numbers of their own where it is not known."""
        known = no_warmup(self._layout.model, self._params)
        if known is not None:
            return known, []
        numbers = [-1 - n for n in range(self._params.pilots)]
        exits, end, begun = [], math.inf, time.perf_counter()
        with self.pool() as pool:
            for tally in _in_turn(pool, self._pilot, numbers, self._workers):
                exits.append(tally.exit_time)
                end = min(end, tally.end)
                self._pilot_events += tally.events
                self._say("warm-up", len(exits), len(numbers), begun)
        return find_warmup(self._layout, exits, end)

    def replications(self, warmup: WarmUp) -> str:
        """Do replications until there are enough; says why they ended."""
        begun, gathered = time.perf_counter(), self._gathered
        pool = self.pool()
        try:
            while many := self._more():
                planned = len(gathered.rows) + many
                for one in self.digests(pool, range(len(gathered.rows) + 1, planned + 1), warmup):
                    gathered.add(one)
                    self._say("replications", len(gathered.rows), planned, begun)
        except KeyboardInterrupt:
            if not gathered.rows:
                raise
            return "interrupted"
        finally:
            pool.shutdown(cancel_futures=True)
        if self._params.precision_pct is None:
            return "replications"
        return "precision" if self._precise() else "most"

    def digests(
        self, pool: ThreadPoolExecutor, numbers: Sequence[int], warmup: WarmUp
    ) -> Iterator[Digest]:
        """Replications of these numbers in brief, in their order."""

        def one(number: int) -> Digest:
            tally = self._replicate(number, warmup)
            return digest(
                self._layout, tally, number, self._params.sample_min, show=number == 1
            )  # fmt: skip

        return _in_turn(pool, one, numbers, self._workers)

    def _replicate(self, number: int, warmup: WarmUp) -> Tally:
        params = self._params
        return replicate(
            self._encoded, seed=params.seed, replication=number,
            until_min=self._layout.until_min, until_cars=self._layout.until_cars,
            warmup_min=warmup.minutes, warmup_cars=params.warmup_cars,
            sample_min=params.sample_min, visits=1 <= number <= params.visits,
            order_at=self._layout.points, engine=self._engine,
        )  # fmt: skip

    def _pilot(self, number: int) -> Tally:
        return replicate(
            self._encoded, seed=self._params.seed, replication=number,
            until_min=self._layout.until_min, until_cars=self._layout.until_cars,
            engine=self._engine,
        )  # fmt: skip

    def _more(self) -> int:
        """How many replications to do before looking again; depends on figures alone."""
        params, done = self._params, len(self._gathered.rows)
        if done < params.replications:
            return params.replications - done
        if params.precision_pct is None or self._precise():
            return 0
        now = self._gathered.estimate("cars_a_day")
        needed = done + 1.0
        if math.isfinite(now.half) and now.mean > 0.0:
            wanted = now.mean * params.precision_pct / 100.0
            needed = max(needed, done * (now.half / wanted) ** 2)
        return int(min(math.ceil(needed) - done, BATCH, max(params.most_replications - done, 0)))

    def _precise(self) -> bool:
        now = self._gathered.estimate("cars_a_day")
        return now.half <= now.mean * (self._params.precision_pct or 0.0) / 100.0

    def _say(self, phase: str, done: int, planned: int, begun: float) -> None:
        now = time.perf_counter()
        left = (now - begun) / done * (planned - done)
        known = self._gathered.estimate("cars_a_day") if self._gathered.rows else None
        self._tell(Progress(phase, done, planned, now - self._began, left, known))

    def result(self, warmup: WarmUp, rows: Rows, stopped: str) -> SimulationResult:
        """What was found."""
        gathered, params = self._gathered, self._params
        events = self._pilot_events + sum(row["events"] for row in gathered.rows)
        return SimulationResult(
            plant=self._layout.model.name,
            cars_a_day=gathered.estimate("cars_a_day"),
            jph_net=gathered.estimate("jph_net"),
            jph_gross=gathered.estimate("jph_gross"),
            lead_time=gathered.estimate("lead_time"),
            warmup=warmup,
            simulated=Simulated(
                params.seed, len(gathered.rows), events, time.perf_counter() - self._began,
                self._workers, stopped, self._engine, self._reason, motorworks.__version__,
            ),
            tables=decode(gathered, rows),
            settings=params.model_dump(mode="json"),
        )  # fmt: skip


def _in_turn(
    pool: ThreadPoolExecutor, work: Callable[[int], T], numbers: Sequence[int], workers: int
) -> Iterator[T]:
    """Results in the order of the numbers; at most two for each worker are on the way at once."""
    waiting: deque[Future[T]] = deque()
    for number in numbers:
        waiting.append(pool.submit(work, number))
        if len(waiting) >= 2 * workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
