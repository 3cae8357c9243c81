"""A body, its departments, its people with their roles, and how they come in."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id

instance = Table(
    "instance",
    metadata,
    row_id(),
    Column("kind", String(10), nullable=False),  # "demo" or "live"; one-click sign-in exists only on "demo"
    moment("created_at"),
    Column("home", Text),  # the place that mails from here; another place holds a copy
    Column("mark", Integer, nullable=False, server_default=text("0")),  # only grows: a backup is behind
)

body = Table(
    "body",
    metadata,
    row_id(),
    Column("slug", String(60), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("nation", String(20), nullable=False),  # england, wales, scotland, northern_ireland
    Column("workflow", String(60), nullable=False),  # what a new assessment begins with: "england-1"
    Column("theme", JSON, nullable=False),  # {"brand": "#1d5f5a", ...}: CSS colours
    Column("municipal_year_starts", String(5), nullable=False, server_default="05-15"),  # MM-DD
    Column("one_use_links", Boolean, nullable=False, server_default=text("true")),  # in its reminders
)

department = Table(
    "department",
    metadata,
    row_id(),
    of_body(),
    Column("code", String(12), nullable=False),  # "FIN", the start of a reference
    Column("name", Text, nullable=False),
    UniqueConstraint("body_id", "code"),
)

person = Table(
    "person",
    metadata,
    row_id(),
    of_body(),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("name", Text, nullable=False),
    Column("job_title", Text, nullable=False),
    Column("email", String(254), nullable=False),
    Column("language", String(5), nullable=False, server_default="en"),
    Column("password_hash", Text),  # argon2; null: cannot sign in with a password
    Column("active", Boolean, nullable=False, server_default=text("true")),
    moment("mail_refused_at", nullable=True),  # their address takes no mail, and the next post up is told
    Column("mail_refused_because", Text, nullable=False, server_default=""),
    UniqueConstraint("email"),
)

role_grant = Table(
    "role_grant",
    metadata,
    row_id(),
    of_body(),
    of_person("person_id"),
    Column("role", String(30), nullable=False),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("until", Date),
    Index(None, "person_id"),
)

web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),  # sha256 of the cookie, which is not stored
    of_person("person_id"),
    moment("signed_in_at"),
    moment("last_seen_at"),
    moment("confirmed_at"),  # when the password was last given; signing off asks for 15 minutes at most
    Column("csrf_secret", String(64), nullable=False),
    Index(None, "person_id"),
)

welcome = Table(
    "welcome",
    metadata,
    Column(
        "token_hash", LargeBinary(32), primary_key=True
    ),  # sha256 of the link's token, which is not stored
    of_person("person_id"),
    moment("expires_at"),
    Index(None, "person_id"),
)
