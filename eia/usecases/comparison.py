"""What changed since an assessment was last looked at, and how two of its versions differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.action import Party
from eia.domain.comparison import compare
from eia.domain.errors import NotFound
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.domain.workflow.definition import WorkflowDefinition
from eia.domain.workflow.returns import is_checked_at
from eia.store import history, parties, snapshots
from eia.store.history import Version
from eia.store.load_facts import load_facts
from eia.store.snapshots import Snapshot
from eia.usecases.comparison_words import SectionChanges, Told
from eia.usecases.record_answers import Answers, Wording, names_parties
from eia.usecases.services import Services
from eia.usecases.writing import must_see


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed from `since` until now; without an earlier look there is nothing to compare with.

    `looks` are all the times it was handed in, oldest first; `previous` is the version before this one.
    """

    facts: AssessmentFacts
    workflow: WorkflowDefinition
    since: Snapshot | None
    looks: tuple[Snapshot, ...]
    sections: tuple[SectionChanges, ...]
    previous: Version | None


@dataclass(frozen=True, kw_only=True)
class VersionsCompared:
    """Two versions of one assessment, the older first, and where they differ."""

    facts: AssessmentFacts  # of the version whose page led here
    older: Version
    newer: Version
    versions: tuple[Version, ...]
    sections: tuple[SectionChanges, ...]


def changes(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    *,
    wording: Wording,
    codes: Mapping[str, str],
    since: int | None = None,
) -> Changes:
    """What changed since it was handed in the time before, or the time that `since` numbers.

    Raises `NotFound` for whoever may not see it, and where it was not handed in so often.
    """
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        workflow = content.workflow(facts.workflow)
        looks = snapshots.of_assessment(connection, facts.id)
        look = last_look(workflow, facts, looks) if since is None else _numbered(looks, since)
        versions = history.versions(connection, facts.body_id, facts.reference)
        known = parties.of_body(connection, facts.body_id) if names_parties(facts) else ()
        found = look and compare(
            snapshots.content_of(connection, facts.id, look.seq),
            snapshots.content_now(connection, facts),
        )
    return Changes(
        facts=facts,
        workflow=workflow,
        since=look,
        looks=looks,
        sections=_told(facts, wording, codes, known).sections(found) if found else (),
        previous=next((each for each in versions if each.version == facts.version - 1), None),
    )


def compare_versions(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    other_id: UUID,
    *,
    wording: Wording,
    codes: Mapping[str, str],
) -> VersionsCompared:
    """This version beside another of the same assessment, in the words of the newer one's questions.

    Raises `NotFound` for whoever may not see both, and where they are not versions of one assessment.
    """
    with services.database.read() as connection:
        both = [load_facts(connection, actor.body_id, each) for each in (assessment_id, other_id)]
        for facts in both:
            must_see(actor, facts)
        older, newer = sorted(both, key=lambda facts: facts.version)
        if older.reference != newer.reference or older.id == newer.id:
            raise NotFound
        versions = history.versions(connection, newer.body_id, newer.reference)
        known = parties.of_body(connection, newer.body_id) if names_parties(newer) else ()
        found = compare(*(snapshots.content_now(connection, each) for each in (older, newer)))
    by_id = {each.id: each for each in versions}
    return VersionsCompared(
        facts=both[0],
        older=by_id[older.id],
        newer=by_id[newer.id],
        versions=versions,
        sections=_told(newer, wording, codes, known).sections(found),
    )


def last_look(
    workflow: WorkflowDefinition, facts: AssessmentFacts, looks: tuple[Snapshot, ...]
) -> Snapshot | None:
    """What whoever checks it saw last: before it came to them this time, or the last time of all."""
    if not is_checked_at(workflow, facts.stage):
        return looks[-1] if looks else None
    here = [look for look in looks if look.stage == facts.stage]
    return here[-2] if len(here) > 1 else None


def _numbered(looks: tuple[Snapshot, ...], seq: int) -> Snapshot:
    found = next((look for look in looks if look.seq == seq), None)
    if found is None:
        raise NotFound
    return found


def _told(
    facts: AssessmentFacts, wording: Wording, codes: Mapping[str, str], known: tuple[Party, ...]
) -> Told:
    named = {str(party.id): party.name for party in known}
    return Told(answers=Answers(facts=facts, wording=wording, parties=named), codes=codes)
