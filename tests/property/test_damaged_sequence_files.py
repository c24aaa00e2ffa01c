"""Whatever an instance's files hold, the reader gives a day or tells what is wrong."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay
from motorworks.errors import CaseError
from motorworks.io.formats.csplib import read_csplib
from motorworks.io.formats.day_orders import read_day
from motorworks.io.formats.roadef import read_roadef
from motorworks.io.sequence_csv import read_order
from motorworks.result.verify.sequence_score import score_order
from tests.small_renault import SHEETS, write_sheets

CSPLIB = "4 2 3\n1 2\n2 3\n0 1 1 0\n1 2 0 1\n2 1 1 1\n"
SHEETS_OF_ONES_OWN = {
    "orders.csv": (
        "order,day,vehicle,colour,options,fixed,position,not_before,after,wanted\n"
        "z,before,van,red,awd,,,,,\na,,van,red,awd towbar,,,,,2\nb,day,car,blue,,,,2,,\n"
        "c,,van,red,towbar,yes,,,,\nd,,car,red,awd,,4,,,\n"
    ),
    "rules.csv": (
        "rule,kind,option,vehicle,at_least,at_most,window,order,first,last,other,gap,weight\n"
        "awds,spacing,awd,,,,3,,,,,,2\ntowbars,ratio,towbar,,,1,2,,,,,,\nreds,batch,,,,2,,,,,,,\n"
        "vans,even,,van,,,,,,,,,0.5\nearly,stretch,,car,1,2,,,,3,,,\nlate,place,,,,,,c,2,,,,\n"
        "behind,after,,,,,,d,,,a,2,\nlow,objective,,,,,,,,,,,\nhigh,objective,,,,,,,,,,,\n"
    ),
    "sequence.csv": "position,car,given\n1,d,4\n2,c,3\n3,a,1\n4,b,2\n",
}
SCRAPS = st.sampled_from(
    ["", ";", "\n", "\r\n", "0", "1", "2", "-1", "1/2", "3/2", "x", " ", "\ufeff", "\0", "é", "²",
     "9" * 30, "1e9", ",", '"', "Date", "HP1", "2003 38 3", "\u2028", "٣", "nan",
     "yes", "a", "even", "objective",
     "1000000", "2025-07-15", "\n\n"]
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


def read_own(folder: Path) -> LineDay:
    """The day of one's own sheets; its order is read, too."""
    day = read_day(folder / "orders.csv", folder / "rules.csv")
    assert sorted(read_order(folder / "sequence.csv", day)) == list(range(day.count))
    return day


def held_up(read: Callable[[Path], LineDay], path: Path) -> bool:
    """Whether a reader gives a sound day, or refuses with a word on each problem."""
    try:
        day = read(path)
    except CaseError as error:
        return all(problem.message for problem in error.problems)
    return sound(day)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_instance_of_renaults_is_read_or_refused(data: st.DataObject) -> None:
    """No traceback, and nothing half read."""
    name = data.draw(st.sampled_from(sorted(SHEETS)))
    text = data.draw(damaged(SHEETS[name]))
    with tempfile.TemporaryDirectory() as place:
        folder = write_sheets(Path(place))
        (folder / name).write_text(text, newline="")
        assert held_up(read_roadef, folder)


@settings(deadline=None)
@given(damaged(CSPLIB), st.sampled_from(["utf-8", "latin-1", "utf-16"]))
def test_a_damaged_instance_of_csplib_is_read_or_refused(text: str, encoding: str) -> None:
    """No traceback, and nothing half read."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "small.txt"
        path.write_text(text, encoding=encoding, errors="replace")
        assert held_up(read_csplib, path)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damaged_sheets_of_ones_own_are_read_or_refused(data: st.DataObject) -> None:
    """No traceback, and nothing half read."""
    name = data.draw(st.sampled_from(sorted(SHEETS_OF_ONES_OWN)))
    changed = {name: data.draw(damaged(SHEETS_OF_ONES_OWN[name]))}
    with tempfile.TemporaryDirectory() as place:
        for file, text in {**SHEETS_OF_ONES_OWN, **changed}.items():
            (Path(place) / file).write_text(text, newline="")
        assert held_up(read_own, Path(place))
