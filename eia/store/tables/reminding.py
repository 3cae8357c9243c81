"""How a body reminds, who stands in for whom, and whose calendar is read from outside."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id

reminder_choice = Table(
    "reminder_choice",  # the latest version of a body is what it chose; the others are what it chose before
    metadata,
    row_id(),
    of_body(),
    Column("version", Integer, nullable=False),
    Column("choices", JSON, nullable=False),
    of_person("made_by"),
    moment("made_at"),
    UniqueConstraint("body_id", "version"),
)

absence = Table(
    "absence",  # somebody is away, and mail of theirs goes to a deputy
    metadata,
    row_id(),
    of_body(),
    of_person("person_id"),
    of_person("deputy_id"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    of_person("made_by"),
    moment("made_at"),
    Column("caught_up_on", Date),  # when they were back and told what had gone to the deputy
    Index(None, "person_id", "last_day"),
    Index(None, "deputy_id"),
    Index(
        "ix_absence_open",
        "first_day",
        sqlite_where=text("caught_up_on IS NULL"),
        postgresql_where=text("caught_up_on IS NULL"),
    ),
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),  # sha256; the token is in the address only
    of_person("person_id"),
    moment("made_at"),
    UniqueConstraint("person_id"),
)
