"""Consultation on an assessment: activities planned, then what was said and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia.domain.consultation import Consultation
from eia.domain.errors import Invalid
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store import consultations
from eia.store.load_facts import load_facts
from eia.usecases.section_items import ItemPage, SectionItems
from eia.usecases.sections import characteristics_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see

SECTION = "consultation"
_ACTIVITIES = SectionItems(section=SECTION, rows=consultations.ACTIVITIES)


@dataclass(frozen=True, kw_only=True)
class ConsultationEntry:
    """What somebody typed about one activity; what was said may come later."""

    method: str
    invited: str
    characteristics: tuple[str, ...]
    opens_on: date | None
    closes_on: date | None
    heard: tuple[str, ...] = ()
    summary: str = ""
    changed: str = ""
    not_heard_because: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsultationPage(ItemPage[Consultation]):
    """Every activity of one assessment."""

    today: date

    def not_heard(self) -> tuple[Characteristic, ...]:
        """The groups from which nobody has answered any activity."""
        heard = {group for item in self.items for group in item.heard}
        return tuple(group for group in self.characteristics if group.id not in heard)


def consultation_page(services: Services, actor: Actor, assessment_id: UUID) -> ConsultationPage:
    """The assessment's consultation. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = consultations.of_assessment(connection, assessment_id)
    return ConsultationPage(
        facts=facts,
        characteristics=characteristics_of(facts),
        items=items,
        closed=why_closed(actor, facts, SECTION),
        today=services.today(),
    )


def add_consultation(services: Services, actor: Actor, assessment_id: UUID, entry: ConsultationEntry) -> UUID:
    """A new activity on the assessment; its id."""
    _check(entry)
    item = _consultation(services.new_id(), entry)
    return _ACTIVITIES.add(services, actor, assessment_id, lambda work: item)


def change_consultation(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    consultation_id: UUID,
    entry: ConsultationEntry,
    *,
    page_token: str,
) -> None:
    """The activity as it now reads: above all what people said and what changed.

    Raises `Stale` when it is no longer what the page showed.
    """
    _check(entry)
    item = _consultation(consultation_id, entry)
    _ACTIVITIES.change(
        services, actor, assessment_id, item.id, lambda work, before: item, page_token=page_token
    )


def remove_consultation(services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID) -> None:
    """Take an activity out; the history keeps that it was there."""
    _ACTIVITIES.remove(services, actor, assessment_id, consultation_id)


def _consultation(consultation_id: UUID, entry: ConsultationEntry) -> Consultation:
    return Consultation(
        id=consultation_id,
        method=entry.method.strip(),
        invited=entry.invited.strip(),
        characteristics=entry.characteristics,
        heard=entry.heard,
        opens_on=entry.opens_on,
        closes_on=entry.closes_on,
        summary=entry.summary.strip(),
        changed=entry.changed.strip(),
        not_heard_because=entry.not_heard_because.strip(),
    )


def _check(entry: ConsultationEntry) -> None:
    problems = {}
    if not entry.method.strip():
        problems["method"] = "Enter how people can take part, such as a survey or a meeting"
    if not entry.invited.strip():
        problems["invited"] = "Enter who is asked to take part"
    if not entry.characteristics:
        problems["characteristics"] = "Select at least one group that this activity reaches"
    if entry.opens_on and entry.closes_on and entry.closes_on < entry.opens_on:
        problems["closes_on"] = "The last day must be on or after the first day"
    if problems:
        raise Invalid(problems)
