"""What an assessment says now, and what it said each time it was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select

from eia.domain.action import Action
from eia.domain.consultation import Consultation
from eia.domain.errors import NotFound
from eia.domain.evidence import Evidence
from eia.domain.facts import ActionState, AnswerValue, AssessmentFacts
from eia.domain.snapshot import Content, Item, from_json, to_json
from eia.store import actions, attachments, consultations, evidence
from eia.store.content_hash import NOT_CONTENT
from eia.store.tables import snapshot


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One time at which the assessment was handed in, to be checked at `stage`."""

    seq: int
    move: str
    stage: str
    taken_at: datetime


def take(connection: Connection, facts: AssessmentFacts, *, move: str, stage: str, at: datetime) -> int:
    """Keeps what the assessment says now; its number. The caller holds the assessment's lock."""
    last = connection.execute(_LAST, {"assessment_id": facts.id}).scalar() or 0
    row = {
        "assessment_id": facts.id,
        "seq": last + 1,
        "move": move,
        "stage": stage,
        "taken_at": at,
        "content_hash": facts.content_hash,
        "content": to_json(content_now(connection, facts)),
    }
    connection.execute(_KEEP, [row])
    return last + 1


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Snapshot, ...]:
    """Every time it was handed in, oldest first, without what it said."""
    rows = connection.execute(_LISTED, {"assessment_id": assessment_id})
    return tuple(Snapshot(seq=row.seq, move=row.move, stage=row.stage, taken_at=row.taken_at) for row in rows)


def content_of(connection: Connection, assessment_id: UUID, seq: int) -> Content:
    """What it said that time. Raises `NotFound`."""
    text = connection.execute(_CONTENT, {"assessment_id": assessment_id, "seq": seq}).scalar()
    if text is None:
        raise NotFound
    return from_json(text)


def content_now(connection: Connection, facts: AssessmentFacts) -> Content:
    """What it says now: all that a signature would be bound to, in the words that a reader sees."""
    promised = actions.of_assessment(connection, facts.id)
    closing = {action.id: action.text for action in promised}
    return Content(
        title=facts.title,
        characteristics=facts.characteristics,
        answers={key: value for key, value in facts.answers.items() if key.form not in NOT_CONTENT},
        evidence=tuple(_source(each, closing) for each in evidence.of_assessment(connection, facts.id)),
        consultations=tuple(map(_activity, consultations.of_assessment(connection, facts.id))),
        actions=tuple(map(_promise, promised)),
        files=_files(connection, facts),
    )


def _files(connection: Connection, facts: AssessmentFacts) -> tuple[Item, ...]:
    listed = attachments.of_assessment(connection, facts.id) if facts.files else ()
    return tuple(
        _item(each.id, section=each.section, name=each.name, sha256=each.sha256)
        for each in listed
        if each.section not in NOT_CONTENT
    )


def _source(item: Evidence, closing: dict[UUID, str]) -> Item:
    return _item(
        item.id,
        title=item.title,
        kind=item.kind.value,
        published_on=_day(item.published_on),
        characteristics=item.characteristics,
        finding=item.finding,
        link=item.link,
        lead=item.lead,
        target=item.target.raw if item.target else "",
        closed_by=closing.get(item.action_id, "") if item.action_id else "",
    )


def _activity(item: Consultation) -> Item:
    return _item(
        item.id,
        method=item.method,
        invited=item.invited,
        characteristics=item.characteristics,
        opens_on=_day(item.opens_on),
        closes_on=_day(item.closes_on),
        heard=item.heard,
        not_heard_because=item.not_heard_because,
        summary=item.summary,
        changed=item.changed,
    )


def _promise(item: Action) -> Item:
    is_given_up = item.state in (ActionState.DROPPED, ActionState.CARRIED_FORWARD)
    return _item(
        item.id,
        text=item.text,
        lead=tuple(lead.party.name for lead in item.leads),
        target=item.target.raw,
        outcome=item.outcome,
        characteristic=item.characteristic or "",
        state=item.state.value if is_given_up else "",
        closed_because=item.closed_because,
    )


def _item(key: UUID, **fields: AnswerValue) -> Item:
    return Item(id=str(key), fields={name: value for name, value in fields.items() if value})


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


_KEEP = insert(snapshot)
_OF_THIS = snapshot.c.assessment_id == bindparam("assessment_id")
_LAST = select(func.max(snapshot.c.seq)).where(_OF_THIS)
_LISTED = (
    select(snapshot.c.seq, snapshot.c.move, snapshot.c.stage, snapshot.c.taken_at)
    .where(_OF_THIS)
    .order_by(snapshot.c.seq)
)
_CONTENT = select(snapshot.c.content).where(_OF_THIS, snapshot.c.seq == bindparam("seq"))
