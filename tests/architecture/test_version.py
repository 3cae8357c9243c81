"""One version, said the same everywhere."""

import re
import tomllib
from pathlib import Path

import eia


def test_the_project_and_the_package_agree(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == eia.__version__


def test_the_newest_entry_of_the_changelog_is_this_version(root: Path) -> None:
    changelog = (root / ".github" / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == eia.__version__
