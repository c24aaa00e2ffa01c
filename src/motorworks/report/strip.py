"""The order of a day's cars as a strip: colour of each car, options as rows, violations marked.

Cars stand in lines of a hundred. Each line is a small drawing in SVG that needs no script: hover
text says what a car is and which windows are broken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from motorworks.case.line_day import LineDay
from motorworks.report.numbers import counted, plain
from motorworks.report.paints import paint_tints
from motorworks.result.sequence import SequenceResult

PER_LINE = 100
"""Cars in a line of the strip."""

MOST_CARS = 2_000
"""Cars that are drawn; a longer day is cut off, and the page says so."""

MOST_BEFORE = 30
"""Cars of the day before that are drawn."""

_MOST_OTHERS = 6
_CELL, _WIDEST, _PAINT, _GAP, _SCALE = 10, 24, 18, 4, 14
_FEW_ROWS, _TALL, _LOW = 12, 12, 9


@dataclass(frozen=True)
class Car:
    """A car in its place; those of the day before have places of 0 and below."""

    place: int
    name: str
    vehicle: str
    colour: str
    traits: frozenset[int]


@dataclass(frozen=True)
class Mark:
    """A broken rule between two places, in the row it belongs to."""

    row: int
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Strip:
    """All that is drawn: cars in order, rows with their names, marks, tints of the colours."""

    cars: Sequence[Car]
    rows: Sequence[str]
    marks: Sequence[Mark]
    tints: dict[str, str]

    @property
    def cell(self) -> int:
        """Width of a car; more where there are few."""
        longest = max((len(cars) for cars in _lines(self.cars)), default=1)
        return min(_WIDEST, PER_LINE * _CELL // longest)

    @property
    def row(self) -> int:
        """Height of a row; less where there are many."""
        return _TALL if len(self.rows) <= _FEW_ROWS else _LOW

    @property
    def height(self) -> int:
        """Height of a line of cars."""
        return self.top(len(self.rows)) + _SCALE

    def top(self, row: int) -> int:
        """Where a row begins."""
        return _PAINT + _GAP + row * self.row


def strip_of(day: LineDay, result: SequenceResult) -> Strip:
    """Lay out what is drawn of a day: a row for each trait, then one for each other broken rule."""
    order = [*range(min(day.before, MOST_BEFORE))]
    numbers = [number + day.before - len(order) for number in order]
    numbers += [day.before + car for car in result.order[:MOST_CARS]]
    cars = [
        Car(
            place - len(order) + 1,
            day.cars[number],
            day.vehicles[number] if day.vehicles else "",
            day.colours[day.colour[number]],
            frozenset(int(trait) for trait in day.has[number].nonzero()[0]),
        )
        for place, number in enumerate(numbers)
    ]
    known = trait_of_rule(day)
    broken = result.tables["violations"].filter(pl.col("cost") > 0.0)
    others = [rule for rule in broken["rule"].unique(maintain_order=True) if rule not in known]
    first, names = len(day.traits), others
    if len(others) > _MOST_OTHERS:
        names = ["other rules"]
    row = {rule: first + min(at, len(names) - 1) for at, rule in enumerate(others)} | known
    return Strip(cars, [*day.traits, *names], list(_marks(broken, row)), paint_tints(day.colours))


def trait_of_rule(day: LineDay) -> dict[str, int]:
    """The trait that each rule speaks of, for the rules that speak of one."""
    return {
        **{rule.name: rule.trait for rule in day.ratios},
        **{rule.name: rule.trait for rule in day.in_a_row},
        **{rule.name: rule.trait for rule in day.stretches},
    }


def _marks(broken: pl.DataFrame, row: dict[str, int]) -> Iterable[Mark]:
    """Broken windows of a rule that overlap as one mark."""
    for rule in broken["rule"].unique(maintain_order=True):
        own = broken.filter(pl.col("rule") == rule).sort("first", "last")
        group: list[dict[str, float]] = []
        end = 0.0
        for item in own.select("first", "last", "found", "allowed", "cost").iter_rows(named=True):
            if group and item["first"] > end:
                yield _mark(rule, row[rule], group)
                group = []
            end = max(end, item["last"]) if group else item["last"]
            group.append(item)
        yield _mark(rule, row[rule], group)


def _mark(rule: str, row: int, group: Sequence[dict[str, float]]) -> Mark:
    first = int(min(one["first"] for one in group))
    last = int(max(one["last"] for one in group))
    where = f"place {first}" if first == last else f"places {first} to {last}"
    if len(group) == 1:
        one = group[0]
        said = f"{plain(one['found'])} where {plain(one['allowed'])} is the limit"
    else:
        said = f"{counted(len(group), 'violation')}, cost {plain(sum(o['cost'] for o in group))}"
    return Mark(row, first, last, f"{rule}, {where}: {said}")


def draw_strip(strip: Strip) -> str:
    """The strip as markup: a legend, then lines of cars with the names of the rows before them."""
    lines = [_line(strip, cars) for cars in _lines(strip.cars)]
    return f'<div class="strip">{_legend(strip)}<div class="lines">{"".join(lines)}</div></div>'


def _lines(cars: Sequence[Car]) -> list[Sequence[Car]]:
    """Cars of the day before first, then lines that end at a round place."""
    before = [car for car in cars if car.place < 1]
    today = [car for car in cars if car.place >= 1]
    lines: list[Sequence[Car]] = [before] if before else []
    return lines + [today[first : first + PER_LINE] for first in range(0, len(today), PER_LINE)]


def _legend(strip: Strip) -> str:
    """Colours with the cars of the day in each, most first; those of the day before have none."""
    count: dict[str, int] = {}
    for car in strip.cars:
        count[car.colour] = count.get(car.colour, 0) + (car.place >= 1)
    chips = "".join(
        f'<li><i style="background:{strip.tints[colour]}"></i><b>{escape(colour)}</b> '
        f"{counted(number, 'car')}</li>"
        for colour, number in sorted(count.items(), key=lambda item: -item[1])
    )
    return f'<ul class="paints">{chips}<li><i class="broken"></i>broken rule</li></ul>'


def _line(strip: Strip, cars: Sequence[Car]) -> str:
    before = cars[0].place < 1
    width, height = PER_LINE * _CELL + _GAP, strip.height
    names = ["day before" if before else f"from {cars[0].place}", *strip.rows]
    labels = "".join(
        f'<span style="height:{strip.row if number else _PAINT + _GAP}px" title="{escape(name)}">'
        f"{escape(name)}</span>"
        for number, name in enumerate(names)
    )
    parts = [_paint(strip, cars), _cells(strip, cars), _scale(strip, cars), _hovers(strip, cars)]
    parts += [_broken(strip, mark, cars) for mark in strip.marks]
    shade = ' class="before"' if before else ""
    tall = " tall" if strip.row == _TALL else ""
    return (
        f'<div class="line"><div class="names{tall}" aria-hidden="true">{labels}</div>'
        f'<svg{shade} width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{_said(cars)}">{"".join(parts)}</svg></div>'
    )


def _said(cars: Sequence[Car]) -> str:
    return f"Cars at places {cars[0].place} to {cars[-1].place}: colours, options, broken rules"


def _paint(strip: Strip, cars: Sequence[Car]) -> str:
    """Batches as bars in their colour, a dark edge where the colour changes."""
    bars, first = [], 0
    for end in range(1, len(cars) + 1):
        if end == len(cars) or cars[end].colour != cars[first].colour:
            x, width = first * strip.cell, (end - first) * strip.cell
            tint = strip.tints[cars[first].colour]
            bars.append(f'<rect class="batch" x="{x}" y="0" width="{width}" height="{_PAINT}" '
                        f'fill="{tint}"/>')  # fmt: skip
            first = end
    return "".join(bars)


def _cells(strip: Strip, cars: Sequence[Car]) -> str:
    """A ruled row for each option with a filled cell for each car that has it."""
    drawn = []
    for row in range(len(strip.rows)):
        y = strip.top(row)
        cells = "".join(
            f"M{place * strip.cell + 1} {y + 1}h{strip.cell - 2}v{strip.row - 2}h-{strip.cell - 2}z"
            for place, car in enumerate(cars) if row in car.traits
        )  # fmt: skip
        drawn.append(f'<path class="rail" d="M0 {y + strip.row / 2}h{len(cars) * strip.cell}"/>')
        if cells:
            drawn.append(f'<path class="has" d="{cells}"/>')
    return "".join(drawn)


def _scale(strip: Strip, cars: Sequence[Car]) -> str:
    """Places below the line, one in ten where cars are narrow, and a hair line up from each."""
    y, each = strip.height - 3, 1 if strip.cell == _WIDEST else 10
    ticks = [(number, car.place) for number, car in enumerate(cars) if car.place % each == 0]
    return "".join(
        f'<path class="hair" d="M{(number + 1) * strip.cell} {_PAINT}V{strip.height - _SCALE}"/>'
        f'<text x="{(number + 0.5) * strip.cell:g}" y="{y}">{place}</text>'
        for number, place in ticks
    )


def _hovers(strip: Strip, cars: Sequence[Car]) -> str:
    """A clear column over each car that says what it is."""
    height = strip.height - _SCALE
    columns = []
    for number, car in enumerate(cars):
        has = ", ".join(strip.rows[trait] for trait in sorted(car.traits))
        said = [f"{car.place}. {car.name}", car.vehicle, car.colour, has]
        text = escape("\n".join(part for part in said if part))
        columns.append(f'<rect class="car" x="{number * strip.cell}" y="0" width="{strip.cell}" '
                       f'height="{height}"><title>{text}</title></rect>')  # fmt: skip
    return "".join(columns)


def _broken(strip: Strip, mark: Mark, cars: Sequence[Car]) -> str:
    """The part of a mark that lies in a line."""
    first, last = max(mark.first, cars[0].place), min(mark.last, cars[-1].place)
    if first > last:
        return ""
    x, width = (first - cars[0].place) * strip.cell, (last - first + 1) * strip.cell
    return (
        f'<rect class="mark" x="{x}" y="{strip.top(mark.row)}" width="{width}" '
        f'height="{strip.row}">'
        f"<title>{escape(mark.text)}</title></rect>"
    )
