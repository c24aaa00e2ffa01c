"""Deadlock: cars that wait for one another in a circle, through places, carriers or pieces.

What waits may go on once something moves that it waits for. So from all that stands still is struck
off, again and again, what waits for something that moves; what is left can never move. Where it
waits in a circle, that is named; what waits for cars or parts of which no more will come is not in
deadlock.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from motorworks.case.plant_model import Join, PlantModel
from motorworks.simulate.encoding.ways import inflows
from motorworks.simulate.kernel.world import (
    BUFFER,
    DONE,
    EXIT,
    HAS_JOINS,
    HAS_PLACE,
    NONE,
    SEGMENT,
    SOURCE,
    STATION,
    WAIT,
    World,
)

Kind = Literal["goes on", "takes one", "gets one", "carriers"]
Node = tuple[Kind, int]
"""Something that may come about: a car in an element goes on, the element takes one more, it gets
one more; or carriers come free."""
Needs = list[list[Node]]
"""Ways in which it may come about, any of them, and what each needs, all of it."""

MOVES: Needs = [[]]
NEVER: Needs = []


def find_cycle(model: PlantModel, world: World) -> str | None:
    """Name a circle of elements that wait for each other for ever; None if there is none."""
    waits = _Waits(model, world)
    held: list[Node] = [("goes on", e) for e in waits.holding()]
    needs = _needs(held, waits)
    stuck = _stuck(needs)
    for node in held:
        circle = _circle(node, needs, stuck) if node in stuck else []
        if circle:
            names = " waits for ".join(_names(model, circle))
            return f"plant {model.name} is in deadlock at minute {waits.now:g}: {names}"
    return None


def _needs(held: Sequence[Node], waits: "_Waits") -> dict[Node, Needs]:
    """What all that is held needs to go on, and what that needs, and so on."""
    found: dict[Node, Needs] = {}
    todo = list(held)
    while todo:
        node = todo.pop()
        if node not in found:
            found[node] = waits.needs(node)
            todo += [one for way in found[node] for one in way]
    return found


def _stuck(needs: dict[Node, Needs]) -> set[Node]:
    """All that can never come about."""
    behind: dict[Node, list[Node]] = {}
    for node, ways in needs.items():
        for one in {one for way in ways for one in way}:
            behind.setdefault(one, []).append(node)
    stuck, todo = set(needs), list(needs)
    while todo:
        node = todo.pop()
        if node in stuck and any(stuck.isdisjoint(way) for way in needs[node]):
            stuck.remove(node)
            todo += behind.get(node, [])
    return stuck


def _circle(begin: Node, needs: dict[Node, Needs], stuck: set[Node]) -> list[Node]:
    """Shortest way from something stuck over what it waits for back to itself; empty if none."""
    came: dict[Node, Node] = {}
    todo = deque([begin])
    while todo:
        node = todo.popleft()
        for one in (one for way in needs[node] for one in way if one in stuck):
            if one == begin:
                circle = [begin, node]
                while circle[-1] != begin:
                    circle.append(came[circle[-1]])
                return circle[::-1]
            if one not in came:
                came[one] = node
                todo.append(one)
    return []


def _names(model: PlantModel, circle: Sequence[Node]) -> Iterator[str]:
    """The circle in names, each thing once: a place that is taken is that of the car in it."""
    feeders, last = {join.feeder for join in model.joins}, NONE
    for kind, number in circle:
        if kind == "carriers":
            yield f"carriers {model.carriers[number].name}"
            last = NONE
        elif kind != "takes one" and number != last:
            name, last = model.elements[number].name, number
            yield f"pieces in {name}" if kind == "gets one" and number in feeders else name


class _Waits:
    """A plant as it stands: who waits for what."""

    def __init__(self, model: PlantModel, world: World) -> None:
        self._model, self._world = model, world
        self.now = float(world.clock["now"][0])
        self._kinds: list[int] = world.elements["kind"].tolist()
        self._contents: list[int] = world.elements["content"].tolist()
        self._ups = inflows(model)

    def holding(self) -> list[int]:
        """Elements with cars in them."""
        return [
            e for e, kind in enumerate(self._kinds)
            if self._contents[e] and kind in (STATION, BUFFER, SEGMENT)
        ]  # fmt: skip

    def needs(self, node: Node) -> Needs:
        """What something needs to come about."""
        kind, number = node
        if kind == "goes on":
            return self._goes_on(number)
        if kind == "takes one":
            return MOVES if self._has_place(number) else [[("goes on", number)]]
        if kind == "gets one":
            return self._gets_one(number)
        return self._carriers(number)

    def _goes_on(self, e: int) -> Needs:
        kind = self._kinds[e]
        if kind == SOURCE:
            return self._of_source(self._world.sources[self._world.elements[e]["sub"]])
        if kind == BUFFER:
            return self._of_buffer(e)
        if kind == SEGMENT:
            return self._of_segment(e) if self._contents[e] else NEVER
        return [way for server in self._servers(e) for way in self._of_server(e, server)]

    def _has_place(self, e: int) -> bool:
        """Whether an element takes a car, or keeps a place for one that is at work."""
        el, kind = self._world.elements[e], self._kinds[e]
        if kind == EXIT or el["reserved"]:
            return True
        if kind == STATION:
            return bool(self._world.stations["free"][el["sub"]] > 0)
        if kind == BUFFER:
            return bool(self._contents[e] < self._world.buffers["capacity"][el["sub"]])
        return bool(self._world.servers["phase"][el["first_server"]] != DONE)

    def _gets_one(self, e: int) -> Needs:
        ways: Needs = []
        for up in self._ups[e]:
            if self._contents[up] or self._kinds[up] == SOURCE:
                ways.append([("takes one", e), ("goes on", up)])
            if self._kinds[up] == STATION or not self._contents[up]:
                ways.append([("takes one", e), ("gets one", up)])
        return ways

    def _carriers(self, number: int) -> Needs:
        row = self._world.carriers[number]
        if row["free"] or row["back"]:
            return MOVES
        riders = (self._world.cars["carries"] >> number) & 1
        return [
            [("goes on", e)] for e in self.holding()
            if any(riders[car] for car in self._cars(e))
        ]  # fmt: skip

    def _servers(self, e: int) -> list[Any]:
        el = self._world.elements[e]
        rows = range(el["first_server"], el["first_server"] + el["servers"])
        return [one for s in rows if (one := self._world.servers[s])["car"] != NONE]

    def _of_server(self, e: int, server: Any) -> Needs:
        """A server with a car waits to hand it on, to keep a place for it, or for its pieces."""
        car, waits = int(server["car"]), server["phase"] == WAIT
        if server["phase"] == DONE or (waits and server["lacks"] == HAS_PLACE):
            return self._onward(car)
        if waits and server["lacks"] == HAS_JOINS:
            return [[("gets one", join.feeder) for join in self._missing(e, car)]]
        return MOVES

    def _missing(self, e: int, car: int) -> list[Join]:
        """Joins of a station whose feeders do not hold the pieces of a car."""
        cars, found = self._world.cars, []
        for join in self._model.joins:
            if join.element == e:
                key = {"type": "type", "car": "number"}.get(join.match)
                own = self._cars(join.feeder)
                fits = [one for one in own if key is None or cars[key][one] == cars[key][car]]
                if len(fits) < join.quantity[int(cars["type"][car])]:
                    found.append(join)
        return found

    def _of_source(self, source: Any) -> Needs:
        if source["ready"]:
            return self._onward(int(source["car"]))
        over = source["by_plan"] and source["made"] == len(self._world.planned)
        return NEVER if over and source["car"] == NONE else MOVES

    def _of_buffer(self, e: int) -> Needs:
        """Cars that may leave wait for places, pieces for the stations that take them."""
        buffer, cars = self._world.buffers[self._world.elements[e]["sub"]], self._world.cars
        own = self._cars(e) if buffer["watch"] else self._heads(e)
        if any(cars["ready"][car] > self.now for car in own):
            return MOVES
        ways = [way for car in own for way in self._onward(car)]
        for join in self._model.joins:
            if join.feeder == e:
                ways += [[("goes on", join.element)], [("gets one", join.element)]]
        return ways

    def _of_segment(self, e: int) -> Needs:
        el = self._world.elements[e]
        if self._world.servers["phase"][el["first_server"]] != DONE:
            return MOVES
        segment = self._world.segments[el["sub"]]
        at = segment["first"] + (segment["turn"] + segment["slots"] - 1) % segment["slots"]
        car = int(self._world.slots[at])
        return MOVES if car == NONE else self._onward(car)

    def _onward(self, car: int) -> Needs:
        """Elements that will do for a car, each with the carriers that it needs there."""
        world, one = self._world, self._world.cars[car]
        targets = [int(one["target"])]
        if targets[0] == NONE:
            way = world.ways[one["route"]]
            targets = world.flows["target"][way["first"] : way["last"]].tolist()
        return [
            [("takes one", target), *(
                ("carriers", i) for i, loop in enumerate(self._model.carriers)
                if loop.first == target and world.rides[i, one["type"]]
                and not (int(one["carries"]) >> i) & 1
            )]
            for target in targets
        ]  # fmt: skip

    def _heads(self, e: int) -> list[int]:
        buffer = self._world.buffers[self._world.elements[e]["sub"]]
        heads = self._world.lanes["head"][buffer["first"] : buffer["first"] + buffer["lanes"]]
        return [car for car in heads.tolist() if car != NONE]

    def _cars(self, e: int) -> list[int]:
        """All cars in an element."""
        if self._kinds[e] == BUFFER:
            found = []
            for head in self._heads(e):
                while head != NONE:
                    found.append(head)
                    head = int(self._world.cars["next"][head])
            return found
        if self._kinds[e] == SEGMENT:
            segment = self._world.segments[self._world.elements[e]["sub"]]
            slots = self._world.slots[segment["first"] : segment["first"] + segment["slots"]]
            return [car for car in slots.tolist() if car != NONE]
        return [int(server["car"]) for server in self._servers(e)]
