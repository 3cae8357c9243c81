"""What a signature depends on, and the links by which somebody answers a reminder without signing in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Uuid

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
