"""Files that somebody put here, wherever they are named: handed out as they were added, and looked after."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from eia.domain.attachment import Attachment, KeptFile, SourceFile
from eia.domain.errors import Unavailable
from eia.store import attachments, source_files
from eia.usecases.services import Services

FORGOTTEN_AFTER = timedelta(days=30)

_log = logging.getLogger(__name__)


def as_added(services: Services, item: KeptFile) -> bytes:
    """The file's bytes. Raises `Unavailable` when they are no longer those that were added."""
    found = services.files.read(item.stored_as)
    if found is None or not item.is_of(found):
        _log.error("file %s is not in the file storage as it was added", item.id)
        raise Unavailable
    return found


def discard_unreferenced(services: Services) -> int:
    """Takes away files that no attachment has named for a month; how many there were.

    They are left when a process ends between the file and its row. A month, because a database restored from
    a backup knows nothing of the newest files, and whoever notices wants them still to be there.
    """
    old = list(services.files.kept_before(services.now() - FORGOTTEN_AFTER))
    with services.database.read() as connection:
        kept = (*attachments.every(connection), *source_files.every(connection))
        named = {item.stored_as for item in kept}
    left = [name for name in old if name not in named]
    for name in left:
        services.files.discard(name)
    return len(left)


def file_problems(services: Services, listed: Iterable[Attachment | SourceFile]) -> Iterator[str]:
    """Every file whose bytes are gone or are no longer those that were added, as a sentence."""
    for item in listed:
        owner = item.assessment_id if isinstance(item, Attachment) else item.source_id
        found = services.files.read(item.stored_as)
        if found is None:
            yield f"{owner}: the file of attachment {item.id} is missing"
        elif not item.is_of(found):
            yield f"{owner}: the file of attachment {item.id} is not as it was added"
