"""Holds the simulations of a run against its case and its days, by their tables."""

from collections import Counter

from motorworks.case.case import Case
from motorworks.case.day_on_line import plant_of
from motorworks.result.days import DaysResult
from motorworks.result.simulated_days import SimulatedDays, model_of_span
from motorworks.result.verify.findings import Finding, Verification
from motorworks.result.verify.simulation import verify_simulation


def verify_simulated(case: Case, days: DaysResult, simulated: SimulatedDays) -> Verification:
    """Look at each simulation of a run.

    Parameters
    ----------
    case
        The case as it was planned.
    days
        Its days in sequence, whose cars were simulated.
    simulated
        The simulations.
    """
    described = simulated.described(case)
    checked: Counter[str] = Counter()
    findings: list[Finding] = []
    for span in simulated.spans:
        own = [one for one in days.days if plant_of(case, one.line) == span.plant]
        model = model_of_span(described, span.plant, span.first, span.days, span.level, own)
        found = verify_simulation(model, span.result)
        checked.update(found.checked)
        findings += found.findings
    return Verification(tuple(findings), dict(checked))
