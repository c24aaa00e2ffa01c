"""``python -m motorworks``: the same as the command ``motorworks``."""

from motorworks.cli.entry import run

if __name__ == "__main__":
    run()
