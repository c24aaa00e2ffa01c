"""The report of one run: every section in its order, on one page."""

from motorworks.report import (
    agreements,
    chain,
    changes,
    choices,
    days,
    flows,
    gantt,
    headline,
    load,
    lost,
    register,
    reproduce,
    shell,
    simulate_run,
    slots,
    tight,
    volumes,
    waterfall,
)
from motorworks.report.blocks import Chip, Section
from motorworks.report.numbers import counted, percent
from motorworks.report.story import Story
from motorworks.report.theme import month_words

SECTIONS = (
    headline.section,
    choices.section,
    load.section,
    volumes.section,
    changes.section,
    gantt.section,
    flows.section,
    waterfall.section,
    tight.section,
    agreements.section,
    lost.section,
    register.section,
    reproduce.scenarios,
    reproduce.verification,
    reproduce.reproduce,
)
"""One function for each section, in the order of the page; one with nothing to tell gives None."""


def sections(story: Story) -> list[Section]:
    """All sections of the page."""
    written = [section(story) for section in SECTIONS]
    first = SECTIONS.index(register.section)
    whole, car = chain.sections(story), chain.followed(story)
    told = [*written[:first], *whole, *slots.sections(story), *days.sections(story)]
    told += [*simulate_run.sections(story), *car, *written[first:]]
    return [section for section in told if section is not None]


def chips(story: Story) -> list[Chip]:
    """State of the run in a few words."""
    solver = story.result.solver
    out = [
        Chip(f"plan {solver.status.lower()}, gap {percent(solver.gap, 2)}",
             "good" if solver.status.lower() == "optimal" else "bad"),
        reproduce.badge(story),
    ]  # fmt: skip
    out += [Chip(f"scenario {item.name}") for item in story.scenarios]
    return out if story.scenarios else [*out, Chip("base, without scenarios")]


def render_page(story: Story) -> str:
    """Write a run as one HTML page that opens offline.

    Parameters
    ----------
    story
        The case, its plan and what is known about both.

    Returns
    -------
    str
        The page; it makes no request when opened.
    """
    months = story.months
    subtitle = (
        f"Plan by month, {month_words(months[0])} to {month_words(months[-1])} "
        f"({counted(len(months), 'month')}); money in {story.currency}"
    )
    if story.changes:
        subtitle = f"Scenario: {story.changes}. {subtitle}"
    return shell.render(
        story.case.info.title, "Motorworks network plan", subtitle, chips(story), sections(story)
    )
