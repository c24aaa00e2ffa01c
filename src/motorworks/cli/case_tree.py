"""A case as a short tree of counts, and its register of sources."""

from pathlib import Path

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from motorworks.case.case import Case
from motorworks.case.info import STAGES
from motorworks.case.tables import TABLES
from motorworks.errors import CaseError
from motorworks.io.scenarios import list_scenarios, scenario_of
from motorworks.io.text import read_text

#: Subjects of the tables, by the module that declares them.
_ROOMS = (
    "sites", "products", "markets", "programme", "trade", "supply", "energy", "line", "evidence",
)  # fmt: skip


def case_tree(case: Case, folder: Path) -> Tree:
    """A tree of counts: frame, tables by subject, facts by status, scenarios."""
    info = case.info
    tree = Tree(Text.assemble((info.name, "bold cyan"), f"  {info.title}"), guide_style="dim")
    frame = tree.add(_line("frame"))
    months = info.month_names
    frame.add(_line("horizon", f"{months[0]} to {months[-1]}, {info.months} months"))
    frame.add(_line("currency", info.currency))
    frame.add(_line("rough dates", f"resolve {info.dates}"))
    if info.focus:
        frame.add(_line("focus", f"{info.focus.vehicle} at {info.focus.plant}"))
    for stage in STAGES:
        if settings := getattr(info, stage):
            said = ", ".join(f"{key} {value}" for key, value in settings.items())
            frame.add(_line(stage, said))
    _add_tables(tree, case)
    _add_facts(tree, case)
    _add_scenarios(tree, folder)
    return tree


def _line(name: str, value: str = "") -> Text:
    return Text.assemble(
        (name, "bold" if not value else ""), "  " if value else "", (value, "cyan")
    )


def _add_tables(tree: Tree, case: Case) -> None:
    rooms: dict[str, list[str]] = {room: [] for room in _ROOMS}
    empty = []
    for name, record in TABLES.items():
        height = case.table(name).height
        if height:
            rooms[record.__module__.rpartition(".")[2]].append(f"{name} {height:,}")
        else:
            empty.append(name)
    branch = tree.add(_line("rows by table"))
    for room, names in rooms.items():
        if names and room != "evidence":
            branch.add(_line(room, ", ".join(names)))
    if empty:
        branch.add(_line("none", ", ".join(empty)))


def _add_facts(tree: Tree, case: Case) -> None:
    facts = case.table("facts")
    if not facts.height:
        return
    branch = tree.add(_line("evidence"))
    branch.add(_line("sources", f"{case.table('sources').height:,}"))
    node = branch.add(_line("facts", f"{facts.height:,}"))
    for status in ("reported", "derived", "assumed"):
        these = facts.filter(facts.get_column("status") == status)
        if these.height:
            aside = these.height - int(these.get_column("chosen").sum())
            told = f", {aside:,} of them set aside" if aside else ""
            node.add(_line(status, f"{these.height:,}{told}"))


def _add_scenarios(tree: Tree, folder: Path) -> None:
    found = list_scenarios(folder)
    if not found:
        return
    branch = tree.add(_line("scenarios"))
    for name, path in found.items():
        text, problems = read_text(path, path.name)
        try:
            title = "cannot be read" if problems else scenario_of(text, path.name).title
        except CaseError:
            title = "cannot be read; motorworks check says why"
        branch.add(_line(name, title))


def register(case: Case) -> Table:
    """The register of sources, with how many facts each gave."""
    counts = dict(case.table("facts").get_column("source_id").value_counts().iter_rows())
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("source", style="cyan", overflow="fold", max_width=26)
    grid.add_column("facts", justify="right")
    grid.add_column("title, publisher, date")
    for row in case.table("sources").iter_rows(named=True):
        about = [row["title"], *(row[part] for part in ("publisher", "published") if row[part])]
        text = Text(", ".join(about))
        if row["url"]:
            text.append(f"\n{row['url']}", style="dim")
        grid.add_row(Text(row["source_id"]), str(counts.get(row["source_id"], 0)), text)
    return grid
