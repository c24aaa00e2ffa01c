"""Arrays held for kernels: read and changed in place through one address."""

from typing import NamedTuple

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray

from motorworks.engines.held import held

ROW = np.dtype([("weight", np.float64), ("count", np.int32)], align=True)


class Pair(NamedTuple):
    """Two arrays in one."""

    left: NDArray[np.int64]
    right: NDArray[np.float64]


class Things(NamedTuple):
    """Records, a table, a tuple of arrays, flags."""

    rows: NDArray[np.void]
    table: NDArray[np.float64]
    pair: Pair
    flags: NDArray[np.bool_]


@njit(_nrt=False)  # type: ignore[untyped-decorator]
def touch(things: Things) -> float:
    """Read and change each array once."""
    things.rows[1].count += 5  # type: ignore[attr-defined]
    things.table[1, 2] = things.pair.right[0] * 2.0
    things.pair.left[-1] = len(things.flags)
    things.flags[0] = True
    shape = things.table.shape
    return float(shape[0] * 10 + shape[1] + things.rows[1].weight)  # type: ignore[attr-defined]


def some() -> Things:
    """Arrays to hold."""
    rows = np.zeros(3, dtype=ROW)
    rows["weight"] = 0.5
    return Things(
        rows, np.zeros((2, 4)), Pair(np.zeros(2, dtype=np.int64), np.full(1, 3.0)),
        np.zeros(6, dtype=np.bool_),
    )  # fmt: skip


def test_a_kernel_changes_held_arrays_in_place() -> None:
    """Records, two dimensions, tuples in the tuple and flags are all where they should be."""
    things = some()
    assert touch(held(things)) == 24.5
    assert things.rows["count"].tolist() == [0, 5, 0]
    assert things.table[1].tolist() == [0.0, 0.0, 6.0, 0.0]
    assert things.pair.left.tolist() == [0, 6]
    assert things.flags.tolist() == [True, *[False] * 5]


def test_longer_arrays_are_held_without_a_new_compilation() -> None:
    """Lengths are read from the table, not built into the kernel."""
    things = some()
    touch(held(things))
    more = things._replace(table=np.zeros((5, 3)), flags=np.zeros(9, dtype=np.bool_))
    compiled = len(touch.signatures)
    assert touch(held(more)) == 53.5
    assert len(touch.signatures) == compiled


def test_arrays_with_gaps_are_refused() -> None:
    """A kernel reads memory as it lies."""
    things = some()
    with pytest.raises(ValueError, match="contiguous"):
        held(things._replace(table=np.zeros((4, 4))[:, :2]))
