"""Files that a verb is asked to write, looked at before its work begins."""

import os
from collections.abc import Iterable
from pathlib import Path

from motorworks.errors import CaseError, Problem


def refuse_unwritable(paths: Iterable[Path], read: Iterable[Path] = ()) -> None:
    """Say so before a long search, not after it.

    Parameters
    ----------
    paths
        Files to be written, each for something else.
    read
        Files of the input, which are not to be written over.
    """
    problems = []
    inputs, seen = {path.resolve() for path in read}, set[Path]()
    for path in paths:
        real = path.resolve()
        if path.is_dir():
            problems.append(Problem(str(path), "is a folder, not a file"))
        elif not path.parent.is_dir():
            problems.append(Problem(str(path), f"cannot be written: no folder {path.parent}"))
        elif not os.access(path.parent, os.W_OK):
            problems.append(Problem(str(path), "cannot be written: permission denied"))
        elif real in inputs:
            problems.append(Problem(str(path), "is read as input and would be written over"))
        elif real in seen and not path.is_char_device():
            problems.append(Problem(str(path), "is named for two outputs"))
        seen.add(real)
    if problems:
        raise CaseError(problems)
