"""Rows against parts of a flow that walks do not come to.

Where walks enter a set S of nodes without the begin by x(S) arcs, cars of a class in S number at
most as many as the class has, times x(S): none if it is not entered. Of all sets the one that a
flow offends most, class by class, is the smaller side of a least cut (as rows against subtours in
routing: G. Dantzig, R. Fulkerson, S. Johnson, https://doi.org/10.1287/opre.2.4.393; found by flows:
M. Padberg, G. Rinaldi, https://doi.org/10.1007/BF01580861).
"""

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from motorworks.case.line_day import Flags, Integers
from motorworks.engines.lp.model import Floats
from motorworks.sequence.bounds.net import Net

UNIT = 10**6
"""Units of a flow of one: cuts are found in whole numbers."""


def rows_against_islands(net: Net, flow: Floats, least: float) -> csr_array:
    """Rows over the arcs, each to be 0 or more, that a flow offends by ``least`` or more.

    Parameters
    ----------
    least
        In shares of the cars of a class.
    """
    units = np.maximum(np.round(flow * UNIT), 0).astype(np.int64)
    found = [csr_array((0, len(units)))]
    for klass, members in enumerate(net.members.tolist()):
        apart = _apart(net, units, klass, members, least)
        if apart is not None:
            there = apart[net.target]
            row = np.where(there & ~apart[net.source], float(members), 0.0)
            row -= there & (net.klass == klass)
            found.append(csr_array(row[None, :]))
    return csr_array(vstack(found))


def _apart(net: Net, units: Integers, klass: int, members: int, least: float) -> Flags | None:
    """Nodes that the begin does not reach by enough arcs for the cars of a class there."""
    nodes, used = len(net.layer_at), units > 0
    own = used & (net.klass == klass)
    wanted = np.bincount(net.target[own], weights=units[own] / members, minlength=nodes)
    wants = wanted.astype(np.int64)
    at = np.flatnonzero(wants)
    source = np.concatenate([net.source[used], at])
    target = np.concatenate([net.target[used], np.full(len(at), nodes)])
    enough = np.minimum(units[used], UNIT)  # no more is wanted in all, and it fits into 32 bits
    many = np.concatenate([enough, wants[at]])
    graph = csr_array((many.astype(np.int32), (source, target)), shape=(nodes + 1, nodes + 1))
    apart = cut_off(graph, net.begin, nodes, wants.sum() - least * UNIT)
    return None if apart is None else apart[:nodes]


def cut_off(graph: csr_array, begin: int, end: int, enough: float) -> Flags | None:
    """Nodes on the side of the end of a least cut, in whole units; None where it is ``enough``."""
    through = maximum_flow(graph, begin, end)
    if through.flow_value > enough:
        return None
    rest = csr_array(graph - through.flow)
    rest.data = np.maximum(rest.data, 0)
    rest.eliminate_zeros()
    apart = np.ones(graph.shape[0], np.bool_)
    apart[breadth_first_order(rest, begin, return_predecessors=False)] = False
    return apart
