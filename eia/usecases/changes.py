"""What happened to an assessment while somebody was looking at an older page of it."""

from __future__ import annotations

from datetime import datetime

from eia import content
from eia.domain.errors import Stale
from eia.domain.facts import AssessmentFacts
from eia.domain.sentence import Sentence
from eia.store.audit import Happened, happened_since
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import LONDON

SOMEBODY = "Somebody"
MOVED = "%(name)s moved it on to %(stage)s at %(time)s."
CHANGED = {
    "answer": "%(name)s changed the answers at %(time)s.",
    "evidence": "%(name)s changed the evidence at %(time)s.",
    "consultation": "%(name)s changed the consultation at %(time)s.",
    "action": "%(name)s changed the actions at %(time)s.",
    "comment": "%(name)s said or settled something in the comments at %(time)s.",
    "section": "%(name)s opened more sections at %(time)s.",
    "people": "%(name)s changed who works on it at %(time)s.",
    "lead": "%(name)s answered whether they will lead it at %(time)s.",
    "schedule": "%(name)s changed the schedule at %(time)s.",
}
OTHER = "%(name)s changed something else at %(time)s."


def must_be_current(work: UnitOfWork, facts: AssessmentFacts, page_version: int | None) -> None:
    """Raises `Stale`, with what changed, when the assessment is no longer as the page showed it."""
    if page_version is not None and page_version != facts.row_version:
        raise Stale(changes_since(work, facts, page_version), current_version=facts.row_version)


def changes_since(work: UnitOfWork, facts: AssessmentFacts, page_version: int) -> tuple[Sentence, ...]:
    """A sentence for each change after this row version, oldest first."""
    happened = happened_since(work.connection, facts.id, page_version)
    return tuple(dict.fromkeys(_sentence(facts, each) for each in happened))


def _sentence(facts: AssessmentFacts, happened: Happened) -> Sentence:
    name, time = happened.person or SOMEBODY, _time(happened.at)
    if happened.to_stage is not None:
        stages = content.workflow(facts.workflow).by_stage
        stage = stages[happened.to_stage].title if happened.to_stage in stages else happened.to_stage
        return Sentence(MOVED, name=name, stage=stage, time=time)
    return Sentence(
        CHANGED.get(happened.name.partition("_")[0].removesuffix("s"), OTHER), name=name, time=time
    )


def _time(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M}"
