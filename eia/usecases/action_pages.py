"""What the pages of actions show: one action with its progress, an assessment's, and a person's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia.domain.action import Action, Progress
from eia.domain.asked import Asked, asked_of_lead
from eia.domain.errors import NotAllowed, NotFound
from eia.domain.evidence import Evidence
from eia.domain.facts import ActionState, AssessmentFacts, given_up
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.store import action_progress, conditions, evidence, history, people, plan_parts
from eia.store import actions as rows
from eia.store.conditions import Approver
from eia.store.load_facts import load_facts
from eia.store.people import ListedPerson
from eia.usecases.action_progress import why_not_update, why_not_verify
from eia.usecases.actions import SECTION, my_actions, why_not_close
from eia.usecases.plan_leads import why_not_say
from eia.usecases.plan_visibility import may_see_plan
from eia.usecases.sections import characteristics_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see, subject_of

PLAN_WORDS_STAY = "The words of an imported plan are kept as they were approved."


@dataclass(frozen=True, kw_only=True)
class ActionPage:
    """One action as one person sees it; each `not_` says why they may not do that now, or is None."""

    action: Action
    progress: tuple[Progress, ...]
    today: date
    characteristic: Characteristic | None
    not_update: str | None
    not_verify: str | None
    not_close: str | None
    not_change: str | None
    sees_assessment: bool  # whoever only supports an action need not see where it comes from
    sees_plan: bool
    approvers: tuple[Approver, ...]  # whose approval is subject to it
    answers: tuple[tuple[str, str], ...]  # the recommendations that it answers: label and words
    not_name_lead: str | None  # why they may not say who leads an action of a plan
    goes_on_as: UUID | None  # the same promise in the plan of the next period


@dataclass(frozen=True, kw_only=True)
class AssessmentActions:
    """The actions of one assessment; `closed` says why none can be added or changed now."""

    facts: AssessmentFacts
    characteristics: tuple[Characteristic, ...]
    items: tuple[Action, ...]
    gaps: tuple[Evidence, ...]
    people: tuple[ListedPerson, ...]
    is_approved: bool
    closed: str | None
    today: date

    def item(self, action_id: UUID) -> Action:
        """One of them. Raises `NotFound`."""
        found = next((item for item in self.items if item.id == action_id), None)
        if found is None:
            raise NotFound
        return found

    def gap(self, evidence_id: UUID) -> Evidence:
        """An admitted gap that no action will close yet. Raises `NotFound`."""
        closing_nothing = (None, *given_up(self.items))
        open_gaps = (item for item in self.gaps if item.action_id in closing_nothing)
        found = next((item for item in open_gaps if item.id == evidence_id), None)
        if found is None:
            raise NotFound
        return found


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for among their actions; all that is left out narrows nothing."""

    words: str = ""
    source: UUID | None = None  # the plan or assessment
    asked: Asked | None = None

    def fits(self, item: Action, today: date) -> bool:
        """Whether the action is from there, asks that, and says every one of the words."""
        said = " ".join((item.label, item.heading, item.text, item.outcome, *_source(item)[1:])).casefold()
        return (
            self.source in (None, _source(item)[0])
            and self.asked in (None, asked_of_lead(item, today))
            and all(word in said for word in self.words.casefold().split())
        )


@dataclass(frozen=True, kw_only=True)
class MyActions:
    """What one person leads, by what it asks of them; `sources` are its plans and assessments."""

    total: int
    wanted: Wanted
    sources: tuple[tuple[UUID, str], ...]
    asked: tuple[tuple[Asked, int], ...]
    overdue: tuple[Action, ...]
    next: tuple[Action, ...]
    undated: tuple[Action, ...]
    to_verify: tuple[Action, ...]
    closed: tuple[Action, ...]
    today: date


