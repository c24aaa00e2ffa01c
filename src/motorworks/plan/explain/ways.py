"""The cheapest ways out of a conflict: what to ease, by how much, and what the plan earns then.

Each way eases the limits of one subject (a shop, a lane, the pins of a vehicle) or of one family;
one eases all that are in conflict at once, as little as it takes, and one whatever means it takes
to do all that is asked. Amounts come from a program that may exceed those limits at a price; each
way is then confirmed by planning with it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Floats, Model, Status, with_row
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.explain.conflict import Conflict
from motorworks.plan.explain.probe import can_be_met
from motorworks.plan.explain.rules import WINDOWS, Rule, System, figure
from motorworks.plan.explain.words import ease_words, month_words, pace_of

ASKED = frozenset({"pins", "wish", "wished", "freeze", "agreement_flex", "agreement_maximum"})
"""Families that say what is wanted; the others say what there is to do it with."""

_MOST_MOVED = 12
_FEW = 6
_EASED = 1e-6
_ROOM = 1e-6
"""What an amount is rounded up by where it does not count whole things."""


@dataclass(frozen=True)
class Ease:
    """A rule and by how much it gives way, in its unit."""

    rule: Rule
    amount: float


@dataclass(frozen=True)
class Way:
    """A way out: the rules that give way, in words, and the margin of the best plan then.

    ``margin`` is None where planning with it was stopped before there was a plan; it then is not
    ``confirmed``.
    """

    text: str
    eases: tuple[Ease, ...]
    margin: float | None
    confirmed: bool

    @property
    def size(self) -> float:
        """How much gives way, as a share of the limits it is added to."""
        return sum(ease.amount / max(abs(ease.rule.limit), 1.0) for ease in self.eases)


@dataclass(frozen=True)
class Effort:
    """How hard to look: gap (a share) and seconds for each solve with integers."""

    gap: float = 1e-3
    time_limit_s: float | None = 60.0


def ways_out(system: System, conflicts: list[Conflict], effort: Effort | None = None) -> list[Way]:
    """Ways out of all conflicts, best margin first, then the least easing.

    Parameters
    ----------
    system
        A program that has no plan.
    conflicts
        What :func:`motorworks.plan.explain.conflict.find_conflicts` says of it.
    effort
        Gap and time limit of each solve.
    """
    effort = effort or Effort()
    ways: dict[frozenset[tuple[str, str, str]], Way] = {}
    for limits in _choices(system, conflicts):
        amounts = least_easing(system, limits, effort)
        way = None if amounts is None else confirm(system, limits, amounts, effort)
        if way is not None:
            about = frozenset(_subject(ease.rule) for ease in way.eases)
            ways[about] = min(way, ways.get(about, way), key=_rank)
    put_off = pins_put_off(system, conflicts, effort)
    return sorted([*ways.values(), *([put_off] if put_off else [])], key=_rank)


def pins_put_off(system: System, conflicts: list[Conflict], effort: Effort) -> Way | None:
    """The least pins in conflict as few months later as they can be met, if within a year."""
    limits, data = system.limits, system.data
    involved = np.concatenate([np.zeros(0, np.int64), *(one.limits for one in conflicts)])
    block = [name for name, _ in limits.names]
    pins = [n for n in involved if block[limits.block[n]] == "pins" and not limits.upper[n]]
    rest = system.model_with(np.setdiff1d(system.every, pins))
    for months in range(1, _MOST_MOVED + 1) if 0 < len(pins) <= _FEW else ():
        model = rest
        for number in pins:
            pin = data.pins[limits.place[number]]
            if pin.month + months >= data.sets.n_months:
                return None
            made = system.builder.column_blocks["make"].index[pin.allocation]
            sent = system.builder.column_blocks["ship"].index
            at = made if pin.flows is None else sent[pin.flows]
            weights = np.zeros(len(model.cost))
            weights[at[..., pin.month + months]] = 1.0
            model = with_row(model, weights, pin.minimum, np.inf)
        if can_be_met(model):
            solution = highs.solve(model, gap=effort.gap, time_limit_s=effort.time_limit_s)
            cars = " and ".join(
                f"{figure(rule.limit)} {rule.what} of {month_words(rule.when)}"
                for rule in system.rules(pins)
            )
            time = f"{months} month{'' if months == 1 else 's'} later"
            return Way(f"{cars} {time}", (), -solution.objective, confirmed=True)
    return None


def _rank(way: Way) -> tuple[bool, float, float]:
    margin = -math.inf if way.margin is None else way.margin
    return way.margin is None, -round(margin, 2), way.size


def _choices(system: System, conflicts: list[Conflict]) -> Iterable[Ints]:
    """Limits to ease together: of a subject, of a family, all that conflict, all means."""
    limits = system.limits
    involved = np.array([number for one in conflicts for number in one.limits], np.int64)
    # a choice that may not be made has no part in the other rules: it cannot be eased, only moved
    rigid = [
        n for n, (name, rule) in enumerate(limits.names) if rule == "wished" or name in WINDOWS
    ]
    fixed = np.isin(limits.block, rigid)
    family = np.where(fixed, -1, 2 * limits.block + limits.upper)
    asked = np.isin(limits.block, [n for n, (_, rule) in enumerate(limits.names) if rule in ASKED])
    means = np.flatnonzero(~asked & ~fixed) if asked[involved].any() else np.zeros(0, np.int64)
    involved = involved[family[involved] >= 0]
    everything = np.flatnonzero(np.isin(family, family[involved]))
    subjects = [_subject(rule) for rule in system.rules(everything)]
    concerned = dict.fromkeys(_subject(rule) for rule in system.rules(involved))
    choices: list[Ints] = [
        *(everything[[one == subject for one in subjects]] for subject in concerned),
        *(np.flatnonzero(family == one) for one in np.unique(family[involved])),
        everything,
        means,
    ]
    return {choice.tobytes(): choice for choice in choices if choice.size}.values()


def _subject(rule: Rule) -> tuple[str, str, str]:
    return rule.family, rule.what, rule.side


def least_easing(system: System, limits: Ints, effort: Effort) -> Floats | None:
    """The least by which limits must give way for there to be a plan; None if that is not enough.

    What gives way is counted as a share of each limit where they are of different kinds.
    """
    kinds = {system.limits.names[number] for number in system.limits.block[limits]}
    scale = np.abs(system.limits.value[limits])
    weights = 1.0 / np.maximum(scale, 1.0) if len(kinds) > 1 else np.ones(len(limits))
    model = elastic(system, limits, weights)
    solution = highs.solve(model, gap=1e-2, time_limit_s=effort.time_limit_s)
    if not (solution.status is Status.OPTIMAL or (solution.whole and solution.feasible)):
        return None
    amounts: Floats = solution.x[-len(limits) :]
    return np.where(amounts > _EASED, amounts, 0.0)


def elastic(system: System, limits: Ints, weights: Floats) -> Model:
    """The program in which some limits may be exceeded at a price, and nothing else costs.

    Columns added for the excess stand last; a bound of a column becomes a row.
    """
    every, all_ = system.every, system.limits
    model = system.model_with(np.setdiff1d(every, limits))
    n_rows, n_columns, _ = model.size
    rows, uppers = all_.is_row[limits], all_.upper[limits]
    n_new, count = int((~rows).sum()), len(limits)
    at_row = all_.at[limits].copy()
    at_row[~rows] = n_rows + np.arange(n_new)
    low = np.append(model.row_lower, np.full(n_new, -np.inf))
    high = np.append(model.row_upper, np.full(n_new, np.inf))
    low[at_row[~uppers]] = all_.value[limits][~uppers]
    high[at_row[uppers]] = all_.value[limits][uppers]
    held = csc_array((model.value, model.index, model.start), shape=(n_rows, n_columns)).tocoo()
    matrix = coo_array(
        (
            np.concatenate([held.data, np.ones(n_new), np.where(uppers, -1.0, 1.0)]),
            (
                np.concatenate([held.coords[0], at_row[~rows], at_row]),
                np.concatenate(
                    [held.coords[1], all_.at[limits][~rows], n_columns + np.arange(count)]
                ),
            ),
        ),
        shape=(n_rows + n_new, n_columns + count),
    )
    laid_out = csc_array(matrix)
    whole = None if model.integer is None else np.append(model.integer, np.zeros(count, np.bool_))
    return Model(
        cost=np.append(np.zeros(n_columns), weights),
        col_lower=np.append(model.col_lower, np.zeros(count)),
        col_upper=np.append(model.col_upper, np.full(count, np.inf)),
        row_lower=low,
        row_upper=high,
        start=laid_out.indptr.astype(np.int32),
        index=laid_out.indices.astype(np.int32),
        value=laid_out.data,
        integer=whole,
    )


def confirm(system: System, limits: Ints, amounts: Floats, effort: Effort) -> Way | None:
    """Plan with limits eased, rounded up to what planners count in; None if there is no plan."""
    moved = np.flatnonzero(amounts)
    rules = system.rules(limits[moved])
    eases = tuple(
        Ease(rule, _rounded(rule, float(amount), system.data))
        for rule, amount in zip(rules, amounts[moved], strict=True)
    )
    eased = np.zeros(len(system.every))
    eased[limits[moved]] = [ease.amount for ease in eases]
    model = system.model_with(system.every, eased)
    solution = highs.solve(model, gap=effort.gap, time_limit_s=effort.time_limit_s)
    met = solution.status is Status.OPTIMAL or (solution.whole and solution.feasible)
    if solution.status is Status.INFEASIBLE:
        return None
    margin = -solution.objective if met else None
    text = ease_words([(ease.rule, ease.amount) for ease in eases], system.data)
    return Way(text, eases, margin, met)


_WHOLE = frozenset({"vehicles", "slots", "CEU", "units", "h"})


def _rounded(rule: Rule, amount: float, data: PlanData) -> float:
    """An amount rounded up: whole cars, slots and hours; never more than to nothing below."""
    step = 1.0 if rule.unit in _WHOLE else pace_of(rule, data)
    if step is None:
        return amount * (1.0 + _ROOM)
    up = math.ceil(amount / step - _ROOM) * step
    return min(up, rule.limit) if rule.side == "at least" and rule.limit >= amount else up
