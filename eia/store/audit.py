"""The audit chains as stored: appending, reading back, and sealing their heads."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, insert, select

from eia.domain.audit import START, event_bytes, link_hash
from eia.domain.events import Event
from eia.store.tables import assessment, audit_event, body


class Head(NamedTuple):
    """Where a chain ends: its length and its last hash."""

    seq: int
    hash: bytes


class Chains:
    """The heads that one transaction has locked and is adding to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[UUID, Head] = {}

    def next_seq(self, chain_id: UUID) -> int:
        """The place that the next event of the chain takes."""
        return self._head(chain_id).seq + 1

    def append(self, event: Event) -> int:
        """Adds the event to its chain; returns its place there."""
        head = self._head(event.chain_id)
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
        row = {"chain_id": event.chain_id, "seq": seq, "body": written, "hash": added.hash}
        self._connection.execute(_APPEND, row)
        self._heads[event.chain_id] = added
        return seq

    def _head(self, chain_id: UUID) -> Head:
        if chain_id not in self._heads:
            self._heads[chain_id] = self._locked_head(chain_id)
        return self._heads[chain_id]

    def _locked_head(self, chain_id: UUID) -> Head:
        """SQLite's only writer needs no lock; on PostgreSQL a chain is its owner's row."""
        if self._connection.dialect.name == "postgresql":
            for lock in _LOCKS:
                self._connection.execute(lock, {"chain_id": chain_id})
        row = self._connection.execute(_HEAD, {"chain_id": chain_id}).one_or_none()
        return Head(row.seq, row.hash) if row else Head(0, START)


_CHAIN: BindParameter[UUID] = bindparam("chain_id")
_APPEND = insert(audit_event)
_HEAD = (
    select(audit_event.c.seq, audit_event.c.hash)
    .where(audit_event.c.chain_id == _CHAIN)
    .order_by(audit_event.c.seq.desc())
    .limit(1)
)
_LOCKS = tuple(
    select(owner.c.id).where(owner.c.id == _CHAIN).with_for_update(key_share=True)
    for owner in (assessment, body)
)
