"""Files in a folder of the data directory, each written whole or not at all, for its owner only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

_NAME = re.compile(r"[0-9a-f]{64}-[0-9a-f-]{36}")


class FolderFiles:
    """Keeps a file under the beginning of its hash; nothing that people type becomes a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content: bytes) -> None:
        """The bytes under this name, on the disk when this returns."""
        place = self._place(name)
        for folder in (self._folder, place.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:  # 0600
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, place)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        _sync(place.parent)

    def read(self, name: str) -> bytes | None:
        """What was kept under this name; None when nothing is there."""
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            return None

    def discard(self, name: str) -> None:
        """Nothing is under this name any more."""
        self._place(name).unlink(missing_ok=True)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The names of everything that has been here since before the moment."""
        for path in self._folder.glob("*/*"):
            if _NAME.fullmatch(path.name) and _written(path) < moment:
                yield path.name

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a file is kept under its hash and its id")
        return self._folder / name[:2] / name


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
