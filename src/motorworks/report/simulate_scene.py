"""The plant over a shift: cars in every element by vehicle, moved by a slider.

The drawing carries its own figures; the script of the page (``templates/scene.js``) fills the cards
for the minute chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from motorworks.report.shell import as_json
from motorworks.report.simulate_drawing import card, frame
from motorworks.report.simulate_layout import WIDE, Drawn, Place

_INSET, _TOP, _HIGH, _MOST_LETTERS = 7, 24, 19, 12


@dataclass(frozen=True)
class Scene:
    """Cars over time.

    ``minutes`` are of the span; ``cars`` the count at each of them, by element and vehicle.
    """

    minutes: Sequence[float]
    cars: Mapping[tuple[str, str], Sequence[int]]
    colours: Mapping[str, str]


def draw_scene(drawn: Drawn, scene: Scene, names: Mapping[str, str], key: str = "scene") -> str:
    """The moving picture as markup.

    Parameters
    ----------
    drawn
        Where everything stands.
    scene
        What is where, and when.
    names
        Full names of vehicles.
    key
        Of the drawing, unique on the page.
    """
    cards = [
        card(place, *drawn.at[place.name], _frame(place, number), place.kind, _letters(place))
        for number, place in enumerate(drawn.places)
    ]
    said = f"The plant over a shift, {drawn.said}: cars by vehicle"
    last = len(scene.minutes) - 1
    return (
        f'<div class="plant scene" data-scene>{_legend(scene, names)}'
        '<div class="player"><button type="button" aria-label="Play">▶</button>'
        f'<input type="range" min="0" max="{last}" value="0" step="1" aria-label="Time">'
        f"<output></output></div>{frame(drawn, cards, said, key)}"
        f'<script type="application/json">{as_json(_figures(drawn, scene))}</script></div>'
    )


def _letters(place: Place) -> int:
    return _MOST_LETTERS if _counts(place) else 2 * _MOST_LETTERS


def _counts(place: Place) -> bool:
    """Whether cars are counted in a place: not outside the plant."""
    return place.kind not in ("source", "exit")


def _frame(place: Place, number: int) -> str:
    if not _counts(place):
        return f"<title>{escape(place.name)}</title>"
    room = WIDE - 2 * _INSET
    return (
        f'<rect class="rail" x="{_INSET}" y="{_TOP}" width="{room}" height="{_HIGH}"/>'
        f'<g data-cars="{number}" transform="translate({_INSET} {_TOP})"></g>'
        f'<text class="count" data-count="{number}" x="{WIDE - _INSET}" y="17"></text>'
        f"<title>{escape(place.name)}</title>"
    )


def _legend(scene: Scene, names: Mapping[str, str]) -> str:
    chips = "".join(
        f'<li><i style="background:{colour}"></i>{escape(names.get(vehicle, vehicle))}</li>'
        for vehicle, colour in scene.colours.items()
    )
    return f'<ul class="paints">{chips}</ul>'


def _figures(drawn: Drawn, scene: Scene) -> dict[str, object]:
    """All that the script needs: for each element its room, and counts by vehicle that occur."""
    vehicles = list(scene.colours)
    places = []
    for place in drawn.places:
        counts = {
            number: list(scene.cars[place.name, vehicle])
            for number, vehicle in enumerate(vehicles)
            if (place.name, vehicle) in scene.cars
        }
        sums = [sum(at) for at in zip(*counts.values(), strict=True)]
        most = place.room if place.room is not None else max([*sums, 1])
        places.append({"most": max(most, max(sums, default=0), 1), "cars": counts})
    return {
        "minutes": [round(minute, 2) for minute in scene.minutes],
        "colours": list(scene.colours.values()),
        "vehicles": vehicles,
        "width": WIDE - 2 * _INSET,
        "height": _HIGH,
        "places": places,
    }
