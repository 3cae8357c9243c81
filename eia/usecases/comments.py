"""Comments on a section or a question: said, answered, resolved and reopened by whoever may."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.comment import MAX_CHARACTERS, Thread, may_settle
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event, Notice
from eia.domain.facts import AnswerKey, AssessmentFacts
from eia.domain.forms.pages import all_asked
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.domain.sentence import Sentence
from eia.store import comments as rows
from eia.store import people
from eia.store.load_facts import load_facts
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.contributing import asked_to_write
from eia.usecases.sections import AREAS, characteristics_of, names, question_set_of
from eia.usecases.services import Services
from eia.usecases.writing import must_see, subject_of

NOT_YOURS_TO_COMMENT = "Only people who work on this assessment may comment on it."
ENDED = "This assessment has ended, so nothing more is said about it."
NOT_YOURS_TO_SETTLE = "Only whoever opened these comments, the lead and the champion may do this."
NOTICE = "commented"


@dataclass(frozen=True, kw_only=True)
class CommentsPage:
    """Every thread of an assessment; `closed` says why this person cannot comment, or is None."""

    facts: AssessmentFacts
    threads: tuple[Thread, ...]
    closed: str | None

    @property
    def open(self) -> tuple[Thread, ...]:
        """The threads that nobody has resolved."""
        return tuple(thread for thread in self.threads if thread.is_open)

    @property
    def resolved(self) -> tuple[Thread, ...]:
        """The others."""
        return tuple(thread for thread in self.threads if not thread.is_open)


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """One thread for one person."""

    facts: AssessmentFacts
    thread: Thread
    closed: str | None
    may_settle: bool


def comments_page(services: Services, actor: Actor, assessment_id: UUID) -> CommentsPage:
    """All that was said. Raises `NotFound` for whoever may not see the assessment."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        threads = rows.of_assessment(connection, facts.id)
    return CommentsPage(facts=facts, threads=threads, closed=why_silent(actor, facts))


