"""A list shows exactly what the check lets through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, true

from eia.domain.people import Actor, Grant, Role
from eia.domain.policy import TABLE, Permission, Reach, Subject, may
from eia.store import actions
from eia.store import tables as t
from eia.store.database import Database
from eia.store.visibility import visible, visible_actions

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BODY, OTHER_BODY = uuid4(), uuid4()
FINANCE, HOUSING, THEIRS = uuid4(), uuid4(), uuid4()
ASSIGNABLE = (Role.LEAD, Role.CONTRIBUTOR, Role.CHAMPION)
ME, SOMEBODY = uuid4(), uuid4()
PARTS = ("lead", "support", "unconfirmed")
PROMISED = 3 * (1 + len(ASSIGNABLE)) * len(PARTS) + 3 * len(PARTS)  # of assessments, and of plans


@pytest.fixture(scope="module")
def subjects(tmp_path_factory) -> tuple[Database, dict[UUID, Subject]]:
    """One assessment for every mix of body, department, role of mine on it, and action of mine in it."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('visibility') / 'eia.sqlite'}")
    t.metadata.create_all(database.engine)
    found: dict[UUID, Subject] = {}
    with database.write() as work:
        put_council(work.connection)
        mixes = product((FINANCE, HOUSING, THEIRS), (None, *ASSIGNABLE), ("", *PARTS))
        for number, (department, role, leads) in enumerate(mixes):
            subject = put_assessment(work.connection, number, department, role, leads)
            found[subject.assessment_id] = subject
        for department, leads in product((FINANCE, HOUSING, THEIRS), PARTS):
            put_plan(work.connection, department, leads)
    yield database, found
    database.close()


def put_council(connection) -> None:
    for body, slug in ((BODY, "a"), (OTHER_BODY, "b")):
        connection.execute(
            insert(t.body).values(
                id=body, slug=slug, name=slug, nation="england", workflow="england-1", theme={}
            )
        )
    for department, body in ((FINANCE, BODY), (HOUSING, BODY), (THEIRS, OTHER_BODY)):
        connection.execute(
            insert(t.department).values(id=department, body_id=body, code=str(department)[:8], name="x")
        )
    for person in (ME, SOMEBODY):
        connection.execute(
            insert(t.person).values(
                id=person, body_id=BODY, name="x", job_title="x", email=f"{person}@example.org"
            )
        )


def put_assessment(connection, number, department, role, leads) -> Subject:
    assessment_id, body = uuid4(), OTHER_BODY if department == THEIRS else BODY
    connection.execute(
        insert(t.assessment).values(
            id=assessment_id,
            body_id=body,
            department_id=department,
            reference=f"X-{number}",
            version=1,
            row_version=1,
            title="x",
            workflow="england-1",
            characteristic_list="characteristics-gb-1",
            characteristics=[],
            stage="screening",
            stage_since=NOW,
            is_open=True,
            financial_year=2025,
            target_milestones=[],
            created_at=NOW,
        )
    )
    if role:
        connection.execute(insert(t.assignment).values(assessment_id=assessment_id, person_id=ME, role=role))
    if leads:
        put_action(connection, body, leads, assessment_id=assessment_id)
    return Subject(
        body_id=body,
        department_id=department,
        assessment_id=assessment_id,
        assigned=((ME, role),) if role else (),
        action_leads=frozenset({ME}) if leads == "lead" else frozenset({SOMEBODY}),
    )


def put_plan(connection, department, leads) -> None:
    """A plan of the department with one action."""
    plan_id, body = uuid4(), OTHER_BODY if department == THEIRS else BODY
    connection.execute(
        insert(t.plan).values(
            id=plan_id,
            body_id=body,
            department_id=department,
            title="x",
            source_name="x",
            source_sha256=str(plan_id),
            problems=[],
            imported_by=ME,
            imported_at=NOW,
        )
    )
    put_action(connection, body, leads, plan_id=plan_id)


def put_action(connection, body, leads, **source) -> None:
    action_id, party_id = uuid4(), uuid4()
    connection.execute(
        insert(t.action).values(
            id=action_id,
            body_id=body,
            **source,
            label="",
            heading="",
            text="x",
            outcome="",
            target_raw="",
            target_kind="unknown",
            target_provisional=False,
            target_milestones=[],
            state="open",
            done_evidence="",
            closed_because="",
            problems=[],
            created_by=ME,
            created_at=NOW,
            row_version=1,
        )
    )
    connection.execute(
        insert(t.party).values(
            id=party_id,
            body_id=body,
            kind="person",
            name=str(party_id),
            holder_id=ME,
            confirmed=leads != "unconfirmed",
        )
    )
    connection.execute(
        insert(t.action_lead).values(
            action_id=action_id, party_id=party_id, role="support" if leads == "support" else "lead"
        )
    )


def grants() -> dict[str, tuple[Grant, ...]]:
    """Every role in the whole body, in one department and until yesterday; and none."""
    found: dict[str, tuple[Grant, ...]] = {"nothing": ()}
    for role in Role:
        found[f"{role} of the body"] = (Grant(role=role),)
        found[f"{role} of finance"] = (Grant(role=role, department_id=FINANCE),)
    return found


@pytest.mark.parametrize("held", grants().values(), ids=grants())
def test_every_permission_lists_what_the_check_lets_through(subjects, held):
    database, found = subjects
    actor = Actor(id=ME, body_id=BODY, name="x", job_title="x", email="x", department_id=FINANCE, grants=held)
    for permission in set(Permission) - {Permission.USE}:  # being signed in is not about an assessment
        with database.read() as connection:
            listed = set(
                connection.scalars(select(t.assessment.c.id).where(visible(actor, permission, TODAY)))
            )
        allowed = {key for key, subject in found.items() if may(actor, permission, subject)}
        assert listed == allowed, permission


@pytest.mark.parametrize("held", grants().values(), ids=grants())
def test_every_permission_lists_the_actions_that_the_check_lets_through(subjects, held):
    database, _ = subjects
    actor = Actor(id=ME, body_id=BODY, name="x", job_title="x", email="x", department_id=FINANCE, grants=held)
    joined = t.action.outerjoin(t.assessment, t.assessment.c.id == t.action.c.assessment_id).outerjoin(
        t.plan, t.plan.c.id == t.action.c.plan_id
    )
    with database.read() as connection:
        everything = actions.among(connection, true(), limit=1000)
        assert len(everything) == PROMISED
        for permission in set(Permission) - {Permission.USE}:
            query = select(t.action.c.id).select_from(joined)
            listed = set(connection.scalars(query.where(visible_actions(actor, permission, TODAY))))
            assert listed == {each.id for each in everything if may(actor, permission, each.subject())}, (
                permission
            )


def test_a_role_that_has_ended_shows_nothing(subjects):
    database, _ = subjects
    ended = Grant(role=Role.EQUALITY_OFFICER, until=date(2026, 3, 1))
    actor = Actor(
        id=uuid4(), body_id=BODY, name="x", job_title="x", email="x", department_id=None, grants=(ended,)
    )
    with database.read() as connection:
        listed = connection.scalars(select(t.assessment.c.id).where(visible(actor, Permission.VIEW, TODAY)))
        assert listed.all() == []


def test_the_table_gives_assigned_reach_only_to_roles_that_can_be_assigned():
    """`visible` asks the assignments of exactly these."""
    reached = {role for roles in TABLE.values() for role, reach in roles.items() if reach is Reach.ASSIGNED}
    assert reached <= set(ASSIGNABLE)
