"""The elements of a plant and the ways between them, by name, as its tables say.

This is the common ground of the checks (:mod:`motorworks.case.check.plant`) and of the model
(:mod:`motorworks.case.plant_of_case`). It never fails: what contradicts itself in the tables is
passed over here, and told by the checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from motorworks.case.case import Case
from motorworks.case.depth import FEEDERS
from motorworks.case.plant.rows import PlantRows
from motorworks.case.plant.stores import Way, with_stores
from motorworks.case.records.line import Buffer, Level

OUT = "out"
"""Name of the place where cars leave the plant."""

CARS = "cars"
"""Name of the source of cars where ``arrivals`` has no row for them."""

Kind = Literal["arrival", "station", "segment", "shop", "buffer", "exit"]
Line = tuple[str, str]
_LAST = 10**9
_ASIDE = FEEDERS | {"rework"}


@dataclass(frozen=True)
class Node:
    """An element: what it is, and the shop it stands in."""

    name: str
    kind: Kind
    shop: str


@dataclass(frozen=True)
class Layout:
    """Elements of a plant by name, and the ways between them.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> from motorworks.case.records.line import Station
    >>> from motorworks.case.records.sites import Shop
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> case = Case.of(info, [
    ...     Shop(shop="line", plant="site", kind="line"),
    ...     Station(station="one", shop="line", position=1, cycle_s=60),
    ...     Station(station="two", shop="line", position=2, cycle_s=50),
    ...     Buffer(buffer="store", from_station="one", to_station="two", capacity=3)])
    >>> [f"{way.origin}-{way.target}" for way in Layout.of(case, "site", "station").ways]
    ['cars-one', 'one-store', 'store-two', 'two-out']
    """

    rows: PlantRows

    @classmethod
    def of(cls, case: Case, plant: str, level: Level) -> "Layout":
        """Lay out a plant of a case."""
        return cls(PlantRows.of(case, plant, level))

    @property
    def routed(self) -> set[str]:
        """Shops on the way of cars."""
        return {shop for route in self.routes for shop in route}

    @cached_property
    def home(self) -> dict[str, str]:
        """Element in which each station's work is done: itself, or the segment it is a place of."""
        known = {row.segment for row in self.rows.segments}
        return {
            row.station: row.segment if row.segment in known and row.segment else row.station
            for row in self.rows.stations
        }

    @cached_property
    def lines(self) -> dict[Line, tuple[tuple[str, ...], ...]]:
        """Elements of each line by position; a line is a shop and the name of its branch or ''.

        A shop on a car's way that has none is one element itself.
        """
        places: dict[Line, dict[str, int]] = {}
        for row in self.rows.segments:
            own = [s for s in self.rows.stations if s.segment == row.segment]
            position = min([row.position] if row.position else [s.position for s in own] or [_LAST])
            branch = row.branch or next((s.branch for s in own if s.branch), "")
            places.setdefault((row.shop, branch), {})[row.segment] = position
        for station in self.rows.stations:
            if self.home[station.station] == station.station:
                line = (station.shop, station.branch or "")
                places.setdefault(line, {})[station.station] = station.position
        found = {line: _by_position(position) for line, position in places.items()}
        for shop in self._shops_named:
            found.setdefault((shop, ""), ((shop,),))
        return found

    @cached_property
    def _shops_named(self) -> list[str]:
        """Shops that cars, pieces or flows pass, in the order of their table."""
        fed = {row.shop for row in self.rows.arrivals if not row.branch and not row.buffer}
        joined = {row.buffer for row in self.rows.joins}
        feed = {r.from_shop for r in self.rows.buffers if r.buffer in joined and r.from_shop}
        ends = {end for row in self.rows.flows for end in (row.origin, row.target) if end}
        passed = fed | feed | ends | {shop for route in self.routes for shop in route}
        return [row.shop for row in self.rows.shops if row.shop in passed]

    @cached_property
    def routes(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Each way through shops and the vehicles that take it; nobody named: all do."""
        own = {row.vehicle for row in self.rows.routings if row.vehicle} & set(self.rows.vehicles)
        if not own:
            return {self._steps(None): frozenset()}
        found: dict[tuple[str, ...], set[str]] = {}
        for vehicle in self.rows.vehicles:
            found.setdefault(self._steps(vehicle), set()).add(vehicle)
        return {route: frozenset(vehicles) for route, vehicles in found.items()}

    def _steps(self, vehicle: str | None) -> tuple[str, ...]:
        """Shops of a vehicle: the steps of all and, in their place, those of its own."""
        known = {row.shop for row in self.rows.shops}
        rows = sorted(self.rows.routings, key=lambda row: row.vehicle is not None)
        steps = {r.step: r.shop for r in rows if r.vehicle in (None, vehicle) and r.shop in known}
        return tuple(steps[step] for step in sorted(steps)) or self._usual

    @property
    def _usual(self) -> tuple[str, ...]:
        """Shops that build cars, in the order of their table."""
        return tuple(row.shop for row in self.rows.shops if row.kind not in _ASIDE)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Elements by name, each after those that lead to it."""
        found = {OUT: Node(OUT, "exit", "")}
        segments = {row.segment for row in self.rows.segments}
        for (shop, _), groups in self.lines.items():
            for name in (name for group in groups for name in group):
                kind: Kind = "segment" if name in segments else "station"
                found[name] = Node(name, kind if name in self._inner else "shop", shop)
        for buffer in self.rows.buffers:
            found[buffer.buffer] = Node(buffer.buffer, "buffer", self._shop_of(buffer))
        for arrival in self.rows.arrivals:
            found[arrival.arrival] = Node(arrival.arrival, "arrival", arrival.shop)
        for name, shop in self._implied:
            found[name] = Node(name, "arrival", shop)
        used = {end for way in self.ways for end in (way.origin, way.target)}
        return {name: found[name] for name in self._ordered(found) if name in used}

    @cached_property
    def _inner(self) -> set[str]:
        return set(self.home) | {row.segment for row in self.rows.segments}

    def _shop_of(self, buffer: Buffer) -> str:
        """Shop in which a store is counted: the one that it stands before."""
        shops = {row.station: row.shop for row in self.rows.stations}
        named = (shops.get(buffer.to_station or ""), buffer.to_shop,
                 shops.get(buffer.from_station or ""), buffer.from_shop)  # fmt: skip
        return next((shop for shop in named if shop), "")

    def _ordered(self, known: Iterable[str]) -> list[str]:
        """Names in the order of the flow: backwards from the end of each walk."""
        after: dict[str, list[str]] = {}
        for way in self.ways:
            if way.kind == "pass":
                after.setdefault(way.origin, []).append(way.target)
        for row in self.rows.joins:
            after.setdefault(row.buffer, []).append(self.home[row.station])
        done: dict[str, None] = {}
        arrivals = [a.arrival for a in self.rows.arrivals] + [name for name, _ in self._implied]
        for start in [*reversed([*arrivals, *(n for n in known if n not in (OUT, *arrivals))])]:
            _walk(start, after, done)
        return [*(name for name in reversed(done) if name != OUT), OUT]

    @cached_property
    def reaching_out(self) -> set[str]:
        """Elements from which cars get out of the plant."""
        before: dict[str, list[str]] = {}
        for way in self.ways:
            before.setdefault(way.target, []).append(way.origin)
        found, todo = {OUT}, [OUT]
        while todo:
            fresh = [name for name in before.get(todo.pop(), []) if name not in found]
            found.update(fresh)
            todo += fresh
        return found

    @cached_property
    def car_sources(self) -> set[str]:
        """Sources of cars; others send pieces, which never leave the plant by themselves."""
        sources = {row.arrival for row in self.rows.arrivals} | {n for n, _ in self._implied}
        return sources & self.reaching_out

    def entry(self, shop: str, branch: str = "") -> tuple[str, ...]:
        """First elements of a line."""
        return self.lines.get((shop, branch), ((),))[0]

    def end(self, shop: str, branch: str = "") -> tuple[str, ...]:
        """Last elements of a line."""
        return self.lines.get((shop, branch), ((),))[-1]

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Ways from element to element, with the stores on them."""
        feeding = {row.buffer for row in self.rows.joins}
        stores = [
            (row.buffer, self.fills(row), self.empties(row)) for row in self.rows.buffers
            if row.buffer not in feeding and (row.capacity != 0 or row.transfer_s)
        ]  # fmt: skip
        return with_stores([*self._arriving, *self._plain], stores)

    def fills(self, buffer: Buffer) -> frozenset[str] | None:
        """Elements that fill a store; None: whatever leads to those that empty it."""
        if buffer.from_station:
            return frozenset({self.home.get(buffer.from_station, "")})
        return frozenset(self.end(buffer.from_shop)) if buffer.from_shop else None

    def empties(self, buffer: Buffer) -> frozenset[str] | None:
        """Elements that empty a store; None: wherever those lead that fill it."""
        if buffer.to_station:
            return frozenset({self.home.get(buffer.to_station, "")})
        return frozenset(self.entry(buffer.to_shop)) if buffer.to_shop else None

    @cached_property
    def _plain(self) -> list[Way]:
        """Ways between places of work, without stores, sources and what ``flows`` replaces."""
        said = list(self._said)
        replaced = {way.origin for way in said if way.kind == "pass"}
        usual = [*self._along, *self._across]
        feeding = list(self._feeding(replaced))
        replaced |= {way.origin for way in feeding}
        return [*(way for way in usual if way.origin not in replaced), *feeding, *said]

    @property
    def _along(self) -> Iterator[Way]:
        for groups in self.lines.values():
            for here, there in pairwise(groups):
                yield from (Way(left, right) for left in here for right in there)

    @property
    def _across(self) -> Iterator[Way]:
        found: dict[tuple[str, str], frozenset[str]] = {}
        for route, vehicles in self.routes.items():
            ends: list[tuple[str, ...]] = [self.entry(shop) for shop in route[1:]]
            for shop, targets in zip(route, [*ends, (OUT,)], strict=True):
                for pair in ((a, b) for a in self.end(shop) for b in targets):
                    found[pair] = found.get(pair, frozenset()) | vehicles
        everyone = frozenset(self.rows.vehicles)
        for (origin, target), vehicles in found.items():
            yield Way(origin, target, frozenset() if vehicles == everyone else vehicles)

    def _feeding(self, said: set[str]) -> Iterator[Way]:
        """From the ends of sub-lines to stores of pieces, where ``flows`` says nothing else."""
        joined = dict.fromkeys(row.buffer for row in self.rows.joins)
        for row in self.rows.buffers:
            if row.buffer in joined:
                names = self.fills(row) or frozenset()
                yield from (Way(name, row.buffer) for name in sorted(names - said) if name)

    @property
    def _said(self) -> Iterator[Way]:
        """Rows of ``flows`` that start at this level of detail."""
        known = {name for groups in self.lines.values() for group in groups for name in group}
        known |= {row.buffer for row in self.rows.joins} | {OUT}
        for row in self.rows.flows:
            origin = self.home.get(row.origin, row.origin)
            target = OUT if row.target is None else self.home.get(row.target, row.target)
            if origin in known and target in known:
                vehicles = frozenset({row.vehicle} if row.vehicle else ())
                yield Way(origin, target, vehicles, row.share_pct, row.kind)

    @property
    def _arriving(self) -> Iterator[Way]:
        """From sources to where they lead."""
        for row in self.rows.arrivals:
            if row.buffer:
                yield Way(row.arrival, row.buffer)
                continue
            targets = [self.home[row.station]] if row.station else self.entry(
                row.shop, row.branch or ""
            )  # fmt: skip
            yield from (Way(row.arrival, target) for target in targets)
        for name, _ in self._implied:
            if name != CARS:
                yield Way(name, name.removeprefix("for "))
        if CARS in dict(self._implied):
            firsts: dict[str, frozenset[str]] = {}
            for route, vehicles in self.routes.items():
                for target in self.entry(route[0]) if route else ():
                    firsts[target] = firsts.get(target, frozenset()) | vehicles
            everyone = frozenset(self.rows.vehicles)
            for target, vehicles in firsts.items():
                yield Way(CARS, target, frozenset() if vehicles == everyone else vehicles)

    @cached_property
    def _implied(self) -> list[tuple[str, str]]:
        """Sources that no row names, with their shop: of cars, and of pieces for sub-lines."""
        named = {(row.shop, row.branch or "") for row in self.rows.arrivals if not row.buffer}
        firsts = [(route[0], "") for route in self.routes if route]
        found = [(CARS, shop) for shop, _ in firsts[:1]] if named.isdisjoint(firsts) else []
        filled = {row.buffer for row in self.rows.arrivals}
        reached = {way.target for way in self._plain}
        ends = {way.origin: way.target for way in self._plain}
        joined = {row.buffer for row in self.rows.joins}
        for line, groups in self.lines.items():
            feeds = {ends.get(name) for name in groups[-1]} & joined
            if feeds and line not in named.union(firsts):
                found += [(f"for {name}", line[0]) for name in groups[0] if name not in reached]
        # pieces that no sub-line makes and no row of arrivals sends are always at hand
        made = {way.target for way in self._plain}
        bare = [row for row in self.rows.buffers if row.buffer in joined - filled - made]
        return found + [(f"for {row.buffer}", self._shop_of(row)) for row in bare]


def _by_position(position: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for name, place in position.items():
        groups.setdefault(place, []).append(name)
    return tuple(tuple(groups[place]) for place in sorted(groups))


def _walk(start: str, after: dict[str, list[str]], done: dict[str, None]) -> None:
    """Add what a place leads to, then the place itself; without recursion, lines are long."""
    seen = set(done)
    stack: list[tuple[str, Iterator[str]]] = []
    if start not in seen:
        seen.add(start)
        stack.append((start, iter(reversed(after.get(start, [])))))
    while stack:
        name, rest = stack[-1]
        following = next((target for target in rest if target not in seen), None)
        if following is None:
            done[name] = None
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(reversed(after.get(following, [])))))
