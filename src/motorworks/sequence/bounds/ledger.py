"""What ratio rules can cost at least and at most in orders that are good in what matters more.

Every window of a rule N/P over n positions holds w cars; summed over all windows,

    excess - unused = P x cars of the day + cars of the day before in windows - N x windows,

so that a rule with little excess has little unused room, which a stretch without its cars takes up
as surely as one with too many makes excess.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from motorworks.case.line_day import LineDay, ObjectiveName, Ratio
from motorworks.sequence.bounds.alone import single_rules
from motorworks.sequence.bounds.automaton import Watch
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.ratio import cells_of

NO_LIMIT = 10**9


@dataclass(frozen=True)
class Entry:
    """One rule: least and most excess in the orders looked at, and what is given.

    ``alone`` is the least of any order by this rule itself, ``before`` is the excess and
    ``unused`` the room that the cars of a run can take up, beyond the excess, as far as the day
    before and the end of the day leave it; pairs of cars make costs only where ``priced``. A rule
    that ``holds`` is not broken by these orders anywhere, and has a window at all (``inside``).
    """

    rule: Ratio
    alone: int
    least: int
    most: int
    before: int
    unused: int
    priced: bool
    inside: bool = True

    @property
    def holds(self) -> bool:
        """Whether no window of the rule may be broken."""
        return self.inside and self.most == 0


def ledger(
    day: LineDay, values: Mapping[ObjectiveName, float], singly: Mapping[int, Bound] | None = None
) -> list[Entry]:
    """Entries of all rules that are broken for an objective, given ``values`` of some of them.

    ``singly`` has the bound of each ratio rule by its number, worked out here if not given.
    """
    told = single_rules(day) if singly is None else singly
    numbers = [
        n for n, r in enumerate(day.ratios) if r.priority == "hard" or day.weight(r.priority)
    ]
    return narrowed([_entry(day, day.ratios[n], int(told[n].value)) for n in numbers], values)


def narrowed(entries: Sequence[Entry], values: Mapping[ObjectiveName, float]) -> list[Entry]:
    """Entries with no more for each rule than what is broken of the others at least leaves it."""
    least: dict[str, int] = {}
    for entry in entries:
        rule = entry.rule
        least[rule.priority] = least.get(rule.priority, 0) + rule.weight * entry.least
    found = []
    for entry in entries:
        rule = entry.rule
        if rule.priority != "hard" and rule.priority in values and rule.weight > 0:
            spare = (values[rule.priority] - least[rule.priority]) // rule.weight
            entry = replace(entry, most=min(entry.most, entry.least + int(spare)))
        found.append(entry)
    return found


def _entry(day: LineDay, rule: Ratio, least: int) -> Entry:
    window, allowed = rule.window, rule.most
    most = 0 if rule.priority == "hard" and least == 0 else NO_LIMIT
    full = rule.past_ends and day.before >= window - 1 and rule.counting == "excess"
    if not full:
        inside = rule.past_ends or day.count >= window
        return Entry(rule, least, least, most, 0, NO_LIMIT, priced=False, inside=inside)
    row = cells_of(day, rule, np.full(day.count, -1))
    past = row.cells[: window - 1]
    # windows that begin before the day: what of them lies there
    tails = np.cumsum(past[::-1], dtype=np.int64)
    sizes = np.arange(1, len(tails) + 1)
    before = int(np.maximum(tails - allowed, 0).sum())
    empty = int(np.maximum(sizes - tails - (window - allowed), 0).sum())
    beyond = int(np.maximum(sizes - (window - allowed), 0).sum())
    windows = day.count + window - 1
    unused = allowed * windows - window * row.many - int(tails.sum()) - empty - beyond
    return Entry(rule, least, least, most, before, unused, priced=True)


def most_used(day: LineDay, entries: Sequence[Entry]) -> list[Watch]:
    """Watches over the rules that can be broken and say something, the most used first."""
    inside = day.has[day.before :]
    watches = []
    for number, entry in enumerate(entries):
        rule, many = entry.rule, int(inside[:, entry.rule.trait].sum())
        if 0 < rule.most < min(rule.window, many) and (entry.holds or entry.priced):
            use = many * rule.window / (rule.most * day.count)
            watches.append((-use, number, Watch(number, rule.most, rule.window, hard=entry.holds)))
    return [watch for _, _, watch in sorted(watches, key=lambda item: item[:2])]
