"""What the stages and moves of every workflow mean to a report: read out of the workflows, never listed."""

from __future__ import annotations

from collections.abc import Iterator

from eia import content
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.workflow.definition import MoveDefinition, MoveKind, StageKind, WorkflowDefinition
from eia.store.report_scope import Meanings

REVIEW = "review"
"""The section in which the actual impact is written."""


def meanings() -> Meanings:
    """Of all workflows together: a running assessment may be pinned to any of them."""
    found = [content.workflow(name) for name in content.workflow_names()]
    checks = {stage for each in found for stage in _checks(each)}
    verdicts = [move for each in found for move in each.moves if _is_verdict(move, each)]
    screening = [move for each in found for move in each.moves if _screens_out(move, each)]
    return Meanings(
        screening_checks=frozenset(stage for move in screening for stage in move.sources),
        checks=frozenset(checks),
        verdicts=frozenset(move.name for move in verdicts),
        returns=frozenset(move.name for move in verdicts if move.kind is MoveKind.RETURN),
        screened_out=frozenset(move.to for move in screening),
        withdrawals=frozenset(move.name for each in found for move in each.moves if _gives_up(move, each)),
        begins=frozenset(name for each in found for name in _begins(each)),
        reviews=frozenset(stage.name for each in found for stage in each.stages if REVIEW in stage.sections),
        closings=frozenset(name for each in found for name in _closings(each)),
    )


def _checks(workflow: WorkflowDefinition) -> Iterator[str]:
    return (stage.name for stage in workflow.stages if stage.owner is Role.CHAMPION)


def _is_verdict(move: MoveDefinition, workflow: WorkflowDefinition) -> bool:
    checked = set(move.sources) & set(_checks(workflow))
    return move.permission is Permission.REVIEW and bool(checked)


def _screens_out(move: MoveDefinition, workflow: WorkflowDefinition) -> bool:
    return _is_verdict(move, workflow) and _ends(move, workflow)


def _gives_up(move: MoveDefinition, workflow: WorkflowDefinition) -> bool:
    return move.permission is Permission.WITHDRAW and _ends(move, workflow)


def _ends(move: MoveDefinition, workflow: WorkflowDefinition) -> bool:
    return any(workflow.is_end(stage) for stage in workflow.destinations(move))


def _begins(workflow: WorkflowDefinition) -> Iterator[str]:
    """The lead's moves out of stages at which nothing but the schedule is written."""
    for move in workflow.moves:
        before = [workflow.stage(name) for name in move.sources if name in workflow.by_stage]
        unwritten = all(
            set(stage.sections) <= {"schedule"} and stage.kind is StageKind.LIVE for stage in before
        )
        leads_on = move.kind is MoveKind.FORWARD and Role.LEAD in move.who
        if before and leads_on and unwritten and all(stage.owner is Role.LEAD for stage in before):
            yield move.name


def _closings(workflow: WorkflowDefinition) -> Iterator[str]:
    """The moves that lead from the review to an end, or to a new version."""
    reviewed = {stage.name for stage in workflow.stages if REVIEW in stage.sections}
    for move in workflow.moves:
        if reviewed & set(move.sources) and _ends(move, workflow) and not _gives_up(move, workflow):
            yield move.name
