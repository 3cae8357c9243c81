"""Every table of the first release, and an audit trail that the database itself keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEPT = ("audit_event",)


def upgrade() -> None:
    make_tables()
    if op.get_bind().dialect.name == "sqlite":
        refuse_on_sqlite()
        find_words_on_sqlite()
    else:
        refuse_on_postgresql()
        find_words_on_postgresql()


def make_tables() -> None:
    op.create_table(
        "audit_event",
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "seq", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("workflow", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.JSON(), nullable=False),
        sa.Column("municipal_year_starts", sa.String(length=5), server_default="05-15", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("slug", name=op.f("uq_body_slug")),
    )
    op.create_table(
        "instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.create_table(
        "sweep",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep")),
    )
    op.create_index(op.f("ix_sweep_name_started_at"), "sweep", ["name", "started_at"], unique=False)
    op.create_table(
        "department",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_department_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("body_id", "code", name=op.f("uq_department_body_id_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=5), server_default="en", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_person_body_id_body")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_person_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "mail_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_because", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_mail_hold_released_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_hold")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_outbox_body_id_body")),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_outbox_recipient_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_day_id"), "outbox", ["day", "id"], unique=False)
    op.create_index(op.f("ix_outbox_recipient_id_day"), "outbox", ["recipient_id", "day"], unique=False)
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
        postgresql_where=sa.text("state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_party_body_id_body")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_party_holder_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_party_body_id_name")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_plan_body_id_body")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_plan_department_id_department")
        ),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_plan_imported_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("body_id", "source_sha256", name=op.f("uq_plan_body_id_source_sha256")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_role_grant_body_id_body")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_role_grant_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_person_id"), "role_grant", ["person_id"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("csrf_secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"], unique=False)
    op.create_table(
        "welcome",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_welcome_person_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_welcome")),
    )
    op.create_index(op.f("ix_welcome_person_id"), "welcome", ["person_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("started_from", sa.Uuid(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("workflow", sa.String(length=60), nullable=False),
        sa.Column("characteristic_list", sa.String(length=60), nullable=False),
        sa.Column("characteristics", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_due_on", sa.Date(), nullable=True),
        sa.Column("held_from", sa.String(length=40), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("financial_year", sa.Integer(), nullable=False),
        sa.Column("lead_as_written", sa.Text(), server_default="", nullable=False),
        sa.Column("lead_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("target_raw", sa.Text(), server_default="", nullable=False),
        sa.Column("target_kind", sa.String(length=20), server_default="unknown", nullable=False),
        sa.Column("target_earliest", sa.Date(), nullable=True),
        sa.Column("target_latest", sa.Date(), nullable=True),
        sa.Column("target_provisional", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("target_milestones", sa.JSON(), nullable=False),
        sa.Column("decision_body", sa.Text(), server_default="", nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("decision_outcome", sa.String(length=40), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recommended_hash", sa.String(length=64), nullable=True),
        sa.Column("returned_sections", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("content_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("promises_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_assessment_body_id_body")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_assessment_department_id_department")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assessment_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["assessment.id"], name=op.f("fk_assessment_previous_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["started_from"], ["assessment.id"], name=op.f("fk_assessment_started_from_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "body_id", "reference", "version", name=op.f("uq_assessment_body_id_reference_version")
        ),
    )
    op.create_index(
        "ix_assessment_list",
        "assessment",
        ["body_id", "department_id", "financial_year", "stage"],
        unique=False,
    )
    op.create_index(
        "ix_assessment_open_target",
        "assessment",
        ["target_latest"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_assessment_stage", "assessment", ["body_id", "stage", "target_latest"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("occurrence", sa.Date(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_reminder_body_id_body")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_reminder_outbox_id_outbox")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["person.id"], name=op.f("fk_reminder_recipient_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "body_id",
            "subject_kind",
            "subject_id",
            "rule",
            "occurrence",
            "recipient_id",
            name=op.f("uq_reminder_body_id_subject_kind_subject_id_rule_occurrence_recipient_id"),
        ),
    )
    op.create_index(
        "ix_reminder_outbox",
        "reminder",
        ["outbox_id"],
        unique=False,
        sqlite_where=sa.text("outbox_id IS NOT NULL"),
        postgresql_where=sa.text("outbox_id IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_told",
        "reminder",
        ["subject_id", "subject_kind", "rule", "occurrence", "recipient_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_reminder_waiting",
        "reminder",
        ["recipient_id"],
        unique=False,
        sqlite_where=sa.text("outbox_id IS NULL AND state = 'queued'"),
        postgresql_where=sa.text("outbox_id IS NULL AND state = 'queued'"),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("characteristic", sa.String(length=40), nullable=True),
        sa.Column("target_raw", sa.Text(), nullable=False),
        sa.Column("target_kind", sa.String(length=20), nullable=False),
        sa.Column("target_earliest", sa.Date(), nullable=True),
        sa.Column("target_latest", sa.Date(), nullable=True),
        sa.Column("target_provisional", sa.Boolean(), nullable=False),
        sa.Column("target_milestones", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_evidence", sa.Text(), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("carried_from", sa.Uuid(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'verified', 'dropped', 'carried_forward')",
            name=op.f("ck_action_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_action_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_action_body_id_body")),
        sa.ForeignKeyConstraint(["carried_from"], ["action.id"], name=op.f("fk_action_carried_from_action")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_action_created_by_person")),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_action_done_by_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_plan_id_plan")),
        sa.ForeignKeyConstraint(["verified_by"], ["person.id"], name=op.f("fk_action_verified_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_assessment_id"), "action", ["assessment_id"], unique=False)
    op.create_index(
        "ix_action_open_body",
        "action",
        ["body_id", "target_latest", "id", "target_kind", "target_provisional"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_action_open_kind",
        "action",
        ["body_id", "target_kind", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_action_open_milestones",
        "action",
        ["body_id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND target_milestones <> '[]'"),
        postgresql_where=sa.text("state = 'open' AND target_milestones::text <> '[]'"),
    )
    op.create_index(
        "ix_action_open_target",
        "action",
        ["target_latest", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_action_plan_id"), "action", ["plan_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("characteristic", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_answer_written_by_person")),
        sa.PrimaryKeyConstraint(
            "assessment_id", "form", "question", "characteristic", name=op.f("pk_answer")
        ),
    )
    op.create_table(
        "answer_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("characteristic", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by", sa.Uuid(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_history_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["person.id"], name=op.f("fk_answer_history_replaced_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_answer_history_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_history")),
    )
    op.create_index(
        op.f("ix_answer_history_assessment_id_form"),
        "answer_history",
        ["assessment_id", "form"],
        unique=False,
    )
    op.create_table(
        "assignment",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assignment_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", "role", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_person_id_role"), "assignment", ["person_id", "role"], unique=False)
    op.create_table(
        "assignment_section",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assignment_section_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assignment_section_person_id_person")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", "section", name=op.f("pk_assignment_section")),
    )
    op.create_table(
        "authorship",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_authorship_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_authorship_person_id_person")),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", name=op.f("pk_authorship")),
    )
    op.create_table(
        "comment_thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("characteristic", sa.String(length=40), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_comment_thread_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_comment_thread_opened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_comment_thread_resolved_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_thread")),
    )
    op.create_index(
        op.f("ix_comment_thread_assessment_id"), "comment_thread", ["assessment_id"], unique=False
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("invited", sa.Text(), nullable=False),
        sa.Column("characteristics", sa.JSON(), nullable=False),
        sa.Column("heard", sa.JSON(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("not_heard_because", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_consultation_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_consultation_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(op.f("ix_consultation_assessment_id"), "consultation", ["assessment_id"], unique=False)
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("characteristic", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_passage_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index(
        op.f("ix_passage_assessment_id_characteristic"),
        "passage",
        ["assessment_id", "characteristic"],
        unique=False,
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("attestation", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_sign_off_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_off_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_assessment_id"), "sign_off", ["assessment_id"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_snapshot_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "seq", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "stage_history",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=60), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=True),
        sa.Column("to_stage", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sections", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_stage_history_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stage_history_person_id_person")),
        sa.PrimaryKeyConstraint("assessment_id", "seq", name=op.f("pk_stage_history")),
    )
    op.create_table(
        "action_lead",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_lead_action_id_action")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_action_lead_party_id_party")),
        sa.PrimaryKeyConstraint("action_id", "party_id", name=op.f("pk_action_lead")),
    )
    op.create_index(op.f("ix_action_lead_party_id"), "action_lead", ["party_id"], unique=False)
    op.create_table(
        "action_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_progress_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_action_progress_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_progress")),
    )
    op.create_index(op.f("ix_action_progress_action_id"), "action_progress", ["action_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name=op.f("fk_comment_thread_id_comment_thread")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_comment_written_by_person")),
        sa.PrimaryKeyConstraint("thread_id", "seq", name=op.f("pk_comment")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("characteristics", sa.JSON(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("is_gap", sa.Boolean(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_evidence_action_id_action")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_evidence_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_evidence_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_assessment_id"), "evidence", ["assessment_id"], unique=False)


def refuse_on_sqlite() -> None:
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
            )
    # INSERT OR REPLACE deletes without asking the trigger above.
    op.execute(
        "CREATE TRIGGER audit_event_refuses_replace BEFORE INSERT ON audit_event "
        "WHEN EXISTS (SELECT 1 FROM audit_event WHERE chain_id = NEW.chain_id AND seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'audit_event is append only'); END"
    )


def refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def find_words_on_sqlite() -> None:
    """The words of `passage`, kept in step with it."""
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5(title, text, content='passage', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    comes = "INSERT INTO passage_words (rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
    goes = (
        "INSERT INTO passage_words (passage_words, rowid, title, text) "
        "VALUES ('delete', OLD.id, OLD.title, OLD.text);"
    )
    op.execute(f"CREATE TRIGGER passage_words_come AFTER INSERT ON passage BEGIN {comes} END")
    op.execute(f"CREATE TRIGGER passage_words_go AFTER DELETE ON passage BEGIN {goes} END")
    op.execute(f"CREATE TRIGGER passage_words_change AFTER UPDATE ON passage BEGIN {goes} {comes} END")


def find_words_on_postgresql() -> None:
    op.execute(
        "CREATE INDEX passage_words ON passage USING gin "
        "((setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text)))"
    )


def downgrade() -> None:
    raise RuntimeError("the first migration has nothing before it")
