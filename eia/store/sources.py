"""The library of sources: entered once in a body, cited by the evidence of many assessments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    RowMapping,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from eia.domain.errors import NotFound
from eia.domain.evidence import EvidenceKind, Source, oldest_fresh
from eia.domain.facts import SignatureOutcome
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.store.groups import is_about
from eia.store.tables import assessment, evidence, sign_off, source
from eia.store.visibility import visible

Place = tuple[date, UUID]
"""Where a page of the library ends: the source's date, or the first of all days, and its id."""
_UNDATED = literal(date.min, Date())
_FRESHNESS = func.coalesce(source.c.published_on, _UNDATED)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the library is narrowed to; what says nothing does not narrow."""

    words: tuple[str, ...] = ()
    kind: EvidenceKind | None = None
    group: str = ""
    only_old: bool = False


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A source with how many assessments cite it, of those that the reader may see."""

    source: Source
    citations: int

    @property
    def place(self) -> Place:
        """Where the next page begins after it."""
        return self.source.published_on or date.min, self.source.id


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Where a source is cited, and as what: a title and a date stay as they were."""

    assessment_id: UUID
    evidence_id: UUID
    reference: str
    version: int
    assessment_title: str
    title: str
    published_on: date | None
    finding: str


def page(
    connection: Connection, actor: Actor, wanted: Wanted, today: date, *, after: Place | None, limit: int
) -> tuple[Listed, ...]:
    """Up to `limit` sources, the freshest first, from the one behind `after`."""
    query = select(source).where(source.c.body_id == actor.body_id, *_matches(wanted, today))
    if after:
        query = query.where(tuple_(_FRESHNESS, source.c.id) < after)
    rows = connection.execute(query.order_by(_FRESHNESS.desc(), source.c.id.desc()).limit(limit)).mappings()
    found = tuple(map(_value, rows))
    counted = _counted(connection, actor, [each.id for each in found], today)
    return tuple(Listed(source=each, citations=counted.get(each.id, 0)) for each in found)


def one(connection: Connection, body_id: UUID, source_id: UUID) -> Source:
    """The source; `NotFound` when the body has none with this id."""
    found = of_ids(connection, body_id, [source_id])
    if source_id not in found:
        raise NotFound
    return found[source_id]


def of_ids(connection: Connection, body_id: UUID, ids: Collection[UUID]) -> dict[UUID, Source]:
    """Those of the body that have one of these few ids."""
    if not ids:
        return {}
    query = select(source).where(source.c.body_id == body_id, source.c.id.in_(ids))
    return {row["id"]: _value(row) for row in connection.execute(query).mappings()}


def same(
    connection: Connection, body_id: UUID, title: str, kind: EvidenceKind, published_on: date | None
) -> Source | None:
    """The source that has this name, kind and date already."""
    query = select(source).where(
        source.c.body_id == body_id,
        source.c.kind == kind.value,
        source.c.published_on.is_not_distinct_from(published_on),
    )
    dated_so = map(_value, connection.execute(query.order_by(source.c.added_at, source.c.id)).mappings())
    return next((each for each in dated_so if each.is_called(title)), None)


def add(connection: Connection, body_id: UUID, item: Source, *, at: datetime) -> None:
    """A source that the library did not have."""
    row = {"id": item.id, "body_id": body_id, "added_by": item.added_by, "added_at": at}
    connection.execute(insert(source).values(**row, **_columns(item)))


def replace(connection: Connection, item: Source) -> None:
    """The source as it now reads; what cites it stays as it is."""
    connection.execute(update(source).where(source.c.id == item.id).values(**_columns(item)))


def remove(connection: Connection, source_id: UUID) -> None:
    """Take a source out that nothing cites."""
    connection.execute(delete(source).where(source.c.id == source_id))


def is_cited(connection: Connection, source_id: UUID) -> bool:
    """Whether any assessment cites it, also one that the reader may not see."""
    return bool(connection.scalar(select(exists().where(evidence.c.source_id == source_id))))


def is_signed(connection: Connection, source_id: UUID) -> bool:
    """Whether an assessment that cites it bears a signature that counts, also one that is hidden."""
    signed = select(sign_off.c.id).join(evidence, evidence.c.assessment_id == sign_off.c.assessment_id)
    counts = and_(sign_off.c.outcome == SignatureOutcome.SIGNED.value, ~sign_off.c.lapsed)
    return bool(connection.scalar(select(signed.where(evidence.c.source_id == source_id, counts).exists())))


def cited_outside(connection: Connection, assessment_id: UUID, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these few sources that another assessment cites as well."""
    if not ids:
        return frozenset()
    query = select(evidence.c.source_id).where(
        evidence.c.source_id.in_(ids), evidence.c.assessment_id != assessment_id
    )
    return frozenset(row.source_id for row in connection.execute(query))


