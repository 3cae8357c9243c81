"""What a return names, which sections it leaves open, and which moves hand in for somebody to check."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts
from eia.domain.workflow.definition import MoveDefinition, MoveKind, WorkflowDefinition

BACK = (MoveKind.RETURN, MoveKind.REFUSE)
PAUSES = (MoveKind.HOLD, MoveKind.RESUME)


def returnable(definition: WorkflowDefinition, move: MoveDefinition) -> tuple[str, ...]:
    """The sections that the move can send back: those of the stage it goes to; of any other move, none."""
    return definition.stage(move.to).sections if move.kind in BACK else ()


def returned_after(
    facts: AssessmentFacts, move: MoveDefinition, sections: tuple[str, ...]
) -> tuple[str, ...]:
    """The sections that stay returned once the move is made: until it is handed in again."""
    if move.kind in BACK:
        return sections
    return facts.returned_sections if move.kind in PAUSES else ()


def open_sections(definition: WorkflowDefinition, facts: AssessmentFacts) -> tuple[str, ...]:
    """What is written at the stage; after a return that names sections, only those."""
    here = definition.stage(facts.stage).sections
    return tuple(name for name in here if not facts.returned_sections or name in facts.returned_sections)


def is_submission(definition: WorkflowDefinition, move: MoveDefinition) -> bool:
    """Whether the move hands the assessment to somebody who may return it."""
    if move.kind is not MoveKind.FORWARD or move.to not in definition.by_stage:
        return False
    return is_checked_at(definition, move.to)


def is_checked_at(definition: WorkflowDefinition, stage: str) -> bool:
    """Whether whoever has the assessment at this stage may return it."""
    return any(move.kind in BACK for move in definition.moves_from(stage))
