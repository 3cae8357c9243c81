"""Which groups a workflow wants to know about: its guards say so, each in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from eia.domain.facts import AssessmentFacts
from eia.domain.workflow.definition import WorkflowDefinition
from eia.domain.workflow.guards import Among

ABOUT_EVIDENCE = "evidence_or_gap"


def groups_needing_evidence(workflow: WorkflowDefinition, facts: AssessmentFacts) -> tuple[str, ...]:
    """The groups in the scope of a guard about evidence, and those of which nobody has said yet."""
    scopes = tuple(_scopes(workflow))
    return tuple(
        key
        for key in facts.characteristics
        if not scopes or any(scope.holds(facts, key) or _is_unsaid(facts, scope, key) for scope in scopes)
    )


def _scopes(workflow: WorkflowDefinition) -> Iterator[Among]:
    for use in (use for move in workflow.moves for use in move.guards):
        scope = use.parameters.get("scope")
        if use.name == ABOUT_EVIDENCE and isinstance(scope, Among):
            yield scope


def _is_unsaid(facts: AssessmentFacts, scope: Among, key: str) -> bool:
    return facts.answer(*scope.question, key) is None
