"""Everything that is wrong with a case folder, and what is odd about it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.check import check_case, check_rest, doubts_about, in_order
from motorworks.case.wording import counted
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import read_parts
from motorworks.io.scenarios import list_scenarios, resolve
from motorworks.plan.params import setting_problems
from motorworks.sequence import settings as sequence_settings
from motorworks.simulate import settings as simulate_settings
from motorworks.slot import params as slot_params


@dataclass(frozen=True)
class Findings:
    """What a check has found; the summary says what was looked at."""

    problems: list[Problem]
    doubts: list[Problem] = field(default_factory=list)
    summary: str = ""


def check_folder(folder: Path, scenarios: list[str]) -> Findings:
    """Check a case as its scenarios change it; without any, try each scenario of the case."""
    case, unread = read_parts(folder)
    if case is None:
        raise CaseError(unread)
    if unread:
        return Findings(in_order(unread + _bad_settings(case) + check_rest(case, unread)))
    if scenarios:
        case, _ = resolve(case, folder, scenarios)
        problems = _bad_settings(case) + check_case(case, as_given=False)
    else:
        problems = _bad_settings(case) + check_case(case) + _bad_scenarios(case, folder)
    return Findings(problems, doubts_about(case), _all_well(case, folder, scenarios))


def _bad_settings(case: Case) -> list[Problem]:
    return (
        setting_problems(case.info)
        + slot_params.setting_problems(case.info)
        + sequence_settings.setting_problems(case.info)
        + simulate_settings.setting_problems(case.info.simulate)
    )


def _bad_scenarios(case: Case, folder: Path) -> list[Problem]:
    """Scenarios of the case that cannot be read or applied to it."""
    problems: list[Problem] = []
    for name in list_scenarios(folder):
        try:
            changed, _ = resolve(case, folder, [name])
        except CaseError as error:
            problems += error.problems
        else:
            if changed.info != case.info:
                problems += _in_file(f"scenarios/{name}.toml", _bad_settings(changed))
    return problems


def _in_file(file: str, problems: list[Problem]) -> list[Problem]:
    return [replace(problem, file=file) for problem in problems]


def _all_well(case: Case, folder: Path, scenarios: list[str]) -> str:
    filled = [table.height for table in case.tables.values() if table.height]
    parts = [
        f"{counted(sum(filled), 'row')} in {counted(len(filled), 'table')}",
        counted(case.table("facts").height, "fact"),
        counted(len(list_scenarios(folder)), "scenario"),
        counted(case.info.months, "month"),
    ]
    changed = f" as changed by {', then '.join(scenarios)}" if scenarios else ""
    return f"{case.info.name}{changed} is well: {', '.join(parts)}"
