"""Kernels: compiled the same way everywhere, and never older than the files they stand in."""

from typing import Any

import numpy as np
import pytest
from numba.core.errors import TypingError
from numpy.typing import NDArray

from motorworks.engines.jit import STAMP, inlined, jit, lean


@inlined
def doubled(value: float) -> float:
    """Twice the value."""
    return 2.0 * value


@lean
def doubled_sum(values: NDArray[np.float64]) -> float:
    """Twice the sum of all but the first."""
    return doubled(values[1:].sum())


@jit
def summed_copy(values: NDArray[np.float64]) -> float:
    """Sum of a new array."""
    return float(np.zeros(len(values)).sum())


@lean
def array_in_a_lean_kernel(values: NDArray[np.float64]) -> float:
    """Make an array where none may be made."""
    return float(np.zeros(len(values)).sum())


def test_kernels_of_all_kinds_call_each_other() -> None:
    """A lean kernel calls an inlined one, and a plain one may make arrays."""
    values = np.array([1.0, 2.0, 3.0])
    assert doubled_sum(values) == 10.0
    assert summed_copy(values) == 0.0


def test_a_lean_kernel_that_makes_an_array_does_not_compile() -> None:
    """The promise of a lean kernel is held by the compiler."""
    with pytest.raises(TypingError):
        array_in_a_lean_kernel(np.zeros(3))


@pytest.mark.parametrize("kernel", [doubled, doubled_sum, summed_copy])
def test_compiled_code_is_kept_until_any_file_with_kernels_changes(kernel: Any) -> None:
    """The cache on disk knows the kernels by all their files, not by their own alone."""
    assert kernel._cache._cache_file._source_stamp == STAMP