def citations(connection: Connection, actor: Actor, source_id: UUID, today: date) -> tuple[Citation, ...]:
    """Where it is cited among the assessments that the reader may see, newest first."""
    query = (
        select(
            evidence.c.assessment_id,
            evidence.c.id.label("evidence_id"),
            assessment.c.reference,
            assessment.c.version,
            assessment.c.title.label("assessment_title"),
            evidence.c.title,
            evidence.c.published_on,
            evidence.c.finding,
        )
        .join(assessment, assessment.c.id == evidence.c.assessment_id)
        .where(evidence.c.source_id == source_id, *_readable(actor, today))
        .order_by(evidence.c.written_at.desc(), evidence.c.id)
    )
    return tuple(Citation(**row) for row in connection.execute(query).mappings())


def is_open_to(connection: Connection, actor: Actor, today: date) -> bool:
    """Whether a role of the actor, or some assessment that they are assigned to, opens the library."""
    if may(actor, Permission.READ_SOURCES, Subject(body_id=actor.body_id)):
        return True
    return bool(connection.scalar(select(exists().where(visible(actor, Permission.READ_SOURCES, today)))))


def _counted(connection: Connection, actor: Actor, ids: Collection[UUID], today: date) -> dict[UUID, int]:
    """How many assessments cite each of these few; counted beside the list, it would be for all of them."""
    query = (
        select(evidence.c.source_id, func.count(evidence.c.assessment_id.distinct()).label("number"))
        .join(assessment, assessment.c.id == evidence.c.assessment_id)
        .where(evidence.c.source_id.in_(ids), *_readable(actor, today))
        .group_by(evidence.c.source_id)
    )
    return {row.source_id: row.number for row in connection.execute(query)}


def _readable(actor: Actor, today: date) -> tuple[ColumnElement[bool], ...]:
    """An older version's evidence goes on in the newer one: it is counted there."""
    return visible(actor, Permission.VIEW, today), assessment.c.stage != "superseded"


def _matches(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        func.lower(source.c.title).contains(word, autoescape=True) for word in wanted.words
    ]
    if wanted.kind is not None:
        found.append(source.c.kind == wanted.kind.value)
    if wanted.group:
        found.append(is_about(source.c.characteristics, wanted.group))
    if wanted.only_old:
        found.append(or_(*_too_old(today)))
    return found


def _too_old(today: date) -> Sequence[ColumnElement[bool]]:
    days = {kind.value: oldest_fresh(kind, today) for kind in EvidenceKind}
    return [and_(source.c.kind == kind, source.c.published_on < day) for kind, day in days.items() if day]


def _columns(item: Source) -> dict[str, object]:
    return {
        "title": item.title,
        "kind": item.kind.value,
        "published_on": item.published_on,
        "characteristics": list(item.characteristics),
        "link": item.link,
    }


def _value(row: RowMapping) -> Source:
    return Source(
        id=row["id"],
        title=row["title"],
        kind=EvidenceKind(row["kind"]),
        published_on=row["published_on"],
        characteristics=tuple(row["characteristics"]),
        link=row["link"],
        added_by=row["added_by"],
    )
