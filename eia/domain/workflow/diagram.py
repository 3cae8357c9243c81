"""A workflow as a Mermaid state diagram, for people who want to see it whole."""

from __future__ import annotations

from collections.abc import Iterator

from eia.domain.workflow.definition import HELD_FROM, MoveDefinition, MoveKind, WorkflowDefinition

ANYWHERE = "any_live_stage"
_ANYWHERE_WORDS = {"en": "Any live stage", "cy": "Unrhyw gam byw"}


def mermaid(definition: WorkflowDefinition, language: str = "en") -> str:
    """The diagram's text; moves that leave every live stage are drawn once, from one box for all."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(definition, language))]) + "\n"


def everywhere(definition: WorkflowDefinition, move: MoveDefinition) -> bool:
    """Whether the move can be made at every live stage: put on hold, withdraw."""
    return set(definition.live_stages) <= set(move.sources)


def _lines(definition: WorkflowDefinition, language: str) -> Iterator[str]:
    for stage in definition.stages:
        yield _state(stage.words(language), stage.name)
    yield f"[*] --> {definition.starts_at}"
    for move in definition.moves:
        if not everywhere(definition, move) and move.to != HELD_FROM:
            yield from (_arrow(source, move.to, move, language) for source in move.sources)
    yield from _asides(definition, language)
    yield from (f"{stage.name} --> [*]" for stage in definition.stages if stage.is_end)


def _asides(definition: WorkflowDefinition, language: str) -> Iterator[str]:
    asides = [move for move in definition.moves if everywhere(definition, move) or move.to == HELD_FROM]
    if asides:
        yield _state(_ANYWHERE_WORDS.get(language, _ANYWHERE_WORDS["en"]), ANYWHERE)
    for move in asides:
        if move.to == HELD_FROM:
            yield from (_arrow(source, ANYWHERE, move, language) for source in move.sources)
        else:
            yield _arrow(ANYWHERE, move.to, move, language)


def _state(words: str, name: str) -> str:
    return f'state "{words}" as {name}'


def _arrow(source: str, to: str, move: MoveDefinition, language: str) -> str:
    words = move.words(language).replace(":", " -")  # a colon ends an arrow's label
    mark = " (by itself)" if move.kind is MoveKind.AUTOMATIC and language == "en" else ""
    return f"{source} --> {to}: {words}{mark}"
