"""Every table. Rows belong to a body, names are the domain's words, and only `eia.store` sees these."""

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
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from eia.store.types import UTCDateTime
from eia.store.word_index import index_words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[object]:
    return Column("id", Uuid, primary_key=True)


def _body() -> Column[object]:
    return Column("body_id", Uuid, ForeignKey("body.id"), nullable=False)


def _assessment(*, nullable: bool = False) -> Column[object]:
    return Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=nullable)


def _person(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, Uuid, ForeignKey("person.id"), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, UTCDateTime, nullable=nullable)


instance = Table(
    "instance",
    metadata,
    _id(),
    Column("kind", String(10), nullable=False),  # "demo" or "live"; one-click sign-in exists only on "demo"
    _at("created_at"),
)

body = Table(
    "body",
    metadata,
    _id(),
    Column("slug", String(60), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("nation", String(20), nullable=False),  # england, wales, scotland, northern_ireland
    Column("workflow", String(60), nullable=False),  # what a new assessment begins with: "england-1"
    Column("theme", JSON, nullable=False),  # {"brand": "#1d5f5a", ...}: CSS colours
    Column("municipal_year_starts", String(5), nullable=False, server_default="05-15"),  # MM-DD
)

department = Table(
    "department",
    metadata,
    _id(),
    _body(),
    Column("code", String(12), nullable=False),  # "FIN", the start of a reference
    Column("name", Text, nullable=False),
    UniqueConstraint("body_id", "code"),
)

person = Table(
    "person",
    metadata,
    _id(),
    _body(),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("name", Text, nullable=False),
    Column("job_title", Text, nullable=False),
    Column("email", String(254), nullable=False),
    Column("language", String(5), nullable=False, server_default="en"),
    Column("password_hash", Text),  # argon2; null: cannot sign in with a password
    Column("active", Boolean, nullable=False, server_default=text("true")),
    UniqueConstraint("email"),
)

role_grant = Table(
    "role_grant",
    metadata,
    _id(),
    _body(),
    _person("person_id"),
    Column("role", String(30), nullable=False),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("until", Date),
    Index(None, "person_id"),
)

web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),  # sha256 of the cookie, which is not stored
    _person("person_id"),
    _at("signed_in_at"),
    _at("last_seen_at"),
    _at("confirmed_at"),  # when the password was last given; signing off asks for 15 minutes at most
    Column("csrf_secret", String(64), nullable=False),
    Index(None, "person_id"),
)

welcome = Table(
    "welcome",
    metadata,
    Column(
        "token_hash", LargeBinary(32), primary_key=True
    ),  # sha256 of the link's token, which is not stored
    _person("person_id"),
    _at("expires_at"),
    Index(None, "person_id"),
)

party = Table(
    "party",
    metadata,
    _id(),
    _body(),
    Column("kind", String(10), nullable=False),  # person, post, group, outside
    Column("name", Text, nullable=False),  # as written
    _person("holder_id", nullable=True),  # whom mail for this party reaches
    Column("confirmed", Boolean, nullable=False),  # mail goes only to a match that somebody confirmed
    UniqueConstraint("body_id", "name"),
)

plan = Table(
    "plan",
    metadata,
    _id(),
    _body(),
    Column("department_id", Uuid, ForeignKey("department.id")),
    Column("title", Text, nullable=False),
    Column("period_from", Date),
    Column("period_to", Date),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("problems", JSON, nullable=False),  # sentences: what could not be read
    _person("imported_by"),
    _at("imported_at"),
    UniqueConstraint("body_id", "source_sha256"),  # the same file again changes nothing
)

