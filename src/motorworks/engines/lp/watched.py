"""Run HiGHS so that an onlooker sees the search and Ctrl-C ends it with the best point so far."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SECONDS_BETWEEN = 0.2


@dataclass(frozen=True)
class Progress:
    """How far a search has come: the best objective found and the proven bound on it."""

    seconds: float
    best: float
    bound: float
    nodes: int


OnProgress = Callable[[Progress], None]


def run_watched(highs: Any, on_progress: OnProgress) -> bool:
    """Run the solver in a thread; whether it was stopped by Ctrl-C.

    The solver holds its thread until it ends, and Python answers Ctrl-C in the main thread only:
    so the main thread waits, and asks the solver to stop when it is interrupted.
    """
    stop, ended = threading.Event(), threading.Event()
    seen = [0.0]

    def look(event: Any) -> None:
        out = event.data_out
        now = time.perf_counter()
        if now - seen[0] >= _SECONDS_BETWEEN:
            seen[0] = now
            on_progress(
                Progress(out.running_time, out.mip_primal_bound, out.mip_dual_bound,
                         int(out.mip_node_count))
            )  # fmt: skip
        _stop_if(event)

    def _stop_if(event: Any) -> None:
        if stop.is_set():
            event.data_in.user_interrupt = True

    highs.cbMipInterrupt.subscribe(look)
    highs.cbSimplexInterrupt.subscribe(_stop_if)
    highs.cbIpmInterrupt.subscribe(_stop_if)

    def search() -> None:
        try:
            highs.run()
        finally:
            ended.set()

    thread = threading.Thread(target=search, daemon=True)
    while not ended.is_set():
        try:
            if (
                thread.ident is None
            ):  # starting waits for the thread, and may be interrupted as well
                thread.start()
            # waiting for the thread itself would count it as ended once interrupted
            ended.wait(_SECONDS_BETWEEN)
        except KeyboardInterrupt:
            stop.set()
    highs.clearCallbacks()
    return stop.is_set()
