"""Which shops a car passes, by assembly depth: full, CKD, SKD, DKD.

CKD kits bring pressed parts, SKD kits painted and trimmed bodies, DKD kits cars with few parts
off. Feeder shops make components, not cars.
"""

from typing import get_args

from motorworks.case.records.sites import ShopKind

FEEDERS: frozenset[str] = frozenset({"engine", "foundry", "battery"})

_ALL: frozenset[str] = frozenset(get_args(ShopKind))
_PASSED: dict[str, frozenset[str]] = {
    "full": _ALL,
    "CKD": _ALL - {"press"},
    "SKD": frozenset({"chassis", "final", "eol", "rework", "line"}),
    "DKD": frozenset({"final", "eol", "rework", "line"}),
}


def shops_passed(depth: str) -> frozenset[str]:
    """Kinds of shop that a car built at ``depth`` passes.

    Examples
    --------
    >>> sorted(shops_passed("DKD"))
    ['eol', 'final', 'line', 'rework']
    """
    return _PASSED[depth]