assessment = Table(
    "assessment",
    metadata,
    _id(),
    _body(),
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
    Index(
        "ix_assessment_open_target",
        "target_latest",
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
)

assignment = Table(
    "assignment",
    metadata,
    _assessment(),
    _person("person_id"),
    Column("role", String(30), nullable=False),  # lead, contributor, champion
    PrimaryKeyConstraint("assessment_id", "person_id", "role"),
    Index(None, "person_id", "role"),
)

answer = Table(
    "answer",
    metadata,
    _assessment(),
    Column("form", String(40), nullable=False),
    Column("question", String(80), nullable=False),  # "impact.rating" is a grid's column
    Column("characteristic", String(40), nullable=False),  # "" when asked once
    Column("value", JSON, nullable=False),
    _person("written_by"),
    _at("written_at"),
    PrimaryKeyConstraint("assessment_id", "form", "question", "characteristic"),
)

assignment_section = Table(
    "assignment_section",  # what a contributor is asked to write; without a row, all of it
    metadata,
    _assessment(),
    _person("person_id"),
    Column("section", String(40), nullable=False),
    PrimaryKeyConstraint("assessment_id", "person_id", "section"),
)

answer_history = Table(
    "answer_history",  # what an answer said before somebody wrote over it
    metadata,
    _id(),
    _assessment(),
    Column("form", String(40), nullable=False),
    Column("question", String(80), nullable=False),
    Column("characteristic", String(40), nullable=False),
    Column("value", JSON, nullable=False),
    _person("written_by"),
    _at("written_at"),
    _person("replaced_by"),
    _at("replaced_at"),
    Index(None, "assessment_id", "form"),
)

comment_thread = Table(
    "comment_thread",
    metadata,
    _id(),
    _assessment(),
    Column("section", String(40), nullable=False),
    Column("question", String(80), nullable=False),  # "" when it is about the whole section
    Column("characteristic", String(40), nullable=False),
    _person("opened_by"),
    _at("opened_at"),
    _person("resolved_by", nullable=True),  # null: still open
    _at("resolved_at", nullable=True),
    Index(None, "assessment_id"),
)

comment = Table(
    "comment",
    metadata,
    Column("thread_id", Uuid, ForeignKey("comment_thread.id"), nullable=False),
    Column("seq", Integer, nullable=False),  # its place in the thread
    Column("text", Text, nullable=False),
    _person("written_by"),
    _at("written_at"),
    PrimaryKeyConstraint("thread_id", "seq"),
)

passage = Table(  # what can be found
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),  # goes up: the newest words have the highest
    _assessment(),
    Column("characteristic", String(40), nullable=False),  # "" for the assessment's subject
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("effects", JSON, nullable=False),  # ratings, as chosen
    Index(None, "assessment_id", "characteristic"),
)
index_words(passage)

authorship = Table(
    "authorship",
    metadata,
    _assessment(),
    _person("person_id"),
    _at("first_at"),
    PrimaryKeyConstraint("assessment_id", "person_id"),
)

