"""The frameworks, one framework with its areas, and one area with what shows where it stands."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotFound, Stale
from eia.domain.framework import LinkKind
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.framework_pages import area_page, framework_lines, framework_page
from eia.usecases.frameworks import assess_area, link_to_area, unlink_from_area
from eia.usecases.services import Services
from eia.web.frameworks.questions import area_form, entry_from
from eia.web.page import page

blueprint = Blueprint("frameworks", __name__)

FRAMEWORK = "/frameworks/<name>"
AREA = f"{FRAMEWORK}/<area>"


@page(blueprint, "/frameworks", needs=Permission.VIEW)
def index(services: Services, actor: Actor) -> ResponseReturnValue:
    """Every framework, with how its areas stand."""
    return render_template("frameworks/index.html", lines=framework_lines(services, actor))


@page(blueprint, FRAMEWORK, needs=Permission.VIEW)
def show(services: Services, actor: Actor, name: str) -> ResponseReturnValue:
    """One framework: its areas, their gaps, and what peer challenges recommended."""
    return render_template("frameworks/show.html", page=framework_page(services, actor, name))


@page(blueprint, AREA, needs=Permission.VIEW)
def area(services: Services, actor: Actor, name: str, area: str) -> ResponseReturnValue:
    """One area: where we are, where we want to be, and what shows it."""
    words = request.args.get("find", "")
    found = area_page(services, actor, name, area, words=words)
    return render_template("frameworks/area.html", page=found, find=words)


@page(blueprint, f"{AREA}/assess", needs=Permission.ASSESS_FRAMEWORK, methods=("GET", "POST"))
def assess(services: Services, actor: Actor, name: str, area: str) -> ResponseReturnValue:
    """Say where we stand; what was typed is never lost."""
    found = area_page(services, actor, name, area)
    form = area_form(found.framework, found.line.standing)
    if form.validate_on_submit():
        try:
            assess_area(services, actor, name, area, entry_from(form))
        except Invalid as refusal:
            form.refuse(refusal.problems)
        except Stale:
            form.page_token.data = str(found.line.standing.row_version)
            return render_template("frameworks/assess.html", page=found, form=form, is_stale=True), 409
        else:
            flash(gettext("Saved."))
            return redirect(url_for("frameworks.area", name=name, area=area))
    status = 422 if request.method == "POST" else 200
    return render_template("frameworks/assess.html", page=found, form=form), status


@page(blueprint, f"{AREA}/link", needs=Permission.ASSESS_FRAMEWORK, methods=("POST",))
def link(services: Services, actor: Actor, name: str, area: str) -> ResponseReturnValue:
    """Point to something that shows where we stand."""
    try:
        kind, subject_id = LinkKind(request.form.get("kind", "")), UUID(request.form.get("subject", ""))
    except ValueError:
        raise NotFound from None
    if link_to_area(services, actor, name, area, kind, subject_id):
        flash(gettext("Linked."))
    return redirect(url_for("frameworks.area", name=name, area=area))


@page(blueprint, f"{AREA}/links/<uuid:link_id>/remove", needs=Permission.ASSESS_FRAMEWORK, methods=("POST",))
def unlink(services: Services, actor: Actor, name: str, area: str, link_id: UUID) -> ResponseReturnValue:
    """No longer point to it; the thing itself stays as it is."""
    if unlink_from_area(services, actor, name, area, link_id):
        flash(gettext("No longer linked. The thing itself is as it was."))
    return redirect(url_for("frameworks.area", name=name, area=area))
