"""The audit chains as stored: adding to them, reading them back, and sealing their heads."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, String, Uuid, bindparam, cast, func, insert, select

from eia.domain.audit import CHECKPOINTS, START, Link, event_bytes, link_hash, sealed_heads
from eia.domain.events import Event
from eia.store.prepared import Call, Prepared, run
from eia.store.tables import assessment, audit_event, body, person, sign_off, stage_history


class Head(NamedTuple):
    """Where a chain ends: its length and its last hash."""

    seq: int
    hash: bytes


class HistoryLine(NamedTuple):
    """What the stage history says of one move, to be held against the chain."""

    chain_id: UUID
    seq: int
    move: str
    from_stage: str | None
    to_stage: str


class SignedHash(NamedTuple):
    """A signature, its assessment, and the content hash it names."""

    signature_id: UUID
    assessment_id: UUID
    content_hash: str


class Happened(NamedTuple):
    """One change of an assessment as its chain tells it, with the name of whoever made it."""

    name: str
    person: str
    to_stage: str | None
    at: datetime


class Chains:
    """The heads that one transaction has locked and is adding to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[UUID, Head] = {}

    def ends_at(self, chain_id: UUID, head: Head) -> None:
        """Where a chain was seen to end, its owner locked; this transaction may have gone further since."""
        self._heads.setdefault(chain_id, head)

    def next_seq(self, chain_id: UUID) -> int:
        """The place that the next event of the chain takes."""
        return self.head(chain_id).seq + 1

    def append(self, event: Event) -> None:
        """Adds the event to its chain, which now ends there."""
        run(self._connection, [self.next_link(event)])

    def next_link(self, event: Event) -> Call:
        """The event as its chain's next link, still to be written by `run`; the chain counts it already."""
        head = self.head(event.chain_id)
        seq = head.seq + 1
        written = event_bytes(
            chain_id=event.chain_id,
            seq=seq,
            name=event.name,
            actor_id=event.actor_id,
            at=event.at,
            data=event.data,
        )
        added = Head(seq, link_hash(head.hash, written))
        self._heads[event.chain_id] = added
        return _APPEND, {"chain_id": event.chain_id, "seq": seq, "body": written, "hash": added.hash}

    def head(self, chain_id: UUID) -> Head:
        """Where the chain ends, locked until the transaction does."""
        if chain_id not in self._heads:
            self._lock(chain_id)
            row = self._connection.execute(_HEAD, {"chain_id": chain_id}).one_or_none()
            self._heads[chain_id] = Head(row.seq, row.hash) if row else Head(0, START)
        return self._heads[chain_id]

    def _lock(self, chain_id: UUID) -> None:
        """A chain is its assessment's or body's row, or its name; SQLite has one writer and needs no lock."""
        if self._connection.dialect.name == "postgresql" and not any(
            self._connection.execute(lock, {"chain_id": chain_id}).first() for lock in _ROW_LOCKS
        ):
            self._connection.execute(_NAME_LOCK, {"chain_id": chain_id})


def happened_since(connection: Connection, assessment_id: UUID, row_version: int) -> list[Happened]:
    """What changed the assessment after it had this row version, oldest first; at most the last 50 events."""
    rows = connection.execute(_LATEST, {"chain_id": assessment_id}).scalars()
    events = [json.loads(row) for row in rows]
    later = [event for event in reversed(events) if event["data"].get("row_version", 0) > row_version]
    ids = {UUID(event["actor"]) for event in later if event["actor"] != "clock"}
    names = {row.id: row.name for row in connection.execute(_NAMES, {"ids": list(ids)})}
    return [
        Happened(
            event["name"],
            "" if event["actor"] == "clock" else names.get(UUID(event["actor"]), ""),
            event["data"].get("to"),
            datetime.fromisoformat(event["at"]),
        )
        for event in later
    ]


def who_did(connection: Connection, chain_id: UUID, names: Collection[str]) -> frozenset[UUID]:
    """Everybody to whose doing the chain has an event with one of these names."""
    rows = connection.execute(select(audit_event.c.body).where(audit_event.c.chain_id == chain_id)).scalars()
    events = [event for event in map(json.loads, rows) if event["name"] in names]
    return frozenset(UUID(event["actor"]) for event in events if event["actor"] != "clock")


