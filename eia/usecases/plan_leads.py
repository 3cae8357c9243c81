"""Who leads an action of a plan, once somebody knows: the plan may have said "to be confirmed"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from eia.domain.action import Action, ActionLead, LeadRole
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.store import actions as rows
from eia.store import people
from eia.store.people import ListedPerson
from eia.usecases.actions import NOT_OPEN, log
from eia.usecases.leads import LeadEntry, party_for
from eia.usecases.services import Services

NOT_YOURS = "Only the head of service or an equality officer can say who leads an action of a plan."
LEADING = (LeadRole.LEAD, LeadRole.JOINT)


@dataclass(frozen=True, kw_only=True)
class LeadPage:
    """An action of a plan, and everybody who may lead it."""

    action: Action
    people: tuple[ListedPerson, ...]


def lead_page(services: Services, actor: Actor, action_id: UUID) -> LeadPage:
    """Raises `NotFound`, and `NotAllowed` for whoever may not say who leads it."""
    with services.database.read() as connection:
        item = rows.one(connection, actor.body_id, action_id)
        _must(actor, item)
        listed = people.people(connection, actor.body_id, services.today())
    return LeadPage(action=item, people=tuple(each for each in listed if each.active))


def say_who_leads(services: Services, actor: Actor, action_id: UUID, entry: LeadEntry) -> None:
    """This person, or the party written so, leads it from now on; whoever supports it stays."""
    if not entry.name.strip() and entry.person_id is None:
        raise Invalid({"lead": "Select or enter who will do it"})
    with services.database.write() as work:
        item = rows.one(work.connection, actor.body_id, action_id)
        _must(actor, item)
        lead = ActionLead(party=party_for(services, work, actor.body_id, entry), role=LeadRole.LEAD)
        kept = (each for each in item.leads if each.role not in LEADING and each.party.id != lead.party.id)
        rows.replace(work.connection, replace(item, leads=(lead, *kept)))
        log(services, work, actor, item, "action_lead_named", {"party": str(lead.party.id)})


def why_not_say(actor: Actor, item: Action) -> str | None:
    """Why the actor may not say who leads the action, or None when they may."""
    if not may(actor, Permission.MANAGE_ACTIONS, item.subject()):
        return NOT_YOURS
    return None if item.state is ActionState.OPEN else NOT_OPEN


def _must(actor: Actor, item: Action) -> None:
    if item.plan_id is None or not may(actor, Permission.VIEW_ACTION, item.subject()):
        raise NotFound
    if refused := why_not_say(actor, item):
        raise NotAllowed(refused)
