"""``motorworks simulate``: what a plant really does, what holds it back, what would help."""

import typer

from motorworks.cli import simulate_options as may
from motorworks.cli.arguments import CaseName, Scenarios


def simulate(
    case: CaseName,
    scenario: Scenarios = None,
    level: may.LevelOf = None,
    plant: may.Plant = None,
    days: may.Days = None,
    run: may.RunFolder = None,
    replications: may.Replications = None,
    precision: may.Precision = None,
    warmup: may.Warmup = None,
    seed: may.Seed = None,
    engine: may.EngineOf = None,
    gains: may.Gains = False,
    improve: may.Improve = None,
    budget: may.Budget = 10,
    visits: may.Visits = None,
    ocel: may.Ocel = None,
    report: may.Report = None,
    out: may.Out = None,
    json: may.Json = False,
) -> None:
    """Simulate a plant minute by minute: its pace, who waits for whom, what would help.

    What is not given is as [simulate] of case.toml says. Replications run on all cores; the same
    input, seed and number of replications give the same result. Ctrl-C keeps the replications,
    gains or the best split done so far. Bottlenecks, gains and improvements are found with cars
    always at hand, on the same random numbers.

    Exit code 0 done, 1 the plant comes to a standstill or the result fails its check, 2 bad input.

    Examples: motorworks simulate busan; motorworks simulate busan --level station --gains;
    motorworks simulate busan --improve buffers --budget 30;
    motorworks simulate busan --run runs/busan --days 2026-10-01..2026-10-02 --report shift.html
    """
    from motorworks.cli.simulate_run import Asked, simulate_case

    settings = {
        "seed": seed, "replications": replications, "precision_pct": precision, "warmup": warmup,
        "engine": engine, "level": level, "plant": plant,
    }  # fmt: skip
    asked = Asked(
        case, tuple(scenario or ()), settings, days, run, gains, improve, budget, visits, ocel,
        report, out, json,
    )  # fmt: skip
    if not simulate_case(asked):
        raise typer.Exit(1)
