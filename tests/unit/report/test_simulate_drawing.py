"""The plant as a drawing: states, buffers, and a moving picture."""

import json
import re
from xml.etree import ElementTree

from motorworks.report.simulate_drawing import Gauge, draw_states
from motorworks.report.simulate_layout import lay_out
from motorworks.report.simulate_scene import Scene, draw_scene
from tests.unit.report.plants import PLACES, WAYS

DRAWN = lay_out(PLACES, WAYS)
STATES = {
    "weld": {"working": 40.0, "blocked": 10.0, "breaks": 50.0},
    "coat": {"working": 50.0, "starved": 50.0},
    "polish": {"working": 0.0, "starved": 100.0},
    "repaint": {},
    "<b>&pack": {"repair": 100.0},
}  # fmt: skip
DRAWING = draw_states(DRAWN, STATES, {"store": Gauge(2.0, 6.0)}, {"weld"})


def svg(markup: str) -> ElementTree.Element:
    """The drawing in a piece of markup."""
    found = re.search(r"<svg.*</svg>", markup, re.S)
    assert found is not None
    return ElementTree.fromstring(found[0])


def cards(markup: str) -> dict[str, ElementTree.Element]:
    """Cards by the first line of their hover text."""
    found = {}
    for card in svg(markup).iter("g"):
        title = card.find("title")
        if title is not None and title.text:
            found[re.split(r"[\n:(]", title.text)[0].strip()] = card
    return found


def bars(card: ElementTree.Element) -> list[float]:
    """Widths of the coloured bars of a card."""
    return [float(one.get("width", 0)) for one in card.iter("rect") if one.get("fill")]


def test_bars_are_shares_of_open_time() -> None:
    """Breaks are left out: 40 of 50 minutes at work fill four fifths of the bar."""
    full = bars(cards(DRAWING)["weld"])
    assert full[0] == 4 * full[1]
    assert sum(full) == 90.0
    assert bars(cards(DRAWING)["coat"]) == [45.0, 45.0]


def test_what_never_happens_has_no_bar() -> None:
    """A server that only waits shows one state, one without any time none."""
    assert bars(cards(DRAWING)["polish"]) == [90.0]
    assert bars(cards(DRAWING)["repaint"]) == []


def test_the_bottleneck_is_marked_and_no_other() -> None:
    """One card stands out."""
    held = [name for name, card in cards(DRAWING).items() if "held" in card.get("class", "")]
    assert held == ["weld"]


def test_a_buffer_shows_how_full_it_is() -> None:
    """Two of eight places are a quarter of the rail."""
    store = cards(DRAWING)["store"]
    width = {one.get("class"): float(one.get("width", 0)) for one in store.iter("rect")}
    assert width["fill"] == width["rail"] / 4
    assert "95 % of the time at most 6" in "".join(store.itertext())


def test_names_of_a_case_cannot_break_the_page() -> None:
    """What looks like markup stays text."""
    scene = draw_scene(DRAWN, Scene([0.0], {("weld", "</script>"): [1]}, {"</script>": "#123456"}),
                       {})  # fmt: skip
    for markup in (DRAWING, scene):
        assert "<b>" not in markup
        assert svg(markup) is not None
    assert scene.count("</script>") == 1


def test_only_states_that_occur_stand_in_the_legend() -> None:
    """Five states do, of nine."""
    legend = DRAWING.split("</ul>")[0]
    assert "starved" in legend
    assert "set-up" not in legend


def test_the_scene_carries_counts_by_vehicle_and_the_room_of_each_element() -> None:
    """The script needs no more than what stands in the drawing."""
    cars = {("store", "van"): [0, 3], ("store", "car"): [1, 7], ("out", "car"): [0, 0]}
    scene = Scene([420.0, 425.0], cars, {"car": "#111111", "van": "#222222"})
    markup = draw_scene(DRAWN, scene, {"car": "Saloon"})
    found = re.search(r'<script type="application/json">(.*)</script>', markup)
    assert found is not None
    figures = json.loads(found[1])
    assert figures["minutes"] == [420.0, 425.0]
    number = [place.name for place in PLACES].index("store")
    assert figures["places"][number] == {"most": 10, "cars": {"0": [1, 7], "1": [0, 3]}}
    assert 'max="1"' in markup
    assert "Saloon" in markup
    counted = {one.get("data-cars") for one in svg(markup).iter("g")} - {None}
    assert counted == {"1", "2", "3", "4", "5", "6"}
