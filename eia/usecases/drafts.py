"""Drafts: what somebody is typing is kept as they pause, and is theirs alone until they save it.

A draft is not an answer: no history, no audit event and no signature knows of it, nobody else reads it, and
it never stands in the way of what another person saves. One is kept for each person and page, the last.
"""

from __future__ import annotations

from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.facts import AssessmentFacts
from eia.domain.forms.pages import addresses
from eia.domain.people import Actor
from eia.store import drafts as rows
from eia.store.drafts import Draft, DraftPlace, Typed
from eia.usecases.sections import characteristics_of, question_set_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see

WHOLE = "whole"
"""The page on which a section stands whole."""

MOST_TYPED = 200_000
"""Characters: more than every question of a page can take."""


def keep_draft(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    form: str,
    slug: str,
    typed: Typed,
    *,
    number: int,
) -> Draft:
    """What stands in the page's fields now, whether or not it could be saved so.

    `number` is that of the draft that the page knows, 0 when it knows of none. Raises `Stale` when another
    window kept one since: neither takes the place of the other unseen.
    """
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        must_see(actor, facts)
        if slug not in _pages(facts, form):
            raise NotFound
        if closed := why_closed(actor, facts, form):
            raise NotAllowed(closed)
        if sum(len(name) + sum(map(len, values)) for name, values in typed.items()) > MOST_TYPED:
            raise Invalid({"draft": "This is more than a page can keep. Save it in parts."})
        place = _place(actor, assessment_id, form, slug)
        before = rows.find(work.connection, place)
        if before and before.number != number:
            raise Stale((), current_version=before.number)
        kept = Draft(number=number + 1, typed=typed, kept_at=services.now())
        rows.keep(work.connection, place, kept)
        return kept


def draft_of(services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str) -> Draft | None:
    """What the actor typed on this page and has not saved."""
    with services.database.read() as connection:
        return rows.find(connection, _place(actor, assessment_id, form, slug))


def drafted_pages(services: Services, actor: Actor, assessment_id: UUID, form: str) -> frozenset[str]:
    """The pages of the form on which the actor typed something that they have not saved."""
    with services.database.read() as connection:
        return rows.pages_with_drafts(connection, assessment_id, actor.id, form)


def drop_draft(
    services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str, *, number: int | None = None
) -> None:
    """The actor's draft goes: it was saved, or they do not want it. With a `number`, only that one."""
    with services.database.write() as work:
        must_see(actor, work.assessment(actor.body_id, assessment_id))
        rows.drop(work.connection, _place(actor, assessment_id, form, slug), number=number)


def _pages(facts: AssessmentFacts, form: str) -> frozenset[str]:
    return addresses(question_set_of(facts, form), characteristics_of(facts)) | {WHOLE}


def _place(actor: Actor, assessment_id: UUID, form: str, slug: str) -> DraftPlace:
    return DraftPlace(assessment_id=assessment_id, person_id=actor.id, form=form, page=slug)
