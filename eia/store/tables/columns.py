"""The columns that most tables share, and how constraints are named."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData, Uuid

from eia.store.types import UTCDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[object]:
    """The key of a row, made by the program before it is written."""
    return Column("id", Uuid, primary_key=True)


def of_body() -> Column[object]:
    """Whose row it is: every row that a person sees belongs to a body."""
    return Column("body_id", Uuid, ForeignKey("body.id"), nullable=False)


def of_assessment(*, nullable: bool = False) -> Column[object]:
    """The assessment that the row is part of."""
    return Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=nullable)


def of_person(name: str, *, nullable: bool = False) -> Column[object]:
    """Somebody who can sign in."""
    return Column(name, Uuid, ForeignKey("person.id"), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> Column[object]:
    """An instant, in UTC."""
    return Column(name, UTCDateTime, nullable=nullable)
