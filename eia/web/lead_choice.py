"""Somebody chosen from a list of people, or a name that somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from eia.domain.forms.answers import written_name
from eia.store.people import ListedPerson
from eia.usecases.leads import LeadEntry
from eia.web.question_fields import PartyChoice


def lead_choices(people: Sequence[ListedPerson]) -> list[PartyChoice]:
    """What the list offers."""
    return [
        PartyChoice(value=str(person.id), name=", ".join(filter(None, (person.name, person.job_title))))
        for person in people
    ]


def lead_entry(people: Sequence[ListedPerson], said: str) -> LeadEntry | None:
    """Whom the form's field means; None when nobody was chosen."""
    written = written_name(said)
    if written is not None:
        return LeadEntry(name=written)
    chosen = next((person for person in people if str(person.id) == said), None)
    return LeadEntry(name=chosen.name, person_id=chosen.id) if chosen else None
