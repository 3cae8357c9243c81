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


def test_an_installed_wheel_answers_without_the_checkout(
    root: Path, wheel: zipfile.Path, tmp_path: Path
) -> None:
    wheel.root.extractall(tmp_path / "site")
    start = (
        f"import sys; sys.path = [p for p in sys.path if p != {str(root)!r}]; sys.path.insert(0, 'site'); "
        "sys.argv = ['eia', 'rulebook', 'check']; from eia.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", start], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
