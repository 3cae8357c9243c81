"""Where a body stands in each area of an equality framework, what shows it, and how it moved."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id


def _of_area() -> tuple[Column[str], Column[str]]:
    return Column("framework", String(60), nullable=False), Column("area", String(40), nullable=False)


framework_area = Table(
    "framework_area",  # without a row nobody has looked at the area yet
    metadata,
    of_body(),
    *_of_area(),
    Column("level", String(40)),  # null: not even the first
    Column("standing", Text, nullable=False),  # where we are now, in words
    Column("target_level", String(40)),
    Column("target_raw", Text, nullable=False),
    Column("target_kind", String(20), nullable=False),
    Column("target_earliest", Date),
    Column("target_latest", Date),
    Column("target_provisional", Boolean, nullable=False),
    Column("target_milestones", JSON, nullable=False),
    Column("closes_gap", Text, nullable=False),  # what will close the gap between the two
    Column("row_version", Integer, nullable=False),
    of_person("changed_by"),
    moment("changed_at"),
    PrimaryKeyConstraint("body_id", "framework", "area"),
)

framework_move = Table(
    "framework_move",  # from one level to another, and why
    metadata,
    row_id(),
    of_body(),
    *_of_area(),
    Column("from_level", String(40)),
    Column("to_level", String(40)),
    Column("because", Text, nullable=False),
    of_person("person_id"),
    moment("at"),
    Index(None, "body_id", "framework", "area"),
)

framework_link = Table(
    "framework_link",  # what shows where we are, or asks for more
    metadata,
    row_id(),
    of_body(),
    *_of_area(),
    Column("kind", String(20), nullable=False),  # assessment, consultation, action, recommendation
    Column("subject_id", Uuid, nullable=False),
    Column("note", Text, nullable=False),
    of_person("added_by"),
    moment("added_at"),
    UniqueConstraint("body_id", "framework", "area", "kind", "subject_id"),
)
