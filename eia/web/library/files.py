"""The file of a source."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.services import Services
from eia.usecases.source_files import add_file, read_file, remove_file
from eia.usecases.source_pages import source_page
from eia.web.downloads import handed_out, uploaded
from eia.web.library.blueprint import blueprint
from eia.web.limits import limit
from eia.web.page import page
from eia.web.refused import in_words

FILE = "/evidence/<uuid:source_id>/file"


@page(blueprint, FILE, needs=Permission.READ_SOURCES)
def file(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """The file, to keep."""
    return handed_out(*read_file(services, actor, source_id))


@page(blueprint, f"{FILE}/add", needs=Permission.READ_SOURCES, methods=("GET", "POST"))
def put_file(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """A file for a source that is no link."""
    view = source_page(services, actor, source_id)
    if view.not_put_file is not None:
        raise NotAllowed(view.not_put_file)
    if request.method == "GET":
        return render_template("library/file.html", page=view, problems={})
    limit(f"attach {actor.id}", tries=30)  # each file costs a process of its own
    try:
        add_file(services, actor, source_id, uploaded())
    except Invalid as refusal:
        problems = in_words(refusal)
        return render_template("library/file.html", page=view, problems=problems), 422
    flash(gettext("The file is in the library."))
    return redirect(url_for("library.show", source_id=source_id))


@page(blueprint, f"{FILE}/remove", needs=Permission.READ_SOURCES, methods=("POST",))
def drop_file(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """Out of the library, for instance because it names people."""
    remove_file(services, actor, source_id)
    flash(gettext("Removed. The history keeps that it was there, and its fingerprint."))
    return redirect(url_for("library.show", source_id=source_id))
