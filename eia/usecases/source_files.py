"""The file of a source: put into the library, handed out to whoever reads there, taken out again."""

from __future__ import annotations

from uuid import UUID

from eia.domain.attachment import SourceFile, hash_of, safe_name
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.store import source_files
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.kept_files import as_added
from eia.usecases.services import Services
from eia.usecases.source_pages import source_page
from eia.usecases.sources import to_change_file
from eia.usecases.uploads import Upload, kind_of

ONE_FILE = "This source has a file already. Another edition is another source"


def add_file(services: Services, actor: Actor, source_id: UUID, upload: Upload) -> UUID:
    """The source's file; the same once more is the one that is there already. Raises `Invalid`."""
    page = source_page(services, actor, source_id)  # before anybody's file is opened
    if page.not_put_file is not None:
        raise NotAllowed(page.not_put_file)
    kind, sha256 = kind_of(upload.content), hash_of(upload.content)
    with services.database.write() as work:
        to_change_file(services, work, actor, source_id)
        there = source_files.of_source(work.connection, source_id)
        if there is not None and there.sha256 == sha256:
            return there.id
        if there is not None:
            raise Invalid({"file": ONE_FILE})
        item = SourceFile(
            id=services.new_id(),
            source_id=source_id,
            name=safe_name(upload.name, kind),
            kind=kind,
            size=len(upload.content),
            sha256=sha256,
            added_by=actor.id,
            added_at=services.now(),
        )
        services.files.keep(item.stored_as, upload.content)
        source_files.add(work.connection, item)
        _record(services, work, actor, "source_file_added", item)
    return item.id


def read_file(services: Services, actor: Actor, source_id: UUID) -> tuple[SourceFile, bytes]:
    """The file and its bytes, as they were added. Raises `Unavailable` when they are no longer that."""
    item = source_page(services, actor, source_id).file
    if item is None:
        raise NotFound
    return item, as_added(services, item)


def remove_file(services: Services, actor: Actor, source_id: UUID) -> None:
    """The file is no longer there; the history keeps that it was, and its hash."""
    with services.database.write() as work:
        to_change_file(services, work, actor, source_id, may_take_out=True)
        item = source_files.of_source(work.connection, source_id)
        if item is None:
            raise NotFound
        source_files.remove(work.connection, source_id)
        _record(services, work, actor, "source_file_removed", item)
    services.files.discard(item.stored_as)


def _record(services: Services, work: UnitOfWork, actor: Actor, name: str, item: SourceFile) -> None:
    data: dict[str, str | int] = {"source": str(item.source_id), "sha256": item.sha256}
    work.record(Event(name=name, chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data))