def thread_page(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID) -> ThreadPage:
    """One thread. Raises `NotFound`."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        thread = rows.find(connection, facts.id, thread_id)
    if thread is None:
        raise NotFound
    closed = why_silent(actor, facts)
    settles = closed is None and may_settle(actor.id, facts, thread)
    return ThreadPage(facts=facts, thread=thread, closed=closed, may_settle=settles)


def why_silent(actor: Actor, facts: AssessmentFacts) -> str | None:
    """Why the actor may not comment now, as a sentence; None when they may."""
    if not may(actor, Permission.COMMENT, subject_of(facts)):
        return NOT_YOURS_TO_COMMENT
    return ENDED if content.workflow(facts.workflow).is_end(facts.stage) else None


def start_thread(services: Services, actor: Actor, assessment_id: UUID, about: AnswerKey, text: str) -> UUID:
    """A first comment on a section, or on a question of it; saying the same twice opens one thread.

    Raises `NotFound` for a section or question that the assessment does not have.
    """
    with services.database.write() as work:
        facts = _open_to(work, actor, assessment_id)
        _must_be_asked(facts, about)
        said = _checked(text)
        if same := _same_thread(work, facts, actor, about, said):
            return same.id
        thread_id, now = services.new_id(), services.now()
        rows.open_thread(work.connection, facts.id, thread_id, about, by=actor.id, at=now)
        rows.say(work.connection, thread_id, 1, said, by=actor.id, at=now)
        told = _told(services, work, facts, actor, about, frozenset())
        _record(services, work, facts, actor, "comment_added", thread_id, about, told)
    return thread_id


def reply(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID, text: str) -> None:
    """One more comment in a thread, be it resolved or not; sending the same twice says it once."""
    with services.database.write() as work:
        facts = _open_to(work, actor, assessment_id)
        thread = _thread(work, facts, thread_id)
        said = _checked(text)
        last = thread.comments[-1]
        if (last.by_id, last.text) == (actor.id, said):
            return
        seq = len(thread.comments) + 1
        rows.say(work.connection, thread_id, seq, said, by=actor.id, at=services.now())
        told = _told(services, work, facts, actor, thread.about, thread.people)
        _record(services, work, facts, actor, "comment_answered", thread_id, thread.about, told)


def resolve(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID) -> None:
    """Nothing more is to be done about it; resolving it twice changes nothing."""
    with services.database.write() as work:
        facts, thread = _to_settle(work, actor, assessment_id, thread_id)
        if thread.is_open:
            rows.settle(work.connection, thread.id, by=actor.id, at=services.now())
            _record(services, work, facts, actor, "comment_resolved", thread.id, thread.about)


def reopen(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID) -> None:
    """Something is still to be done about it; reopening it twice changes nothing."""
    with services.database.write() as work:
        facts, thread = _to_settle(work, actor, assessment_id, thread_id)
        if not thread.is_open:
            rows.settle(work.connection, thread.id, by=None, at=None)
            told = _told(services, work, facts, actor, thread.about, thread.people)
            _record(services, work, facts, actor, "comment_reopened", thread.id, thread.about, told)


def _open_to(work: UnitOfWork, actor: Actor, assessment_id: UUID) -> AssessmentFacts:
    facts = work.assessment(actor.body_id, assessment_id)
    must_see(actor, facts)
    if closed := why_silent(actor, facts):
        raise NotAllowed(closed)
    return facts


def _thread(work: UnitOfWork, facts: AssessmentFacts, thread_id: UUID) -> Thread:
    thread = rows.find(work.connection, facts.id, thread_id)
    if thread is None:
        raise NotFound
    return thread


def _to_settle(
    work: UnitOfWork, actor: Actor, assessment_id: UUID, thread_id: UUID
) -> tuple[AssessmentFacts, Thread]:
    facts = _open_to(work, actor, assessment_id)
    thread = _thread(work, facts, thread_id)
    if not may_settle(actor.id, facts, thread):
        raise NotAllowed(NOT_YOURS_TO_SETTLE)
    return facts, thread


def _must_be_asked(facts: AssessmentFacts, about: AnswerKey) -> None:
    if about.form not in names(content.workflow(facts.workflow)):
        raise NotFound
    if not about.question:
        known = not about.characteristic
    elif about.form in AREAS:
        known = False
    else:
        asked = all_asked(question_set_of(facts, about.form), characteristics_of(facts))
        known = about in {each.key for each in asked}
    if not known:
        raise NotFound


def _checked(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid({"text": "Write what you want to say"})
    if len(said) > MAX_CHARACTERS:
        raise Invalid({"text": Sentence("Use %(most)s characters or fewer", most=str(MAX_CHARACTERS))})
    if any(ord(character) < 32 and character not in "\n\t" for character in said):
        raise Invalid(
            {"text": "Take out the characters that cannot be printed. Pasting as plain text often helps."}
        )
    return said


def _same_thread(
    work: UnitOfWork, facts: AssessmentFacts, actor: Actor, about: AnswerKey, said: str
) -> Thread | None:
    def is_same(thread: Thread) -> bool:
        first = thread.comments[0]
        return (thread.about, first.by_id, first.text) == (about, actor.id, said)

    return next(filter(is_same, rows.still_open(work.connection, facts.id)), None)


def _told(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor,
    about: AnswerKey,
    participants: frozenset[UUID],
) -> frozenset[UUID]:
    """The lead, whoever is asked to write the section, and whoever took part and may still see it."""
    lead = {facts.lead_id} if facts.lead_id else set()
    interested = lead | asked_to_write(facts, about.form) | participants
    return frozenset(
        person_id for person_id in interested - {actor.id} if _still_sees(services, work, facts, person_id)
    )


def _still_sees(services: Services, work: UnitOfWork, facts: AssessmentFacts, person_id: UUID) -> bool:
    found = people.actor(work.connection, person_id, services.today())
    return found is not None and may(found, Permission.VIEW, subject_of(facts))


def _record(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor,
    name: str,
    thread_id: UUID,
    about: AnswerKey,
    told: frozenset[UUID] = frozenset(),
) -> None:
    """The record says that there was a comment and where, and never what was said."""
    data = {"thread": str(thread_id), "section": about.form, "question": about.question}
    work.change(
        facts,
        Event(name=name, chain_id=facts.id, actor_id=actor.id, at=services.now(), data=data),
        notices=[
            Notice(kind=NOTICE, recipient_id=person_id, assessment_id=facts.id)
            for person_id in sorted(told, key=str)
        ],
    )
