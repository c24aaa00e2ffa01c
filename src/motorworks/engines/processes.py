"""Work spread over processes that each hold what it is done on, and how Ctrl-C ends it."""

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children, get_context
from threading import current_thread, main_thread
from typing import Any

Spread = Callable[[Callable[[Any, Any], Any], Iterable[Any]], Iterator[Any]]
"""``map``, for a function of what each process holds and of an item."""


@contextmanager
def spread(held: object, workers: int, chunk: int = 1) -> Iterator[Spread]:
    """A ``map`` over processes that each hold something large, or over this one alone.

    The results come in the order of the items. Processes leave Ctrl-C to this one, which ends them
    and passes it on.

    Parameters
    ----------
    held
        First argument of every call; sent to each process once.
    workers
        Processes; 1 stays in this one.
    chunk
        Items handed out at a time.

    Examples
    --------
    >>> with spread(10, 1) as over:
    ...     list(over(lambda held, item: held + item, [1, 2]))
    [11, 12]
    """
    if workers <= 1:
        yield lambda work, items: map(partial(work, held), items)
        return
    # Polars keeps threads, which a forked child would not have
    context, others = get_context("spawn"), set(active_children())
    with ProcessPoolExecutor(workers, context, _hold, (held,)) as pool:
        try:
            yield partial(hand_out, pool, chunk)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - others:
                child.terminate()  # what it has begun may take long
            raise


def hand_out(
    pool: ProcessPoolExecutor, chunk: int, work: Callable[[Any, Any], Any], items: Iterable[Any]
) -> Iterator[Any]:
    """``map`` over processes, which start with Ctrl-C blocked: only their parent answers to it."""
    with without_ctrl_c():
        return pool.map(partial(_call, work), items, chunksize=chunk)


@contextmanager
def without_ctrl_c() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; threads and processes that start in it never see one.

    A solver's thread may still receive it, and Python then interrupts the main thread all the
    same, maybe between the start of a process and its entry in the pool: so it is noted only.
    """
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield  # Windows, or a thread that Ctrl-C never interrupts
        return
    pressed: list[int] = []
    answer = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, answer)
    if pressed:
        raise KeyboardInterrupt


_HELD: list[object] = []


def _hold(held: object) -> None:
    """Hold something in a worker process, which leaves Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HELD[:] = [held]


def _call(work: Callable[[Any, Any], Any], item: object) -> Any:
    return work(_HELD[0], item)
