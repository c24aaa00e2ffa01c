"""Which positions moves try."""

import numpy as np
import pytest

from motorworks.engines.random import stream
from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.moves import pick
from motorworks.sequence.peers import new_peers
from motorworks.sequence.rules.colours import changes
from tests.small_days import drawn_day
from tests.subjects.doors import opened

two_ends = opened(pick.two_ends)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_ends_of_runs_that_change_places_make_no_colour_change_more(seed: int) -> None:
    """They are of two colours, alike in the heaviest rules; several are found on each day."""
    day = drawn_day(seed, 60, 5)
    classes = classes_of(day)
    line, seq = encode(day, classes), classes.of.astype(np.int32)
    peers, rng = new_peers(line, seq), stream(seed, "ends")
    found = 0
    for _ in range(300):
        i, j = two_ends(line, seq, peers, rng)
        if i == j:
            continue
        assert line.group[seq[i]] == line.group[seq[j]]
        assert line.colour[seq[i]] != line.colour[seq[j]]
        after = seq.copy()
        after[i], after[j] = seq[j], seq[i]
        if abs(i - j) > 2:  # side by side, each may be the end that the other stands beside
            found += 1
            assert changes(line, after) <= changes(line, seq)
    assert found > 5
