"""The wheel brings everything, under one name."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import eia

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    return zipfile.Path(next(folder.glob("*.whl")))


def names(wheel: zipfile.Path) -> list[str]:
    return wheel.root.namelist()


def test_nothing_but_eia_lands_in_site_packages(wheel: zipfile.Path) -> None:
    assert {name.partition("/")[0] for name in names(wheel)} == {"eia", f"eia-{eia.__version__}.dist-info"}


@pytest.mark.parametrize("folder", ["workflows", "forms", "migrations", "worker"])
def test_every_file_of_each_folder_lands_inside_eia(root: Path, wheel: zipfile.Path, folder: str) -> None:
    paths = [path for path in (root / folder).rglob("*.*") if path.suffix != ".pyc"]
    files = {f"eia/{path.relative_to(root).as_posix()}" for path in paths}
    assert files
    assert files <= set(names(wheel))


def test_the_styles_and_their_licence_come_along(wheel: zipfile.Path) -> None:
    folder = "eia/web/static/vendor/govuk-frontend"
    assert {f"{folder}.min.css", f"{folder}.min.js", f"{folder}.LICENSE.txt"} <= set(names(wheel))


def python_with_only_the_wheel(root: Path, site: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Runs `program` where the checkout cannot be imported and the wheel can."""
    start = f"import sys; sys.path = {[str(site)]} + [p for p in sys.path if p != {str(root)!r}]\n{program}"
    command = [sys.executable, "-P", "-c", start]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(wheel: zipfile.Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds."""
    folder = tmp_path_factory.mktemp("site")
    wheel.root.extractall(folder)
    return folder


def test_an_installed_wheel_finds_its_workflows(root: Path, site: Path) -> None:
    program = "sys.argv = ['eia', 'rulebook', 'check']\nfrom eia.cli import main\nmain()"
    done = python_with_only_the_wheel(root, site, program)
    assert done.returncode == 0, done.stderr


def test_every_module_of_the_wheel_can_be_imported(root: Path, site: Path) -> None:
    """The worker is `worker` in a checkout and `eia.worker` here: it may import itself by dots only."""
    program = (
        "import importlib, pkgutil, eia\n"
        "for module in pkgutil.walk_packages(eia.__path__, 'eia.'):\n"
        "    if not module.name.endswith(('__main__', '.wsgi')):\n"  # that one starts, or says why not
        "        importlib.import_module(module.name)\n"
        "        print(module.name)"
    )
    done = python_with_only_the_wheel(root, site, program)
    assert done.returncode == 0, done.stderr
    assert "eia.worker" in done.stdout.split()
