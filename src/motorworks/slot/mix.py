"""Whether take rates can be met together under the rules between options, and how nearly.

A *trim* is a set of options that the rules allow on one car. A mix gives each trim t a share m(t);
the rates are met together if the shares of the trims with an option add up to its rate. The linear
program

    minimise    sum over options of miss(o)
    subject to  sum m(t) = 1,   rate(o) - miss(o) <= sum of m(t), o in t <= rate(o) + miss(o)

has a column for each trim, of which there may be millions: only those that lower the miss are made,
each by a small program of whole numbers over the rules (column generation; P. C. Gilmore,
R. E. Gomory, https://doi.org/10.1287/opre.9.6.849). So the answer is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from motorworks.case.option_rules import Group, Rules
from motorworks.case.records.products import OptionRule
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Floats, Indices, Solution, Status

_EXACT = 1e-7


@dataclass(frozen=True)
class Mix:
    """The best mix of trims, their shares, and by how much it misses each rate.

    ``missed`` has the options that are missed by more than 0.001 % of cars; above 0 where the mix
    has too few. ``trims`` is empty where the rules allow no car at all.
    """

    trims: tuple[frozenset[str], ...]
    shares: Floats
    missed: Mapping[str, float]

    @property
    def miss(self) -> float:
        """Sum of the missed shares."""
        return float(sum(abs(one) for one in self.missed.values()))


def best_mix(
    rates: Mapping[str, float], groups: Sequence[Group], rules: Rules, vehicle: str, market: str
) -> Mix:
    """Find the mix of trims that comes nearest to take rates.

    Parameters
    ----------
    rates
        Share of cars with each option, from 0 to 1.
    groups
        The options in groups of which a car has exactly one, and those alone.
    rules
        Rules between options and markets.
    vehicle, market
        Of which cars.

    Examples
    --------
    >>> alone = [Group(("roof",), False), Group(("rail",), False)]
    >>> rule = OptionRule(rule="r", option="rail", kind="needs", other="roof")
    >>> found = best_mix({"roof": 0.3, "rail": 0.5}, alone, Rules([rule]), "suv", "kr")
    >>> round(found.miss, 6)
    0.2
    """
    options = [option for group in groups for option in group.options]
    trimming = _Trims(options, groups, rules, vehicle, market, rates)
    first = trimming.best(np.zeros(len(options)))
    if first is None:
        return Mix((), np.zeros(0), {})
    trims, wanted = [first], np.array([rates.get(option, 0.0) for option in options])
    while True:
        found = _master(trims, wanted)
        price = found.dual[1:]
        new = trimming.best(price)
        if new is None or float(price @ new) + found.dual[0] <= _EXACT or _known(new, trims):
            break
        trims.append(new)
    shares = found.x[: len(trims)]
    lack = wanted - shares @ np.array(trims)
    missed = {o: float(m) for o, m in zip(options, lack, strict=True) if abs(m) > 1e-5}
    names = tuple(
        frozenset(o for o, has in zip(options, trim, strict=True) if has) for trim in trims
    )
    return Mix(names, shares, missed)


def _known(new: Floats, trims: Sequence[Floats]) -> bool:
    """Whether a trim is there already: what it seems to gain is for want of digits."""
    return any(np.array_equal(new, trim) for trim in trims)


def _master(trims: Sequence[Floats], wanted: Floats) -> Solution:
    """The best mix of the trims made so far."""
    lp = Builder()
    share = lp.columns("share", (len(trims),))
    lack = lp.columns("lack", wanted.shape, cost=1.0)
    excess = lp.columns("excess", wanted.shape, cost=1.0)
    one = lp.rows("one", (1,), lower=1.0, upper=1.0)
    lp.terms(one, share, 1.0)
    met = lp.rows("met", wanted.shape, lower=wanted, upper=wanted)
    lp.terms(met[:, None], share[None, :], np.array(trims).T)
    lp.terms(met, lack, 1.0)
    lp.terms(met, excess, -1.0)
    return solve(lp.model())


class _Trims:
    """The trims of a vehicle for a market, as a program of whole numbers."""

    def __init__(
        self,
        options: Sequence[str],
        groups: Sequence[Group],
        rules: Rules,
        vehicle: str,
        market: str,
        rates: Mapping[str, float],
    ) -> None:
        self._number = {option: place for place, option in enumerate(options)}
        self._groups, self._market, self._rates = groups, market, rates
        self._sold = np.array([rules.sold(option, vehicle, market) for option in options])
        self._rows = [
            row for row in rules.rows
            if row.vehicle in (None, vehicle) and row.kind in ("needs", "excludes")
        ]  # fmt: skip

    def best(self, price: Floats) -> Floats | None:
        """The trim of the highest price, 1 for each of its options; None where there is none."""
        lp = Builder()
        has = lp.columns("has", price.shape, upper=self._sold, cost=-price, integer=True)
        for number, group in enumerate(self._groups):
            if group.exactly_one:
                own = has[[self._number[option] for option in group.options]]
                some = any(self._rates.get(option, 0.0) > 0.0 for option in group.options)
                lp.terms(lp.rows(f"group {number}", (1,), float(some), float(some)), own, 1.0)
        for number, row in enumerate(self._rows):
            self._rule(lp, number, row, has)
        found = solve(lp.model(), gap=0.0)
        if found.status is not Status.OPTIMAL:
            return None
        return np.round(found.x)

    def _rule(self, lp: Builder, number: int, row: OptionRule, has: Indices) -> None:
        if row.other not in self._number or row.option not in self._number:
            return
        one, other = has[self._number[row.option]], has[self._number[row.other]]
        most = 0.0 if row.kind == "needs" else 1.0
        limit = lp.rows(f"rule {number}", (1,), upper=most)
        lp.terms(limit, one, 1.0)
        lp.terms(limit, other, -1.0 if row.kind == "needs" else 1.0)
