"""Orders and their days as a page of their own."""

from motorworks.case.case import Case
from motorworks.report import shell
from motorworks.report.blocks import Chip
from motorworks.report.names import names_of
from motorworks.report.numbers import counted, listed
from motorworks.report.slots import slot_sections, told_span
from motorworks.result.slotted import SlottedMonths


def render_slots_page(case: Case, found: SlottedMonths) -> str:
    """Write slotted months as one HTML page that opens offline.

    Parameters
    ----------
    case
        The resolved case.
    found
        The months, with their tables.

    Returns
    -------
    str
        The page; it makes no request when opened.
    """
    names = names_of(case)
    orders = sum(len(one.month.orders) for one in found.months)
    spans = dict.fromkeys(told_span(one) for one in found.months)
    subtitle = f"{counted(orders, 'order')} in {listed(list(spans))}"
    late = sum(one.result.tables["late_orders"].height for one in found.months)
    chips = [
        Chip(counted(late, "late order") if late else "no order late", "bad" if late else "good"),
        Chip(f"seed {found.settings.get('seed', 1)}"),
    ]
    return shell.render(
        case.info.title, "Motorworks slots", subtitle, chips, slot_sections(found, names.tables)
    )
