"""What a run is read from: a sound case, and run folders of before."""

from collections.abc import Sequence
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.check import check_case, check_rest, in_order
from motorworks.case.scenario import Scenario
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import read_parts
from motorworks.io.run_folder import read_run
from motorworks.io.scenarios import scenario_of
from motorworks.plan.params import setting_problems
from motorworks.report.story import Scenario as Told
from motorworks.report.story import Story
from motorworks.sequence import settings as sequence_settings
from motorworks.simulate import settings as simulate_settings
from motorworks.slot import params as slot_params


def read_sound(folder: Path) -> Case:
    """Read a case; where cells or files cannot be read, say what else is wrong, too."""
    case, unread = read_parts(folder)
    if unread or case is None:
        raise CaseError(in_order(unread + ([] if case is None else check_rest(case, unread))))
    return case


def refuse_bad(case: Case, *, as_given: bool = True) -> None:
    """Raise with everything that is wrong with a case, its settings included."""
    problems = settings_problems(case) + check_case(case, as_given=as_given)
    if problems:
        raise CaseError(problems)


def settings_problems(case: Case) -> list[Problem]:
    """What is wrong with the settings of all stages."""
    return (
        setting_problems(case.info)
        + slot_params.setting_problems(case.info)
        + sequence_settings.setting_problems(case.info)
        + simulate_settings.setting_problems(case.info.simulate)
    )


def read_story(folder: Path) -> Story:
    """Read a run folder back for reports and comparisons."""
    files = read_run(folder)
    return Story(
        case=files.case, result=files.result, ranges=files.ranges, scenarios=told(files.scenarios),
        manifest=files.manifest, slotted=files.slotted, days=files.days, simulated=files.simulated,
    )  # fmt: skip


def told(applied: Sequence[tuple[str, str]]) -> list[Told]:
    """Scenarios as the report tells of them, from name and TOML text."""
    read: list[tuple[str, Scenario]] = [(name, scenario_of(text, name)) for name, text in applied]
    return [Told(name, scenario.title, scenario.note or "") for name, scenario in read]
