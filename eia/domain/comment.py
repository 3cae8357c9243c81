"""Comments: what people say to each other about a section while it is written, until somebody settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eia.domain.facts import AnswerKey, AssessmentFacts
from eia.domain.people import Role

MAX_CHARACTERS = 4000


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What one person said."""

    text: str
    by_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A comment with its replies, oldest first; `about` has a blank question when it is about a section."""

    id: UUID
    about: AnswerKey
    comments: tuple[Comment, ...]
    resolved_by: str = ""
    resolved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it."""
        return self.resolved_at is None

    @property
    def opened_by(self) -> UUID:
        """Whoever said the first thing in it."""
        return self.comments[0].by_id

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody who said something in it."""
        return frozenset(comment.by_id for comment in self.comments)


def may_settle(person_id: UUID, facts: AssessmentFacts, thread: Thread) -> bool:
    """Whoever opened the thread, the lead and the champion resolve it and reopen it."""
    settlers = (*facts.people_with(Role.LEAD), *facts.people_with(Role.CHAMPION), thread.opened_by)
    return person_id in settlers
