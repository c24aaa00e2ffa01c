"""Small plants drawn at random, with any of the features that a plant may have."""

from collections.abc import Collection
from dataclasses import replace
from random import Random

import numpy as np

from motorworks.case.plant_model import (
    Buffer,
    Calendar,
    Carriers,
    Cars,
    Crew,
    Element,
    Exit,
    Failure,
    Flow,
    Join,
    Law,
    Maintenance,
    Parts,
    Place,
    PlantModel,
    Ramp,
    Segment,
    Source,
    Station,
)

SPAN = 600.0
"""Minutes that a drawn plant is meant to be simulated for."""

FEATURES = (
    "laws", "parallel", "before", "segments", "lanes", "random_access", "pull_off", "transfer",
    "initial", "rework", "scrap", "split", "setup", "failures", "crews", "breaks", "overtime",
    "maintenance", "pool", "parts", "pieces", "carriers", "ramp", "listed", "arrivals",
)  # fmt: skip
TYPES = ("suv", "van")
COUNT = 60
"""Cars of a list."""


class Draft:
    """A plant in the making."""

    def __init__(self, seed: int, features: Collection[str]) -> None:
        self.rng = Random(seed)
        self.has = set(features)
        # a station that blocks before its service can keep neither a carrier nor a slot
        if {"carriers", "segments"} & self.has:
            self.has.discard("before")
        self.elements: list[Element] = []
        self.flows: list[Flow] = []
        self.stations: list[int] = []

    def lucky(self, feature: str, chance: float = 0.6) -> bool:
        """Whether a feature that the plant has shows up here."""
        return feature in self.has and self.rng.random() < chance

    def add(self, element: Element, *origins: int) -> int:
        """Put in an element behind others."""
        self.elements.append(element)
        self.flows += [Flow(origin, len(self.elements) - 1) for origin in origins]
        return len(self.elements) - 1

    def times(self) -> tuple[float, ...]:
        """Minutes by type."""
        return tuple(self.rng.choice((1.0, 1.5, 2.0, 2.7, 4.0)) for _ in TYPES)

    def law(self) -> Law:
        """A law of mean 1."""
        if not self.lucky("laws"):
            return Law()
        return self.rng.choice((
            Law("exponential"), Law("erlang", 1.0, 3), Law("gamma", 1.0, 0.7),
            Law("weibull", 1.0, 1.5), Law("lognormal", 1.0, 0.5), Law("uniform", 1.0, 0.4),
            Law("triangular", 1.0, 0.5), Law("empirical", 1.0, None, (1.0, 1.0, 4.0)),
        ))  # fmt: skip

    def station(self, name: str, shop: str, *origins: int) -> int:
        """Put in a station."""
        one = Station(
            name, shop, self.times(), self.law(),
            servers=self.rng.randint(1, 3) if self.lucky("parallel") else 1,
            blocking="before" if self.lucky("before") else "after",
            setup_min=self.rng.choice((0.5, 2.0)) if self.lucky("setup") else 0.0,
            setup_on=self.rng.choice(("colour", "type")),
            calendar=0 if {"breaks", "overtime"} & self.has and self.rng.random() < 0.7 else None,
            scrap=(0.05, 0.1) if self.lucky("scrap") else (),
        )  # fmt: skip
        self.stations.append(self.add(one, *origins))
        return self.stations[-1]

    def store(self, name: str, shop: str, origin: int) -> int:
        """Put in a buffer of any layout."""
        layouts = [kind for kind in ("lanes", "random_access", "pull_off") if self.lucky(kind)]
        layout = self.rng.choice(layouts) if layouts else "fifo"
        lanes = self.rng.randint(2, 3) if layout in ("lanes", "pull_off") else 1
        capacity = lanes * self.rng.randint(1, 3)
        return self.add(Buffer(
            name, shop, capacity,
            transfer_min=self.rng.choice((0.5, 3.0)) if self.lucky("transfer") else 0.0,
            layout=layout, lanes=lanes, initial=1 if self.lucky("initial") else 0,
        ), origin)  # fmt: skip

    def segment(self, name: str, shop: str, origin: int) -> int:
        """Put in a paced segment."""
        slots = self.rng.randint(1, 4)
        places = tuple(
            Place(f"{name} {n}", self.times(), self.law(), self.rng.choice((0.0, 1.0)))
            for n in range(self.rng.randint(0, slots))
        )
        overload = self.rng.choice(("stop", "utility"))
        calendar = 0 if {"breaks", "overtime"} & self.has else None
        takt = self.rng.choice((1.0, 2.0))
        return self.add(Segment(name, shop, takt, slots, places, overload, calendar), origin)

    def stage(self, number: int, origin: int) -> int:
        """Put in a stage of the line: perhaps a store, then what works."""
        shop = "body" if number < 2 else "final"
        here = origin
        if number and self.rng.random() < 0.7:
            here = self.store(f"store {number}", shop, origin)
        if self.lucky("segments"):
            return self.segment(f"segment {number}", shop, here)
        if self.lucky("split"):
            return self.split(number, shop, here)
        place = self.station(f"station {number}", shop, here)
        if self.lucky("rework"):
            self.elements[place] = replace(
                self.elements[place], first_pass=(0.8, 0.9), loops_max=self.rng.randint(1, 3)
            )  # type: ignore[arg-type]
            if self.rng.random() < 0.7:
                store = self.add(Buffer(f"bad {number}", shop))
                self.flows.append(Flow(place, store, kind="rework"))
                back = self.station(f"repair {number}", shop, store)
                self.flows.append(Flow(back, here if here != origin else place))
        return place

    def split(self, number: int, shop: str, here: int) -> int:
        """Put in two stations side by side, by share, by type or by what is free, and a store."""
        ways = self.rng.choice(("share", "type", "free"))
        two = [self.station(f"station {number}{side}", shop) for side in "ab"]
        for side, place in enumerate(two):
            share = (0.3, 0.7)[side] if ways == "share" else None
            types = (side,) if ways == "type" else ()
            self.flows.append(Flow(here, place, share, types))
        return self.add(Buffer(f"merge {number}", shop, 2), *two)


