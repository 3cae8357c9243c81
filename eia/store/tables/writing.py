"""What people write in an assessment and say about it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_assessment, of_body, of_person, row_id
from eia.store.word_index import index_words

answer = Table(
    "answer",
    metadata,
    of_assessment(),
    Column("form", String(40), nullable=False),
    Column("question", String(80), nullable=False),  # "impact.rating" is a grid's column
    Column("characteristic", String(40), nullable=False),  # "" when asked once
    Column("value", JSON, nullable=False),
    of_person("written_by"),
    moment("written_at"),
    PrimaryKeyConstraint("assessment_id", "form", "question", "characteristic"),
)

answer_history = Table(
    "answer_history",  # what an answer said before somebody wrote over it
    metadata,
    row_id(),
    of_assessment(),
    Column("form", String(40), nullable=False),
    Column("question", String(80), nullable=False),
    Column("characteristic", String(40), nullable=False),
    Column("value", JSON, nullable=False),
    of_person("written_by"),
    moment("written_at"),
    of_person("replaced_by"),
    moment("replaced_at"),
    Index(None, "assessment_id", "form"),
)

draft = Table(
    "draft",  # what somebody typed on a page and has not saved: theirs alone, and no part of the assessment
    metadata,
    of_assessment(),
    of_person("person_id"),
    Column("form", String(40), nullable=False),
    Column("page", String(80), nullable=False),
    Column("number", Integer, nullable=False),  # goes up by one each time it is kept
    Column("typed", JSON, nullable=False),  # the fields as they were sent
    moment("kept_at"),
    PrimaryKeyConstraint("assessment_id", "person_id", "form", "page"),
)

comment_thread = Table(
    "comment_thread",
    metadata,
    row_id(),
    of_assessment(),
    Column("section", String(40), nullable=False),
    Column("question", String(80), nullable=False),  # "" when it is about the whole section
    Column("characteristic", String(40), nullable=False),
    of_person("opened_by"),
    moment("opened_at"),
    of_person("resolved_by", nullable=True),  # null: still open
    moment("resolved_at", nullable=True),
    Index(None, "assessment_id"),
)

comment = Table(
    "comment",
    metadata,
    Column("thread_id", Uuid, ForeignKey("comment_thread.id"), nullable=False),
    Column("seq", Integer, nullable=False),  # its place in the thread
    Column("text", Text, nullable=False),
    of_person("written_by"),
    moment("written_at"),
    PrimaryKeyConstraint("thread_id", "seq"),
)

passage = Table(  # what can be found
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),  # goes up: the newest words have the highest
    of_assessment(),
    Column("characteristic", String(40), nullable=False),  # "" for the assessment's subject
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("effects", JSON, nullable=False),  # ratings, as chosen
    Index(None, "assessment_id", "characteristic"),
)

index_words(passage)

source = Table(
    "source",  # entered once in a body, cited by the evidence of many assessments
    metadata,
    row_id(),
    of_body(),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("published_on", Date),
    Column("characteristics", JSON, nullable=False),  # whom it covers
    Column("link", Text, nullable=False),
    of_person("added_by"),
    moment("added_at"),
    Index(None, "body_id", "published_on", "id"),
)

evidence = Table(
    "evidence",
    metadata,
    row_id(),
    of_assessment(),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("published_on", Date),
    Column("characteristics", JSON, nullable=False),
    Column("finding", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("is_gap", Boolean, nullable=False),
    Column("action_id", Uuid, ForeignKey("action.id")),
    of_person("written_by"),
    moment("written_at"),
    Column("source_id", Uuid, ForeignKey("source.id")),  # title, kind, date and link stay as they were cited
    Column("lead_id", Uuid, ForeignKey("party.id")),  # whose gap it is, until an action says so
    Column("target_raw", Text, nullable=False, server_default=""),
    Column("target_kind", String(20), nullable=False, server_default="unknown"),
    Column("target_earliest", Date),
    Column("target_latest", Date),
    Column("target_provisional", Boolean, nullable=False, server_default=text("false")),
    Column("target_milestones", JSON, nullable=False, server_default="[]"),
    Index(None, "assessment_id"),
    Index(None, "source_id"),
    Index("ix_evidence_gap", "assessment_id", sqlite_where=text("is_gap"), postgresql_where=text("is_gap")),
)

consultation = Table(
    "consultation",
    metadata,
    row_id(),
    of_assessment(),
    Column("method", Text, nullable=False),
    Column("invited", Text, nullable=False),  # who was asked, in words
    Column("characteristics", JSON, nullable=False),
    Column("heard", JSON, nullable=False),  # characteristics of those who answered
    Column("opens_on", Date),
    Column("closes_on", Date),
    Column("summary", Text, nullable=False),  # what they said
    Column("changed", Text, nullable=False),  # what changed because of it
    Column("not_heard_because", Text, nullable=False),
    of_person("written_by"),
    moment("written_at"),
    Index(None, "assessment_id"),
    Index(None, "closes_on", "assessment_id"),
)
