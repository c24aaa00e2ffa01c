"""Flows as tables: the ways out of each element by kind and type, and who is upstream."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Flow, PlantModel
from motorworks.simulate.kernel.world import FLOW, WAY, Records

KINDS = ("pass", "rework")


def flows_out(model: PlantModel, element: int, kind: str, type_: int) -> list[Flow]:
    """Flows of a kind out of an element that count for a type, in their order."""
    return [
        flow
        for flow in model.flows
        if flow.origin == element and flow.kind == kind and (not flow.types or type_ in flow.types)
    ]


def way_tables(model: PlantModel) -> tuple[Records, Records]:
    """Table of ways, by element, kind and type, and that of the flows they point to."""
    ways: list[tuple[int, int, bool]] = []
    flows: list[tuple[float, int]] = []
    for element in range(len(model.elements)):
        for kind in KINDS:
            for type_ in range(len(model.types)):
                out = flows_out(model, element, kind, type_)
                shared = any(flow.share is not None for flow in out)
                ways.append((len(flows), len(flows) + len(out), shared))
                up_to = np.cumsum([flow.share or 0.0 for flow in out])
                flows += [(float(u), flow.target) for u, flow in zip(up_to, out, strict=True)]
    return np.array(ways, dtype=WAY), np.array(flows or [(0.0, -1)], dtype=FLOW)


def inflows(model: PlantModel) -> list[list[int]]:
    """Elements upstream of each, in the order of the list of elements."""
    return [
        sorted({flow.origin for flow in model.flows if flow.target == element})
        for element in range(len(model.elements))
    ]


def on_cycles(model: PlantModel) -> NDArray[np.bool_]:
    """Whether a car may come back to each element."""
    following = [{flow.target for flow in model.flows if flow.origin == e}
                 for e in range(len(model.elements))]  # fmt: skip
    return np.array([e in set(reached(following, following[e])) for e in range(len(following))])


def reached(following: list[set[int]], first: set[int]) -> Iterator[int]:
    """Elements that can be reached from some, these included."""
    seen, todo = set(first), list(first)
    while todo:
        at = todo.pop()
        yield at
        todo += following[at] - seen
        seen |= following[at]
