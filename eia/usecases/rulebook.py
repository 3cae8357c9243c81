"""Checks workflows and forms as a whole: what they say of themselves, and of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eia import content
from eia.documents.record.own_template import check_template
from eia.domain.forms.definition import QuestionSet
from eia.domain.forms.load import load_characteristics, load_question_set
from eia.domain.framework import load_framework
from eia.domain.rulebook_error import RulebookError
from eia.domain.workflow.checker import check
from eia.domain.workflow.definition import WorkflowDefinition
from eia.domain.workflow.diagram import mermaid
from eia.domain.workflow.guards import REGISTRY, Guard
from eia.domain.workflow.load import load_workflow


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found in one file: "england-1", what it holds, and its faults as sentences."""

    name: str
    holds: str
    faults: tuple[str, ...] = ()


def check_all() -> Iterator[Report]:
    """A report on every workflow and form there is, ours and the body's own."""
    for kind in content.KINDS:
        for folder in content.folders(kind):
            if changed := tuple(content.changed_since_release(folder)):
                yield Report(name=kind, holds="released files", faults=changed)
        for path in content.find(kind).values():
            yield check_file(path)
    yield from _template()


def _template() -> Iterator[Report]:
    """On the body's own Word template, where it has one."""
    if template := content.record_template():
        try:
            check_template(template)
        except RulebookError as error:
            yield Report(name="record.docx", holds="a Word template", faults=(str(error),))
        else:
            yield Report(name="record.docx", holds="a Word template")


def check_file(path: Path) -> Report:
    """A report on one file, which need not be installed."""
    try:
        return _check(path)
    except RulebookError as error:
        return Report(name=path.stem, holds="cannot be read", faults=(str(error),))


def guards() -> tuple[Guard, ...]:
    """Every guard that a workflow may ask for, by name."""
    return tuple(REGISTRY[name] for name in sorted(REGISTRY))


def diagram(name: str, language: str = "en") -> str:
    """The workflow as a Mermaid diagram. Raises NotFound."""
    return mermaid(content.workflow(name), language)


def _check(path: Path) -> Report:
    data = content.parse(path)
    if "move" in data or "stage" in data:
        return _workflow_report(load_workflow(data, path.name))
    if "area" in data:
        found = load_framework(data, path.name)
        return Report(name=path.stem, holds=f"{len(found.areas)} areas, {len(found.levels)} levels")
    if "characteristic" in data:
        groups = load_characteristics(data, path.name)
        return Report(name=path.stem, holds=f"{len(groups.items)} groups")
    asked = load_question_set(data, path.name)
    return Report(name=path.stem, holds=f"{len(asked.questions)} questions")


def _workflow_report(definition: WorkflowDefinition) -> Report:
    return Report(
        name=definition.name,
        holds=f"{len(definition.stages)} stages, {len(definition.moves)} moves",
        faults=tuple(str(fault) for fault in check(definition, questions_of(definition))),
    )


def questions_of(definition: WorkflowDefinition) -> Mapping[str, frozenset[str]]:
    """Each form that the workflow pins and that there is, with its questions as answers name them.

    A grid to which people add rows is there too: a guard may go through the rows.
    """
    known = content.find("forms")
    pinned = {form: name for form, name in definition.question_sets.items() if name in known}
    return {
        form: _names(load_question_set(*content.read_toml("forms", name))) for form, name in pinned.items()
    }


def _names(asked: QuestionSet) -> frozenset[str]:
    grown = {question.id for question in asked.questions if question.added}
    return frozenset(grown.union(name for name, _ in asked.named()))
