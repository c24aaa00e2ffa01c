"""Flows as tables: the ways out of each element by kind and type, and who is upstream."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from motorworks.case.plant_model import Flow, PlantModel
from motorworks.simulate.kernel.world import FLOW, WAY, Records

KINDS = ("pass", "rework")


def flows_by_origin(model: PlantModel) -> list[list[Flow]]:
    """Flows out of each element, in their order."""
    out: list[list[Flow]] = [[] for _ in model.elements]
    for flow in model.flows:
        out[flow.origin].append(flow)
    return out


def that_count(flows: Sequence[Flow], kind: str, type_: int) -> list[Flow]:
    """Those of a kind among the flows out of an element that count for a type."""
    return [flow for flow in flows if flow.kind == kind and (not flow.types or type_ in flow.types)]


def way_tables(model: PlantModel) -> tuple[Records, Records]:
    """Table of ways, by element, kind and type, and that of the flows they point to."""
    ways: list[tuple[int, int, bool]] = []
    flows: list[tuple[float, int]] = []
    for leaving in flows_by_origin(model):
        for kind in KINDS:
            for type_ in range(len(model.types)):
                out = that_count(leaving, kind, type_)
                shared = any(flow.share is not None for flow in out)
                ways.append((len(flows), len(flows) + len(out), shared))
                up_to = np.cumsum([flow.share or 0.0 for flow in out])
                flows += [(float(u), flow.target) for u, flow in zip(up_to, out, strict=True)]
    return np.array(ways, dtype=WAY), np.array(flows or [(0.0, -1)], dtype=FLOW)


def inflows(model: PlantModel) -> list[list[int]]:
    """Elements upstream of each, in the order of the list of elements."""
    ups: list[set[int]] = [set() for _ in model.elements]
    for flow in model.flows:
        ups[flow.target].add(flow.origin)
    return [sorted(up) for up in ups]


def on_cycles(model: PlantModel) -> NDArray[np.bool_]:
    """Whether a car may come back to each element."""
    count = len(model.elements)
    origins = np.array([flow.origin for flow in model.flows], dtype=np.int64)
    targets = np.array([flow.target for flow in model.flows], dtype=np.int64)
    graph = coo_array((np.ones(len(origins)), (origins, targets)), shape=(count, count))
    _, group = connected_components(graph, directed=True, connection="strong")
    again: NDArray[np.bool_] = np.bincount(group)[group] > 1
    again[origins[origins == targets]] = True
    return again


def reached(following: list[set[int]], first: set[int]) -> Iterator[int]:
    """Elements that can be reached from some, these included."""
    seen, todo = set(first), list(first)
    while todo:
        at = todo.pop()
        yield at
        todo += following[at] - seen
        seen |= following[at]
