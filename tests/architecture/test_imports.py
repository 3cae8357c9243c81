"""What may be imported where, beyond what import-linter's contracts can say."""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import grimp
from packaging.requirements import Requirement


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("eia", "worker", include_external_packages=True, cache_dir=None)


def third_party_imports() -> Iterator[tuple[str, str]]:
    for module in graph().modules:
        if not graph().is_module_squashed(module):
            for imported in graph().find_modules_directly_imported_by(module):
                top = imported.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in {"eia", "worker"}:
                    yield module, top


def test_the_domain_needs_the_standard_library_and_one_machine() -> None:
    found = {pair for pair in third_party_imports() if pair[0].startswith("eia.domain")}
    assert found <= {("eia.domain.workflow.machine", "transitions")}


def test_everything_imported_is_asked_for_by_name(root: Path) -> None:
    """A package that came along with another leaves with it too."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lines = chain(project["dependencies"], *project["optional-dependencies"].values())
    asked = {canonical(Requirement(line).name) for line in lines}
    brought_by = importlib.metadata.packages_distributions()
    unasked = {
        (module, top)
        for module, top in third_party_imports()
        if not asked & {canonical(name) for name in brought_by.get(top, [])}
    }
    assert not unasked


def test_every_folder_of_pages_is_under_the_contract_that_keeps_them_strangers(root: Path) -> None:
    linter = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contract = next(each for each in linter["contracts"] if each["id"] == "blueprints-are-strangers")
    named = set(re.findall(r"\w+", contract["layers"][1]))
    folders = {views.parent.name for views in (root / "eia" / "web").glob("*/views.py")}
    assert folders <= named


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
