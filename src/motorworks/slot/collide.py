"""Which rules between options keep take rates from being met together, as few as show it.

Rules are dropped as long as the rates cannot be met by those that stay, first half of them at a
time, then fewer (a deletion filter; J. W. Chinneck, *Feasibility and Infeasibility in
Optimization*, 2008, chapter 6). Without any of the rules that are left, the rates could be met.
"""

from collections.abc import Mapping, Sequence

from motorworks.case.option_rules import Group, Rules
from motorworks.case.records.products import OptionRule
from motorworks.slot.mix import best_mix

_MET = 1e-5
"""Share of cars by which rates may be missed and still count as met."""

_WORDS = {
    "needs": "{option} needs {other}",
    "excludes": "{option} excludes {other}",
    "only_market": "{option} is only for {market}",
    "not_market": "{option} is not for {market}",
}


def colliding(
    rates: Mapping[str, float], groups: Sequence[Group], rules: Rules, vehicle: str, market: str
) -> list[OptionRule]:
    """Rules at which take rates collide; none of them can be left out of the collision.

    Empty where the rates can be met, or cannot even without rules: the groups of options are at
    fault then.

    Parameters
    ----------
    rates, groups, rules, vehicle, market
        As for :func:`~motorworks.slot.mix.best_mix`.

    Examples
    --------
    >>> alone = [Group(("roof",), False), Group(("rail",), False), Group(("hook",), False)]
    >>> rows = [OptionRule(rule="r", option="rail", kind="needs", other="roof"),
    ...         OptionRule(rule="s", option="hook", kind="excludes", other="roof")]
    >>> rates = {"roof": 0.3, "rail": 0.5, "hook": 0.1}
    >>> [row.rule for row in colliding(rates, alone, Rules(rows), "suv", "kr")]
    ['r']
    """

    def collides(rows: Sequence[OptionRule]) -> bool:
        found = best_mix(rates, groups, Rules(rows), vehicle, market)
        return not found.trims or found.miss > _MET

    kept = [row for row in rules.rows if row.vehicle in (None, vehicle)]
    if not collides(kept) or collides([]):
        return []
    size = max(len(kept) // 2, 1)
    while size:
        place = 0
        while place < len(kept):
            rest = kept[:place] + kept[place + size :]
            if collides(rest):
                kept = rest
            else:
                place += size
        size //= 2
    return kept


def in_words(row: OptionRule) -> str:
    """A rule in words.

    Examples
    --------
    >>> in_words(OptionRule(rule="r", option="rail", kind="needs", other="roof"))
    'r: rail needs roof'
    """
    said = _WORDS[row.kind].format(option=row.option, other=row.other, market=row.market)
    return f"{row.rule}: {said}"
