"""Work over processes: in order, whoever does it, and Ctrl-C for the parent alone."""

import signal
import time
from pathlib import Path

import pytest

from motorworks.engines import processes
from motorworks.engines.processes import spread


def plus(held: int, item: int) -> int:
    """Add what a process holds to an item."""
    return held + item


def linger(held: Path, item: int) -> None:
    """Leave a file behind after a while."""
    time.sleep(2.0)
    (held / f"{item}").touch()


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    """Two rounds of work on what is held, in this process and in two others."""
    with spread(10, workers) as over:
        assert list(over(plus, range(5))) == [10, 11, 12, 13, 14]
        assert list(over(plus, [7])) == [17]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows blocks no signals")
def test_processes_start_with_ctrl_c_blocked() -> None:
    """Else one that is still loading its modules ends with a traceback when Ctrl-C is pressed."""

    class Pool:
        def map(self, *_: object, **__: object) -> list[object]:
            return [signal.pthread_sigmask(signal.SIG_BLOCK, set())]

    assert signal.SIGINT in next(iter(processes.hand_out(Pool(), 1, abs, [])))  # type: ignore[arg-type]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_ctrl_c_while_processes_start_is_answered_once_they_stand() -> None:
    """Not between the start of a process and its entry in the pool, which would orphan it."""
    stood = []

    def start() -> None:
        with processes.without_ctrl_c():
            signal.raise_signal(signal.SIGINT)
            stood.append("all")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert stood == ["all"]


def test_ctrl_c_ends_work_that_has_begun(tmp_path: Path) -> None:
    """The processes are gone when it comes out, and what they were doing is not done."""

    def interrupted() -> None:
        with spread(tmp_path, 2) as over:
            over(linger, [1, 2])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []
