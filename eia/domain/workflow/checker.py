"""Faults that a workflow file can be read with and must not be used with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from eia.domain.people import Role
from eia.domain.policy import TABLE, Permission
from eia.domain.workflow.definition import (
    HELD_FROM,
    GuardUse,
    MoveDefinition,
    MoveKind,
    StageKind,
    WorkflowDefinition,
)
from eia.domain.workflow.diagram import everywhere
from eia.domain.workflow.guards import REGISTRY, Among, Question

AREAS = frozenset({"evidence", "consultation", "actions", "sign_off"})
"""What is worked on at a stage without being a question set of its own."""

Questions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, and where in the file."""

    file: str
    table: str
    key: str
    sentence: str

    def __str__(self) -> str:
        place = ": ".join(
            part for part in (self.file, f"[{self.table}]" if self.table else "", self.key) if part
        )
        return f"{place}: {self.sentence}"


def check(definition: WorkflowDefinition, questions: Questions) -> tuple[Fault, ...]:
    """Every fault. `questions` maps each form to its questions, a grid's columns as "impact.rating"."""
    checks = (
        _unreachable(definition),
        _dead_ends(definition),
        _doubles(definition),
        _nobody(definition),
        _contradictions(definition),
        _author_signs(definition),
        _unknown_names(definition, questions),
    )
    return tuple(
        Fault(file=definition.file, table=table, key=key, sentence=sentence)
        for found in checks
        for table, key, sentence in found
    )


Place = tuple[str, str, str]


def _unreachable(definition: WorkflowDefinition) -> Iterator[Place]:
    arrows = {(source, move.to) for move in definition.moves for source in move.sources}
    starts = {definition.starts_at, definition.new_version_starts_at}
    reached = _spread(starts, arrows)
    for stage in definition.stages:
        if stage.name not in reached:
            yield f"stage.{stage.name}", "", "no move leads here"


def _dead_ends(definition: WorkflowDefinition) -> Iterator[Place]:
    """Holding and withdrawing are no way on: they are there at every stage."""
    backwards = {
        (to, source)
        for move in definition.moves
        if not everywhere(definition, move)
        for to in definition.destinations(move)
        for source in move.sources
    }
    finished = _spread({stage.name for stage in definition.stages if stage.is_end}, backwards)
    for stage in definition.stages:
        if stage.name not in finished:
            yield f"stage.{stage.name}", "", "has no way on that comes to an end"


def _spread(begun: set[str], arrows: set[tuple[str, str]]) -> set[str]:
    reached, before = set(begun), set[str]()
    while reached != before:
        before = set(reached)
        reached |= {to for source, to in arrows if source in before and to != HELD_FROM}
    return reached


def _doubles(definition: WorkflowDefinition) -> Iterator[Place]:
    seen = Counter((move.name, source) for move in definition.moves for source in move.sources)
    for (name, source), count in seen.items():
        if count > 1:
            yield f"move.{name}", "from", f"{count} moves of this name leave {source}"


def _nobody(definition: WorkflowDefinition) -> Iterator[Place]:
    for move in definition.moves:
        if move.permission is None:
            continue
        holders = {*TABLE[move.permission], Role.CLOCK}
        if not holders.intersection(move.who):
            yield f"move.{move.name}", "who", "nobody may make this move"
            continue
        for role in move.who:
            if role not in holders:
                yield f"move.{move.name}", "who", f"{role} does not hold the permission {move.permission}"
        for role in move.signing.roles if move.signing else ():
            if role not in move.who:
                yield f"move.{move.name}.signatures", "roles", f"{role} must sign and may not make the move"


def _contradictions(definition: WorkflowDefinition) -> Iterator[Place]:
    for move in definition.moves:
        for one, other in permutations(move.guards, 2):
            if one.name < other.name and _opposed(one, other):
                yield f"move.{move.name}", "guards", f"{one.name} and {other.name} can never both hold"


def _opposed(one: GuardUse, other: GuardUse) -> bool:
    declared = other.name in REGISTRY[one.name].contradicts or one.name in REGISTRY[other.name].contradicts
    shared = one.parameters.keys() & other.parameters.keys()
    return declared and all(_same(one.parameters[key], other.parameters[key]) for key in shared)


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple) and not isinstance(one, Question):
        return set(one) == set(other)
    return one == other


def _author_signs(definition: WorkflowDefinition) -> Iterator[Place]:
    for move in definition.moves:
        table = f"move.{move.name}"
        if not move.signs and not move.reviews:
            continue
        wanted = Permission.SIGN if move.signs else Permission.REVIEW
        if move.permission is not wanted:
            yield table, "permission", f"a move that reviews or signs needs the permission {wanted}"
        for role in move.who:
            if role in TABLE[Permission.EDIT_ANSWERS] or role is Role.CLOCK:
                yield table, "who", f"{role} writes the assessment and could sign their own"
        for use in move.personal:
            if use.implied:
                yield table, "guards", f"{use.name} is missing: whoever wrote or reviewed it could sign it"
        if move.kind is MoveKind.SIGN:
            yield from _unbound(move)


def _unbound(move: MoveDefinition) -> Iterator[Place]:
    for name in ("has_not_signed", "unchanged_since_recommended"):
        if name not in {use.name for use in (*move.guards, *move.personal)}:
            yield (
                f"move.{move.name}",
                "guards",
                f"{name} is missing: a signature is one person's, on one content",
            )


def _unknown_names(definition: WorkflowDefinition, questions: Questions) -> Iterator[Place]:
    for form, name in definition.question_sets.items():
        if form not in questions:
            yield "", "question_sets", f"there is no question set {name!r}"
    known = AREAS.union(definition.question_sets)
    for stage in definition.stages:
        yield from _sections(f"stage.{stage.name}", "sections", stage.sections, known)
        if stage.kind is StageKind.LIVE and stage.owner is None:
            yield f"stage.{stage.name}", "owner", "is missing: somebody must have the assessment here"
    yield from _sections("", "reviewer_sections", definition.reviewer_sections, known)
    for move in definition.moves:
        for use in (*move.guards, *move.personal):
            yield from _questions(f"move.{move.name}", use, definition, questions)


def _sections(table: str, key: str, names: Iterable[str], known: frozenset[str]) -> Iterator[Place]:
    for name in names:
        if name not in known:
            yield (
                table,
                key,
                f"{name!r} is neither a question set of this workflow nor one of {', '.join(sorted(AREAS))}",
            )


def _questions(
    table: str, use: GuardUse, definition: WorkflowDefinition, questions: Questions
) -> Iterator[Place]:
    for form, question in _named(use.parameters.values()):
        if form not in definition.question_sets:
            yield table, "guards", f"{use.name}: {form!r} is not a form of this workflow"
        elif form in questions and question not in questions[form]:
            yield table, "guards", f"{use.name}: the form {form!r} has no question {question!r}"


def _named(values: Iterable[object]) -> Iterator[Question]:
    for value in values:
        if isinstance(value, Question):
            yield value
        elif isinstance(value, Among):
            yield value.question
        elif isinstance(value, tuple):
            yield from _named(value)
