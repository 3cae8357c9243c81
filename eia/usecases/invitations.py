"""Who was invited to a consultation activity by name, so that whoever stays silent is asked again in time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eia.domain.action import Party, PartyKind
from eia.domain.consultation import Consultation, Invitation
from eia.domain.errors import Invalid, NotFound
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.store import consultations, invitations, parties
from eia.store.invitations import NewInvitation
from eia.store.load_facts import load_facts
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.consultation import SECTION
from eia.usecases.section_items import known
from eia.usecases.sections import why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see, open_for_writing, wrote

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class InvitedPage:
    """Everybody invited to one activity; `closed` says why nothing can be written there now."""

    facts: AssessmentFacts
    activity: Consultation
    invited: tuple[Invitation, ...]
    closed: str | None


def invited_page(services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID) -> InvitedPage:
    """Who was invited. Raises `NotFound` for whoever may not see the assessment."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        activity = known(consultations.of_assessment(connection, assessment_id), consultation_id)
        invited = invitations.of_activity(connection, consultation_id)
    return InvitedPage(
        facts=facts, activity=activity, invited=invited, closed=why_closed(actor, facts, SECTION)
    )


def invite(services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, name: str) -> None:
    """A person or body is invited by name; a second time is the first. Raises `Invalid`, `NotAllowed`.

    Mail goes to them only once an equality officer has confirmed who the name is.
    """
    written = " ".join(name.split())
    if not 0 < len(written) <= LONGEST:
        raise Invalid({"name": "Enter the name of a person or body, in 200 characters or fewer"})
    with services.database.write() as work:
        facts = _open(work, actor, assessment_id, consultation_id)
        before = invitations.of_activity(work.connection, consultation_id)
        if any(each.name == written for each in before):
            return
        party = parties.named(work.connection, actor.body_id, written) or _new_party(
            services, work, actor, written
        )
        new = NewInvitation(
            id=services.new_id(),
            consultation_id=consultation_id,
            party_id=party.id,
            invited_on=services.today(),
            written_by=actor.id,
            written_at=services.now(),
        )
        invitations.add(work.connection, new)
        wrote(services, work, actor, facts, "invitation_added", {"invitation": str(new.id)})


def record_answer(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, invitation_id: UUID
) -> None:
    """They have answered, so nobody is reminded any more. Raises `NotFound`, `NotAllowed`."""
    with services.database.write() as work:
        facts = _open(work, actor, assessment_id, consultation_id)
        found = known(invitations.of_activity(work.connection, consultation_id), invitation_id)
        if found.answered_on is None:
            invitations.answered(work.connection, invitation_id, services.today())
            wrote(services, work, actor, facts, "invitation_answered", {"invitation": str(invitation_id)})


def take_back(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, invitation_id: UUID
) -> None:
    """They were not invited after all. Raises `NotFound`, `NotAllowed`."""
    with services.database.write() as work:
        facts = _open(work, actor, assessment_id, consultation_id)
        known(invitations.of_activity(work.connection, consultation_id), invitation_id)
        invitations.remove(work.connection, invitation_id)
        wrote(services, work, actor, facts, "invitation_removed", {"invitation": str(invitation_id)})


def _open(work: UnitOfWork, actor: Actor, assessment_id: UUID, consultation_id: UUID) -> AssessmentFacts:
    facts = open_for_writing(work, actor, assessment_id, SECTION)
    if consultation_id not in {each.id for each in facts.consultations}:
        raise NotFound
    return facts


def _new_party(services: Services, work: UnitOfWork, actor: Actor, name: str) -> Party:
    party = Party(id=services.new_id(), kind=PartyKind.OUTSIDE, name=name, holder_id=None, confirmed=False)
    parties.add(work.connection, actor.body_id, party)
    return party
