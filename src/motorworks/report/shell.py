"""The shell of every page: one file that carries its script, its style and its figures."""

import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from motorworks.report.blocks import Chart, Chip, Section

# Plotly reads a little HTML in its texts: ours stays, what a case's names bring is shown as text
_FOREIGN = re.compile(r"<(?!/?(?:b|br|extra)>)")


@cache
def plotly_script() -> str:
    """Plotly's script out of the installed package, without importing it (which is slow)."""
    found = importlib.util.find_spec("plotly")
    if found is None or not found.submodule_search_locations:
        msg = "the package plotly is not installed; it carries the script of the charts"
        raise ModuleNotFoundError(msg)
    folder = Path(found.submodule_search_locations[0])
    text = (folder / "package_data" / "plotly.min.js").read_text("utf-8")
    return text.replace("</script", "<\\/script")


def _part(name: str) -> str:
    return resources.files("motorworks.report").joinpath(f"templates/{name}").read_text("utf-8")


def harmless(value: Any) -> Any:
    """The same figure with foreign markup in its texts made visible text."""
    if isinstance(value, str):
        return _FOREIGN.sub("&lt;", value)
    if isinstance(value, Mapping):
        return {key: harmless(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [harmless(item) for item in value]
    return value


def as_json(value: Any) -> str:
    r"""JSON that may stand inside a script element.

    Examples
    --------
    >>> as_json({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def charts_of(sections: Sequence[Section]) -> dict[str, Any]:
    """Figures of all charts by their key."""
    return {
        block.key: {
            "first": block.first,
            "shared": harmless(list(block.shared)),
            "variants": harmless(dict(block.variants)),
        }
        for section in sections
        for block in section.blocks
        if isinstance(block, Chart)
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("motorworks.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(
    title: str, kicker: str, subtitle: str, chips: Sequence[Chip], sections: Sequence[Section]
) -> str:
    """One page that opens offline.

    Parameters
    ----------
    title, kicker, subtitle
        Heading, the line above it and the line below it.
    chips
        Short marks of state below the heading.
    sections
        The parts of the page, in order.
    """
    charts = charts_of(sections)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=title,
            kicker=kicker,
            subtitle=subtitle,
            chips=chips,
            sections=sections,
            style=_part("style.css"),
            script=_part("page.js") + _part("scene.js"),
            plotly=plotly_script() if charts else "",
            charts=as_json(charts),
        )
    )
