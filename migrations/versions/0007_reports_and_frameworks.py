"""What reports count over, reports that are kept, and where a body stands in an equality framework."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COUNTED = {
    "ix_assessment_previous_id": ("assessment", ["previous_id"]),
    "ix_assessment_decided": ("assessment", ["body_id", "decision_on", "department_id", "approved_on"]),
    "ix_assessment_approved": ("assessment", ["body_id", "approved_on", "department_id", "decision_on"]),
    "ix_assessment_due": ("assessment", ["body_id", "target_latest", "department_id", "approved_on"]),
    "ix_assessment_reviewed": ("assessment", ["body_id", "review_on", "department_id", "approved_on"]),
    "ix_stage_history_when": ("stage_history", ["at", "from_stage", "move", "to_stage", "assessment_id"]),
    "ix_action_due": (
        "action",
        ["body_id", "target_latest", "target_kind", "state", "done_on", "assessment_id", "plan_id"],
    ),
    "ix_action_progress_kind_at_action_id": ("action_progress", ["kind", "at", "action_id"]),
    "ix_consultation_closes_on_assessment_id": ("consultation", ["closes_on", "assessment_id"]),
}


def upgrade() -> None:
    for name, (table, columns) in COUNTED.items():
        op.create_index(name, table, columns, unique=False)
    keep_reports()
    keep_areas()
    keep_moves_and_links()


def keep_reports() -> None:
    op.create_table(
        "kept_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("extent", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        *refers("kept_report", body_id="body", department_id="department", kept_by="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_report")),
    )
    op.create_index(op.f("ix_kept_report_body_id_kept_at"), "kept_report", ["body_id", "kept_at"])


def keep_areas() -> None:
    op.create_table(
        "framework_area",
        *of_area(),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("target_level", sa.String(length=40), nullable=True),
        sa.Column("target_raw", sa.Text(), nullable=False),
        sa.Column("target_kind", sa.String(length=20), nullable=False),
        sa.Column("target_earliest", sa.Date(), nullable=True),
        sa.Column("target_latest", sa.Date(), nullable=True),
        sa.Column("target_provisional", sa.Boolean(), nullable=False),
        sa.Column("target_milestones", sa.JSON(), nullable=False),
        sa.Column("closes_gap", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *refers("framework_area", body_id="body", changed_by="person"),
        sa.PrimaryKeyConstraint("body_id", "framework", "area", name=op.f("pk_framework_area")),
    )


def keep_moves_and_links() -> None:
    op.create_table(
        "framework_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        *of_area(),
        sa.Column("from_level", sa.String(length=40), nullable=True),
        sa.Column("to_level", sa.String(length=40), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *refers("framework_move", body_id="body", person_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_move")),
    )
    op.create_index(
        op.f("ix_framework_move_body_id_framework_area"), "framework_move", ["body_id", "framework", "area"]
    )
    op.create_table(
        "framework_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        *of_area(),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *refers("framework_link", body_id="body", added_by="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_link")),
        sa.UniqueConstraint(
            "body_id",
            "framework",
            "area",
            "kind",
            "subject_id",
            name=op.f("uq_framework_link_body_id_framework_area_kind_subject_id"),
        ),
    )


def of_area() -> list[sa.Column[object]]:
    return [
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
    ]


def refers(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
        for column, to in columns.items()
    ]
