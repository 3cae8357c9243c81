"""How a body reminds, who stands in for whom, and whose calendar is read from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    make_choices()
    make_absences()
    make_feeds()


def make_choices() -> None:
    op.create_table(
        "reminder_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_choice"),
        sa.UniqueConstraint("body_id", "version", name="uq_reminder_choice_body_id_version"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_reminder_choice_body_id_body"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_reminder_choice_made_by_person"),
    )


def make_absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caught_up_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_absence_body_id_body"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_absence_person_id_person"),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name="fk_absence_deputy_id_person"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_absence_made_by_person"),
    )
    op.create_index("ix_absence_person_id_last_day", "absence", ["person_id", "last_day"])
    op.create_index("ix_absence_deputy_id", "absence", ["deputy_id"])
    op.create_index(
        "ix_absence_open",
        "absence",
        ["first_day"],
        sqlite_where=sa.text("caught_up_on IS NULL"),
        postgresql_where=sa.text("caught_up_on IS NULL"),
    )


def make_feeds() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_calendar_feed"),
        sa.UniqueConstraint("person_id", name="uq_calendar_feed_person_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_feed_person_id_person"),
    )
