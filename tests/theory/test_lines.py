"""Serial lines against Markov chains solved in the test, closed forms and published values."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motorworks.case.plant_model import PlantModel, Station
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import replicate
from motorworks.simulate.tally import STATES
from tests.theory.markov import exponential_line
from tests.theory.tables import content, expect, line_of_tables, pace

SPAN = {"until_cars": 20_000, "warmup_cars": 500}
SLOTS = {"until_min": 20_000.0, "warmup_min": 500.0}


def exponential(rates: list[float], places: list[int]) -> PlantModel:
    """A line of exponential stations."""
    return line_of_tables([1.0 / rate for rate in rates], places, law="exponential")


@pytest.mark.parametrize(
    ("rates", "places"),
    [
        ([1.0, 1.0], [0]), ([1.0, 1.0, 1.0], [0, 0]), ([1.0] * 5, [1] * 4),
        ([1.0, 1.3, 0.8], [1, 3]), ([6.0, 7.0, 7.0], [11, 7]), ([6.0, 7.0, 7.0], [12, 8]),
    ],
)  # fmt: skip
def test_exponential_lines_have_the_pace_of_their_markov_chain(
    rates: list[float], places: list[int]
) -> None:
    """Balanced and unbalanced, without buffers and with, up to five stations."""
    exact = exponential_line(rates, places)
    expect(exponential(rates, places), pace, exact, 0.01, "recursion", **SPAN)


def test_two_stations_have_the_pace_of_the_closed_form() -> None:
    """Two balanced exponential stations with b places between: (b + 2) / (b + 3)."""
    for places in (1, 4):
        exact = (places + 2) / (places + 3)
        assert exponential_line([1.0, 1.0], [places]) == pytest.approx(exact, abs=1e-12)
        expect(exponential([1.0, 1.0], [places]), pace, exact, 0.01, "recursion", **SPAN)


def test_a_bowl_of_times_beats_a_balanced_line() -> None:
    """Three exponential stations without buffers: the best has its middle one 24 % quicker."""
    span = {"until_cars": 100_000, "warmup_cars": 500}
    bowl = [1.0 / 1.0855328, 1.0 / (3.0 - 2.0 * 1.0855328), 1.0 / 1.0855328]
    expect(exponential(bowl, [0, 0]), pace, 0.56718186, 0.004, "recursion", **span)
    expect(exponential([1.0] * 3, [0, 0]), pace, 22 / 39, 0.004, "recursion", **span)
    assert exponential_line(bowl, [0, 0]) == pytest.approx(0.56718186, abs=1e-8)
    with_places = [1.0 / 1.0592028, 1.0 / (3.0 - 2.0 * 1.0592028), 1.0 / 1.0592028]
    assert exponential_line(with_places, [1, 1]) == pytest.approx(0.67375845, abs=1e-8)
    expect(exponential(with_places, [1, 1]), pace, 0.67375845, 0.004, "recursion", **span)


def test_an_unreliable_line_has_the_pace_of_its_markov_chain() -> None:
    """Failures of operation strike exponential stations that block after service."""
    stop = {"mtbf_min": 20.0, "mttr_min": 4.0}
    model = line_of_tables([1.0] * 3, [1, 1], [stop] * 3, law="exponential")
    exact = exponential_line([1.0] * 3, [1, 1], 1 / 20.0, 1 / 4.0)
    expect(model, pace, exact, 0.015, "recursion", **SPAN)


def test_ten_stations_have_the_pace_and_stock_of_a_course_benchmark() -> None:
    """Ten exponential stations, five places each: 0.764 a minute, 22.91 cars in the buffers."""
    model = exponential([1.0] * 10, [5] * 9)
    encoded, span = encode(model), {"until_cars": 40_000, "warmup_cars": 2_000}
    tallies = [replicate(encoded, seed=1, replication=r, **span) for r in range(8)]
    buffers = [i for i, one in enumerate(model.elements) if one.name.startswith("b")]
    assert np.mean([pace(one) for one in tallies]) == pytest.approx(0.764, abs=0.002)
    stock = np.mean([content(*buffers)(one) for one in tallies])
    assert stock == pytest.approx(22.91, abs=0.3)


def test_a_fast_station_before_a_slow_one_is_blocked_as_long_each_time() -> None:
    """Minutes 0.8 and 2 with one place between: blocked 1.2 of every 2 minutes (NIST MJPdes)."""
    model = line_of_tables([0.8, 2.0], [1])
    tally = replicate(encode(model), seed=1, replication=0, until_min=1000.0, warmup_min=100.0)
    minutes = dict(zip(STATES, tally.states[1] / 900.0, strict=True))
    assert (minutes["working"], minutes["blocked"]) == pytest.approx((0.4, 0.6))
    assert pace(tally) == pytest.approx(0.5)


MJP_SPEEDS, MJP_PLACES = (1.2, 1.0, 1.1, 1.05, 1.2), (3, 5, 1, 1)


def nist_line() -> PlantModel:
    """Five machines that fail by time (https://github.com/usnistgov/MJPdes)."""
    stop = {"mtbf_min": 1 / 0.1, "mttr_min": 1 / 0.9, "clock": "time"}
    return line_of_tables([1.0 / speed for speed in MJP_SPEEDS], MJP_PLACES, [stop] * 5)


def test_the_line_of_nist_has_the_pace_of_its_runs() -> None:
    """One kind of job: 0.838 and 0.844 in single runs published."""
    span = {"until_min": 20_000.0, "warmup_min": 1_000.0}
    tally = replicate(encode(nist_line()), seed=1, replication=0, **span)
    assert tally.engine == "events"
    assert pace(tally) == pytest.approx(0.8409, abs=0.01)


def test_the_line_of_nist_has_the_pace_of_its_runs_with_two_kinds_of_job() -> None:
    """A fifth of the jobs takes twice as long at the second machine: 0.730 and 0.743 published."""
    one = nist_line()
    longer = {"m2": 2.0, "m3": 1.5}
    elements = tuple(
        replace(element, time_min=(t := element.time_min[0], t * longer.get(element.name, 1.0)))
        if isinstance(element, Station)
        else element
        for element in one.elements
    )
    source = replace(one.elements[0], mix=(0.8, 0.2))
    mixed = replace(one, types=("plain", "long"), elements=(source, *elements[1:]))
    span = {"until_min": 20_000.0, "warmup_min": 1_000.0}
    tally = replicate(encode(mixed), seed=1, replication=0, **span)
    assert pace(tally) == pytest.approx(0.7363, abs=0.012)


def bernoulli(p: list[float], places: list[int]) -> PlantModel:
    """A Bernoulli line with the rules of Li and Meerkov."""
    stops = [{"mtbf_min": q, "mttr_min": 1.0 - q, "law": "bernoulli", "clock": "time"} for q in p]
    return line_of_tables([1.0] * len(p), places, stops)


def test_two_bernoulli_machines_have_the_pace_of_the_closed_form() -> None:
    """Li and Meerkov's formula for two machines, alike and different."""
    for p1, p2, places in ((0.9, 0.9, 1), (0.9, 0.7, 3), (0.6, 0.65, 2)):
        ratio = p1 * (1 - p2) / (p2 * (1 - p1))
        empty = (1 - p1) / (places + 1 - p1)
        if p1 != p2:
            empty = (1 - p1) * (1 - ratio) / (1 - p1 / p2 * ratio**places)
        expect(bernoulli([p1, p2], [places]), pace, p2 * (1 - empty), 0.01, "slots", **SLOTS)


def test_the_values_computed_elsewhere_are_those_of_the_product(data_folder: Path) -> None:
    """Exponential, Bernoulli, deterministic and unreliable lines of a table of exact values."""
    with (data_folder / "line_throughput" / "computed_values.csv").open() as file:
        rows = list(csv.DictReader(file))
    checked = 0
    for row in rows:
        words = dict(word.split("=") for word in row["parameters"].split() if "=" in word)
        exact = float(row["value"])
        if row["model"] == "exponential line BAS" and "m" in words:
            stations = int(words["m"])
            model = exponential([1.0] * stations, [int(words["buffers"])] * (stations - 1))
            expect(model, pace, exact, 0.016, "recursion", until_cars=6_000, warmup_cars=300)
        elif row["model"].startswith("deterministic"):
            model = geometric(words)
            slots = {"until_min": 60_000.0, "warmup_min": 4_000.0}
            expect(model, pace, exact, 0.04, "slots", **slots)
        elif row["model"].startswith("exp. unreliable"):
            expect(gershwin_berman(int(words["N"])), pace, exact, 0.03, "recursion", **SPAN)
        elif row["model"] == "Bernoulli line":
            p, places = row["parameters"].removeprefix("p=").split(" N=")
            model = bernoulli(_numbers(p), [int(n) for n in _numbers(places)])
            expect(model, pace, exact, 0.01, "slots", **SLOTS)
        else:
            continue
        checked += 1
    assert checked == 52


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.strip("[]").split(",")]


def geometric(words: dict[str, str]) -> PlantModel:
    """Two machines that fail by operation, with the rules of Buzacott and Gershwin."""
    stops = [
        {"mtbf_min": 1 / float(words[f"p{i}"]), "mttr_min": 1 / float(words[f"r{i}"]),
         "law": "geometric"}
        for i in (1, 2)
    ]  # fmt: skip
    return line_of_tables([1.0, 1.0], [int(words["N"])], stops)


def gershwin_berman(places: int) -> PlantModel:
    """Two exponential machines that fail by operation and begin only where there is a place.

    Of N places of the literature one is at the second machine.
    """
    stop = {"mtbf_min": 1 / 0.01, "mttr_min": 1 / 0.09}
    return line_of_tables(
        [1.0, 1.0], [places - 1], [stop] * 2, law="exponential", blocking="before"
    )
