"""Figures over seeds: which run is the median, what counts as proven, what as near the best."""

from dataclasses import replace

import pytest

from bench.sequence_best import Best
from bench.sequence_csplib import Known
from bench.sequence_csplib import report as csplib_report
from bench.sequence_figures import Seeds, counted, gaps, proven, values
from bench.sequence_roadef import _near, report
from bench.sequence_run import run
from bench.sequence_store import Job, Run

BEST = Best("A/one", 2_100_050, 2, 50, 100, "0" * 64, "2005-01-01")
BOUNDS = {"high": (2.0, 2.0, "counting"), "colour": (90.0, 99.0, "counting")}


def made(high: float, colour: float, low: float, instance: str = "A/one") -> Run:
    """A run with values of three objectives, in that order."""
    mark = 1_000_000 * high + 1_000 * colour + low
    done = run(Job("generated", "12x3x2", "given"))
    return replace(
        done, job=replace(done.job, instance=instance), mark=mark, said=mark,
        values={"high": high, "colour": colour, "low": low}, bounds=BOUNDS,
    )  # fmt: skip


@pytest.mark.parametrize(("highs", "middle"), [([3, 1, 2], 2), ([4, 1, 3, 2], 3), ([5], 5)])
def test_the_median_is_a_run_and_never_flatters(highs: list[int], middle: int) -> None:
    """The run in the middle by mark; of two, the worse."""
    seeds = Seeds.by_instance([made(high, 0, 0) for high in highs])["A/one"]
    assert seeds.median.values["high"] == middle
    assert (seeds.best.values["high"], seeds.worst.values["high"]) == (min(highs), max(highs))


def test_bounds_say_what_is_proven() -> None:
    """An objective is proven at its bound given those before it; one without a bound is not."""
    at, above = made(2, 99, 7), made(3, 100, 7)
    assert Seeds((at, above)).first_at_bound(at)
    assert not Seeds((at, above)).first_at_bound(above)
    assert (gaps(at), gaps(above)) == ("0 / 0 / ?", "1 / 1 / ?")
    assert not proven(at)
    assert proven(replace(at, bounds={**BOUNDS, "low": (0.0, 7.0, "counting")}))
    assert values(above) == "3 / 100 / 7"


@pytest.mark.parametrize(
    ("run_values", "near"),
    [
        ((2, 100, 50), (True, True, True)),
        ((2, 101, 51), (True, True, True)),
        ((2, 102, 50), (True, False, False)),
        ((2, 100, 52), (True, True, False)),
        ((3, 90, 0), (False, False, False)),
        ((1, 900, 900), (True, True, True)),
    ],
)
def test_near_the_best_known_means_the_first_equal(
    run_values: tuple[int, int, int], near: tuple[bool, bool, bool]
) -> None:
    """First equal, second within 1 or 1 %, third within 1 or 2 %; better earlier is near."""
    done = made(*run_values)
    assert tuple(_near(done, BEST, rank) for rank in range(3)) == near


def test_reports_have_a_row_for_each_instance() -> None:
    """The page of Renault's instances tells each with its marks, those of CSPLib by family too."""
    runs = [made(2, 100, 50), made(3, 0, 0), made(4, 0, 0, "B/two")]
    text = report(runs, {"A/one": BEST})
    assert "| A/one | 12 | 2,100,050 | 2,100,050 | 3,000,000 | 3,000,000 |" in text
    assert "first objective at a proven bound on 0 of 2 (0 %)" in text
    known = [Known("A/one", "Smith 70", 2), Known("B/two", "Smith 70", 4)]
    assert "| 60-01 to 90-10 | 2 | 1 of 2 (50 %) | 1 of 2 (50 %) |" in csplib_report(runs, known)


def test_a_part_of_nothing_is_none() -> None:
    """No division by zero where no instance is known."""
    assert counted(0, 0) == "none"