def action_page(services: Services, actor: Actor, action_id: UUID) -> ActionPage:
    """The action. Raises `NotFound` for whoever neither leads it nor may see where it comes from."""
    with services.database.read() as connection:
        item = rows.one(connection, actor.body_id, action_id)
        if not may(actor, Permission.VIEW_ACTION, item.subject()):
            raise NotFound
        progress = action_progress.of_action(connection, action_id)
        answers = plan_parts.asked_of(connection, action_id) if item.plan_id else ()
        goes_on_as = plan_parts.goes_on_as(connection, action_id) if item.plan_id else None
        approvers = conditions.approvers(connection, action_id)
        facts = load_facts(connection, actor.body_id, item.assessment_id) if item.assessment_id else None
    known = {group.id: group for group in characteristics_of(facts)} if facts else {}
    return ActionPage(
        action=item,
        progress=progress,
        today=services.today(),
        characteristic=known.get(item.characteristic or ""),
        not_update=why_not_update(actor, item),
        not_verify=why_not_verify(actor, item),
        not_close=why_not_close(actor, item, facts),
        not_change=why_closed(actor, facts, SECTION) if facts else PLAN_WORDS_STAY,
        sees_assessment=facts is not None and may(actor, Permission.VIEW, subject_of(facts)),
        answers=answers,
        not_name_lead=why_not_say(actor, item) if item.plan_id else PLAN_WORDS_STAY,
        goes_on_as=goes_on_as,
        sees_plan=item.plan_id is not None and may_see_plan(actor, item.department_id),
        approvers=approvers,
    )


def assessment_actions(services: Services, actor: Actor, assessment_id: UUID) -> AssessmentActions:
    """The assessment's actions. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = rows.of_assessment(connection, assessment_id)
        gaps = tuple(item for item in evidence.of_assessment(connection, assessment_id) if item.is_gap)
        listed = people.people(connection, actor.body_id, services.today())
        approved_on = history.header(connection, assessment_id).approved_on
    return AssessmentActions(
        facts=facts,
        characteristics=characteristics_of(facts),
        items=tuple(sorted(items, key=_open_and_soonest_first)),
        gaps=gaps,
        people=tuple(person for person in listed if person.active),
        is_approved=approved_on is not None,
        closed=why_closed(actor, facts, SECTION),
        today=services.today(),
    )


def actions_to_change(services: Services, actor: Actor, action_id: UUID) -> tuple[AssessmentActions, Action]:
    """The action among those of its assessment. Raises `NotFound`, and `NotAllowed` when it must stay so."""
    found = action_page(services, actor, action_id)
    if found.not_change is not None or found.action.assessment_id is None:
        raise NotAllowed(found.not_change or PLAN_WORDS_STAY)
    return assessment_actions(services, actor, found.action.assessment_id), found.action


def my_actions_page(services: Services, actor: Actor, wanted: Wanted | None = None) -> MyActions:
    """What this person leads: what is late first, then the soonest, then what has no day."""
    wanted = wanted or Wanted()
    everything, today = my_actions(services, actor), services.today()
    asked = Counter(asked_of_lead(item, today) for item in everything)
    mine = [item for item in everything if wanted.fits(item, today)]
    opened = [item for item in mine if item.state is ActionState.OPEN]
    dated = sorted((item for item in opened if item.deadline), key=_day)
    return MyActions(
        total=len(everything),
        wanted=wanted,
        sources=tuple(sorted({_source(item)[:2] for item in everything}, key=lambda each: each[1])),
        asked=tuple((each, asked[each]) for each in Asked if asked[each]),
        overdue=tuple(item for item in dated if item.is_overdue(today)),
        next=tuple(item for item in dated if not item.is_overdue(today)),
        undated=tuple(item for item in opened if item.deadline is None),
        to_verify=tuple(item for item in mine if item.state is ActionState.DONE),
        closed=tuple(item for item in mine if item.state not in (ActionState.OPEN, ActionState.DONE)),
        today=today,
    )


def _source(item: Action) -> tuple[UUID, str, str]:
    """Where an action comes from, under its name, and the reference by which people know it."""
    title = item.assessment_title or item.plan_title
    return item.assessment_id or item.plan_id or item.id, title, item.assessment_reference


def _open_and_soonest_first(item: Action) -> tuple[bool, date]:
    return item.state is not ActionState.OPEN, _day(item)


def _day(item: Action) -> date:
    return item.deadline or date.max
