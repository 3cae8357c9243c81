"""The answers of one assessment, one row for each question and characteristic, with whoever wrote it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from eia.domain.facts import AnswerKey, AnswerValue
from eia.store.tables import answer, person

_OF_FORM = (
    select(
        answer.c.form,
        answer.c.question,
        answer.c.characteristic,
        answer.c.value,
        answer.c.written_at,
        person.c.name,
    )
    .join(person, person.c.id == answer.c.written_by)
    .where(answer.c.assessment_id == bindparam("assessment_id"), answer.c.form == bindparam("form"))
)
_REMOVE = delete(answer).where(
    answer.c.assessment_id == bindparam("of_assessment"),
    answer.c.form == bindparam("of_form"),
    answer.c.question == bindparam("of_question"),
    answer.c.characteristic == bindparam("of_characteristic"),
)


@dataclass(frozen=True, kw_only=True)
class WrittenAnswer:
    """An answer as it stands, with the name of whoever wrote it last."""

    key: AnswerKey
    value: AnswerValue
    by: str
    at: datetime


def of_form(connection: Connection, assessment_id: UUID, form: str) -> dict[AnswerKey, WrittenAnswer]:
    """Every stored answer of one form of the assessment."""
    rows = connection.execute(_OF_FORM, {"assessment_id": assessment_id, "form": form}).mappings()
    written = (_written(row) for row in rows)
    return {item.key: item for item in written}


def put(
    connection: Connection,
    assessment_id: UUID,
    changed: Mapping[AnswerKey, AnswerValue | None],
    *,
    by: UUID,
    at: datetime,
) -> None:
    """These answers as they now read; None takes an answer away. The caller holds the assessment's lock."""
    if not changed:
        return
    connection.execute(_REMOVE, [_place(assessment_id, key) for key in changed])
    rows = [_row(assessment_id, key, value, by, at) for key, value in changed.items() if value is not None]
    if rows:
        connection.execute(insert(answer), rows)


def _place(assessment_id: UUID, key: AnswerKey) -> dict[str, object]:
    return {
        "of_assessment": assessment_id,
        "of_form": key.form,
        "of_question": key.question,
        "of_characteristic": key.characteristic,
    }


def _row(
    assessment_id: UUID, key: AnswerKey, value: AnswerValue, by: UUID, at: datetime
) -> dict[str, object]:
    return {
        "assessment_id": assessment_id,
        "form": key.form,
        "question": key.question,
        "characteristic": key.characteristic,
        "value": list(value) if isinstance(value, tuple) else value,
        "written_by": by,
        "written_at": at,
    }


def _written(row: RowMapping) -> WrittenAnswer:
    value = row["value"]
    return WrittenAnswer(
        key=AnswerKey(row["form"], row["question"], row["characteristic"]),
        value=tuple(value) if isinstance(value, list) else value,
        by=row["name"],
        at=row["written_at"],
    )
