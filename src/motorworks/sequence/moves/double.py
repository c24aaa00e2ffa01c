"""Two swaps at once: one that is too dear alone, and a second one that makes up for it.

Cars of a rare trait stand about a window apart, like beads on a string. Where some have two such
traits, two strings are tied together: one of these cars can only go elsewhere if a car of the
other string makes room there, and either swap alone breaks as many windows as one is long. So the
first swap is made for a trial, and a second one looked for in the rule that it hurts most: a car
that now crowds the place where the trait came goes to about where it went away. A short ejection
chain (F. Glover, "Ejection chains, reference structures and alternating path methods for traveling
salesman problems", https://doi.org/10.1016/0166-218X(94)00037-E).
"""

from motorworks.engines.bits import has_bit
from motorworks.engines.jit import inlined, lean
from motorworks.engines.random import Stream, below
from motorworks.sequence.line import Line
from motorworks.sequence.moves import pick
from motorworks.sequence.peers import Peers, with_trait
from motorworks.sequence.rules import ratios
from motorworks.sequence.state import State

TRIES = 6
"""Second swaps that are weighed before the first is taken back."""

ASIDE = 4
"""How far from where the trait went away the second swap may bring it."""


@inlined
def two_sharing(line: Line, peers: Peers, rng: Stream) -> tuple[int, int]:
    """Draw two cars with the trait of a rule, that further ahead first; one twice if none is."""
    if len(line.ratio) == 0:
        return line.first, line.first
    rule = below(rng, len(line.ratio))
    i, j = with_trait(peers, rng, rule), with_trait(peers, rng, rule)
    return (min(i, j), max(i, j)) if i >= 0 else (line.first, line.first)


@lean
def hurt_most(line: Line, state: State, i: int, j: int) -> int:
    """Rule that would lose most if the cars at i < j changed places; -1 where none would."""
    worst, most = -1, 0.0
    for rule in range(len(line.ratio)):
        trait = ratios.has(line, state.seq[i], rule)
        if trait == ratios.has(line, state.seq[j], rule):
            continue
        window = line.ratio[rule].window
        count = ratios.carried(state.gain, state.lose, rule, window, i, j, trait == 1)
        cost = line.ratio[rule].weight * count
        if cost > most:
            worst, most = rule, cost
    return worst


@inlined
def crowding(line: Line, state: State, rng: Stream, rule: int, place: int) -> int:
    """Draw another car with the trait in a window with a place; the place where there is none."""
    window = line.ratio[rule].window
    width = 2 * window - 1
    start = below(rng, width)
    for step in range(width):
        position: int = place - window + 1 + (start + step) % width
        free = line.first <= position < line.end and position != place
        if free and has_bit(state.present, rule, position):
            return position
    return place


@inlined
def second(line: Line, state: State, rng: Stream, rule: int, i: int, j: int) -> tuple[int, int]:
    """Draw two cars to swap after those at i and j, which hurt a rule; that further ahead first."""
    came, went = (i, j) if has_bit(state.present, rule, i) else (j, i)
    crowd = crowding(line, state, rng, rule, came)
    aside = pick.near(line, rng, went, ASIDE)
    return min(crowd, aside), max(crowd, aside)
