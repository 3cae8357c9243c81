"""Pictures: whole, of a size that a screen can show, and nothing behind their end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from eia.documents.refusals import DAMAGED, TOO_MUCH
from eia.domain.errors import Invalid

MOST_PIXELS = 100_000_000

_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN = 0xDA


def check_png(data: bytes) -> None:
    """Every chunk is as its sum says, from the head to the end. Raises `Invalid`."""
    chunks = list(_png_chunks(data))
    if [chunks[0][0], chunks[-1][0]] != [b"IHDR", b"IEND"] or len(chunks[0][1]) != 13:
        raise Invalid({"file": DAMAGED})
    _check_size(*struct.unpack(">II", chunks[0][1][:8]))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        head = data[at : at + 8].ljust(8, b"\0")
        length, kind = struct.unpack(">I4s", head)
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if check != struct.pack(">I", zlib.crc32(kind + body)):
            raise Invalid({"file": DAMAGED})
        yield kind, body
        at += 12 + length
    if at == 8:
        raise Invalid({"file": DAMAGED})


def check_jpeg(data: bytes) -> None:
    """It says its size before its picture, and has an end. Raises `Invalid`."""
    for kind, body in _jpeg_segments(data):
        if kind in _JPEG_FRAMES and len(body) >= 5:
            _check_size(*struct.unpack(">HH", body[1:5]))
            break
    else:
        raise Invalid({"file": DAMAGED})
    if b"\xff\xd9" not in data[-65_536:]:  # cameras write a little behind it
        raise Invalid({"file": DAMAGED})


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(data):
        mark, kind, length = struct.unpack(">BBH", data[at : at + 4])
        if mark != 0xFF or kind == _JPEG_SCAN or length < 2:
            return
        yield kind, data[at + 4 : at + 2 + length]
        at += 2 + length


def _check_size(one: int, other: int) -> None:
    if not 0 < one * other <= MOST_PIXELS:
        raise Invalid({"file": TOO_MUCH})
