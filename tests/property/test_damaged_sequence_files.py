"""Whatever an instance's files hold, the reader gives a day or tells what is wrong."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay
from motorworks.errors import CaseError
from motorworks.io.formats.csplib import read_csplib
from motorworks.io.formats.roadef import read_roadef
from motorworks.result.verify.sequence_score import score_order
from tests.small_renault import SHEETS, write_sheets

CSPLIB = "4 2 3\n1 2\n2 3\n0 1 1 0\n1 2 0 1\n2 1 1 1\n"
SCRAPS = st.sampled_from(
    ["", ";", "\n", "\r\n", "0", "1", "2", "-1", "1/2", "3/2", "x", " ", "\ufeff", "\0", "é", "²",
     "9" * 30, "1e9", ",", '"', "Date", "HP1", "2003 38 3", "\u2028", "٣", "nan"]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text in which a few pieces are exchanged for scraps."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return text


def sound(day: LineDay) -> bool:
    """Whether all parts of a day fit each other and its order can be scored."""
    assert day.count > 0
    assert day.has.shape == (len(day.cars), len(day.traits))
    assert len(day.colour) == len(day.cars)
    assert max(day.colour) < len(day.colours)
    return score_order(day, range(day.count)).mark >= 0


def held_up(read: Callable[[Path], LineDay], path: Path) -> bool:
    """Whether a reader gives a sound day, or refuses with a word on each problem."""
    try:
        day = read(path)
    except CaseError as error:
        return all(problem.message for problem in error.problems)
    return sound(day)


@given(st.data())
def test_a_damaged_instance_of_renaults_is_read_or_refused(data: st.DataObject) -> None:
    """No traceback, and nothing half read."""
    name = data.draw(st.sampled_from(sorted(SHEETS)))
    text = data.draw(damaged(SHEETS[name]))
    with tempfile.TemporaryDirectory() as place:
        folder = write_sheets(Path(place))
        (folder / name).write_text(text, newline="")
        assert held_up(read_roadef, folder)


@given(damaged(CSPLIB), st.sampled_from(["utf-8", "latin-1", "utf-16"]))
def test_a_damaged_instance_of_csplib_is_read_or_refused(text: str, encoding: str) -> None:
    """No traceback, and nothing half read."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "small.txt"
        path.write_text(text, encoding=encoding, errors="replace")
        assert held_up(read_csplib, path)
