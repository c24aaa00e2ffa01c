"""How figures are written: thin spaces in thousands, a true minus, units that stay attached."""

import math
import re

GROUP = "\u202f"
BLANK = "\u00a0"
MINUS = "\u2212"
NO_CHANGE = "no change"
_SCALES = ((1e9, "bn"), (1e6, "M"))
_MONEY = re.compile(r"^[A-Z]{3}(/|$)")

_NOISE = 6


def grouped(value: float, digits: int = 0) -> str:
    """A number with its thousands set apart.

    Examples
    --------
    >>> grouped(-168045.2).replace(GROUP, "_")
    '−168_045'
    """
    if not math.isfinite(value):
        return "–"
    # sums of the same figures in another order differ in their last digits: not at a half, then
    text = f"{abs(round(value, _NOISE)):,.{digits}f}".replace(",", GROUP)
    is_zero = not any(character in "123456789" for character in text)
    return text if value >= 0 or is_zero else MINUS + text


def compact(value: float) -> str:
    r"""A large amount in M or bn with three digits that count, a small one in full.

    Examples
    --------
    >>> [compact(v).replace("\u00a0", " ") for v in (1_234_567_890, -52_400_000, 812.4)]
    ['1.23 bn', '−52.4 M', '812']
    """
    for scale, suffix in _SCALES:
        # 999.95 M would round up to 1000 M
        if abs(value) >= scale * 0.9995:
            scaled = value / scale
            return grouped(scaled, _digits(scaled)) + BLANK + suffix
    return grouped(value, 0 if abs(value) >= 10 or value == round(value) else 2)


def _digits(value: float) -> int:
    size = abs(value)
    return 0 if size >= 99.95 else 1 if size >= 9.995 else 2


def plain(value: float) -> str:
    """A figure of unknown kind with the digits a reader needs.

    Examples
    --------
    >>> plain(0.03456), plain(71.26), plain(4.0)
    ('0.0346', '71.3', '4')
    """
    if not math.isfinite(value):
        return "–"
    if value == round(value) or abs(value) >= 1000:
        return grouped(value)
    if abs(value) >= 10:
        return grouped(value, 1)
    if abs(value) >= 1:
        return grouped(value, 2)
    return f"{value:.3g}".replace("-", MINUS)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, or a currency per something."""
    return bool(_MONEY.match(unit))


def in_unit(value: float, unit: str) -> str:
    r"""The number alone, as suits its unit.

    Examples
    --------
    >>> in_unit(71.26, "%"), in_unit(412.3, "vehicles"), in_unit(1_850_000, "USD")
    ('71.3', '412', '1.85\xa0M')
    """
    if unit == "%":
        return grouped(value, 1)
    if is_money(unit):
        return compact(value)
    if unit.startswith(("vehicles", "standard vehicles", "units")) and abs(value) >= 10:
        return grouped(value)
    return plain(value)


def with_unit(value: float, unit: str) -> str:
    """A number and its unit."""
    return f"{in_unit(value, unit)}{BLANK}{unit}" if unit else in_unit(value, unit)


def change(value: float, unit: str = "") -> str:
    r"""A difference with its sign and without its unit; 0 where there is none.

    Examples
    --------
    >>> change(1_850_000, "USD"), change(-0.2, "%"), change(0.0)
    ('+1.85\xa0M', '−0.2', '0')
    """
    return ("+" if value > 1e-9 else "") + in_unit(value, unit) if abs(value) >= 1e-9 else "0"


def signed(value: float, unit: str = "") -> str:
    r"""A difference with its sign and unit, or 'no change' if none shows; of shares, in points.

    Examples
    --------
    >>> signed(12.04, "%"), signed(0.01, "%"), signed(-3, "vehicles")
    ('+12.0\xa0points', 'no change', '−3\xa0vehicles')
    """
    if not any(character in "123456789" for character in in_unit(value, unit)):
        return NO_CHANGE
    said = "points" if unit == "%" else unit
    return f"{change(value, unit)}{BLANK}{said}" if said else change(value, unit)


def percent(share: float, digits: int = 0) -> str:
    r"""A share of one as a percentage.

    Examples
    --------
    >>> percent(0.712)
    '71\xa0%'
    """
    return f"{grouped(100 * share, digits)}{BLANK}%"


def counted(number: float, singular: str, plural: str | None = None) -> str:
    r"""A count with its noun.

    Examples
    --------
    >>> counted(1, "month"), counted(3, "month")
    ('1\xa0month', '3\xa0months')
    """
    noun = singular if round(number) == 1 else plural or f"{singular}s"
    return f"{grouped(number)}{BLANK}{noun}"


def listed(words: list[str]) -> str:
    """Words as a reader would list them.

    Examples
    --------
    >>> listed(["Korea", "Canada", "China"])
    'Korea, Canada and China'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
