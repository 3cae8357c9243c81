"""The library of sources: what joins it, and putting right what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.events import Event
from eia.domain.evidence import EvidenceKind, Source
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.store import source_files, sources
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services
from eia.usecases.writing import token_of

NOT_YOURS = "Only whoever entered a source, or an equality officer, can change what the library says of it."
STILL_CITED = "Assessments cite this source, so it stays."
SIGNED = "An assessment that cites this source was signed, so its file stays as it is."


@dataclass(frozen=True, kw_only=True)
class SourceEntry:
    """What somebody typed about a source, whoever cites it."""

    title: str
    kind: EvidenceKind
    characteristics: tuple[str, ...]
    published_on: date | None
    link: str = ""


def change_source(
    services: Services, actor: Actor, source_id: UUID, entry: SourceEntry, *, page_token: str
) -> None:
    """The source as it now reads; what cites it goes on saying what was cited.

    Raises `Stale` when it is no longer what the page showed.
    """
    if problems := source_problems(entry, services.today()):
        raise Invalid(problems)
    with services.database.write() as work:
        before = to_change(services, work, actor, source_id)
        if token_of(before) != page_token:
            raise Stale([], current_version=0)
        replace_source(work, actor, before, entry)
        _record(services, work, actor, "source_changed", source_id)


def remove_source(services: Services, actor: Actor, source_id: UUID) -> None:
    """Take a source out of the library that nothing cites."""
    with services.database.write() as work:
        to_change(services, work, actor, source_id)
        if sources.is_cited(work.connection, source_id):
            raise NotAllowed(STILL_CITED)
        source_files.remove(work.connection, source_id)  # its bytes are swept away in time
        sources.remove(work.connection, source_id)
        _record(services, work, actor, "source_removed", source_id)


def cited_source(services: Services, work: UnitOfWork, actor: Actor, entry: SourceEntry) -> Source:
    """The library's source of this name, kind and date; it joins the library when there is none."""
    known = sources.same(work.connection, actor.body_id, entry.title, entry.kind, entry.published_on)
    if known is not None:
        return covering(work, known, entry.characteristics)
    source = source_of(entry, services.new_id(), actor.id)
    sources.add(work.connection, actor.body_id, source, at=services.now())
    return source


def to_change_file(
    services: Services, work: UnitOfWork, actor: Actor, source_id: UUID, *, may_take_out: bool = False
) -> Source:
    """The source whose file the actor may change: not once it was signed, but `may_take_out` by the officer.

    Whoever signed may have read the file, or that there was none. Raises `NotFound`, `NotAllowed`.
    """
    source = to_change(services, work, actor, source_id)
    if sources.is_signed(work.connection, source_id) and not (may_take_out and keeps(actor)):
        raise NotAllowed(SIGNED)
    return source


def replace_source(work: UnitOfWork, actor: Actor, before: Source, entry: SourceEntry) -> Source:
    """The source as it now reads. Raises `Invalid` when that is another one that the library has."""
    known = sources.same(work.connection, actor.body_id, entry.title, entry.kind, entry.published_on)
    if known is not None and known.id != before.id:
        raise Invalid({"title": "The library has a source of this name, kind and date already"})
    source = source_of(entry, before.id, before.added_by)
    sources.replace(work.connection, source)
    return source


def covering(work: UnitOfWork, source: Source, groups: tuple[str, ...]) -> Source:
    """The source, which covers from now on also the groups that somebody cites it for."""
    more = tuple(group for group in groups if group not in source.characteristics)
    if not more:
        return source
    fuller = replace(source, characteristics=(*source.characteristics, *more))
    sources.replace(work.connection, fuller)
    return fuller


def why_not_change(actor: Actor, source: Source) -> str | None:
    """Why the actor may not change what the library says, or None when they may."""
    return None if keeps(actor) or source.added_by == actor.id else NOT_YOURS


def keeps(actor: Actor) -> bool:
    """Whether the actor looks after the library, and takes out of it what should not be there."""
    return may(actor, Permission.KEEP_SOURCES, Subject(body_id=actor.body_id))


def source_of(entry: SourceEntry, source_id: UUID, added_by: UUID) -> Source:
    """The source that the entry describes."""
    return Source(
        id=source_id,
        title=" ".join(entry.title.split()),
        kind=entry.kind,
        published_on=entry.published_on,
        characteristics=entry.characteristics,
        link=entry.link.strip(),
        added_by=added_by,
    )


def source_problems(entry: SourceEntry, today: date) -> dict[str, str]:
    """Everything to put right, by its field."""
    problems = {}
    if not entry.title.strip():
        problems["title"] = "Enter what the source is called"
    if not entry.characteristics:
        problems["characteristics"] = "Select at least one group that this is about"
    if entry.published_on is not None and entry.published_on > today:
        problems["published_on"] = "The date of the source must be today or in the past"
    return problems


def to_change(services: Services, work: UnitOfWork, actor: Actor, source_id: UUID) -> Source:
    """The source, once it is sure that the actor may change it. Raises `NotFound`, `NotAllowed`."""
    if not sources.is_open_to(work.connection, actor, services.today()):
        raise NotFound
    source = sources.one(work.connection, actor.body_id, source_id)
    if refused := why_not_change(actor, source):
        raise NotAllowed(refused)
    return source


def _record(services: Services, work: UnitOfWork, actor: Actor, name: str, source_id: UUID) -> None:
    work.record(
        Event(
            name=name,
            chain_id=actor.body_id,
            actor_id=actor.id,
            at=services.now(),
            data={"source": str(source_id)},
        )
    )
