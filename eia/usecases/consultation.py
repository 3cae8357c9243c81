"""Consultation on an assessment: activities planned, then what was said and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia.domain.consultation import Consultation
from eia.domain.errors import Invalid, NotFound, Stale
from eia.domain.facts import AssessmentFacts
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store import consultations as rows
from eia.store.load_facts import load_facts
from eia.usecases.sections import characteristics_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see, open_for_writing, token_of, wrote

SECTION = "consultation"


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
class ConsultationPage:
    """Every activity of one assessment; `closed` says why nothing can be written now."""

    facts: AssessmentFacts
    characteristics: tuple[Characteristic, ...]
    items: tuple[Consultation, ...]
    closed: str | None
    today: date

    def item(self, consultation_id: UUID) -> Consultation:
        """One of them. Raises `NotFound`."""
        found = next((item for item in self.items if item.id == consultation_id), None)
        if found is None:
            raise NotFound
        return found

    def not_heard(self) -> tuple[Characteristic, ...]:
        """The groups from which nobody has answered any activity."""
        heard = {group for item in self.items for group in item.heard}
        return tuple(group for group in self.characteristics if group.id not in heard)


def consultation_page(services: Services, actor: Actor, assessment_id: UUID) -> ConsultationPage:
    """The assessment's consultation. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = rows.of_assessment(connection, assessment_id)
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
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        item = _consultation(services.new_id(), entry)
        rows.add(work.connection, facts.id, item, by=actor.id, at=services.now())
        wrote(services, work, actor, facts, "consultation_added", {"consultation": str(item.id)})
    return item.id


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
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        known = {item.id: item for item in rows.of_assessment(work.connection, facts.id)}.get(consultation_id)
        if known is None:
            raise NotFound
        if token_of(known) != page_token:
            raise Stale(["This activity"], current_version=facts.row_version)
        rows.replace(work.connection, facts.id, _consultation(consultation_id, entry))
        wrote(services, work, actor, facts, "consultation_changed", {"consultation": str(consultation_id)})


def remove_consultation(services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID) -> None:
    """Take an activity out; the history keeps that it was there."""
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        if not rows.remove(work.connection, facts.id, consultation_id):
            raise NotFound
        wrote(services, work, actor, facts, "consultation_removed", {"consultation": str(consultation_id)})


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
