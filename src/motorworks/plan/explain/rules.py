"""The limits of a program that somebody has set, which a plan may be asked to do without.

Balances and definitions hold whatever is planned; everything else is a limit: one side of a row,
or a bound that a rule has put on a column. A *rule* is a limit in words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.labels import label_of

Bools = NDArray[np.bool_]

STRUCTURE = frozenset(
    {"plant_balance", "market_balance", "component_balance", "sold", "lost_limit", "late_limit"}
    | {"end_value", "heads", "one_pattern", "switch", "plan_change", "carbon_goal", "smoothness"}
    | {"origin", "origin_parts", "preference", "near_best"}
    | {"models_limit_on", "platforms_limit_on"}
)
"""Families that say how cars, parts, people and money add up; nobody could waive them."""

WISHES = frozenset({"wish", "wished"})
"""Rules that a wish adds: of cars, and of a choice, which cannot be eased by an amount."""

WINDOWS = {
    "begin": "launch_window", "finish": "launch_window", "open": "site_window",
    "shut": "site_window", "halt": "conversion_window", "exit": "agreement_exit",
}  # fmt: skip
"""Blocks of choices whose own bounds leave out the months in which they may not be made."""

_BOUNDS = {"one_pattern": "notice"}
"""What the bounds of a family say, where that is another rule than its rows."""


@dataclass(frozen=True)
class Rule:
    """A limit in words.

    Parameters
    ----------
    family
        Name of the rule, as :doc:`/background/plan-model` has it.
    what, when
        What it limits, and the month or year; ``when`` is empty for the whole horizon.
    side
        Whether it asks for at least or at most its ``limit``.
    limit, unit
        The figure and what it counts.
    chosen
        Whether the limit hangs on choices of the plan; the figure then is only its fixed part.

    Examples
    --------
    >>> print(Rule("shop_capacity", "busan-line", "2026-05", "at most", 8123.4, "cars"))
    shop_capacity: busan-line in 2026-05, at most 8,123 cars
    """

    family: str
    what: str
    when: str
    side: str
    limit: float
    unit: str
    chosen: bool = False

    def __str__(self) -> str:
        """Family, place and figure."""
        if self.family in WISHES:
            return f"wish: {self.what}"
        when = f" in {self.when}" if self.when else ""
        if self.family.endswith("_window"):
            return f"{self.family}: {self.what}{when} is left out"
        return f"{self.family}: {self.what}{when}, {self.side} {self.amount(self.limit)}"

    def amount(self, limit: float) -> str:
        """A limit of this rule with its unit, or that it hangs on choices."""
        if self.chosen:
            return "what the choices allow" if self.side == "at most" else "what they ask for"
        return f"{figure(limit)} {self.unit}".rstrip()


def figure(value: float) -> str:
    """A figure as planners write it: whole from 1000 on, else as exact as it needs to be.

    Examples
    --------
    >>> figure(12345.6), figure(230.0), figure(0.00213)
    ('12,346', '230', '0.00213')
    """
    size = abs(value)
    if size >= 1000 or abs(value - round(value)) < 1e-9:
        return f"{round(value):,}"
    if size >= 10:
        return f"{value:,.1f}"
    return f"{value:.3g}"


@dataclass(frozen=True)
class Limits:
    """Every limit of a program, an entry each.

    ``is_row`` says whether ``at`` counts rows or columns, ``upper`` whether it is an upper limit
    (else a lower one). ``block`` is the number of its block in ``names``, which pairs the name of
    the block with that of the rule; ``place`` is its flat position in the block.
    """

    is_row: Bools
    at: Ints
    upper: Bools
    value: Floats
    block: Ints
    place: Ints
    names: list[tuple[str, str]]
    shapes: list[tuple[int, ...]]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.at)


class System:
    """A program whose limits can be taken away and given back.

    Parameters
    ----------
    builder, data, model
        The program: its blocks, what they stand for, and its arrays.
    """

    def __init__(self, builder: Builder, data: PlanData, model: Model) -> None:
        self.builder = builder
        self.data = data
        self.full = model
        self.limits = _limits_of(builder, model)
        self.every = np.arange(len(self.limits))

    @cached_property
    def bare(self) -> Model:
        """The program with no limit at all: balances and definitions."""
        limits, model = self.limits, self.full
        row_lower, row_upper = model.row_lower.copy(), model.row_upper.copy()
        row_lower[limits.at[limits.is_row & ~limits.upper]] = -np.inf
        row_upper[limits.at[limits.is_row & limits.upper]] = np.inf
        lower, upper = _own_bounds(self.builder, model)
        return replace(
            model, row_lower=row_lower, row_upper=row_upper, col_lower=lower, col_upper=upper
        )

    @cached_property
    def subjects(self) -> Ints:
        """A number for what each limit is about: a shop, a lane, a launch, all pins, ...; (n,)."""
        limits = self.limits
        months = np.array([shape[-1] if len(shape) > 1 else 0 for shape in limits.shapes])
        wide = np.maximum(months[limits.block], 1)
        member = np.where(months[limits.block] > 0, limits.place // wide, -1)
        keys = np.stack([limits.block, member, limits.upper.astype(np.int64)])
        numbers: Ints = np.unique(keys, axis=1, return_inverse=True)[1].ravel()
        return numbers

    def model_with(self, active: Ints, eased: Floats | None = None) -> Model:
        """The program with some of its limits only, each eased by so much if ``eased`` is given."""
        limits, bare = self.limits, self.bare
        value = limits.value[active]
        if eased is not None:
            value = np.where(limits.upper[active], value + eased, value - eased)
        at, rows, uppers = limits.at[active], limits.is_row[active], limits.upper[active]
        out = {
            name: getattr(bare, name).copy()
            for name in ("row_lower", "row_upper", "col_lower", "col_upper")
        }
        for kind, mine in (("row", rows), ("col", ~rows)):
            for side, cut, here in (
                ("lower", np.maximum, mine & ~uppers),
                ("upper", np.minimum, mine & uppers),
            ):
                cut.at(out[f"{kind}_{side}"], at[here], value[here])
        return replace(bare, **out)

    def rule(self, number: int) -> Rule:
        """A limit in words."""
        limits = self.limits
        block, family = limits.names[limits.block[number]]
        shape = limits.shapes[limits.block[number]]
        place = tuple(int(part) for part in np.unravel_index(limits.place[number], shape))
        label = label_of(block, place, self.data)
        limit = float(limits.value[number])
        if block == "carbon_cap":
            # the row holds what the base load of the meters leaves of it
            limit = self.data.carbon.caps[place[0]].tonnes
        return Rule(
            family=family,
            what=label.what,
            when=label.when,
            side="at most" if limits.upper[number] else "at least",
            limit=limit,
            unit="vehicles" if family == "wish" else label.unit,
            chosen=bool(limits.is_row[number]) and bool(self._mixed[limits.at[number]]),
        )

    @cached_property
    def _mixed(self) -> Bools:
        """Rows in which choices and amounts stand together: choices move their limit; (rows,)."""
        model = self.full
        if model.integer is None:
            return np.zeros(model.size[0], np.bool_)
        whole = np.repeat(model.integer, np.diff(model.start))
        mixed: Bools = np.bincount(model.index, whole, model.size[0]) > 0
        return mixed & (np.bincount(model.index, ~whole, model.size[0]) > 0)

    def rules(self, numbers: Iterable[int]) -> tuple[Rule, ...]:
        """Limits in words, in their order."""
        return tuple(self.rule(int(number)) for number in numbers)


@dataclass(frozen=True)
class _Part:
    """Limits of one block, on one side."""

    name: str
    rule: str
    shape: tuple[int, ...]
    is_row: bool
    upper: bool
    at: Ints
    value: Floats
    place: Ints


def _limits_of(builder: Builder, model: Model) -> Limits:
    parts = [*_row_parts(builder, model), *_window_parts(builder), *_bound_parts(builder)]
    sizes = [len(part.at) for part in parts]
    none, no_number = np.zeros(0), np.zeros(0, np.int64)
    return Limits(
        is_row=np.repeat([part.is_row for part in parts], sizes).astype(np.bool_),
        at=np.concatenate([no_number, *(part.at for part in parts)]),
        upper=np.repeat([part.upper for part in parts], sizes).astype(np.bool_),
        value=np.concatenate([none, *(part.value for part in parts)]),
        block=np.repeat(np.arange(len(parts)), sizes),
        place=np.concatenate([no_number, *(part.place for part in parts)]),
        names=[(part.name, part.rule) for part in parts],
        shapes=[part.shape for part in parts],
    )


def _row_parts(builder: Builder, model: Model) -> Iterator[_Part]:
    """Both sides of rows, as they stand in the model."""
    for name, block in builder.row_blocks.items():
        rule = block.rule or name
        if rule in STRUCTURE or name in STRUCTURE:
            continue
        at = block.index.ravel().astype(np.int64)
        for upper, values in ((False, model.row_lower[at]), (True, model.row_upper[at])):
            here = np.flatnonzero(np.isfinite(values))
            yield _Part(name, rule, block.index.shape, True, upper, at[here], values[here], here)


def _window_parts(builder: Builder) -> Iterator[_Part]:
    """Months in which a choice may not be made."""
    for name, rule in WINDOWS.items():
        if name in builder.column_blocks:
            block = builder.column_blocks[name]
            upper = np.broadcast_to(block.upper, block.index.shape).ravel()
            here = np.flatnonzero(upper <= 0)
            at = block.index.ravel()[here].astype(np.int64)
            yield _Part(name, rule, block.index.shape, False, True, at, np.zeros(len(at)), here)


def _bound_parts(builder: Builder) -> Iterator[_Part]:
    """Bounds that rules have put on columns, block by block."""
    blocks = [block for block in builder.column_blocks.values() if block.index.size]
    firsts = np.array([block.index.flat[0] for block in blocks], np.int64)
    for bound in builder.bounds:
        columns = np.asarray(bound.columns, np.int64).ravel()
        values = np.asarray(bound.value, np.float64).ravel()
        rule = _BOUNDS.get(bound.rule, bound.rule)
        finite = np.isfinite(values)
        columns, values = columns[finite], values[finite]
        if rule in STRUCTURE:
            continue
        numbers = np.searchsorted(firsts, columns, side="right") - 1
        for number in np.unique(numbers):
            block, mine = blocks[number], numbers == number
            yield _Part(
                block.name, rule or block.name, block.index.shape, False, bound.side == "upper",
                columns[mine], values[mine], columns[mine] - firsts[number],
            )  # fmt: skip


def _own_bounds(builder: Builder, model: Model) -> tuple[Floats, Floats]:
    """Bounds that columns came with; where the model is tighter than all rules, its own."""
    lower, upper = np.empty_like(model.col_lower), np.empty_like(model.col_upper)
    for block in builder.column_blocks.values():
        at = block.index
        lower[at] = block.lower
        upper[at] = 1.0 if block.name in WINDOWS else block.upper
    said_lower, said_upper = lower.copy(), upper.copy()
    for block in builder.column_blocks.values():
        said_upper[block.index] = block.upper
    for bound in builder.bounds:
        loose = _BOUNDS.get(bound.rule, bound.rule) not in STRUCTURE
        for side, said, own, cut in (
            ("lower", said_lower, lower, np.maximum),
            ("upper", said_upper, upper, np.minimum),
        ):
            if bound.side == side:
                said[bound.columns] = cut(said[bound.columns], bound.value)
                if not loose:
                    own[bound.columns] = cut(own[bound.columns], bound.value)
    lower = np.where(model.col_lower > said_lower, model.col_lower, lower)
    upper = np.where(model.col_upper < said_upper, model.col_upper, upper)
    return lower, upper
