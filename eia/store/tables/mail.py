"""Reminders owed, mail to send, and what stops it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id
from eia.store.types import UTCDateTime

outbox = Table(
    "outbox",
    metadata,
    row_id(),  # UUIDv5 of (body, recipient, kind, day): a second sweep makes the same row
    of_body(),
    of_person("recipient_id"),
    Column("kind", String(20), nullable=False),  # digest, notice
    Column("day", Date, nullable=False),
    Column("state", String(12), nullable=False),  # see eia/store/outbox.py
    Column("payload", JSON, nullable=False),  # ids and rule names; words are made when it is sent
    Column("message_id", Text, nullable=False),
    Column("attempt", Integer, nullable=False),  # how often it was leased: the fence of whoever settles it
    Column("due_at", UTCDateTime, nullable=False),
    Column("lease_until", UTCDateTime),
    Column("error", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime),
    Column("tries", Integer, nullable=False, server_default=text("0")),  # how often it was put off
    Column("tried_since", UTCDateTime),
    Column("closed_because", Text, nullable=False, server_default=""),  # what a person said of it
    Index(
        "ix_outbox_unsettled",  # what waits for a person
        "body_id",
        "created_at",
        sqlite_where=text("state IN ('held', 'failed', 'expired', 'in_doubt')"),
        postgresql_where=text("state IN ('held', 'failed', 'expired', 'in_doubt')"),
    ),
    Index(
        "ix_outbox_unsent",
        "due_at",
        sqlite_where=text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
        postgresql_where=text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
    ),
    Index(None, "recipient_id", "day"),
    Index(None, "day", "id"),
)

reminder = Table(
    "reminder",
    metadata,
    row_id(),  # UUIDv5 of the business key below
    of_body(),
    Column("subject_kind", String(20), nullable=False),  # action, assessment
    Column("subject_id", Uuid, nullable=False),
    Column("rule", String(30), nullable=False),  # before-28, on-the-day, overdue-1, ...
    Column("occurrence", Date, nullable=False),  # the deadline it counts to, never the day it was sent
    of_person("recipient_id"),
    Column("state", String(12), nullable=False),  # queued, superseded, cancelled
    Column("outbox_id", Uuid, ForeignKey("outbox.id")),
    moment("created_at"),
    UniqueConstraint("body_id", "subject_kind", "subject_id", "rule", "occurrence", "recipient_id"),
    Index("ix_reminder_told", "subject_id", "subject_kind", "rule", "occurrence", "recipient_id", "state"),
    Index(
        "ix_reminder_outbox",
        "outbox_id",
        sqlite_where=text("outbox_id IS NOT NULL"),
        postgresql_where=text("outbox_id IS NOT NULL"),
    ),
    Index(
        "ix_reminder_waiting",  # for a later digest: today's has gone already
        "recipient_id",
        sqlite_where=text("outbox_id IS NULL AND state = 'queued'"),
        postgresql_where=text("outbox_id IS NULL AND state = 'queued'"),
    ),
)

sweep = Table(
    "sweep",
    metadata,
    row_id(),
    Column("name", String(30), nullable=False),  # reminders, outbox, checkpoint
    moment("started_at"),
    moment("finished_at", nullable=True),
    Column("created", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "name", "started_at"),
)

mail_hold = Table(
    "mail_hold",
    metadata,
    row_id(),
    Column("kind", String(20), nullable=False, server_default="refused"),  # see eia/domain/mail_hold.py
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),  # what a release accepts: a place, a mark
    moment("since"),
    moment("until", nullable=True),  # a pause that ends by itself
    of_person("released_by", nullable=True),
    Column("released_because", Text, nullable=False),
    moment("released_at", nullable=True),
)
