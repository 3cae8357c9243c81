"""The words of what people are reminded of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from eia.domain.cover import Away
from eia.domain.digest import Promise
from eia.domain.occasions import Occasion
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import absences, occasions, reminder_choices
from eia.store.outbox import DigestReminder, OutboxItem, reminders_of
from eia.store.reminders import KINDS, OCCASIONS, leads_of
from eia.store.tables import action, action_lead, assessment, party, person, plan
from eia.store.targets import target_value

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who is told."""

    name: str
    email: str
    job_title: str
    department_id: UUID | None = None


def recipients(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Recipient]:
    """The people with these ids."""
    return {
        row["id"]: Recipient(
            name=row["name"],
            email=row["email"],
            job_title=row["job_title"],
            department_id=row["department_id"],
        )
        for row in _rows(connection, select(person), person.c.id, sorted(ids))
    }


def promises(
    connection: Connection, subjects: Iterable[tuple[str, UUID]], today: date
) -> dict[tuple[str, UUID], Promise]:
    """The promises and occasions with these (kind, id), by the same; who has an occasion is so on `today`."""
    wanted = sorted(set(subjects), key=str)
    actions = [subject_id for kind, subject_id in wanted if kind == "action"]
    assessments = [subject_id for kind, subject_id in wanted if kind == "assessment"]
    of_plans = [subject_id for kind, subject_id in wanted if kind == "plan"]
    found = [
        *_actions(connection, actions),
        *_assessments(connection, assessments),
        *_plans(connection, of_plans),
        *occasions.promises(connection, _by_occasion(wanted), today),
    ]
    return {(item.kind, item.id): item for item in found}


def _by_occasion(subjects: Iterable[tuple[str, UUID]]) -> dict[Occasion, list[UUID]]:
    found: dict[Occasion, list[UUID]] = {}
    for kind, subject_id in subjects:
        if kind in OCCASIONS:
            found.setdefault(Occasion(kind), []).append(subject_id)
    return found


def _actions(connection: Connection, ids: Sequence[UUID]) -> Iterator[Promise]:
    leads = leads_of(connection, "action", ids)
    named = _named(connection, ids)
    for row in _rows(connection, _ACTIONS, action.c.id, ids):
        yield Promise(
            kind="action",
            id=row["id"],
            title=row["text"],
            source=_source(row),
            target=target_value(row),
            is_open=row["state"] == "open",
            leads=leads.get(row["id"], frozenset()),
            named=named.get(row["id"], ()),
            department_id=row["department_id"],
            known_as=f"{row['reference'] or row['plan_title'] or ''} {row['label']}".strip(),
            version=row["row_version"],
        )


def _assessments(connection: Connection, ids: Sequence[UUID]) -> Iterator[Promise]:
    leads = leads_of(connection, "assessment", ids)
    for row in _rows(connection, select(assessment), assessment.c.id, ids):
        yield Promise(
            kind="assessment",
            id=row["id"],
            title=row["title"],
            source=row["reference"],
            target=target_value(row),
            is_open=row["is_open"] and row["held_from"] is None and row["approved_on"] is None,
            leads=leads.get(row["id"], frozenset()),
            named=(),
            department_id=row["department_id"],
            known_as=row["reference"],
            version=row["row_version"],
        )


def _plans(connection: Connection, ids: Sequence[UUID]) -> Iterator[Promise]:
    """A plan as a notice speaks of it: it promises by its actions, so nothing reminds of the plan itself."""
    for row in _rows(connection, select(plan), plan.c.id, ids):
        yield Promise(
            kind="plan",
            id=row["id"],
            title=row["title"],
            source="",
            target=TargetDate(raw="", kind=TargetKind.UNKNOWN),
            is_open=True,
            leads=frozenset(),
            named=(),
        )


def _rows(
    connection: Connection, query: Select[Any], among: ColumnElement[Any], ids: Sequence[UUID]
) -> Iterator[RowMapping]:
    for first in range(0, len(ids), CHUNK):
        yield from connection.execute(query.where(among.in_(ids[first : first + CHUNK]))).mappings()


