"""The sources of the library: found, read, put right."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.evidence import EvidenceKind
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.search import words_of
from eia.store.sources import Wanted
from eia.usecases.services import Services
from eia.usecases.source_pages import library, source_page
from eia.usecases.sources import change_source, remove_source
from eia.usecases.writing import token_of
from eia.web.library.blueprint import blueprint
from eia.web.library.sheet import entry_of, form_of
from eia.web.page import page
from eia.web.paging import date_and_id, group_in

KINDS = tuple(kind for kind in EvidenceKind if kind is not EvidenceKind.GAP)
ONE = "/evidence/<uuid:source_id>"


@page(blueprint, "/evidence", needs=Permission.READ_SOURCES)
def index(services: Services, actor: Actor) -> ResponseReturnValue:
    """Every source, the freshest first."""
    typed, kind = request.args.get("q", ""), request.args.get("kind", "")
    wanted = Wanted(
        words=words_of(typed),
        kind=EvidenceKind(kind) if kind in KINDS else None,
        group=group_in(request.args.get("group", "")),
        only_old=request.args.get("old") == "yes",
    )
    found = library(services, actor, wanted, after=date_and_id(request.args.get("after", "")))
    return render_template("library/index.html", library=found, typed=typed, kinds=KINDS)


@page(blueprint, ONE, needs=Permission.READ_SOURCES)
def show(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """One source, and where it is cited."""
    return render_template("library/show.html", page=source_page(services, actor, source_id))


@page(blueprint, f"{ONE}/change", needs=Permission.READ_SOURCES, methods=("GET", "POST"))
def change(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """What the library says of it; what cites it stays as it is."""
    view = source_page(services, actor, source_id)
    if view.not_change is not None:
        raise NotAllowed(view.not_change)
    asked, form = form_of(view)
    shown = {"page": view, "asked": asked, "form": form}
    if not form.validate_on_submit():
        return render_template("library/change.html", **shown), 422 if form.errors else 200
    try:
        change_source(services, actor, source_id, entry_of(form), page_token=str(form.page_token.data))
    except Invalid as refusal:
        form.refuse(refusal.problems)
        return render_template("library/change.html", **shown), 422
    except Stale:
        form.page_token.data = token_of(view.source)
        return render_template("library/change.html", stale=True, **shown), 409
    flash(gettext("Saved."))
    return redirect(url_for("library.show", source_id=source_id))


@page(blueprint, f"{ONE}/remove", needs=Permission.READ_SOURCES, methods=("POST",))
def remove(services: Services, actor: Actor, source_id: UUID) -> ResponseReturnValue:
    """Out of the library: nothing cites it."""
    remove_source(services, actor, source_id)
    flash(gettext("Removed from the library."))
    return redirect(url_for("library.index"))
