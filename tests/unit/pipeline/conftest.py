"""One case and one undisturbed run of it, for all tests of the chain."""

from pathlib import Path

import pytest

from tests.unit.pipeline.runs import made, small_case


@pytest.fixture(scope="session")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case; nobody changes it."""
    return small_case(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="session")
def whole(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of an undisturbed run."""
    done = made(mine, tmp_path_factory.mktemp("runs") / "whole", ranges=True)
    assert done.verification.clean, str(done.verification)
    return done.folder
