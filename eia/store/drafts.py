"""What people typed on a page and have not saved: one row for each of them and each page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from eia.store.tables import draft

Typed = Mapping[str, Sequence[str]]
"""The fields of a page as the browser sent them."""


@dataclass(frozen=True, kw_only=True)
class DraftPlace:
    """Whose draft it is, and of which page."""

    assessment_id: UUID
    person_id: UUID
    form: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was typed until `kept_at`; `number` counts how often it was kept."""

    number: int
    typed: Typed
    kept_at: datetime


def find(connection: Connection, place: DraftPlace) -> Draft | None:
    """What this person typed on the page, if anything was kept."""
    row = connection.execute(
        select(draft.c.number, draft.c.typed, draft.c.kept_at).where(*_here(place))
    ).first()
    return Draft(number=row.number, typed=row.typed, kept_at=row.kept_at) if row else None


def pages_with_drafts(
    connection: Connection, assessment_id: UUID, person_id: UUID, form: str
) -> frozenset[str]:
    """The pages of the form on which this person typed something that is not saved."""
    rows = connection.execute(select(draft.c.page).where(*_of_form(assessment_id, person_id, form)))
    return frozenset(rows.scalars())


def keep(connection: Connection, place: DraftPlace, kept: Draft) -> None:
    """This draft in the place of the one before. The caller holds the assessment's lock."""
    drop(connection, place)
    connection.execute(insert(draft).values(**vars(place), **vars(kept)))


def drop(connection: Connection, place: DraftPlace, *, number: int | None = None) -> None:
    """The draft goes; with a `number` only if it is still that one."""
    gone = delete(draft).where(*_here(place))
    connection.execute(gone if number is None else gone.where(draft.c.number == number))


def _here(place: DraftPlace) -> tuple[ColumnElement[bool], ...]:
    return (*_of_form(place.assessment_id, place.person_id, place.form), draft.c.page == place.page)


def _of_form(assessment_id: UUID, person_id: UUID, form: str) -> tuple[ColumnElement[bool], ...]:
    return draft.c.assessment_id == assessment_id, draft.c.person_id == person_id, draft.c.form == form
