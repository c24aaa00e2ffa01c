"""Complaints of pydantic about settings, told as problems of the file they stand in."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem


def problems_of(
    error: ValidationError, model: type[BaseModel], file: str, section: str = ""
) -> list[Problem]:
    """Say each complaint of pydantic as a problem of ``file``, below the heading ``section``."""
    problems = []
    for item in error.errors(include_url=False):
        parts = [section, *item["loc"]] if section else item["loc"]
        place = ".".join(str(part) for part in parts) or None
        if item["type"] == "extra_forbidden":
            hint = did_you_mean(str(item["loc"][-1]), model.model_fields)
            allowed = ", ".join(model.model_fields) if len(item["loc"]) == 1 else ""
            message = "unknown key" + (f"; allowed are {allowed}" if allowed else "") + hint
            problems.append(Problem(file, message, column=place))
        elif item["type"] == "missing":
            problems.append(Problem(file, "required key is missing", column=place))
        else:
            message = _plain(item["msg"], item.get("ctx", {}))
            problems.append(Problem(file, message, column=place, value=str(item["input"])))
    return problems


def section_problems(
    given: Mapping[str, Any], model: type[BaseModel], section: str
) -> list[Problem]:
    """What is wrong with a table of settings in ``case.toml``, which a stage reads as ``model``."""
    try:
        model(**given)
    except ValidationError as error:
        return problems_of(error, model, "case.toml", section=section)
    return []


def written_as_number(value: object) -> object:
    """Refuse yes, no and quoted text before pydantic takes them for a number.

    Raises
    ------
    ValueError
        Which pydantic turns into a complaint.
    """
    if isinstance(value, bool | str):
        msg = "must be a number, without quotes"
        raise ValueError(msg)
    return value


def _plain(message: str, context: Mapping[str, Any]) -> str:
    if "pattern" in context:
        return f"must match the pattern {context['pattern']}"
    message = message.removeprefix("Value error, ").removeprefix("Input should be ")
    return message if "error" in context else f"must be {message}"
