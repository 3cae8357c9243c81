"""A library of sources that evidence cites, and gaps that somebody owns by a date."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    make_library()
    add_columns()
    fill_library()


def make_library() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("characteristics", sa.JSON(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_source_added_by_person")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_source_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(
        op.f("ix_source_body_id_published_on_id"), "source", ["body_id", "published_on", "id"], unique=False
    )


def add_columns() -> None:
    for name, table in (("source_id", "source"), ("lead_id", "party")):
        key = sa.ForeignKey(f"{table}.id", name=op.f(f"fk_evidence_{name}_{table}"))
        op.add_column("evidence", sa.Column(name, sa.Uuid(), key, nullable=True), inline_references=True)
    for column in (
        sa.Column("target_raw", sa.Text(), server_default="", nullable=False),
        sa.Column("target_kind", sa.String(length=20), server_default="unknown", nullable=False),
        sa.Column("target_earliest", sa.Date(), nullable=True),
        sa.Column("target_latest", sa.Date(), nullable=True),
        sa.Column("target_provisional", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("target_milestones", sa.JSON(), server_default="[]", nullable=False),
    ):
        op.add_column("evidence", column)
    op.create_index(op.f("ix_evidence_source_id"), "evidence", ["source_id"], unique=False)
    op.create_index(
        "ix_evidence_gap",
        "evidence",
        ["assessment_id"],
        unique=False,
        sqlite_where=sa.text("is_gap"),
        postgresql_where=sa.text("is_gap"),
    )


def fill_library() -> None:
    """Sources that were entered many times become one, which covers what the fullest of them covered."""
    op.execute(
        "CREATE TEMPORARY TABLE cited AS SELECT e.id, FIRST_VALUE(e.id) OVER ("
        "PARTITION BY a.body_id, lower(trim(e.title)), e.kind, e.published_on "
        "ORDER BY length(CAST(e.characteristics AS TEXT)) DESC, e.id) AS source_id "
        "FROM evidence e JOIN assessment a ON a.id = e.assessment_id WHERE NOT e.is_gap"
    )
    op.execute(
        "INSERT INTO source "
        "(id, body_id, title, kind, published_on, characteristics, link, added_by, added_at) "
        "SELECT e.id, a.body_id, e.title, e.kind, e.published_on, e.characteristics, e.link, "
        "e.written_by, e.written_at "
        "FROM evidence e JOIN assessment a ON a.id = e.assessment_id JOIN cited ON cited.id = e.id "
        "WHERE cited.source_id = e.id"
    )
    op.execute("UPDATE evidence SET source_id = cited.source_id FROM cited WHERE cited.id = evidence.id")
    op.execute("DROP TABLE cited")
