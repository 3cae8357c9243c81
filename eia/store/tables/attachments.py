"""Files that people put beside what they write; their bytes are in the file storage, under id and hash."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint, Uuid

from eia.store.tables.columns import metadata, moment, of_assessment, of_person, row_id

attachment = Table(
    "attachment",
    metadata,
    row_id(),
    of_assessment(),
    Column("section", String(40), nullable=False),
    Column("name", Text, nullable=False),  # as whoever added it called the file
    Column("kind", String(20), nullable=False),  # as its bytes say
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    of_person("added_by"),
    moment("added_at"),
    UniqueConstraint("assessment_id", "section", "sha256"),
)

source_file = Table(
    "source_file",  # what a source of the library is, where it is no link
    metadata,
    row_id(),
    Column("source_id", Uuid, ForeignKey("source.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    of_person("added_by"),
    moment("added_at"),
    UniqueConstraint("source_id"),
)
