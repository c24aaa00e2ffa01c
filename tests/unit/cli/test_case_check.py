"""What ``motorworks check`` finds where reading and rules between tables meet."""

import shutil
from pathlib import Path

from motorworks.cli.case_check import check_folder
from motorworks.io.case_folder import find_case


def _copy(to: Path) -> Path:
    return Path(shutil.copytree(find_case("tiny"), to / "case"))


def _found(folder: Path) -> set[tuple[str, int | None, str | None]]:
    return {(p.file, p.row, p.column) for p in check_folder(folder, []).problems}


def test_bad_cells_and_unknown_names_are_told_in_one_go(tmp_path: Path) -> None:
    """A row with a bad month and an unknown vehicle gives both, and so do other tables."""
    folder = _copy(tmp_path)
    with (folder / "demand.csv").open("a") as file:
        file.write("hovercraft,home,2024-13,-5\n")
    plants = folder / "shops.csv"
    plants.write_text(plants.read_text().replace("north-line,north", "north-line,nort"))
    found = _found(folder)
    assert {("demand.csv", 25, name) for name in ("vehicle", "month", "units")} <= found
    assert ("shops.csv", 2, "plant") in found


def test_names_that_may_stand_in_an_unreadable_file_are_not_missed(tmp_path: Path) -> None:
    """Without a readable vehicles.csv no vehicle is called unknown; a wrong plant still is."""
    folder = _copy(tmp_path)
    (folder / "vehicles.csv").write_text("car,name\nalpha,Alpha\n")
    plants = folder / "shops.csv"
    plants.write_text(plants.read_text().replace("north-line,north", "north-line,nort"))
    found = _found(folder)
    assert ("shops.csv", 2, "plant") in found
    assert {file for file, *_ in found} == {"vehicles.csv", "shops.csv"}
