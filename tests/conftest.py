"""What every test may ask for, and which tests this machine cannot run."""

import os
import shutil
from pathlib import Path

import pytest

pytest_plugins = ["tests.databases"]

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is too much for every day."""
    parser.addoption("--two-years", action="store_true", help="730 days of reminders, not a winter")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Real plans, minutes and registers, beside the checkout where they may be kept."""
    if not SEEDS.is_dir():
        pytest.skip("NO SEEDS: the real documents are not beside this checkout (../shared/seeds)")
    return SEEDS


@pytest.fixture(scope="session")
def chromium() -> Path:
    """A browser to drive: Debian's, or the one that EIA_TEST_CHROMIUM names."""
    found = os.environ.get("EIA_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("NO BROWSER: install one (apt install chromium) or name it in EIA_TEST_CHROMIUM")
    return Path(found)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/bench measures, and everything that asks for a browser says so and goes first."""
    for item in items:
        if ROOT / "tests" / "bench" in item.path.parents:
            item.add_marker(pytest.mark.bench)
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    # One worker has a file to itself: begun last, the longest would keep the others waiting for it.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What this machine could not show is said in capitals, last, and not only as a letter in a row."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        if reason.startswith("Skipped: NO "):
            terminalreporter.write_line(reason.removeprefix("Skipped: "), red=True, bold=True)
