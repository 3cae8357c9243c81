"""The reminder ledger: what is due and not in it yet, what is pending and no longer holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Case,
    ColumnElement,
    Connection,
    Label,
    Row,
    and_,
    case,
    or_,
    select,
    text,
    update,
)

from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.reminder_choices import ReminderChoices
from eia.domain.reminders import ANNOUNCED, CHECK_IN, CONFIRM, ESCALATED, GIVE_DATE
from eia.domain.target_date import TargetDate
from eia.store import occasions, reminder_choices
from eia.store.due_question import everything_due
from eia.store.reminder_queries import (
    ADD,
    DueRow,
    LedgerRow,
    as_json,
    ledger_json,
)
from eia.store.tables import (
    action,
    action_lead,
    assessment,
    assignment,
    body,
    outbox,
    party,
    person,
    reminder,
    role_grant,
)
from eia.store.targets import target_value

KINDS = ("action", "assessment")
OCCASIONS = tuple(occasion.value for occasion in Occasion)
NEXT_POSTS = (Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.EQUALITY_OFFICER, Role.ADMINISTRATOR)
# Partial indexes serve only a condition with the very constants they were made with, never a bound value.
QUEUED = text("reminder.state = 'queued'")
WAITING = and_(reminder.c.outbox_id.is_(None), QUEUED)
REACHED = (person.c.active, person.c.mail_refused_at.is_(None))
UNSENT = text("outbox.state IN ('pending', 'retry_wait', 'claimed', 'intended')")


@dataclass(frozen=True, kw_only=True)
class RemindedBody:
    """What the sweep must know of a body: whose bank holidays, which policy, how far back deadlines go."""

    id: UUID
    nation: str
    workflow: str
    oldest: date | None
    stage_oldest: date | None = None
    review_oldest: date | None = None
    choices: ReminderChoices | None = None  # None: all as its workflow says


class DueItem(NamedTuple):
    """Something due that the ledger does not hold; without a recipient nobody who leads it can be reached."""

    body_id: UUID
    subject_kind: str
    subject_id: UUID
    rule: str
    occurrence: date
    recipient_id: UUID | None
    department_id: UUID | None
    missed: tuple[str, ...]  # rules of the same deadline that no run recorded in time


class Question(NamedTuple):
    """What is asked of the open subjects of a kind: deadlines, milestones, escalated, or a period."""

    kind: str
    which: str
    due: Sequence[DueRow]


@dataclass(frozen=True, kw_only=True)
class PendingReminder:
    """A reminder that has not gone yet, beside the promise as it now reads."""

    id: UUID
    rule: str
    occurrence: date
    is_open: bool
    target: TargetDate


class Standing(NamedTuple):
    """A role that somebody active holds in a body or in one department."""

    body_id: UUID
    person_id: UUID
    role: Role
    department_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything a sweep decides on; `leads` holds, by kind, the leads of what is escalated."""

    items: tuple[DueItem, ...]
    standings: tuple[Standing, ...]
    leads: Mapping[str, Mapping[UUID, frozenset[UUID]]]
    chains: Mapping[UUID, tuple[Role, ...]] = field(default_factory=dict)  # of bodies that chose one


def bodies(connection: Connection) -> tuple[RemindedBody, ...]:
    """Every body, with its oldest open deadline and what it chose."""
    chosen = reminder_choices.of_bodies(connection)
    rows = connection.execute(_BODIES).mappings()
    return tuple(
        RemindedBody(
            id=row["id"],
            nation=row["nation"],
            workflow=row["workflow"],
            oldest=min(
                (day for day in (row["action_oldest"], row["assessment_oldest"]) if day), default=None
            ),
            stage_oldest=row["stage_oldest"],
            review_oldest=row["review_oldest"],
            choices=chosen.get(row["id"]),
        )
        for row in rows
    )


def find(
    connection: Connection, questions: Callable[[Sequence[RemindedBody]], Sequence[Question]], today: date
) -> Findings:
    """What the questions, asked of every body, find that the ledger does not hold, and who may be told."""
    if connection.dialect.name == "postgresql":
        connection.execute(_BY_INDEX)
    asked = bodies(connection)
    items = _due(connection, questions(asked), today)
    escalated = [item for item in items if item.rule == ESCALATED]
    leads = {kind: leads_of(connection, kind, _ids(escalated, kind)) for kind in KINDS}
    late = {each: _ids(escalated, each.value) for each in Occasion}
    for promise in occasions.promises(connection, {each: ids for each, ids in late.items() if ids}, today):
        leads.setdefault(promise.kind, {})[promise.id] = promise.leads
    chains = {body.id: body.choices.chain for body in asked if body.choices}
    return Findings(items=tuple(items), standings=standings(connection, today), leads=leads, chains=chains)


