"""What a plan promised when it was sent on for approval, as a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    column = sa.Column("content_hash", sa.String(length=64), server_default="", nullable=False)
    op.add_column("plan_step", column)
