"""The shape of the house: who may import whom, no circles, nothing overgrown.

The table of doors stands in ``docs/architecture.md``; this test is its guard.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
PACKAGE = SOURCE / "motorworks"
FILES = sorted(PACKAGE.rglob("*.py"))

STAGES = {"plan", "slot", "balance", "sequence", "simulate", "supply", "ship", "power"}
ROOMS = {"case", "result", "engines", "io", "report", "pipeline", "study", "errors"} | STAGES
DOORS: dict[str, set[str]] = {
    "errors": set(),
    "engines": {"errors"},
    "case": {"errors"},
    "result": {"case", "errors"},
    **{stage: {"case", "result", "engines", "errors"} for stage in STAGES},
    "io": {"case", "result", "errors"},
    "report": {"case", "result", "errors"},
    "pipeline": STAGES | {"case", "result", "io", "report", "errors"},
    "study": STAGES | {"pipeline", "case", "result", "io", "errors"},
    "cases": set(),
    "cli": ROOMS | {"cases"},
    "web": ROOMS | {"cases"},
}

MOST_LINES = 400
MOST_FUNCTION_LINES = 80

# Alarms that have been looked at: file (or file::function) and why it may stay as it is.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
# Imports inside functions outside cli/: file, and why.
LATE_IMPORTS: dict[str, str] = {
    "pipeline/stages.py": "kernels of a stage take a second to load; not every case has one",
    "sequence/beam/outlook.py": "the minimiser takes long to load; few days have short windows",
}


def module_name(path: Path) -> str:
    """Dotted name of the module a file holds."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def room_of(module: str) -> str | None:
    """First part below ``motorworks``; None for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def imports_of(tree: ast.AST, path: Path) -> Iterator[str]:
    """Motorworks modules that a syntax tree imports, by dotted name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("motorworks"))
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module_name(path).split(".")
                keep = len(package) - node.level + (path.name == "__init__.py")
                base = ".".join([*package[:keep], *([base] if base else [])])
            if base.split(".")[0] == "motorworks":
                for alias in node.names:
                    full = f"{base}.{alias.name}"
                    yield full if full in MODULES else base


def tree_of(path: Path) -> ast.Module:
    """Syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    """Path below the package, as the lists of exceptions write it."""
    return path.relative_to(PACKAGE).as_posix()


def forbidden(module: str, targets: set[str]) -> list[str]:
    """Imports of a module that no door allows, as sentences."""
    room = room_of(module)
    if room is None:
        return [f"{module} (the package itself) imports {target}" for target in sorted(targets)]
    if room not in DOORS:
        return [f"{module}: the room {room} is not in the table of doors"]
    return [
        f"{module} imports {target}"
        for target in sorted(targets)
        if (to := room_of(target)) is not None and to != room and to not in DOORS[room]
    ]


def late_imports(tree: ast.Module) -> list[int]:
    """Lines of imports that stand inside a function."""
    return [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def long_functions(tree: ast.Module) -> list[tuple[str, int]]:
    """Functions above the alarm, with their lines; the docstring does not count."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            told = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            lines = (node.end_lineno or 0) - node.lineno + 1 - told
            if lines > MOST_FUNCTION_LINES:
                found.append((node.name, lines))
    return found


def foreign_imports(tree: ast.AST) -> set[str]:
    """Top names of packages from elsewhere that a syntax tree imports, or looks up for a file."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("find_spec"):
            names |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
    return names - sys.stdlib_module_names - {"motorworks"}


def prints(tree: ast.Module) -> list[int]:
    """Lines that call ``print``."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


def test_every_import_goes_through_a_door() -> None:
    """No module imports a room that the table of doors keeps closed to it."""
    wrong = [
        sentence
        for module, path in MODULES.items()
        for sentence in forbidden(module, set(imports_of(tree_of(path), path)))
    ]
    assert not wrong, "\n".join(wrong)


def test_modules_import_each_other_in_no_circle() -> None:
    """The graph of imports between modules has an order."""
    graph = {m: set(imports_of(tree_of(path), path)) - {m} for m, path in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_imports_stand_at_the_top_of_the_file() -> None:
    """Only the command line (so that --help answers at once) and named files import late."""
    wrong = [
        f"{relative(path)}:{line}"
        for path in FILES
        if room_of(module_name(path)) != "cli" and relative(path) not in LATE_IMPORTS
        for line in late_imports(tree_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_has_outgrown_its_reader() -> None:
    """A file above the alarm is split by noun, or named with a reason."""
    sizes = {relative(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    wrong = {f: n for f, n in sizes.items() if n > MOST_LINES and f not in LONG_FILES}
    assert not wrong


def test_no_function_has_outgrown_its_reader() -> None:
    """A function above the alarm is split, or named with a reason."""
    wrong = [
        f"{relative(path)}::{name} has {lines} lines"
        for path in FILES
        for name, lines in long_functions(tree_of(path))
        if f"{relative(path)}::{name}" not in LONG_FUNCTIONS
    ]
    assert not wrong, "\n".join(wrong)


def test_the_library_prints_nothing() -> None:
    """What the user sees goes through the console of the command line or through logging."""
    wrong = [f"{relative(path)}:{line}" for path in FILES for line in prints(tree_of(path))]
    assert not wrong, "\n".join(wrong)


def test_the_package_imports_only_what_it_declares() -> None:
    """What a module imports is a dependency of the core, not a guest of the test environment."""
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[^\w-]", need)[0].lower() for need in project["dependencies"]}
    used = set().union(*(foreign_imports(tree_of(path)) for path in FILES))
    assert used <= declared
    assert declared <= used


def test_the_lists_of_exceptions_hold_no_dead_names() -> None:
    """An exception for a file that is gone is removed."""
    named = {*LONG_FILES, *LATE_IMPORTS, *(name.split("::")[0] for name in LONG_FUNCTIONS)}
    assert named <= {relative(path) for path in FILES}


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("motorworks.case.case", "motorworks.io.read"),
        ("motorworks.result.verify", "motorworks.plan.solve"),
        ("motorworks.plan.solve", "motorworks.slot.solve"),
        ("motorworks.engines.lp.model", "motorworks.case.case"),
        ("motorworks.garage.door", "motorworks.errors"),
    ],
)
def test_an_arrow_against_the_table_is_seen(module: str, target: str) -> None:
    """The guard itself objects to arrows that the table forbids."""
    assert forbidden(module, {target})


def test_the_guard_reads_all_forms_of_import() -> None:
    """Plain, from, relative and late imports are all found, prints and length too."""
    path = PACKAGE / "case" / "case.py"
    text = (
        "import motorworks.io\nfrom motorworks import errors\nfrom . import column\n"
        "from ..report import nothing_yet\ndef f():\n    from motorworks.plan import params\n"
        "    print(1)\n" + "    x = 1\n" * MOST_FUNCTION_LINES
    )
    tree = ast.parse(text)
    assert set(imports_of(tree, path)) == {
        "motorworks.io",
        "motorworks.errors",
        "motorworks.case.column",
        "motorworks.report",
        "motorworks.plan.params",
    }
    assert late_imports(tree) == [6]
    assert prints(tree) == [7]
    foreign = ast.parse("import os\nimport a.b\nfrom c.d import e\nutil.find_spec('f')")
    assert foreign_imports(foreign) == {"a", "c", "f"}
    assert long_functions(tree) == [("f", MOST_FUNCTION_LINES + 3)]
