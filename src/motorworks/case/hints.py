"""What to add to the message about a bad cell, when the cause can be guessed."""

import re

from motorworks.case.column import LARGEST, Column
from motorworks.case.wording import did_you_mean

_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}([, '\u00a0\u202f_]\d{3})+(\.\d+)?$")
_EXCEL_ERROR = re.compile(r"^#[A-Z/0]+[!?]?$")
_LOCAL_DAY = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_SLASH_DAY = re.compile(r"^(\d{4})[./](\d{1,2})([./](\d{1,2}))?$")


def hint_for(column: Column, value: str) -> str:
    """A remark to append to the message about ``value``, or nothing.

    Examples
    --------
    >>> from motorworks.case.column import columns_of
    >>> from motorworks.case.records.sites import ShopRate
    >>> jph = next(c for c in columns_of(ShopRate) if c.name == "jph")
    >>> hint_for(jph, "42,5")
    "; use a point, not a comma, for decimals: '42.5'"
    """
    if _EXCEL_ERROR.match(value):
        return "; this is a spreadsheet error, mend the formula behind it"
    if column.kind in ("number", "integer"):
        return _number_hint(column, value)
    if column.kind == "choice":
        return did_you_mean(value, column.choices)
    if column.kind in ("month", "day", "when"):
        return _date_hint(value)
    if column.kind == "text":
        return " without control characters"
    return ""


def _number_hint(column: Column, value: str) -> str:
    if _COMMA.match(value) and _GROUPED.match(value):
        plain, point = value.replace(",", ""), value.replace(",", ".")
        return f"; write {plain} without thousands separators, or {point} if a decimal is meant"
    if _COMMA.match(value):
        return f"; use a point, not a comma, for decimals: '{value.replace(',', '.')}'"
    if _GROUPED.match(value):
        return "; write it without thousands separators"
    if value.endswith("%"):
        return f"; write the figure alone, its unit is {column.unit or 'none (a share of 1)'}"
    if value.lower().lstrip("+-") in ("inf", "infinity", "nan"):
        blank = "; leave the cell blank for none" if not column.required else ""
        return f" that is finite{blank}"
    if _is_number(value) and abs(float(value)) > LARGEST:
        return f"; no figure may be larger than {LARGEST:.0e}"
    return ""


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _date_hint(value: str) -> str:
    if _LOCAL_DAY.match(value) or _SLASH_DAY.match(value):
        return "; write year-month-day, with dashes and two digits each"
    return ""
