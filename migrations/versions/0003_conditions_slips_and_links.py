"""Approvals subject to actions, dates that slipped, and links that answer a reminder once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    count_slips()
    make_conditions()
    make_links()


def count_slips() -> None:
    for name in ("slips", "slip_days"):
        op.add_column("action", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    # How many days a date moved was not kept before now: how often it moved was.
    op.execute(
        "UPDATE action SET slips = (SELECT count(*) FROM action_progress p "
        "WHERE p.action_id = action.id AND p.kind = 'moved')"
    )


def make_conditions() -> None:
    op.create_table(
        "sign_off_condition",
        sa.Column("sign_off_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_sign_off_condition_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["sign_off_id"], ["sign_off.id"], name=op.f("fk_sign_off_condition_sign_off_id_sign_off")
        ),
        sa.PrimaryKeyConstraint("sign_off_id", "action_id", name=op.f("pk_sign_off_condition")),
    )
    op.create_index(
        op.f("ix_sign_off_condition_action_id"), "sign_off_condition", ["action_id"], unique=False
    )


def make_links() -> None:
    op.add_column(
        "body", sa.Column("one_use_links", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.create_table(
        "one_use_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_one_use_link_action_id_action")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_one_use_link_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_use_link_person_id_person")),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_one_use_link_reminder_id_reminder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_use_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_use_link_token_hash")),
    )
    op.create_index(op.f("ix_one_use_link_expires_at"), "one_use_link", ["expires_at"], unique=False)
