"""Binds a guard that a file asks for to the function of that name, its parameters checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from eia.domain.forms.table import TableReader
from eia.domain.workflow.definition import GuardUse
from eia.domain.workflow.guards import REGISTRY, Among, Guard, Parameter, Question


def read_guards(table: TableReader) -> tuple[GuardUse, ...]:
    """The guards of a move, in order. Raises RulebookError."""
    rows = table.anything("guards")
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise table.refuse("guards", 'must be a list of tables like { name = "has_lead" }')
    return tuple(_read_guard(table, row) for row in rows)


def implied(name: str) -> GuardUse:
    """A guard without parameters that holds although the file does not name it."""
    return replace(_use(REGISTRY[name], {}), implied=True)


def _use(found: Guard, parameters: Mapping[str, object]) -> GuardUse:
    call = partial(found.function, **parameters) if parameters else found.function
    return GuardUse(
        name=found.name, parameters=MappingProxyType(dict(parameters)), call=call, personal=found.personal
    )


def _read_guard(table: TableReader, row: Mapping[str, object]) -> GuardUse:
    name = row.get("name")
    found = REGISTRY.get(name) if isinstance(name, str) else None
    if found is None:
        raise table.refuse("guards", f"{name!r} is not a guard; the guards are {', '.join(sorted(REGISTRY))}")
    given = {key: value for key, value in row.items() if key != "name"}
    _refuse_unknown(table, found, given)
    return _use(found, {key: _bind(table, found, key, value) for key, value in given.items()})


def _refuse_unknown(table: TableReader, found: Guard, given: Mapping[str, object]) -> None:
    for key in given:
        if key not in found.parameters:
            takes = ", ".join(found.parameters) or "nothing"
            raise table.refuse("guards", f"{found.name} has no parameter {key!r}; it takes {takes}")
    for key, parameter in found.parameters.items():
        if parameter.required and key not in given:
            raise table.refuse("guards", f"{found.name} needs the parameter {key!r}")


def _bind(table: TableReader, found: Guard, key: str, value: object) -> object:
    bound = _converted(found.parameters[key], value)
    if bound is None:
        wanted = _wanted(found.parameters[key])
        raise table.refuse("guards", f"{found.name}: {key!r} must be {wanted}, not {value!r}")
    return bound


def _converted(parameter: Parameter, value: object) -> object | None:
    """The value as the parameter's type, or None where it is of another."""
    kind = parameter.type
    if kind in (Question, Question | None):
        return _question(value)
    if kind == tuple[Question, ...]:
        questions = [_question(item) for item in value] if isinstance(value, list) else []
        return tuple(questions) if questions and None not in questions else None
    if kind == Among or kind == Among | None:
        return _among(value)
    if kind == tuple[str, ...]:
        return _texts(value)
    return value if type(value) is kind else None


def _question(value: object) -> Question | None:
    form, dot, question = value.partition(".") if isinstance(value, str) else ("", "", "")
    return Question(form, question) if form and dot and question else None


def _among(value: object) -> Among | None:
    if not isinstance(value, Mapping) or set(value) != {"question", "values"}:
        return None
    question, values = _question(value["question"]), _texts(value["values"])
    return Among(question=question, values=values) if question and values else None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    return None


def _wanted(parameter: Parameter) -> str:
    return _WANTED.get(parameter.type, "of another type")


_WANTED: dict[object, str] = {
    Question: 'a question like "screening.outcome_reason"',
    Question | None: 'a question like "screening.outcome_reason"',
    tuple[Question, ...]: 'a list of questions like ["screening.outcome_reason"]',
    Among: 'a table like { question = "screening.relevance.effect", values = ["negative"] }',
    Among | None: 'a table like { question = "screening.relevance.effect", values = ["negative"] }',
    tuple[str, ...]: "a list of texts",
    str: "text",
    int: "a whole number",
    bool: "true or false",
}
