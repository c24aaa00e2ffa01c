"""The tables of a line that was worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from motorworks.simulate.decode import decode
from motorworks.simulate.digest import digest
from motorworks.simulate.gathered import Gathered
from motorworks.simulate.layout import layout_of
from motorworks.simulate.oee import shop_quality
from tests.subjects.hand_line import (
    FIRST,
    PARAMS,
    SECOND,
    hand_model,
    hand_result,
    hand_tally,
    result_of,
)


def test_pace_is_told_by_day_and_hour() -> None:
    """Five cars in 18 minutes; the second station worked 16 of them."""
    result = hand_result()
    assert result.cars_a_day.mean == pytest.approx(5 / 18 * 1440)
    assert result.jph_net.mean == pytest.approx(5 / 18 * 60)
    assert result.jph_gross.mean == pytest.approx(5 / 16 * 60)
    assert (result.jph_net.half, result.jph_net.replications) == (0.0, 2)
    summary = {row["measure"]: row for row in result.tables["sim_summary"].to_dicts()}
    assert summary["jph_net"]["assumed"] == 18.0
    assert summary["content"]["mean"] == pytest.approx(47 / 18)


def test_states_are_shares_of_all_minutes() -> None:
    """The first works 15 of 18 minutes and is blocked for three."""
    first, second = hand_result().tables["sim_elements"].to_dicts()
    assert (first["working"], first["blocked"]) == pytest.approx((250 / 3, 50 / 3))
    assert (second["working"], second["starved"]) == pytest.approx((800 / 9, 100 / 9))
    assert (first["left"], second["left"]) == (7.0, 5.0)


def test_lead_times_are_told_by_vehicle() -> None:
    """Cars took 5, 6, 7, 8 and 9 minutes, suv and van in turn."""
    rows = {row["vehicle"]: row for row in hand_result().tables["sim_lead_times"].to_dicts()}
    assert (rows["all"]["mean"], rows["all"]["p50"], rows["all"]["most"]) == (7.0, 7.0, 9.0)
    assert (rows["suv"]["cars"], rows["van"]["cars"]) == (3.0, 2.0)
    assert rows["van"]["p05"] == pytest.approx(6.1)


def test_contents_are_told_by_buffer_and_shop() -> None:
    """A car stood in the place for 13 of 18 minutes, and in five of seven samples."""
    tables = hand_result().tables
    place = tables["sim_buffers"].row(0, named=True)
    assert (place["content"], place["most"], place["places"]) == (pytest.approx(13 / 18), 1, 1)
    assert (place["empty"], place["full"]) == pytest.approx((200 / 7, 500 / 7))
    assert tables["sim_levels"]["content"].to_list() == [0, 0, 1, 1, 1, 1, 1]
    shops = {row["shop"]: row["mean"] for row in tables["sim_content"].to_dicts()}
    assert shops == pytest.approx({"all": 47 / 18, "body": 31 / 18, "final": 16 / 18})


def test_days_are_held_against_the_plan() -> None:
    """Six were planned, five left."""
    day = hand_result().tables["sim_days"].row(0, named=True)
    assert (day["planned"], day["cars"], day["least"], day["most"]) == (6, 5.0, 5, 5)


def test_effectiveness_is_that_of_the_busiest_element() -> None:
    """The second station: 16 of 18 minutes, for 5 pieces of 3 minutes."""
    rows = {row["shop"]: row for row in hand_result().tables["sim_oee"].to_dicts()}
    final = rows["final"]
    assert final["availability"] == pytest.approx(100 * 16 / 18)
    assert final["effectiveness"] == pytest.approx(100 * 15 / 16)
    assert (final["quality"], final["oee"]) == (100.0, pytest.approx(100 * 15 / 18))


def test_quality_of_a_shop_is_that_of_its_elements_in_a_row() -> None:
    """Nine of ten, then four of five, are good."""
    layout = layout_of(hand_model(), PARAMS)
    worked, bad = np.array([0, 10, 0, 10, 0]), np.array([0, 1, 0, 2, 0])
    assert shop_quality(layout, 0, worked, bad) == pytest.approx(0.9)
    assert shop_quality(layout, 1, worked, bad) == pytest.approx(0.8)


def test_colours_are_counted_where_there_are_any() -> None:
    """Red, red, blue, blue, red: two changes; blank where the plant has one colour."""
    changes = hand_result().tables["sim_order"]["colour_changes"].to_list()
    assert changes == [2.0, 2.0]
    plain = result_of(hand_model(colours=("",))).tables["sim_order"]
    assert plain["colour_changes"].to_list() == [None, None]


def test_the_warm_up_counts_in_nothing_but_orders_and_days() -> None:
    """Cars that left before minute 9 are of the warm-up, and so are their lead times."""
    layout = layout_of(hand_model(), PARAMS)
    gathered = Gathered(layout, 95.0)
    gathered.add(digest(layout, replace(hand_tally(), warmup=9.0), 1, 3.0, show=True))
    tables = decode(gathered)
    row = tables["sim_replications"].row(0, named=True)
    assert (row["cars"], row["days"], row["lead_time"]) == (3, pytest.approx(9 / 1440), 8.0)
    assert tables["sim_days"]["cars"].to_list() == [5.0]
    assert tables["sim_order"]["cars"].to_list() == [6.0, 5.0]
    assert tables["sim_buffers"]["empty"].to_list() == [0.0]


def test_one_replication_has_no_interval() -> None:
    """Blank in tables, not zero."""
    layout = layout_of(hand_model(), PARAMS)
    gathered = Gathered(layout, 95.0)
    gathered.add(digest(layout, hand_tally(), 1, 3.0))
    summary = decode(gathered)["sim_summary"]
    assert summary["half"].to_list() == [None] * summary.height
    assert gathered.estimate("jph_net").half == np.inf


def test_a_plant_that_did_nothing_has_blanks_where_shares_would_be() -> None:
    """No car left: no lead time, no share in order, no quality of work not done."""
    layout = layout_of(hand_model(), PARAMS)
    tally = hand_tally()
    none = np.zeros(0)
    idle = replace(
        tally, exit_time=none, exit_car=none.astype(np.int64), exit_type=none.astype(np.int32),
        entered=none, worked=np.zeros(5, dtype=np.int64), order_at={2: none.astype(np.int64),
        3: none.astype(np.int64)}, visits=None, inside=8,
    )  # fmt: skip
    gathered = Gathered(layout, 95.0)
    gathered.add(digest(layout, idle, 1, 3.0))
    tables = decode(gathered)
    assert tables["sim_lead_times"]["mean"].to_list() == [None] * 3
    assert tables["sim_order"]["in_order"].to_list() == [None] * 2
    assert tables["sim_elements"]["first_pass"].to_list() == [None] * 2
    assert {FIRST, SECOND} == set(np.flatnonzero(layout.servers).tolist())
