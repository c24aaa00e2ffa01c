"""Markov chains in continuous time, written down state by state and solved."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np

State = TypeVar("State", bound=Hashable)


def stationary(
    first: State, moves: Callable[[State], Iterable[tuple[float, State]]]
) -> dict[State, float]:
    """Probability of each state that can be reached from the first; ``moves`` are rate and next."""
    number = {first: 0}
    todo, rates = [first], []
    while todo:
        state = todo.pop()
        for rate, following in moves(state):
            if following not in number:
                number[following] = len(number)
                todo.append(following)
            rates.append((number[state], number[following], rate))
    flows = np.zeros((len(number), len(number)))
    for origin, target, rate in rates:
        flows[target, origin] += rate
        flows[origin, origin] -= rate
    flows[0] = 1.0  # the probabilities add up to 1
    right = np.zeros(len(number))
    right[0] = 1.0
    return dict(zip(number, np.linalg.solve(flows, right).tolist(), strict=True))


def exponential_line(
    rates: Sequence[float],
    places: Sequence[int],
    fails: float = 0.0,
    mended: float = 1.0,
) -> float:
    """Pace of a line that blocks after service, with exponential times and failures of operation.

    A state counts for each two neighbours the cars that the one has finished and the other has
    not, and says which stations are up. A station holds a finished car once such cars are more
    than the places between and that at the next station, which a finished car there takes up.
    """
    stations = len(rates)
    State = tuple[tuple[int, ...], tuple[bool, ...]]

    def at_work(state: State) -> list[bool]:
        between, _ = state
        held, working = False, []
        for j in range(stations - 1, -1, -1):
            held = j < stations - 1 and between[j] > places[j] + (0 if held else 1)
            working.append(not held and (j == 0 or between[j - 1] > 0))
        return working[::-1]

    def moves(state: State) -> Iterable[tuple[float, State]]:
        between, up = state
        for j, works in enumerate(at_work(state)):
            turned = (*up[:j], not up[j], *up[j + 1 :])
            if not up[j]:
                yield mended, (between, turned)
            elif works:
                after = list(between)
                if j > 0:
                    after[j - 1] -= 1
                if j < stations - 1:
                    after[j] += 1
                yield rates[j], (tuple(after), up)
                if fails:
                    yield fails, (between, turned)

    chain = stationary(((0,) * (stations - 1), (True,) * stations), moves)
    return rates[-1] * sum(p for state, p in chain.items() if at_work(state)[-1] and state[1][-1])
