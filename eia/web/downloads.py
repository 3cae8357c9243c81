"""Files handed out: as they were added, to keep, and never to be shown in the browser as ours."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import dump_options_header

from eia.domain.attachment import KeptFile
from eia.domain.errors import Invalid
from eia.domain.file_kind import MEDIA_TYPES, FileKind
from eia.usecases.uploads import LARGEST, Upload


def handed_out(item: KeptFile, content: bytes) -> Response:
    """The file under its own name."""
    answer = Response(content, mimetype=_media_type(item.kind))
    answer.headers["Content-Disposition"] = _to_keep_as(item.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def uploaded() -> Upload:
    """The file that the form sent. Raises `Invalid` when there is none."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid({"file": "Choose a file"})
    return Upload(name=sent.filename, content=sent.stream.read(LARGEST + 1))


def _to_keep_as(name: str) -> str:
    """In letters that any server can send, and beside that in those of the name itself (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    names = {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
    return dump_options_header("attachment", names)


def _media_type(kind: FileKind) -> str:
    """Text is sent as bytes: no browser then guesses that it is something else."""
    return "application/octet-stream" if kind is FileKind.TEXT else MEDIA_TYPES[kind]
