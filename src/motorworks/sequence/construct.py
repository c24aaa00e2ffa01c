"""A first order: car after car, each time the one that costs least now.

Among cars that cost alike, the one whose rules are tightest for what is left goes first (the
dynamic utilisation of J. Gottlieb, M. Puchta, C. Solnon, "A study of greedy, local search, and ant
colony optimization approaches for car sequencing problems", EvoWorkshops 2003,
https://doi.org/10.1007/3-540-36605-9_23). A colour goes on only as long as what is left can still
be painted within the batch limits.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import ones, ones_from, set_bit
from motorworks.engines.jit import inlined, lean
from motorworks.engines.random import Stream, below
from motorworks.errors import InfeasibleError
from motorworks.sequence.encode import flags_of
from motorworks.sequence.line import Line
from motorworks.sequence.rules import ratios
from motorworks.sequence.rules.colours import too_long
from motorworks.sequence.state import State, new_state

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

NONE = np.uint64(0)
ONE = np.uint64(1)


NO_ROOM = "no order of these cars keeps the paint batch limits"


class Left(NamedTuple):
    """Cars not yet placed, and what weighing them needs room for.

    Parameters
    ----------
    by_class, by_colour, by_rule
        Cars left of each class, of each colour, and with the trait of each rule.
    cost, need
        (rules,) cost of a car with the trait here, and how tight the rule is for what is left.
    allowed
        (colours,) whether the next car may have the colour.
    splits
        (colours,) batches that will have to be split for want of others between them if it has.
    """

    by_class: Ints
    by_colour: Ints
    by_rule: Ints
    cost: Floats
    need: Floats
    allowed: Ints
    splits: Ints


def construct(line: Line, given: Ints, rng: Stream) -> Ints:
    """Make a first order of classes from the cars in ``given``, those of the day before first.

    Raises
    ------
    InfeasibleError
        Where no order keeps the batch limits.
    """
    state = new_state(line, given)
    left = _left(line, given)
    if not build(line, state, left, rng):
        raise InfeasibleError(NO_ROOM)
    return state.seq


def mend(line: Line, given: Ints) -> Ints:
    """Keep an order but for cars drawn forward where a run of one colour would be too long.

    Raises
    ------
    InfeasibleError
        Where no order keeps the batch limits.
    """
    seq = given.copy()
    left = _left(line, seq)
    if line.limited and too_long(line, seq) and not draw_forward(line, seq, left):
        raise InfeasibleError(NO_ROOM)
    return seq


@lean
def draw_forward(line: Line, seq: Ints, left: Left) -> bool:
    """Take at each position the next car that may be painted now; false where there is none."""
    colour, run = colour_before(line, seq), run_before(line, seq)
    for position in range(line.first, line.cars):
        source = position
        while source < line.cars and not paintable(
            line, left.by_colour, colour, run, line.colour[seq[source]]
        ):
            source += 1
        if source == line.cars:
            return False
        kind = seq[source]
        for behind in range(source, position, -1):
            seq[behind] = seq[behind - 1]
        seq[position] = kind
        run = run + 1 if line.colour[kind] == colour else 1
        colour = line.colour[kind]
        left.by_colour[colour] -= 1
    return True


def _left(line: Line, given: Ints) -> Left:
    """Count the cars that are to be placed."""
    rules, colours = len(line.ratio), len(line.run_most)
    cars = given[line.first :]
    traits = flags_of(line.rules, rules)[cars]
    return Left(
        np.bincount(cars, minlength=len(line.colour)).astype(np.int32),
        np.bincount(line.colour[cars], minlength=colours).astype(np.int32),
        traits.sum(axis=0).astype(np.int32),
        np.zeros(rules),
        np.zeros(rules),
        np.zeros(colours, dtype=np.int32),
        np.zeros(colours, dtype=np.int32),
    )


@lean
def build(line: Line, state: State, left: Left, rng: Stream) -> bool:
    """Fill the order from ``line.first`` on in place; false where batch limits cannot be met."""
    clear(line, state)
    colour, run = colour_before(line, state.seq), run_before(line, state.seq)
    for position in range(line.first, line.cars):
        weigh_rules(line, state, position, left)
        for candidate in range(len(left.allowed)):
            left.allowed[candidate] = paintable(line, left.by_colour, colour, run, candidate)
            left.splits[candidate] = splits_to_come(line, left.by_colour, colour, run, candidate)
        kind = cheapest(line, left, colour, rng)
        if kind < 0:
            return False
        run = run + 1 if line.colour[kind] == colour else 1
        colour = line.colour[kind]
        left.by_class[kind] -= 1
        left.by_colour[colour] -= 1
        place(line, state, position, kind, left.by_rule)
    return True


@inlined
def clear(line: Line, state: State) -> None:
    """Take away all cars from ``line.first`` on."""
    for rule in range(len(line.ratio)):
        for position in range(line.first, line.cars):
            set_bit(state.present, rule, position, 0)
        ratios.refresh(
            line,
            state.present,
            state.gain,
            state.lose,
            rule,
            line.ratio[rule].begin,
            line.ratio[rule].end,
        )


@inlined
def colour_before(line: Line, seq: Ints) -> int:
    """Colour of the last car before ``line.first``; -1 where there is none."""
    return line.colour[seq[line.first - 1]] if line.first > 0 else -1


@inlined
def run_before(line: Line, seq: Ints) -> int:
    """How long the run before ``line.first`` is, as far as it counts."""
    colour, run, position = colour_before(line, seq), 0, line.first - 1
    while position >= line.run_begin and line.colour[seq[position]] == colour:
        run += 1
        position -= 1
    return run


@inlined
def weigh_rules(line: Line, state: State, position: int, left: Left) -> None:
    """Cost of a car with the trait of each rule here, and how tight the rule is for the rest."""
    for rule in range(len(line.ratio)):
        window = line.ratio[rule].window
        first = max(position - window + 1, 0)
        count = ones_from(state.gain, rule, first, position - first + 1)
        left.cost[rule] = line.ratio[rule].weight * count
        room = (line.cars - position) * line.ratio[rule].most / window
        left.need[rule] = left.by_rule[rule] / max(room, 1.0)


@inlined
def paintable(line: Line, by_colour: Ints, colour: int, run: int, candidate: int) -> int:
    """Whether the cars left can all be painted if the next one has a colour (1 or 0).

    A colour with c cars left needs other cars between its runs: c <= most x (others + 1), less
    what the run just begun has used up.
    """
    run = run + 1 if candidate == colour else 1
    if by_colour[candidate] == 0 or (line.limited and run > line.run_most[candidate]):
        return 0
    if not line.limited:
        return 1
    left = -1
    for one in range(len(by_colour)):
        left += by_colour[one]
    for one in range(len(by_colour)):
        cars = by_colour[one] - (1 if one == candidate else 0)
        used = run if one == candidate else 0
        if cars > line.run_most[one] * (left - cars + 1) - used:
            return 0
    return 1


@inlined
def splits_to_come(line: Line, by_colour: Ints, colour: int, run: int, candidate: int) -> int:
    """Batches that must be split for want of others between them if the next car has a colour.

    A colour with r batches to come needs others between them: r - 1 of them, or r where it is the
    colour that runs now.
    """
    if line.colour_weight == 0.0:
        return 0
    run = run + 1 if candidate == colour else 1
    batches = 0
    for one in range(len(by_colour)):
        batches += batches_left(line, by_colour, run, candidate, one)
    most = 0
    for one in range(len(by_colour)):
        own = batches_left(line, by_colour, run, candidate, one)
        lacking = own - (batches - own) - (0 if one == candidate else 1)
        most = max(most, lacking)
    return most


@inlined
def batches_left(line: Line, by_colour: Ints, run: int, candidate: int, one: int) -> int:
    """Batches of a colour to come once the run of ``candidate`` that is on is as long as can be."""
    most = int(line.run_most[one])
    cars = int(by_colour[one])
    if one == candidate:
        cars = max(cars - 1 - max(most - run, 0), 0)
    return (cars + most - 1) // most


@inlined
def cheapest(line: Line, left: Left, colour: int, rng: Stream) -> int:
    """Class that costs least now, then has the tightest rules, then by chance; -1 where none."""
    best, least, tightest = -1, np.inf, -1.0
    start = below(rng, len(left.by_class))
    for step in range(len(left.by_class)):
        kind = (start + step) % len(left.by_class)
        if left.by_class[kind] == 0 or not left.allowed[line.colour[kind]]:
            continue
        changes = (line.colour[kind] != colour) + left.splits[line.colour[kind]]
        total = line.colour_weight * changes
        tight = 0.0
        for word in range(line.rules.shape[1]):
            bits = line.rules[kind, word]
            while bits != NONE:
                bit = bits & (~bits + ONE)
                bits ^= bit
                rule = 64 * word + ones(bit - ONE)
                total += left.cost[rule]
                tight += left.need[rule]
        if total < least or (total == least and tight > tightest):
            best, least, tightest = kind, total, tight
    return best


@inlined
def place(line: Line, state: State, position: int, kind: int, by_rule: Ints) -> None:
    """Put a car of a class at a position."""
    state.seq[position] = kind
    for rule in range(len(line.ratio)):
        if ratios.has(line, kind, rule):
            by_rule[rule] -= 1
            set_bit(state.present, rule, position, 1)
            first = position - line.ratio[rule].window + 1
            ratios.refresh(line, state.present, state.gain, state.lose, rule, first, position)
