"""Files that browsers send: neither their names nor what they say of their content is believed."""

from __future__ import annotations

from dataclasses import dataclass

from eia.documents.limited_child import Limits, run_limited
from eia.domain.attachment import ALLOWED
from eia.domain.errors import Invalid
from eia.domain.file_kind import FileKind

LARGEST = Limits.file
NOT_A_PAGE = "Web pages are not taken. Save it as PDF, and choose that"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    content: bytes


def kind_of(data: bytes) -> FileKind:
    """What the bytes are, of what we take. Raises `Invalid`."""
    kind = FileKind(str(run_limited("eia.documents.file_kind:kind_found", data)))
    if kind not in ALLOWED:
        raise Invalid({"file": NOT_A_PAGE})
    return kind
