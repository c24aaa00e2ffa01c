"""Which options a car may have together, and in what order they are best drawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from motorworks.case.records.products import Option, OptionRule


@dataclass(frozen=True)
class Group:
    """Options of which a car has exactly one, or an option alone, which it has or not."""

    options: tuple[str, ...]
    exactly_one: bool


@dataclass(frozen=True)
class Rules:
    """Rules between options and markets.

    Examples
    --------
    >>> rules = Rules([OptionRule(rule="r", option="rail", kind="needs", other="roof")])
    >>> rules.allow("rail", "suv", "kr", ["roof"]), rules.allow("rail", "suv", "kr", [])
    (True, False)
    """

    rows: Sequence[OptionRule]

    def allow(self, option: str, vehicle: str, market: str, others: Collection[str]) -> bool:
        """Whether a car with some other options may have an option, too."""
        for row in self.rows:
            if row.vehicle not in (None, vehicle):
                continue
            if row.kind == "needs" and row.option == option and row.other not in others:
                return False
            if row.kind == "excludes" and (
                (row.option == option and row.other in others)
                or (row.other == option and row.option in others)
            ):
                return False
        return self.sold(option, vehicle, market)

    def sold(self, option: str, vehicle: str, market: str) -> bool:
        """Whether an option of a vehicle is for a market."""
        own = [row for row in self.rows
               if row.option == option and row.vehicle in (None, vehicle)]  # fmt: skip
        only = [row.market for row in own if row.kind == "only_market"]
        never = [row.market for row in own if row.kind == "not_market"]
        return market not in never and (not only or market in only)


def groups_in_order(options: Sequence[Option], rules: Rules) -> list[Group]:
    """Groups of options, those that others need before these; else in the order of the table.

    Where options need each other in a circle the order of the table stands.
    """
    name = {row.option: row.group or f"\0{row.option}" for row in options}
    members: dict[str, list[str]] = {}
    for row in options:
        members.setdefault(name[row.option], []).append(row.option)
    needs: dict[str, set[str]] = {group: set() for group in members}
    for rule in rules.rows:
        if rule.kind == "needs" and rule.other is not None:
            needs[name[rule.option]].add(name[rule.other])
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError:
        order = list(members)
    return [Group(tuple(members[group]), not group.startswith("\0")) for group in order]
