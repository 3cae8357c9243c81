"""What was written and can be found, as far as a person may see it: best first if rare, else newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Connection,
    FromClause,
    RowMapping,
    Select,
    func,
    literal,
    select,
    union_all,
)

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.full_text import FULL_TEXT, FullText
from eia.store.tables import assessment, passage
from eia.store.visibility import visible

RARE = 200
"""Up to how many passages are ranked: ranking reads every one of them, newest first only those shown."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A passage that was found, with the assessment it stands in; `characteristic` is "" for its subject."""

    passage_id: int
    assessment_id: UUID
    reference: str
    version: int
    title: str
    workflow: str
    stage: str
    characteristic: str
    effects: tuple[str, ...]
    text: str


def find(
    connection: Connection,
    actor: Actor,
    words: Sequence[str],
    today: date,
    *,
    after: int | None,
    limit: int,
    ranked_up_to: int = RARE,
) -> tuple[Found, ...]:
    """Up to `limit` passages with all of the words, from the one behind the passage `after`."""
    index = FULL_TEXT[connection.dialect.name]
    query = index.every(words)
    found = _found(index).where(index.holding("query"), visible(actor, Permission.VIEW, today))
    if _number(connection, index, query, ranked_up_to + 1) <= ranked_up_to:
        ranked = _run(connection, found.order_by(index.rank, index.newest), query)
        return _behind(ranked, after)[:limit]
    if after is not None:
        found = found.where(passage.c.id < after)
    return _run(connection, found.order_by(index.newest).limit(limit), query)


def alike(
    connection: Connection,
    actor: Actor,
    words: Sequence[str],
    today: date,
    *,
    not_under: str,
    limit: int,
) -> tuple[Found, ...]:
    """Subjects that share the rarest of the words, the likest first; without a rare word, all of them.

    `not_under` is the reference that asks: no assessment is like itself.
    """
    index = FULL_TEXT[connection.dialect.name]
    rare = _rare_of(connection, index, words)
    query = index.any_of(rare) if rare else index.every(words)
    order = (index.rank, index.newest) if rare else (index.newest,)
    subjects = _found(index).where(
        index.holding("query"),
        passage.c.characteristic == "",
        assessment.c.reference != not_under,
        assessment.c.stage.not_in(("superseded", "withdrawn")),
        visible(actor, Permission.VIEW, today),
    )
    return _run(connection, subjects.order_by(*order).limit(limit), query)


def impacts(
    connection: Connection, assessments: Sequence[UUID], characteristic: str | None = None
) -> tuple[Found, ...]:
    """What these few assessments, already found for the reader, say of one group, or of each."""
    about = passage.c.characteristic
    told = about != "" if characteristic is None else about == characteristic
    query = _COLUMNS.select_from(_WITH_ASSESSMENT).where(passage.c.assessment_id.in_(assessments), told)
    return tuple(_value(row) for row in connection.execute(query.order_by(passage.c.id)).mappings())


_WITH_ASSESSMENT = passage.join(assessment, assessment.c.id == passage.c.assessment_id)
_COLUMNS = select(
    passage.c.id.label("passage_id"),
    passage.c.assessment_id,
    assessment.c.reference,
    assessment.c.version,
    assessment.c.title,
    assessment.c.workflow,
    assessment.c.stage,
    passage.c.characteristic,
    passage.c.effects,
    passage.c.text,
)


def _found(index: FullText) -> Select[tuple[object, ...]]:
    return _COLUMNS.select_from(index.passages.join(assessment, assessment.c.id == passage.c.assessment_id))


def _number(connection: Connection, index: FullText, query: str, limit: int) -> int:
    """How many passages hold this, counted no further than to `limit`."""
    counted = select(func.count()).select_from(_some(index, "query", limit))
    return connection.execute(counted, {"query": query}).scalar_one()


def _rare_of(connection: Connection, index: FullText, words: Sequence[str]) -> list[str]:
    """The words that are somewhere, and not everywhere; all counted in one query."""
    names = [f"query_{place}" for place in range(len(words))]
    values = {name: index.every([word]) for name, word in zip(names, words, strict=True)}
    counts = _counts(connection.dialect.name, len(words))
    found = {row.name: row.number for row in connection.execute(counts, values)}
    return [word for name, word in zip(names, words, strict=True) if 0 < found[name] <= RARE]


@cache
def _counts(dialect: str, words: int) -> CompoundSelect[str, int]:
    """Made once for each number of words: making it takes longer than the database does."""
    index = FULL_TEXT[dialect]
    return union_all(
        *(
            select(literal(name).label("name"), func.count().label("number")).select_from(
                _some(index, name, RARE + 1)
            )
            for name in (f"query_{place}" for place in range(words))
        )
    )


def _some(index: FullText, name: str, limit: int) -> FromClause:
    """What is counted: to know that there are more than a few, nobody need see them all."""
    query = select(literal(1)).select_from(index.passages).where(index.holding(name))
    return query.limit(limit).subquery()


def _run(connection: Connection, query: Select[tuple[object, ...]], words: str) -> tuple[Found, ...]:
    return tuple(_value(row) for row in connection.execute(query, {"query": words}).mappings())


def _behind(ranked: tuple[Found, ...], after: int | None) -> tuple[Found, ...]:
    places = [each.passage_id for each in ranked]
    return ranked[places.index(after) + 1 :] if after in places else ranked


def _value(row: RowMapping) -> Found:
    return Found(**{**row, "effects": tuple(row["effects"])})
