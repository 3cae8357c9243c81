"""The days of an assessment that people are reminded of, found among open ones; invitations to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    find_open_days()
    make_invitations()


def find_open_days() -> None:
    for name, column in (("stage_due", "stage_due_on"), ("decision", "decision_on"), ("review", "review_on")):
        op.create_index(
            f"ix_assessment_open_{name}",
            "assessment",
            ["body_id", column],
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        )


def make_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("consultation_id", "party_id", name="uq_invitation_consultation_id_party_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name="fk_invitation_consultation_id_consultation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_invitation_party_id_party"),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name="fk_invitation_written_by_person"),
    )
    op.create_index(
        "ix_invitation_silent",
        "invitation",
        ["consultation_id"],
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