def every_link(connection: Connection) -> Iterator[Link]:
    """Every event of every chain, chain by chain in order."""
    rows = connection.execution_options(yield_per=1000).execute(_ALL)
    return (Link(chain_id=row.chain_id, seq=row.seq, body=row.body, hash=row.hash) for row in rows)


def checkpoints(connection: Connection) -> list[Link]:
    """The chain of checkpoints, oldest first."""
    rows = connection.execute(_CHAIN_LINKS, {"chain_id": CHECKPOINTS})
    return [Link(chain_id=row.chain_id, seq=row.seq, body=row.body, hash=row.hash) for row in rows]


def unsealed_heads(connection: Connection) -> dict[UUID, Head]:
    """The heads that moved since a checkpoint last named their chain."""
    sealed = sealed_heads(checkpoints(connection))
    return {
        row.chain_id: Head(row.seq, row.hash)
        for row in connection.execute(_HEADS)
        if sealed.get(row.chain_id) != (row.seq, row.hash.hex())
    }


def checkpoint_event(day: date, heads: dict[UUID, Head], *, at: datetime) -> Event:
    """What seals these heads; `day` is the London day it stands for."""
    data = {str(chain_id): f"{head.seq}:{head.hash.hex()}" for chain_id, head in heads.items()}
    return Event(name=f"sealed_{day:%Y_%m_%d}", chain_id=CHECKPOINTS, actor_id=None, at=at, data=data)


def history_lines(connection: Connection) -> list[HistoryLine]:
    """Every line of the stage history of every assessment."""
    return [HistoryLine(*row) for row in connection.execute(_HISTORY)]


def stages(connection: Connection) -> dict[UUID, str]:
    """The stage at which each assessment stands."""
    return {row.id: row.stage for row in connection.execute(select(assessment.c.id, assessment.c.stage))}


def signed_hashes(connection: Connection) -> list[SignedHash]:
    """Every signature and refusal, by the hash it names."""
    rows = connection.execute(select(sign_off.c.id, sign_off.c.assessment_id, sign_off.c.content_hash))
    return [SignedHash(*row) for row in rows]


_CHAIN: BindParameter[UUID] = bindparam("chain_id", type_=Uuid())
_APPEND = Prepared(insert(audit_event))
_HEAD = (
    select(audit_event.c.seq, audit_event.c.hash)
    .where(audit_event.c.chain_id == _CHAIN)
    .order_by(audit_event.c.seq.desc())
    .limit(1)
)
_LATEST = (
    select(audit_event.c.body)
    .where(audit_event.c.chain_id == _CHAIN)
    .order_by(audit_event.c.seq.desc())
    .limit(50)
)
_NAMES = select(person.c.id, person.c.name).where(person.c.id.in_(bindparam("ids", expanding=True)))
_ROW_LOCKS = tuple(
    select(owner.c.id).where(owner.c.id == _CHAIN).with_for_update(key_share=True)
    for owner in (assessment, body)
)
_NAME_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(cast(_CHAIN, String), 0)))
_ALL = select(audit_event).order_by(audit_event.c.chain_id, audit_event.c.seq)
_CHAIN_LINKS = select(audit_event).where(audit_event.c.chain_id == _CHAIN).order_by(audit_event.c.seq)
_LONGEST = (
    select(audit_event.c.chain_id, func.max(audit_event.c.seq).label("seq"))
    .where(audit_event.c.chain_id != CHECKPOINTS)
    .group_by(audit_event.c.chain_id)
    .subquery()
)
_HEADS = select(audit_event.c.chain_id, audit_event.c.seq, audit_event.c.hash).join(
    _LONGEST, (_LONGEST.c.chain_id == audit_event.c.chain_id) & (_LONGEST.c.seq == audit_event.c.seq)
)
_HISTORY = select(
    stage_history.c.assessment_id,
    stage_history.c.seq,
    stage_history.c.move,
    stage_history.c.from_stage,
    stage_history.c.to_stage,
).order_by(stage_history.c.assessment_id, stage_history.c.seq)
