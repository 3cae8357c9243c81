"""A body's own Word template, filled with the record as JSON has it: "{{ title }}" and the like.

The template may say anything, so it is read and filled in a limited child, in a sandbox that knows plain
values and nothing of the program.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import fields
from io import BytesIO
from typing import Any

from eia.documents.limited_child import JSON, run_limited
from eia.documents.record.as_json import as_json
from eia.domain.errors import Invalid
from eia.domain.record import Record
from eia.domain.rulebook_error import RulebookError

NAME = "record.docx"
NO_EXTRA = "Word templates need an extra part of the program: pip install 'eia[template]'"
NOT_A_TEMPLATE = "The council's own Word template cannot be filled. Tell an administrator"


def as_own_docx(record: Record, template: bytes) -> bytes:
    """The record in the body's template. Raises `Invalid` when the template asks for what is not there."""
    given = {"template": b64encode(template).decode(), "record": json.loads(as_json(record))}
    made = run_limited("eia.documents.record.own_template:fill", json.dumps(given).encode())
    return b64decode(str(made))


def check_template(template: bytes) -> None:
    """Raises RulebookError when it is no Word file, or names what a record does not have."""
    try:
        if run_limited("eia.documents.file_kind:kind_found", template) != "docx":
            raise RulebookError(NAME, "", "", "is not a Word file (.docx)")
        named = run_limited("eia.documents.record.own_template:names", template)
    except Invalid as refusal:
        raise RulebookError(NAME, "", "", "; ".join(refusal.problems.values())) from refusal
    known = {"format", *(field.name for field in fields(Record))}
    if unknown := sorted(set(map(str, named if isinstance(named, list) else [])) - known):
        raise RulebookError(
            NAME, "", unknown[0], f"a record has no such part; it has {', '.join(sorted(known))}"
        )


def fill(given: bytes) -> JSON:
    """In the child: the filled template, in base 64."""
    parts = json.loads(given)
    opened, environment = _opened(b64decode(parts["template"]))
    try:
        opened.render(parts["record"], environment)
    except Exception as error:  # whatever a template can do wrong, it is the template's fault
        raise Invalid({"file": f"{NOT_A_TEMPLATE}: {error}"}) from error
    kept = BytesIO()
    opened.save(kept)
    return b64encode(kept.getvalue()).decode()


def names(template: bytes) -> JSON:
    """In the child: what the template asks a record for."""
    opened, environment = _opened(template)
    try:
        return sorted(opened.get_undeclared_template_variables(environment))
    except Exception as error:
        raise Invalid({"file": f"cannot be read as a template: {error}"}) from error


def _opened(template: bytes) -> tuple[Any, Any]:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        from docxtpl import DocxTemplate
    except ImportError as missing:
        raise Invalid({"file": NO_EXTRA}) from missing
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    return DocxTemplate(BytesIO(template)), environment
