"""What a signature depends on, who was asked for an answer, and the links that answer a reminder."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id

sign_off_condition = Table(
    "sign_off_condition",  # an approval is subject to this action; who gave it hears when the action slips
    metadata,
    Column("sign_off_id", Uuid, ForeignKey("sign_off.id"), nullable=False),
    Column("action_id", Uuid, ForeignKey("action.id"), nullable=False),
    PrimaryKeyConstraint("sign_off_id", "action_id"),
    Index(None, "action_id"),
)

one_use_link = Table(
    "one_use_link",
    metadata,
    row_id(),  # UUIDv5 of the mail and the reminder: a mail sent again carries the same link
    of_body(),
    Column(
        "token_hash", LargeBinary(32), nullable=False, unique=True
    ),  # sha256; the token is in the mail only
    of_person("person_id"),
    Column("action_id", Uuid, ForeignKey("action.id"), nullable=False),
    Column("reminder_id", Uuid, ForeignKey("reminder.id"), nullable=False),
    moment("expires_at"),
    moment("used_at", nullable=True),
    Index(None, "expires_at"),
)

invitation = Table(
    "invitation",  # a person or body asked to take part in one consultation activity
    metadata,
    row_id(),
    Column("consultation_id", Uuid, ForeignKey("consultation.id", ondelete="CASCADE"), nullable=False),
    Column("party_id", Uuid, ForeignKey("party.id"), nullable=False),
    Column("invited_on", Date, nullable=False),
    Column("answered_on", Date),  # null: silent so far
    of_person("written_by"),
    moment("written_at"),
    UniqueConstraint("consultation_id", "party_id"),
    Index(
        "ix_invitation_silent",
        "consultation_id",
        sqlite_where=text("answered_on IS NULL"),
        postgresql_where=text("answered_on IS NULL"),
    ),
)
