"""TOML text: reading with problems instead of exceptions, and writing plain values."""

import json
import math
import tomllib
from collections.abc import Mapping
from typing import Any

from motorworks.errors import Problem


def parse_toml(text: str, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Read TOML text; a mistake in it becomes a problem of ``file``.

    Examples
    --------
    >>> parse_toml("months = 12", "case.toml")
    ({'months': 12}, [])
    >>> print(parse_toml("months = ", "case.toml")[1][0])
    case.toml: is not valid TOML: Invalid value (at end of document)
    """
    try:
        return tomllib.loads(text), []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [Problem(file, f"is not valid TOML: {error}")]


def toml_text(values: Mapping[str, Any]) -> str:
    """Write a mapping as TOML: plain values, then a section per mapping or row of a list.

    Examples
    --------
    >>> print(toml_text({"name": "demo", "plan": {"late_months": 2}}), end="")
    name = "demo"
    <BLANKLINE>
    [plan]
    late_months = 2
    """
    return "\n".join(_lines(values, ())).lstrip("\n") + "\n"


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in values.items() if not _is_section(value)}
    lines = [f"{_key(key)} = {toml_value(value)}" for key, value in plain.items()]
    if path and (lines or not values):
        lines = ["", f"[{'.'.join(map(_key, path))}]", *lines]
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += _lines(value, (*path, key))
        elif _is_section(value):
            title = ".".join(map(_key, (*path, key)))
            for row in value:
                lines += ["", f"[[{title}]]"]
                lines += [f"{_key(name)} = {toml_value(item)}" for name, item in row.items()]
    return lines


def _is_section(value: Any) -> bool:
    """Whether a value gets a heading of its own: a mapping, or a list of nothing but mappings."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(row, Mapping) for row in value)
    return isinstance(value, Mapping)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "_").isidentifier()
    return key if bare else toml_value(key)


def toml_value(value: Any) -> str:
    """One value as TOML writes it, on one line.

    Examples
    --------
    >>> toml_value([1, 2.5, True, "a"]), toml_value({"from": "2025-01"})
    ('[1, 2.5, true, "a"]', '{ from = "2025-01" }')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return str(value)