def _due(connection: Connection, questions: Iterable[Question], today: date) -> list[DueItem]:
    dialect = connection.dialect.name
    due = [(question, row) for question in questions for row in question.due]
    about = ((f"{question.kind}/{question.which}", row) for question, row in due)
    rows = connection.execute(
        everything_due(dialect),
        {"due": as_json(dialect, about), "rulebook": occasions.rulebook(), "today": today},
    )
    earlier = {(question.kind, row.body_id, row.rule): row.earlier for question, row in due}
    return [_item(row, earlier[row.subject_kind, row.body_id, row.rule]) for row in rows]


def _item(row: Row[Any], earlier: tuple[str, ...]) -> DueItem:
    return DueItem(
        row.body_id,
        row.subject_kind,
        row.subject_id,
        row.rule,
        row.occurrence,
        row.recipient_id,
        row.department_id,
        earlier if row.catching_up else (),
    )


def _ids(items: Iterable[DueItem], kind: str) -> list[UUID]:
    return [item.subject_id for item in items if item.subject_kind == kind]


def add(connection: Connection, rows: Sequence[LedgerRow], *, now: datetime) -> None:
    """New rows; one that was cancelled and is due again comes back, any other that exists stays as it is."""
    if rows:
        dialect = connection.dialect.name
        connection.execute(ADD[dialect], {"rows": ledger_json(dialect, rows), "now": now})


def doubtful(connection: Connection) -> Iterator[PendingReminder]:
    """Queued reminders that have not gone and may no longer hold, with the promise as it now reads.

    One whose promise is open and due on the very day it was due then is not worth a look.
    """
    unsent = select(outbox.c.id).where(UNSENT)  # a join is tempted to begin at the archive
    digests = _PENDING.where(reminder.c.outbox_id.is_not(None), reminder.c.outbox_id.in_(unsent), QUEUED)
    for query in (_PENDING.where(WAITING), digests):
        for row in connection.execute(query).mappings():
            yield PendingReminder(
                id=row["reminder_id"],
                rule=row["rule"],
                occurrence=row["occurrence"],
                is_open=bool(row["is_open"]),
                target=target_value(row),
            )


def pending_occasions(connection: Connection) -> tuple[LedgerRow, ...]:
    """Queued reminders of occasions that have not gone: who has one may change without a date moving."""
    unsent = select(outbox.c.id).where(UNSENT)
    of_occasions = select(*(reminder.c[name] for name in LedgerRow._fields)).where(
        reminder.c.subject_kind.in_(OCCASIONS)
    )
    digests = of_occasions.where(reminder.c.outbox_id.is_not(None), reminder.c.outbox_id.in_(unsent), QUEUED)
    rows = (row for query in (of_occasions.where(WAITING), digests) for row in connection.execute(query))
    return tuple(LedgerRow(*row) for row in rows)


def cancel(connection: Connection, ids: Sequence[UUID]) -> None:
    """These will not be sent."""
    for first in range(0, len(ids), 500):
        chunk = ids[first : first + 500]
        connection.execute(update(reminder).where(reminder.c.id.in_(chunk)).values(state="cancelled"))


def waiting_recipients(connection: Connection) -> frozenset[tuple[UUID, UUID]]:
    """(body, recipient) of whoever has reminders that no digest carries yet."""
    rows = connection.execute(select(reminder.c.body_id, reminder.c.recipient_id).where(WAITING).distinct())
    return frozenset((row.body_id, row.recipient_id) for row in rows)


def attach(connection: Connection, recipient_id: UUID, outbox_id: UUID) -> None:
    """The recipient's reminders that were waiting go with this digest."""
    connection.execute(
        update(reminder).where(reminder.c.recipient_id == recipient_id, WAITING).values(outbox_id=outbox_id)
    )


