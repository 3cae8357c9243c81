"""One change, whole or not at all: stage, history, audit event and outbox rows in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, select, update

from eia.domain.audit import CHECKPOINTS
from eia.domain.errors import Stale
from eia.domain.events import Event, Notice, StageChange
from eia.domain.facts import AssessmentFacts
from eia.store import audit
from eia.store.load_facts import lock_and_load_facts
from eia.store.outbox import because_of
from eia.store.prepared import Call, Prepared, run
from eia.store.settle import settle_content
from eia.store.tables import assessment, outbox, stage_history

LONDON = ZoneInfo("Europe/London")


class UnitOfWork:
    """A transaction in progress; whoever opened it commits everything that happened in it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._chains = audit.Chains(connection)
        self._touched: dict[UUID, Event] = {}

    def assessment(self, body_id: UUID, assessment_id: UUID) -> AssessmentFacts:
        """The assessment's facts, its row ours until the end.

        Raises:
            NotFound: there is none with this id in this body.
        """
        facts, head = lock_and_load_facts(self.connection, body_id, assessment_id)
        if head:
            self._chains.ends_at(facts.id, head)
        return facts

    def change(
        self,
        facts: AssessmentFacts,
        event: Event,
        *,
        stage: StageChange | None = None,
        fields: Mapping[str, object] | None = None,
        notices: Sequence[Notice] = (),
    ) -> int:
        """One change of one assessment; returns the row version it now has.

        Raises:
            Stale: somebody changed the assessment since `facts` were loaded.
        """
        row_version = facts.row_version + 1
        values = {**(fields or {}), "row_version": row_version}
        said = {**event.data, "row_version": row_version}
        calls: list[Call] = []
        if stage:
            values |= {"stage": stage.to_stage, "stage_since": event.at}
            said |= {"move": stage.move, "from": facts.stage, "to": stage.to_stage}
            calls.append((_REMEMBER, self._line(facts, event, stage)))
        else:
            self._touched[facts.id] = event
        calls.append(self._chains.next_link(replace(event, data=said)))
        calls += [(_SAY, _outbox_row(facts.body_id, notice, event.at)) for notice in notices]
        swap = (_swap(tuple(values)), values | {"this_id": facts.id, "seen": facts.row_version})
        swapped, *_ = run(self.connection, [swap, *calls])
        if swapped != 1:
            raise Stale((), current_version=self._current_version(facts.id))
        return row_version

    def record(self, event: Event) -> None:
        """Adds an event to its chain: an assessment's, or the body's for what belongs to no assessment."""
        self._chains.append(event)
        self._touched[event.chain_id] = event

    def notify(self, body_id: UUID, notices: Sequence[Notice], *, now: datetime) -> None:
        """Puts words owed to people into the outbox; they are sent only if the change is kept."""
        if notices:
            run(self.connection, [(_SAY, _outbox_row(body_id, notice, now)) for notice in notices])

    def seal(self, day: date, *, at: datetime, only: UUID | None = None) -> int:
        """Adds a checkpoint over every chain that moved since the last one (or over one); how many it names.

        A checkpoint that has left the building shows later that a chain was cut short or rewritten.
        """
        self._chains.next_seq(CHECKPOINTS)  # whoever seals waits here for whoever is sealing
        heads = audit.unsealed_heads(self.connection) if only is None else {only: self._chains.head(only)}
        if heads:
            self._chains.append(audit.checkpoint_event(day, heads, at=at))
        return len(heads)

    def settle(self) -> None:
        """What follows from the changes made: content hashes, authorship, and signatures that lapse."""
        for chain_id, event in self._touched.items():
            changed = settle_content(self.connection, chain_id, event)
            if changed:
                self._chains.append(changed)

    def _line(self, facts: AssessmentFacts, event: Event, stage: StageChange) -> dict[str, object]:
        return {
            "assessment_id": facts.id,
            "seq": self._chains.next_seq(facts.id),
            "move": stage.move,
            "from_stage": facts.stage,
            "to_stage": stage.to_stage,
            "person_id": event.actor_id,
            "role": stage.role.value,
            "reasons": list(stage.reasons),
            "comment": stage.comment,
            "sections": list(stage.sections),
            "at": event.at,
        }

    def _current_version(self, assessment_id: UUID) -> int:
        return self.connection.execute(_VERSION, {"this_id": assessment_id}).scalar() or 0


@contextmanager
def unit_of_work(connect: Callable[[], AbstractContextManager[Connection]]) -> Iterator[UnitOfWork]:
    """Opens a transaction, and is the only place that commits one."""
    with connect() as connection:
        connection.begin()
        try:
            work = UnitOfWork(connection)
            yield work
            work.settle()
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def _outbox_row(body_id: UUID, notice: Notice, now: datetime) -> dict[str, object]:
    subjects = {
        "kind": notice.kind,
        "assessment_id": notice.assessment_id,
        "action_id": notice.action_id,
        "person_id": notice.person_id,
        "plan_id": notice.plan_id,
    }
    return {
        "id": uuid4(),
        "body_id": body_id,
        "recipient_id": notice.recipient_id,
        "kind": "notice",
        "day": now.astimezone(LONDON).date(),
        "state": "pending",
        "payload": {key: str(value) for key, value in subjects.items() if value} | because_of(),
        "message_id": "",
        "attempt": 0,
        "due_at": now,
        "lease_until": None,
        "error": "",
        "created_at": now,
        "sent_at": None,
        "tries": 0,
        "tried_since": None,
        "closed_because": "",
    }


@cache
def _swap(columns: tuple[str, ...]) -> Prepared:
    """Compare and swap: these columns change if the row version is the one that was seen."""
    return Prepared(update(assessment).where(_IS_THIS, _AS_SEEN), columns)


_IS_THIS = assessment.c.id == bindparam("this_id")
_AS_SEEN = assessment.c.row_version == bindparam("seen")
_VERSION = select(assessment.c.row_version).where(_IS_THIS)
_REMEMBER = Prepared(insert(stage_history))
_SAY = Prepared(insert(outbox))
