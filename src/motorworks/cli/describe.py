"""``motorworks describe``: what is in a case, on a page."""

from motorworks.cli.arguments import CaseName


def describe(
    case: CaseName,
) -> None:
    """Show what is in a case: horizon, tables, facts, scenarios and the register of sources.

    Example: motorworks describe busan
    """
    from motorworks.cli.case_tree import case_tree, register
    from motorworks.cli.tell import console
    from motorworks.io.case_folder import find_case, read_case

    folder = find_case(case)
    given = read_case(folder)
    out = console()
    out.print(case_tree(given, folder))
    if given.table("sources").height:
        out.print()
        out.print(register(given))
