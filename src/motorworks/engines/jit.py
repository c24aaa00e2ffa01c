"""How kernels are compiled: one spelling for all, cached on disk, typed for the checker."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def jit(function: Kernel) -> Kernel:
    """Compile a function over arrays to machine code at its first call; cached for later ones.

    The same floating-point rules as Python hold, and the lock of the interpreter is let go, so
    that kernels may run in threads side by side.
    """
    return _compiled(function)


def lean(function: Kernel) -> Kernel:
    """Compile a kernel that makes no arrays and returns numbers alone.

    Numba counts who holds each array, at every use of a tuple of arrays: a call that looks into
    one of 18 arrays takes 180 ns, and 5 ns without (2026, numba 0.68). A kernel that neither makes
    nor returns an array has nothing to count. It helps only if all down from the outermost loop
    are lean or inlined. A kernel that makes an array fails to compile; one must not return one.
    """
    return _compiled(function, _nrt=False)


def inner(function: Kernel) -> Kernel:
    """Compile a lean kernel that only other kernels call: it has no door for Python.

    The door takes tuples of arrays apart, and often takes longer to compile than the kernel.
    Called from Python, such a kernel ends the process: tests go through a lean one.
    """
    return _compiled(function, _nrt=False, **_NO_DOOR)


def inlined(function: Kernel) -> Kernel:
    """Compile a small inner kernel into every kernel that calls it, so that a call costs nothing.

    Kernels take tuples of many arrays, which are dear to pass along; what runs millions of times
    a second is therefore woven into its caller.
    """
    return _compiled(function, _nrt=False, forceinline=True, **_NO_DOOR)


_NO_DOOR = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def _compiled(function: Kernel, **options: bool) -> Kernel:
    """Compile a function, cached for as long as no file with kernels changes."""
    make: Any = njit
    kernel = make(function, cache=True, nogil=True, error_model="numpy", **options)
    _keep_apart(kernel._cache._cache_file)
    return cast("Kernel", kernel)


def _keep_apart(cached: Any) -> None:
    """Keep machine code on disk apart that is not the same.

    Left alone, numba looks at the function's own file, and would go on with machine code in which a
    function of another file, changed since, is still the old one. And two processes that compile a
    kernel for different arguments at once would both call theirs number 1: one of them would later
    be given that of the other.
    """
    cached._source_stamp = STAMP
    cached._data_name_pattern = cached._data_name_pattern.replace(".{", f".{_MARK}.{{")


def _stamp() -> str:
    """Hash of all files of the package that hold kernels."""
    digest = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        text = path.read_bytes()
        if b"engines.jit import" in text or path == Path(__file__):
            digest.update(text)
    return digest.hexdigest()


STAMP = _stamp()
_MARK = token_hex(4)
