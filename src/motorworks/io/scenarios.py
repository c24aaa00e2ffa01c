"""Scenarios by name: files of the case, files elsewhere, and the facts of the case."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from motorworks.case.case import Case
from motorworks.case.complaints import problems_of
from motorworks.case.fact_scenarios import Variant, fact_scenario
from motorworks.case.scenario import Scenario, apply_scenario
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem
from motorworks.io.text import read_text
from motorworks.io.toml import parse_toml, toml_text

FOLDER = "scenarios"
FACT = "fact:"


def list_scenarios(folder: Path | str) -> dict[str, Path]:
    """Scenario files of a case folder by name, in the order of their names."""
    home = Path(folder) / FOLDER
    found = sorted(home.glob("*.toml")) if home.is_dir() else []
    return {path.stem: path for path in found if not path.name.startswith(".")}


def scenario_texts(folder: Path | str) -> dict[str, str]:
    """Text of every scenario file of a case folder by name."""
    texts = {}
    for name, path in list_scenarios(folder).items():
        text, problems = read_text(path, f"{FOLDER}/{path.name}")
        if problems:
            raise CaseError(problems)
        texts[name] = text
    return texts


def scenario_of(text: str, file: str) -> Scenario:
    """Read the text of a scenario file; ``file`` names it in the problems."""
    values, problems = parse_toml(text, file)
    if problems:
        raise CaseError(problems)
    try:
        return Scenario(**values)
    except ValidationError as error:
        raise CaseError(problems_of(error, Scenario, file)) from error


def load_scenario(case: Case, folder: Path | str, name: str) -> tuple[str, str, Scenario]:
    """Find one scenario.

    Parameters
    ----------
    case
        The case, whose facts are scenarios too.
    folder
        Its folder.
    name
        Name of a file in ``scenarios/``, path of a ``.toml`` file, or ``fact:ID``,
        ``fact:ID:low`` or ``fact:ID:high``.

    Returns
    -------
    name, text, scenario
        A short name, the scenario as TOML, and the scenario.
    """
    if name.startswith(FACT):
        scenario = _from_fact(case, name)
        content = scenario.model_dump(exclude_defaults=True, exclude_none=True)
        return name, toml_text(content), scenario
    path = _find(folder, name)
    file = f"{FOLDER}/{path.name}" if path.parent == Path(folder) / FOLDER else str(path)
    text, problems = read_text(path, file)
    if problems:
        raise CaseError(problems)
    return path.stem, text, scenario_of(text, file)


def resolve(
    case: Case, folder: Path | str, names: Sequence[str]
) -> tuple[Case, list[tuple[str, str]]]:
    """Apply scenarios in the order given.

    Returns
    -------
    case, scenarios
        The resolved case, and name and TOML text of each scenario applied.
    """
    applied = []
    for name in names:
        short, text, scenario = load_scenario(case, folder, name)
        file = short if name.startswith(FACT) else f"{FOLDER}/{short}.toml"
        case = apply_scenario(case, scenario, file)
        applied.append((short, text))
    return case, applied


def _from_fact(case: Case, name: str) -> Scenario:
    fact_id = name.removeprefix(FACT)
    head, _, tail = fact_id.rpartition(":")
    variants: dict[str, Variant] = {each: each for each in get_args(Variant)}
    if head and tail in variants:
        return fact_scenario(case, head, variants[tail])
    return fact_scenario(case, fact_id)


def _find(folder: Path | str, name: str) -> Path:
    own = list_scenarios(folder)
    if name in own:
        return own[name]
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    shown = f"; the case has {', '.join(own)}" if own else "; the case has none"
    message = f"there is no such scenario{shown}{did_you_mean(name, own)}"
    raise CaseError([Problem(f"scenario {name}", message)])
