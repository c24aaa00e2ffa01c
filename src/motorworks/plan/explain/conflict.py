"""Name the business rules that conflict, as the smallest sets found, each checked by itself."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.explain.probe import Probe, can_be_met
from motorworks.plan.explain.rules import Rule, System

NO_PLAN = "no plan meets all rules"

MOST_SETS = 5
_MOST_SHOWN = 10
_TRIED = 3
_MOST_TOLD = 3

Question = Callable[[Ints], Ints | None]


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be met, while any of them could be waived for the rest to be met.

    ``limits`` are their numbers in the system. ``checked`` says that solves from scratch have
    confirmed both: with the set and the balances alone there is no plan, and without any one
    member there is.
    """

    limits: Ints
    rules: tuple[Rule, ...]
    checked: bool


def find_conflicts(system: System, most: int = MOST_SETS) -> list[Conflict]:
    """Sets of rules in conflict that share no rule, until the rest can be met.

    Parameters
    ----------
    system
        A program that has no plan.
    most
        How many sets to look for.

    Returns
    -------
    list of Conflict
        Empty if all limits can be met, or if the balances contradict each other by themselves.
    """
    probe, block = Probe(system), system.limits.block
    left = system.every
    found: list[Conflict] = []
    while len(found) < most:
        members = _more_alike(found, left, block, probe.conflict)
        if members is None:
            proof = probe.conflict(left)
            if proof is None or not proof.size:
                break
            members = smallest(system, proof, left, probe.conflict)
        if not members.size:
            break
        found.append(Conflict(members, system.rules(members), check(system, members)))
        left = np.setdiff1d(left, members)
    return found


def _more_alike(found: list[Conflict], left: Ints, block: Ints, conflict: Question) -> Ints | None:
    """A set of the families of the set found last, if there is one more: quick to look for."""
    if not found:
        return None
    proof = conflict(left[np.isin(block[left], block[found[-1].limits])])
    if proof is None:
        return None
    members: Ints = np.sort(irreducible(proof, conflict))
    return members


def smallest(system: System, proof: Ints, left: Ints, conflict: Question) -> Ints:
    """The smallest of some irreducible sets, found from proofs that speak of few subjects.

    Subjects (a shop, a lane, the pins) without which there is no conflict are held against one
    family of rules after the other, so that a conflict of a pin with its launch is told as such
    and not as one with whatever else the pin runs up against later.
    """
    if conflict(proof) is None:
        # a proof within the solver's tolerance only: look among all limits
        proof = left
    subject = system.subjects
    proofs = [proof, *_simple_proofs(system, proof, left, conflict)]
    proofs.sort(key=lambda one: (len(np.unique(subject[one])), len(one)))
    found = [irreducible(order, conflict) for one in proofs[:_TRIED] for order in (one, one[::-1])]
    members: Ints = np.sort(min(found, key=len))
    return members


def _simple_proofs(system: System, proof: Ints, left: Ints, conflict: Question) -> list[Ints]:
    """Proofs from the subjects that every conflict needs, and one family of rules beside them."""
    subject, block = system.subjects[left], system.limits.block[left]
    touched = np.unique(system.subjects[proof])
    needed = [one for one in touched if conflict(left[subject != one]) is None]
    core = np.isin(subject, needed)
    found = [conflict(left[core | (block == one)]) for one in np.unique(block)]
    return [one for one in found if one is not None]


def irreducible(members: Ints, conflict: Question) -> Ints:
    """Leave out limits, many at a time while that goes, as long as the rest is in conflict.

    Examples
    --------
    >>> def clash(active):  # 3 and 5 cannot be met together
    ...     return active if {3, 5} <= set(active.tolist()) else None
    >>> irreducible(np.arange(10), clash).tolist()
    [3, 5]
    """
    size, place = max(len(members) // 2, 1), 0
    while True:
        if place >= len(members):
            if size == 1:
                return members
            size, place = size // 2, 0
            continue
        still = conflict(np.delete(members, slice(place, place + size)))
        if still is None:
            place += size
        else:
            members, place = still, int(np.isin(members[:place], still).sum())


def check(system: System, members: Ints) -> bool:
    """Confirm by solves from scratch that a set is in conflict and that no member is idle."""
    if can_be_met(system.model_with(members)) is not False:
        return False
    return all(
        can_be_met(system.model_with(np.delete(members, place))) is True
        for place in range(len(members))
    )


def describe_conflict(builder: Builder, data: PlanData, model: Model) -> str:
    """Say which rules stand in each other's way when no plan meets them all."""
    system = System(builder, data, model)
    found = find_conflicts(system, _MOST_TOLD)
    more = ["there may be more conflicts"] if len(found) == _MOST_TOLD else []
    return "\n".join([NO_PLAN, *conflict_lines(found), *more])


def conflict_lines(conflicts: list[Conflict]) -> list[str]:
    """Conflicts as lines of text, a set after the other."""
    if not conflicts:
        return ["the balances of cars or parts contradict each other: look at opening figures"]
    lines = []
    for number, conflict in enumerate(conflicts, 1):
        count = f" {number}" if len(conflicts) > 1 else ""
        sure = "checked" if conflict.checked else "not confirmed by a solve of its own"
        lines.append(f"conflict{count} ({sure}): these cannot all be met")
        shown = folded(conflict.rules)
        lines += [f"  • {text}" for text in shown[:_MOST_SHOWN]]
        if len(shown) > _MOST_SHOWN:
            lines.append(f"  • and {len(shown) - _MOST_SHOWN} more")
    return lines


def folded(rules: tuple[Rule, ...]) -> list[str]:
    """Rules as lines; those that differ by month only stand on one line."""
    alike: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in rules:
        alike.setdefault((rule.family, rule.what, rule.side), []).append(rule)
    return [str(same[0]) if len(same) == 1 else _together(same) for same in alike.values()]


def _together(rules: list[Rule]) -> str:
    first = rules[0]
    when = sorted(rule.when for rule in rules)
    total = first.amount(sum(rule.limit for rule in rules))
    return (
        f"{first.family}: {first.what} in {len(rules)} periods from {when[0]} to {when[-1]}, "
        f"{first.side} {total} together"
    )
