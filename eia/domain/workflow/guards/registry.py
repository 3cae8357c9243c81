"""The one list of guards: what each is called, which typed parameters it takes, and what it contradicts."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, get_type_hints

from eia.domain.facts import AnswerValue, AssessmentFacts
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import About, Finding


class Question(NamedTuple):
    """A question of a form; a file writes it "screening.outcome_reason" or "impact.impact.rating"."""

    form: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Among:
    """Holds for a characteristic whose answer is, or contains, one of `values`."""

    question: Question
    values: tuple[str, ...]

    def holds(self, facts: AssessmentFacts, characteristic: str) -> bool:
        """Whether the answer for this characteristic is among the values."""
        return contains(facts.answer(*self.question, characteristic), self.values)


def contains(answer: AnswerValue | None, values: tuple[str, ...]) -> bool:
    """Whether an answer to one of or many of is, or contains, one of these values."""
    return any(value in values for value in answer) if isinstance(answer, tuple) else answer in values


class Parameter(NamedTuple):
    """A parameter's type: Question, tuple[Question, ...], Among, tuple[str, ...], str, int or bool."""

    type: Any
    required: bool


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A named precondition; a personal one is about who asks, and is told as a refusal."""

    name: str
    summary: str
    function: Callable[..., Finding]
    parameters: Mapping[str, Parameter]
    personal: bool
    contradicts: frozenset[str]
    about: About = About.ASSESSMENT


REGISTRY: dict[str, Guard] = {}
G = TypeVar("G", bound=Callable[..., Finding])


def guard(
    *, personal: bool = False, contradicts: tuple[str, ...] = (), about: About = About.ASSESSMENT
) -> Callable[[G], G]:
    """Registers the function under its own name; a file may then ask for it."""

    def register(function: G) -> G:
        name = function.__name__
        if name in REGISTRY:
            raise ValueError(f"two guards are called {name}")
        REGISTRY[name] = Guard(
            name=name,
            summary=(function.__doc__ or "").strip().partition("\n")[0],
            function=function,
            parameters=_parameters(function),
            personal=personal,
            contradicts=frozenset(contradicts),
            about=about,
        )
        return function

    return register


def _parameters(function: Callable[..., Finding]) -> dict[str, Parameter]:
    hints = get_type_hints(function)
    return {
        name: Parameter(hints[name], parameter.default is parameter.empty)
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }


def missing(
    guard: str, message: str, where: str | None = None, *, of: tuple[str, ...] = (), **values: str
) -> Unmet:
    """An unmet guard; `message` is a literal for gettext, `of` lists the characteristics concerned."""
    return Unmet(guard=guard, message=message, values=tuple(values.items()), where=where, characteristics=of)
