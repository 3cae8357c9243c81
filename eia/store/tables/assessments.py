"""An assessment, who is assigned to it, and where it has been."""

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
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.tables.columns import metadata, moment, of_assessment, of_body, of_person, row_id
from eia.store.types import UTCDateTime

assessment = Table(
    "assessment",
    metadata,
    row_id(),
    of_body(),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("plan_id", Uuid, ForeignKey("plan.id")),
    Column("reference", String(40), nullable=False),  # "FIN-2026-004"; shown with its version
    Column("version", Integer, nullable=False),  # the assessment's version n
    Column("previous_id", Uuid, ForeignKey("assessment.id")),  # version n-1
    Column("started_from", Uuid, ForeignKey("assessment.id")),  # an earlier one whose words it took over
    Column("row_version", Integer, nullable=False),  # goes up with every change: compare and swap
    Column("title", Text, nullable=False),
    Column("workflow", String(60), nullable=False),  # pinned definition, "england-1"
    Column("characteristic_list", String(60), nullable=False),  # "characteristics-gb-1"
    Column("characteristics", JSON, nullable=False),  # the keys in force when it began
    Column("stage", String(40), nullable=False),
    Column("stage_since", UTCDateTime, nullable=False),
    Column("stage_due_on", Date),  # when this stage should be over, counted back from the decision date
    Column("held_from", String(40)),
    Column("is_open", Boolean, nullable=False),  # not at an end stage
    Column("priority", Integer),
    Column("financial_year", Integer, nullable=False),  # 2008 for 2008/09
    Column("lead_as_written", Text, nullable=False, server_default=""),  # a plan's words for its lead
    Column("support_as_written", Text, nullable=False, server_default=""),  # and for who supports it
    Column("lead_accepted_at", UTCDateTime),
    Column("target_raw", Text, nullable=False, server_default=""),
    Column("target_kind", String(20), nullable=False, server_default="unknown"),
    Column("target_earliest", Date),
    Column("target_latest", Date),
    Column("target_provisional", Boolean, nullable=False, server_default=text("false")),
    Column("target_milestones", JSON, nullable=False),
    Column("decision_body", Text, nullable=False, server_default=""),
    Column("decision_on", Date),
    Column("decision_outcome", String(40)),
    Column("approved_on", Date),  # the day the last signature landed
    Column("review_on", Date),
    Column("recommended_hash", String(64)),
    Column("returned_sections", JSON, nullable=False, server_default="[]"),  # empty: all of the stage's
    Column("content_hash", String(64), nullable=False, server_default=""),  # kept by the unit of work
    Column("promises_hash", String(64), nullable=False, server_default=""),  # of the actions, as approved
    Column("created_at", UTCDateTime, nullable=False),
    UniqueConstraint("body_id", "reference", "version"),
    Index("ix_assessment_list", "body_id", "department_id", "financial_year", "stage"),
    Index("ix_assessment_stage", "body_id", "stage", "target_latest"),
    Index(None, "previous_id"),
    # Reports count what falls between two days, by department, without reading the rows themselves.
    Index("ix_assessment_decided", "body_id", "decision_on", "department_id", "approved_on"),
    Index("ix_assessment_approved", "body_id", "approved_on", "department_id", "decision_on"),
    Index("ix_assessment_due", "body_id", "target_latest", "department_id", "approved_on"),
    Index("ix_assessment_reviewed", "body_id", "review_on", "department_id", "approved_on"),
    Index(
        "ix_assessment_open_target",
        "target_latest",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
    Index(
        "ix_assessment_open_stage_due",
        "body_id",
        "stage_due_on",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
    Index(
        "ix_assessment_open_decision",
        "body_id",
        "decision_on",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
    Index(
        "ix_assessment_open_review",
        "body_id",
        "review_on",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
)

assignment = Table(
    "assignment",
    metadata,
    of_assessment(),
    of_person("person_id"),
    Column("role", String(30), nullable=False),  # lead, contributor, champion
    PrimaryKeyConstraint("assessment_id", "person_id", "role"),
    Index(None, "person_id", "role"),
)

assignment_section = Table(
    "assignment_section",  # what a contributor is asked to write; without a row, all of it
    metadata,
    of_assessment(),
    of_person("person_id"),
    Column("section", String(40), nullable=False),
    PrimaryKeyConstraint("assessment_id", "person_id", "section"),
)

authorship = Table(
    "authorship",
    metadata,
    of_assessment(),
    of_person("person_id"),
    moment("first_at"),
    PrimaryKeyConstraint("assessment_id", "person_id"),
)

stage_history = Table(
    "stage_history",
    metadata,
    of_assessment(),
    Column("seq", Integer, nullable=False),  # a move has the place of its event in the audit chain
    Column("move", String(60), nullable=False),
    Column("from_stage", String(40)),
    Column("to_stage", String(40), nullable=False),
    of_person("person_id", nullable=True),  # null: the clock
    Column("role", String(30), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    moment("at"),
    Column("sections", JSON, nullable=False, server_default="[]"),  # which a return is about
    PrimaryKeyConstraint("assessment_id", "seq"),
    Index("ix_stage_history_when", "at", "from_stage", "move", "to_stage", "assessment_id"),
)

snapshot = Table(
    "snapshot",  # what the assessment said when it was handed in to be checked
    metadata,
    of_assessment(),
    Column("seq", Integer, nullable=False),  # 1, 2, 3 ... of the assessment
    Column("move", String(60), nullable=False),
    Column("stage", String(40), nullable=False),  # at which it is then checked
    moment("taken_at"),
    Column("content_hash", String(64), nullable=False),
    Column("content", Text, nullable=False),  # canonical JSON
    PrimaryKeyConstraint("assessment_id", "seq"),
)

sign_off = Table(
    "sign_off",
    metadata,
    row_id(),
    of_assessment(),
    of_person("person_id"),
    Column("role", String(30), nullable=False),
    Column("name", Text, nullable=False),  # as it stood on the day
    Column("job_title", Text, nullable=False),
    Column("outcome", String(10), nullable=False),  # signed, refused
    Column("attestation", Text, nullable=False),  # the words that were agreed to
    Column("comment", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("lapsed", Boolean, nullable=False),
    moment("at"),
    Index(None, "assessment_id"),
)
