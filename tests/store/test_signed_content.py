"""A signature is bound to all that people write: a column is part of the hash, or says here why it is not."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Table, Uuid, insert, update

from eia.domain.facts import AnswerKey
from eia.store import tables
from eia.store.content_hash import content_hash
from eia.store.database import Database
from tests.council import BODY, Council

WHOSE = {
    "id",
    "assessment_id",
    "written_by",
    "written_at",
    "added_by",
    "added_at",
    "created_by",
    "created_at",
}
"""Which row it is, who put it there and when: the history keeps that."""

READING = {
    f"target_{name}" for name in ("kind", "earliest", "latest", "provisional", "milestones")
}  # how the date in words was understood

NOT_BOUND: dict[Table, set[str]] = {
    tables.answer: WHOSE,
    tables.evidence: WHOSE | READING | {"source_id"},  # what is cited is cited word for word
    tables.consultation: WHOSE,
    tables.attachment: WHOSE | {"kind", "size"},  # they follow from the bytes
    tables.action: WHOSE
    | READING
    | {"body_id", "plan_id", "carried_from", "objective_id", "passage", "problems", "row_version"}
    | {"state", "done_on", "done_by", "done_evidence", "verified_by", "verified_on", "closed_because"}
    | {"slips", "slip_days"},  # how it goes on is no part of the promise
}


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    """An assessment with one of everything, a combination of groups among the answers."""
    made = council.assessment(
        "sign_off", answers={AnswerKey("impact", "combination.rating", "added1"): ("high",)}
    )
    council.evidence(made, "age")
    council.action(made)
    with council.services.database.write() as work:
        work.connection.execute(
            insert(tables.consultation).values(
                id=uuid4(),
                assessment_id=made,
                method="Survey",
                invited="Users",
                characteristics=["age"],
                heard=["age"],
                summary="",
                changed="",
                not_heard_because="",
                written_by=council["lead"].id,
                written_at=council.clock.now(),
            )
        )
        work.connection.execute(
            insert(tables.attachment).values(
                id=uuid4(),
                assessment_id=made,
                section="evidence",
                name="a.txt",
                kind="txt",
                size=1,
                sha256="0" * 64,
                added_by=council["lead"].id,
                added_at=council.clock.now(),
            )
        )
    return made


def otherwise(council: Council, column: Column[object]) -> object:
    """A value that the column did not have."""
    if isinstance(column.type, Uuid):
        is_action = column.name == "action_id"
        return council.action(council.assessment("evidence")) if is_action else party(council)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Date):
        return date(2020, 2, 1)
    return ["other"] if isinstance(column.type, JSON) else "other"


def party(council: Council) -> UUID:
    party_id = uuid4()
    with council.services.database.write() as work:
        values = {"id": party_id, "body_id": BODY, "kind": "person", "name": "Somebody", "confirmed": False}
        work.connection.execute(insert(tables.party).values(**values))
    return party_id


@pytest.mark.parametrize("table", NOT_BOUND, ids=str)
def test_whatever_is_written_otherwise_is_another_content(council, assessment_id, table: Table):
    bound = [column for column in table.c if column.name not in NOT_BOUND[table]]
    others = {column.name: otherwise(council, column) for column in bound}
    seen = []
    with council.services.database.write() as work:
        for name, other in others.items():
            before = content_hash(work.connection, assessment_id).whole
            here = table.c.assessment_id == assessment_id
            work.connection.execute(update(table).where(here).values({name: other}))
            seen += [name] if content_hash(work.connection, assessment_id).whole != before else []
    assert seen == list(others)


@pytest.mark.parametrize("table", NOT_BOUND, ids=str)
def test_whatever_is_taken_out_is_another_content(council, assessment_id, table: Table):
    with council.services.database.write() as work:
        before = content_hash(work.connection, assessment_id).whole
        if table is tables.action:
            work.connection.execute(tables.action_lead.delete())
        work.connection.execute(table.delete().where(table.c.assessment_id == assessment_id))
        assert content_hash(work.connection, assessment_id).whole != before
