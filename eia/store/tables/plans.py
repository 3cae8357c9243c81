"""How a plan was read and checked, its parts and versions, and how it was approved."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id


def _of_plan(*, nullable: bool = False) -> Column[object]:
    return Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=nullable)


def _of_action() -> Column[object]:
    return Column("action_id", Uuid, ForeignKey("action.id"), nullable=False)


plan_reading = Table(
    "plan_reading",
    metadata,
    row_id(),
    of_body(),
    Column("department_id", Uuid, ForeignKey("department.id"), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("period", Text, nullable=False),  # as somebody typed it; "": as the title says
    Column("pieces", JSON, nullable=False),  # the document as it was laid out, to be read again
    Column("meanings", JSON, nullable=False),  # what a person said that columns hold
    Column("found", JSON, nullable=False),  # how it was understood
    Column("checked", JSON, nullable=False),  # what a person said of what was found
    Column("state", String(10), nullable=False),
    _of_plan(nullable=True),  # what it became, or the plan that it is a new version of
    of_person("created_by"),
    moment("created_at"),
    of_person("changed_by"),
    moment("changed_at"),
    Column("row_version", Integer, nullable=False),
    CheckConstraint("state IN ('open', 'imported', 'put_aside')", name="known_state"),
    Index(
        "uq_plan_reading_open",  # the same file again goes on where somebody left off
        "body_id",
        "source_sha256",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(None, "plan_id"),
)

plan_version = Table(
    "plan_version",
    metadata,
    _of_plan(),
    Column("number", Integer, nullable=False),
    of_body(),
    Column("reading_id", Uuid, ForeignKey("plan_reading.id")),  # null: imported before readings were kept
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    of_person("imported_by"),
    moment("imported_at"),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("body_id", "source_sha256"),  # the same file again changes nothing
)

plan_change = Table(
    "plan_change",
    metadata,
    row_id(),
    _of_plan(),
    Column("number", Integer, nullable=False),  # of the version that brought it
    _of_action(),
    Column("kind", String(20), nullable=False),
    Column("changes", JSON, nullable=False),  # [what, before, after]
    Column("because", Text, nullable=False),
    Index(None, "plan_id", "number"),
)

objective = Table(
    "objective",
    metadata,
    row_id(),
    _of_plan(),
    Column("parent_id", Uuid, ForeignKey("objective.id")),
    Column("label", Text, nullable=False),  # as printed: "Priority 2", "A."
    Column("title", Text, nullable=False),
    Column("place", Integer, nullable=False),  # in the order of the document
    Index(None, "plan_id"),
)

recommendation = Table(
    "recommendation",
    metadata,
    row_id(),
    _of_plan(),
    Column("label", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Index(None, "plan_id"),
)

action_recommendation = Table(
    "action_recommendation",
    metadata,
    _of_action(),
    Column("recommendation_id", Uuid, ForeignKey("recommendation.id"), nullable=False),
    PrimaryKeyConstraint("action_id", "recommendation_id"),
    Index(None, "recommendation_id"),
)

plan_alias = Table(
    "plan_alias",
    metadata,
    _of_plan(),
    Column("written", Text, nullable=False),  # "MNP", as this plan writes it
    Column("party_id", Uuid, ForeignKey("party.id"), nullable=False),
    PrimaryKeyConstraint("plan_id", "written"),
)

plan_step = Table(
    "plan_step",
    metadata,
    _of_plan(),
    Column("seq", Integer, nullable=False),
    Column("move", String(60), nullable=False),
    Column("from_stage", String(60), nullable=False),
    Column("to_stage", String(60), nullable=False),
    of_person("person_id"),
    Column("role", String(30), nullable=False),
    Column("comment", Text, nullable=False),
    moment("at"),
    Column("content_hash", String(64), nullable=False, server_default=""),  # of what the plan promised then
    PrimaryKeyConstraint("plan_id", "seq"),
)
