"""Which sections each contributor is asked to write: those that somebody chose, or else all of them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, roles_that_may
from eia.domain.workflow.choices import subject_of

OTHER_SECTIONS = "You were asked to write other sections of this assessment."


def sections_of(facts: AssessmentFacts, person_id: UUID) -> tuple[str, ...]:
    """The sections chosen for this contributor; none were when they may write them all."""
    return tuple(section for contributor, section in facts.contributor_sections if contributor == person_id)


def asked_to_write(facts: AssessmentFacts, section: str) -> frozenset[UUID]:
    """The contributors for whom this section was chosen."""
    return frozenset(person_id for person_id, chosen in facts.contributor_sections if chosen == section)


def is_others(
    actor: Actor, facts: AssessmentFacts, section: str, permissions: Collection[Permission]
) -> bool:
    """Whether the actor may write only as a contributor, and was asked to write other sections than this."""
    roles = {role for each in permissions for role in roles_that_may(actor, each, subject_of(facts))}
    chosen = sections_of(facts, actor.id)
    return roles == {Role.CONTRIBUTOR} and bool(chosen) and section not in chosen
