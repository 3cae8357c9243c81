"""The one machine of each workflow: it decides whether a move can be made; it never does anything.

Four traps of transitions 0.9.3 are closed here once: the back door of automatic transitions, guards that fail
without a word, guards that are merely truthy, and records whose own methods would win over a trigger's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from transitions import Machine, MachineError

from eia.domain.errors import NotFound, NotReady
from eia.domain.facts import MoveRequest, WorkflowFacts
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import HELD_FROM, GuardUse, MoveDefinition, WorkflowDefinition


class Slot:
    """What the machine moves: a place for a stage's name, without methods to be mistaken for triggers."""

    __slots__ = ("stage",)

    def __init__(self, stage: str) -> None:
        self.stage = stage


@dataclass(slots=True)
class Attempt:
    """One try at a move, and what the guards found."""

    facts: WorkflowFacts
    request: MoveRequest
    unmet: tuple[Unmet, ...] = ()


def unmet_by(guards: tuple[GuardUse, ...], facts: WorkflowFacts, request: MoveRequest) -> tuple[Unmet, ...]:
    """Everything these guards miss, in their order and each thing once: all of it, never only the first."""
    found: list[Unmet] = []
    for use in guards:
        finding = use.call(facts, request)
        if isinstance(finding, Unmet):
            found.append(finding)
        elif finding is not None:
            found.extend(finding)
    return tuple(dict.fromkeys(found))


def fire(definition: WorkflowDefinition, facts: WorkflowFacts, move: str, request: MoveRequest) -> str:
    """The stage this move leads to from where the assessment is.

    Raises NotFound when no such move leaves the stage, NotReady with every unmet guard.
    """
    event = machine_of(definition).events.get(move)
    if event is None or facts.stage not in definition.by_stage:
        raise NotFound
    slot, attempt = Slot(facts.stage), Attempt(facts, request)
    try:
        moved = event.trigger(slot, attempt)
    except MachineError as error:
        raise NotFound from error
    if moved is not True:  # a guard that holds it back makes the trigger return False, and say nothing
        raise NotReady(attempt.unmet) if attempt.unmet else NotFound()
    return slot.stage


@lru_cache(maxsize=128)
def machine_of(definition: WorkflowDefinition) -> Machine:
    """Built once for each definition, shared by all threads: it holds no assessment, so nothing changes."""
    machine = Machine(
        model=None,  # a registered model is never freed, and its own methods win over triggers
        states=[stage.name for stage in definition.stages],
        initial=None,
        auto_transitions=False,  # the default adds a to_<stage>() back door round every guard
        send_event=False,
        model_attribute="stage",
    )
    for move in definition.moves:
        for to in definition.destinations(move):
            machine.add_transition(move.name, list(move.sources), to, conditions=_conditions(move, to))
    return machine


def _conditions(move: MoveDefinition, to: str) -> list[str | Callable[..., bool | None]]:
    return [_came_from(to), _ready(move)] if move.to == HELD_FROM else [_ready(move)]


def _ready(move: MoveDefinition) -> Callable[[Attempt], bool]:
    guards = move.guards

    def ready(attempt: Attempt) -> bool:
        attempt.unmet = unmet_by(guards, attempt.facts, attempt.request)
        return len(attempt.unmet) == 0  # the literal True: a condition that is merely truthy counts as false

    return ready


def _came_from(stage: str) -> Callable[[Attempt], bool]:
    def came_from(attempt: Attempt) -> bool:
        return attempt.facts.held_from == stage

    return came_from