def _source(row: RowMapping) -> str:
    if row["reference"]:
        return f"{row['reference']} {row['assessment_title']}"
    return row["plan_title"] or ""


def _named(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for row in _rows(connection, _NAMES, action_lead.c.action_id, ids):
        found[row["action_id"]] = (*found.get(row["action_id"], ()), row["name"])
    return found


_ACTIONS = (
    select(
        action,
        assessment.c.reference,
        assessment.c.title.label("assessment_title"),
        plan.c.title.label("plan_title"),
        func.coalesce(assessment.c.department_id, plan.c.department_id).label("department_id"),
    )
    .outerjoin(assessment, assessment.c.id == action.c.assessment_id)
    .outerjoin(plan, plan.c.id == action.c.plan_id)
)
_NAMES = (
    select(action_lead.c.action_id, party.c.name)
    .join(party, party.c.id == action_lead.c.party_id)
    .order_by(action_lead.c.role, party.c.name)
)


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A reminder that a digest carries, beside its promise as it now reads."""

    id: UUID
    rule: str
    occurrence: date
    promise: Promise
    recipient_id: UUID
    away: Away | None = None  # the recipient, when it is their deputy's mail


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a mail speaks of: the reminders of a digest, or the one thing or person a notice is about."""

    reminders: tuple[Carried, ...] = ()
    about: Promise | None = None
    person: Recipient | None = None
    with_calendar: bool = False  # the days in it go beside it as a file


def contents(connection: Connection, items: Sequence[OutboxItem], today: date) -> dict[UUID, Contents]:
    """What each mail speaks of, as that stands on the day, by its id; a few questions for a whole batch."""
    digests = [item.id for item in items if item.kind == "digest"]
    carried = reminders_of(connection, digests)
    notices = {item.id: item.payload for item in items if item.kind != "digest"}
    spoken_of = {key: _subject(payload) for key, payload in notices.items()}
    of_reminders = {(one.subject_kind, one.subject_id) for each in carried.values() for one in each}
    known = promises(connection, of_reminders | {subject for subject in spoken_of.values() if subject}, today)
    people = recipients(
        connection, {UUID(each["person_id"]) for each in notices.values() if "person_id" in each}
    )
    readers = {item.id: item.recipient_id for item in items}
    away = _away(connection, carried, readers, today)
    chosen = reminder_choices.of_bodies(connection) if digests else {}
    with_calendar = {
        item.id for item in items if item.body_id in chosen and chosen[item.body_id].with_calendar
    }
    return {
        digest_id: Contents(
            reminders=tuple(
                _carried(one, known, away if one.recipient_id != readers[digest_id] else {})
                for one in carried.get(digest_id, ())
            ),
            with_calendar=digest_id in with_calendar,
        )
        for digest_id in digests
    } | {
        key: Contents(
            about=known.get(subject) if (subject := spoken_of[key]) else None,
            person=people.get(UUID(payload["person_id"])) if "person_id" in payload else None,
        )
        for key, payload in notices.items()
    }


def _subject(payload: Mapping[str, Any]) -> tuple[str, UUID] | None:
    named = (kind for kind in (*KINDS, "plan") if f"{kind}_id" in payload)
    return next(((kind, UUID(payload[f"{kind}_id"])) for kind in named), None)


def _away(
    connection: Connection,
    carried: Mapping[UUID, Sequence[DigestReminder]],
    readers: Mapping[UUID, UUID],
    today: date,
) -> Mapping[UUID, Away]:
    """Whoever has something in somebody else's digest."""
    covered = {
        one.recipient_id for key, each in carried.items() for one in each if one.recipient_id != readers[key]
    }
    return absences.away(connection, covered, today) if covered else {}


def _carried(
    one: DigestReminder, known: Mapping[tuple[str, UUID], Promise], away: Mapping[UUID, Away]
) -> Carried:
    return Carried(
        id=one.id,
        rule=one.rule,
        occurrence=one.occurrence,
        promise=known[one.subject_kind, one.subject_id],
        recipient_id=one.recipient_id,
        away=away.get(one.recipient_id),
    )
