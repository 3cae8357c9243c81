"""Mail that waits for a person, holds that end by themselves, addresses that refuse, and whose copy it is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

UNSETTLED = sa.text("state IN ('held', 'failed', 'expired', 'in_doubt')")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("outbox", sa.Column("tried_since", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("closed_because", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["body_id", "created_at"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.add_column("mail_hold", sa.Column("kind", sa.String(20), server_default="refused", nullable=False))
    op.add_column("mail_hold", sa.Column("detail", sa.Text(), server_default="", nullable=False))
    op.add_column("mail_hold", sa.Column("until", sa.DateTime(timezone=True)))
    op.add_column("instance", sa.Column("home", sa.Text()))
    op.add_column("instance", sa.Column("mark", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("person", sa.Column("mail_refused_at", sa.DateTime(timezone=True)))
    op.add_column("person", sa.Column("mail_refused_because", sa.Text(), server_default="", nullable=False))
