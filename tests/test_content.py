from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eia import content
from eia.domain.errors import NotFound
from eia.domain.rulebook_error import RulebookError


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Path]:
    """A body's own rulebook, laid beside ours."""
    (tmp_path / "workflows").mkdir()
    (tmp_path / "forms").mkdir()
    content.lay_beside(tmp_path)
    yield tmp_path
    content.lay_beside(None)


@pytest.mark.parametrize("kind", content.KINDS)
def test_a_released_file_never_changes(kind: content.Kind) -> None:
    assert list(content.changed_since_release(content.folders(kind)[0])) == []


@pytest.mark.parametrize("kind", content.KINDS)
def test_every_file_is_released(kind: content.Kind, root: Path) -> None:
    listed = (root / kind / content.RELEASED).read_text(encoding="utf-8").split()[1::2]
    assert sorted(listed) == sorted(path.name for path in content.find(kind).values())


def test_a_released_file_that_changed_or_went_is_told(tmp_path: Path) -> None:
    (tmp_path / content.RELEASED).write_text(
        f"{'0' * 64}  a-1.toml\n{'0' * 64}  b-1.toml\n", encoding="utf-8"
    )
    (tmp_path / "a-1.toml").write_text("title = 'Changed'", encoding="utf-8")
    assert list(content.changed_since_release(tmp_path)) == [
        "a-1.toml: was released and has changed; a change is the next number",
        "b-1.toml: was released and is gone",
    ]


def test_files_are_beside_the_package_in_a_checkout_and_inside_it_in_a_wheel(tmp_path: Path) -> None:
    package = tmp_path / "eia"
    (package / "workflows").mkdir(parents=True)
    assert content.ours(package, "workflows") == package / "workflows"
    assert content.ours(package, "forms") == tmp_path / "forms"


def test_a_workflow_is_read_once() -> None:
    assert content.workflow("england-1") is content.workflow("england-1")


def test_a_workflow_that_there_is_not_is_not_found() -> None:
    with pytest.raises(NotFound):
        content.workflow("atlantis-1")


def test_a_workflow_gives_the_questions_it_is_pinned_to() -> None:
    assert content.question_set("england-1", "screening").id == "screening-1"
    with pytest.raises(NotFound):
        content.question_set("england-1", "horoscope")


def test_a_body_lays_its_own_workflow_beside_ours(beside: Path, root: Path) -> None:
    ours = (root / "workflows" / "england-1.toml").read_text(encoding="utf-8")
    (beside / "workflows" / "harbour-1.toml").write_text(ours, encoding="utf-8")
    content.forget()
    assert content.workflow_names() == ("england-1", "england-2", "harbour-1")
    assert content.workflow("harbour-1").name == "harbour-1"


def test_a_body_cannot_hide_a_file_of_ours(beside: Path) -> None:
    (beside / "workflows" / "england-1.toml").write_text("", encoding="utf-8")
    content.forget()
    with pytest.raises(RulebookError, match="has the name of a file of ours"):
        content.workflow("england-1")


def test_what_is_not_toml_is_refused_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "harbour-1.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(RulebookError, match=r"harbour-1\.toml: is not TOML"):
        content.parse(tmp_path / "harbour-1.toml")
