"""From the world after its last minute to a tally."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.simulate.encode import Encoded
from motorworks.simulate.kernel.world import BUFFER, DONE, NONE, NOTED, SEGMENT, STATION, World
from motorworks.simulate.tally import HALTS, STATES, Floats, Integers, Tally, Visits


class Counts(NamedTuple):
    """What has been counted from minute 0 until now; by element, failures by clock."""

    now: float
    states: Floats
    halts: Integers
    passed: Integers
    worked: Integers
    bad: Integers
    area: Floats
    setups: Integers
    utility: Floats
    stops: Integers
    stop_min: Floats


def counts_of(world: World) -> Counts:
    """Read off all counts as they stand, states and stops that last still included."""
    now, elements, servers = float(world.clock["now"][0]), world.elements, world.servers
    minutes = world.state_min.copy()
    lasts = now - servers["since"]
    minutes[np.arange(len(servers)), servers["state"]] += lasts
    halted = np.flatnonzero((servers["state"] >= len(STATES) - len(HALTS)) & (lasts > 0.0))
    minutes[halted, servers["state"][halted] + len(HALTS)] += 1.0
    states = np.zeros((len(elements), minutes.shape[1]))
    if elements["servers"].any():
        np.add.at(states, servers["element"], minutes)
    stations, segments = elements["kind"] == STATION, elements["kind"] == SEGMENT
    of_station, of_segment = elements["sub"][stations], elements["sub"][segments]
    counts = {name: np.zeros(len(elements), dtype=np.int64) for name in ("worked", "bad", "setups")}
    for name, column in counts.items():
        column[stations] = world.stations[name][of_station]
    counts["worked"][segments] = world.segments["worked"][of_segment]
    utility = np.zeros(len(elements))
    utility[segments] = world.segments["utility_min"][of_segment]
    down = np.where(world.clocks["state"] > 0, now - world.clocks["since"], 0.0)
    return Counts(
        now=now,
        states=states[:, : len(STATES)],
        halts=states[:, len(STATES) :].astype(np.int64),
        passed=elements["passed"].copy(),
        area=elements["area"] + elements["content"] * now,
        utility=utility,
        stops=world.clocks["stops"].copy(),
        stop_min=world.clocks["minutes"] + down,
        **counts,
    )


def tally_of(encoded: Encoded, world: World, base: Counts, order_at: tuple[int, ...]) -> Tally:
    """Make the tally of a replication, counted from ``base`` on."""
    counts, clock = counts_of(world), world.clock[0]
    gone = world.gone[: clock["exits"]]
    span = counts.now - base.now
    failures = len(encoded.model.failures)
    of = encoded.clock_failure
    clocks = len(of)
    inside = _inside(world)
    return Tally(
        engine="events",
        end=counts.now,
        warmup=base.now,
        events=int(clock["events"]),
        exit_time=gone["time"].copy(),
        exit_car=gone["number"].copy(),
        exit_type=gone["type"].copy(),
        entered=gone["entered"].copy(),
        inside=sum(not world.cars["piece"][car] for car, _ in inside),
        came_in=int(clock["came_in"]),
        scrapped=int(clock["scrapped"]),
        states=counts.states - base.states,
        halts=counts.halts - base.halts,
        passed=counts.passed - base.passed,
        worked=counts.worked - base.worked,
        bad=counts.bad - base.bad,
        content=(counts.area - base.area) / span if span > 0.0 else np.zeros_like(counts.area),
        peak=world.elements["peak"].copy(),
        setups=counts.setups - base.setups,
        stops=_by_failure(of, (counts.stops - base.stops)[:clocks], failures).astype(np.int64),
        stop_min=_by_failure(of, (counts.stop_min - base.stop_min)[:clocks], failures),
        utility=counts.utility - base.utility,
        levels=world.levels[: clock["samples"]].copy(),
        order_at=_orders(world, order_at),
        visits=_visits(world, inside) if (world.elements["flags"] & NOTED).any() else None,
    )


def _by_failure(of: Integers, values: NDArray[np.float64 | np.int64], failures: int) -> Floats:
    """Sum values of clocks by failure."""
    summed: Floats = np.bincount(of, weights=values, minlength=failures).astype(np.float64)
    return summed


def _orders(world: World, order_at: tuple[int, ...]) -> dict[int, Integers]:
    """Numbers of cars in the order in which they left elements."""
    log = world.log[: world.clock["logged"][0]]
    return {e: log[log >> 40 == e] & ((1 << 40) - 1) for e in order_at}


def _inside(world: World) -> list[tuple[int, int]]:
    """Cars inside the plant, each with its holder: a server, or an element from there on."""
    servers = world.servers
    at_work = np.flatnonzero((servers["car"] != NONE) & (servers["moves"] == 0))
    inside = [(int(servers["car"][s]), int(s)) for s in at_work]
    for e, row in enumerate(world.elements):
        if row["kind"] == BUFFER:
            buffer = world.buffers[row["sub"]]
            for lane in range(buffer["first"], buffer["first"] + buffer["lanes"]):
                car = int(world.lanes["head"][lane])
                while car != NONE:
                    inside.append((car, len(servers) + e))
                    car = int(world.cars["next"][car])
        elif row["kind"] == SEGMENT:
            first = world.segments["first"][row["sub"]]
            on = world.slots[first : first + world.segments["slots"][row["sub"]]]
            inside += [(int(car), int(row["first_server"])) for car in on if car != NONE]
    return inside


def _visits(world: World, inside: list[tuple[int, int]]) -> Visits:
    """Visits that are over, then those that are not."""
    over = world.visits[: world.clock["visits"][0]]
    rest = np.zeros(len(inside), dtype=over.dtype)
    servers, now = world.servers, float(world.clock["now"][0])
    for row, (car, holder) in zip(rest, inside, strict=True):
        row["car"], row["left"] = world.cars["number"][car], np.nan
        if holder >= len(servers) or servers[holder]["moves"]:
            in_buffer = holder >= len(servers)
            row["element"] = holder - len(servers) if in_buffer else servers[holder]["element"]
            row["arrived"] = row["started"] = world.cars["arrived"][car]
            ready = float(world.cars["ready"][car]) if in_buffer else np.inf
            row["ended"] = ready if ready <= now else np.nan
            row["blocked"] = max(0.0, now - ready)
            continue
        one = servers[holder]
        row["element"] = one["element"]
        row["server"] = holder - world.elements["first_server"][one["element"]]
        row["arrived"] = one["arrived"]
        row["started"] = one["started"] if one["started"] >= 0.0 else np.nan
        row["ended"] = one["ended"] if one["phase"] == DONE else np.nan
        row["blocked"], row["failed"] = one["blocked"], one["failed"]
    rows = np.concatenate([over, rest])
    return Visits(*(rows[name].copy() for name in Visits.__dataclass_fields__))