def drawn_plant(seed: int, features: Collection[str]) -> PlantModel:
    """Draw a plant; the same seed and features draw the same.

    Parameters
    ----------
    seed
        Of what is drawn.
    features
        Some of :data:`FEATURES`.
    """
    draft = Draft(seed, features)
    rng = draft.rng
    kind = "cars" if "listed" in draft.has else "law" if "arrivals" in draft.has else "saturated"
    here = draft.add(Source("source", "", kind, every=Law("exponential", 3.0), mix=(0.6, 0.4)))
    ends = [here]
    for number in range(rng.randint(2, 4)):
        here = draft.stage(number, here)
        ends.append(here)
    draft.add(Exit("exit"), here)
    cars = None
    if kind == "cars":
        cars = Cars(
            np.array([rng.randrange(2) for _ in range(COUNT)]),
            np.array([rng.randrange(3) for _ in range(COUNT)]),
            np.array([rng.choice((0.0, 2.0 * n)) for n in range(COUNT)]).cumsum() / COUNT,
            np.zeros(COUNT, dtype=np.int64),
        )
    model = PlantModel("drawn", TYPES, (), (), colours=("red", "blue", "white"), cars=cars)
    return _extras(draft, model, ends)


def _extras(draft: Draft, model: PlantModel, ends: list[int]) -> PlantModel:
    """Put in what stops elements, and what they need beside cars."""
    rng, has = draft.rng, draft.has
    crews: list[Crew] = []
    joins: list[Join] = []
    if "pool" in has:
        crews.append(Crew("pool", rng.randint(1, 3), absence=0.0))
        for place in draft.stations:
            if rng.random() < 0.6:
                draft.elements[place] = replace(draft.elements[place], pool=0, operators=1)  # type: ignore[arg-type]
    if "pieces" in has and draft.stations:
        source = draft.add(Source("pieces", "", every=Law(), mix=(0.5, 0.5), pieces=True))
        made = draft.station("piece", "pieces", source)
        draft.elements[made] = replace(draft.elements[made], scrap=())  # type: ignore[arg-type]
        rack = draft.add(Buffer("rack", "pieces", rng.choice((2, 5))), made)
        joins.append(Join(draft.stations[0], rack, (1, rng.randint(0, 2)), "any"))
    if "crews" in has:
        crews.append(Crew("repairers", rng.randint(1, 2)))
    working = [
        n for n, one in enumerate(draft.elements) if isinstance(one, Station | Segment)
    ]  # fmt: skip
    crew = len(crews) - 1 if "crews" in has else None
    failures = tuple(
        _failure(draft, number, rng.choice(working), crew)
        for number in range(rng.randint(1, 3) if "failures" in has else 0)
    )
    oil = Maintenance("oil", rng.choice(working), np.array([[30.0, 40.0], [200.0, 230.0]]))
    need = Parts(
        "bolts", rng.choice(working), (1.0, 2.0), 5.0,
        np.array([[20.0, 30.0], [100.0, 40.0], [300.0, 90.0]]),
    )  # fmt: skip
    ramp = Ramp(1, np.array([1.3]), np.array([2.0]), np.array([1.5]))
    opened = np.array([[0.0, 120.0], [130.0, 300.0], [330.0, 420.0], [480.0, SPAN]])
    overtime = np.array([0.0, 0.0, 40.0, 0.0]) if "overtime" in has else np.zeros(0)
    counts = np.array([0, 0, 400, 0]) if "overtime" in has else np.zeros(0, dtype=np.int64)
    return replace(
        model,
        elements=tuple(draft.elements),
        flows=tuple(draft.flows),
        crews=tuple(crews),
        joins=tuple(joins),
        failures=failures,
        maintenance=(oil,) if "maintenance" in has else (),
        parts=(need,) if "parts" in has else (),
        ramps=(ramp,) if "ramp" in has else (),
        carriers=(Carriers("skids", *_ridden(draft, ends), rng.randint(2, 5), 1.0),)
        if "carriers" in has
        else (),
        calendars=(Calendar("shifts", opened, overtime, counts),)
        if {"breaks", "overtime"} & has
        else (),
    )


def _failure(draft: Draft, number: int, place: int, crew: int | None) -> Failure:
    """A failure; a segment always goes on where it stopped."""
    rng = draft.rng
    resume = rng.choice(("resume", "repeat"))
    return Failure(
        f"failure {number}",
        place,
        Law("exponential", rng.choice((20.0, 60.0))),
        Law("exponential", rng.choice((2.0, 6.0))),
        rng.choice(("time", "operation")),
        "resume" if isinstance(draft.elements[place], Segment) else resume,
        crew,
        priority=rng.randint(1, 2),
    )


def _ridden(draft: Draft, ends: list[int]) -> tuple[int, int]:
    """First and last element of a stretch that carriers run along."""
    return ends[1], ends[draft.rng.randint(1, len(ends) - 1)]
