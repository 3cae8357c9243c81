"""Reports as they were handed out."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, Uuid

from eia.store.tables.columns import metadata, moment, of_body, of_person, row_id

kept_report = Table(
    "kept_report",
    metadata,
    row_id(),
    of_body(),
    Column("kind", String(30), nullable=False),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("extent", String(12), nullable=False),  # body, department, seen: whom it may be shown to
    Column("title", Text, nullable=False),
    Column("as_at", Date, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the content
    Column("content", Text, nullable=False),  # the paper as it was drawn: canonical JSON
    of_person("kept_by"),
    moment("kept_at"),
    Index(None, "body_id", "kept_at"),
)