def standings(connection: Connection, today: date) -> tuple[Standing, ...]:
    """Who is told when the leads cannot be, or are late: the holders of `NEXT_POSTS` on the day, by name."""
    rows = connection.execute(
        select(role_grant.c.body_id, role_grant.c.person_id, role_grant.c.role, role_grant.c.department_id)
        .join(person, person.c.id == role_grant.c.person_id)
        .where(
            *REACHED,
            role_grant.c.role.in_([role.value for role in NEXT_POSTS]),
            role_grant.c.until.is_(None) | (role_grant.c.until >= today),
        )
        .order_by(person.c.name, role_grant.c.id)
    )
    return tuple(Standing(row.body_id, row.person_id, Role(row.role), row.department_id) for row in rows)


def leads_of(connection: Connection, kind: str, ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The people whom mail reaches as leads of each of these subjects."""
    found: set[tuple[UUID, UUID]] = set()
    for first in range(0, len(ids), 500):
        query = _LEADS[kind].where(_LEAD_SUBJECT[kind].in_(ids[first : first + 500]))
        found.update((row[0], row[1]) for row in connection.execute(query))
    by_subject = groupby(sorted(found, key=str), key=lambda pair: pair[0])
    return {subject: frozenset(person_id for _, person_id in pairs) for subject, pairs in by_subject}


# For the rest of the transaction: PostgreSQL cannot see how few rows the due ranges reach and would read
# whole tables; and to compile the question, or to think about another order of its joins than the written
# one, takes it longer than to answer it.
_BY_INDEX = text(
    """SELECT set_config(name, value, true) FROM (VALUES ('jit', 'off'), ('enable_hashjoin', 'off'),
    ('enable_mergejoin', 'off'), ('enable_seqscan', 'off'), ('join_collapse_limit', '1'),
    ('from_collapse_limit', '1')) AS asked(name, value)"""
)

_LEADS = {
    "action": select(action_lead.c.action_id, person.c.id)
    .join(party, party.c.id == action_lead.c.party_id)
    .join(person, person.c.id == party.c.holder_id)
    .where(party.c.confirmed, *REACHED, action_lead.c.role != "support"),
    "assessment": select(assignment.c.assessment_id, person.c.id)
    .join(person, person.c.id == assignment.c.person_id)
    .where(assignment.c.role == Role.LEAD.value, *REACHED),
}
_LEAD_SUBJECT = {"action": action_lead.c.action_id, "assessment": assignment.c.assessment_id}


def _oldest(days: ColumnElement[Any], body_id: ColumnElement[Any], is_open: str, name: str) -> Label[Any]:
    """The first day on which anything of the body is open, out of the index of what is open."""
    query = select(days).where(body_id == body.c.id, text(is_open), days.is_not(None))
    return query.order_by(days).limit(1).scalar_subquery().label(name)


_BODIES = select(
    body.c.id,
    body.c.nation,
    body.c.workflow,
    _oldest(action.c.target_latest, action.c.body_id, "action.state = 'open'", "action_oldest"),
    *(
        _oldest(days, assessment.c.body_id, "assessment.is_open", name)
        for days, name in (
            (assessment.c.target_latest, "assessment_oldest"),
            (assessment.c.stage_due_on, "stage_oldest"),
            (assessment.c.review_on, "review_oldest"),
        )
    ),
)


_IS_ACTION = reminder.c.subject_kind == "action"
_IS_AWAITED = assessment.c.is_open & assessment.c.approved_on.is_(None)


def _either(name: str) -> Case[Any]:
    return case((_IS_ACTION, action.c[name]), else_=assessment.c[name])


_TARGET = (
    "target_raw",
    "target_kind",
    "target_earliest",
    "target_latest",
    "target_provisional",
    "target_milestones",
)
_PENDING = (
    select(
        reminder.c.id.label("reminder_id"),
        reminder.c.rule,
        reminder.c.occurrence,
        case((_IS_ACTION, action.c.state == "open"), else_=_IS_AWAITED).label("is_open"),
        *(_either(name).label(name) for name in _TARGET),
    )
    .select_from(
        reminder.outerjoin(action, _IS_ACTION & (action.c.id == reminder.c.subject_id)).outerjoin(
            assessment, ~_IS_ACTION & (assessment.c.id == reminder.c.subject_id)
        )
    )
    .where(
        reminder.c.subject_kind.in_(KINDS),
        or_(
            reminder.c.rule.in_((CONFIRM, CHECK_IN, ANNOUNCED, GIVE_DATE)),
            _either("target_latest").is_distinct_from(reminder.c.occurrence),
            _either("target_kind").in_(("event", "ongoing")),
            case((_IS_ACTION, action.c.state != "open"), else_=~_IS_AWAITED),
        ),
    )
)
