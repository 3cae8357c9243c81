"""Comment threads of one assessment, and what was said in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from eia.domain.comment import Comment, Thread
from eia.domain.facts import AnswerKey
from eia.store.tables import comment, comment_thread, person

_RESOLVER = person.alias("resolver")
_SAID = (
    select(
        comment_thread,
        _RESOLVER.c.name.label("resolver"),
        comment.c.text,
        comment.c.written_by,
        comment.c.written_at,
        person.c.name.label("writer"),
    )
    .join(comment, comment.c.thread_id == comment_thread.c.id)
    .join(person, person.c.id == comment.c.written_by)
    .outerjoin(_RESOLVER, _RESOLVER.c.id == comment_thread.c.resolved_by)
    .where(comment_thread.c.assessment_id == bindparam("assessment_id"))
    .order_by(comment_thread.c.opened_at, comment_thread.c.id, comment.c.seq)
)


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Thread, ...]:
    """Every thread of the assessment, in the order in which they were opened."""
    return _threads(connection, _SAID, assessment_id)


def still_open(connection: Connection, assessment_id: UUID) -> tuple[Thread, ...]:
    """The threads that nobody has resolved."""
    return _threads(connection, _SAID.where(comment_thread.c.resolved_at.is_(None)), assessment_id)


def find(connection: Connection, assessment_id: UUID, thread_id: UUID) -> Thread | None:
    """The thread with this id, if it is one of the assessment's."""
    found = _threads(connection, _SAID.where(comment_thread.c.id == thread_id), assessment_id)
    return found[0] if found else None


def open_thread(
    connection: Connection, assessment_id: UUID, thread_id: UUID, about: AnswerKey, *, by: UUID, at: datetime
) -> None:
    """A thread in which nothing has been said yet."""
    connection.execute(
        insert(comment_thread).values(
            id=thread_id,
            assessment_id=assessment_id,
            section=about.form,
            question=about.question,
            characteristic=about.characteristic,
            opened_by=by,
            opened_at=at,
        )
    )


def say(connection: Connection, thread_id: UUID, seq: int, text: str, *, by: UUID, at: datetime) -> None:
    """One more comment at this place of the thread."""
    connection.execute(
        insert(comment).values(thread_id=thread_id, seq=seq, text=text, written_by=by, written_at=at)
    )


def settle(connection: Connection, thread_id: UUID, *, by: UUID | None, at: datetime | None) -> None:
    """Resolved by somebody at some time; by nobody, it is open again."""
    connection.execute(
        update(comment_thread).where(comment_thread.c.id == thread_id).values(resolved_by=by, resolved_at=at)
    )


def _threads(
    connection: Connection, query: Select[*tuple[object, ...]], assessment_id: UUID
) -> tuple[Thread, ...]:
    rows = connection.execute(query, {"assessment_id": assessment_id}).mappings()
    return tuple(_thread(list(said)) for _, said in groupby(rows, lambda row: row["id"]))


def _thread(said: list[RowMapping]) -> Thread:
    first = said[0]
    return Thread(
        id=first["id"],
        about=AnswerKey(first["section"], first["question"], first["characteristic"]),
        comments=tuple(_comments(said)),
        resolved_by=first["resolver"] or "",
        resolved_at=first["resolved_at"],
    )


def _comments(said: Iterable[RowMapping]) -> Iterable[Comment]:
    for row in said:
        yield Comment(text=row["text"], by_id=row["written_by"], by=row["writer"], at=row["written_at"])
