"""The simulation of a plant as a page of its own."""

import datetime as dt

from motorworks.case.case import Case
from motorworks.report import shell
from motorworks.report.blocks import Chip
from motorworks.report.names import names_of
from motorworks.report.numbers import counted, plain
from motorworks.report.simulate import simulation_sections
from motorworks.result.simulation import SimulationResult


def render_simulation_page(case: Case, result: SimulationResult, first: dt.date) -> str:
    """Write the simulation of a plant as one HTML page that opens offline.

    Parameters
    ----------
    case
        The resolved case.
    result
        The simulation, with tables of bottlenecks and of the picture.
    first
        First day of the span.

    Returns
    -------
    str
        The page; it makes no request when opened.
    """
    names = names_of(case)
    plant = names.plant(result.plant)
    title = f"{plant} from {first:%-d %B %Y}"
    days = result.tables["sim_days"].height
    subtitle = (
        f"{counted(days, 'day')} simulated {counted(result.simulated.replications, 'time')}: "
        f"{plain(result.cars_a_day.mean)} cars a working day"
    )
    chips = [Chip(f"seed {result.simulated.seed}"), Chip(f"engine {result.simulated.engine}")]
    if not result.warmup.settled:
        chips.append(Chip("too short to tell when the plant settles", "bad"))
    return shell.render(
        title, "Motorworks simulation", subtitle, chips,
        simulation_sections(result, title=title, names=names["vehicle"]),
    )  # fmt: skip
