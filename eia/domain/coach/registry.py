"""The one list of what the coach looks for, and its advice in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.facts import AssessmentFacts

Rule = Callable[[AssessmentFacts, date], Iterable[Advice]]
REGISTRY: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Registers the function under its own name, which its advice carries."""
    name = function.__name__
    if name in REGISTRY:
        raise ValueError(f"two rules are called {name}")
    REGISTRY[name] = function
    return function


def advise(facts: AssessmentFacts, today: date) -> tuple[Advice, ...]:
    """Everything the coach notices on this day: what is serious first, then by section's rules."""
    found = (advice for each in REGISTRY.values() for advice in each(facts, today))
    return tuple(sorted(found, key=lambda advice: tuple(Severity).index(advice.severity)))