stage_history = Table(
    "stage_history",
    metadata,
    _assessment(),
    Column("seq", Integer, nullable=False),  # a move has the place of its event in the audit chain
    Column("move", String(60), nullable=False),
    Column("from_stage", String(40)),
    Column("to_stage", String(40), nullable=False),
    _person("person_id", nullable=True),  # null: the clock
    Column("role", String(30), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    _at("at"),
    Column("sections", JSON, nullable=False, server_default="[]"),  # which a return is about
    PrimaryKeyConstraint("assessment_id", "seq"),
)

snapshot = Table(
    "snapshot",  # what the assessment said when it was handed in to be checked
    metadata,
    _assessment(),
    Column("seq", Integer, nullable=False),  # 1, 2, 3 ... of the assessment
    Column("move", String(60), nullable=False),
    Column("stage", String(40), nullable=False),  # at which it is then checked
    _at("taken_at"),
    Column("content_hash", String(64), nullable=False),
    Column("content", Text, nullable=False),  # canonical JSON
    PrimaryKeyConstraint("assessment_id", "seq"),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    _assessment(),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("published_on", Date),
    Column("characteristics", JSON, nullable=False),
    Column("finding", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("is_gap", Boolean, nullable=False),
    Column("action_id", Uuid, ForeignKey("action.id")),
    _person("written_by"),
    _at("written_at"),
    Index(None, "assessment_id"),
)

consultation = Table(
    "consultation",
    metadata,
    _id(),
    _assessment(),
    Column("method", Text, nullable=False),
    Column("invited", Text, nullable=False),  # who was asked, in words
    Column("characteristics", JSON, nullable=False),
    Column("heard", JSON, nullable=False),  # characteristics of those who answered
    Column("opens_on", Date),
    Column("closes_on", Date),
    Column("summary", Text, nullable=False),  # what they said
    Column("changed", Text, nullable=False),  # what changed because of it
    Column("not_heard_because", Text, nullable=False),
    _person("written_by"),
    _at("written_at"),
    Index(None, "assessment_id"),
)

sign_off = Table(
    "sign_off",
    metadata,
    _id(),
    _assessment(),
    _person("person_id"),
    Column("role", String(30), nullable=False),
    Column("name", Text, nullable=False),  # as it stood on the day
    Column("job_title", Text, nullable=False),
    Column("outcome", String(10), nullable=False),  # signed, refused
    Column("attestation", Text, nullable=False),  # the words that were agreed to
    Column("comment", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("lapsed", Boolean, nullable=False),
    _at("at"),
    Index(None, "assessment_id"),
)

action = Table(
    "action",
    metadata,
    _id(),
    _body(),
    _assessment(nullable=True),
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
    _person("done_by", nullable=True),
    Column("done_evidence", Text, nullable=False),
    _person("verified_by", nullable=True),
    Column("verified_on", Date),
    Column("closed_because", Text, nullable=False),  # why dropped or carried forward
    Column("carried_from", Uuid, ForeignKey("action.id")),  # the same promise, on an earlier assessment
    Column("problems", JSON, nullable=False),
    _person("created_by"),
    _at("created_at"),
    Column("row_version", Integer, nullable=False),
    CheckConstraint(
        "state IN ('open', 'done', 'verified', 'dropped', 'carried_forward')", name="known_state"
    ),
    Index(None, "assessment_id"),
    Index(None, "plan_id"),
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
    PrimaryKeyConstraint("action_id", "party_id"),
    Index(None, "party_id"),
)

action_progress = Table(
    "action_progress",
    metadata,
    _id(),
    Column("action_id", Uuid, ForeignKey("action.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # on_track, delayed, done, verified, dropped, moved, reopened
    Column("note", Text, nullable=False),
    _person("person_id"),
    _at("at"),
    Index(None, "action_id"),
)

audit_event = Table(
    "audit_event",
    metadata,
    Column("chain_id", Uuid, nullable=False),  # an assessment, a plan or a body; 0: checkpoints
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the exact bytes that were hashed: canonical JSON
    Column("hash", LargeBinary(32), nullable=False),  # sha256(previous hash + body)
    PrimaryKeyConstraint("chain_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),  # UUIDv5 of (body, recipient, kind, day): a second sweep makes the same row
    _body(),
    _person("recipient_id"),
    Column("kind", String(20), nullable=False),  # digest, notice
    Column("day", Date, nullable=False),
    Column("state", String(12), nullable=False),  # pending claimed intended sent retry_wait failed held ...
    Column("payload", JSON, nullable=False),  # ids and rule names; words are made when it is sent
    Column("message_id", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("lease_until", UTCDateTime),
    Column("error", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime),
    Index(
        "ix_outbox_unsent",
        "due_at",
        sqlite_where=text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
        postgresql_where=text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
    ),
    Index(None, "recipient_id", "day"),
    Index(None, "day", "id"),
)

reminder = Table(
    "reminder",
    metadata,
    _id(),  # UUIDv5 of the business key below
    _body(),
    Column("subject_kind", String(20), nullable=False),  # action, assessment
    Column("subject_id", Uuid, nullable=False),
    Column("rule", String(30), nullable=False),  # before-28, on-the-day, overdue-1, ...
    Column("occurrence", Date, nullable=False),  # the deadline it counts to, never the day it was sent
    _person("recipient_id"),
    Column("state", String(12), nullable=False),  # queued, superseded, cancelled
    Column("outbox_id", Uuid, ForeignKey("outbox.id")),
    _at("created_at"),
    UniqueConstraint("body_id", "subject_kind", "subject_id", "rule", "occurrence", "recipient_id"),
    Index("ix_reminder_told", "subject_id", "subject_kind", "rule", "occurrence", "recipient_id", "state"),
    Index(
        "ix_reminder_outbox",
        "outbox_id",
        sqlite_where=text("outbox_id IS NOT NULL"),
        postgresql_where=text("outbox_id IS NOT NULL"),
    ),
    Index(
        "ix_reminder_waiting",  # for a later digest: today's has gone already
        "recipient_id",
        sqlite_where=text("outbox_id IS NULL AND state = 'queued'"),
        postgresql_where=text("outbox_id IS NULL AND state = 'queued'"),
    ),
)

sweep = Table(
    "sweep",
    metadata,
    _id(),
    Column("name", String(30), nullable=False),  # reminders, outbox, checkpoint
    _at("started_at"),
    _at("finished_at", nullable=True),
    Column("created", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "name", "started_at"),
)

mail_hold = Table(
    "mail_hold",
    metadata,
    _id(),
    Column("reason", Text, nullable=False),
    _at("since"),
    _person("released_by", nullable=True),
    Column("released_because", Text, nullable=False),
    _at("released_at", nullable=True),
)
