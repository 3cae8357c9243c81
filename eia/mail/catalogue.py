"""The mails' sentences in another language, from the catalogue that translators keep."""

from __future__ import annotations

import gettext
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent / "translations"
_PLACE = re.compile(r"%\((\w+)\)s")


class CatalogueError(Exception):
    """A sentence that would break the mail it stands in; the message names file, line and place."""


@cache
def translations(language: str, folder: Path = FOLDER) -> gettext.NullTranslations:
    """The sentences; English where they were not translated. Raises `CatalogueError`.

    Read as it is: at sixty sentences a compiled catalogue would save nothing, and could be an old one.
    """
    path = folder / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # only where somebody reads another language
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        found = read_po(file, locale=language)
    _check(found, path)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _check(found: Catalog, path: Path) -> None:
    """A sentence has no place that nobody fills."""
    for message in found:
        known = set(_PLACE.findall(" ".join(_forms(message.id))))
        unknown = set(_PLACE.findall(" ".join(_forms(message.string)))) - known
        if message.id and unknown:
            raise CatalogueError(
                f"{path.name}, line {message.lineno}: nobody fills {', '.join(sorted(unknown))}"
            )


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]
