"""Readings of plans that people check, a plan's parts and versions, and its approval."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    keep_readings()
    keep_versions()
    keep_parts()
    keep_approvals()
    add_columns()
    begin_versions()


def keep_readings() -> None:
    op.create_table(
        "plan_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("meanings", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'imported', 'put_aside')", name=op.f("ck_plan_reading_known_state")
        ),
        *refers("plan_reading", body_id="body", department_id="department", plan_id="plan"),
        *refers("plan_reading", created_by="person", changed_by="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reading")),
    )
    op.create_index(
        "uq_plan_reading_open",
        "plan_reading",
        ["body_id", "source_sha256"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_plan_reading_plan_id"), "plan_reading", ["plan_id"], unique=False)


def keep_versions() -> None:
    op.create_table(
        "plan_version",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        *refers("plan_version", plan_id="plan", body_id="body", reading_id="plan_reading"),
        *refers("plan_version", imported_by="person"),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("body_id", "source_sha256", name=op.f("uq_plan_version_body_id_source_sha256")),
    )
    op.create_table(
        "plan_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        *refers("plan_change", plan_id="plan", action_id="action"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
    )
    op.create_index(op.f("ix_plan_change_plan_id_number"), "plan_change", ["plan_id", "number"], unique=False)


def keep_parts() -> None:
    op.create_table(
        "objective",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *refers("objective", plan_id="plan", parent_id="objective"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    op.create_index(op.f("ix_objective_plan_id"), "objective", ["plan_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *refers("recommendation", plan_id="plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(op.f("ix_recommendation_plan_id"), "recommendation", ["plan_id"], unique=False)
    op.create_table(
        "action_recommendation",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        *refers("action_recommendation", action_id="action", recommendation_id="recommendation"),
        sa.PrimaryKeyConstraint("action_id", "recommendation_id", name=op.f("pk_action_recommendation")),
    )
    op.create_index(
        op.f("ix_action_recommendation_recommendation_id"),
        "action_recommendation",
        ["recommendation_id"],
        unique=False,
    )
    op.create_table(
        "plan_alias",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        *refers("plan_alias", plan_id="plan", party_id="party"),
        sa.PrimaryKeyConstraint("plan_id", "written", name=op.f("pk_plan_alias")),
    )


def keep_approvals() -> None:
    op.create_table(
        "plan_step",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=60), nullable=False),
        sa.Column("from_stage", sa.String(length=60), nullable=False),
        sa.Column("to_stage", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *refers("plan_step", plan_id="plan", person_id="person"),
        sa.PrimaryKeyConstraint("plan_id", "seq", name=op.f("pk_plan_step")),
    )


def add_columns() -> None:
    kind = sa.Column("kind", sa.String(length=30), server_default="equality_action_plan", nullable=False)
    op.add_column("plan", kind)
    op.add_column("plan", sa.Column("workflow", sa.String(length=60), nullable=True))
    op.add_column("plan", sa.Column("stage", sa.String(length=60), nullable=True))
    op.add_column("plan", sa.Column("stage_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("plan", sa.Column("row_version", sa.Integer(), server_default="1", nullable=False))
    refer("plan", "carried_from", "plan")
    refer("action", "objective_id", "objective")
    for table, column in (
        ("action", "passage"),
        ("action_lead", "post"),
        ("assessment", "support_as_written"),
    ):
        op.add_column(table, sa.Column(column, sa.Text(), server_default="", nullable=False))


def begin_versions() -> None:
    """Every plan that was imported before is its own first version."""
    op.execute(
        "INSERT INTO plan_version"
        " (plan_id, number, body_id, source_name, source_sha256, imported_by, imported_at)"
        " SELECT id, 1, body_id, source_name, source_sha256, imported_by, imported_at FROM plan"
    )


def refers(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
        for column, to in columns.items()
    ]


def refer(table: str, column: str, to: str) -> None:
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{column}_{to}"))
    op.add_column(table, sa.Column(column, sa.Uuid(), key, nullable=True), inline_references=True)
