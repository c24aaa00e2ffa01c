"""The results of a run as they come: taken over from earlier runs, or made, and kept at once."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from motorworks.case.case import Case
from motorworks.errors import CaseError
from motorworks.io.run_folder import RunFiles, changed_files, put_right, read_run, write_run
from motorworks.pipeline.watch import Clock, Watch

T = TypeVar("T")

PART = ".part"
"""What the name of a run's folder ends with until the run is finished."""


class Kept:
    """Results of the stages of a run so far.

    After each stage they are written to a folder beside that of the run, so that a run that fails
    or is stopped goes on from there when it is asked for again. A stage is taken over where all
    that goes into it is the same, as its mark tells.

    Parameters
    ----------
    home
        Folder of the run.
    earlier
        Runs to take results from, the first that fits.
    case, scenarios
        The resolved case, and the scenarios applied.
    clock
        Times the stages.
    watch
        Told where results stand if the run ends before its end.
    """

    def __init__(
        self,
        home: Path,
        earlier: Sequence[RunFiles],
        case: Case,
        scenarios: Sequence[tuple[str, str]],
        clock: Clock,
        watch: Watch,
    ) -> None:
        self.part = home.with_name(home.name + PART)
        self.stages: list[dict[str, str | None]] = []
        self._earlier = earlier
        self._case, self._scenarios = case, scenarios
        self._clock, self._watch = clock, watch
        self._found: dict[str, Any] = {}

    def stage(
        self,
        name: str,
        mark: str,
        taken: Callable[[RunFiles], T | None],
        made: Callable[[], T],
        *,
        cut_short: Callable[[T], bool] = lambda _: False,
    ) -> T:
        """The result of a stage.

        Parameters
        ----------
        name
            The stage.
        mark
            Hash of all that goes into it.
        taken
            Reads the result from an earlier run.
        made
            Makes the result.
        cut_short
            Whether a result was cut short by Ctrl-C or a limit on time: it is never taken over.
        """
        for files in self._earlier:
            found = taken(files) if mark == _marks(files).get(name) else None
            if found is not None:
                self._note(name, mark, found, files.folder.name)
                return found
        with self._clock.phase(name):
            found = made()
            self._note(name, None if cut_short(found) else mark, found, None)
            self._write()
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Once the run is finished, what was kept of it on the way is no longer needed."""
        if kind is None:
            shutil.rmtree(self.part, ignore_errors=True)
        elif self.part.exists():
            self._watch.left(self.part)

    def _note(self, name: str, mark: str | None, found: Any, origin: str | None) -> None:
        self._found[name] = found
        self.stages.append({"stage": name, "inputs_sha256": mark, "taken_from": origin})

    def _write(self) -> None:
        found = self._found
        write_run(
            self.part, case=self._case, scenarios=self._scenarios, result=found["plan"],
            slotted=found.get("slot"), days=found.get("sequence"),
            simulated=found.get("simulate"), ranges=found.get("ranges"),
            manifest={"stages": self.stages, "finished": False}, workbook=False,
        )  # fmt: skip


def earlier_runs(asked: Path | None, home: Path) -> list[RunFiles]:
    """Runs whose results may be taken over: the one asked for, and this one if it was cut short.

    Raises
    ------
    CaseError
        If the run asked for cannot be read, or its files are not as they were written.
    """
    part = home.with_name(home.name + PART)
    for folder in (home, part):
        put_right(folder)
    found = []
    if asked is not None:
        if problems := changed_files(asked):
            raise CaseError(problems)
        found.append(read_run(asked))
    try:
        if part.is_dir() and not changed_files(part):
            found.append(read_run(part))
    except CaseError:
        pass  # written by another version, or by somebody else: made anew
    return found


def _marks(files: RunFiles) -> dict[str, str]:
    """Marks of the stages of a run, by name."""
    stages = files.manifest.get("stages")
    entries = stages if isinstance(stages, list) else []
    return {
        str(one["stage"]): str(one["inputs_sha256"])
        for one in entries
        if isinstance(one, dict) and one.get("stage") and one.get("inputs_sha256")
    }
