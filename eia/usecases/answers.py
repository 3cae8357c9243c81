"""Answers: what a page of a question set asks, saved as somebody goes along, never over others' words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from eia.domain.comment import Thread
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.events import Event
from eia.domain.facts import AnswerKey, AnswerValue, AssessmentFacts
from eia.domain.forms.answers import SectionStatus, is_answer, problem_with, section_status
from eia.domain.forms.definition import Asked, Characteristic, QuestionSet
from eia.domain.forms.grids import derived
from eia.domain.forms.pages import PageDefinition, all_asked, pages
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.store import answers as rows
from eia.store import comments
from eia.store.answers import EarlierAnswer, WrittenAnswer
from eia.store.load_facts import load_facts
from eia.usecases.sections import characteristics_of, question_set_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import subject_of


@dataclass(frozen=True, kw_only=True)
class FormState:
    """One question set of one assessment as it stands, for whoever may see the assessment.

    `closed` is a sentence saying why this person cannot write it now, or None when they can.
    """

    facts: AssessmentFacts
    question_set: QuestionSet
    characteristics: tuple[Characteristic, ...]
    written: Mapping[AnswerKey, WrittenAnswer]
    pages: tuple[PageDefinition, ...]
    closed: str | None
    threads: tuple[Thread, ...] = ()  # comments on this form that nobody has resolved
    earlier: frozenset[AnswerKey] = frozenset()  # where somebody wrote over something

    def threads_of(self, page: PageDefinition) -> tuple[Thread, ...]:
        """The open comments on what this page asks."""
        here = {asked.key for asked in page.asked}
        return tuple(thread for thread in self.threads if thread.about in here)

    @property
    def overwritten_pages(self) -> tuple[PageDefinition, ...]:
        """The pages of which an earlier text can be read."""
        return tuple(page for page in self.pages if self.was_overwritten(page))

    def was_overwritten(self, page: PageDefinition) -> bool:
        """Whether an earlier text of this page can be read."""
        return any(asked.key in self.earlier for asked in page.asked)

    @property
    def answers(self) -> dict[AnswerKey, AnswerValue]:
        """Every stored answer of the assessment: other forms decide which groups a grid asks about."""
        return dict(self.facts.answers)

    @property
    def status(self) -> SectionStatus:
        """How far the form has come."""
        return section_status(self.question_set, self.answers, self.characteristics)

    def page(self, slug: str) -> PageDefinition:
        """The page with this address. Raises `NotFound` when these answers leave no such page to be asked."""
        found = next((page for page in self.pages if page.slug == slug), None)
        if found is None:
            raise NotFound
        return found

    def token(self, page: PageDefinition) -> str:
        """What the page must bring back, so that nobody writes over what they have not seen."""
        return page_token({asked.key: self.answers.get(asked.key) for asked in page.asked})


def page_token(stored: Mapping[AnswerKey, AnswerValue | None]) -> str:
    """A digest of the stored answers of a page; a question without an answer counts as such."""
    said = sorted([*key, value] for key, value in stored.items() if value is not None and is_answer(value))
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


def read_form(services: Services, actor: Actor, assessment_id: UUID, form: str) -> FormState:
    """The form with its answers and pages. Raises `NotFound` for a form the workflow does not have."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        if not may(actor, Permission.VIEW, subject_of(facts)):
            raise NotFound
        written = rows.of_form(connection, facts.id, form)
        threads = comments.still_open(connection, facts.id)
        earlier = rows.overwritten(connection, facts.id, form)
    question_set = question_set_of(facts, form)
    groups = characteristics_of(facts)
    return FormState(
        facts=facts,
        question_set=question_set,
        characteristics=groups,
        written=written,
        pages=pages(question_set, facts.answers, groups),
        closed=why_closed(actor, facts, form),
        threads=tuple(thread for thread in threads if thread.about.form == form),
        earlier=earlier,
    )


def earlier_texts(
    services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str
) -> tuple[FormState, PageDefinition, tuple[EarlierAnswer, ...]]:
    """What the questions of a page said before, the last that was replaced first.

    Raises `NotFound` for whoever may not see the assessment.
    """
    state = read_form(services, actor, assessment_id, form)
    page = state.page(slug)
    here = {asked.key for asked in page.asked}
    with services.database.read() as connection:
        found = rows.earlier(connection, assessment_id, form)
    return state, page, tuple(each for each in found if each.key in here)


def save_answers(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    form: str,
    answers: Mapping[AnswerKey, AnswerValue | None],
    *,
    page_token: str,
) -> int:
    """A page's answers as they now read, None for one taken away; returns the assessment's row version.

    `answers` has every question of the page. Unfinished is allowed; what could never stand is `Invalid`.
    Raises `Stale` when somebody saved the same page since it was shown; saving what is there changes nothing.
    """
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        if not may(actor, Permission.VIEW, subject_of(facts)):
            raise NotFound
        places = _places(facts, form)
        if closed := why_closed(actor, facts, form):
            raise NotAllowed(closed)
        _check(facts, places, answers)
        _refuse_stale(facts, places, answers, page_token)
        changed = {key: value for key, value in answers.items() if facts.answers.get(key) != value}
        if not changed:
            return facts.row_version
        changed |= _derived(facts, form, changed)
        rows.put(work.connection, facts.id, changed, by=actor.id, at=services.now())
        return work.change(facts, _saved(services, actor, facts, form, changed))


def _places(facts: AssessmentFacts, form: str) -> dict[AnswerKey, Asked]:
    question_set = question_set_of(facts, form)
    return {asked.key: asked for asked in all_asked(question_set, characteristics_of(facts))}


def _derived(
    facts: AssessmentFacts, form: str, changed: Mapping[AnswerKey, AnswerValue | None]
) -> dict[AnswerKey, AnswerValue | None]:
    """What columns that nobody answers now come to: kept beside their factors, for whatever reads answers."""
    now = {key: value for key, value in {**facts.answers, **changed}.items() if value is not None}
    found = derived(question_set_of(facts, form).questions, form, characteristics_of(facts), now)
    return {key: value for key, value in found.items() if facts.answers.get(key) != value}


def _check(
    facts: AssessmentFacts,
    places: Mapping[AnswerKey, Asked],
    answers: Mapping[AnswerKey, AnswerValue | None],
) -> None:
    if not set(answers) <= set(places):
        raise NotFound
    groups = characteristics_of(facts)
    found = {
        key.question: problem_with(places[key].question, value, groups)
        for key, value in answers.items()
        if value is not None
    }
    problems = {name: problem.sentence() for name, problem in found.items() if problem}
    if problems:
        raise Invalid(problems)


def _refuse_stale(
    facts: AssessmentFacts,
    places: Mapping[AnswerKey, Asked],
    answers: Mapping[AnswerKey, AnswerValue | None],
    token: str,
) -> None:
    if page_token({key: facts.answers.get(key) for key in answers}) == token:
        return
    if all(facts.answers.get(key) == value for key, value in answers.items()):
        return  # the same words, sent twice
    differing = (key for key, value in answers.items() if facts.answers.get(key) != value)
    changed = dict.fromkeys(places[key].question.label for key in differing)
    raise Stale(tuple(changed), current_version=facts.row_version)


def _saved(
    services: Services,
    actor: Actor,
    facts: AssessmentFacts,
    form: str,
    changed: Mapping[AnswerKey, AnswerValue | None],
) -> Event:
    names = sorted({key.question for key in changed})
    data = {"form": form, "questions": ",".join(names)}
    return Event(name="answers_saved", chain_id=facts.id, actor_id=actor.id, at=services.now(), data=data)
