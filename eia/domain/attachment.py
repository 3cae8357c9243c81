"""Files that people put beside what they write: which may come, and under what name they leave again."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from uuid import UUID

from eia.domain.file_kind import FileKind

ALLOWED = tuple(kind for kind in FileKind if kind is not FileKind.HTML)  # a page can hold a program
MOST = 50
"""On one assessment; what holds more is an archive, and belongs in one."""

LONGEST_NAME = 120

_ENDINGS = {FileKind.TEXT: ("txt", "csv", "md"), FileKind.JPEG: ("jpg", "jpeg")}


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file that somebody put here; its bytes are kept apart, under `stored_as`."""

    id: UUID
    name: str
    kind: FileKind
    size: int  # bytes
    sha256: str
    added_by: UUID
    added_at: datetime

    @property
    def stored_as(self) -> str:
        """Checked by its beginning, and never shared: taking one attachment out leaves every other whole."""
        return f"{self.sha256}-{self.id}"

    def is_of(self, content: bytes) -> bool:
        """Whether these bytes are those that were added."""
        return hash_of(content) == self.sha256


@dataclass(frozen=True, kw_only=True)
class Attachment(KeptFile):
    """One file on one section."""

    assessment_id: UUID
    section: str
    by: str


@dataclass(frozen=True, kw_only=True)
class SourceFile(KeptFile):
    """What a source of the library is, where it is no link."""

    source_id: UUID


def hash_of(content: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal, as anybody can work it out."""
    return hashlib.sha256(content).hexdigest()


def safe_name(given: str, kind: FileKind) -> str:
    """The name without folders and characters that deceive the eye, ending as files of its kind do.

    A text that calls itself "letter.exe" leaves as "letter.exe.txt": nobody's computer runs it.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in last if not unicodedata.category(each).startswith("C"))
    path = PurePosixPath(" ".join(seen.split()).strip(". ") or "file")
    endings = _ENDINGS.get(kind, (kind.value,))
    ending = path.suffix[1:].lower()
    stem, ending = (path.stem, ending) if ending in endings else (path.name, endings[0])
    return f"{stem[:LONGEST_NAME].strip('. ')}.{ending}"
