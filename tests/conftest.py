"""What all tests share: the folder of public instances, and a browser where one is installed."""

import os
import shutil
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VARIABLE = "MOTORWORKS_DATA"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell that starts the suite in the background has Ctrl-C ignored; tests press it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Folder of public instances: ``MOTORWORKS_DATA``, else ``../shared/data`` of the clone."""
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if named:
            pytest.fail(f"{VARIABLE} names {folder}, which is no folder")
        pytest.skip(f"public instances not found; {VARIABLE} may name their folder")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium that can open a page without a screen."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail where a test is skipped for want of data although the variable names their folder."""
    report = yield
    if report.skipped and VARIABLE in str(report.longrepr) and os.environ.get(VARIABLE):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped although {VARIABLE} is set: {report.longrepr}"
    return report
