"""Where the command begins: nothing is loaded before Ctrl-C is looked after."""

import os
import sys


def run() -> None:
    """Load the verbs and run the command line; Ctrl-C while loading ends it in one line."""
    try:
        from motorworks.cli.main import run as run_verbs

        run_verbs()
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        sys.stderr.flush()
        os._exit(130)
