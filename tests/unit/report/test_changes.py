"""What moved against the published plan, in words and rows."""

from motorworks.plan.solve import solve_plan
from motorworks.report import changes
from motorworks.report.blocks import Number, Table
from motorworks.report.story import Story
from tests.unit.plan.small_case import published, small_case


def _plain(words: str | None) -> str | None:
    return None if words is None else words.replace("\u00a0", " ")


def test_nothing_is_told_where_no_plan_was_published() -> None:
    """Neither a line nor a section."""
    case = small_case([100, 100])
    result = solve_plan(case)
    assert changes.words(result) is None
    assert changes.section(Story(case=case, result=result)) is None


def test_a_plan_that_kept_to_the_published_one_says_so() -> None:
    """The section stands, without a table."""
    case = small_case([100, 100], *published(100, 100))
    section = changes.section(Story(case=case, result=solve_plan(case)))
    assert section is not None
    assert section.lead == "As it was published in every month on record."
    assert not section.blocks


def test_changes_are_summed_and_listed_by_size() -> None:
    """Ten more in January, forty fewer in February, March as it was."""
    case = small_case([110, 60, 100], *published(100, 100, 100))
    story = Story(case=case, result=solve_plan(case))
    assert _plain(changes.words(story.result)) == (
        "10 cars more and 40 fewer than published, in 2 months, first in Jan 2025"
    )
    section = changes.section(story)
    assert section is not None
    (table,) = section.blocks
    assert isinstance(table, Table)
    moves = [row[-1] for row in table.rows]
    assert [cell.value for cell in moves if isinstance(cell, Number)] == [-40, 10]
