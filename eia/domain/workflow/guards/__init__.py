"""Every guard a workflow may ask for. Importing the package fills the registry."""

from eia.domain.workflow.guards import (
    actions,
    answers,
    comments,
    consultation,
    evidence,
    people,
    plans,
    schedule,
)
from eia.domain.workflow.guards.registry import REGISTRY, Among, Guard, Parameter, Question

__all__ = [
    "REGISTRY",
    "Among",
    "Guard",
    "Parameter",
    "Question",
    "actions",
    "answers",
    "comments",
    "consultation",
    "evidence",
    "people",
    "plans",
    "schedule",
]
