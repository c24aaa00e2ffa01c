"""Parts of a flow that walks do not come to, and rows that forbid them."""

import numpy as np

from motorworks.sequence.bounds.flow import Layers
from motorworks.sequence.bounds.islands import rows_against_islands
from motorworks.sequence.bounds.net import first_net

LAYERS = Layers(np.array([0, 0, 1, 1]), (1, 1), (9, 9), -1, 0, False)
"""Two red cars and two blue ones; a net of a seam and two colours."""

# arcs: into red, into blue, on in red, on in blue, out of red, out of blue
WALK = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
ISLAND = np.array([1.0, 0.0, 1.0, 2.0, 1.0, 0.0])


def test_a_walk_offends_no_row() -> None:
    """Both colours are entered, so their cars are come to."""
    assert rows_against_islands(first_net(LAYERS), WALK, 0.01).shape[0] == 0


def test_a_circle_without_entry_is_forbidden() -> None:
    """Blue cars go round within blue, which is never entered; the row allows the walk."""
    rows = rows_against_islands(first_net(LAYERS), ISLAND, 0.01).toarray()
    assert rows.tolist() == [[0.0, 1.0, 0.0, -1.0, 0.0, 0.0]]
    assert (rows @ ISLAND < 0).all()
    assert (rows @ WALK >= 0).all()


def test_half_an_entry_is_enough_for_half_of_the_cars() -> None:
    """A fraction offends a row only by what it lacks."""
    half = np.array([1.0, 0.5, 1.0, 1.5, 1.0, 0.5])
    rows = rows_against_islands(first_net(LAYERS), half, 0.4).toarray()
    assert rows.shape[0] == 1
    fair = np.array([1.0, 1.0, 1.0, 0.9, 1.0, 1.0])
    assert rows_against_islands(first_net(LAYERS), fair, 0.4).shape[0] == 0
