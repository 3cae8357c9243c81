"""What a person finds when they come in: theirs to do, due, late, and stuck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from eia import content
from eia.domain.people import Actor, Role
from eia.domain.workflow.definition import (
    MoveDefinition,
    MoveKind,
    StageDefinition,
    StageKind,
    WorkflowDefinition,
)
from eia.store import action_list, home
from eia.store.home import ActionLine, AssessmentLine, Turn
from eia.usecases.action_list import oversees_actions
from eia.usecases.services import Services

SOON = timedelta(days=28)
HELD_TOO_LONG = timedelta(days=28)
AHEAD = (MoveKind.FORWARD, MoveKind.SIGN, MoveKind.RESUME)
MOST = 20  # lines of what others do: the programme has them all


class Stuck(StrEnum):
    """Why an assessment does not move."""

    NO_LEAD = "no_lead"
    NO_CHAMPION = "no_champion"
    ON_HOLD = "on_hold"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An assessment on the page: with the words of its stage, what comes next, and why it is stuck."""

    assessment: AssessmentLine
    stage: StageDefinition
    next: MoveDefinition | None
    is_with_lead: bool
    stuck: tuple[Stuck, ...]


@dataclass(frozen=True, kw_only=True)
class Home:
    """One person's page; each thing stands on it once, where it is most urgent.

    `overdue`, `soon` and `later` are of what they work on or lead; `stuck` is what else they may see.
    """

    today: date
    waiting: tuple[Line, ...]
    to_verify: tuple[ActionLine, ...]
    overdue: tuple[Line, ...]
    overdue_actions: tuple[ActionLine, ...]
    soon: tuple[Line, ...]
    soon_actions: tuple[ActionLine, ...]
    later: tuple[Line, ...]
    later_actions: tuple[ActionLine, ...]
    overdue_in_all: int  # actions that they look after by their own role, whoever leads them
    stuck: tuple[Line, ...]

    @property
    def has_dates(self) -> bool:
        """Whether something of theirs is late or due soon: then it is not so that nobody waits for them."""
        return any((self.overdue, self.overdue_actions, self.soon, self.soon_actions))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        parts = (self.waiting, self.to_verify, self.overdue, self.soon, self.later, self.stuck)
        return not any((*parts, self.overdue_actions, self.soon_actions, self.later_actions))


def home_page(services: Services, actor: Actor) -> Home:
    """The actor's own page, from a fixed number of queries."""
    now, today = services.now(), services.today()
    turns = tuple(turn for name in content.workflow_names() for turn in turns_of(content.workflow(name)))
    with services.database.read() as connection:
        waiting = home.waiting(connection, actor, turns, today)
        mine = home.led_by(connection, actor)
        actions = home.open_actions(connection, actor)
        to_verify = home.done_actions(connection, actor, today, limit=MOST)
        late = action_list.overdue(connection, actor, today) if oversees_actions(actor) else 0
        stuck = home.stuck(
            connection,
            actor,
            today,
            held_since=now - HELD_TOO_LONG,
            reviewed_at=[(turn.workflow, turn.stage) for turn in turns if turn.role is Role.CHAMPION],
            limit=MOST,
        )
    asked = {each.id for each in waiting}
    lines = tuple(_line(each, today) for each in mine if each.id not in asked)
    elsewhere = asked | {each.id for each in mine}
    return Home(
        today=today,
        waiting=tuple(_line(each, today) for each in waiting),
        to_verify=to_verify,
        overdue=tuple(each for each in lines if _due(each) < today),
        overdue_actions=tuple(each for each in actions if _by(each) < today),
        soon=tuple(each for each in lines if today <= _due(each) <= today + SOON),
        soon_actions=tuple(each for each in actions if today <= _by(each) <= today + SOON),
        later=tuple(each for each in lines if _due(each) > today + SOON),
        later_actions=tuple(each for each in actions if _by(each) > today + SOON),
        overdue_in_all=late,
        stuck=tuple(_line(each, today) for each in stuck if each.id not in elsewhere),
    )


@cache
def turns_of(workflow: WorkflowDefinition) -> tuple[Turn, ...]:
    """Whose turn it is at each stage that is not the lead's."""
    return tuple(turn for stage in workflow.stages for turn in _turns_at(workflow, stage))


def _turns_at(workflow: WorkflowDefinition, stage: StageDefinition) -> Iterator[Turn]:
    moves = workflow.moves_from(stage.name)
    signing = next((move for move in moves if move.signing), None)
    if signing is not None:
        yield from _signatures(workflow, stage, signing)
    elif stage.owner not in {None, Role.LEAD} and stage.kind is StageKind.LIVE:
        move = next((each for each in moves if stage.owner in each.who and each.permission), None)
        if move and move.permission and stage.owner:
            yield Turn(
                workflow=workflow.name,
                stage=stage.name,
                role=stage.owner,
                permission=move.permission,
                by_a_stranger=bool(move.personal),
            )


def _signatures(workflow: WorkflowDefinition, stage: StageDefinition, move: MoveDefinition) -> Iterator[Turn]:
    if move.signing is None or move.permission is None:
        return
    for place, role in enumerate(move.signing.roles):
        yield Turn(
            workflow=workflow.name,
            stage=stage.name,
            role=role,
            permission=move.permission,
            by_a_stranger=bool(move.personal),
            signs=True,
            after=move.signing.roles[:place] if move.signing.in_order else (),
        )


def _line(found: AssessmentLine, today: date) -> Line:
    workflow = content.workflow(found.workflow)
    stage = workflow.stage(found.stage)
    return Line(
        assessment=found,
        stage=stage,
        next=_next(workflow, stage),
        is_with_lead=stage.owner is Role.LEAD,
        stuck=_stuck(found, stage, today),
    )


def _next(workflow: WorkflowDefinition, stage: StageDefinition) -> MoveDefinition | None:
    """The step that leads on; none where whoever has the stage decides between several."""
    ahead = [move for move in workflow.moves_from(stage.name) if _leads_on(move)]
    own = [move for move in ahead if stage.owner in move.who] or ahead
    return own[0] if len(own) == 1 else None


def _leads_on(move: MoveDefinition) -> bool:
    """Whether it is a way on from one stage; an end that many stages share is a way out."""
    return move.kind in AHEAD or (move.kind is MoveKind.END and len(move.sources) == 1)


def _stuck(found: AssessmentLine, stage: StageDefinition, today: date) -> tuple[Stuck, ...]:
    reasons = {
        Stuck.NO_LEAD: not found.lead,
        Stuck.NO_CHAMPION: stage.owner is Role.CHAMPION and not found.has_champion,
        Stuck.ON_HOLD: stage.kind is StageKind.HELD,
        Stuck.LATE: found.stage_due_on is not None and found.stage_due_on < today,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _due(line: Line) -> date:
    return line.assessment.due_on or date.max


def _by(action: ActionLine) -> date:
    return action.deadline or date.max
