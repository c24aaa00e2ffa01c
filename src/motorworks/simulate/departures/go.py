"""Cars go down the line: the recursion itself."""

from motorworks.engines.jit import inlined, inner
from motorworks.simulate.departures.arrays import BESIDE, Block, LineArrays


@inner
def go_through(line: LineArrays, block: Block, cars: int, width: tuple[int, ...]) -> None:
    """Let the cars of a block go down the line: the recursion itself.

    A car takes its place at a station once it is through the gap and the car before has left the
    station; it leaves once its work is done and there is a place for it in the next gap, which is
    the one that the car ``room`` cars before it took. ``width`` holds a number for each lane: so
    the compiler knows how many there are.
    """
    lanes, stations = len(width), len(line.before)
    for row in range(block.kept, block.kept + cars):
        gate, ahead, arrived = block.gate[row], block.gate[row - 1], block.arrived[row]
        started, stay = block.started[row], block.stay[row]
        for r in range(lanes):
            gate[r] = max(block.ready[row, r], ahead[r], _free(line, block, row, 0, r, lanes))
        for j in range(stations):
            over, before = line.transfer[j], line.before[j]
            for r in range(lanes):
                here, on = j * lanes + r, (j + 1) * lanes + r
                free = _free(line, block, row, j + 1, r, lanes)
                come = max(gate[here] + over, ahead[on])
                start = max(come, free) if before else come
                arrived[here], started[here] = come, start
                gate[on] = max(start + stay[here], free)
        for on in range(stations * lanes, (stations + 1) * lanes):
            arrived[on] = gate[on] + line.transfer[stations]


@inlined
def _free(line: LineArrays, block: Block, row: int, j: int, r: int, lanes: int) -> float:
    """When the place in gap j is free that a car is to take; that of a station where no buffer."""
    room = line.room[j]
    if room > 0:
        return float(block.arrived[row - room, j * lanes + r])
    if room == BESIDE and j < len(line.before):
        return float(block.gate[row - 1, (j + 1) * lanes + r])
    return 0.0


@inner
def go_plainly(line: LineArrays, block: Block, cars: int, width: tuple[int, ...]) -> None:
    """Let cars go through a line with a buffer in each gap between stations, but no transfer.

    The same as :func:`go_through`, for stations that all block after service; ``started`` is
    ``arrived`` here.
    """
    lanes, stations = len(width), len(line.before)
    for row in range(block.kept, block.kept + cars):
        gate, ahead, arrived = block.gate[row], block.gate[row - 1], block.arrived[row]
        stay = block.stay[row]
        for r in range(lanes):
            gate[r] = max(block.ready[row, r], ahead[r], _free(line, block, row, 0, r, lanes))
        for j in range(stations - 1):
            last = block.arrived[row - line.room[j + 1]]
            for r in range(lanes):
                here, on = j * lanes + r, (j + 1) * lanes + r
                come = max(gate[here], ahead[on])
                arrived[here] = come
                gate[on] = max(come + stay[here], last[on])
        for r in range(lanes):
            here, on = (stations - 1) * lanes + r, stations * lanes + r
            free = _free(line, block, row, stations, r, lanes)
            arrived[here] = max(gate[here], ahead[on])
            gate[on] = max(arrived[here] + stay[here], free)
            arrived[on] = gate[on]


@inner
def go_alone(line: LineArrays, block: Block, cars: int) -> None:
    """Let cars go through as :func:`go_plainly` does, in one lane, and add up their minutes.

    The minute of the car stays in a register from station to station, which halves the time. One
    minute has to wait for the other, so that adding them up on the way costs hardly more.
    """
    stations = len(line.before)
    block.sums[:] = 0.0
    worked, blocked, waited = block.sums[0], block.sums[1], block.sums[2]
    for row in range(block.kept, block.kept + cars):
        gate, ahead, arrived = block.gate[row], block.gate[row - 1], block.arrived[row]
        stay = block.stay[row]
        at = max(block.ready[row, 0], ahead[0], _free(line, block, row, 0, 0, 1))
        gate[0] = at
        for j in range(stations - 1):
            last = block.arrived[row - line.room[j + 1]]
            come = max(at, ahead[j + 1])
            waited[j] += come - at
            done = come + stay[j]
            worked[j] += stay[j]
            at = max(done, last[j + 1])
            blocked[j] += at - done
            arrived[j], gate[j + 1] = come, at
        end = stations
        come = max(at, ahead[end])
        waited[end - 1] += come - at
        done = come + stay[end - 1]
        worked[end - 1] += stay[end - 1]
        at = max(done, _free(line, block, row, end, 0, 1))
        blocked[end - 1] += at - done
        arrived[end - 1], gate[end], arrived[end] = come, at, at
