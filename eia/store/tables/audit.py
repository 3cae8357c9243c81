"""The record that the database itself refuses to change."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Table, Uuid

from eia.store.tables.columns import metadata

audit_event = Table(
    "audit_event",
    metadata,
    Column("chain_id", Uuid, nullable=False),  # an assessment, a plan or a body; 0: checkpoints
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the exact bytes that were hashed: canonical JSON
    Column("hash", LargeBinary(32), nullable=False),  # sha256(previous hash + body)
    PrimaryKeyConstraint("chain_id", "seq"),
)
