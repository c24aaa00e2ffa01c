"""How kernels are compiled: one spelling for all, cached on disk, typed for the checker."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def jit(function: Kernel) -> Kernel:
    """Compile a function over arrays to machine code at its first call; cached for later ones.

    The same floating-point rules as Python hold, and the lock of the interpreter is let go, so
    that kernels may run in threads side by side.
    """
    return cast("Kernel", njit(function, cache=True, nogil=True, error_model="numpy"))
