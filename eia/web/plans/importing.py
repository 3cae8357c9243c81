"""A plan on its way in: a file or pasted text becomes a reading that somebody checks."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass, field
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.plan_kind import PlanKind
from eia.domain.policy import Permission
from eia.store.plans import PlanLine
from eia.usecases.plan_readings import (
    DEPARTMENT_MISSING,
    Begun,
    PlanFile,
    begin_reading,
    departments_to_import_for,
)
from eia.usecases.plans import plan_lines
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.plans.words import KINDS, chosen_id, chosen_kind
from eia.web.refused import in_words

LARGEST = 10_000_000
"""Bytes, of a file of any kind; what is in it is bounded where it is read."""

LARGEST_KEPT = 1_000_000
"""Bytes that the page carries while something else is to be corrected; a larger file is chosen again."""


@dataclass
class Given:
    """What the form brought."""

    name: str = ""
    content: bytes = b""
    text: str = ""
    department: str = ""
    kind: str = PlanKind.EQUALITY_ACTION_PLAN
    period: str = ""
    version_of: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> str:
        """The content as a hidden field can carry it, to the byte."""
        return b64encode(self.content).decode() if len(self.content) <= LARGEST_KEPT else ""

    def file(self) -> PlanFile:
        """What is to be read. Raises `Invalid` with everything that is missing."""
        problems = {}
        if not self.content:
            problems["file"] = "Choose a file, or paste the plan's text"
        if len(self.content) > LARGEST:
            problems["file"] = "The plan must be smaller than 10 MB"
        department = chosen_id(self.department)
        if department is None:
            problems["department"] = DEPARTMENT_MISSING
        if problems:
            raise Invalid(problems)
        return PlanFile(
            name=self.name,
            content=self.content,
            department_id=department,
            period=self.period,
            kind=chosen_kind(self.kind),
            version_of=chosen_id(self.version_of),
        )


@page(blueprint, "/plans/import", needs=Permission.IMPORT_PLAN, methods=("GET", "POST"))
def import_(services: Services, actor: Actor) -> ResponseReturnValue:
    """Choose a file; how it is understood is kept to be checked, and nothing of it is a plan yet."""
    departments_to_import_for(services, actor)
    if request.method == "GET":
        return _ask(services, actor, Given(version_of=request.args.get("version_of", "")))
    given = _given()
    try:
        return _begun(begin_reading(services, actor, given.file()))
    except Invalid as refusal:
        given.problems = in_words(refusal)
        return _ask(services, actor, given), 422


def _given() -> Given:
    uploaded, pasted = request.files.get("file"), request.form.get("text", "").replace("\r\n", "\n")
    given = Given(
        name=request.form.get("name", ""),
        content=_decoded(request.form.get("content", "")),
        text=pasted,
        department=request.form.get("department", ""),
        kind=request.form.get("kind", ""),
        period=request.form.get("period", "").strip(),
        version_of=request.form.get("version_of", ""),
    )
    if uploaded and uploaded.filename:
        given.name, given.content = uploaded.filename, uploaded.stream.read(LARGEST + 1)
    elif pasted.strip():
        given.name, given.content = gettext("pasted text"), pasted.encode()
    return given


def _ask(services: Services, actor: Actor, given: Given) -> str:
    return render_template(
        "plans/import.html",
        given=given,
        departments=departments_to_import_for(services, actor),
        plans=[(each.id, _titled(each)) for each in plan_lines(services, actor)],
        kinds=KINDS.items(),
    )


def _titled(plan: PlanLine) -> str:
    return f"{plan.title} ({plan.department_name})" if plan.department_name else plan.title


def _decoded(kept: str) -> bytes:
    try:
        return b64decode(kept, validate=True)
    except (Error, ValueError):
        return b""


def _begun(begun: Begun) -> ResponseReturnValue:
    if begun.reading_id is not None:
        return redirect(url_for("plans.reading", reading_id=begun.reading_id))
    flash(gettext("This file was imported before. Nothing changed."))
    return _to_plan(begun.plan_id)


def _to_plan(plan_id: UUID | None) -> ResponseReturnValue:
    return redirect(url_for("plans.show", plan_id=plan_id) if plan_id else url_for("plans.index"))
