"""Files beside what people write."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_attachment_assessment_id_assessment"
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name="fk_attachment_added_by_person"),
        sa.UniqueConstraint(
            "assessment_id", "section", "sha256", name="uq_attachment_assessment_id_section_sha256"
        ),
    )
