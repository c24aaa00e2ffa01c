"""From a plant to the arrays that the kernel works on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel
from motorworks.engines.des.timers import new_timers
from motorworks.simulate.encoding.elements import TimerList, element_tables, servers_of
from motorworks.simulate.encoding.laws import Laws
from motorworks.simulate.encoding.material import material_tables
from motorworks.simulate.encoding.people import calendar_tables, clock_tables
from motorworks.simulate.encoding.ways import way_tables
from motorworks.simulate.kernel import world as k
from motorworks.simulate.kernel.agenda import OF_SAMPLES
from motorworks.simulate.kernel.world import World
from motorworks.simulate.recursion import Line, line_of
from motorworks.simulate.refuse import refuse
from motorworks.simulate.slots import Slotted, slotted_of
from motorworks.simulate.tally import HALTS, STATES

_CARS = 256
_ROWS = 1024


@dataclass(frozen=True)
class Encoded:
    """A plant ready to be run: the model, and a world that stands before its first minute.

    The world is a pattern: each replication works on a copy, with keys of its own.
    """

    model: PlantModel
    world: World
    clock_failure: NDArray[np.int64]
    """(clocks,) failure of the model that each clock of the world is of."""
    sample_timer: int
    line: Line | str
    """The plant for the engine of recursion, or why it is none for it, in words."""
    slotted: Slotted | str
    """The plant for the engine of slots, or why it is none for it."""
    in_slots: bool
    """Whether a law of the plant has a meaning in slots alone."""


def encode(model: PlantModel) -> Encoded:
    """Write a plant as arrays.

    Raises
    ------
    CaseError
        If it cannot be simulated; all that is wrong with it is named.
    """
    refuse(model)
    laws = Laws()
    timers = TimerList(sum(servers_of(element) for element in model.elements))
    tables = element_tables(model, laws, timers)
    tables |= clock_tables(model, laws, timers, tables)
    tables |= calendar_tables(model, timers)
    tables |= material_tables(model, timers, tables["elements"])
    tables["ways"], tables["flows"] = way_tables(model)
    tables["laws"], tables["values"] = laws.tables()
    sample_timer = timers.add(OF_SAMPLES, 0)
    clock_failure = tables.pop("clock_failure")
    loops = int(tables["elements"]["loop"].max(initial=-1)) + 1
    elements, servers = len(model.elements), len(tables["servers"])
    world = World(
        clock=np.zeros(1, dtype=k.CLOCK),
        timers=new_timers(len(timers.kinds)),
        timer_kind=np.array(timers.kinds, dtype=np.int32),
        timer_of=np.array(timers.owners, dtype=np.int32),
        agenda=np.zeros(4096 + 16 * (elements + servers), dtype=np.int64),
        state_min=np.zeros((servers, len(STATES) + len(HALTS))),
        cars=np.zeros(_CARS, dtype=k.CAR),
        been=np.zeros((_CARS, loops), dtype=np.int32),
        bad=np.zeros((_CARS, loops), dtype=np.int32),
        gone=np.zeros(_ROWS, dtype=k.GONE),
        visits=np.zeros(_ROWS, dtype=k.VISIT),
        log=np.zeros(_ROWS, dtype=np.int64),
        levels=np.zeros((_ROWS, elements), dtype=np.int32),
        **tables,
    )
    return Encoded(
        model,
        world,
        clock_failure,
        sample_timer,
        line_of(model),
        slotted_of(model),
        any(law.kind == "bernoulli" for law in laws.rows),
    )
