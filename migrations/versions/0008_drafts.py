"""What somebody typed on a page and has not saved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("page", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", "form", "page", name="pk_draft"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_draft_assessment_id_assessment"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id_person"),
    )
