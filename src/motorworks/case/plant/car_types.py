"""Types of car that a plant model tells apart: vehicles, and options that change their times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motorworks.case.case import Case
from motorworks.case.plant.rows import PlantRows
from motorworks.case.records.line import StationTime
from motorworks.case.records.plant import PartArrival
from motorworks.case.records.products import TakeRate
from motorworks.case.records.supply import BomLine

ANY = "car"
"""Name of the only type of a plant to which no vehicle is allocated."""


@dataclass(frozen=True, order=True)
class CarType:
    """A vehicle with those of its options that matter.

    ``shares`` are the shares of options that are not told apart, where cars are not known one by
    one: their times count by share.
    """

    vehicle: str
    options: tuple[str, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        """Name it as ``vehicle+option+option``."""
        return "+".join((self.vehicle, *self.options))

    def weight(self, option: str | None) -> float:
        """How much of an option's time or parts it needs: all, none, or by its share."""
        if option is None or option in self.options:
            return 1.0
        return dict(self.shares).get(option, 0.0)


class Demands:
    """Seconds at stations, and pieces of parts, by type of car."""

    def __init__(self, case: Case, rows: PlantRows) -> None:
        self._cycle = {row.station: row.cycle_s for row in rows.stations}
        self._times: dict[tuple[str, str], list[StationTime]] = {}
        for time in case.rows(StationTime):
            if time.station in self._cycle:
                self._times.setdefault((time.station, time.vehicle), []).append(time)
        parts = {row.part for row in case.rows(PartArrival) if row.station in self._cycle}
        self._bom = [row for row in case.rows(BomLine) if row.part in parts]

    @property
    def options(self) -> set[tuple[str, str]]:
        """Vehicles and options of which times or parts depend."""
        timed = {(r.vehicle, r.option) for own in self._times.values() for r in own if r.option}
        return timed | {(row.vehicle, row.option) for row in self._bom if row.option}

    def seconds(self, station: str, car: CarType) -> float:
        """Work on a car at a station: the time of its vehicle, else the cycle, and its options."""
        own = self._times.get((station, car.vehicle), [])
        base = next((row.time_s for row in own if row.option is None), self._cycle[station])
        return base + sum(row.time_s * car.weight(row.option) for row in own if row.option)

    def pieces(self, part: str, car: CarType) -> float:
        """Pieces of a part in a car."""
        own = (row for row in self._bom if row.part == part and row.vehicle == car.vehicle)
        return sum(row.quantity * car.weight(row.option) for row in own)


def types_by_share(case: Case, vehicles: Iterable[str], demands: Demands) -> list[CarType]:
    """One type for each vehicle, its options by their shares in ``take_rates``."""
    rates = {(r.vehicle, r.option): r.share_pct for r in case.rows(TakeRate) if r.market is None}
    return [
        CarType(vehicle, (), tuple(
            (option, rates[vehicle, option] / 100.0)
            for owner, option in sorted(demands.options)
            if owner == vehicle and (vehicle, option) in rates
        ))
        for vehicle in vehicles
    ] or [CarType(ANY)]  # fmt: skip


def type_of(vehicle: str, options: Sequence[str], demands: Demands) -> CarType:
    """The type of a car with these options."""
    told = {option for owner, option in demands.options if owner == vehicle}
    return CarType(vehicle, tuple(sorted(told & set(options))))
