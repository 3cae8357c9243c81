"""The folder in which files are kept: whole, private, and under no name that anybody typed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from eia.adapters.file_storage import FolderFiles

NAME = f"{'ab' * 32}-{UUID(int=1)}"


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "attachments")


def test_what_is_kept_is_read_again_until_it_is_discarded(files: FolderFiles):
    files.keep(NAME, b"\x00\xff")
    assert files.read(NAME) == b"\x00\xff"
    files.discard(NAME)
    assert files.read(NAME) is None
    files.discard(NAME)


def test_only_the_owner_reads_it_whatever_the_umask_says(files: FolderFiles, tmp_path: Path):
    before = os.umask(0)
    try:
        files.keep(NAME, b"x")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "attachments").rglob("*")}
    assert modes == {"ab": 0o700, NAME: 0o600}
    assert (tmp_path / "attachments").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["../secret-key", "a/b", "", NAME.upper(), f"{NAME}\n", f"../{NAME}"])
def test_no_other_name_becomes_a_path(files: FolderFiles, name: str):
    for verb in (files.read, files.discard, lambda each: files.keep(each, b"")):
        with pytest.raises(ValueError, match="hash"):
            verb(name)


def test_a_full_disk_leaves_what_was_there_and_no_half_of_anything(
    files: FolderFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    files.keep(NAME, b"first")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep(NAME, b"second")
    assert files.read(NAME) == b"first"
    assert [path.name for path in (tmp_path / "attachments").rglob("*") if path.is_file()] == [NAME]


def test_what_has_been_here_for_a_while_is_listed_and_strange_files_are_not(
    files: FolderFiles, tmp_path: Path
):
    files.keep(NAME, b"x")
    (tmp_path / "attachments" / "ab" / ".half").write_bytes(b"")
    now = datetime.now(UTC)
    assert list(files.kept_before(now - timedelta(hours=1))) == []
    assert list(files.kept_before(now + timedelta(hours=1))) == [NAME]


def test_an_installation_without_files_has_none(files: FolderFiles):
    assert list(files.kept_before(datetime.now(UTC))) == []
