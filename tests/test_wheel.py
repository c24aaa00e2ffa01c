"""What is installed is what stands in the clone."""

import tomllib
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    """Shipped cases, templates and scripts travel with the code."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    packed = {n for n in zipfile.ZipFile(wheel).namelist() if n.startswith("motorworks/")}
    written = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "motorworks").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == written


def test_every_dependency_is_locked_with_hashes_and_no_address() -> None:
    """The lock names each direct dependency, hashes each release, and names no index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "core": project["dependencies"],
        "dev": [*project["dependencies"], *extras["dev"], *extras["docs"], *extras["bench"]],
    }
    for lock, needs in wanted.items():
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text
        entries = [e for e in text.replace(" \\\n", " ").splitlines() if e and e[0].isalnum()]
        assert all("--hash=sha256:" in entry for entry in entries)
        locked = {entry.split("==")[0] for entry in entries}
        names = {need.split(">")[0].split("=")[0].strip().lower() for need in needs}
        assert names <= locked
