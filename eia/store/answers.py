"""The answers of one assessment, one row for each question and characteristic, with whoever wrote it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import is_answer
from eia.store.tables import answer, answer_history, person

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


_STANDING = select(answer).where(answer.c.assessment_id == bindparam("assessment_id"))
_REPLACER = person.alias("replacer")
_EARLIER = (
    select(answer_history, person.c.name, _REPLACER.c.name.label("replacer"))
    .join(person, person.c.id == answer_history.c.written_by)
    .join(_REPLACER, _REPLACER.c.id == answer_history.c.replaced_by)
    .where(
        answer_history.c.assessment_id == bindparam("assessment_id"),
        answer_history.c.form == bindparam("form"),
    )
    .order_by(answer_history.c.replaced_at.desc(), answer_history.c.written_at.desc(), answer_history.c.id)
)
_OVERWRITTEN = (
    select(answer_history.c.form, answer_history.c.question, answer_history.c.characteristic)
    .where(
        answer_history.c.assessment_id == bindparam("assessment_id"),
        answer_history.c.form == bindparam("form"),
    )
    .distinct()
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


@dataclass(frozen=True, kw_only=True)
class EarlierAnswer:
    """What an answer said until somebody replaced it or took it away."""

    key: AnswerKey
    value: AnswerValue
    by: str
    at: datetime
    replaced_by: str
    replaced_at: datetime


def earlier(connection: Connection, assessment_id: UUID, form: str) -> tuple[EarlierAnswer, ...]:
    """Everything that was written over in the form, the last that was replaced first."""
    rows = connection.execute(_EARLIER, {"assessment_id": assessment_id, "form": form}).mappings()
    return tuple(_earlier(row) for row in rows)


def overwritten(connection: Connection, assessment_id: UUID, form: str) -> frozenset[AnswerKey]:
    """Where in the form something was written over."""
    rows = connection.execute(_OVERWRITTEN, {"assessment_id": assessment_id, "form": form})
    return frozenset(AnswerKey(*row) for row in rows)


def put(
    connection: Connection,
    assessment_id: UUID,
    changed: Mapping[AnswerKey, AnswerValue | None],
    *,
    by: UUID,
    at: datetime,
) -> None:
    """These answers as they now read; None takes an answer away. The caller holds the assessment's lock.

    What they said before is kept: two people in one section never lose each other's words.
    """
    if not changed:
        return
    _keep_earlier(connection, assessment_id, changed, by, at)
    connection.execute(_REMOVE, [_place(assessment_id, key) for key in changed])
    rows = [_row(assessment_id, key, value, by, at) for key, value in changed.items() if value is not None]
    if rows:
        connection.execute(insert(answer), rows)


def _keep_earlier(
    connection: Connection,
    assessment_id: UUID,
    changed: Mapping[AnswerKey, AnswerValue | None],
    by: UUID,
    at: datetime,
) -> None:
    standing = connection.execute(_STANDING, {"assessment_id": assessment_id}).mappings()
    kept = [
        {**row, "id": uuid4(), "replaced_by": by, "replaced_at": at}
        for row in standing
        if _key(row) in changed and is_answer(_value(row)) and _value(row) != changed[_key(row)]
    ]
    if kept:
        connection.execute(insert(answer_history), kept)


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
    return WrittenAnswer(key=_key(row), value=_value(row), by=row["name"], at=row["written_at"])


def _earlier(row: RowMapping) -> EarlierAnswer:
    return EarlierAnswer(
        key=_key(row),
        value=_value(row),
        by=row["name"],
        at=row["written_at"],
        replaced_by=row["replacer"],
        replaced_at=row["replaced_at"],
    )


def _key(row: RowMapping) -> AnswerKey:
    return AnswerKey(row["form"], row["question"], row["characteristic"])


def _value(row: RowMapping) -> AnswerValue:
    value: str | bool | list[str] = row["value"]
    return tuple(value) if isinstance(value, list) else value
