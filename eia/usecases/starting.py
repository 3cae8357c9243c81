"""Starting from an earlier assessment: the second time is faster, and is still an assessment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.action import Action
from eia.domain.errors import Invalid
from eia.domain.evidence import Evidence
from eia.domain.facts import ActionState, AnswerKey, AnswerValue, AssessmentFacts
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.domain.starting import ALL_PARTS, LeftOut, Part, answers_taken, relevant_groups, why_left_out
from eia.store import starting
from eia.store.starting import Taken, Written
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.sections import characteristics_of
from eia.usecases.services import Services
from eia.usecases.writing import must_see

CHAMPION_WROTE_IT = (
    "Choose a champion who wrote none of the earlier assessment: their words would be taken over"
)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier assessment as something to start from: what would be taken over, and what would not."""

    facts: AssessmentFacts
    answers: Mapping[AnswerKey, AnswerValue]
    relevant: tuple[Characteristic, ...]
    sources: tuple[Evidence, ...]
    left_out: tuple[tuple[Evidence, LeftOut], ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, kw_only=True)
class Start:
    """Which earlier assessment a new one takes over, and which parts of it."""

    earlier_id: UUID
    parts: frozenset[Part] = ALL_PARTS


def read_earlier(services: Services, actor: Actor, assessment_id: UUID) -> Earlier:
    """What this assessment has to start from. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        written = starting.read_written(connection, actor.body_id, assessment_id)
    return _earlier(actor, written, services.today())


def begin_from(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    new_id: UUID,
    start: Start,
    *,
    workflow: str,
    champion_id: UUID | None,
) -> dict[str, str | int]:
    """The new assessment with what it takes over; what the audit event says of that.

    Whoever takes words over is an author, as are those who wrote them: none of them checks or signs it.
    """
    written = starting.read_written(work.connection, actor.body_id, start.earlier_id)
    earlier = _earlier(actor, written, services.today())
    taken = _taken(earlier, new_id, start.parts, workflow)
    starting.take_over(work.connection, taken, services.new_id, by=actor.id, at=services.now())
    if taken.answers or taken.evidence or taken.actions:
        authors = earlier.facts.authors | {actor.id}
        if champion_id in authors:
            raise Invalid({"champion": CHAMPION_WROTE_IT})
        starting.add_authors(work.connection, new_id, authors, services.now())
    return {
        "started_from": str(start.earlier_id),
        "answers_taken": len(taken.answers),
        "sources_taken": len(taken.evidence),
        "actions_taken": len(taken.actions),
    }


def _earlier(actor: Actor, written: Written, today: date) -> Earlier:
    facts = written.facts
    must_see(actor, facts)
    reasons = {item.id: why_left_out(item.kind, item.published_on, today) for item in written.sources}
    relevant = relevant_groups(facts.answers, facts.characteristics)
    gaps = {item.action_id for item in written.sources if reasons[item.id] is LeftOut.GAP}
    return Earlier(
        facts=facts,
        answers=facts.answers,
        relevant=tuple(each for each in characteristics_of(facts) if each.id in relevant),
        sources=tuple(item for item in written.sources if reasons[item.id] is None),
        left_out=tuple((item, why) for item in written.sources if (why := reasons[item.id])),
        actions=tuple(
            item for item in written.promised if item.state is ActionState.OPEN and item.id not in gaps
        ),
    )


def _taken(earlier: Earlier, new_id: UUID, parts: Collection[Part], workflow: str) -> Taken:
    asked = {
        (form, name)
        for form in ("schedule", "screening")
        for name, _ in content.question_set(workflow, form).named()
    }
    wanted = answers_taken(earlier.answers, earlier.facts.characteristics, parts)
    return Taken(
        earlier_id=earlier.facts.id,
        new_id=new_id,
        answers=frozenset(key for key in wanted if (key.form, key.question) in asked),
        evidence=[item.id for item in earlier.sources] if Part.EVIDENCE in parts else [],
        actions=[item.id for item in earlier.actions] if Part.ACTIONS in parts else [],
    )
