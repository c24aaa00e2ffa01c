"""Doors to kernels that have none: what only other kernels call, compiled so that a test may."""

from typing import Any

from numba import njit


def opened(kernel: Any) -> Any:
    """The same kernel with a door for Python; compiled anew in each process that asks."""
    return njit(kernel.py_func, nogil=True, error_model="numpy", _nrt=False)
