"""One declaration per input column; reader, error text, docs, workbook and templates use it."""

import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from motorworks.case.dates import check_day, check_month, check_when

KindName = Literal["text", "integer", "number", "yes_no", "choice", "month", "day", "when"]

LARGEST = 1e15
"""Largest figure that may stand anywhere: solvers take more for endless, or give up over it."""


@dataclass(frozen=True)
class Kind:
    """Marks an annotated ``str`` as a month, a day or a flexible date."""

    name: KindName


Month = Annotated[str, Kind("month"), AfterValidator(check_month)]
Day = Annotated[str, Kind("day"), AfterValidator(check_day)]
When = Annotated[str, Kind("when"), AfterValidator(check_when)]


class Record(BaseModel):
    """A row of an input table: a noun of the trade, typed and frozen."""

    # validators are built at first use: most commands use few of the many tables' records
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    TABLE: ClassVar[str]


@dataclass(frozen=True)
class Column:
    """What may stand in one column of one table.

    ``ref`` is ``"table.column"``: the value must stand there. ``minimum`` and ``maximum`` are
    inclusive unless ``above`` is set, which is an exclusive lower bound.
    """

    name: str
    kind: KindName
    meaning: str
    unit: str
    required: bool
    key: bool
    default: str | int | float | bool | None
    ref: str | None
    choices: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    above: float | None

    @property
    def allowed(self) -> str:
        """What may stand here, in words, for error messages and docs."""
        return allowed_text(self)


def col(
    meaning: str,
    *,
    default: Any = ...,
    unit: str = "",
    key: bool = False,
    ref: str | None = None,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
) -> Any:
    """Declare one column of a record; without ``default`` a value is required."""
    extra: Any = {"unit": unit, "key": key, "ref": ref}
    return Field(default, description=meaning, json_schema_extra=extra, ge=ge, le=le, gt=gt)


@cache
def columns_of(record: type[Record]) -> tuple[Column, ...]:
    """Read the column table of a record class.

    Examples
    --------
    >>> from motorworks.case.records.sites import Plant
    >>> [c.name for c in columns_of(Plant)][:3]
    ['plant', 'name', 'organisation']
    """
    return tuple(_column(name, info) for name, info in record.model_fields.items())


@cache
def key_of(record: type[Record]) -> tuple[str, ...]:
    """Names of the columns that together identify a row."""
    return tuple(column.name for column in columns_of(record) if column.key)


def _column(name: str, info: FieldInfo) -> Column:
    extra = cast("dict[str, Any]", info.json_schema_extra)
    kind, choices = _kind(info)
    bounds = {type(item).__name__: item for item in info.metadata}

    def bound(label: str, attribute: str) -> float | None:
        return getattr(bounds[label], attribute) if label in bounds else None

    return Column(
        name=name,
        kind=kind,
        meaning=info.description or "",
        unit=extra["unit"],
        required=info.is_required(),
        key=extra["key"],
        default=None if info.is_required() else info.default,
        ref=extra["ref"],
        choices=choices,
        minimum=bound("Ge", "ge"),
        maximum=bound("Le", "le"),
        above=bound("Gt", "gt"),
    )


_PLAIN: dict[Any, KindName] = {str: "text", int: "integer", float: "number", bool: "yes_no"}


def _kind(info: FieldInfo) -> tuple[KindName, tuple[str, ...]]:
    for item in info.metadata:
        if isinstance(item, Kind):
            return item.name, ()
    annotation: Any = info.annotation
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is Annotated:
        return next(i.name for i in annotation.__metadata__ if isinstance(i, Kind)), ()
    if typing.get_origin(annotation) is Literal:
        return "choice", tuple(typing.get_args(annotation))
    return _PLAIN[annotation], ()


_KIND_TEXT: dict[KindName, str] = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "yes_no": "yes or no",
    "choice": "one of",
    "month": "a month as 2025-07",
    "day": "a day as 2025-07-15",
    "when": "a date: 2025-07-15, 2025-07, 2025-Q3, 2025-H2, 2025 or a range A..B",
}


def allowed_text(column: Column) -> str:
    """Say in words what a column accepts.

    Examples
    --------
    >>> from motorworks.case.records.sites import ShopRate
    >>> {c.name: c.allowed for c in columns_of(ShopRate)}["availability_pct"]
    'a number of at least 0, at most 100'
    """
    text = _KIND_TEXT[column.kind]
    if column.kind == "choice":
        return f"{text} {', '.join(column.choices)}"
    if column.ref:
        return f"a name that stands in {column.ref}"
    limits: list[tuple[str, float | None]] = [
        ("above", column.above),
        ("of at least", column.minimum),
        ("at most" if column.minimum is not None else "of at most", column.maximum),
    ]
    said = ", ".join(f"{word} {limit:g}" for word, limit in limits if limit is not None)
    return f"{text} {said}" if said else text
