"""Where the command begins: nothing is loaded before Ctrl-C is looked after."""

import gc
import os
import sys

_THREADS = ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS")
"""Read as the libraries load. The tables of a case are small: threads cost more than they give,
and the processes that work out ranges would get in each other's way. Set them to have more."""


def run() -> None:
    """Load the verbs and run the command line; Ctrl-C while loading ends it in one line."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    # loading makes many objects that stay: looking through them again and again finds nothing
    gc.set_threshold(50_000, 20, 20)
    try:
        from motorworks.cli.main import run as run_verbs

        run_verbs()
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        sys.stderr.flush()
        os._exit(130)
