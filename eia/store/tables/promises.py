"""Plans and actions, who leads them and what came of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
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

party = Table(
    "party",
    metadata,
    row_id(),
    of_body(),
    Column("kind", String(10), nullable=False),  # person, post, group, outside
    Column("name", Text, nullable=False),  # as written
    of_person("holder_id", nullable=True),  # whom mail for this party reaches
    Column("confirmed", Boolean, nullable=False),  # mail goes only to a match that somebody confirmed
    UniqueConstraint("body_id", "name"),
)

plan = Table(
    "plan",
    metadata,
    row_id(),
    of_body(),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("title", Text, nullable=False),
    Column("period_from", Date),
    Column("period_to", Date),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("problems", JSON, nullable=False),  # sentences: what could not be read
    of_person("imported_by"),
    moment("imported_at"),
    Column("kind", String(30), nullable=False, server_default="equality_action_plan"),
    Column("workflow", String(60)),  # its approval route; null: nobody began one
    Column("stage", String(60)),
    moment("stage_since", nullable=True),
    Column("row_version", Integer, nullable=False, server_default="1"),
    Column("carried_from", Uuid, ForeignKey("plan.id")),  # the plan of the period before
    UniqueConstraint("body_id", "source_sha256"),  # the same file again changes nothing
)

action = Table(
    "action",
    metadata,
    row_id(),
    of_body(),
    of_assessment(nullable=True),
    Column("plan_id", Uuid, ForeignKey("plan.id")),
    Column("label", Text, nullable=False),  # as printed: "2.1"; repeats, skips and clashes
    Column("heading", Text, nullable=False),  # the priority or objective above it
    Column("text", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("characteristic", String(40)),
    Column("target_raw", Text, nullable=False),
    Column("target_kind", String(20), nullable=False),
    Column("target_earliest", Date),
    Column("target_latest", Date),
    Column("target_provisional", Boolean, nullable=False),
    Column("target_milestones", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("done_on", Date),
    of_person("done_by", nullable=True),
    Column("done_evidence", Text, nullable=False),
    of_person("verified_by", nullable=True),
    Column("verified_on", Date),
    Column("closed_because", Text, nullable=False),  # why dropped or carried forward
    Column("carried_from", Uuid, ForeignKey("action.id")),  # the same promise, on an earlier assessment
    Column("problems", JSON, nullable=False),
    of_person("created_by"),
    moment("created_at"),
    Column("row_version", Integer, nullable=False),
    Column("slips", Integer, nullable=False, server_default="0"),  # how often its date moved later
    Column("slip_days", Integer, nullable=False, server_default="0"),  # by how many days in all
    Column("objective_id", Uuid, ForeignKey("objective.id")),
    Column("passage", Text, nullable=False, server_default=""),  # the words of the plan it was read from
    CheckConstraint(
        "state IN ('open', 'done', 'verified', 'dropped', 'carried_forward')", name="known_state"
    ),
    Index(None, "assessment_id"),
    Index(None, "plan_id"),
    Index(  # reports count what falls due between two days without reading the rows themselves
        "ix_action_due",
        "body_id",
        "target_latest",
        "target_kind",
        "state",
        "done_on",
        "assessment_id",
        "plan_id",
    ),
    Index(
        "ix_action_open_target",
        "target_latest",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_action_open_body",
        "body_id",
        "target_latest",
        "id",
        "target_kind",  # so that the sweep passes over a row without reading it
        "target_provisional",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_action_open_kind",
        "body_id",
        "target_kind",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_action_open_milestones",  # few have any: the sweep never unpacks the others
        "body_id",
        sqlite_where=text("state = 'open' AND target_milestones <> '[]'"),
        postgresql_where=text("state = 'open' AND target_milestones::text <> '[]'"),
    ),
)

action_lead = Table(
    "action_lead",
    metadata,
    Column("action_id", Uuid, ForeignKey("action.id"), nullable=False),
    Column("party_id", Uuid, ForeignKey("party.id"), nullable=False),
    Column("role", String(12), nullable=False),  # lead, joint, support, accountable
    Column("post", Text, nullable=False, server_default=""),  # as written beside the name
    PrimaryKeyConstraint("action_id", "party_id"),
    Index(None, "party_id"),
)

action_progress = Table(
    "action_progress",
    metadata,
    row_id(),
    Column("action_id", Uuid, ForeignKey("action.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # on_track, delayed, done, verified, dropped, moved, reopened
    Column("note", Text, nullable=False),
    of_person("person_id"),
    moment("at"),
    Index(None, "action_id"),
    Index(None, "kind", "at", "action_id"),
)
