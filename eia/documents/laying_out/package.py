"""The parts of a document that is a zip of XML: bounded, and never more than their elements and words."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET
from xml.parsers import expat

from eia.documents.refusals import DAMAGED, TOO_MUCH
from eia.domain.errors import Invalid

LARGEST_PART = 30_000_000
"""Bytes of one part unpacked."""


class Package:
    """A zip whose parts are read by name. Raises `Invalid` with the key `file` for one that is broken."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as broken:
            raise Invalid({"file": DAMAGED}) from broken
        self.names = frozenset(self._zip.namelist())
        self._targets: dict[str, list[tuple[str, str, str]]] = {}

    def part(self, name: str) -> ET.Element | None:
        """The root of a part, its namespaces left out; None where there is no such part."""
        content = self.content(name)
        return None if content is None else parsed(content)

    def content(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as broken:
            raise Invalid({"file": DAMAGED}) from broken
        if len(content) > LARGEST_PART:
            raise Invalid({"file": TOO_MUCH})
        return content

    def main(self, otherwise: str) -> str:
        """The part that the package names as its document."""
        found = next((t for t in self.targets("") if t[1].endswith("/officeDocument")), None)
        return found[2] if found else otherwise

    def targets(self, name: str) -> list[tuple[str, str, str]]:
        """Id, kind and part of everything that a part refers to within the package."""
        if name not in self._targets:
            self._targets[name] = self._read_targets(name)
        return self._targets[name]

    def _read_targets(self, name: str) -> list[tuple[str, str, str]]:
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        return [
            (each.get("Id", ""), each.get("Type", ""), _inside(folder, each.get("Target", "")))
            for each in root
            if each.get("TargetMode") != "External"
        ]


def _inside(folder: str, target: str) -> str:
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path)


class _Local(dict[str, str]):
    """Names without their prefixes, each parted once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def parsed(content: bytes) -> ET.Element:
    """The root of an XML text, its namespaces left out; a document type is refused, for it can explode."""
    builder, local = ET.TreeBuilder(), _Local()

    def start(name: str, given: dict[str, str]) -> None:
        builder.start(local[name], {local[each]: text for each, text in given.items()} if given else given)

    # Not ElementTree's own parser: it spells out the namespace of each name, and we part it again.
    scan_xml(content, start, end=lambda name: builder.end(local[name]), words=builder.data)
    return builder.close()


def scan_xml(
    content: bytes,
    start: Callable[[str, dict[str, str]], object],
    *,
    end: Callable[[str], object] | None = None,
    words: Callable[[str], object] | None = None,
) -> None:
    """One pass over an XML text. Raises `Invalid` with the key `file` for what is none."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as broken:
        raise Invalid({"file": DAMAGED}) from broken


def _refuse_document_type(*_: object) -> None:
    """Office programs write none, and what it declares can grow without end."""
    raise Invalid({"file": DAMAGED})
