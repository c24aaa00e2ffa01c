"""Crews and pools: heads go to who asks, the lowest priority first, then the longest wait."""

from motorworks.engines.draws import uniform_at
from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import CREW, REPAIR, START, push
from motorworks.simulate.kernel.world import ASKED, HAS_PEOPLE, NONE, Records, World

HEADS_MOST = 1000
"""Step of the index of draws of absence from one shift to the next."""
WORKERS_FIRST = 1
"""Priority of stations that ask for operators."""


@inner
def serve(w: World, i: int) -> None:
    """Give heads of a crew to the first in line, if there are enough of them."""
    cr = w.crews[i]
    if cr.waiting == 0:
        return
    servers = len(w.servers)
    first = first_in_line(w, i)
    if first < servers:
        heads = w.stations[w.servers[first].sub].operators
    else:
        heads = w.clocks[first - servers].heads
    if cr.there - cr.busy < heads:
        return
    cr.busy += heads
    cr.waiting -= 1
    push(w.clock, w.agenda, CREW, i)
    if first < servers:
        sv = w.servers[first]
        sv.asks = 0
        sv.has |= HAS_PEOPLE
        push(w.clock, w.agenda, START, first)
    else:
        push(w.clock, w.agenda, REPAIR, first - servers)


@inner
def first_in_line(w: World, i: int) -> int:
    """Server, or clock from ``len(servers)`` on, that asked first of those of lowest priority."""
    best, rank, asked = NONE, 0, 0
    for at in range(w.crews[i].first, w.crews[i].last):
        who = w.members[at]
        if who < len(w.servers):
            waits = w.servers[who].asks == 1
            priority, when = WORKERS_FIRST, w.servers[who].asked
        else:
            ck = w.clocks[who - len(w.servers)]
            waits = ck.state == ASKED
            priority, when = ck.priority, ck.asked
        if waits and (best == NONE or priority < rank or (priority == rank and when < asked)):
            best, rank, asked = who, priority, when
    return int(best)


@inner
def draw_absence(crews: Records, i: int) -> None:
    """Draw who of a crew is away for the shift that begins."""
    cr = crews[i]
    cr.there = cr.heads
    if cr.absence > 0.0:
        for head in range(cr.heads):
            if uniform_at(cr.key, cr.shift * HEADS_MOST + head) <= cr.absence:
                cr.there -= 1
    cr.shift += 1
