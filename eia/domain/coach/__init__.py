"""The quality coach: rules that notice weaknesses. Importing the package fills the registry."""

from eia.domain.coach import consultation, evidence, impacts, mitigation, schedule, writing
from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.registry import REGISTRY, advise

__all__ = [
    "REGISTRY",
    "Advice",
    "Severity",
    "advise",
    "consultation",
    "evidence",
    "impacts",
    "mitigation",
    "schedule",
    "writing",
]
