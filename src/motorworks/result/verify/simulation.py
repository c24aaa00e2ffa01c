"""Holds the outcome of the stage simulate against the plant, by its tables and visits alone.

Nothing here is shared with the stage. Where every visit of a replication is in ``sim_visits``, the
way of each car is followed through the plant, and what is told of that replication is worked out
again from it. Where the visits of all replications are there, so are the means over them.
"""

from motorworks.case.plant_model import PlantModel
from motorworks.result.simulation import SimulationResult
from motorworks.result.verify.findings import Ledger, Verification
from motorworks.result.verify.simulation_given import Given
from motorworks.result.verify.simulation_means import MEAN_RULES
from motorworks.result.verify.simulation_tables import TABLE_RULES
from motorworks.result.verify.simulation_visits import VISIT_RULES
from motorworks.result.verify.simulation_walk import visits_of

SIMULATION_RULES = (*TABLE_RULES, *VISIT_RULES, *MEAN_RULES)
"""Every rule that can object to a simulation, and how it looks at one."""


def verify_simulation(model: PlantModel, result: SimulationResult) -> Verification:
    """Recompute what can be recomputed of a simulation, and list what is wrong.

    Parameters
    ----------
    model
        The plant that was simulated.
    result
        What the stage says; tables that are not there are not looked at.
    """
    ledger = Ledger()
    given = Given(model)
    for rule, look in TABLE_RULES.items():
        look(ledger, rule, given, result)
    walks = list(visits_of(given, result))
    for walk in walks:
        for rule, follow in VISIT_RULES.items():
            follow(ledger, rule, given, walk)
    if walks and len(walks) == result.tables["sim_replications"].height:
        for rule, compare in MEAN_RULES.items():
            compare(ledger, rule, given, walks, result)
    return ledger.close(SIMULATION_RULES)
