"""A plan on its way in: a file or pasted text, how it was understood, and only then the import."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.people import Actor
from eia.domain.plan import PlanRead
from eia.domain.policy import Permission
from eia.domain.target_date import Period, parse_period
from eia.usecases.plans import (
    DEPARTMENT_MISSING,
    NOT_YOURS,
    Imported,
    PlanFile,
    departments_to_import_for,
    import_plan,
    may_import,
    preview_plan,
)
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint

LARGEST = 1_000_000  # bytes; the text travels in the page between the preview and the import


@dataclass
class Given:
    """What the form brought: a new file, pasted text, or what an earlier page already held."""

    name: str = ""
    content: bytes = b""
    department: str = ""
    period: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> str:
        """The content as a hidden field can carry it, to the byte."""
        return b64encode(self.content).decode()

    def file(self) -> PlanFile:
        """What is to be read. Raises `Invalid`."""
        if not self.content:
            raise Invalid({"file": "Choose a file, or paste the plan's text"})
        if len(self.content) > LARGEST:
            raise Invalid({"file": "The plan must be smaller than 1 MB"})
        department = _uuid(self.department)
        if department is None:
            raise Invalid({"department": DEPARTMENT_MISSING})
        return PlanFile(name=self.name, content=self.content, department_id=department, period=self._years())

    def _years(self) -> Period | None:
        return parse_period(self.period) if self.period else None


@page(blueprint, "/plans/import", needs=Permission.IMPORT_PLAN, methods=("GET", "POST"))
def import_(services: Services, actor: Actor) -> ResponseReturnValue:
    """Choose, look, import; nothing is kept before the last button."""
    if not may_import(actor):
        raise NotAllowed(NOT_YOURS)
    if request.method == "GET":
        return _ask(services, actor, Given())
    given = _given()
    try:
        file = given.file()
        if request.form.get("do") == "import":
            return _done(import_plan(services, actor, file))
        return _preview(services, actor, given, preview_plan(services, actor, file))
    except Invalid as refusal:
        given.problems = {name: gettext(text) for name, text in refusal.problems.items()}
        return _ask(services, actor, given), 422


def _given() -> Given:
    uploaded, pasted = request.files.get("file"), request.form.get("text", "").replace("\r\n", "\n")
    given = Given(
        name=request.form.get("name", ""),
        content=_decoded(request.form.get("content", "")),
        department=request.form.get("department", ""),
        period=request.form.get("period", "").strip(),
    )
    if uploaded and uploaded.filename:
        given.name, given.content = uploaded.filename, uploaded.stream.read(LARGEST + 1)
    elif pasted.strip():
        given.name, given.content = gettext("pasted text"), pasted.encode()
    return given


def _ask(services: Services, actor: Actor, given: Given) -> str:
    departments = departments_to_import_for(services, actor)
    return render_template("plans/import.html", given=given, departments=departments)


def _preview(services: Services, actor: Actor, given: Given, found: PlanRead) -> str:
    departments = departments_to_import_for(services, actor)
    return render_template(
        "plans/preview.html",
        given=given,
        found=found,
        department=next((each.name for each in departments if str(each.id) == given.department), ""),
        groups=[(name, tuple(items)) for name, items in groupby(found.actions, lambda item: item.heading)],
    )


def _done(made: Imported) -> ResponseReturnValue:
    if made.already:
        flash(gettext("This file was imported before. Nothing changed."))
    else:
        actions = ngettext("%(num)s action", "%(num)s actions", made.actions)
        assessments = ngettext("%(num)s assessment", "%(num)s assessments", made.assessments)
        flash(gettext("Imported: %(actions)s and %(assessments)s.", actions=actions, assessments=assessments))
    return redirect(url_for("plans.show", plan_id=made.plan_id))


def _decoded(kept: str) -> bytes:
    try:
        return b64decode(kept, validate=True)
    except (Error, ValueError):
        return b""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
