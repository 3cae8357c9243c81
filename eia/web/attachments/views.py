"""Files on an assessment: all of them, one to keep, a new one, and one that goes."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import attachments as verbs
from eia.usecases.attachments import AttachmentsPage, attachments_page, read_attachment
from eia.usecases.services import Services
from eia.web.downloads import handed_out, uploaded
from eia.web.limits import limit
from eia.web.page import page
from eia.web.refused import in_words

blueprint = Blueprint("attachments", __name__)

ALL = "/assessments/<uuid:assessment_id>/files"
ONE = f"{ALL}/<uuid:attachment_id>"


@page(blueprint, ALL, needs=Permission.VIEW)
def index(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The files, section by section."""
    view = attachments_page(services, actor, assessment_id)
    return render_template("attachments/index.html", page=view)


@page(blueprint, f"{ALL}/add", needs=Permission.VIEW, methods=("GET", "POST"))
def add(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """One file for one section."""
    view = attachments_page(services, actor, assessment_id)
    if not view.open:
        raise NotAllowed(next(iter(view.shut.values())))
    if request.method == "GET":
        return _ask(view, {})
    limit(f"attach {actor.id}", tries=30)  # each file costs a process of its own
    try:
        section = _section(view)
        verbs.add_attachment(services, actor, assessment_id, section, uploaded())
    except Invalid as refusal:
        return _ask(view, in_words(refusal)), 422
    flash(gettext("The file is attached."))
    return redirect(url_for("attachments.index", assessment_id=assessment_id, _anchor=section))


@page(blueprint, ONE, needs=Permission.VIEW)
def download(
    services: Services, actor: Actor, assessment_id: UUID, attachment_id: UUID
) -> ResponseReturnValue:
    """The file as it was added, to keep and never to be shown in the browser as ours."""
    return handed_out(*read_attachment(services, actor, assessment_id, attachment_id))


@page(blueprint, f"{ONE}/remove", needs=Permission.VIEW, methods=("GET", "POST"))
def remove(services: Services, actor: Actor, assessment_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Asks once more, then the file is gone."""
    view = attachments_page(services, actor, assessment_id)
    item = view.item(attachment_id)
    if item.section not in view.open:
        raise NotAllowed(view.shut[item.section])
    if request.method == "GET":
        return render_template("attachments/remove.html", page=view, item=item)
    verbs.remove_attachment(services, actor, assessment_id, attachment_id)
    flash(gettext("Removed. The history keeps that it was there, and its fingerprint."))
    return redirect(url_for("attachments.index", assessment_id=assessment_id))


def _ask(view: AttachmentsPage, problems: dict[str, str]) -> str:
    chosen = request.values.get("section", "")
    return render_template("attachments/add.html", page=view, chosen=chosen, problems=problems)


def _section(view: AttachmentsPage) -> str:
    section = request.form.get("section", "")
    if section not in view.open:
        raise Invalid({"section": "Choose the section that the file belongs to"})
    return section
