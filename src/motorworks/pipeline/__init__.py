"""The main job: every stage in its turn, from a case's folder to a run folder with a report."""

from motorworks.pipeline.reading import read_sound, read_story, refuse_bad
from motorworks.pipeline.run import Run, run
from motorworks.pipeline.watch import Watch

__all__ = ["Run", "Watch", "read_sound", "read_story", "refuse_bad", "run"]
